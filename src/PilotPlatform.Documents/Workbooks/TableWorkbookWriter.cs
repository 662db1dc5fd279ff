using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.Workbooks;

internal sealed class TableWorkbookWriter : ITableWorkbookWriter
{
    // Large enough that handing on costs little, small enough that a waiting table costs no memory.
    private const int DrainAt = 64 * 1024;

    public async Task WriteAsync<TRow>(
        TableSheet<TRow> sheet, IAsyncEnumerable<TRow> rows, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        if (sheet.Columns.IsEmpty)
        {
            throw new ArgumentException("A sheet needs a column.", nameof(sheet));
        }

        if (sheet.FrozenColumns < 0 || sheet.FrozenColumns > sheet.Columns.Length)
        {
            throw new ArgumentException("A sheet cannot freeze columns that it does not have.", nameof(sheet));
        }

        await using var buffer = new DrainableStream(output);
        using (var package = new OpcPackageWriter(buffer))
        {
            string filterRange;
            await using (var part = package.OpenPart(WorkbookParts.SheetPath, WorkbookParts.SheetContentType))
            using (var writer = new SheetWriter<TRow>(sheet, part))
            {
                writer.Begin();
                await foreach (var row in rows.WithCancellation(cancellationToken))
                {
                    writer.WriteRow(row);
                    if (buffer.Waiting >= DrainAt)
                    {
                        await buffer.DrainAsync(cancellationToken);
                    }
                }

                filterRange = writer.End();
            }

            WorkbookParts.Write(package, sheet.Name, filterRange, SheetWriter<TRow>.HeaderRowOf(sheet));
            new FileProperties(sheet.Title ?? sheet.Name, sheet.Author, sheet.CreatedAt).WriteTo(package);
            package.Complete();
        }

        await buffer.DrainAsync(cancellationToken);
    }

    public Task WriteAsync<TRow>(
        TableSheet<TRow> sheet, IEnumerable<TRow> rows, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return WriteAsync(sheet, rows.ToAsyncEnumerable(), output, cancellationToken);
    }
}
