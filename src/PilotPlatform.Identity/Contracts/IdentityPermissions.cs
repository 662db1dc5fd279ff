using PilotPlatform.Permissions;

namespace PilotPlatform.Identity;

/// <summary>Permissions of the Identity module.</summary>
public static class IdentityPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
