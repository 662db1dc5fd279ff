using PilotPlatform.Permissions;

namespace PilotPlatform.Files;

/// <summary>Permissions of the Files module.</summary>
public static class FilesPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
