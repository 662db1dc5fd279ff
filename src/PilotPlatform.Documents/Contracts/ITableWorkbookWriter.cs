namespace PilotPlatform.Documents.Contracts;

/// <summary>Writes tables as XLSX, row by row: a table of any length needs the same little memory.</summary>
public interface ITableWorkbookWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes a workbook of one sheet from rows that arrive one by one, e.g. from a database.</summary>
    /// <typeparam name="TRow">The row.</typeparam>
    /// <param name="sheet">The sheet and its columns.</param>
    /// <param name="rows">The rows; read once, each written before the next is asked for.</param>
    /// <param name="output">Where to write; only written to asynchronously, need not be seekable, and stays open.</param>
    /// <param name="cancellationToken">Stops between two rows; what was written until then is not a workbook.</param>
    /// <exception cref="ArgumentException">The sheet has no column, or a cell holds more than a cell can.</exception>
    Task WriteAsync<TRow>(
        TableSheet<TRow> sheet, IAsyncEnumerable<TRow> rows, Stream output, CancellationToken cancellationToken);

    /// <summary>Writes a workbook of one sheet from rows that are at hand.</summary>
    /// <inheritdoc cref="WriteAsync{TRow}(TableSheet{TRow}, IAsyncEnumerable{TRow}, Stream, CancellationToken)"/>
    Task WriteAsync<TRow>(
        TableSheet<TRow> sheet, IEnumerable<TRow> rows, Stream output, CancellationToken cancellationToken);
}
