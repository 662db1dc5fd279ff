using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Regions;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>What of an item's text is the title of its task.</summary>
internal static class TitleReader
{
    public const int Longest = 60;

    /// <summary>The name of a task before a colon and what it consists of (再造办理流程:推行…).</summary>
    private const int LongestHead = 14;

    /// <summary>The first sentence, without a remark that names offices or regions; a very long one up to its first comma.</summary>
    public static TextRange Of(CleanText clean, TextRange body)
    {
        var text = clean.Text.AsSpan(body.Start, body.Length);
        var end = SentenceEnd(text);
        foreach (var bracket in Brackets.Within(clean.Text, body with { Length = end }, end))
        {
            if (OfficeReader.IsRemark(clean, bracket) || OfficeReader.SaysWho(clean, bracket) || RegionReader.ReadRemark(clean, bracket).Count > 0)
            {
                end = bracket.Start - 1 - body.Start;
                break;
            }
        }

        end = WithoutDue(clean, body with { Length = end });
        var colon = text[..end].IndexOf(':');
        end = colon >= 4 && (end > Longest || (colon <= LongestHead && ThemeReader.BeginsAsTask(text))) ? colon : end;
        if (end > Longest && text[8..end].IndexOf(',') is var comma and >= 0)
        {
            end = 8 + comma;
        }

        while (end > 1 && text[end - 1] is ':' or ',')
        {
            end--;
        }

        return body with { Length = end };
    }

    /// <summary>建设起降点15处,2025年10月底前投用: when it is due is no part of what it is called.</summary>
    public static int WithoutDue(CleanText clean, TextRange title)
    {
        const int shortest = 4;
        const int longestTail = 6;
        const int longestAim = 24;
        var clause = Brackets.Split(clean.Text, title, ",").LastOrDefault();
        var comma = clause.Start - 1 - title.Start;
        if (comma < shortest)
        {
            return title.Length;
        }

        return DateReader.Find(clean, clause, null).FirstOrDefault() is { } date && date.Range.Start == clause.Start
            && clause.End - date.Range.End <= (date.Before ? longestAim : longestTail) ? comma : title.Length;
    }

    /// <summary>The end of the first sentence; a semicolon within brackets (牵头单位:甲;配合单位:乙) ends none.</summary>
    private static int SentenceEnd(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' ? 1 : text[i] is ')' && depth > 0 ? -1 : 0;
            if (text[i] is '。' or '\n' || (text[i] == ';' && depth == 0))
            {
                return i;
            }
        }

        return text.Length;
    }
}
