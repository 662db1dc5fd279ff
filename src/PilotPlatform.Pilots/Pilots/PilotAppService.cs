using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Plans;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>Lists, counts, the pilot's page, and the verbs on the pilot itself.</summary>
internal sealed class PilotAppService(PlatformDbContext db, PilotDesk desk, PilotStory story, SubmissionFlow flow, ICurrentPermissions permissions)
{
    private const int HistoryShown = 200;
    private const int NotesShown = 100;
    private const int SearchLength = 100;

    public async Task<PagedResult<PilotListItemDto>> ListAsync(GetPilotsInput input, CancellationToken cancellationToken)
    {
        var today = desk.Today;
        var sorts = new SortList<Pilot>()
            .Allow("theme", p => p.ThemeOrder)
            .Allow("region", p => p.RegionOrder)
            .Allow("status", p => p.Status)
            .Allow("due", p => p.OpenDueOn)
            .Allow("submitted", p => p.SubmittedOn)
            .Allow("light", Lights.Urgency(today))
            .Otherwise(q => q.OrderBy(p => p.ThemeOrder))
            .Ties(q => q.ThenBy(p => p.ThemeOrder).ThenBy(p => p.RegionOrder));
        input.CheckPage().Text(input.Search, "search", SearchLength, required: false).ThrowIfAny();
        var query = Narrow(input);
        var total = await query.CountAsync(cancellationToken);
        // Ids first, for an index alone answers that; sorting whole rows would read every one of them for the sake of a page.
        var ids = await sorts.Apply(query, input.Sorting).CutAsync(input, total, rows => rows.Select(p => p.Id), cancellationToken);
        if (ids.Count == 0)
        {
            return new PagedResult<PilotListItemDto>(total, []);
        }

        var found = await db.Set<Pilot>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        // A pilot may have left the caller's sight since the statement before.
        var shown = ids.Where(found.ContainsKey).Select(id => found[id]);
        return new PagedResult<PilotListItemDto>(total, [.. shown.Select(p => new PilotListItemDto(
            p.Id, p.ProgrammeId, p.ProgrammeTitle, p.ThemeOrder, p.ThemeTitle, p.TenantId, p.RegionName, p.PartName,
            p.Status, p.Outcome, p.LightOn(today), p.DueOn, p.DueIsSoft, p.OpenDueOn, p.SubmittedOn))]);
    }

    public async Task<PilotCountsDto> CountAsync(GetPilotsInput input, CancellationToken cancellationToken)
    {
        var query = Narrow(input);
        var byStatus = await query.GroupBy(p => p.Status).Select(g => new PilotStatusCountDto(g.Key, g.Count())).ToListAsync(cancellationToken);
        var byUrgency = await query.GroupBy(Lights.Urgency(desk.Today)).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        return new PilotCountsDto(
            byStatus.Sum(s => s.Count),
            [.. byStatus.OrderBy(s => s.Status)],
            [.. byUrgency.OrderBy(l => l.Key).Select(l => new PilotLightCountDto(Lights.FromUrgency(l.Key), l.Count))]);
    }

    public async Task<PilotDetailDto> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await DescribeAsync(await desk.SeenAsync(id, cancellationToken), cancellationToken);

