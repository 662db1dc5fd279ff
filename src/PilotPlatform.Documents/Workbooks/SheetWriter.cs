using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Workbooks;

/// <summary>Writes the one sheet from top to bottom; nothing but the running totals is kept.</summary>
internal sealed class SheetWriter<TRow> : IDisposable
{
    private const int LastRow = 1_048_576;
    private const double WidestColumn = 255;

    private readonly TableSheet<TRow> _sheet;
    private readonly OpenXmlWriter _writer;
    private readonly decimal[] _totals;
    private readonly string[] _columnNames;
    private int _row;

    public SheetWriter(TableSheet<TRow> sheet, Stream part)
    {
        _sheet = sheet;
        _writer = OpenXmlWriter.Create(part);
        _totals = new decimal[sheet.Columns.Length];
        _columnNames = [.. Enumerable.Range(0, sheet.Columns.Length).Select(ColumnName)];
    }

    private bool HasTotals => _sheet.Columns.Any(column => column.Total);

    private string LastColumn => _columnNames[^1];

    public static int HeaderRowOf(TableSheet<TRow> sheet) => sheet.Title is null ? 1 : 2;

    public void Begin()
    {
        _writer.WriteStartDocument(true);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        _writer.WriteElement(new SheetViews(View()));
        _writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 18, CustomHeight = true });
        _writer.WriteElement(new Columns(_sheet.Columns.Select((column, index) => new Column
        {
            Min = (uint)index + 1,
            Max = (uint)index + 1,
            Width = Math.Min(WidestColumn, column.Width ?? DefaultWidth(column)),
            CustomWidth = true,
        })));
        _writer.WriteStartElement(new SheetData());
        if (_sheet.Title is { } title)
        {
            StartRow(height: 30);
            WriteText(0, title, CellStyle.Title);
            _writer.WriteEndElement();
        }

        StartRow(height: 24);
        for (var i = 0; i < _columnNames.Length; i++)
        {
            WriteText(i, _sheet.Columns[i].Header, CellStyle.Header);
        }

        _writer.WriteEndElement();
    }

    public void WriteRow(TRow row)
    {
        if (_row + (HasTotals ? 1 : 0) >= LastRow)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A sheet has {LastRow} rows; narrow the selection."), nameof(row));
        }

        StartRow();
        for (var i = 0; i < _columnNames.Length; i++)
        {
            var column = _sheet.Columns[i];
            var value = column.Read(row);
            if (value.Number is { } number)
            {
                if (column.Total)
                {
                    _totals[i] += number;
                }

                WriteNumber(i, number, StyleOf(column.Kind));
            }
            else if (value.Text is { } text)
            {
                if (column.Total)
                {
                    // Only an integer beyond Excel's 15 digits comes here; its column would add up wrongly in silence.
                    throw new ArgumentException($"The column {column.Header} holds a number that Excel cannot add up.", nameof(row));
                }

                WriteText(i, text, CellText.LooksLikeFormula(text) ? CellStyle.QuotedText : CellStyle.Text);
            }
            else
            {
                _writer.WriteElement(new Cell { CellReference = Reference(i), StyleIndex = (uint)StyleOf(column.Kind) });
            }
        }

        _writer.WriteEndElement();
    }

    /// <summary>Writes what follows the rows and says which range the filter covers, in absolute form.</summary>
    public string End()
    {
        var headerRow = HeaderRowOf(_sheet);
        var lastDataRow = _row;
        if (HasTotals)
        {
            WriteTotals();
        }

        _writer.WriteEndElement();
        _writer.WriteElement(new AutoFilter
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"A{headerRow}:{LastColumn}{lastDataRow}"),
        });
        if (_sheet.Title is not null && _columnNames.Length > 1)
        {
            _writer.WriteElement(new MergeCells(new MergeCell { Reference = $"A1:{LastColumn}1" }) { Count = 1 });
        }

        _writer.WriteElement(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 });
        _writer.WriteElement(new PageSetup
        {
            PaperSize = 9,
            Orientation = OrientationValues.Landscape,
            FitToWidth = 1,
            FitToHeight = 0,
        });
        _writer.WriteElement(new HeaderFooter { OddFooter = new OddFooter("&C— &P —") });
        _writer.WriteEndElement();
        _writer.Close();
        return string.Create(CultureInfo.InvariantCulture, $"$A${headerRow}:${LastColumn}${lastDataRow}");
    }

    public void Dispose() => _writer.Dispose();

    private static CellStyle StyleOf(CellKind kind) => kind switch
    {
        CellKind.Integer => CellStyle.Integer,
        CellKind.Decimal => CellStyle.Decimal,
        CellKind.Date => CellStyle.Date,
        CellKind.Percent => CellStyle.Percent,
        _ => CellStyle.Text,
    };

    // Room for the filter's arrow beside the header, and for the values of the kind.
    private static double DefaultWidth(SheetColumn<TRow> column) =>
        Math.Max(column.Kind == CellKind.Text ? 16 : 12, CellText.DisplayWidth(column.Header) + 4);

    private static string ColumnName(int index)
    {
        var name = string.Empty;
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }

    private SheetView View()
    {
        var headerRow = HeaderRowOf(_sheet);
        var topLeft = string.Create(CultureInfo.InvariantCulture, $"{ColumnName(_sheet.FrozenColumns)}{headerRow + 1}");
        var pane = new Pane
        {
            VerticalSplit = headerRow,
            TopLeftCell = topLeft,
            ActivePane = _sheet.FrozenColumns > 0 ? PaneValues.BottomRight : PaneValues.BottomLeft,
            State = PaneStateValues.Frozen,
        };
        if (_sheet.FrozenColumns > 0)
        {
            pane.HorizontalSplit = _sheet.FrozenColumns;
        }

        return new SheetView(pane) { WorkbookViewId = 0 };
    }

    private void WriteTotals()
    {
        StartRow();
        var label = -1;
        for (var i = 0; i < _columnNames.Length; i++)
        {
            var column = _sheet.Columns[i];
            if (column.Total)
            {
                WriteNumber(i, _totals[i], column.Kind == CellKind.Integer ? CellStyle.TotalInteger : CellStyle.TotalDecimal);
            }
            else if (label < 0)
            {
                label = i;
                WriteText(i, _sheet.TotalsLabel, CellStyle.TotalLabel);
            }
            else
            {
                _writer.WriteElement(new Cell { CellReference = Reference(i), StyleIndex = (uint)CellStyle.TotalLabel });
            }
        }

        _writer.WriteEndElement();
    }

    private void StartRow(double? height = null)
    {
        _row++;
        var row = new Row { RowIndex = (uint)_row };
        if (height is { } points)
        {
            row.Height = points;
            row.CustomHeight = true;
        }

        _writer.WriteStartElement(row);
    }

    // Always an inline string, so that no text can ever stand where a formula would.
    private void WriteText(int column, string text, CellStyle style) =>
        _writer.WriteElement(new Cell(new InlineString(new Text(CellText.Encode(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = Reference(column),
            DataType = CellValues.InlineString,
            StyleIndex = (uint)style,
        });

    private void WriteNumber(int column, decimal number, CellStyle style) =>
        _writer.WriteElement(new Cell(new DocumentFormat.OpenXml.Spreadsheet.CellValue(number.ToString(CultureInfo.InvariantCulture)))
        {
            CellReference = Reference(column),
            StyleIndex = (uint)style,
        });

    private string Reference(int column) => string.Create(CultureInfo.InvariantCulture, $"{_columnNames[column]}{_row}");
}
