using PilotPlatform.Permissions;

namespace PilotPlatform.Insights;

/// <summary>Permissions of the Insights module.</summary>
public static class InsightsPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
