using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Phases;

/// <summary>A stage with the passage of its name, dates and text.</summary>
/// <param name="Draft">The stage.</param>
/// <param name="Name">The passage of its name.</param>
/// <param name="Dates">The passage of its dates.</param>
/// <param name="Text">All of it.</param>
/// <param name="YearInferred">Whether a year was taken from a date beside it.</param>
internal sealed record Phase(PhaseDraft Draft, TextRange Name, TextRange? Dates, TextRange Text, bool YearInferred);

/// <summary>
/// Reads the stages of a section such as 工作步骤: its numbered items, its paragraphs (第一阶段:…), or the dated clauses of
/// its prose.
/// </summary>
internal static class PhaseReader
{
    private const int MostPhases = 30;
    private const int LongestName = 40;
    private const int LongestStage = 4_000;

    private static readonly Regex NamesStage = Pattern.Of("^,?(?:为|是)[^。;,]{0,14}(?:阶段|期)");
    private static readonly Regex Ordinal = Pattern.Of("第[一二三四五六七八九]阶段");

    public static IReadOnlyList<Phase> Read(CleanText clean, BlockTree tree, DateOnly? issued)
    {
        var phases = new List<Phase>();
        foreach (var section in tree.Lines.Where(l => l.Mark is not null && !l.IsRow && ThemeReader.HeadingIs(clean, l, RuleLists.PhaseHeadings)))
        {
            // A stage may itself be named 实施阶段; it is no section of stages then.
            if (section.Parent is { } parent && parent.Mark is not null && ThemeReader.HeadingIs(clean, parent, RuleLists.PhaseHeadings))
            {
                continue;
            }

            phases.AddRange(section.NumberedChildren.Any() ? Numbered(clean, section, issued) : Prose(clean, section, issued));
        }

        // 工作安排 may hold anything; only dated prose in it is a course of stages.
        foreach (var section in phases.Count > 0 ? [] : tree.Lines.Where(l => l.Mark is not null && !l.IsRow && !l.NumberedChildren.Any() && ThemeReader.HeadingIs(clean, l, RuleLists.ScheduleHeadings)))
        {
            var stages = Prose(clean, section, issued).ToList();
            phases.AddRange(stages.Count >= 2 ? stages : []);
        }

        phases = phases.Count > 0 ? phases : [.. Unheaded(clean, tree, issued)];
        return [.. (phases.Count > 0 ? phases : Chapters(clean, tree, issued)).Take(MostPhases)];
    }

    private static IEnumerable<Phase> Numbered(CleanText clean, Block section, DateOnly? issued)
    {
        DateOnly? before = issued;
        foreach (var item in section.NumberedChildren.Take(MostPhases))
        {
            var phase = Of(clean, item.Body, TextRange.Between(item.Range.Start, item.DeepEnd), before, issued);
            before = phase.Draft.End ?? phase.Draft.Start ?? before;
            yield return phase;
        }
    }

    /// <summary>A stage whose name is the head of a passage: the dates stand in brackets behind it, or in its text.</summary>
    private static Phase Of(CleanText clean, TextRange body, TextRange whole, DateOnly? before, DateOnly? issued)
    {
        var heading = Heading(clean, body);
        var text = clean.Slice(heading);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open > 0 ? heading with { Length = open } : heading;

        // A year that is not written is that of the stage before, or of the notice.
        var inHeading = DateReader.FindInOrder(clean, heading, before);
        var period = inHeading.Count > 0 ? DateReader.PeriodOf(clean, [.. inHeading.Select(m => m.Mention)], heading.End) : null;
        period ??= Closing(clean, TextRange.Between(heading.End, whole.End), issued);
        return new Phase(
            new PhaseDraft(clean.Slice(name), period?.Start, period?.End),
            name,
            period?.Range,
            whole,
            period is not null && inHeading.Count > 0 && inHeading[0].YearInferred);
    }