    public async Task<PilotDetailDto> BeginPlanningAsync(Guid id, StampInput input, CancellationToken cancellationToken)
    {
        var pilot = await desk.OwnAsync(id, cancellationToken);
        pilot.EnsureStamp(input.ConcurrencyStamp);
        pilot.BeginPlanning();
        await desk.RecordAsync(pilot, PilotHistoryKind.PlanningBegun, cancellationToken);
        return await SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> StartAsync(Guid id, StampInput input, CancellationToken cancellationToken)
    {
        var pilot = await desk.OwnAsync(id, cancellationToken);
        pilot.EnsureStamp(input.ConcurrencyStamp);
        pilot.Start(desk.Now);
        await desk.RecordAsync(pilot, PilotHistoryKind.Started, cancellationToken);
        return await SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> SuspendAsync(Guid id, SuspendPilotDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", SubmissionLimits.Reason).ThrowIfAny();
        var pilot = await desk.IssuedAsync(id, cancellationToken);
        pilot.EnsureStamp(input.ConcurrencyStamp);
        pilot.Suspend();
        await desk.RecordAsync(pilot, PilotHistoryKind.Suspended, cancellationToken, ("reason", input.Reason));
        await flow.EndAsync(await desk.DeliverablesOfAsync(id, cancellationToken), "试点已暂停", cancellationToken);
        desk.TellRegion(pilot, PilotsPermissions.Plan, "Pilots.Suspended", null, $"/pilots/{pilot.Id}", ("reason", input.Reason));
        return await SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> ResumeAsync(Guid id, StampInput input, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(id, cancellationToken);
        pilot.EnsureStamp(input.ConcurrencyStamp);
        var deliverables = await desk.DeliverablesOfAsync(id, cancellationToken);
        pilot.Resume(deliverables);
        await flow.ResumeAsync(pilot, deliverables, cancellationToken);
        await desk.RecordAsync(pilot, PilotHistoryKind.Resumed, cancellationToken);
        desk.TellRegion(pilot, PilotsPermissions.Plan, "Pilots.Resumed", pilot.OpenDueOn, $"/pilots/{pilot.Id}");
        return await SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> SaveAsync(Pilot pilot, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(pilot, cancellationToken);
    }

    private IQueryable<Pilot> Narrow(GetPilotsInput input)
    {
        IQueryable<Pilot> query = db.Set<Pilot>();
        query = Where(query, input.ProgrammeId, id => p => p.ProgrammeId == id);
        query = Where(query, input.ThemeId, id => p => p.ThemeId == id);
        query = Where(query, input.RegionId, id => p => p.TenantId == id);
        query = Where(query, input.Status, status => p => p.Status == status);
        query = Where(query, input.Light, light => Lights.Shows(light, desk.Today));
        if (!string.IsNullOrWhiteSpace(input.Search))
        {
            var words = input.Search.Trim();
            query = query.Where(p => p.ThemeTitle.Contains(words) || p.RegionName.Contains(words) || (p.PartName != null && p.PartName.Contains(words)));
        }

        return query;

        static IQueryable<Pilot> Where<T>(IQueryable<Pilot> query, T? value, Func<T, Expression<Func<Pilot, bool>>> condition)
            where T : struct => value is { } given ? query.Where(condition(given)) : query;
    }

    private async Task<PilotDetailDto> DescribeAsync(Pilot pilot, CancellationToken cancellationToken)
    {
        var today = desk.Today;
        var id = pilot.Id;
        var phases = await db.Set<PilotPhase>().AsNoTracking().Where(p => p.PilotId == id).OrderBy(p => p.Order).ToListAsync(cancellationToken);
        var tasks = await db.Set<PilotTask>().AsNoTracking().Where(t => t.PilotId == id).OrderBy(t => t.Order).ToListAsync(cancellationToken);
        var deliverables = await desk.DeliverablesOfAsync(id, cancellationToken);
        var versions = await db.Set<Submission>().AsNoTracking().Where(s => s.PilotId == id)
            .Select(s => new { s.Id, s.DeliverableId, s.Version, s.IsDraft, s.Files }).ToListAsync(cancellationToken);
        var notes = await db.Set<ProgressNote>().AsNoTracking().Where(n => n.PilotId == id)
            .OrderByDescending(n => n.Date).ThenByDescending(n => n.Id).Take(NotesShown)
            .Select(n => new ProgressNoteDto(n.Id, n.Date, n.Text, n.AuthorName)).ToListAsync(cancellationToken);
        var history = await db.Set<HistoryEntry>().AsNoTracking().Where(h => h.PilotId == id)
            .OrderByDescending(h => h.HappenedAt).ThenByDescending(h => h.Sequence).ThenByDescending(h => h.Id).Take(HistoryShown).ToListAsync(cancellationToken);
        var granted = await permissions.GetAsync(cancellationToken);
        var slots = await db.Set<ItemSlot>().Where(s => s.PilotId == id && s.ClosedInVersion == null)
            .GroupBy(s => s.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        int In(ItemSlotStatus status) => slots.GetValueOrDefault(status);

        return new PilotDetailDto(
            id, pilot.ConcurrencyStamp, pilot.ProgrammeId, pilot.ProgrammeTitle, pilot.IssuerName, pilot.ThemeOrder, pilot.ThemeNumber, pilot.ThemeTitle,
            pilot.TenantId, pilot.RegionName, pilot.PartName, pilot.Status, pilot.Outcome, pilot.LightOn(today),
            pilot.DueOn, pilot.DuePrecision, pilot.DueIsSoft, pilot.SubmittedOn, pilot.AcceptedOn, pilot.PlanSubmittedAt, pilot.StartedAt,
            story.NextStep(pilot, deliverables, desk.IsOwn(pilot), desk.IsIssued(pilot)), ActionsOn(pilot, granted),
            slots.Count == 0 ? null : new LedgerProgressDto(
                slots.Values.Sum(), In(ItemSlotStatus.Open), In(ItemSlotStatus.HandedIn), In(ItemSlotStatus.Returned), In(ItemSlotStatus.Confirmed)),
            [.. phases.Select(p => new PilotPhaseDto(p.Id, p.Order, p.Name, p.StartOn, p.EndOn,
                [.. tasks.Where(t => t.PhaseId == p.Id).Select(t => t.ToDto(today))]))],
            [.. deliverables.Select(d =>
            {
                var latest = versions.Find(v => v.DeliverableId == d.Id && !v.IsDraft && v.Version == d.LatestVersion);
                return new DeliverableCardDto(d.Id, d.Name, d.Kind, d.IsRequired, d.Status, d.LatestVersion, latest?.Id, d.DueOn, d.DueIsSoft,
                    d.LightOn(today), latest?.Files.Count ?? 0, versions.Exists(v => v.DeliverableId == d.Id && v.IsDraft));
            })],
            notes,
            [.. history.Select(h => new HistoryEntryDto(h.Id, h.Kind, h.HappenedAt, h.ActorName, h.ActorRegionName, story.Tell(h)))],
            [.. history.Where(h => h.ActorName.Length > 0 && h.ActorRegionName.Length > 0).GroupBy(h => (h.ActorName, h.ActorRegionName))
                .Select(g => new PersonConcernedDto(g.Key.ActorName, g.Key.ActorRegionName, g.Max(h => h.HappenedAt)))]);
    }

    private PilotActionsDto ActionsOn(Pilot pilot, IReadOnlySet<string> granted)
    {
        var plans = desk.IsOwn(pilot) && granted.Contains(PilotsPermissions.Plan);
        var suspends = desk.IsIssued(pilot) && granted.Contains(PilotsPermissions.Suspend);
        var atWork = pilot.Status is PilotStatus.Running or PilotStatus.Submitted;
        return new PilotActionsDto(
            CanPlan: plans && pilot.Status is PilotStatus.Assigned or PilotStatus.Planning or PilotStatus.Running,
            CanStart: plans && pilot.Status == PilotStatus.Planning && pilot.PlanSubmittedAt is not null,
            CanAddNotes: plans && (atWork || pilot.Status == PilotStatus.Planning),
            CanHandIn: desk.IsOwn(pilot) && atWork && granted.Contains(PilotsPermissions.SubmitDeliverables),
            CanReview: desk.IsIssued(pilot) && atWork && granted.Contains(PilotsPermissions.ReviewDeliverables),
            CanSuspend: suspends && (atWork || pilot.Status is PilotStatus.Assigned or PilotStatus.Planning),
            CanResume: suspends && pilot.Status == PilotStatus.Suspended);
    }
}
