using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes;

/// <summary>Permissions of the Programmes module.</summary>
public static class ProgrammesPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
