using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>
/// Brings a pilot's ledger to the lists in force: missing slots are added, what a list no longer asks for is closed and
/// kept, names follow. It looks at what is issued now and not at what a message said, so messages may come twice, late or
/// in the wrong order. Saves nothing.
/// </summary>
internal sealed class LedgerKeeper(PlatformDbContext db, IItemListLookup lists, PilotDesk desk, IIdGenerator ids)
{
    public async Task KeepAsync(Pilot pilot, CancellationToken cancellationToken)
    {
        if (pilot.IsOver)
        {
            return;
        }

        var issued = await lists.ForThemeAsync(pilot.ThemeId, pilot.TenantId, cancellationToken);
        if (issued.Count == 0)
        {
            return;
        }

        var ledgers = await db.Set<ItemLedger>().Where(l => l.PilotId == pilot.Id).ToListAsync(cancellationToken);
        foreach (var list in issued)
        {
            var ledger = ledgers.Find(l => l.ListId == list.Id);
            if (ledger is null)
            {
                if (list.Items.Count == 0 || list.Artefacts.Count == 0)
                {
                    // A list of other regions' items only: there is nothing to keep.
                    continue;
                }

                ledger = new ItemLedger(ids.NewId(), pilot, list.Id, ledgers.Count + 1);
                ledgers.Add(ledger);
                db.Add(ledger);
            }

            var isNew = ledger.Version == 0;
            if (ledger.Follow(list))
            {
                Tell(pilot, ledger, isNew, await FollowAsync(pilot, ledger, list, isNew, cancellationToken));
            }
        }
    }

    private async Task<Change> FollowAsync(Pilot pilot, ItemLedger ledger, IssuedItemList list, bool isNew, CancellationToken cancellationToken)
    {
        var items = isNew ? [] : await db.Set<LedgerItem>().Where(i => i.LedgerId == ledger.Id).ToDictionaryAsync(i => i.ItemId, cancellationToken);
        // A pilot may keep several lists: the slots of the others have nothing to do with this one.
        var slots = isNew
            ? []
            : await db.Set<LedgerItem>().Where(i => i.LedgerId == ledger.Id).Join(db.Set<ItemSlot>(), i => i.Id, s => s.LedgerItemId, (_, s) => s)
                .ToDictionaryAsync(s => (s.LedgerItemId, s.ArtefactKey), cancellationToken);
        var wanted = new HashSet<Guid>();
        var added = 0;
        foreach (var listed in list.Items)
        {
            if (items.TryGetValue(listed.Id, out var item))
            {
                item.Refresh(listed);
            }
            else
            {
                item = new LedgerItem(ids.NewId(), ledger, listed);
                db.Add(item);
                added++;
            }

            foreach (var (index, artefact) in ledger.Artefacts.Index())
            {
                if (slots.TryGetValue((item.Id, artefact.Key), out var slot))
                {
                    slot.Refresh(artefact, index + 1);
                    slot.Reopen();
                }
                else
                {
                    slot = new ItemSlot(ids.NewId(), pilot, item, artefact, index + 1);
                    db.Add(slot);
                }

                wanted.Add(slot.Id);
            }
        }

        foreach (var slot in slots.Values.Where(s => !wanted.Contains(s.Id)))
        {
            slot.Close(list.Version);
        }

        var listedIds = list.Items.Select(i => i.Id).ToHashSet();
        return new Change(list.Items.Count, added, items.Keys.Count(id => !listedIds.Contains(id)), wanted.Count);
    }

    private void Tell(Pilot pilot, ItemLedger ledger, bool isNew, Change change)
    {
        (string Name, string Value)[] values =
        [
            ("list", ledger.Title), ("version", Text(ledger.Version)), ("items", Text(change.Items)), ("added", Text(change.Added)),
            ("removed", Text(change.Removed)), ("slots", Text(change.Slots)),
        ];
        desk.RecordForIssuer(pilot, isNew ? PilotHistoryKind.LedgerOpened : PilotHistoryKind.LedgerUpdated, values);
        desk.TellRegion(
            pilot, PilotsPermissions.SubmitDeliverables, isNew ? "Pilots.LedgerOpened" : "Pilots.LedgerUpdated", null, $"/pilots/{pilot.Id}/ledger", values);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Change(int Items, int Added, int Removed, int Slots);
}
