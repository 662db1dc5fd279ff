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

    /// <summary>The province is there and has an administrator.</summary>
    public const string AlreadyOnboarded = "Regions:AlreadyOnboarded";

    /// <summary>An account of that name exists already.</summary>
    public const string UserNameTaken = "Regions:UserNameTaken";

    /// <summary>400: a region's own code must begin with the code of the region above.</summary>
    public const string CodeMalformed = "Regions:CodeMalformed";

    /// <summary>A zone stands below a city or province, a town below a county.</summary>
    public const string LevelNotAllowed = "Regions:LevelNotAllowed";

    /// <summary>A region of this code exists already.</summary>
    public const string CodeTaken = "Regions:CodeTaken";

    /// <summary>An office of this name exists in the region already.</summary>
    public const string OfficeNameTaken = "Regions:OfficeNameTaken";

    /// <summary>The office is retired.</summary>
    public const string OfficeRetired = "Regions:OfficeRetired";

    /// <summary>The order must name each office that is not retired once.</summary>
    public const string OrderIncomplete = "Regions:OrderIncomplete";
}
