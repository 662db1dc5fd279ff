using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Tenancy;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>What of pilots waits for the current person: for the region, plans, tasks and deliverables; for the issuer, checks.</summary>
internal sealed class PilotWorkItems(PlatformDbContext db, PilotDesk desk, ICurrentScope scope) : IWorkItemSource
{
    /// <summary>Tasks and deliverables due within so many days are shown.</summary>
    private const int AheadDays = 14;

    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var items = new List<WorkItem>();
        var total = 0;
        var today = desk.Today;
        var horizon = today.AddDays(AheadDays);
        var own = scope.RequiredTenant.Id;
        if (permissions.Contains(PilotsPermissions.Plan))
        {
            await AddAsync(
                db.Set<Pilot>().Where(p => p.TenantId == own && (p.Status == PilotStatus.Assigned || p.Status == PilotStatus.Planning))
                    .Select(p => new Row { Pilot = p, Id = p.Id, Detail = "", Due = p.OpenDueOn, Since = p.CreatedAt }),
                "pilots.plan", row => $"/pilots/{row.Id}/plan", row => row.Pilot.LightOn(today));
            await AddAsync(
                db.Set<PilotTask>().Where(t => t.TenantId == own && t.DoneOn == null && t.DueOn <= horizon)
                    .Join(AtWork(own), t => t.PilotId, p => p.Id, (t, p) => new Row { Pilot = p, Id = p.Id, Detail = t.Name, Due = t.DueOn, Since = t.CreatedAt }),
                "pilots.task", row => $"/pilots/{row.Id}", row => LightOf(row.Due, isSoft: false));
        }

        if (permissions.Contains(PilotsPermissions.SubmitDeliverables))
        {
            await AddAsync(
                OpenDeliverables(own, d => d.Status == DeliverableStatus.Returned),
                "pilots.correct", row => $"/pilots/{row.Pilot.Id}/deliverables/{row.Id}", row => LightOf(row.Due, row.IsSoft));
            await AddAsync(
                OpenDeliverables(own, d => d.Status == DeliverableStatus.Open && d.IsRequired && d.DueOn <= horizon),
                "pilots.hand-in", row => $"/pilots/{row.Pilot.Id}/deliverables/{row.Id}", row => LightOf(row.Due, row.IsSoft));
        }

        if (permissions.Contains(PilotsPermissions.ReviewDeliverables))
        {
            await AddAsync(
                db.Set<Submission>().Where(s => s.IssuerTenantId == own && s.Status == SubmissionStatus.Submitted)
                    .Join(db.Set<Deliverable>(), s => s.DeliverableId, d => d.Id, (s, d) => new { s, d })
                    .Join(AtWork(null), x => x.s.PilotId, p => p.Id, (x, p) => new Row { Pilot = p, Id = x.s.Id, Detail = x.d.Name, Due = null, Since = x.s.SubmittedAt!.Value }),
                "pilots.review", row => $"/review/{row.Id}", _ => null);
        }

        return ([.. items.OrderByDescending(i => i.Light == StatusLight.Red).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Since).Take(limit)], total);

        async Task AddAsync(IQueryable<Row> query, string key, Func<Row, string> link, Func<Row, StatusLight?> light)
        {
            total += await query.CountAsync(cancellationToken);
            // Rows without a date come last, on every database alike.
            var rows = await query.OrderBy(r => r.Due == null).ThenBy(r => r.Due).ThenBy(r => r.Since).Take(limit).AsNoTracking().ToListAsync(cancellationToken);
            items.AddRange(rows.Select(r => new WorkItem(
                key, r.Detail.Length == 0 ? r.Pilot.Title : $"{r.Detail}（{r.Pilot.Title}）", r.Pilot.TenantId, link(r), r.Due, light(r), r.Since)));
        }

        StatusLight? LightOf(DateOnly? due, bool isSoft) =>
            due is { } date ? new Deadline(date, DuePrecision.Day, isSoft).LightOn(today, null) : null;
    }

    private IQueryable<Pilot> AtWork(Guid? region) =>
        db.Set<Pilot>().Where(p => (region == null || p.TenantId == region) && (p.Status == PilotStatus.Running || p.Status == PilotStatus.Submitted));

    private IQueryable<Row> OpenDeliverables(Guid own, System.Linq.Expressions.Expression<Func<Deliverable, bool>> which) =>
        db.Set<Deliverable>().Where(d => d.TenantId == own).Where(which)
            .Join(AtWork(own), d => d.PilotId, p => p.Id, (d, p) => new Row
            {
                Pilot = p, Id = d.Id, Detail = d.Name, Due = d.DueOn, IsSoft = d.DueIsSoft, Since = d.ModifiedAt ?? d.CreatedAt,
            });

    private sealed class Row
    {
        public required Pilot Pilot { get; init; }

        public required Guid Id { get; init; }

        public required string Detail { get; init; }

        public DateOnly? Due { get; init; }

        public bool IsSoft { get; init; }

        public required DateTime Since { get; init; }
    }
}
