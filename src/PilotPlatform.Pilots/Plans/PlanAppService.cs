using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Plans;

/// <summary>The plan: typed as a draft that saves itself, submitted as phases and tasks, then worked off.</summary>
internal sealed class PlanAppService(
    PlatformDbContext db, PilotDesk desk, PilotAppService pilots, IOfficeDirectory offices, ICurrentScope scope, IIdGenerator ids, TimeProvider time)
{
    public async Task<PlanDraftDto> GetDraftAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await OwnDraftAsync(pilotId, cancellationToken);
        return await ToDtoAsync(pilot, await FindDraftAsync(pilotId, cancellationToken), cancellationToken);
    }

    public async Task<PlanDraftDto> SaveDraftAsync(Guid pilotId, SavePlanDraftDto input, CancellationToken cancellationToken)
    {
        CheckShape(input.Phases);
        var pilot = await OwnDraftAsync(pilotId, cancellationToken);
        RequirePlannable(pilot);
        var draft = await FindDraftAsync(pilotId, cancellationToken);
        if (draft is null)
        {
            if (!string.IsNullOrEmpty(input.ConcurrencyStamp))
            {
                throw new StaleStampException(nameof(PlanDraft), pilotId);
            }

            draft = new PlanDraft(ids.NewId(), pilot);
            db.Add(draft);
        }
        else
        {
            draft.EnsureStamp(input.ConcurrencyStamp);
        }

        draft.Rewrite(Number(input.Phases, draft.Phases), time);
        await db.SaveChangesAsync(cancellationToken);
        return await ToDtoAsync(pilot, draft, cancellationToken);
    }

    public async Task<PilotDetailDto> SubmitAsync(Guid pilotId, StampInput input, CancellationToken cancellationToken)
    {
        var pilot = await OwnDraftAsync(pilotId, cancellationToken);
        RequirePlannable(pilot);
        var draft = await FindDraftAsync(pilotId, cancellationToken) ?? throw new BusinessException(PilotsErrorCodes.PlanIsEmpty);
        draft.EnsureStamp(input.ConcurrencyStamp);
        var known = (await offices.OfRegionAsync(pilot.TenantId, cancellationToken)).ToDictionary(o => o.Id);
        CheckComplete(draft.Phases, known);
        var first = pilot.SubmitPlan(desk.Now);
        await PublishAsync(pilot, draft, known, cancellationToken);
        // The draft's stamp moves too, so that a second click on the same page finds it stale.
        draft.Touch(time);
        var taskCount = draft.Phases.Sum(p => p.Tasks.Count);
        await desk.RecordAsync(pilot, first ? PilotHistoryKind.PlanSubmitted : PilotHistoryKind.PlanRevised, cancellationToken,
            ("phases", Number(draft.Phases.Count)), ("tasks", Number(taskCount)));
        desk.TellIssuer(pilot, PilotsPermissions.ReviewDeliverables, first ? "Pilots.PlanSubmitted" : "Pilots.PlanRevised", null, $"/pilots/{pilot.Id}");
        return await pilots.SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> CompleteTaskAsync(Guid pilotId, Guid taskId, CompleteTaskDto input, CancellationToken cancellationToken)
    {
        var (pilot, task) = await TaskAsync(pilotId, taskId, input.ConcurrencyStamp, cancellationToken);
        task.Complete(input.DoneOn, desk.Today);
        await desk.RecordAsync(pilot, PilotHistoryKind.TaskCompleted, cancellationToken,
            ("task", task.Name), ("date", input.DoneOn.ToString("O", CultureInfo.InvariantCulture)));
        return await pilots.SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> ReopenTaskAsync(Guid pilotId, Guid taskId, StampInput input, CancellationToken cancellationToken)
    {
        var (pilot, task) = await TaskAsync(pilotId, taskId, input.ConcurrencyStamp, cancellationToken);
        task.Reopen();
        await desk.RecordAsync(pilot, PilotHistoryKind.TaskReopened, cancellationToken, ("task", task.Name));
        return await pilots.SaveAsync(pilot, cancellationToken);
    }

    public async Task<PilotDetailDto> AddNoteAsync(Guid pilotId, AddProgressNoteDto input, CancellationToken cancellationToken)
    {
        new InputCheck()
            .Text(input.Text, "text", PlanLimits.Note)
            .That(input.Date <= desk.Today, "date", PilotsErrorCodes.DateInFuture)
            .ThrowIfAny();
        var pilot = await desk.OwnAsync(pilotId, cancellationToken);
        pilot.RequireAtWork();
        var text = input.Text.Trim();
        return await db.InTurnAsync<Pilot, PilotDetailDto>(
            p => p.Id == pilotId,
            async () =>
            {
                // A second click, or the same again after a lost answer, is the same note.
                if (!await db.Set<ProgressNote>().AnyAsync(
                    n => n.PilotId == pilotId && n.Date == input.Date && n.Text == text && n.CreatedBy == scope.RequiredUserId, cancellationToken))
                {
                    db.Add(new ProgressNote(ids.NewId(), pilot, input.Date, text, desk.ActorName));
                    await desk.RecordAsync(pilot, PilotHistoryKind.NoteAdded, cancellationToken, ("text", text));
                }

                return await pilots.SaveAsync(pilot, cancellationToken);
            },
            cancellationToken);
    }

    // Only the drafter knows of a draft: to everybody else it is not there.
    private async Task<Pilot> OwnDraftAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await desk.SeenAsync(pilotId, cancellationToken);
        return desk.IsOwn(pilot) ? pilot : throw new NotFoundException(nameof(PlanDraft), pilotId);
    }

    private static void RequirePlannable(Pilot pilot)
    {
        if (pilot.Status is not (PilotStatus.Planning or PilotStatus.Running))
        {
            throw new BusinessException(PilotsErrorCodes.IllegalTransition).WithData("verb", "Plan").WithData("status", pilot.Status.ToString());
        }
    }

    private Task<PlanDraft?> FindDraftAsync(Guid pilotId, CancellationToken cancellationToken) =>
        db.Set<PlanDraft>().FirstOrDefaultAsync(d => d.PilotId == pilotId, cancellationToken);

    private async Task<(Pilot Pilot, PilotTask Task)> TaskAsync(Guid pilotId, Guid taskId, string stamp, CancellationToken cancellationToken)
    {
        var pilot = await desk.OwnAsync(pilotId, cancellationToken);
        var task = await db.Set<PilotTask>().FirstOrDefaultAsync(t => t.Id == taskId && t.PilotId == pilotId, cancellationToken)
            ?? throw new NotFoundException(nameof(PilotTask), taskId);
        pilot.RequireAtWork();
        task.EnsureStamp(stamp);
        return (pilot, task);
    }

    private async Task PublishAsync(Pilot pilot, PlanDraft draft, Dictionary<Guid, OfficeInfo> known, CancellationToken cancellationToken)
    {
        var phases = await db.Set<PilotPhase>().Where(p => p.PilotId == pilot.Id).ToDictionaryAsync(p => p.Id, cancellationToken);
        var tasks = await db.Set<PilotTask>().Where(t => t.PilotId == pilot.Id).ToDictionaryAsync(t => t.Id, cancellationToken);
        var keptTasks = draft.Phases.SelectMany(p => p.Tasks).Select(t => t.Id).ToHashSet();
        if (tasks.Values.FirstOrDefault(t => t.DoneOn is not null && !keptTasks.Contains(t.Id)) is { } done)
        {
            throw new BusinessException(PilotsErrorCodes.DoneTaskRemoved).WithData("task", done.Name);
        }

        var taskOrder = 0;
        foreach (var (index, wanted) in draft.Phases.Index())
        {
            if (!phases.TryGetValue(wanted.Id, out var phase))
            {
                phase = new PilotPhase(wanted.Id, pilot);
                db.Add(phase);
            }

            phase.Describe(index + 1, wanted.Name, wanted.StartOn!.Value, wanted.EndOn!.Value);
            foreach (var wantedTask in wanted.Tasks)
            {
                if (!tasks.TryGetValue(wantedTask.Id, out var task))
                {
                    task = new PilotTask(wantedTask.Id, pilot);
                    db.Add(task);
                }

                task.Describe(phase.Id, ++taskOrder, wantedTask.Name, wantedTask.OfficeId!.Value, known[wantedTask.OfficeId.Value].Name, wantedTask.DueOn!.Value);
            }
        }

        var keptPhases = draft.Phases.Select(p => p.Id).ToHashSet();
        db.RemoveRange(tasks.Values.Where(t => !keptTasks.Contains(t.Id)));
        db.RemoveRange(phases.Values.Where(p => !keptPhases.Contains(p.Id)));
    }

    private static void CheckShape(IReadOnlyList<DraftPhaseDto> phases)
    {
        var check = new InputCheck().That(phases.Count <= PlanLimits.Phases, "phases", PilotsErrorCodes.TooMany, ("max", PlanLimits.Phases));
        foreach (var (p, phase) in phases.Index())
        {
            check.Text(phase.Name, $"phases[{p}].name", PlanLimits.Name, required: false)
                .That(phase.Tasks.Count <= PlanLimits.TasksPerPhase, $"phases[{p}].tasks", PilotsErrorCodes.TooMany, ("max", PlanLimits.TasksPerPhase));
            foreach (var (t, task) in phase.Tasks.Index())
            {
                check.Text(task.Name, $"phases[{p}].tasks[{t}].name", PlanLimits.Name, required: false);
            }
        }

        check.ThrowIfAny();
    }

    private static void CheckComplete(IReadOnlyList<DraftPhase> phases, Dictionary<Guid, OfficeInfo> known)
    {
        if (phases.Count == 0 || phases.All(p => p.Tasks.Count == 0))
        {
            throw new BusinessException(PilotsErrorCodes.PlanIsEmpty);
        }

        var check = new InputCheck();
        foreach (var (p, phase) in phases.Index())
        {
            check.Text(phase.Name, $"phases[{p}].name", PlanLimits.Name)
                .That(phase.StartOn is not null, $"phases[{p}].startOn", PlatformErrorCodes.Required)
                .That(phase.EndOn is not null, $"phases[{p}].endOn", PlatformErrorCodes.Required)
                .That(phase.StartOn is null || phase.EndOn is null || phase.EndOn >= phase.StartOn, $"phases[{p}].endOn", PilotsErrorCodes.EndsBeforeItBegins);
            foreach (var (t, task) in phase.Tasks.Index())
            {
                check.Text(task.Name, $"phases[{p}].tasks[{t}].name", PlanLimits.Name)
                    .That(task.DueOn is not null, $"phases[{p}].tasks[{t}].dueOn", PlatformErrorCodes.Required)
                    .That(task.OfficeId is not null, $"phases[{p}].tasks[{t}].officeId", PlatformErrorCodes.Required)
                    .That(task.OfficeId is null || known.ContainsKey(task.OfficeId.Value), $"phases[{p}].tasks[{t}].officeId", PilotsErrorCodes.UnknownOffice);
            }
        }

        check.ThrowIfAny();
    }

    // Ids are ours: one that is not in the present draft is replaced, so that nobody can name another's row.
    private List<DraftPhase> Number(IReadOnlyList<DraftPhaseDto> phases, IReadOnlyList<DraftPhase> present)
    {
        var phaseIds = present.Select(p => p.Id).ToHashSet();
        var taskIds = present.SelectMany(p => p.Tasks).Select(t => t.Id).ToHashSet();
        return [.. phases.Select(p => new DraftPhase(Take(p.Id, phaseIds), p.Name, p.StartOn, p.EndOn,
            [.. p.Tasks.Select(t => new DraftTask(Take(t.Id, taskIds), t.Name, t.OfficeId, t.DueOn))]))];

        Guid Take(Guid? id, HashSet<Guid> known) => id is { } given && known.Remove(given) ? given : ids.NewId();
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private async Task<PlanDraftDto> ToDtoAsync(Pilot pilot, PlanDraft? draft, CancellationToken cancellationToken)
    {
        var list = await offices.OfRegionAsync(pilot.TenantId, cancellationToken);
        return new PlanDraftDto(
            pilot.Id, pilot.Title, pilot.RegionName, pilot.Status, pilot.DueOn, pilot.PlanSubmittedAt,
            draft?.ConcurrencyStamp ?? "", draft?.ModifiedAt ?? draft?.CreatedAt,
            [.. (draft?.Phases ?? []).Select(p => new DraftPhaseDto(p.Id, p.Name, p.StartOn, p.EndOn,
                [.. p.Tasks.Select(t => new DraftTaskDto(t.Id, t.Name, t.OfficeId, t.DueOn))]))],
            [.. list.Select(o => new PlanOfficeDto(o.Id, o.Name, o.ShortName))]);
    }
}
