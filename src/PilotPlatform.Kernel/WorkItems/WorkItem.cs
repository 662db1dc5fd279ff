using PilotPlatform.Deadlines;

namespace PilotPlatform.WorkItems;

/// <summary>Something that waits for the current person; the workbench shows all of them.</summary>
/// <param name="Key">What is wanted, such as <c>pilots.plan</c>; the text's key is <c>WorkItem:</c> plus this.</param>
/// <param name="Subject">What it is about, in the data's own words (a theme's or pilot's title).</param>
/// <param name="RegionId">The region concerned.</param>
/// <param name="Link">The web app's route that does it, such as <c>/pilots/…</c>.</param>
/// <param name="Due">By when, if there is a date.</param>
/// <param name="Light">The light of that date.</param>
/// <param name="Since">Since when it waits (UTC).</param>
public sealed record WorkItem(string Key, string Subject, Guid RegionId, string Link, DateOnly? Due, StatusLight? Light, DateTime Since);

/// <summary>A module's part of the workbench. It returns only what the caller may do now.</summary>
public interface IWorkItemSource
{
    /// <summary>What waits for the current person, at most <paramref name="limit"/> items, the most urgent first, and how many there are.</summary>
    Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken);
}
