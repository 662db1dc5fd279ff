using PilotPlatform.Errors;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Roles;

/// <summary>Rules about roles that hold whoever asks.</summary>
internal static class RoleRules
{
    /// <summary>三员分立.</summary>
    public static void RequireExclusive(IEnumerable<string> roles)
    {
        if (roles.Distinct().Count(r => RoleNames.MutuallyExclusive.Contains(r)) > 1)
        {
            throw new BusinessException(IdentityErrorCodes.ExclusiveRoles);
        }
    }

    /// <summary>Ready-made roles that accounts of a region may hold: the operator's at the root alone, the work's roles in regions alone.</summary>
    public static IEnumerable<string> ReadyMadeAt(TenantRef region) => region == TenantRef.Root
        ? RoleNames.MutuallyExclusive.Prepend(RoleNames.PlatformOperator)
        : RoleNames.All.Where(r => r != RoleNames.PlatformOperator);

    /// <summary>
    /// Whether a permission may stand in a role. What is the administrators' alone by default stays with those roles, so
    /// that 三员分立 cannot be undone by editing permissions; the operator's alone never reaches a region.
    /// </summary>
    public static bool MayStandIn(PermissionDefinition permission, string role)
    {
        var reserved = permission.DefaultRoles.Length > 0
            && permission.DefaultRoles.All(r => r == RoleNames.PlatformOperator || RoleNames.MutuallyExclusive.Contains(r));
        return !reserved || permission.DefaultRoles.Contains(role);
    }
}
