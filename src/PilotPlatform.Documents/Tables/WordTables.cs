using System.Globalization;
using System.Text;
using System.Xml;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tables;

/// <summary>The tables of a DOCX; a table within a cell is text of that cell.</summary>
internal static class WordTables
{
    private const int MostColumns = 200;
    private const int MostTables = 200;
    private const int LongestCell = 32_767;

    public static IEnumerable<TableReading> Read(SafePackage package)
    {
        var tables = new List<TableReading>();
        var rows = new List<TableReadingRow>();
        var cells = new List<(string Text, int Columns, bool Continues)>();
        var cell = new StringBuilder();
        List<TableReadingCell> above = [];
        var (depth, number, columns, continues) = (0, 0, 1, false);
        var (inText, deleted) = (false, 0);
        package.Read("word/document.xml", reader =>
        {
            switch (reader.LocalName)
            {
                case "tbl" when !reader.IsEmptyElement && depth++ == 0:
                    (rows, above, number) = ([], [], 0);
                    break;
                case "tr" when depth == 1:
                    number++;
                    cells = [];
                    break;
                case "tc" when depth == 1:
                    cell.Clear();
                    (columns, continues) = (1, false);
                    break;
                case "gridSpan" when depth == 1:
                    columns = int.TryParse(Value(reader), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, MostColumns) : 1;
                    break;
                case "vMerge" when depth == 1:
                    continues = Value(reader) is null or "continue";
                    break;
                case "t":
                    inText = !reader.IsEmptyElement;
                    break;
                case "del" or "moveFrom" when !reader.IsEmptyElement:
                    deleted++;
                    break;
                case "tab" or "br" or "cr" when depth > 0:
                    cell.Append(' ');
                    break;
            }
        }, reader =>
        {
            if (reader.NodeType != XmlNodeType.EndElement)
            {
                if (inText && deleted == 0 && depth > 0 && cell.Length < LongestCell)
                {
                    cell.Append(reader.Value);
                }

                return;
            }

            inText &= reader.LocalName != "t";
            switch (reader.LocalName)
            {
                case "del" or "moveFrom":
                    deleted = Math.Max(0, deleted - 1);
                    break;
                case "p" when depth > 0:
                    cell.Append(' ');
                    break;
                case "tc" when depth == 1 && cells.Count < MostColumns:
                    cells.Add((string.Join(' ', cell.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), columns, continues));
                    break;
                case "tr" when depth == 1:
                    above = Unfold(cells, above);
                    if (above.Any(c => c.Text.Length > 0 && !c.IsInherited))
                    {
                        if (rows.Count >= ITableWorkbookReader.MaximumRows)
                        {
                            throw new TableReadingException(TableReadingFailure.TooLarge, "A table has too many rows.");
                        }

                        rows.Add(new TableReadingRow(number, above, false));
                    }

                    break;
                case "tbl" when --depth == 0 && tables.Count < MostTables:
                    tables.Add(new TableReading("", rows));
                    break;
            }
        });
        return tables;
    }

    private static string? Value(XmlReader reader) =>
        reader.GetAttribute("val", "http://schemas.openxmlformats.org/wordprocessingml/2006/main") ?? reader.GetAttribute("val", "http://purl.oclc.org/ooxml/wordprocessingml/main");

    // A cell merged downwards says what the cell above says; one merged across leaves blanks.
    private static List<TableReadingCell> Unfold(List<(string Text, int Columns, bool Continues)> cells, List<TableReadingCell> above)
    {
        var row = new List<TableReadingCell>();
        foreach (var (text, columns, continues) in cells)
        {
            row.Add(continues ? new TableReadingCell(row.Count < above.Count ? above[row.Count].Text : "", true) : new TableReadingCell(text, false));
            row.AddRange(Enumerable.Repeat(new TableReadingCell("", false), Math.Min(columns - 1, MostColumns - row.Count)));
        }

        return row;
    }
}
