using System.Runtime.InteropServices;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>
/// Joins the rows of a task table that line breaks within cells have cut: a row that begins with its number and has too
/// few cells goes on in the lines below, where those complete it exactly. Anything else stays as it is.
/// </summary>
internal static class BrokenRows
{
    /// <summary>A cell has few lines; a table that has come apart altogether is read elsewhere.</summary>
    private const int MostLines = 6;

    public static CleaningBuffer Joined(CleaningBuffer buffer)
    {
        var text = new string(CollectionsMarshal.AsSpan(buffer.Text));
        var lines = Lines(text);
        var joins = new HashSet<int>();
        var columns = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var cells = CellCount(text, lines[i]);
            if (cells > 2 && IsHeader(text, lines[i]))
            {
                columns = cells;
            }
            else if (columns > 0 && cells > 1 && cells < columns && BeginsWithNumber(text, lines[i]))
            {
                var last = Completed(text, lines, i, columns);
                joins.UnionWith(Enumerable.Range(i, last - i).Select(n => lines[n].End));
                i = last;
            }
            else if (cells == 1)
            {
                // A paragraph ends the table.
                columns = 0;
            }
        }

        if (joins.Count == 0)
        {
            return buffer;
        }

        var result = new CleaningBuffer(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (!joins.Contains(at))
            {
                result.Take(buffer, at);
            }
        }

        return result;
    }

    /// <summary>The line that completes the row of a line; the line itself where none does.</summary>
    private static int Completed(string text, List<TextRange> lines, int first, int columns)
    {
        var cells = CellCount(text, lines[first]);
        for (var i = first + 1; i < Math.Min(lines.Count, first + MostLines) && !BeginsWithNumber(text, lines[i]); i++)
        {
            cells += CellCount(text, lines[i]) - 1;
            if (cells >= columns)
            {
                return cells == columns ? i : first;
            }
        }

        return first;
    }

    private static bool IsHeader(string text, TextRange line)
    {
        var kinds = text.Substring(line.Start, line.Length).Split('\t').Select(c => TableColumns.KindOf(c.Trim())).ToList();
        return kinds.All(k => k is not null) && TableColumns.IsTaskTable([.. kinds.OfType<TableColumn>()]);
    }

    private static int CellCount(string text, TextRange line) => text.AsSpan(line.Start, line.Length).Count('\t') + 1;

    private static bool BeginsWithNumber(string text, TextRange line)
    {
        var end = text.AsSpan(line.Start, line.Length).IndexOf('\t');
        return end is > 0 and <= 3 && text.AsSpan(line.Start, end).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static List<TextRange> Lines(string text)
    {
        var lines = new List<TextRange>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            lines.Add(TextRange.Between(start, end));
            start = end + 1;
        }

        return lines;
    }
}
