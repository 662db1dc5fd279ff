using PilotPlatform.WorkItems;

namespace PilotPlatform.Insights.Tests;

/// <summary>A module's part of the workbench: shows its items to whoever holds the permission that each needs.</summary>
internal sealed class FakeWorkItems : IWorkItemSource
{
    public List<(string Permission, WorkItem Item)> Waiting { get; } = [];

    /// <summary>The permissions that it was given last.</summary>
    public IReadOnlySet<string> Granted { get; private set; } = new HashSet<string>();

    public Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        Granted = permissions;
        var mine = Waiting.Where(w => permissions.Contains(w.Permission)).Select(w => w.Item).ToList();
        return Task.FromResult<(IReadOnlyList<WorkItem>, int)>(([.. mine.Take(limit)], mine.Count));
    }
}
