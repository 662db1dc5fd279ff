using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Bpmn.Expressions;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.EventHandlers;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <summary>Who takes a step, and what it is.</summary>
internal sealed record StepInfo(WorkflowStepKind Kind, string NodeId, string Note = "");

/// <summary>
/// Turns what the machine says into rows. It adds to the context and never saves: one SaveChanges of whoever called is one
/// step, with tokens, tasks, timers, the log, the domain's rows and the outbox.
/// </summary>
internal sealed class WorkflowEngine(
    PlatformDbContext db, WorkflowModels models, AssigneeResolver assignees, JobSignal jobs, ICurrentScope scope, IIdGenerator ids, TimeProvider time)
{
    public DateTime Now => time.UtcNow();

    public async Task<WorkflowInstance> StartAsync(
        WorkflowVersion version, string startKey, WorkflowSubject subject, IReadOnlyDictionary<string, JsonElement> variables, (WorkflowInstance Parent, int ExecutionId)? caller,
        CancellationToken cancellationToken)
    {
        var model = await models.GetAsync(version.Id, cancellationToken);
        var instance = new WorkflowInstance(ids.NewId(), version, startKey, subject, scope.Identity.UserId, scope.Identity.DisplayName);
        if (caller is { } c)
        {
            instance.CalledBy(c.Parent, c.ExecutionId);
        }

        db.Add(instance);
        var state = new ProcessState();
        foreach (var (name, value) in variables)
        {
            state.Variables[name] = value;
        }

        var effects = model.Machine.Start(state, null);
        await RecordAsync(instance, model, state, effects, new StepInfo(WorkflowStepKind.Started, model.Process.Id), cancellationToken);
        return instance;
    }

    /// <summary>Runs one command of the machine as one step.</summary>
    public async Task StepAsync(
        WorkflowInstance instance, Func<ProcessMachine, ProcessState, IReadOnlyList<Effect>> command, StepInfo step, CancellationToken cancellationToken)
    {
        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        var state = instance.State();
        var effects = command(model.Machine, state);
        await RecordAsync(instance, model, state, effects, step, cancellationToken);
    }

    /// <summary>Moves an instance to another version; the mapping was checked.</summary>
    public async Task MigrateAsync(WorkflowInstance instance, WorkflowModel to, IReadOnlyDictionary<string, string> mapping, CancellationToken cancellationToken)
    {
        var from = await models.GetAsync(instance.VersionId, cancellationToken);
        var state = instance.State();
        var effects = from.Machine.Migrate(state, to.Machine, mapping);
        instance.MoveTo(to.VersionId);
        instance.RenameDoers(mapping);
        await RecordAsync(instance, to, state, effects, new StepInfo(WorkflowStepKind.Migrated, to.Process.Id), cancellationToken);
    }

    /// <summary>Puts an instance's tokens back as they were.</summary>
    public void Restore(WorkflowInstance instance, string stateJson, string doersJson, StepInfo step)
    {
        var number = instance.Restore(stateJson, doersJson, Now);
        AddStep(instance, number, step, []);
    }

    /// <summary>Logs something that does not move tokens.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="step">What happened.</param>
    /// <param name="begins">Work began with it, so that the step before cannot be withdrawn any more.</param>
    public void Note(WorkflowInstance instance, StepInfo step, bool begins = false)
    {
        var number = instance.Advance(instance.State(), Now, begins);
        AddStep(instance, number, step, []);
    }

    private async Task RecordAsync(
        WorkflowInstance instance, WorkflowModel model, ProcessState state, IReadOnlyList<Effect> effects, StepInfo step, CancellationToken cancellationToken)
    {
        var number = instance.Advance(state, Now);
        AddStep(instance, number, step, effects);

        // Something may begin and end within one command (a multi-instance whose condition holds at once).
        var ended = effects.Select(EndedId).OfType<int>().ToHashSet();
        var begun = effects.Select(BegunId).OfType<int>().ToHashSet();
        int[] over = [.. ended.Where(id => !begun.Contains(id))];
        await CancelAsync(instance, model, over, effects, cancellationToken);
        await SettleIncidentsAsync(instance, [.. over, .. effects.OfType<ActivityCompleted>().Select(e => e.ExecutionId)], cancellationToken);

        foreach (var effect in effects.Where(e => BegunId(e) is not { } id || !ended.Contains(id)))
        {
            await ApplyAsync(instance, model, state, effect, cancellationToken);
        }
    }

    /// <summary>What was amiss with work that is over, done or taken back, concerns nobody any more.</summary>
    private async Task SettleIncidentsAsync(WorkflowInstance instance, IReadOnlyCollection<int> over, CancellationToken cancellationToken)
    {
        var hasEnded = instance.Status != WorkflowInstanceStatus.Running;
        if (over.Count == 0 && !hasEnded)
        {
            return;
        }

        // At the end all of them: a gateway that was stuck is no activity, so no effect tells of its end.
        List<WorkflowIncident> open = [.. instance.OpenedIncidents().Where(i => hasEnded || over.Contains(i.ExecutionId))];
        if (instance.StepCount > 1 && instance.Loaded().HasOpenIncidents != false)
        {
            open.AddRange(await db.Set<WorkflowIncident>()
                .Where(i => i.InstanceId == instance.Id && i.SettledAt == null && (hasEnded || over.Contains(i.ExecutionId))).ToListAsync(cancellationToken));
        }

        foreach (var incident in open.Distinct().Where(i => i.SettledAt is null))
        {
            incident.Settle(WorkflowIncidentResolution.Vanished, scope.Identity.DisplayName, "", Now);
        }
    }

    private static int? BegunId(Effect effect) => effect switch
    {
        ActivityStarted x => x.ExecutionId,
        TimerSet x => x.WaitId,
        MessageAwaited x => x.WaitId,
        _ => null,
    };

    private static int? EndedId(Effect effect) => effect switch
    {
        ActivityCancelled x => x.ExecutionId,
        TimerCleared x => x.WaitId,
        MessageDropped x => x.WaitId,
        _ => null,
    };

    private async Task CancelAsync(
        WorkflowInstance instance, WorkflowModel model, IReadOnlyCollection<int> executions, IReadOnlyList<Effect> effects, CancellationToken cancellationToken)
    {
        if (executions.Count == 0)
        {
            return;
        }

        var cancelled = effects.OfType<ActivityCancelled>().Where(c => executions.Contains(c.ExecutionId)).ToList();
        if (cancelled.Any(c => model.FindNode(c.NodeId) is UserTask))
        {
            var tasks = await db.Set<WorkflowTask>()
                .Where(t => t.InstanceId == instance.Id && executions.Contains(t.ExecutionId)
                    && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting))
                .ToListAsync(cancellationToken);
            tasks.AddRange(Added<WorkflowTask>(t => t.InstanceId == instance.Id && executions.Contains(t.ExecutionId)));
            tasks.ForEach(t => t.Cancel(Now));
        }

        var withJobs = cancelled.Any(c => model.FindNode(c.NodeId) is not UserTask);
        if (!withJobs && instance.Loaded().Timers is { } timers)
        {
            db.RemoveRange(timers.Where(t => executions.Contains(t.ExecutionId)));
        }
        else if (withJobs || effects.Any(e => e is TimerCleared))
        {
            db.RemoveRange(await db.Set<WorkflowJob>().Where(j => j.InstanceId == instance.Id && executions.Contains(j.ExecutionId)).ToListAsync(cancellationToken));
            db.RemoveRange(Added<WorkflowJob>(j => j.InstanceId == instance.Id && executions.Contains(j.ExecutionId)));
        }

        if (cancelled.Any(c => model.FindNode(c.NodeId) is CallActivity))
        {
            await TerminateCalledAsync(instance, executions, cancellationToken);
        }

        if (effects.Any(e => e is MessageDropped))
        {
            db.RemoveRange(await db.Set<WorkflowMessageWait>().Where(w => w.InstanceId == instance.Id && executions.Contains(w.WaitId)).ToListAsync(cancellationToken));
            db.RemoveRange(Added<WorkflowMessageWait>(w => w.InstanceId == instance.Id && executions.Contains(w.WaitId)));
        }
    }

    /// <summary>Rows that an earlier step of the same transaction began and the database does not know yet.</summary>
    private List<T> Added<T>(Func<T, bool> isMeant)
        where T : class => [.. db.ChangeTracker.Entries<T>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).Where(isMeant)];

    private async Task TerminateCalledAsync(WorkflowInstance caller, IReadOnlyCollection<int> executions, CancellationToken cancellationToken)
    {
        var called = await db.Set<WorkflowInstance>()
            .Where(i => i.ParentInstanceId == caller.Id && i.Status == WorkflowInstanceStatus.Running && executions.Contains(i.ParentExecutionId!.Value))
            .ToListAsync(cancellationToken);
        foreach (var instance in called)
        {
            // Nobody waits for its end any more.
            instance.Orphan();
            await StepAsync(instance, (machine, state) => machine.Terminate(state), new StepInfo(WorkflowStepKind.Terminated, instance.Key), cancellationToken);
        }
    }

    private async Task ApplyAsync(WorkflowInstance instance, WorkflowModel model, ProcessState state, Effect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case ActivityStarted started:
                await BeginAsync(instance, model, state, started, cancellationToken);
                break;
            case TimerSet timer:
                SetTimer(instance, timer);
                break;
            case MessageAwaited message:
                db.Add(new WorkflowMessageWait(ids.NewId(), instance, message.WaitId, message.NodeId, message.MessageName));
                break;
            case Stuck stuck:
                OpenIncident(instance, WorkflowIncidentKind.Stuck, stuck.ExecutionId, stuck.NodeId, stuck.Code, stuck.Detail);
                break;
            case ProcessEnded ended when instance is { ParentInstanceId: { } parentId, ParentExecutionId: not null }:
                await ReturnAsync(instance, state, parentId, ended, cancellationToken);
                break;
            case ProcessEnded { Outcome: ProcessOutcome.Failed } ended:
                OpenIncident(instance, WorkflowIncidentKind.Stuck, 0, ended.NodeId, "uncaught-error", ended.ErrorCode ?? "");
                break;
        }
    }

    private async Task BeginAsync(WorkflowInstance instance, WorkflowModel model, ProcessState state, ActivityStarted started, CancellationToken cancellationToken)
    {
        switch (model.Node(started.NodeId))
        {
            case UserTask node:
                await OpenTaskAsync(instance, model, state, node, started.ExecutionId, cancellationToken);
                break;
            case ServiceTask:
                AddJob(instance, WorkflowJobKind.Service, started);
                break;
            case SendTask:
                AddJob(instance, WorkflowJobKind.Send, started);
                break;
            case CallActivity:
                AddJob(instance, WorkflowJobKind.Call, started);
                break;
            default:
                throw new InvalidOperationException($"The machine started {started.NodeId}, which the engine does not know how to begin.");
        }
    }

    private void AddJob(WorkflowInstance instance, WorkflowJobKind kind, ActivityStarted started)
    {
        var job = new WorkflowJob(ids.NewId(), instance, kind, started.ExecutionId, started.NodeId, Now);
        job.CausedBy(scope.Identity);
        db.Add(job);
        jobs.Raise();
    }

    private async Task OpenTaskAsync(
        WorkflowInstance instance, WorkflowModel model, ProcessState state, UserTask node, int executionId, CancellationToken cancellationToken)
    {
        var variables = model.Machine.VariablesOf(state, executionId);
        var (offer, failure) = await TryOfferAsync(node.Work.Assignee, instance, variables, cancellationToken);
        if (offer.IsVacancy && node.Work.CompletedBy is null)
        {
            // The domain would never fill it, whoever wrote it there.
            offer = Offer.ToNobody(offer.Region, offer.Excluded);
        }

        var task = new WorkflowTask(ids.NewId(), instance, executionId, node.Id, model.NameOf(node.Id), offer, DueOn(instance, node, executionId, variables), node.Work);
        task.Opens(Now);
        db.Add(task);
        foreach (var candidate in offer.Candidates)
        {
            db.Add(new WorkflowCandidate(ids.NewId(), task, candidate));
        }

        if (offer.IsNobody)
        {
            OpenIncident(instance, WorkflowIncidentKind.NoAssignee, executionId, node.Id, "nobody-found", failure ?? Describe(node.Work.Assignee));
        }
        else if (offer.IsVacancy)
        {
            task.WaitForSomebody();
        }
        else
        {
            Announce(task);
        }
    }

    private async Task<(Offer Offer, string? Failure)> TryOfferAsync(
        AssigneeRule? rule, WorkflowInstance instance, IReadOnlyDictionary<string, JsonElement> variables, CancellationToken cancellationToken)
    {
        try
        {
            return (await assignees.OfferAsync(rule, instance, variables, cancellationToken), null);
        }
        catch (ExpressionException error)
        {
            return (Offer.ToNobody(instance.Subject.Issuer, []), error.Message);
        }
    }

    /// <summary>Tells whoever has the task, else the people of the region where the offer is held; they may be of another region than whoever acts.</summary>
    public void Announce(WorkflowTask task) =>
        // Work that the domain has a page for is announced by the domain itself; here only the inbox's count changes.
        db.AddFor(task.OfferRegion, new TaskOffered(
            task.Id, task.AssigneeId is { } assignee ? Offer.KeyOfUser(assignee) : task.OfferedTo, Bell: task.CompletedByEvent is null,
            task.Name, task.Title, task.DueOn, task.Excluded));

    /// <summary>Wakes the inbox counts of those it was offered to when one of them took it.</summary>
    public void Taken(WorkflowTask task) =>
        db.AddFor(task.OfferRegion, new TaskOffered(task.Id, task.OfferedTo, Bell: false, task.Name, task.Title, task.DueOn, task.Excluded));

    private DateOnly? DueOn(WorkflowInstance instance, UserTask node, int executionId, IReadOnlyDictionary<string, JsonElement> variables)
    {
        if (node.Work.Due is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            if (text[0] == '=')
            {
                var value = Expression.Parse(text[1..]).Evaluate(name => variables.TryGetValue(name, out var found) ? found : null);
                if (value.ValueKind == JsonValueKind.Null)
                {
                    // The deadline field of the domain is empty: there is no date.
                    return null;
                }

                text = value.GetString() ?? "";
            }

            return TimerPlan.DueOn(text, node.Work.DueInWorkingDays, Now);
        }
        catch (Exception error) when (error is FormatException or ExpressionException or InvalidOperationException)
        {
            // The work goes on without a date; an administrator sees why.
            OpenIncident(instance, WorkflowIncidentKind.BadTimer, executionId, node.Id, "bad-due", error.Message);
            return null;
        }
    }

    private void SetTimer(WorkflowInstance instance, TimerSet timer)
    {
        try
        {
            var plan = TimerPlan.Of(timer.Trigger, Now);
            var job = new WorkflowJob(ids.NewId(), instance, WorkflowJobKind.Timer, timer.WaitId, timer.NodeId, plan.FirstAt);
            if (plan.Interval is { } interval)
            {
                job.Repeats(interval, plan.TimesAfterFirst);
            }

            db.Add(job);
            if (plan.FirstAt <= Now)
            {
                jobs.Raise();
            }
        }
        catch (FormatException error)
        {
            OpenIncident(instance, WorkflowIncidentKind.BadTimer, timer.WaitId, timer.NodeId, "bad-timer", error.Message);
        }
    }

    private async Task ReturnAsync(WorkflowInstance instance, ProcessState state, Guid parentId, ProcessEnded ended, CancellationToken cancellationToken)
    {
        var parent = await db.Set<WorkflowInstance>().FirstAsync(i => i.Id == parentId, cancellationToken);
        var job = new WorkflowJob(ids.NewId(), parent, WorkflowJobKind.Return, instance.ParentExecutionId!.Value, instance.Key, Now);
        job.Carries(JsonSerializer.Serialize(new CallResult(ended.Outcome, ended.ErrorCode, state.Variables)));
        db.Add(job);
        jobs.Raise();
    }

    public WorkflowIncident OpenIncident(WorkflowInstance instance, WorkflowIncidentKind kind, int executionId, string nodeId, string code, string detail)
    {
        var incident = new WorkflowIncident(ids.NewId(), instance, kind, executionId, nodeId, code, detail);
        db.Add(incident);
        instance.Opened(incident);
        db.AddFor(instance.Owner, new IncidentOpened(incident.Id, instance.Id, instance.Title));
        if (instance.IssuerPath != instance.TenantPath)
        {
            db.AddFor(instance.Subject.Issuer, new IncidentOpened(incident.Id, instance.Id, instance.Title));
        }

        return incident;
    }

    private void AddStep(WorkflowInstance instance, int number, StepInfo step, IReadOnlyList<Effect> effects) => db.Add(new WorkflowStep(
        ids.NewId(), instance, number, step.Kind, step.NodeId, scope.Identity.UserId, scope.Identity.DisplayName,
        step.Note.Length > WorkflowLimits.Note ? step.Note[..WorkflowLimits.Note] : step.Note, EffectCodec.Write(effects)));

    private static string Describe(AssigneeRule? rule) => rule is null ? "no rule" : $"{rule.Kind} {rule.Value} @ {rule.Region}";
}

/// <summary>What a called process hands back.</summary>
internal sealed record CallResult(ProcessOutcome Outcome, string? ErrorCode, Dictionary<string, JsonElement> Variables);
