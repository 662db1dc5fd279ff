using PilotPlatform.Notifications;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>The inbox's counts on every page, live.</summary>
internal sealed class TaskCounter(TaskAppService tasks) : ILiveCounter
{
    public async Task<IReadOnlyList<LiveCount>> CountAsync(CancellationToken cancellationToken)
    {
        var (todo, overdue, copiedUnread) = await tasks.CountAsync(cancellationToken);
        return [new("tasks", todo), new("tasks-overdue", overdue), new("tasks-copied", copiedUnread)];
    }
}
