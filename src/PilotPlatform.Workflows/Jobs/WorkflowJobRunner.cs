using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>Does what is due: service tasks, notices, calls and timers.</summary>
internal interface IWorkflowJobRunner
{
    /// <summary>Does everything that is due now, including what that makes due; returns how many jobs were done.</summary>
    Task<int> RunDueAsync(CancellationToken cancellationToken);
}

internal sealed class WorkflowJobRunner(
    ITenantScopes scopes, StepQueries queries, WorkflowModelCache models, IRegionDirectory regions, IEnumerable<ServiceTaskDescriptor> handlers, IDatabaseProvider database, TimeProvider time, ILogger<WorkflowJobRunner> logger)
    : IWorkflowJobRunner
{
    private const int Batch = 50;

    // Somebody else moved the instance at the same moment: rare, so one that never ends is no coincidence but the handler's own doing.
    private const int ConflictsAtMost = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, Type> handlers = handlers.ToDictionary(h => h.Name, h => h.HandlerType, StringComparer.Ordinal);

    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        var attempts = new Dictionary<Guid, int>();
        // Until nothing is due: what another node took this moment is its to do, and there may be more behind it.
        while (!cancellationToken.IsCancellationRequested && await LeaseAsync(cancellationToken) is { } batch)
        {
            foreach (var due in batch)
            {
                attempts[due.JobId] = attempts.GetValueOrDefault(due.JobId) + 1;
                done += await RunAsync(due, attempts[due.JobId], cancellationToken) ? 1 : 0;
            }
        }

        return done;
    }

    private static ScopeIdentity Everywhere => ScopeIdentity.System(TenantRef.Root);

    /// <summary>
    /// Takes a batch for this node with one statement; null when nothing is due. The lease only keeps nodes from doing the same
    /// work at once; that it is done once is the doing of the step, which deletes the job in its transaction.
    /// </summary>
    private Task<List<DueJob>?> LeaseAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync<List<DueJob>?>(Everywhere, async services =>
        {
            var now = time.UtcNow();
            var until = now + Lease;
            var db = services.GetRequiredService<PlatformDbContext>();
            var mine = services.GetRequiredService<IIdGenerator>().NewId();
            var due = db.Set<WorkflowJob>().Where(j => j.DueAt != null && j.DueAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now));
            var ids = await due.OrderBy(j => j.DueAt).ThenBy(j => j.Id).Take(Batch).Select(j => j.Id).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return null;
            }

            try
            {
                await due.Where(j => ids.Contains(j.Id))
                    .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.LeaseId, mine), cancellationToken);
            }
            catch (Exception error) when (error.IsRolledBackForAnother())
            {
                // An UPDATE locks rows in the order in which it comes upon them, so two nodes may wait for one another; the database
                // ended this one's, and the other has them.
                logger.LogInformation("Jobs that are due were taken by another node at the same moment.");
                return [];
            }

            return await (
                from job in db.Set<WorkflowJob>().AsNoTracking()
                join instance in db.Set<WorkflowInstance>().AsNoTracking() on job.InstanceId equals instance.Id
                where ids.Contains(job.Id) && job.LeaseId == mine
                orderby job.DueAt, job.Id
                select new DueJob(
                    job.Id, mine, job.Kind, job.NodeId, job.ActorId, job.ActorName, new TenantRef(instance.TenantId, instance.TenantPath),
                    new TenantRef(instance.IssuerId, instance.IssuerPath), instance.VersionId)).ToListAsync(cancellationToken);
        });

    private async Task<bool> RunAsync(DueJob due, int conflicts, CancellationToken cancellationToken)
    {
        try
        {
            return await DoOrThrowAsync(due, cancellationToken);
        }
        catch (Exception error) when (database.IsConflict(error) && conflicts < ConflictsAtMost)
        {
            // Somebody moved the instance at the same moment: look again at what it wants now.
            await ReleaseAsync(due);
            return false;
        }
        catch (Exception error) when (error.IsFailure(cancellationToken))
        {
            logger.LogError(error, "Job {JobId} ({Kind} at {NodeId}) failed.", due.JobId, due.Kind, due.NodeId);
            await TryRecordFailureAsync(due, error);
            return false;
        }
    }

    private async Task<bool> DoOrThrowAsync(DueJob due, CancellationToken cancellationToken)
    {
        try
        {
            return await InStepAsync(due, DoAsync, cancellationToken);
        }
        catch (WorkflowErrorException error)
        {
            return await InStepAsync(due, (running, token) => ThrowAsync(running, error.ErrorCode, token), cancellationToken);
        }
    }

    /// <summary>Loads the job with its instance, does the work and commits both with whatever the work changed.</summary>
    private async Task<bool> InStepAsync(DueJob due, Func<Running, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var actsFor = await ActsForAsync(due, cancellationToken);
        return await scopes.RunAsync(new ScopeIdentity(due.ActorId, due.ActorName.Length > 0 ? due.ActorName : Everywhere.DisplayName, actsFor), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            // Done since, or the batch took longer than its lease holds and another node has taken this one: it is at it now.
            if (await queries.FindJobAsync(db, due.JobId, cancellationToken) is not var (job, instance) || job.LeaseId != due.LeaseId)
            {
                return false;
            }

            if (instance.VersionId != due.VersionId || job.NodeId != due.NodeId)
            {
                // Moved to another version since the lease: whose scope it is done in, is that version's to say.
                await ReleaseAsync(due);
                return false;
            }

            var model = await services.GetRequiredService<WorkflowModels>().GetAsync(instance.VersionId, cancellationToken);
            if (instance.Status == WorkflowInstanceStatus.Running)
            {
                await work(new Running(services, db, job, instance, model), cancellationToken);
            }

            if (job.DueAt is null || job.DueAt <= time.UtcNow())
            {
                db.Remove(job);
            }

            await db.SaveChangesAsync(cancellationToken);
            return true;
        });
    }

    /// <summary>The region in whose scope the work is done: the node says which of the instance's.</summary>
    private async Task<TenantRef> ActsForAsync(DueJob due, CancellationToken cancellationToken)
    {
        if (due.Kind != WorkflowJobKind.Service)
        {
            return due.Subject;
        }

        var model = models.Find(due.VersionId) ?? await scopes.RunAsync(
            ScopeIdentity.System(due.Subject), services => services.GetRequiredService<WorkflowModels>().GetAsync(due.VersionId, cancellationToken));
        return model.FindNode(due.NodeId) is ServiceTask task
            ? await AssigneeResolver.RegionAsync(task.ActsFor, due.Subject, due.Issuer, regions, cancellationToken) ?? due.Subject
            : due.Subject;
    }

    private Task DoAsync(Running running, CancellationToken cancellationToken) => running.Job.Kind switch
    {
        WorkflowJobKind.Service => ServeAsync(running, cancellationToken),
        WorkflowJobKind.Send => SendAsync(running, cancellationToken),
        WorkflowJobKind.Call => CallAsync(running, cancellationToken),
        WorkflowJobKind.Return => ReturnAsync(running, cancellationToken),
        _ => FireAsync(running, cancellationToken),
    };

    private async Task ServeAsync(Running running, CancellationToken cancellationToken)
    {
        var task = (ServiceTask)running.Model.Node(running.Job.NodeId);
        if (task.Handler is null || !handlers.TryGetValue(task.Handler, out var type))
        {
            throw new BusinessException(WorkflowsErrorCodes.ModelHasErrors).WithData("handler", task.Handler);
        }

        var handler = (IServiceTaskHandler)running.Services.GetRequiredService(type);
        var variables = running.Model.Machine.VariablesOf(running.Instance.State(), running.Job.ExecutionId);
        var context = new ServiceTaskContext(running.Instance.Id, task.Id, running.Instance.Subject, variables);
        var outputs = await handler.RunAsync(context, cancellationToken);
        await CompleteAsync(running, outputs is null ? [] : new(JsonValues.Of(outputs)), WorkflowStepKind.ServiceDone, cancellationToken);
    }

    private static async Task SendAsync(Running running, CancellationToken cancellationToken)
    {
        var task = (SendTask)running.Model.Node(running.Job.NodeId);
        var variables = running.Model.Machine.VariablesOf(running.Instance.State(), running.Job.ExecutionId);
        var users = task.To is null ? []
            : await running.Services.GetRequiredService<AssigneeResolver>().PeopleAsync(task.To, running.Instance, variables, cancellationToken);
        if (users.Count == 0)
        {
            throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        }

        var notifier = running.Services.GetRequiredService<INotifier>();
        foreach (var user in users)
        {
            notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
                "Workflows.Notice",
                new Dictionary<string, string>
                {
                    ["title"] = task.Name ?? task.Id, ["subject"] = running.Instance.Title, ["text"] = AnswerText.Fill(task.Text ?? "", variables, running.Model.Process),
                },
                running.Instance.Link));
        }

        await CompleteAsync(running, [], WorkflowStepKind.Notified, cancellationToken);
    }

    private static async Task CallAsync(Running running, CancellationToken cancellationToken)
    {
        var node = (CallActivity)running.Model.Node(running.Job.NodeId);
        var instance = running.Instance;
        var called = node.CalledElement is { } key
            ? await running.Services.GetRequiredService<WorkflowDirectory>().FindAsync(key, instance.Owner, cancellationToken) : null;
        if (called is null)
        {
            throw new BusinessException(WorkflowsErrorCodes.ModelHasErrors).WithData("calledElement", node.CalledElement);
        }

        var variables = running.Model.Machine.VariablesOf(instance.State(), running.Job.ExecutionId);
        await running.Engine.StartAsync(called, called.Key, instance.Subject, variables, (instance, running.Job.ExecutionId), cancellationToken);
    }

    private static async Task ReturnAsync(Running running, CancellationToken cancellationToken)
    {
        var result = JsonSerializer.Deserialize<CallResult>(running.Job.Payload!)!;
        if (result.Outcome == ProcessOutcome.Failed)
        {
            await ThrowAsync(running, result.ErrorCode ?? "", cancellationToken);
        }
        else
        {
            await CompleteAsync(running, result.Variables, WorkflowStepKind.CallReturned, cancellationToken);
        }
    }

    private async Task FireAsync(Running running, CancellationToken cancellationToken)
    {
        var job = running.Job;
        var goesOn = job.Interval is not null && job.RepeatsLeft is null or > 0;
        var wasDue = job.DueAt!.Value;
        var isAwaited = await running.StepAsync(
            (machine, state) => machine.FireTimer(state, job.ExecutionId, !goesOn), WorkflowStepKind.TimerFired, cancellationToken);
        if (isAwaited && goesOn && running.Db.Entry(job).State != EntityState.Deleted)
        {
            job.NextAt(TimerPlan.Next(wasDue, job.Interval!, time.UtcNow()));
        }
    }

    private static Task CompleteAsync(Running running, Dictionary<string, JsonElement> outputs, WorkflowStepKind kind, CancellationToken cancellationToken) =>
        running.StepAsync((machine, state) => machine.Complete(state, running.Job.ExecutionId, outputs), kind, cancellationToken);

    private static Task ThrowAsync(Running running, string errorCode, CancellationToken cancellationToken)
    {
        // The log says why in the words of whoever drew the flow: the name of the event that catches the error.
        var caught = running.Model.Process.AllNodes.OfType<BoundaryEvent>().FirstOrDefault(
            b => b.AttachedToId == running.Job.NodeId && b.Trigger is ErrorTrigger error && (error.ErrorCode is null || error.ErrorCode == errorCode));
        return running.StepAsync(
            (machine, state) => machine.ThrowError(state, running.Job.ExecutionId, errorCode), WorkflowStepKind.ServiceFailed, cancellationToken, caught?.Name ?? "");
    }

    private Task ReleaseAsync(DueJob due) =>
        scopes.RunAsync(Everywhere, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowJob>()
            .Where(j => j.Id == due.JobId && j.LeaseId == due.LeaseId)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, (DateTime?)null), CancellationToken.None));

    private async Task TryRecordFailureAsync(DueJob due, Exception error)
    {
        try
        {
            await RecordFailureAsync(due, error);
        }
        catch (Exception conflict) when (database.IsConflict(conflict))
        {
            // The flow ended or was moved at the same moment. What is still to be done is done when the lease has run out; the others go on.
            logger.LogInformation("Job {JobId} changed while its failure was noted.", due.JobId);
        }
    }

    private Task RecordFailureAsync(DueJob due, Exception error) =>
        scopes.RunAsync(ScopeIdentity.System(due.Subject), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            // Another node may have it since; what becomes of it is that one's to say.
            var job = await db.Set<WorkflowJob>().FirstOrDefaultAsync(j => j.Id == due.JobId && j.LeaseId == due.LeaseId);
            if (job is null)
            {
                return;
            }

            var instance = await db.Set<WorkflowInstance>().FirstAsync(i => i.Id == job.InstanceId);
            var model = await services.GetRequiredService<WorkflowModels>().GetAsync(instance.VersionId, CancellationToken.None);
            var rule = model.FindNode(job.NodeId) is ServiceTask task ? task.Retry : RetryRule.Default;
            // A broken rule stays broken: trying again would only delay the administrator's look.
            var final = error is BusinessException or InputException or NotFoundException || job.Attempts + 1 >= rule.Attempts;
            job.FailedAttempt(final ? null : time.UtcNow() + rule.FirstWait * Math.Pow(2, job.Attempts));
            if (final)
            {
                var code = (error as BusinessException)?.Code ?? error.GetType().Name;
                services.GetRequiredService<WorkflowEngine>().OpenIncident(
                    instance, WorkflowIncidentKind.Failed, job.ExecutionId, job.NodeId, code, error.Message);
            }

            await db.SaveChangesAsync();
        });

    private sealed record DueJob(
        Guid JobId, Guid LeaseId, WorkflowJobKind Kind, string NodeId, Guid? ActorId, string ActorName, TenantRef Subject, TenantRef Issuer, Guid VersionId);

    private sealed record Running(IServiceProvider Services, PlatformDbContext Db, WorkflowJob Job, WorkflowInstance Instance, WorkflowModel Model)
    {
        public WorkflowEngine Engine => Services.GetRequiredService<WorkflowEngine>();

        /// <summary>Takes the step; false when what it was for is over: then the job is taken away and nothing else happens.</summary>
        public async Task<bool> StepAsync(
            Func<ProcessMachine, ProcessState, IReadOnlyList<Effect>> command, WorkflowStepKind kind, CancellationToken cancellationToken, string note = "")
        {
            try
            {
                await Engine.StepAsync(Instance, command, new StepInfo(kind, Job.NodeId, note), cancellationToken);
                return true;
            }
            catch (UnknownExecutionException)
            {
                return false;
            }
        }
    }
}
