using System.Globalization;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Blocks;

/// <summary>
/// A table that has come apart: each cell on a line of its own, blank cells gone. The header's names stand below each
/// other; a row begins with the next number. Which cell a line is, is told by the number of lines, else by what it says.
/// </summary>
internal static class FlatTable
{
    private const int LongestNumber = 4;
    private const int MostColumns = 12;

    public static List<Block> Join(CleanText clean, List<Block> lines)
    {
        List<Block>? result = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (HeaderAt(clean, lines, i) is not { } columns)
            {
                result?.Add(lines[i]);
                continue;
            }

            result ??= lines[..i];
            result.Add(Row(lines, i, columns.Count, columns.Count));
            i = Rows(clean, lines, i + columns.Count, columns, result) - 1;
        }

        return result ?? lines;
    }

    /// <summary>The columns of a header whose names stand on lines of their own, the number first.</summary>
    private static List<TableColumn>? HeaderAt(CleanText clean, List<Block> lines, int start)
    {
        if (lines[start].IsRow || TableColumns.KindOf(clean, lines[start].Range) != TableColumn.Number)
        {
            return null;
        }

        var columns = new List<TableColumn>();
        for (var i = start; i < lines.Count && columns.Count < MostColumns; i++)
        {
            if (lines[i].IsRow || TableColumns.KindOf(clean, lines[i].Range) is not { } kind || (i > start && kind == TableColumn.Number))
            {
                break;
            }

            columns.Add(kind);
        }

        return columns.Count >= 3 && TableColumns.IsTaskTable(columns) ? columns : null;
    }

    /// <summary>The rows below a header; gives the index of the first line that is none of them.</summary>
    private static int Rows(CleanText clean, List<Block> lines, int start, List<TableColumn> columns, List<Block> result)
    {
        var last = 0;
        var i = start;
        while (i < lines.Count)
        {
            if (NumberOf(clean, lines[i]) is not { } number || number <= last || number > last + 20)
            {
                // A heading between rows (二、…方面); anything else ends the table.
                if (lines[i].Mark is { Style: NumberStyle.Han or NumberStyle.HanInBrackets } && i + 1 < lines.Count && NumberOf(clean, lines[i + 1]) > last)
                {
                    result.Add(lines[i++]);
                    continue;
                }

                break;
            }

            var end = i + 1;
            while (end < lines.Count && !IsRowEnd(clean, lines, end, number, columns) && !(end - i >= columns.Count && IsSignature(clean, lines, end)))
            {
                end++;
            }

            result.Add(Assigned(clean, lines, i, end, columns));
            last = number;
            i = end;
        }

        return i;
    }

    private static bool IsRowEnd(CleanText clean, List<Block> lines, int index, int number, List<TableColumn> columns)
    {
        var line = lines[index];
        return line.IsRow
            || (NumberOf(clean, line) is { } next && next > number && next <= number + 20)
            || (line.Mark is { Style: NumberStyle.Han or NumberStyle.HanInBrackets } && index + 1 < lines.Count && NumberOf(clean, lines[index + 1]) > number)
            || TableColumns.KindOf(clean, line.Range) == columns[0];
    }

    /// <summary>An office over a day as the last two lines of all: behind a whole row they sign the sheet, within one they are its cells.</summary>
    private static bool IsSignature(CleanText clean, List<Block> lines, int index) =>
        index + 2 == lines.Count && OfficeReader.LooksLikeOffice(clean.Slice(lines[index].Range))
        && DateReader.FindFull(clean, lines[index + 1].Range)?.Range == lines[index + 1].Range;

    private static int? NumberOf(CleanText clean, Block line) =>
        !line.IsRow && line.Range.Length <= LongestNumber
        && int.TryParse(clean.Slice(line.Range).TrimEnd('.', '、'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static Block Row(List<Block> lines, int start, int count, int columns) =>
        new(
            TextRange.Between(lines[start].Range.Start, lines[start + count - 1].Range.End),
            null,
            [.. Enumerable.Range(0, columns).Select(c => lines[start + c].Range)]);

    private static Block Assigned(CleanText clean, List<Block> lines, int start, int end, List<TableColumn> columns)
    {
        if (end - start == columns.Count)
        {
            return Row(lines, start, columns.Count, columns.Count);
        }

        var cells = new TextRange[columns.Count];
        cells[0] = lines[start].Range;
        var title = columns.IndexOf(TableColumn.Title);
        title = title < 0 ? columns.IndexOf(TableColumn.Content) : title;

        // The first line is the task; the others go where what they say belongs, else to the content.
        var body = columns.IndexOf(TableColumn.Content) is var content and >= 0 ? content : title;
        for (var i = start + 1; i < end; i++)
        {
            var range = lines[i].Range;
            var column = cells[title].Length == 0 ? title : TableColumns.ByContent(clean, range, columns, cells) ?? body;

            // Only what stands right behind a cell can go on with it; anything else is a cell that nothing tells.
            if (cells[column].Length > 0 && cells[column].End < lines[i - 1].Range.End)
            {
                column = Array.FindLastIndex(cells, c => c.Length > 0) is var filled && filled + 1 < cells.Length ? filled + 1 : filled;
            }

            cells[column] = cells[column].Length == 0 ? range : TextRange.Between(cells[column].Start, range.End);
        }

        return new Block(TextRange.Between(lines[start].Range.Start, lines[end - 1].Range.End), null, cells);
    }
}
