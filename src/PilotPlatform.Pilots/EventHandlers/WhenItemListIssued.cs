using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.EventHandlers;

/// <summary>A pilot's ledger is to be brought to the lists in force; handled in the scope of the region that keeps it.</summary>
[EventName("pilots.ledger-due.v1")]
internal sealed record LedgerDue(Guid PilotId) : IPlatformEvent;

/// <summary>Passes an issued list on to each region that carries the theme out: one message each, so that one slow ledger holds up no other.</summary>
internal sealed class WhenItemListIssued(PlatformDbContext db) : IEventHandler<ItemListIssued>
{
    public async Task HandleAsync(ItemListIssued platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var pilots = await db.Set<Pilot>().AsNoTracking()
            .Where(p => p.ThemeId == platformEvent.ThemeId && p.Status != PilotStatus.Concluded && p.Status != PilotStatus.Withdrawn)
            .OrderBy(p => p.RegionOrder).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        foreach (var pilot in pilots)
        {
            db.AddFor(pilot.Owner, new LedgerDue(pilot.Id));
        }
    }
}

/// <summary>Keeps the ledger, as the region.</summary>
internal sealed class WhenLedgerDue(PlatformDbContext db, LedgerKeeper keeper) : IEventHandler<LedgerDue>
{
    public async Task HandleAsync(LedgerDue platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var pilot = await db.Set<Pilot>().FirstOrDefaultAsync(p => p.Id == platformEvent.PilotId, cancellationToken)
            ?? throw new InvalidOperationException($"Pilot {platformEvent.PilotId} is not there for the region that keeps its ledger.");
        await keeper.KeepAsync(pilot, cancellationToken);
    }
}