    /// <summary>The head of an item; where it is only 第一阶段: the words behind the colon belong to it.</summary>
    private static TextRange Heading(CleanText clean, TextRange body)
    {
        var text = clean.Text.AsSpan(body.Start, body.Length);
        var end = text.IndexOfAny('。', ':', '\n');
        if (end is > 0 and <= 6 && text[end] == ':' && text[..end].Contains("阶段", StringComparison.Ordinal))
        {
            var next = text[(end + 1)..].IndexOfAny('。', ':', '\n');
            end = next < 0 ? -1 : end + 1 + next;
        }

        return body with { Length = Math.Min(end < 0 ? text.Length : end, LongestName * 2) };
    }

    /// <summary>The dates in the text of a stage: a period that opens it, else the first due date, which closes it.</summary>
    private static (DateOnly? Start, DateOnly? End, TextRange Range)? Closing(CleanText clean, TextRange text, DateOnly? issued)
    {
        // A date without its year follows one that has it (2022年9月11日至11月10日).
        text = text with { Length = Math.Min(text.Length, LongestStage) };
        var mentions = DateReader.FindInOrder(clean, text, issued).Select(m => m.Mention).SkipWhile(m => !m.HasYear).Take(20).ToList();
        if (mentions.Count == 0)
        {
            return null;
        }

        if (mentions[0].Range.Start - text.Start <= 4 && DateReader.PeriodOf(clean, mentions, text.End) is { } period)
        {
            // 筹备期:2023年8月。 is all of that month; a date that words follow may be anything.
            var end = period.Range.End;
            if (period is { Start: not null, End: not null } || (period.End is not null && (end >= text.End || clean.Text[end] is '。' or ';' or '\n')))
            {
                return period;
            }
        }

        var start = mentions[0].Range.End < text.End && clean.Text[mentions[0].Range.End] == '起' ? mentions[0].First : (DateOnly?)null;
        return mentions.FirstOrDefault(m => m.Before || m.Precision == DuePrecision.HalfYear) is { } last ? (start <= last.Last ? start : null, last.Last, last.Range)
            : start is not null ? (start, null, mentions[0].Range)
            : null;
    }

    /// <summary>A section of stages without numbered items: 第一阶段… one behind the other, or clauses with dates.</summary>
    private static IEnumerable<Phase> Prose(CleanText clean, Block section, DateOnly? issued)
    {
        var text = TextRange.Between(section.Body.Start, section.DeepEnd);
        var starts = Ordinal.Matches(clean.Slice(text)).Select(m => text.Start + m.Index).Take(MostPhases + 1).ToList();
        return starts.Count >= 2 ? Ordinals(clean, starts, text.End, issued) : Dated(clean, text, issued);
    }

    private static IEnumerable<Phase> Ordinals(CleanText clean, List<int> starts, int end, DateOnly? issued)
    {
        DateOnly? before = issued;
        for (var i = 0; i < starts.Count; i++)
        {
            var whole = TextRange.Between(starts[i], i + 1 < starts.Count ? starts[i + 1] : end);
            var phase = Of(clean, whole, whole, before, issued);
            before = phase.Draft.End ?? phase.Draft.Start ?? before;
            yield return phase;
        }
    }

