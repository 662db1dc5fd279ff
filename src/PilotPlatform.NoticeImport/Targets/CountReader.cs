using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Targets;

/// <summary>A number of things that the text states: 105项事项.</summary>
internal sealed record Count(CountDraft Draft, TextRange Range);

/// <summary>A statement about numbers that leaves something open.</summary>
internal sealed record CountQuestion(string Code, string Text, TextRange Range);

/// <summary>A whole and the parts that the text says it consists of: 105项,其中直接下放76项,…29项.</summary>
internal sealed record CountSum(int Whole, IReadOnlyList<int> Parts, TextRange Range)
{
    public bool Agrees => Parts.Sum() == Whole;
}

/// <summary>
/// Reads how many things a programme is about, whole and parts (105项,其中直接下放76项), and checks that the parts make the
/// whole. Numbers given to regions (甲区、乙区25项) are asked for: the text does not say whether each or together.
/// </summary>
internal static class CountReader
{
    private const int MostCounts = 100;

    private static readonly Regex Stated = Pattern.Of($@"(?<before>{Pattern.Han}{{0,10}}?)(?<n>\d{{1,5}})(?<unit>项|个部门|个单位|家单位)(?<after>{Pattern.Han}{{0,10}}(?:“{Pattern.Han}{{1,10}}”)?)");
    private static readonly Regex Part = Pattern.Of($@"(?<what>{Pattern.Han}{{2,12}})(?<n>\d{{1,5}})项(?:,占比?(?<share>\d{{1,3}}(?:\.\d{{1,2}})?)%)?");
    private static readonly Regex Whole = Pattern.Of($@"(?<n>\d{{1,5}})项[^。;\d]{{0,12}},其中");

    public static IEnumerable<Count> Read(CleanText clean, TextRange range)
    {
        foreach (var sentence in Brackets.Split(clean.Text, range, "。;\n\t"))
        {
            foreach (var match in Stated.Matches(clean.Slice(sentence)).Take(MostCounts))
            {
                var words = match.Groups["after"].Length > 1 ? match.Groups["after"].Value : match.Groups["before"].Value;
                if (words.Length >= 2 && match.Groups["n"].Value is not ['0', ..])
                {
                    yield return new Count(
                        new CountDraft(int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["unit"].Value, words),
                        new TextRange(sentence.Start + match.Groups["n"].Index, match.Groups["n"].Length + match.Groups["unit"].Length));
                }
            }
        }
    }

    /// <summary>The wholes with their parts, where the text names at least two.</summary>
    public static IEnumerable<CountSum> Sums(CleanText clean, TextRange range)
    {
        // The whole and its parts are parted by commas and semicolons of one sentence.
        foreach (var sentence in Brackets.Split(clean.Text, range, "。\n\t"))
        {
            var text = clean.Slice(sentence);
            if (Whole.Match(text) is { Success: true } whole)
            {
                var parts = Part.Matches(text[(whole.Index + whole.Length)..]).Take(MostCounts).Select(m => int.Parse(m.Groups["n"].ValueSpan, CultureInfo.InvariantCulture)).ToList();
                if (parts.Count >= 2)
                {
                    yield return new CountSum(
                        int.Parse(whole.Groups["n"].ValueSpan, CultureInfo.InvariantCulture), parts, new TextRange(sentence.Start + whole.Index, whole.Length));
                }
            }
        }
    }

    /// <summary>Parts that do not make the whole, and numbers given to several regions at once.</summary>
    public static IEnumerable<CountQuestion> Check(CleanText clean, TextRange range) =>
        Sums(clean, range).Where(s => !s.Agrees)
            .Select(s => new CountQuestion(NoticeImportCodes.CountsDisagree, $"原文写明共{s.Whole}项，所列各部分合计{s.Parts.Sum()}项，请核对。", s.Range))
            .Concat(Brackets.Split(clean.Text, range, "。\n\t").Select(sentence => Shared(clean, sentence)).OfType<CountQuestion>())
            .OrderBy(q => q.Range.Start);

    /// <summary>甲区21项,乙区、丙区25项: each or together, within the whole or beside it?</summary>
    private static CountQuestion? Shared(CleanText clean, TextRange sentence)
    {
        var given = new List<(List<TextRange> Regions, string Count, TextRange Range)>();
        foreach (var clause in Brackets.Split(clean.Text, sentence, ",;"))
        {
            var text = clean.Slice(clause);
            if (NumberAtEnd.Match(text) is not { Success: true } number)
            {
                continue;
            }

            var regions = RegionsBefore(clean, TextRange.Between(clause.Start, clause.Start + number.Index));
            if (regions.Count > 0)
            {
                given.Add((regions, number.Groups["n"].Value, TextRange.Between(regions[0].Start, clause.Start + number.Index + number.Length)));
            }
        }

        if (given.Count < 2)
        {
            return null;
        }

        var several = given.Where(g => g.Regions.Count > 1).Select(g => $"“{string.Join('、', g.Regions.Select(clean.Slice))}{g.Count}项”").ToList();
        var each = several.Count > 0 ? $"{string.Concat(several)}是每地{(several.Count > 1 ? "各" : "")}有这么多项，还是合计？" : "";
        return new CountQuestion(NoticeImportCodes.CountAmbiguous, $"分地区列出的数量没有写明口径：{each}这些事项包含在总数之内，还是在总数之外？请向发文单位确认。", TextRange.Between(given[0].Range.Start, given[^1].Range.End));
    }

    private static readonly Regex NumberAtEnd = Pattern.Of(@"(?<n>\d{1,5})[项个件]$");

    /// <summary>The known regions at the end of a passage: …下沉至甲试验区 and 乙区、丙区.</summary>
    private static List<TextRange> RegionsBefore(CleanText clean, TextRange passage)
    {
        var found = new List<TextRange>();
        foreach (var item in Brackets.Split(clean.Text, passage, "、"))
        {
            var text = clean.Slice(item);
            var first = Math.Max(0, text.Length - RegionNames.Longest);
            var at = Enumerable.Range(first, text.Length - first).FirstOrDefault(i => RegionNames.IsKnown(text[i..]), -1);
            if (at < 0)
            {
                // A zone that is only named in quotation marks: “甲乙丙”试验区.
                at = text.EndsWith('区') ? text.LastIndexOf('“') : -1;
            }

            // 甲市开发区、乙新区: a zone that is no division of its own, behind another.
            at = at < 0 && found.Count > 0 && RegionReader.IsRegion(text) ? 0 : at;
            if (at < 0)
            {
                return [];
            }

            found.Add(TextRange.Between(item.Start + at, item.End));
        }

        return found;
    }
}
