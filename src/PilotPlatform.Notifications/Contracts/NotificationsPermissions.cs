using PilotPlatform.Permissions;

namespace PilotPlatform.Notifications;

/// <summary>Permissions of the Notifications module.</summary>
public static class NotificationsPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
