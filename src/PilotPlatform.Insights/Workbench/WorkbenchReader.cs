using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Insights.Workbench;

/// <summary>Merges what every module says waits for the caller.</summary>
internal sealed class WorkbenchReader(
    IEnumerable<IWorkItemSource> sources, ICurrentPermissions permissions, IRegionDirectory regions, Texts texts)
{
    /// <summary>The most items that are listed at once.</summary>
    public const int MaxLimit = 200;

    /// <summary>How many items are listed when nobody says.</summary>
    public const int DefaultLimit = 100;

    public async Task<WorkbenchDto> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        new InputCheck()
            .That(limit is >= 1 and <= MaxLimit, "limit", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", MaxLimit))
            .ThrowIfAny();
        var granted = await permissions.GetAsync(cancellationToken);
        var items = new List<WorkItem>();
        var total = 0;

        // One after the other: they share the request's database context. Each is asked for the most that may be
        // listed, not for what the page wants, so that the groups count everything in all but extreme cases.
        foreach (var source in sources)
        {
            var (found, count) = await source.ForCurrentUserAsync(granted, MaxLimit, cancellationToken);
            items.AddRange(found);
            total += count;
        }

        var map = await regions.GetAsync(cancellationToken);
        var ordered = items.OrderBy(i => UrgencyOf(i.Light)).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Since).ThenBy(i => i.Link, StringComparer.Ordinal).ToList();
        return new WorkbenchDto(
            total,
            ordered.Count == total,
            // GroupBy keeps the order of first appearance: the kind of the most urgent item comes first.
            [.. ordered.GroupBy(i => i.Key).Select(g => new WorkbenchGroupDto(
                g.Key, TextOf(g.Key), g.Count(), g.Count(i => i.Light == StatusLight.Red), g.Count(i => i.Light == StatusLight.Amber)))],
            [.. ordered.Take(limit).Select(i => new WorkbenchItemDto(
                i.Key, TextOf(i.Key), i.Subject, i.RegionId, map.Find(i.RegionId)?.Name ?? "", i.Link, i.Due, i.Light, i.Since))]);
    }

    private string TextOf(string key) => texts.Get($"WorkItem:{key}");

    private static int UrgencyOf(StatusLight? light) => light switch
    {
        StatusLight.Red => 0,
        StatusLight.Amber => 1,
        _ => 2,
    };
}
