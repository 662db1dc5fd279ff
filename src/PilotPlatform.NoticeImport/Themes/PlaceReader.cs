using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>Lines and sections that open with the regions that are to do what follows.</summary>
internal static class PlaceReader
{
    /// <summary>A few regions before what they are to do.</summary>
    private const int LongestPlaces = 50;

    /// <summary>
    /// 东城区:探索…;推行… and (一)迁安市。建设…: what each region is to try, a line a region, in a text that speaks of tasks right before.
    /// </summary>
    public static List<Theme> Read(CleanText clean, BlockTree tree)
    {
        const int fewest = 3;
        const int announcement = 300;
        for (var i = 0; i < tree.Lines.Count; i++)
        {
            var end = i;
            while (end < tree.Lines.Count && Of(clean, tree.Lines[end]) is not null)
            {
                end++;
            }

            var run = tree.Lines.Skip(i).Take(end - i).ToList();
            if (run.Count >= fewest && run.Count(l => ThemeReader.BeginsAsTask(clean.Text.AsSpan(Of(clean, l)!.Value.End + 1, l.Body.End - Of(clean, l)!.Value.End - 1))) * 2 > run.Count)
            {
                var start = tree.Lines[i].Range.Start;
                var before = clean.Text.AsSpan(Math.Max(0, start - announcement), Math.Min(announcement, start));
                if (RuleLists.TaskHeadings.Any(before.ToString().Contains) || before.Contains("先行先试", StringComparison.Ordinal))
                {
                    return [.. run.SelectMany(l => Tasks(clean, l))];
                }
            }

            i = Math.Max(i, end - 1);
        }

        return [];
    }

    /// <summary>一、南京市: a section whose heading is a region and nothing else.</summary>
    public static TextRange? OfSection(CleanText clean, Block section) =>
        section.Mark is not null && ThemeReader.Heading(clean, section) is var heading && RegionNames.KnownPrefix(clean.Text.AsSpan(heading.Start, heading.Length)) == heading.Length ? heading : null;

    /// <summary>The region that a line opens with, or several of them, before a colon and what they are to do.</summary>
    public static TextRange? Of(CleanText clean, Block line)
    {
        if (line.IsRow)
        {
            return null;
        }

        var text = clean.Text.AsSpan(line.Body.Start, line.Body.Length);
        var colon = text[..Math.Min(text.Length, LongestPlaces)].IndexOfAny(':', '。');
        return colon >= 2 && colon + 4 < text.Length && (ProseRegions.Leading(clean, line.Body with { Length = colon })?.Length == colon || RegionNames.IsNamedZone(text[..colon].ToString()))
            ? line.Body with { Length = colon }
            : null;
    }

    public static IEnumerable<Theme> Tasks(CleanText clean, Block line)
    {
        var place = Of(clean, line)!.Value;
        var whole = TextRange.Between(place.End + 1, line.Body.End);
        var tasks = Brackets.Split(clean.Text, Brackets.Split(clean.Text, whole, "。").First(), ";").Where((c, i) => i == 0 || ThemeReader.BeginsAsTask(clean.Text.AsSpan(c.Start, c.Length))).ToList();
        for (var i = 0; i < tasks.Count; i++)
        {
            // The sentences behind the first speak of what stands before them.
            var own = i + 1 < tasks.Count ? tasks[i] : TextRange.Between(tasks[i].Start, whole.End);
            yield return new Theme(line.Mark?.Label ?? "", tasks[i] with { Length = TitleReader.WithoutDue(clean, tasks[i]) }, own, [own], [], null) { Place = place, Basis = ConfidenceBasis.Pattern };
        }
    }
}
