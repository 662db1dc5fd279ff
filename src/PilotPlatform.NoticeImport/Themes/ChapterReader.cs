using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>
/// Tasks of a pilot's notice that nothing marks as tasks: chapters that name nobody, measures counted out in a sentence,
/// regions each with what it is to try, a list without numbers, clauses of one form (<see cref="ClauseReader"/>). Tried only where nothing better was found, and what is found by it is asked for.
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

    /// <summary>关于同意…试点的批复, 关于支持…试点的复函: an answer that lets a pilot begin.</summary>
    public static bool Approves(string? title) => title is not null && Approval.IsMatch(title);

    private static readonly Regex Approval = Pattern.Of("(?:同意|支持|批准)[^。]{2,60}(?:试点|改革|先行)[^。]{0,20}(?:批复|复函|函复|函)$");
    private static readonly Regex Asks = Pattern.Of("(?:做好|抓好|落实|完成|推进|开展)(?:以下|下列|如下)[^。;:]{0,8}(?:工作|任务|事项|改革):$");

    /// <summary>请做好以下工作: right above chapters without items that begin as tasks begin.</summary>
    public static List<Theme> Introduced(CleanText clean, BlockTree tree)
    {
        const int fewest = 2;
        const int longest = 60;
        var top = tree.Root.NumberedChildren.ToList();
        if (top.Count < fewest || top.Any(c => c.NumberedChildren.Any() || !ThemeReader.BeginsAsTask(clean.Text.AsSpan(c.Body.Start, c.Body.Length)))
            || tree.Root.Children.TakeWhile(c => c.Mark is null).LastOrDefault() is not { IsRow: false } above)
        {
            return [];
        }

        var end = above.Range with { Start = Math.Max(above.Range.Start, above.Range.End - longest), Length = Math.Min(longest, above.Range.Length) };
        return Asks.IsMatch(clean.Slice(end)) ? [.. top.Select(c => ThemeReader.Of(clean, c) with { Basis = ConfidenceBasis.Inferred })] : [];
    }

    public static List<Theme> Read(CleanText clean, BlockTree tree)
    {
        var placed = Placed(clean, tree);
        if (placed.Count > 0)
        {
            return placed;
        }

        return new[] { Introduced, Chapters, Sentences, Ordinals, Bulleted, Paragraphs, ClauseReader.Read, NamedTaskReader.Read }.Select(read => read(clean, tree)).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>请抓好以下工作: over 一是… and 二是… on lines of their own.</summary>
    private static List<Theme> Ordinals(CleanText clean, BlockTree tree) =>
        [.. ThemeReader.OrdinalParagraphs(clean, tree.Root.Paragraphs.SkipWhile(p => !clean.Slice(p.Body).StartsWith("一是", StringComparison.Ordinal))).Select(t => t with { Basis = ConfidenceBasis.Inferred })];

    /// <summary>主要工作如下: over ◆… lines: a list without numbers under no heading of tasks.</summary>
    private static List<Theme> Bulleted(CleanText clean, BlockTree tree)
    {
        for (var i = 1; i < tree.Lines.Count; i++)
        {
            var above = tree.Lines[i - 1];
            if (above.IsRow || clean.Text[above.Range.End - 1] != ':' || ThemeReader.HeadingIs(clean, above, RuleLists.OtherHeadings) || !AnnouncesList.IsMatch(clean.Slice(above.Range)))
            {
                continue;
            }

            var items = tree.Lines.Skip(i).TakeWhile(l => !l.IsRow && l.Mark is null && ThemeReader.WithoutBullet(clean, l.Body).Start > l.Body.Start).ToList();
            var bodies = items.Select(l => ThemeReader.WithoutBullet(clean, l.Body)).ToList();
            if (bodies.Count >= Fewest && bodies.All(b => b.Length >= 4) && bodies.Count(b => ThemeReader.BeginsAsTask(clean.Text.AsSpan(b.Start, b.Length))) * 2 > bodies.Count)
            {
                return [.. bodies.Select((b, n) => new Theme((n + 1).ToString(CultureInfo.InvariantCulture), TitleReader.Of(clean, b), items[n].Range, [b], [], null) { Basis = ConfidenceBasis.Inferred })];
            }
        }

        return [];
    }

    /// <summary>制定实施细则。明确…: paragraphs behind each other that each open with the short name of a task and go on.</summary>
    private static List<Theme> Paragraphs(CleanText clean, BlockTree tree)
    {
        var run = new List<Block>();
        foreach (var line in tree.Lines.Append(null))
        {
            if (line is not null && OpensAsTask(clean, line))
            {
                run.Add(line);
            }
            else if (run.Count >= Fewest)
            {
                return [.. run.Select((l, n) => new Theme((n + 1).ToString(CultureInfo.InvariantCulture), TitleReader.Of(clean, l.Body), l.Range, [l.Body], [], null) { Basis = ConfidenceBasis.Inferred })];
            }
            else
            {
                run.Clear();
            }
        }

        return [];
    }

    private static bool OpensAsTask(CleanText clean, Block line)
    {
        var text = clean.Text.AsSpan(line.Body.Start, line.Body.Length);
        var end = text.IndexOfAny('。', ':');
        return line is { Mark: null, IsRow: false } && end is >= 4 and <= HeadingWords && end + 1 < text.Length && !text[..end].Contains(',') && ThemeReader.BeginsAsTask(text)
            && !ThemeReader.HeadingIs(clean, line, RuleLists.OtherHeadings) && !RuleLists.Safeguards.Any(w => clean.Slice(line.Body with { Length = end }).Contains(w, StringComparison.Ordinal));
    }

    private static readonly Regex AnnouncesList = Pattern.Of("(?:任务|工作|内容|举措|措施|事项|如下|以下|下列|试点)[^。;:]{0,10}:$");

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
            while (end < tree.Lines.Count && PlaceReader.Of(clean, tree.Lines[end]) is not null)
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
                    return [.. run.SelectMany(l => PlaceReader.Tasks(clean, l)).Select(t => t with { Basis = ConfidenceBasis.Inferred })];
                }
            }

            i = Math.Max(i, end - 1);
        }

        return [];
    }

    private static bool IsShort(CleanText clean, Block line)
    {
        var task = TextRange.Between(PlaceReader.Of(clean, line)!.Value.End + 1, line.Body.End);
        return task.Length is >= 4 and <= LongestTask && !Amount.IsMatch(clean.Slice(task)) && !Brackets.Split(clean.Text, task, "、").All(i => RegionReader.IsRegion(clean.Slice(i)));
    }
}
