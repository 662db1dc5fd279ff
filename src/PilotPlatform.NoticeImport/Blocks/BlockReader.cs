using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Blocks;

/// <summary>The blocks of a text: every line in order, and the tree that the numbering makes of them.</summary>
/// <param name="Lines">All blocks in the order of the text.</param>
/// <param name="Root">A block without text, over the top sections.</param>
internal sealed record BlockTree(IReadOnlyList<Block> Lines, Block Root);

/// <summary>Cuts clean text into blocks and builds the tree of sections.</summary>
internal static class BlockReader
{
    /// <summary>A line longer than this has swallowed its own paragraphs.</summary>
    private const int RunOnLength = 200;

    /// <summary>A numbered line may have swallowed the next items even when it is short.</summary>
    private const int ShortestRunOn = 30;

    private static readonly Regex GluedSignature = Pattern.Of(
        $@"[。\n](?<body>{Pattern.Han}{{2,40}})(?<date>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)(?:\(|公开|\n|$)");

    public static BlockTree Read(CleanText clean)
    {
        var lines = new List<Block>();
        foreach (var range in Cut(clean.Text))
        {
            var cells = CellsOf(clean.Text, range);
            var mark = cells.Count > 1 ? null : MarkOf(clean.Text.AsSpan(range.Start, range.Length));
            lines.Add(new Block(range, mark, cells));
        }

        NumberChapters(clean, lines);
        lines = FlatTable.Join(clean, lines);
        return new BlockTree(lines, Tree(clean, lines));
    }

    /// <summary>The number of a line; a bullet before it (●任务一:) is none of its own.</summary>
    private static NumberMark? MarkOf(ReadOnlySpan<char> line) =>
        line.Length > 2 && Bullets.Contains(line[0], StringComparison.Ordinal)
            ? Numbering.At(line[1..], 0) is { } mark ? mark with { Length = mark.Length + 1 } : null
            : Numbering.At(line, 0);

    private const string Bullets = "●◆■•★▲○□※◎";