    /// <summary>Each date that says "before", "from" or a period, with the clauses up to the next one.</summary>
    private static IEnumerable<Phase> Dated(CleanText clean, TextRange text, DateOnly? issued)
    {
        var mentions = DateReader.FindInOrder(clean, text, issued);
        var stages = new List<(TextRange Clause, (DateOnly? Start, DateOnly? End, TextRange Range) Period, bool Inferred)>();
        for (var i = 0; i < mentions.Count && stages.Count < MostPhases; i++)
        {
            var mention = mentions[i].Mention;
            if (DateReader.PeriodOf(clean, [.. mentions.Skip(i).Take(2).Select(m => m.Mention)], text.End) is not { } period)
            {
                continue;
            }

            var isStage = mention.Before || period.Start is not null || NamesStage.IsMatch(clean.Text.AsSpan(mention.Range.End, Math.Min(24, text.End - mention.Range.End)))
                || (mention.Precision != DuePrecision.Day && OpensClause(clean, text, mention.Range));
            if (isStage)
            {
                stages.Add((ClauseAround(clean, text, mention.Range), period, mentions[i].YearInferred));
            }

            // The second date of a period is no stage of its own.
            i += i + 1 < mentions.Count && mentions[i + 1].Mention.Range.End <= period.Range.End ? 1 : 0;
        }

        for (var i = 0; i < stages.Count; i++)
        {
            var (clause, period, inferred) = stages[i];
            var whole = TextRange.Between(clause.Start, i + 1 < stages.Count ? Math.Max(clause.End, stages[i + 1].Clause.Start) : text.End);

            // 于…起由某镇行使: the power handed over from a day on ends nothing.
            yield return new Phase(new PhaseDraft(clean.Slice(clause), period.Start, period.End), clause, period.Range, whole, inferred);
        }
    }

    /// <summary>2020年1月,成立…。 A month that opens a sentence of a section of stages is one.</summary>
    private static bool OpensClause(CleanText clean, TextRange text, TextRange date) =>
        (date.Start == text.Start || "。;:\n".Contains(clean.Text[date.Start - 1], StringComparison.Ordinal)) && date.End < text.End && clean.Text[date.End] is ',' or ':';

    private static TextRange ClauseAround(CleanText clean, TextRange text, TextRange date)
    {
        var start = date.Start;
        while (start > text.Start && !"。;,:\n".Contains(clean.Text[start - 1], StringComparison.Ordinal))
        {
            start--;
        }

        var end = date.End;
        while (end < text.End && !"。;,\n".Contains(clean.Text[end], StringComparison.Ordinal))
        {
            end++;
        }

        return TextRange.Between(start, Math.Min(end, start + LongestName));
    }

    /// <summary>一、准备阶段(2023年5月—6月): chapters that are themselves the stages, with the tasks under them.</summary>
    private static IEnumerable<Phase> Chapters(CleanText clean, BlockTree tree, DateOnly? issued)
    {
        const int fewest = 2;
        var chapters = tree.Root.NumberedChildren.Where(c => StageWithDates.IsMatch(clean.Slice(c.Body with { Length = Math.Min(c.Body.Length, LongestName) }))).Take(MostPhases).ToList();
        DateOnly? before = issued;
        foreach (var chapter in chapters.Count >= fewest ? chapters : [])
        {
            var phase = Of(clean, chapter.Body, TextRange.Between(chapter.Range.Start, chapter.DeepEnd), before, issued);
            before = phase.Draft.End ?? phase.Draft.Start ?? before;
            yield return phase;
        }
    }

    private static readonly Regex StageWithDates = Pattern.Of(@"^[^。;,:()]{2,14}(?:阶段|期)\([^()]*\d[^()]*\)");

    /// <summary>第一阶段(…) at the head of at least two lines, wherever they stand.</summary>
    private static IEnumerable<Phase> Unheaded(CleanText clean, BlockTree tree, DateOnly? issued)
    {
        var lines = tree.Lines.Where(l => !l.IsRow && Ordinal.Match(clean.Slice(l.Body with { Length = Math.Min(l.Body.Length, 5) })) is { Success: true, Index: 0 }).Take(MostPhases).ToList();
        if (lines.Count < 2)
        {
            yield break;
        }

        DateOnly? before = issued;
        foreach (var line in lines)
        {
            var phase = Of(clean, line.Body, TextRange.Between(line.Range.Start, line.DeepEnd), before, issued);
            before = phase.Draft.End ?? phase.Draft.Start ?? before;
            yield return phase;
        }
    }
}
