using System.Collections.Frozen;
using System.Globalization;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// Tells text that was once decoded with the wrong encoding. Such text has letters of scripts that a notice never
/// uses, or rare Chinese characters where common ones should be.
/// </summary>
internal static class GarbleCheck
{
    private static readonly FrozenSet<char> Pinyin = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ".ToFrozenSet();

    public static bool IsGarbled(string text)
    {
        int han = 0, common = 0, foreign = 0, broken = 0;
        foreach (var c in text)
        {
            if (c is >= '\u4e00' and <= '\u9fff')
            {
                han++;
                common += Legibility.IsCommon(c) ? 1 : 0;
            }
            else if (c is '\ufffd' or '\0' || char.GetUnicodeCategory(c) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                broken++;
            }
            else if (c > '\u007f' && char.IsLetter(c) && !Pinyin.Contains(c) && c is not (>= '\uff01' and <= '\uff5e') and not (>= '\u3005' and <= '\u3007'))
            {
                foreign++;
            }
        }

        if (broken > 2 && broken * 20 > text.Length)
        {
            return true;
        }

        if (foreign > 20 && foreign * 4 > han)
        {
            return true;
        }

        // 锟斤拷 and 鍏充簬: nearly every character of a real notice is among the common ones.
        return han >= 20 && common * 2 < han;
    }
}
