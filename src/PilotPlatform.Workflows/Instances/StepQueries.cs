using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <summary>
/// The one statement with which a step reads what it works on. Compiled once: otherwise the expressions would be walked at
/// every step, which takes as long as the statement does. Not static, since a compiled query belongs to one model.
/// </summary>
internal sealed class StepQueries
{
    // A row for each timer: as a list within the row they would cost the mapper more than reading the task twice.
    private readonly Func<PlatformDbContext, Guid, IAsyncEnumerable<TaskRow>> tasks =
        EF.CompileAsyncQuery((PlatformDbContext db, Guid id) =>
            from task in db.Set<WorkflowTask>()
            join instance in db.Set<WorkflowInstance>() on task.InstanceId equals instance.Id
            from timer in db.Set<WorkflowJob>().Where(j => j.InstanceId == instance.Id && j.Kind == WorkflowJobKind.Timer).DefaultIfEmpty()
            where task.Id == id
            select new TaskRow(
                task, instance, timer,
                db.Set<WorkflowIncident>().Any(i => i.InstanceId == instance.Id && i.SettledAt == null)));

    private readonly Func<PlatformDbContext, Guid, CancellationToken, Task<JobRow?>> job =
        EF.CompileAsyncQuery((PlatformDbContext db, Guid id, CancellationToken _) => (
            from job in db.Set<WorkflowJob>()
            join instance in db.Set<WorkflowInstance>() on job.InstanceId equals instance.Id
            where job.Id == id
            select new JobRow(job, instance, db.Set<WorkflowIncident>().Any(i => i.InstanceId == instance.Id && i.SettledAt == null))).FirstOrDefault());

    /// <summary>A task with its instance.</summary>
    public async Task<(WorkflowTask Task, WorkflowInstance Instance)?> FindTaskAsync(PlatformDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await OpenAsync(db, cancellationToken);
        TaskRow? found = null;
        List<WorkflowJob> timers = [];
        await foreach (var row in tasks(db, id).WithCancellation(cancellationToken))
        {
            found = row;
            if (row.Timer is { } timer)
            {
                timers.Add(timer);
            }
        }

        if (found is null)
        {
            return null;
        }

        found.Instance.LoadedWith(new(timers, found.HasOpenIncidents));
        return (found.Task, found.Instance);
    }

    /// <summary>A job with its instance.</summary>
    public async Task<(WorkflowJob Job, WorkflowInstance Instance)?> FindJobAsync(PlatformDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await OpenAsync(db, cancellationToken);
        if (await job(db, id, cancellationToken) is not { } row)
        {
            return null;
        }

        row.Instance.LoadedWith(new(null, row.HasOpenIncidents));
        return (row.Job, row.Instance);
    }

    /// <summary>
    /// For as long as the context lives: a step reads and saves, and opening anew for each means registering the mapper's
    /// functions with SQLite again.
    /// </summary>
    private static Task OpenAsync(PlatformDbContext db, CancellationToken cancellationToken) => db.Database.OpenConnectionAsync(cancellationToken);

    private sealed record TaskRow(WorkflowTask Task, WorkflowInstance Instance, WorkflowJob? Timer, bool HasOpenIncidents);

    private sealed record JobRow(WorkflowJob Job, WorkflowInstance Instance, bool HasOpenIncidents);
}
