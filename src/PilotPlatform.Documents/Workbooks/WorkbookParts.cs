using System.Globalization;
using System.Xml.Linq;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.Workbooks;

/// <summary>The short parts of a workbook: all but the sheet itself.</summary>
internal static class WorkbookParts
{
    public const string SheetPath = "xl/worksheets/sheet1.xml";
    public const string SheetContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

    private const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace R = OfficeRelationships;

    private static readonly string[] BorderSides = ["left", "right", "top", "bottom", "diagonal"];

    public static void Write(OpcPackageWriter package, string sheetName, string filterRange, int headerRow)
    {
        // An apostrophe in a quoted sheet name is doubled.
        var quoted = $"'{sheetName.Replace("'", "''", StringComparison.Ordinal)}'";
        package.AddPart("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", new XElement(
            Main + "workbook",
            new XAttribute(XNamespace.Xmlns + "r", R),
            new XElement(Main + "bookViews", new XElement(Main + "workbookView")),
            new XElement(Main + "sheets", new XElement(
                Main + "sheet", new XAttribute("name", sheetName), new XAttribute("sheetId", 1), new XAttribute(R + "id", "rId1"))),
            new XElement(
                Main + "definedNames",
                new XElement(
                    Main + "definedName",
                    new XAttribute("name", "_xlnm._FilterDatabase"),
                    new XAttribute("localSheetId", 0),
                    new XAttribute("hidden", 1),
                    $"{quoted}!{filterRange}"),
                new XElement(
                    Main + "definedName",
                    new XAttribute("name", "_xlnm.Print_Titles"),
                    new XAttribute("localSheetId", 0),
                    string.Create(CultureInfo.InvariantCulture, $"{quoted}!$1:${headerRow}")))));
        package.AddRelationships(
            "xl/workbook.xml",
            ($"{OfficeRelationships}/worksheet", "worksheets/sheet1.xml"),
            ($"{OfficeRelationships}/styles", "styles.xml"));
        package.AddPart("xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml", Styles());
        package.AddRelationships(
            string.Empty,
            ($"{OfficeRelationships}/officeDocument", "xl/workbook.xml"),
            (FileProperties.CoreType, FileProperties.CorePath));
    }

    private static XElement Styles() => new(
        Main + "styleSheet",
        List(
            "numFmts",
            new XElement(Main + "numFmt", new XAttribute("numFmtId", 164), new XAttribute("formatCode", "yyyy\\-mm\\-dd")),
            new XElement(Main + "numFmt", new XAttribute("numFmtId", 165), new XAttribute("formatCode", "0.0%"))),
        List("fonts", Font(11, bold: false), Font(11, bold: true), Font(16, bold: true)),
        List("fills", Pattern("none"), Pattern("gray125"), new XElement(
            Main + "fill",
            new XElement(
                Main + "patternFill",
                new XAttribute("patternType", "solid"),
                new XElement(Main + "fgColor", new XAttribute("rgb", "FFE8EEF7")),
                new XElement(Main + "bgColor", new XAttribute("indexed", 64))))),
        List("borders", Border(null), Border("thin")),
        List("cellStyleXfs", Format(0, 0, 0, 0)),
        // In the order of CellStyle.
        List(
            "cellXfs",
            Format(0, 0, 0, 0, "cellXfs"),
            Format(49, 2, 0, 0, "cellXfs", horizontal: "center"),
            Format(49, 1, 2, 1, "cellXfs", horizontal: "center", wrap: true),
            Format(49, 0, 0, 1, "cellXfs", wrap: true),
            Format(49, 0, 0, 1, "cellXfs", wrap: true, quotePrefix: true),
            Format(3, 0, 0, 1, "cellXfs"),
            Format(4, 0, 0, 1, "cellXfs"),
            Format(164, 0, 0, 1, "cellXfs", horizontal: "center"),
            Format(165, 0, 0, 1, "cellXfs"),
            Format(49, 1, 2, 1, "cellXfs"),
            Format(3, 1, 2, 1, "cellXfs"),
            Format(4, 1, 2, 1, "cellXfs")),
        List("cellStyles", new XElement(
            Main + "cellStyle", new XAttribute("name", "Normal"), new XAttribute("xfId", 0), new XAttribute("builtinId", 0))));

    private static XElement List(string name, params XElement[] items) =>
        new(Main + name, new XAttribute("count", items.Length), items);

    private static XElement Font(int size, bool bold) => new(
        Main + "font",
        bold ? new XElement(Main + "b") : null,
        new XElement(Main + "sz", new XAttribute("val", size)),
        new XElement(Main + "name", new XAttribute("val", "宋体")),
        new XElement(Main + "charset", new XAttribute("val", 134)));

    private static XElement Pattern(string type) =>
        new(Main + "fill", new XElement(Main + "patternFill", new XAttribute("patternType", type)));

    private static XElement Border(string? style) => new(
        Main + "border",
        BorderSides.Select(side => style is null || side == "diagonal"
            ? new XElement(Main + side)
            : new XElement(Main + side, new XAttribute("style", style), new XElement(Main + "color", new XAttribute("auto", 1)))));

    private static XElement Format(
        int numberFormat,
        int font,
        int fill,
        int border,
        string list = "cellStyleXfs",
        string? horizontal = null,
        bool wrap = false,
        bool quotePrefix = false) => new(
            Main + "xf",
            new XAttribute("numFmtId", numberFormat),
            new XAttribute("fontId", font),
            new XAttribute("fillId", fill),
            new XAttribute("borderId", border),
            list == "cellXfs" ? new XAttribute("xfId", 0) : null,
            quotePrefix ? new XAttribute("quotePrefix", 1) : null,
            new XAttribute("applyNumberFormat", 1),
            new XAttribute("applyFont", 1),
            new XAttribute("applyFill", 1),
            new XAttribute("applyBorder", 1),
            new XAttribute("applyAlignment", 1),
            new XElement(
                Main + "alignment",
                horizontal is null ? null : new XAttribute("horizontal", horizontal),
                new XAttribute("vertical", "center"),
                wrap ? new XAttribute("wrapText", 1) : null));
}

/// <summary>The cell formats, by their place in the list of <see cref="WorkbookParts"/>.</summary>
internal enum CellStyle : uint
{
    Plain,
    Title,
    Header,
    Text,
    QuotedText,
    Integer,
    Decimal,
    Date,
    Percent,
    TotalLabel,
    TotalInteger,
    TotalDecimal,
}
