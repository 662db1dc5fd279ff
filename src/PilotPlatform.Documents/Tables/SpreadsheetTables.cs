using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tables;

/// <summary>The sheets of an XLSX as they look: shared strings, dates by their formats, cached results of formulas, merged cells.</summary>
internal sealed partial class SpreadsheetTables
{
    // Merged cells of a sheet may cover each other in a hostile file.
    private const int MostInherited = 1_000_000;

    private const int MostColumns = 200;
    private const int MostSheets = 100;
    private const int LongestCell = 32_767;

    private readonly SafePackage package;
    private readonly List<string> strings = [];
    private readonly List<bool> styleIsDate = [];
    private bool from1904;

    private SpreadsheetTables(SafePackage package) => this.package = package;

    public static IEnumerable<TableReading> Read(SafePackage package) => new SpreadsheetTables(package).Read();

    private List<TableReading> Read()
    {
        const string workbook = "xl/workbook.xml";
        var relations = package.RelationsOf(workbook);
        var sheets = new List<(string Name, string Path)>();
        package.Read(workbook, reader =>
        {
            if (reader.LocalName == "workbookPr")
            {
                from1904 = reader.GetAttribute("date1904") is "1" or "true";
            }
            else if (reader.LocalName == "sheet" && sheets.Count < MostSheets && IdOf(reader) is { } id && relations.TryGetValue(id, out var path)
                && reader.GetAttribute("state") is null or "visible")
            {
                sheets.Add((reader.GetAttribute("name") ?? "", path));
            }
        });
        ReadStrings();
        ReadStyles();
        return [.. sheets.Select(s => ReadSheet(s.Name, s.Path))];
    }

    private static string? IdOf(XmlReader reader)
    {
        for (var found = reader.MoveToFirstAttribute(); found; found = reader.MoveToNextAttribute())
        {
            if (reader.LocalName == "id" && reader.NamespaceURI.Contains("relationships", StringComparison.Ordinal))
            {
                var id = reader.Value;
                reader.MoveToElement();
                return id;
            }
        }

        reader.MoveToElement();
        return null;
    }

    private void ReadStrings()
    {
        var text = new StringBuilder();
        var inText = false;
        var inPhonetic = false;
        package.Read("xl/sharedStrings.xml", reader =>
        {
            switch (reader.LocalName)
            {
                case "si":
                    text.Clear();
                    if (reader.IsEmptyElement)
                    {
                        strings.Add("");
                    }

                    break;
                case "rPh":
                    inPhonetic = !reader.IsEmptyElement;
                    break;
                case "t":
                    inText = !reader.IsEmptyElement && !inPhonetic;
                    break;
            }
        }, reader =>
        {
            if (reader.NodeType != XmlNodeType.EndElement)
            {
                Append(text, inText ? reader.Value : "");
                return;
            }

            inText = false;
            inPhonetic &= reader.LocalName != "rPh";
            if (reader.LocalName == "si")
            {
                strings.Add(text.ToString());
            }
        });
    }

