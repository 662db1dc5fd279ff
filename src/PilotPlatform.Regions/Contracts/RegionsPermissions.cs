using PilotPlatform.Permissions;

namespace PilotPlatform.Regions;

/// <summary>Permissions of the Regions module.</summary>
public static class RegionsPermissions
{
    /// <summary>See the region tree and offices.</summary>
    public const string View = "Regions.View";

    /// <summary>Manage offices, zones and towns of one's own region.</summary>
    public const string Manage = "Regions.Manage";

    /// <summary>Onboard a province; the operator's.</summary>
    public const string Onboard = "Regions.Onboard";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(View, RoleNames.Coordinator, RoleNames.Leader, RoleNames.RegionAdministrator, RoleNames.SecurityAdministrator, RoleNames.Auditor, RoleNames.PlatformOperator),
        new(Manage, RoleNames.RegionAdministrator),
        new(Onboard, RoleNames.PlatformOperator),
    ];
}

/// <summary>Error codes of the Regions module.</summary>
public static class RegionsErrorCodes
{
    /// <summary>The national divisions have no province of this code.</summary>
    public const string UnknownProvince = "Regions:UnknownProvince";
}
