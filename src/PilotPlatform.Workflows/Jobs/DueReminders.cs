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
    private const int DaysBefore = 3;
    private const int Batch = 200;

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
            var soon = today.AddDays(DaysBefore);
            var rows = await services.GetRequiredService<PlatformDbContext>().Set<WorkflowTask>().AsNoTracking()
                .Where(t => t.Status == WorkflowTaskStatus.Open && t.DueOn != null
                    && ((t.DueOn <= soon && t.RemindersSent < 1) || (t.DueOn <= today && t.RemindersSent < 2) || (t.DueOn < today && t.RemindersSent < 3)))
                .OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(Batch).Select(t => new { t.Id, t.TenantId, t.TenantPath }).ToListAsync(cancellationToken);
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
        var stage = dueOn < today ? 3 : dueOn == today ? 2 : dueOn <= today.AddDays(DaysBefore) ? 1 : 0;
        if (stage <= task.RemindersSent)
        {
            return false;
        }

        task.Reminded(stage);
        var people = await TaskPeople.OfAsync(task, services.GetRequiredService<IUserDirectory>(), db, cancellationToken);
        var notifier = services.GetRequiredService<INotifier>();
        foreach (var user in people)
        {
            notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
                stage == 3 ? "Workflows.TaskOverdue" : "Workflows.TaskDueSoon",
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
}