    private void ReadStyles()
    {
        var formats = new Dictionary<int, string>();
        var inCells = false;
        package.Read("xl/styles.xml", reader =>
        {
            switch (reader.LocalName)
            {
                case "numFmt" when Number(reader, "numFmtId") is { } id:
                    formats[id] = reader.GetAttribute("formatCode") ?? "";
                    break;
                case "cellXfs":
                    inCells = true;
                    break;
                case "xf" when inCells:
                    var format = Number(reader, "numFmtId") ?? 0;
                    styleIsDate.Add(format is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) || (formats.TryGetValue(format, out var code) && IsDate(code)));
                    break;
            }
        }, reader => inCells &= !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "cellXfs"));
    }

    private TableReading ReadSheet(string name, string path)
    {
        var rows = new SortedDictionary<int, (SortedDictionary<int, TableReadingCell> Cells, bool Hidden)>();
        var merges = new List<(int Top, int Left, int Bottom)>();
        var text = new StringBuilder();
        var (row, column, type, style) = (0, 0, "n", 0);
        var (inValue, inInline, inPhonetic) = (false, false, false);
        package.Read(path, reader =>
        {
            switch (reader.LocalName)
            {
                case "row":
                    row = Number(reader, "r") ?? row + 1;
                    column = 0;
                    if (rows.Count >= ITableWorkbookReader.MaximumRows)
                    {
                        throw new TableReadingException(TableReadingFailure.TooLarge, "A sheet has too many rows.");
                    }

                    rows.TryAdd(row, ([], reader.GetAttribute("hidden") is "1" or "true"));
                    break;
                case "c":
                    column = reader.GetAttribute("r") is { } place && TryPlace(place, out var at) ? at.Column : column + 1;
                    type = reader.GetAttribute("t") ?? "n";
                    style = Number(reader, "s") ?? 0;
                    text.Clear();
                    break;
                case "v":
                    inValue = !reader.IsEmptyElement;
                    break;
                case "rPh":
                    inPhonetic = !reader.IsEmptyElement;
                    break;
                case "t":
                    inInline = !reader.IsEmptyElement && !inPhonetic;
                    break;
                case "mergeCell" when reader.GetAttribute("ref")?.Split(':') is [var from, var to] && TryPlace(from, out var first) && TryPlace(to, out var last):
                    if (merges.Count < ITableWorkbookReader.MaximumRows)
                    {
                        merges.Add((first.Row, first.Column, Math.Min(last.Row, first.Row + ITableWorkbookReader.MaximumRows)));
                    }

                    break;
            }
        }, reader =>
        {
            if (reader.NodeType != XmlNodeType.EndElement)
            {
                Append(text, inValue || inInline ? reader.Value : "");
                return;
            }

            inValue &= reader.LocalName != "v";
            inInline &= reader.LocalName != "t";
            inPhonetic &= reader.LocalName != "rPh";
            if (reader.LocalName == "c" && column is >= 1 and <= MostColumns && rows.TryGetValue(row, out var at) && Shown(text.ToString(), type, style) is { Length: > 0 } shown)
            {
                at.Cells[column] = new TableReadingCell(shown, false);
            }
        });

        var inherited = 0;
        foreach (var (top, left, bottom) in merges)
        {
            if (!rows.TryGetValue(top, out var first) || !first.Cells.TryGetValue(left, out var cell))
            {
                continue;
            }

            for (var below = top + 1; below <= bottom; below++)
            {
                if (rows.TryGetValue(below, out var at))
                {
                    if (++inherited > MostInherited)
                    {
                        throw new TableReadingException(TableReadingFailure.TooLarge, "A sheet has too many merged cells.");
                    }

                    at.Cells[left] = cell with { IsInherited = true };
                }
            }
        }

        return new TableReading(name, [.. rows.Where(r => r.Value.Cells.Values.Any(c => !c.IsInherited)).Select(r => new TableReadingRow(
            r.Key, [.. Enumerable.Range(1, r.Value.Cells.Keys.Max()).Select(c => r.Value.Cells.GetValueOrDefault(c, new TableReadingCell("", false)))], r.Value.Hidden))]);
    }

    private string Shown(string raw, string type, int style) => type switch
    {
        "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? Unescaped(strings[index]) : "",
        "b" => raw == "1" ? "TRUE" : "FALSE",
        "n" when double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => style >= 0 && style < styleIsDate.Count && styleIsDate[style] ? DateOf(number) : NumberOf(number),
        _ => Unescaped(raw),
    };

    // Control characters are written as _x000D_.
    private static string Unescaped(string text) => (text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, m => char.ToString((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
        : text).Replace('\r', ' ').Replace('\n', ' ').Trim();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    // 15 digits are what a spreadsheet keeps; a code of digits must not turn up as 3.20601E+17.
    private static string NumberOf(double number) =>
        Math.Abs(number) < 1e15 && number == Math.Truncate(number) ? number.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(number) is > 1e-6 and < 1e27 ? Math.Round((decimal)number, 10).ToString("0.##########", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private string DateOf(double number)
    {
        var days = number + (from1904 ? 1462 : 0);
        return days is >= 1 and < 2_958_466 ? DateTime.FromOADate(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : NumberOf(number);
    }

    private static bool IsDate(string format)
    {
        var quoted = false;
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\\')
            {
                i++;
            }
            else if (c == '[' && !quoted)
            {
                i = Math.Max(i, format.IndexOf(']', i));
            }
            else if (!quoted && c is 'y' or 'd' or 'Y' or 'D')
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(StringBuilder text, string part) => text.Append(part.AsSpan(0, Math.Min(part.Length, LongestCell - Math.Min(text.Length, LongestCell))));

    private static int? Number(XmlReader reader, string attribute) =>
        int.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool TryPlace(string reference, out (int Row, int Column) place)
    {
        var (row, column, i) = (0, 0, 0);
        for (; i < reference.Length && char.IsAsciiLetterUpper(reference[i]) && column < 100_000; i++)
        {
            column = (column * 26) + reference[i] - 'A' + 1;
        }

        for (; i < reference.Length && char.IsAsciiDigit(reference[i]) && row < 10_000_000; i++)
        {
            row = (row * 10) + reference[i] - '0';
        }

        place = (row, column);
        return row > 0 && column > 0 && i == reference.Length;
    }
}
