using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>
/// Finds what the notice sets: the rows of a task table; else numbered items of task sections; in an interpretation the
/// measures that it counts out (一是…二是…). A numbered item is a task only on evidence: its section says so, it names
/// an office or regions, or it begins as tasks begin.
/// </summary>
internal static class ThemeReader
{
    private const int LongestHeading = 40;

    /// <summary>No task has as many lines of offices; a text made to be slow has.</summary>
    private const int MostLabels = 30;

    private static readonly Regex Enumerates = Pattern.Of(@"(?:\d+|[一二三四五六七八九十]{1,3})[项条个](?:方面)?的?(?:重点|主要|具体)?(?:任务|措施|举措|改革|政策|内容)|提出\d+[项条个]|(?:任务|措施|举措|内容)(?:共|有|包括|包含|分为|为|涉及)*(?:\d+|[一二三四五六七八九十]{1,3})(?:项|条|个方面|方面|个)|[\u3400-\u9fff]{2,8}举措");
    private static readonly Regex Announced = Pattern.Of(@"(?<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:项|条|个方面|个)[\u3400-\u9fff]{0,6}(?:任务|措施|举措|改革|内容)");
    private static readonly Regex Inline = Pattern.Of(@"(?<ordinal>[一二三四五六七八九十]{1,3})是");

    private static readonly Dictionary<char, string> BrokenVerbs = RuleLists.BrokenVerbs.ToDictionary(v => v[0], v => v[2..]);

    public static ThemeSet Read(CleanText clean, BlockTree tree, NoticeKind kind, string? title = null, bool isSigned = false)
    {
        var tables = TaskTable.FindAll(clean, tree.Lines);
        if (IsReport(title))
        {
            // What a summary lists is done.
            return new ThemeSet([], []);
        }

        if (tables.Count > 0)
        {
            return new ThemeSet([.. tables.SelectMany(t => t.Rows)], tables);
        }

        var themes = kind == NoticeKind.Interpretation ? Interpreted(clean, tree)
            : PlaceReader.Read(clean, tree) is { Count: > 0 } placed ? placed
            : Numbered(clean, tree);
        if (themes.Count == 0 && kind != NoticeKind.Interpretation && isSigned)
        {
            themes = ChapterReader.IsOfPilot(title) ? ChapterReader.Read(clean, tree)
                : ChapterReader.Approves(title) ? ChapterReader.Introduced(clean, tree)
                : [];
        }

        return new ThemeSet([.. themes.Select(t => t with { Restored = Restore(clean.Slice(t.Title)) })], tables);
    }

    /// <summary>A summary, minutes or an answer: it tells of work, it sets none.</summary>
    public static bool IsReport(string? title) => title is not null && RuleLists.TitlesOfReports.Any(e => title.EndsWith(e, StringComparison.Ordinal));

    /// <summary>完“一窗”平台功能 has lost a character of its verb; null where the title is whole or more than one verb fits.</summary>
    internal static string? Restore(string title) =>
        title.Length > 2 && title[1] is '“' or '《' && BrokenVerbs.TryGetValue(title[0], out var verb) ? verb + title[1..] : null;

    /// <summary>The heading of a numbered block: its first sentence, or all of it.</summary>
    public static TextRange Heading(CleanText clean, Block block)
    {
        var text = clean.Text.AsSpan(block.Body.Start, block.Body.Length);
        var end = text.IndexOfAny('。', ':');
        return block.Body with { Length = Math.Min(end < 0 ? text.Length : end, LongestHeading) };
    }

    public static bool HeadingIs(CleanText clean, Block block, IReadOnlyList<string> words)
    {
        var heading = clean.Slice(Heading(clean, block));
        return words.Any(w => heading.Contains(w, StringComparison.Ordinal) && heading.Length <= w.Length + 10);
    }

    /// <summary>
    /// The measures that an interpretation counts out, in one paragraph (一是…二是…) or as items. It sets none itself, so
    /// the number announced must be the number listed, or a heading must call them tasks.
    /// </summary>
    private static List<Theme> Interpreted(CleanText clean, BlockTree tree)
    {
        var inline = Descendants(tree.Root).SelectMany(b => Inlines(clean, b, isAnnounced: false)).ToList();
        if (inline.Count > 0)
        {
            return inline;
        }

        foreach (var section in Descendants(tree.Root).Where(b => b.Mark is not null && b.NumberedChildren.Any()))
        {
            var items = section.NumberedChildren.ToList();
            var announced = clean.Slice(TextRange.Between(section.Body.Start, items[0].Range.Start));
            var isOfTasks = CalledTasks.IsMatch(clean.Slice(Heading(clean, section))) && items.Count >= 2 && items.All(i => BeginsAsTask(clean, i) && !IsSafeguard(clean, i));
            if (isOfTasks || Announced.Matches(announced).Any(m => CountOf(m.Groups["n"].ValueSpan) == items.Count) && items.All(i => BeginsAsTask(clean, i) || i.Body.Length <= TitleReader.Longest))
            {
                return [.. items.Select(i => Of(clean, i) with { Basis = ConfidenceBasis.Pattern })];
            }
        }

        return [];
    }

