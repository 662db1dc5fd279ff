using PilotPlatform.Permissions;

namespace PilotPlatform.Pilots;

/// <summary>Permissions of the Pilots module.</summary>
public static class PilotsPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
