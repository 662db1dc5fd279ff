using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment;

/// <summary>Permissions of the Assessment module.</summary>
public static class AssessmentPermissions
{
    internal static readonly PermissionDefinition[] Definitions = [];
}