    private static readonly Regex CalledTasks = Pattern.Of("^(?:主要|重点|具体|试点|改革|工作)*(?:任务|举措|措施)$");

    private static int? CountOf(ReadOnlySpan<char> number) =>
        int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var plain) ? plain : Numbering.Parse(number);

    private static List<Theme> Numbered(CleanText clean, BlockTree tree)
    {
        var sections = Sections(tree.Root);
        var named = sections.Where(s => HeadingIs(clean, s, RuleLists.TaskHeadings) && !HeadingIs(clean, s, RuleLists.OtherHeadings)
            && (s.NumberedChildren.Any() || s.Paragraphs.Any(p => Inline.IsMatch(clean.Slice(p.Body))) || Leads(clean, s).Count > 0)).ToList();
        var described = sections.Where(s => IsDescribed(clean, s)).ToHashSet();
        var others = UnderOtherHeadings(clean, tree);
        var themes = new List<Theme>();
        foreach (var section in sections)
        {
            if (IsIntroduced(clean, section, Duties))
            {
                continue;
            }

            var isNamed = named.Contains(section) || IsIntroduced(clean, section, Introduces);
            if (!isNamed && (HeadingIs(clean, section, RuleLists.OtherHeadings) || HeadingIs(clean, section, RuleLists.PhaseHeadings)))
            {
                continue;
            }

            // Beside sections that are called tasks another one counts only when its items name who does them.
            if (named.Count > 0 && !isNamed && !(section.NumberedChildren.ToList() is { Count: > 0 } own && own.Count(i => HasOwnEvidence(clean, i)) * 2 > own.Count))
            {
                continue;
            }

            var items = section.NumberedChildren.Where(i => !others.Contains(i)).ToList();
            themes.AddRange(items.Count == 0 ? Unnumbered(clean, section, isNamed)
                : !isNamed && items.All(i => IsSafeguard(clean, i)) ? []
                // Its items are no tasks but say where and what: it is one itself.
                : !isNamed && described.Count >= 2 && described.Contains(section) ? [Of(clean, section) with { Own = [section.Body, .. items.Select(i => i.Range)], Below = [], Basis = ConfidenceBasis.Pattern }]
                : Items(clean, section, items, isNamed, isOnly: named.Count == 0));
        }

        return themes;
    }

    /// <summary>The tasks of a section without items: counted or leading paragraphs below a heading of tasks, or the section itself.</summary>
    private static List<Theme> Unnumbered(CleanText clean, Block section, bool isNamed)
    {
        // 一是…二是… below a heading of tasks.
        if (HeadingIs(clean, section, RuleLists.TaskHeadings)
            && section.Paragraphs.Prepend(section).SelectMany(p => Inlines(clean, p, isAnnounced: true)).ToList() is { Count: > 0 } inline)
        {
            return inline;
        }

        if (isNamed)
        {
            return OrdinalParagraphs(clean, section.Paragraphs) is { Count: > 0 } counted ? counted : Leads(clean, section);
        }

        return section.Mark is not null && HasOwnEvidence(clean, section) && !IsLabel(clean, section) ? [Of(clean, section)] : [];
    }

    /// <summary>The items of a section, where it is called tasks or most of them look like tasks.</summary>
    private static IEnumerable<Theme> Items(CleanText clean, Block section, List<Block> items, bool isNamed, bool isOnly)
    {
        var taskLike = items.Count(i => HasOwnEvidence(clean, i) || BeginsAsTask(clean, i) || IsSignedBelow(clean, i) || (isOnly && OfficeReader.ReadProse(clean, i.Body).Count > 0));
        if (!isNamed && taskLike * 2 <= items.Count && (taskLike * 2 < items.Count || section.Mark is null || !BeginsAsTask(clean, section)))
        {
            return [];
        }

        // Where one item names its offices itself, all tasks stand on its level.
        var isLevel = items.Any(i => HasOwnEvidence(clean, i)) || !IsOverTasks(clean, items);
        return items.SelectMany(i => isLevel ? [i] : Expand(i)).Select(i => Of(clean, i) with
        {
            Basis = isNamed ? ConfidenceBasis.Labelled : HasOwnEvidence(clean, i) ? ConfidenceBasis.Pattern : ConfidenceBasis.Inferred,
            Place = PlaceReader.OfSection(clean, section),
        });
    }

    /// <summary>三、试点区县:甲区、乙县: the value of a label is no task, though it names regions.</summary>
    private static bool IsLabel(CleanText clean, Block section) => RuleLists.RegionLabels.Contains(RegionNames.WithoutPart(clean.Slice(Heading(clean, section))));

    /// <summary>一、某某改革试点 over (一)试点县:… and (二)试点要求:…: items that are each the value of a label, one of them of regions or offices.</summary>
    private static bool IsDescribed(CleanText clean, Block section)
    {
        var items = section.NumberedChildren.ToList();
        return section.Mark is not null && items.Count >= 2 && !HeadingIs(clean, section, RuleLists.OtherHeadings)
            && items.All(i => clean.Text.AsSpan(i.Body.Start, Math.Min(i.Body.Length, 12)).IndexOf(':') >= 2)
            && items.Any(i => IsLabelled(clean, i.Body))
            && !items.All(i => IsLabelled(clean, i.Body));
    }

    /// <summary>
    /// The items that stand below a heading without a number of its own (工作要求:) which is none of tasks; the count
    /// begins anew there, so the tree has them beside the tasks.
    /// </summary>
    private static HashSet<Block> UnderOtherHeadings(CleanText clean, BlockTree tree)
    {
        var found = new HashSet<Block>();
        var isOther = false;
        foreach (var line in tree.Lines.Where(l => !l.IsRow))
        {
            var text = line.Mark is null && line.Range.Length <= 12 ? clean.Slice(line.Range).TrimEnd(':') : "";
            isOther = text.Length == 0 ? isOther : RuleLists.OtherHeadings.Contains(text) || (isOther && !RuleLists.TaskHeadings.Contains(text));
            isOther &= line.Mark is not { Style: NumberStyle.Han };
            if (isOther && line.Mark is not null)
            {
                found.Add(line);
            }
        }

        return found;
    }

    private static readonly Regex Introduces = Pattern.Of("(?:^|[。,;])(?:[^。,;:]{0,12})(?:(?:主要|重点|试点|改革|工作|具体)(?:任务|内容|举措|措施)(?:安排|分工)?|任务(?:安排|分工))(?:如下|包括|为|是)?:$");

    /// <summary>办公室主要职责: what a body is there for.</summary>
    private static readonly Regex Duties = Pattern.Of("职责(?:如下|包括|为|是)?:$");

    /// <summary>试点内容: or …,任务安排如下: right above items that stand under no chapter.</summary>
    private static bool IsIntroduced(CleanText clean, Block section, Regex words)
    {
        const int longest = 60;
        if (section.Mark is not null || section.Children.TakeWhile(c => c.Mark is null).LastOrDefault() is not { IsRow: false } above)
        {
            return false;
        }

        return words.IsMatch(clean.Slice(above.Range with { Start = Math.Max(above.Range.Start, above.Range.End - longest), Length = Math.Min(longest, above.Range.Length) }));
    }

    /// <summary>1.…2.…, then 牵头单位:… below: what stands under the last of its points names who does the whole item.</summary>
    private static bool IsSignedBelow(CleanText clean, Block item) =>
        item.NumberedChildren.LastOrDefault() is { } last && HasOwnEvidence(clean, last)
        && item.NumberedChildren.Count(c => HasOwnEvidence(clean, c)) == 1 && last.Paragraphs.Any(p => IsLabelled(clean, p.Range));

    /// <summary>一是…, 二是… on lines of their own below a heading of tasks.</summary>
    internal static List<Theme> OrdinalParagraphs(CleanText clean, IEnumerable<Block> paragraphs)
    {
        var themes = new List<Theme>();
        foreach (var paragraph in paragraphs)
        {
            if (Inline.Match(clean.Slice(paragraph.Body with { Length = Math.Min(paragraph.Body.Length, 4) })) is not { Success: true, Index: 0 } mark
                || Numbering.Parse(mark.Groups["ordinal"].ValueSpan) != themes.Count + 1)
            {
                break;
            }

            var whole = TextRange.Between(paragraph.Body.Start + mark.Length, paragraph.Body.End);
            var sentence = clean.Text.AsSpan(whole.Start, whole.Length).IndexOfAny("。,;");
            themes.Add(new Theme(mark.Groups["ordinal"].Value, sentence > 0 ? whole with { Length = sentence } : whole, paragraph.Range, [whole], [], null) { Basis = ConfidenceBasis.Pattern });
        }

        return themes.Count >= 2 ? themes : [];
    }

    /// <summary>
    /// Tasks below a heading of tasks that are not numbered: paragraphs that open with a short sentence which begins as
    /// tasks begin, and go on. Lines of offices, regions and dates belong to the paragraph above them.
    /// </summary>
    private static List<Theme> Leads(CleanText clean, Block section)
    {
        var themes = new List<Theme>();
        foreach (var paragraph in section.Paragraphs)
        {
            var body = WithoutBullet(clean, paragraph.Body);
            var isBulleted = body.Start > paragraph.Body.Start;
            var text = clean.Text.AsSpan(body.Start, body.Length);
            if (themes.Count > 0 && !isBulleted && IsLabelled(clean, paragraph.Range) && text.IndexOf(':') is > 0 and <= 10)
            {
                var last = themes[^1];
                if (last.Own.Count >= MostLabels)
                {
                    break;
                }

                themes[^1] = last with { Whole = TextRange.Between(last.Whole.Start, paragraph.Range.End), Own = [.. last.Own, paragraph.Range] };
                continue;
            }

            if (themes.Count == 0 && text.Length > 0 && text[^1] == ':')
            {
                continue;
            }

            var end = text.IndexOfAny('。', ':');
            if (end is < 4 or > LongestHeading || (!isBulleted && (end + 1 >= text.Length || text[..end].Contains(',') || !BeginsAsTask(clean, paragraph))))
            {
                break;
            }

            themes.Add(new Theme(
                (themes.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                body with { Length = end },
                paragraph.Range,
                [body],
                [],
                null) { Basis = ConfidenceBasis.Pattern });
        }

        return themes.Count >= 2 ? themes : [];
    }

    /// <summary>——建立…, ●建立…: what a list without numbers is set with.</summary>
    internal static TextRange WithoutBullet(CleanText clean, TextRange body)
    {
        var length = 0;
        while (length < Math.Min(4, body.Length) && "—-–●◆■•·★▲◎○□※>".Contains(clean.Text[body.Start + length], StringComparison.Ordinal))
        {
            length++;
        }

        return TextRange.Between(body.Start + length, body.End);
    }

    /// <summary>加强组织领导, 强化督查考核: how the work is secured, which is no task of its own.</summary>
    private static bool IsSafeguard(CleanText clean, Block item)
    {
        var heading = clean.Slice(Heading(clean, item));
        return heading.Length <= 16 && RuleLists.Safeguards.Any(s => heading.Contains(s, StringComparison.Ordinal)) && !HasOwnEvidence(clean, item);
    }

    /// <summary>Where the items say nothing themselves and most of those under them name offices or regions, those are the tasks.</summary>
    private static bool IsOverTasks(CleanText clean, IReadOnlyList<Block> items)
    {
        var below = items.SelectMany(i => i.NumberedChildren).ToList();
        return below.Count >= 2 && below.Count(b => HasOwnEvidence(clean, b)) * 2 > below.Count;
    }

    private static List<Block> Expand(Block item) => item.NumberedChildren.ToList() is { Count: > 0 } below ? below : [item];

    private static List<Block> Sections(Block root)
    {
        var top = root.NumberedChildren.ToList();

        // A text that numbers its tasks from 1 without any section has one section: itself.
        return top.Count > 0 && top.All(t => t.Mark!.Style is not NumberStyle.Han) && !top.Any(t => t.NumberedChildren.Any(c => c.Mark!.Style == NumberStyle.Decimal)) ? [root] : top;
    }

    private static bool HasOwnEvidence(CleanText clean, Block block) => block.HasEvidence ??= FindEvidence(clean, block);

    private static bool FindEvidence(CleanText clean, Block block) =>
        Own(clean, block).Any(range =>
            OfficeReader.ReadRemarks(clean, range).Count > 0
            || OfficeReader.ReadLabels(clean, range).Count > 0
            || RegionReader.ReadLabelled(clean, range).Count > 0
            || RegionReader.ReadRemarks(clean, range).Count > 0);

    private static bool BeginsAsTask(CleanText clean, Block block) => BeginsAsTask(clean.Text.AsSpan(block.Body.Start, block.Body.Length));

    internal static bool BeginsAsTask(ReadOnlySpan<char> body)
    {
        foreach (var verb in RuleLists.TaskVerbs)
        {
            if (body.StartsWith(verb))
            {
                return true;
            }
        }

        return false;
    }

    private static List<TextRange> Own(CleanText clean, Block block) => [block.Body, .. OwnParagraphs(clean, block).Select(p => p.Range)];

    /// <summary>
    /// The paragraphs under an item. Behind the last item of all the closing paragraphs of the notice follow: it has as
    /// many of its own as the items before it, and those that name its offices, regions or dates.
    /// </summary>
    private static IEnumerable<Block> OwnParagraphs(CleanText clean, Block block)
    {
        if (block.Parent is not { } parent || !IsLastOfAll(block))
        {
            return block.Paragraphs;
        }

        var others = parent.Children.Where(c => c.Mark is not null && c != block).ToList();
        if (others.Count == 0)
        {
            return block.Paragraphs.TakeWhile(p => !SpeaksOfAll.IsMatch(clean.Slice(p.Body with { Length = Math.Min(p.Body.Length, 20) })));
        }

        var most = others.Max(o => o.Paragraphs.Count());
        return block.Paragraphs.Take(most).Concat(block.Paragraphs.Skip(most).TakeWhile(p => IsLabelled(clean, p.Range)));
    }

    /// <summary>上述任务于…前完成; 请各地…: a paragraph behind the last item that is about all of them.</summary>
    private static readonly Regex SpeaksOfAll = Pattern.Of("^(?:(?:上述|以上)[^。;,:]{0,6}(?:任务|工作|事项|举措|内容)|请?各(?:地|市|县|区|试点|有关)|请于|特此|联系人|附件)");

    private static bool IsLastOfAll(Block block)
    {
        for (var b = block; b.Parent is { } parent; b = parent)
        {
            if (parent.LastNumbered != b)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabelled(CleanText clean, TextRange line) =>
        OfficeReader.ReadLabels(clean, line).Count > 0 || RegionReader.ReadLabelled(clean, line).Count > 0;

    internal static Theme Of(CleanText clean, Block block) => new(
        block.Mark!.Label,
        TitleReader.Of(clean, block.Body),
        TextRange.Between(block.Range.Start, EndOf(clean, block)),
        Own(clean, block),
        [.. block.NumberedChildren.SelectMany(Descendants).Select(b => b.Range)],
        null);

    private static int EndOf(CleanText clean, Block block) => Math.Max(
        OwnParagraphs(clean, block).LastOrDefault()?.Range.End ?? block.Range.End,
        block.NumberedChildren.LastOrDefault()?.DeepEnd ?? block.Range.End);

    /// <summary>一是…二是… within one paragraph that announces a number of measures.</summary>
    internal static IEnumerable<Theme> Inlines(CleanText clean, Block block, bool isAnnounced, Regex? announces = null)
    {
        var text = clean.Slice(block.Body);
        var starts = new List<(int At, int Length, string Ordinal)>();
        foreach (Match match in Inline.Matches(text))
        {
            var ordinal = match.Groups["ordinal"];
            if (Numbering.Parse(ordinal.ValueSpan) == starts.Count + 1)
            {
                starts.Add((ordinal.Index, ordinal.Length + 1, ordinal.Value));
            }
        }

        if (starts.Count < 2)
        {
            yield break;
        }

        var announcement = text[..starts[0].At];
        if (!isAnnounced && !HeadingIs(clean, block, RuleLists.TaskHeadings) && !(announces ?? Enumerates).IsMatch(announcement))
        {
            yield break;
        }

        for (var i = 0; i < starts.Count; i++)
        {
            var start = block.Body.Start + starts[i].At + starts[i].Length;
            var end = i + 1 < starts.Count ? block.Body.Start + starts[i + 1].At : block.Body.End;
            var whole = TextRange.Between(start, end);
            var sentence = clean.Text.AsSpan(start, end - start).IndexOfAny("。,;");
            var title = sentence > 0 ? whole with { Length = sentence } : whole;
            yield return new Theme(starts[i].Ordinal, title, whole, [whole], [], null) { Basis = ConfidenceBasis.Pattern };
        }
    }

    private static IEnumerable<Block> Descendants(Block block)
    {
        var open = new Stack<Block>([block]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children.Reverse())
            {
                open.Push(child);
            }
        }
    }
}
