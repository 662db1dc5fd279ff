using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>
/// A table whose columns are set apart by spaces. Its header tells it: every part is the name of a column. The spaces of
/// its rows become tabs; a blank cell leaves no trace, so that a row may have fewer cells than the header.
/// </summary>
internal static class SpacedTables
{
    private const int Gap = 2;

    public static CleaningBuffer WithTabs(CleaningBuffer buffer)
    {
        var result = new CleaningBuffer(buffer.Text.Count);
        var inTable = false;
        for (var start = 0; start < buffer.Text.Count;)
        {
            var end = buffer.Text.IndexOf('\n', start);
            end = end < 0 ? buffer.Text.Count : end;
            var gaps = Gaps(buffer.Text, start, end);
            if (gaps.Count > 0 && IsHeader(buffer.Text, start, end, gaps))
            {
                inTable = true;
            }
            else if (end > start && gaps.Count == 0)
            {
                inTable = false;
            }

            Copy(buffer, result, start, end, inTable ? gaps : []);
            if (end < buffer.Text.Count)
            {
                result.Take(buffer, end);
            }

            start = end + 1;
        }

        return result;
    }

    /// <summary>The runs of spaces between words of a line.</summary>
    private static List<(int Start, int End)> Gaps(List<char> text, int start, int end)
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

            if (i - from >= Gap && from > start && i < end)
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
