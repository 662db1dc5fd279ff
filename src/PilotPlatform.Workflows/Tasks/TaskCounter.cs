using PilotPlatform.Notifications;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>The inbox's count on every page, live.</summary>
internal sealed class TaskCounter(TaskAppService tasks) : ILiveCounter
{
    public string Name => "tasks";

    public async Task<int> CountAsync(CancellationToken cancellationToken) => (await tasks.CountAsync(cancellationToken)).Todo;
}
