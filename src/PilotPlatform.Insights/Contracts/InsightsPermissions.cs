using PilotPlatform.Permissions;

namespace PilotPlatform.Insights;

/// <summary>Permissions of the Insights module.</summary>
public static class InsightsPermissions
{
    /// <summary>See the dashboard of a programme, over what one's region may see.</summary>
    public const string ViewDashboard = "Insights.ViewDashboard";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(ViewDashboard, RoleNames.Coordinator, RoleNames.Leader),
    ];
}
