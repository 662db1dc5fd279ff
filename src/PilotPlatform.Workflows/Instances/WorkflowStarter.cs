using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <inheritdoc cref="IWorkflows"/>
internal sealed class WorkflowStarter(PlatformDbContext db, WorkflowDirectory directory, WorkflowEngine engine, TaskPlaces places, ICurrentScope scope) : IWorkflows
{
    public async Task<Guid?> StartAsync(
        string key, WorkflowSubject subject, IReadOnlyDictionary<string, object?> variables, IReadOnlyList<Guid> chosenFor, CancellationToken cancellationToken)
    {
        if (await db.Set<WorkflowInstance>().AnyAsync(
            i => i.SubjectId == subject.Id && i.StartKey == key && i.Status == WorkflowInstanceStatus.Running, cancellationToken))
        {
            return null;
        }

        if (await directory.FindAsync(key, subject.Region, subject.Issuer, chosenFor, cancellationToken) is not { } version)
        {
            return null;
        }

        var instance = await engine.StartAsync(version, key, subject, JsonValues.Of(variables), null, cancellationToken);
        return instance.Id;
    }

    public async Task HappenedAsync(
        Guid subjectId, string eventName, IReadOnlyDictionary<string, object?> values, Guid? byUser, CancellationToken cancellationToken)
    {
        var outputs = JsonValues.Of(values);
        var waiting = await (
            from wait in db.Set<WorkflowMessageWait>()
            join instance in db.Set<WorkflowInstance>() on wait.InstanceId equals instance.Id
            where wait.SubjectId == subjectId && wait.MessageName == eventName && instance.Status == WorkflowInstanceStatus.Running
            select new { wait, instance, hasIncidents = db.Set<WorkflowIncident>().Any(i => i.InstanceId == instance.Id && i.SettledAt == null) })
            .ToListAsync(cancellationToken);
        foreach (var x in waiting.Where(x => db.Entry(x.wait).State != EntityState.Deleted))
        {
            db.Remove(x.wait);
            x.instance.LoadedWith(new(null, x.hasIncidents));
            await engine.StepAsync(
                x.instance, (machine, state) => machine.DeliverMessage(state, x.wait.WaitId, outputs),
                new StepInfo(WorkflowStepKind.MessageArrived, x.wait.NodeId), cancellationToken);
        }

        var bound = await (
            from task in db.Set<WorkflowTask>()
            join instance in db.Set<WorkflowInstance>() on task.InstanceId equals instance.Id
            where task.SubjectId == subjectId && task.CompletedByEvent == eventName
                && (task.Status == WorkflowTaskStatus.Open || task.Status == WorkflowTaskStatus.Waiting)
                && (byUser == null || task.AssigneeId == byUser) && instance.Status == WorkflowInstanceStatus.Running
            select new
            {
                task, instance, hasSigners = db.Set<WorkflowTask>().Any(t => t.AddedToTaskId == task.Id),
                hasIncidents = db.Set<WorkflowIncident>().Any(i => i.InstanceId == instance.Id && i.SettledAt == null),
            }).ToListAsync(cancellationToken);
        if (byUser is not null && bound.Count == 0)
        {
            await places.LookAgainAsync(subjectId, eventName, cancellationToken);
        }

        foreach (var x in bound.Where(x => x.task.Status is WorkflowTaskStatus.Open or WorkflowTaskStatus.Waiting))
        {
            x.instance.LoadedWith(new(null, x.hasIncidents));
            x.task.CompleteElsewhere(scope.Identity.UserId, scope.Identity.DisplayName, JsonSerializer.Serialize(outputs), engine.Now);
            if (x.hasSigners)
            {
                // Whoever was asked to sign is not asked any more: the domain has its answer.
                var signers = await db.Set<WorkflowTask>().Where(t => t.AddedToTaskId == x.task.Id).ToListAsync(cancellationToken);
                signers.ForEach(t => t.Cancel(engine.Now));
            }

            if (scope.Identity.UserId is { } doer)
            {
                x.instance.NoteDoer(x.task.NodeId, doer);
            }

            await engine.StepAsync(
                x.instance, (machine, state) => machine.Complete(state, x.task.ExecutionId, outputs),
                new StepInfo(WorkflowStepKind.DoneElsewhere, x.task.NodeId), cancellationToken);
        }
    }

    public Task VacateAsync(Guid subjectId, string eventName, Guid userId, CancellationToken cancellationToken) =>
        places.VacateAsync(subjectId, eventName, userId, cancellationToken);

    public Task HandOverAsync(Guid subjectId, string eventName, Guid fromUser, Guid toUser, CancellationToken cancellationToken) =>
        places.HandOverAsync(subjectId, eventName, fromUser, toUser, cancellationToken);

    public Task GiveUpPlacesAsync(Guid subjectId, string eventName, string answerEvent, CancellationToken cancellationToken) =>
        places.GiveUpAsync(subjectId, eventName, answerEvent, cancellationToken);

    public async Task TerminateAsync(Guid subjectId, string reason, CancellationToken cancellationToken)
    {
        var running = await db.Set<WorkflowInstance>()
            .Where(i => i.SubjectId == subjectId && i.Status == WorkflowInstanceStatus.Running).ToListAsync(cancellationToken);
        // A called flow ends with its caller.
        foreach (var instance in running.OrderBy(i => i.ParentInstanceId is not null).Where(i => i.Status == WorkflowInstanceStatus.Running))
        {
            await engine.StepAsync(
                instance, (machine, state) => machine.Terminate(state), new StepInfo(WorkflowStepKind.Terminated, instance.Key, reason), cancellationToken);
        }
    }
}

/// <summary>CLR values as the machine's JSON values.</summary>
internal static class JsonValues
{
    public static readonly IReadOnlyDictionary<string, JsonElement> None = new Dictionary<string, JsonElement>();

    public static IReadOnlyDictionary<string, JsonElement> Of(IReadOnlyDictionary<string, object?> values) =>
        values.ToDictionary(v => v.Key, v => Of(v.Value), StringComparer.Ordinal);

    private static JsonElement Of(object? value) => value switch
    {
        JsonElement element => element,
        DateOnly day => JsonSerializer.SerializeToElement(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        DateTime instant => JsonSerializer.SerializeToElement(instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        Enum name => JsonSerializer.SerializeToElement(name.ToString()),
        _ => JsonSerializer.SerializeToElement(value),
    };
}
