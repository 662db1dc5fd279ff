using PilotPlatform.Deadlines;
using PilotPlatform.Errors;

namespace PilotPlatform.Insights.Workbench;

/// <summary>What to read of the workbench.</summary>
internal sealed class GetWorkbenchInput
{
    /// <summary>The most items that are listed at once.</summary>
    public const int MaxLimit = 200;

    private const int DefaultLimit = 100;

    /// <summary>How many items are wanted (1 to 200); 100 when it is not said.</summary>
    // Nullable, because binding takes a plain number without a value for missing, whatever it is initialised with.
    public int? Limit { get; init; }

    /// <summary>The limit, or 400 when it is out of range.</summary>
    public int CheckedLimit()
    {
        var limit = Limit ?? DefaultLimit;
        new InputCheck()
            .That(limit is >= 1 and <= MaxLimit, "limit", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", MaxLimit))
            .ThrowIfAny();
        return limit;
    }
}

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
