using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>
/// Reminds of tasks that are due: three days before, on the day, and the day after. A task that comes anew after a return
/// is a new task, so its reminders start anew. The row's stamp sees to it that only one node reminds.
/// </summary>
internal sealed class DueReminders(ITenantScopes scopes, TimeProvider time)
{
    private const int Batch = 200;

    // From the earliest to the last: what a task's row counts, so many days before the date, and what is told then.
    private static readonly Stage[] Stages = [new(1, 3, "Workflows.TaskDueSoon"), new(2, 0, "Workflows.TaskDueSoon"), new(3, -1, "Workflows.TaskOverdue")];

    /// <summary>Sends what is due today; returns how many tasks were reminded of.</summary>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var (id, owner) in await DueAsync(cancellationToken))
        {
            sent += await scopes.RunAsync(ScopeIdentity.System(owner), services => RemindAsync(services, id, cancellationToken)) ? 1 : 0;
        }

        return sent;
    }

    private Task<List<(Guid Id, TenantRef Owner)>> DueAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var today = time.Today();
            var open = services.GetRequiredService<PlatformDbContext>().Set<WorkflowTask>().AsNoTracking().Where(t => t.Status == WorkflowTaskStatus.Open);
            var rows = await Stages
                .Select(stage =>
                {
                    var (number, until) = (stage.Number, stage.LastDueOn(today));
                    return open.Where(t => t.DueOn <= until && t.RemindersSent < number).Select(t => new { t.Id, t.TenantId, t.TenantPath, t.DueOn });
                })
                .Aggregate(Queryable.Union)
                .OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(Batch).ToListAsync(cancellationToken);
            return rows.ConvertAll(r => (r.Id, new TenantRef(r.TenantId, r.TenantPath)));
        });

    private async Task<bool> RemindAsync(IServiceProvider services, Guid taskId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var task = await db.Set<WorkflowTask>().FirstOrDefaultAsync(t => t.Id == taskId && t.Status == WorkflowTaskStatus.Open, cancellationToken);
        if (task?.DueOn is not { } dueOn)
        {
            return false;
        }

        var today = time.Today();
        if (Stages.LastOrDefault(s => dueOn <= s.LastDueOn(today)) is not { } stage || stage.Number <= task.RemindersSent)
        {
            return false;
        }

        task.Reminded(stage.Number);
        var people = await TaskPeople.OfAsync(task, services.GetRequiredService<IUserDirectory>(), db, cancellationToken);
        var notifier = services.GetRequiredService<INotifier>();
        foreach (var user in people)
        {
            notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
                stage.Notification,
                new Dictionary<string, string> { ["task"] = task.Name, ["subject"] = task.Title }, $"/workflows/tasks/{task.Id}", dueOn));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node reminds, or the task was done this moment.
            return false;
        }
    }

    /// <summary>One of the reminders of a task.</summary>
    /// <param name="Number">From 1.</param>
    /// <param name="DaysBefore">How many days before the date; after it when negative.</param>
    /// <param name="Notification">What is told.</param>
    private sealed record Stage(int Number, int DaysBefore, string Notification)
    {
        /// <summary>The latest date for which it is time.</summary>
        public DateOnly LastDueOn(DateOnly today) => today.AddDays(DaysBefore);
    }
}