    /// <summary>3 试点任务 above 3.1 and 3.2: a chapter's number has no point, but a space behind it and items under it.</summary>
    private static void NumberChapters(CleanText clean, List<Block> lines)
    {
        const int longest = 24;
        var last = lines.Where(l => l.Mark is { Style: NumberStyle.Decimal }).Select(l => int.Parse(l.Mark!.Label[..l.Mark.Label.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        for (var i = 0; last > 0 && i < lines.Count; i++)
        {
            var range = lines[i].Range;
            var digits = 0;
            while (digits < 2 && digits < range.Length && char.IsAsciiDigit(clean.Text[range.Start + digits]))
            {
                digits++;
            }

            if (lines[i] is { Mark: null, IsRow: false } && digits > 0 && range.Length > digits + 1 && range.Length <= longest && clean.GapBefore(range.Start + digits)
                && int.Parse(clean.Text.AsSpan(range.Start, digits), System.Globalization.CultureInfo.InvariantCulture) is var number && number > 0 && number <= last + 2)
            {
                lines[i] = new Block(range, new NumberMark(NumberStyle.Digit, number, digits, clean.Text.Substring(range.Start, digits)), lines[i].Cells);
            }
        }
    }

    private static IEnumerable<TextRange> Cut(string text)
    {
        var glued = new Queue<int>();
        foreach (Match match in GluedSignature.Matches(text))
        {
            glued.Enqueue(match.Groups["body"].Index);
            glued.Enqueue(match.Groups["date"].Index);
            glued.Enqueue(match.Groups["date"].Index + match.Groups["date"].Length);
        }

        var breaks = new List<int>();
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            breaks.Clear();
            while (glued.TryPeek(out var next) && next < end)
            {
                breaks.Add(glued.Dequeue());
            }

            var line = text.AsSpan(start, end - start);
            if (line.Length > RunOnLength || (line.Length > ShortestRunOn && (CountsInBrackets(line) || HoldsFirstHeading(line) || Numbering.At(line, 0) is not null)))
            {
                FindRunOnBreaks(text, start, end, breaks);
                breaks.Sort();
            }

            var from = start;
            foreach (var at in breaks)
            {
                if (at > from)
                {
                    yield return TextRange.Between(from, at);
                    from = at;
                }
            }

            if (end > from)
            {
                yield return TextRange.Between(from, end);
            }

            start = end + 1;
        }
    }

    /// <summary>试点内容:(一)…。(二)…。 A short line that holds its items.</summary>
    private static bool CountsInBrackets(ReadOnlySpan<char> line) => line.IndexOf("(一)") is var first and > 0 && line[first..].IndexOf("。(二)") > 0;

    /// <summary>…通知如下:一、主要任务: the line that announces the chapters holds the first of them.</summary>
    private static bool HoldsFirstHeading(ReadOnlySpan<char> line) => line.IndexOf(":一、") > 0 || line.IndexOf("。一、") > 0;

    /// <summary>
    /// Numbers inside a run-on line. After the end of a sentence any number starts an item; elsewhere only a bracketed
    /// one that continues its count does, for a heading has no full stop (…精准性(一)研究…).
    /// </summary>
    private static void FindRunOnBreaks(string text, int start, int end, List<int> breaks)
    {
        var line = text.AsSpan(0, end);
        var last = 0;
        var lastDigit = 0;
        for (var i = start + 1; i < end; i++)
        {
            var c = line[i];
            if (c != '(' && c != '第' && !char.IsAsciiDigit(c) && !"一二三四五六七八九十".Contains(c, StringComparison.Ordinal))
            {
                continue;
            }

            var before = line[i - 1];
            var afterSentence = "。;:!?)》”".Contains(before, StringComparison.Ordinal);
            if ((!afterSentence && c != '(') || Numbering.At(line, i) is not { } mark)
            {
                continue;
            }

            var counts = mark.Value == (mark.Style == NumberStyle.DigitInBrackets ? lastDigit : last) + 1 || mark.Value == 1;
            if (afterSentence ? mark.Style != NumberStyle.DigitInBrackets || counts : mark.Style == NumberStyle.HanInBrackets && counts)
            {
                breaks.Add(i);
                last = mark.Style == NumberStyle.HanInBrackets ? mark.Value : last;
                lastDigit = mark.Style == NumberStyle.DigitInBrackets ? mark.Value : 0;
                i += mark.Length - 1;
            }
        }
    }

    private static List<TextRange> CellsOf(string text, TextRange range)
    {
        var cells = new List<TextRange>();
        var start = range.Start;
        for (var i = range.Start; i <= range.End; i++)
        {
            if (i == range.End || text[i] == '\t')
            {
                cells.Add(TextRange.Between(start, i));
                start = i + 1;
            }
        }

        return cells;
    }

    /// <summary>
    /// A style seen for the first time goes under the item above it; a style seen before closes everything down to it.
    /// The styles' usual order is not assumed: offices number as they like.
    /// </summary>
    private static Block Tree(CleanText clean, List<Block> lines)
    {
        var root = new Block(default, null, []);
        var open = new List<Block>();
        foreach (var line in lines)
        {
            if (line.Mark is { } mark)
            {
                var same = open.FindIndex(b => b.Mark!.Style == mark.Style);
                if (same >= 0)
                {
                    open.RemoveRange(same, open.Count - same);
                }

                (open.Count == 0 ? root : open[^1]).Add(line);
                open.Add(line);
            }
            else
            {
                if (StartsAnew(clean, line))
                {
                    open.Clear();
                }

                (open.Count == 0 ? root : open[^1]).Add(line);
            }
        }

        return root;
    }

    /// <summary>An annex or the title of the printed plan begins a new count.</summary>
    private static bool StartsAnew(CleanText clean, Block line)
    {
        if (line.IsRow || line.Range.Length > 60)
        {
            return false;
        }

        var text = clean.Slice(line.Range);
        return (text.StartsWith("附件", StringComparison.Ordinal) && text.Length <= 8)
            || (!text.Contains('。', StringComparison.Ordinal)
                && text.Length >= 8
                && RuleLists.TitleEndings.Any(e => text.EndsWith(e, StringComparison.Ordinal)));
    }
}
