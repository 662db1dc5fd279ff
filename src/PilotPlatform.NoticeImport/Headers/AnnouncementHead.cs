using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Headers;

/// <summary>
/// The head of an announcement: the office and the word 公告 on one line, its number by the year below (2024年第8号). Such
/// a title says nothing of what it is about, and such a number names no office; only together they are known.
/// </summary>
internal static class AnnouncementHead
{
    private const int MostLines = 20;

    private static readonly Regex Title = Pattern.Of($"^(?<office>{Pattern.Han}{{4,30}}?)(?:关于[^。;:]{{4,60}}的)?(?:公告|通告|令)$");
    private static readonly Regex Number = Pattern.Of(@"^\(?(?<number>(?:\d{4}年)?(?:第\d{1,4}号|\d{1,4}号))\)?$");

    private static readonly Regex Word = Pattern.Of("^(?:公告|通告|令)$");

    public static (Found<string> Title, Found<string> Number)? Read(CleanText clean, IReadOnlyList<Block> lines)
    {
        for (var i = 0; i + 1 < Math.Min(lines.Count, MostLines); i++)
        {
            var (above, below) = (lines[i], lines[i + 1]);

            // The office and the word may be set on two lines.
            var isApart = i > 0 && !lines[i - 1].IsRow && Word.IsMatch(clean.Slice(above.Range));
            var head = isApart ? clean.Slice(lines[i - 1].Range) + clean.Slice(above.Range) : clean.Slice(above.Range);
            if (!above.IsRow && !below.IsRow && Title.Match(head) is { Success: true } title && OfficeReader.LooksLikeOffice(title.Groups["office"].Value)
                && Number.Match(clean.Slice(below.Range)) is { Success: true } number)
            {
                var digits = number.Groups["number"];
                return (
                    new Found<string>(title.Value, TextRange.Between((isApart ? lines[i - 1] : above).Range.Start, above.Range.End)) { Basis = ConfidenceBasis.Labelled },
                    new Found<string>(digits.Value, new TextRange(below.Range.Start + digits.Index, digits.Length)) { Basis = ConfidenceBasis.Labelled });
            }
        }

        return null;
    }
}
