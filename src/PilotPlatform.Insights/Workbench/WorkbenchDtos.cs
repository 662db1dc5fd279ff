using PilotPlatform.Deadlines;

namespace PilotPlatform.Insights.Workbench;

/// <summary>Something that waits for the caller.</summary>
internal sealed record WorkbenchItemDto(
    string Key, string Text, string Subject, Guid RegionId, string RegionName, string Link, DateOnly? DueDate, StatusLight? Light, DateTime Since);

/// <summary>How much of one kind waits, and how much of it is overdue (Red) or due soon (Amber).</summary>
internal sealed record WorkbenchGroupDto(string Key, string Text, int Count, int Red, int Amber);

/// <summary>What waits for the caller, the most urgent first.</summary>
/// <param name="Total">How many items wait in all.</param>
/// <param name="IsCountedWhole">True when the groups count everything; false when so much waits that they count the most urgent part only.</param>
/// <param name="Groups">By kind, the most urgent kind first.</param>
/// <param name="Items">The most urgent items.</param>
internal sealed record WorkbenchDto(int Total, bool IsCountedWhole, IReadOnlyList<WorkbenchGroupDto> Groups, IReadOnlyList<WorkbenchItemDto> Items);
