using System.Collections.Immutable;
using PilotPlatform.Documents.Workbooks;

namespace PilotPlatform.Documents.Contracts;

/// <summary>
/// A sheet and its columns, built by naming them:
/// <c>new TableSheet&lt;Row&gt;("试点台账", createdAt).TextColumn("地区", r => r.Region).IntegerColumn("任务数", r => r.Tasks, total: true)</c>.
/// </summary>
/// <typeparam name="TRow">The row that the columns are read from.</typeparam>
public sealed record TableSheet<TRow>
{
    /// <summary>Names the sheet.</summary>
    /// <param name="name">
    /// The name on the tab. Characters that a tab cannot show become their full-width twins, and a long name is cut at 31.
    /// </param>
    /// <param name="createdAt">When the table was made. Given, never read from a clock.</param>
    /// <exception cref="ArgumentException">Nothing is left of the name.</exception>
    public TableSheet(string name, DateTimeOffset createdAt)
    {
        Name = SheetName.From(name);
        CreatedAt = createdAt;
    }

    /// <summary>The name on the tab, as it can be shown.</summary>
    public string Name { get; }

    /// <summary>When the table was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The title in the first row, across all columns; without it the headers come first.</summary>
    public string? Title { get; init; }

    /// <summary>The person or office that made the table.</summary>
    public string? Author { get; init; }

    /// <summary>How many columns stay in view when scrolling sideways; the headers always do.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>The label of the totals row, in the first column that has no total.</summary>
    public string TotalsLabel { get; init; } = "合计";

    internal ImmutableArray<SheetColumn<TRow>> Columns { get; init; } = [];

    /// <summary>Adds a column of text. Whatever the text begins with, it stays text and never becomes a formula.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Reads the cell from the row.</param>
    /// <param name="width">The width in characters; by default wide enough for the header.</param>
    public TableSheet<TRow> TextColumn(string header, Func<TRow, string?> value, double? width = null) =>
        With(header, CellKind.Text, row => CellValue.Of(value(row)), width, total: false);

    /// <summary>Adds a column of whole numbers.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Reads the cell from the row.</param>
    /// <param name="width">The width in characters; by default wide enough for the header.</param>
    /// <param name="total">Whether the totals row adds it up.</param>
    public TableSheet<TRow> IntegerColumn(string header, Func<TRow, long?> value, double? width = null, bool total = false) =>
        With(header, CellKind.Integer, row => CellValue.Of(value(row)), width, total);

    /// <summary>Adds a column of numbers shown with two decimals.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Reads the cell from the row.</param>
    /// <param name="width">The width in characters; by default wide enough for the header.</param>
    /// <param name="total">Whether the totals row adds it up.</param>
    public TableSheet<TRow> DecimalColumn(string header, Func<TRow, decimal?> value, double? width = null, bool total = false) =>
        With(header, CellKind.Decimal, row => CellValue.Of(value(row)), width, total);

    /// <summary>Adds a column of dates, shown as 2023-09-30.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Reads the cell from the row.</param>
    /// <param name="width">The width in characters; by default wide enough for the header.</param>
    public TableSheet<TRow> DateColumn(string header, Func<TRow, DateOnly?> value, double? width = null) =>
        With(header, CellKind.Date, row => CellValue.Of(value(row)), width, total: false);

    /// <summary>Adds a column of shares: 0.5 is shown as 50.0 %.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Reads the cell from the row.</param>
    /// <param name="width">The width in characters; by default wide enough for the header.</param>
    public TableSheet<TRow> PercentColumn(string header, Func<TRow, decimal?> value, double? width = null) =>
        With(header, CellKind.Percent, row => CellValue.Of(value(row)), width, total: false);

    private TableSheet<TRow> With(
        string header, CellKind kind, Func<TRow, CellValue> read, double? width, bool total) =>
        this with { Columns = Columns.Add(new SheetColumn<TRow>(header, kind, read, width, total)) };
}
