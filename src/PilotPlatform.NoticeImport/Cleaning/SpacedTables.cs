using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>
/// A table whose columns are set apart by spaces. Its header tells it: every part is the name of a column. The spaces of
/// its rows become tabs; a blank cell leaves no trace, so that a row may have fewer cells than the header.
/// </summary>
internal static class SpacedTables
{
    public static CleaningBuffer WithTabs(CleaningBuffer buffer)
    {
        var result = new CleaningBuffer(buffer.Text.Count);
        var gap = 0;
        var columns = 0;
        for (var start = 0; start < buffer.Text.Count;)
        {
            var end = buffer.Text.IndexOf('\n', start);
            end = end < 0 ? buffer.Text.Count : end;
            var gaps = Gaps(buffer.Text, start, end, Math.Max(1, gap));
            if (HeaderGap(buffer.Text, start, end) is { } found)
            {
                gap = found;
                gaps = Gaps(buffer.Text, start, end, gap);
                columns = gaps.Count + 1;
            }
            else if (!IsBlank(buffer.Text, start, end) && !IsRow(buffer.Text, start, end, gaps.Count, gap, columns))
            {
                gap = 0;
            }

            Copy(buffer, result, start, end, gap > 0 ? gaps : []);
            if (end < buffer.Text.Count)
            {
                result.Take(buffer, end);
            }

            start = end + 1;
        }

        return result;
    }

    private static bool IsBlank(List<char> text, int start, int end) => FirstOf(text, start, end) == end;

    private static int FirstOf(List<char> text, int start, int end)
    {
        while (start < end && text[start] == ' ')
        {
            start++;
        }

        return start;
    }

    /// <summary>Single spaces occur within cells too: a row that is set with them begins with its number.</summary>
    private static bool IsRow(List<char> text, int start, int end, int gaps, int gap, int columns) =>
        gaps > 0 && gap > 0 && (gap > 1 || (FirstOf(text, start, end) is var first && first < end && char.IsAsciiDigit(text[first]) && gaps < columns));

    /// <summary>The spaces between the names of a header: two or more, or one where every part is a name even so.</summary>
    private static int? HeaderGap(List<char> text, int start, int end)
    {
        foreach (var gap in new[] { 2, 1 })
        {
            if (IsHeader(text, start, end, Gaps(text, start, end, gap)))
            {
                return gap;
            }
        }

        return null;
    }

    /// <summary>The runs of spaces between words of a line.</summary>
    private static List<(int Start, int End)> Gaps(List<char> text, int start, int end, int least)
    {
        var gaps = new List<(int, int)>();
        for (var i = start; i < end; i++)
        {
            if (text[i] is '\t')
            {
                return [];
            }

            if (text[i] != ' ')
            {
                continue;
            }

            var from = i;
            while (i < end && text[i] == ' ')
            {
                i++;
            }

            if (i - from >= least && from > start && i < end)
            {
                gaps.Add((from, i));
            }
        }

        return gaps;
    }

    private static bool IsHeader(List<char> text, int start, int end, List<(int Start, int End)> gaps)
    {
        if (gaps.Count < 2 || gaps.Count > 12 || end - start > 200)
        {
            return false;
        }

        var columns = new List<TableColumn>();
        var from = start;
        foreach (var (gapStart, gapEnd) in gaps.Append((end, end)))
        {
            var name = string.Concat(text[from..gapStart]).Replace(" ", "", StringComparison.Ordinal);
            if (TableColumns.KindOf(name) is not { } kind)
            {
                return false;
            }

            columns.Add(kind);
            from = gapEnd;
        }

        return TableColumns.IsTaskTable(columns);
    }

    private static void Copy(CleaningBuffer from, CleaningBuffer to, int start, int end, List<(int Start, int End)> gaps)
    {
        var next = 0;
        for (var i = start; i < end; i++)
        {
            if (next < gaps.Count && i == gaps[next].Start)
            {
                to.Add('\t', from.From[i], from.To[gaps[next].End - 1]);
                i = gaps[next++].End - 1;
            }
            else
            {
                to.Take(from, i);
            }
        }
    }
}
