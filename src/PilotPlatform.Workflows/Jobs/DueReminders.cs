using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>
/// Reminds of tasks that are due: three days before, on the day, and the day after. A task that comes anew after a return
/// is a new task, so its reminders start anew.
/// </summary>
internal sealed class DueReminders(ReminderRounds rounds)
{
    private static readonly ReminderStages Stages = new(DaysBefore: 3);

    /// <summary>Sends what is due today; returns how many tasks were reminded of.</summary>
    public Task<int> SendAsync(CancellationToken cancellationToken) =>
        rounds.SendAsync(Stages, db => db.Set<WorkflowTask>().Where(t => t.Status == WorkflowTaskStatus.Open), TellAsync, cancellationToken);

    private static async Task<bool> TellAsync(IServiceProvider services, WorkflowTask task, bool isOverdue, CancellationToken cancellationToken)
    {
        var people = await TaskPeople.OfAsync(task, services.GetRequiredService<IUserDirectory>(), services.GetRequiredService<PlatformDbContext>(), cancellationToken);
        var notifier = services.GetRequiredService<INotifier>();
        foreach (var user in people)
        {
            notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
                isOverdue ? "Workflows.TaskOverdue" : "Workflows.TaskDueSoon",
                new Dictionary<string, string> { ["task"] = task.Name, ["subject"] = task.Title }, $"/workflows/tasks/{task.Id}", task.DueOn));
        }

        return people.Count > 0;
    }
}
