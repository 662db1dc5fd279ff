using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>
/// Tasks of a pilot's notice that nothing marks as tasks: chapters that name nobody, measures counted out in a sentence,
/// regions each with what it is to try. Tried only where nothing better was found, and what is found by it is asked for.
/// </summary>
internal static class ChapterReader
{
    private const int Fewest = 3;
    private const int LongestHeading = 30;
    private const int LongestTask = 40;
    private const int HeadingWords = 20;

    private static readonly Regex Pilots = Pattern.Of("试点|改革|先行");
    private static readonly Regex Chooses = Pattern.Of("(?:确定|公布|同意|批准|下达|选定|承担|开展)[^。]{0,40}(?:试点|先行|示范)");
    private static readonly Regex Amount = Pattern.Of(@"\d+(?:\.\d+)?(?:万|亿)?(?:元|家|户|人|名|分|件)");
    private static readonly Regex Announces = Pattern.Of("(?:以下|下列|如下|重点)[^。;:]{0,16}(?:任务|内容|改革|举措|事项|工作|措施|方面)[^。;:]{0,8}:$|(?:任务|内容|举措)(?:为|是|包括|有)?:$|(?:试点(?:工作)?|如下|安排)[。:]$");

    /// <summary>Whether the title is that of a text that sets a pilot going.</summary>
    public static bool IsOfPilot(string? title) =>
        title is not null && Pilots.IsMatch(title) && !RuleLists.TitlesOfNoPilot.Any(w => title.Contains(w, StringComparison.Ordinal));

    public static List<Theme> Read(CleanText clean, BlockTree tree)
    {
        var placed = Placed(clean, tree);
        if (placed.Count > 0)
        {
            return placed;
        }

        var chapters = Chapters(clean, tree);
        return chapters.Count > 0 ? chapters : Sentences(clean, tree);
    }

    /// <summary>一、全流程电子化: chapters without items, of which most are no frame (要求, 时间, 范围).</summary>
    private static List<Theme> Chapters(CleanText clean, BlockTree tree)
    {
        var top = tree.Root.NumberedChildren.ToList();
        var tasks = top.Where(c => !c.NumberedChildren.Any() && IsTask(clean, c)).ToList();
        return tasks.Count >= Fewest && tasks.Count * 2 > top.Count && top.All(c => c.Mark!.Style == top[0].Mark!.Style)
            ? [.. tasks.Select(c => ThemeReader.Of(clean, c) with { Basis = ConfidenceBasis.Inferred })]
            : [];
    }

    private static bool IsTask(CleanText clean, Block chapter)
    {
        var heading = clean.Slice(ThemeReader.Heading(clean, chapter));
        var first = heading[..Math.Min(heading.Length, HeadingWords)];
        return heading.Length is >= 4 and <= LongestHeading
            && (!heading.Contains(',', StringComparison.Ordinal) || ThemeReader.BeginsAsTask(heading))
            && (heading.Length < chapter.Body.Length || chapter.Paragraphs.Any())
            && !RuleLists.ChaptersOfNoTask.Concat(RuleLists.Safeguards).Any(w => first.Contains(w, StringComparison.Ordinal))
            && !ThemeReader.HeadingIs(clean, chapter, RuleLists.OtherHeadings)
            && !ThemeReader.HeadingIs(clean, chapter, RuleLists.PhaseHeadings);
    }

    /// <summary>围绕以下任务开展探索:一是…。二是…。</summary>
    private static List<Theme> Sentences(CleanText clean, BlockTree tree) =>
        [.. tree.Lines.Where(l => !l.IsRow && !ThemeReader.HeadingIs(clean, l, RuleLists.OtherHeadings))
            .Select(l => ThemeReader.Inlines(clean, l, isAnnounced: false, Announces).ToList())
            .FirstOrDefault(found => found.Count >= 2) ?? []];

    /// <summary>1.兰山区:企业登记智能审批: a numbered line a region, in a text that says who is chosen for a pilot.</summary>
    private static List<Theme> Placed(CleanText clean, BlockTree tree)
    {
        for (var i = 0; i < tree.Lines.Count; i++)
        {
            var end = i;
            while (end < tree.Lines.Count && ThemeReader.PlaceOf(clean, tree.Lines[end]) is not null)
            {
                end++;
            }

            var run = tree.Lines.Skip(i).Take(end - i).ToList();
            if (run.Count >= Fewest && run.All(l => IsShort(clean, l)))
            {
                var start = run[0].Range.Start;
                const int announcement = 200;
                var before = clean.Slice(TextRange.Between(Math.Max(0, start - announcement), start));
                if (Chooses.IsMatch(before))
                {
                    return [.. run.SelectMany(l => ThemeReader.OfPlace(clean, l)).Select(t => t with { Basis = ConfidenceBasis.Inferred })];
                }
            }

            i = Math.Max(i, end - 1);
        }

        return [];
    }

    private static bool IsShort(CleanText clean, Block line)
    {
        var task = TextRange.Between(ThemeReader.PlaceOf(clean, line)!.Value.End + 1, line.Body.End);
        return task.Length is >= 4 and <= LongestTask && !Amount.IsMatch(clean.Slice(task)) && !Brackets.Split(clean.Text, task, "、").All(i => RegionReader.IsRegion(clean.Slice(i)));
    }
}
