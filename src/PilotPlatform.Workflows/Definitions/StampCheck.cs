using PilotPlatform.Errors;

namespace PilotPlatform.Workflows.Definitions;

internal sealed record StampDto(string ConcurrencyStamp);

internal static class StampCheck
{
    /// <summary>Requires the stamp of what the person saw: without one, a verb would go through whatever happened meanwhile.</summary>
    public static InputCheck Stamp(this InputCheck check, string? stamp) =>
        check.That(!string.IsNullOrWhiteSpace(stamp), "concurrencyStamp", PlatformErrorCodes.Required);
}
