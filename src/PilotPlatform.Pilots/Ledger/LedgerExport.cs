using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>A workbook that is written while it is read, and whose data it holds.</summary>
internal sealed record LedgerWorkbook(string FileName, TenantRef Owner, Func<Stream, Task> WriteAsync);

/// <summary>
/// The ledger as a workbook, row by row: where each slot stands and what was handed in. Drafts are not in it, also not the
/// caller's own, and telephone numbers are not: a workbook goes from hand to hand.
/// </summary>
internal sealed class LedgerExport(PlatformDbContext db, PilotDesk desk, LedgerAppService ledger, ITableWorkbookWriter workbooks, Texts texts)
{
    public async Task<LedgerWorkbook> OpenAsync(Guid pilotId, ExportLedgerInput input, CancellationToken cancellationToken)
    {
        LedgerAppService.CheckFilters(new InputCheck(), input.Office, input.Search).ThrowIfAny();
        var (pilot, ledgers) = await ledger.WithLedgersAsync(pilotId, cancellationToken);
        var columns = LedgerAppService.ColumnsOf(ledgers, []);
        var title = texts.Get("Ledger:Title", new Dictionary<string, object?> { ["region"] = pilot.RegionName, ["pilot"] = pilot.Title });
        var sheet = new TableSheet<Line>(texts.Get("Ledger:Sheet"), new DateTimeOffset(desk.Now, TimeSpan.Zero)) { Title = title, FrozenColumns = 2 }
            .TextColumn(texts.Get("Ledger:Number"), l => l.Item.Number, 8)
            .TextColumn(texts.Get("Ledger:Item"), l => l.Item.Name, 36)
            .TextColumn(texts.Get("Ledger:Office"), l => l.Item.OfficeName, 18)
            .TextColumn(texts.Get("Ledger:Mode"), l => l.Item.Mode, 14);
        foreach (var column in columns)
        {
            sheet = sheet.TextColumn(column.ShortName, l => StateOf(l, column.Key), 14)
                .TextColumn(texts.Get("Ledger:Content", new Dictionary<string, object?> { ["artefact"] = column.ShortName }), l => ContentOf(l, column.Key), 30);
        }

        var closed = input.State == LedgerFilter.Closed;
        var rows = LinesAsync(ledger.Narrow(pilotId, input.Office, input.State, input.Search), closed, cancellationToken);
        return new LedgerWorkbook(FileNameOf(title), pilot.Owner, stream => workbooks.WriteAsync(sheet, rows, stream, cancellationToken));
    }

    private async IAsyncEnumerable<Line> LinesAsync(IQueryable<LedgerItem> items, bool closed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cells = items
            .Join(db.Set<ItemSlot>().Where(s => (s.ClosedInVersion != null) == closed), i => i.Id, s => s.LedgerItemId, (i, s) => new { Item = i, Slot = s })
            .GroupJoin(db.Set<SlotContent>().Where(c => !c.IsDraft), x => new { x.Slot.Id, x.Slot.LatestVersion }, c => new { Id = c.SlotId, LatestVersion = c.Version },
                (x, c) => new { x.Item, x.Slot, Contents = c })
            .SelectMany(x => x.Contents.DefaultIfEmpty(), (x, c) => new { x.Item, x.Slot, Content = c })
            .OrderBy(x => x.Item.LedgerOrder).ThenBy(x => x.Item.Order).ThenBy(x => x.Item.Id).ThenBy(x => x.Slot.ArtefactOrder)
            .AsNoTracking().AsAsyncEnumerable();
        Line? line = null;
        await foreach (var cell in cells.WithCancellation(cancellationToken))
        {
            if (line is not null && line.Item.Id != cell.Item.Id)
            {
                yield return line;
                line = null;
            }

            line ??= new Line(cell.Item, []);
            line.Cells[cell.Slot.ArtefactKey] = (cell.Slot, cell.Content);
        }

        if (line is not null)
        {
            yield return line;
        }
    }

    private string StateOf(Line line, string key)
    {
        if (!line.Cells.TryGetValue(key, out var cell))
        {
            return "";
        }

        var state = texts.Of(cell.Slot.Status);
        return cell.Slot.IsNotApplicable ? $"{state}（{texts.Get("Ledger:NotApplicable")}）" : state;
    }

    private string ContentOf(Line line, string key) => line.Cells.TryGetValue(key, out var cell) && cell.Content is { } content
        ? string.Join(texts.Get("Ledger:Separator"), new[] { content.ContactName, content.Text }.Where(t => t.Length > 0).Concat(content.Files.Select(f => f.Name)))
        : "";

    private static string FileNameOf(string title)
    {
        var safe = string.Concat(title.Select(c => c < ' ' || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c));
        return $"{(safe.Length > 80 ? safe[..80] : safe)}.xlsx";
    }

    private sealed record Line(LedgerItem Item, Dictionary<string, (ItemSlot Slot, SlotContent? Content)> Cells);
}
