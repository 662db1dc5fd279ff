using PilotPlatform.Permissions;

namespace PilotPlatform.Replication;

/// <summary>Permissions of the Replication module.</summary>
public static class ReplicationPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
