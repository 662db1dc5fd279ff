using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>
/// Tasks that one sentence only names, parted by 、: with a count that agrees (开展甲、乙、丙等三项试点), or each with its
/// date in brackets (做好甲(6月底前)、乙(7月底前)等工作). Tried last of all; what is found so is asked for.
/// </summary>
internal static class NamedTaskReader
{
    private const int MostLines = 200;
    private const int LongestSentence = 400;
    private const int ShortestTitle = 4;
    private const int LongestTitle = 30;
    private const int Fewest = 2;

    private static readonly Regex Counted = Pattern.Of(
        @"(?:开展|推进|探索|实施|试行|推行|做好|抓好|试点)(?:以下)?(?<list>[^。;,:]{8,200}?)等?(?<n>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:项|个|类)(?:改革|试点|先行|重点|主要|工作)*(?:任务|试点|改革|事项|工作|内容)");

    private static readonly Regex Dated = Pattern.Of(@"(?:做好|抓好|完成|推进|开展|落实)(?<list>[^。;:]{8,300}\))(?:等(?:工作|任务|事项)?)?");

    public static List<Theme> Read(CleanText clean, BlockTree tree)
    {
        foreach (var line in tree.Lines.Take(MostLines).Where(l => !l.IsRow && !ClauseReader.IsOther(clean, l)))
        {
            foreach (var sentence in Brackets.Split(clean.Text, line.Body, "。;").Where(s => s.Length <= LongestSentence && !ClauseReader.IsTold(clean.Slice(s))))
            {
                if (OfCount(clean, sentence) is { Count: >= Fewest } counted)
                {
                    return counted;
                }

                if (OfDates(clean, sentence) is { Count: >= Fewest } dated)
                {
                    return dated;
                }
            }
        }

        return [];
    }

    private static List<Theme> OfCount(CleanText clean, TextRange sentence)
    {
        foreach (var match in Counted.Matches(clean.Slice(sentence)).Take(4))
        {
            var list = match.Groups["list"];
            var items = Brackets.Split(clean.Text, new TextRange(sentence.Start + list.Index, list.Length), "、").ToList();
            var stated = match.Groups["n"].Value is var n && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : Numbering.Parse(n.Replace('两', '二'));
            if (items.Count == stated && items.All(i => IsName(clean, i)))
            {
                return [.. items.Select((item, i) => Of(item, item, i))];
            }
        }

        return [];
    }

    private static List<Theme> OfDates(CleanText clean, TextRange sentence)
    {
        if (Dated.Match(clean.Slice(sentence)) is not { Success: true } match)
        {
            return [];
        }

        var themes = new List<Theme>();
        foreach (var item in Brackets.Split(clean.Text, new TextRange(sentence.Start + match.Groups["list"].Index, match.Groups["list"].Length), "、,"))
        {
            var open = clean.Text.AsSpan(item.Start, item.Length).IndexOf('(');
            if (open < 0 || !IsName(clean, item with { Length = open }) || !DateReader.Find(clean, TextRange.Between(item.Start + open, item.End), null).Any(d => d.Before))
            {
                return [];
            }

            themes.Add(Of(item with { Length = open }, item, themes.Count));
        }

        return themes;
    }

    private static bool IsName(CleanText clean, TextRange item) =>
        item.Length is >= ShortestTitle and <= LongestTitle && !Regions.RegionReader.IsRegion(clean.Slice(item)) && !Offices.OfficeReader.LooksLikeOffice(clean.Slice(item));

    private static Theme Of(TextRange title, TextRange whole, int index) =>
        new((index + 1).ToString(CultureInfo.InvariantCulture), title, whole, [whole], [], null) { Basis = ConfidenceBasis.Inferred };
}
