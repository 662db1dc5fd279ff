using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Localization;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>What of ledgers waits for the current person: one line for a pilot and not one for each of its hundreds of slots.</summary>
internal sealed class LedgerWorkItems(PlatformDbContext db, Texts texts, ICurrentScope scope) : IWorkItemSource
{
    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        var items = new List<WorkItem>();
        var total = 0;
        if (permissions.Contains(PilotsPermissions.SubmitDeliverables))
        {
            await AddAsync(
                "pilots.ledger-fill",
                db.Set<ItemSlot>().Where(s => s.TenantId == own && s.ClosedInVersion == null && (s.Status == ItemSlotStatus.Open || s.Status == ItemSlotStatus.Returned)),
                p => p.Status != PilotStatus.Assigned, "Ledger:ToFill");
        }

        if (permissions.Contains(PilotsPermissions.ReviewDeliverables))
        {
            await AddAsync(
                "pilots.ledger-confirm",
                db.Set<ItemSlot>().Where(s => s.IssuerTenantId == own && s.ClosedInVersion == null && s.Status == ItemSlotStatus.HandedIn),
                _ => true, "Ledger:ToConfirm");
        }

        return ([.. items.OrderBy(i => i.Since).Take(limit)], total);

        async Task AddAsync(string key, IQueryable<ItemSlot> slots, Func<Pilot, bool> alreadyBegun, string detail)
        {
            var groups = await slots.GroupBy(s => s.PilotId)
                .Select(g => new
                {
                    PilotId = g.Key, Count = g.Count(), Returned = g.Count(s => s.Status == ItemSlotStatus.Returned), Since = g.Min(s => s.HandedInAt ?? s.CreatedAt),
                })
                .Join(
                    db.Set<Pilot>().Where(p => p.Status == PilotStatus.Assigned || p.Status == PilotStatus.Planning || p.Status == PilotStatus.Running
                        || p.Status == PilotStatus.Submitted || p.Status == PilotStatus.UnderAssessment),
                    g => g.PilotId, p => p.Id, (g, p) => new { Group = g, Pilot = p })
                .AsNoTracking().ToListAsync(cancellationToken);
            // A region that has not begun yet is asked to plan first; that line leads to the same pilot.
            var waiting = groups.Where(g => alreadyBegun(g.Pilot)).ToList();
            total += waiting.Count;
            items.AddRange(waiting.Select(w => new WorkItem(
                key,
                texts.Get(detail, new Dictionary<string, object?>
                {
                    ["pilot"] = w.Pilot.Title, ["region"] = w.Pilot.RegionName, ["count"] = w.Group.Count,
                    ["open"] = w.Group.Count - w.Group.Returned, ["returned"] = w.Group.Returned,
                }),
                w.Pilot.TenantId, $"/pilots/{w.Pilot.Id}/ledger", null, null, w.Group.Since)));
        }
    }
}
