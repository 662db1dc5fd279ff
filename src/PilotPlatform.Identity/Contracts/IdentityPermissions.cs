using PilotPlatform.Permissions;

namespace PilotPlatform.Identity;

/// <summary>Permissions of the Identity module.</summary>
public static class IdentityPermissions
{
    /// <summary>See the accounts of one's region and those below.</summary>
    public const string ViewUsers = "Identity.Users.View";

    /// <summary>Create, edit, disable and unlock accounts; not their roles.</summary>
    public const string ManageUsers = "Identity.Users.Manage";

    /// <summary>Assign roles to accounts, never to one's own.</summary>
    public const string AssignRoles = "Identity.Users.AssignRoles";

    /// <summary>See roles and their permissions.</summary>
    public const string ViewRoles = "Identity.Roles.View";

    /// <summary>Edit roles and their permissions.</summary>
    public const string ManageRoles = "Identity.Roles.Manage";

    /// <summary>Create API tokens that act for oneself, and revoke them.</summary>
    public const string CreateTokens = "Identity.Tokens.Create";

    /// <summary>See and revoke every API token of one's region and those below.</summary>
    public const string ManageTokens = "Identity.Tokens.Manage";

    /// <summary>Read, export and verify the audit log.</summary>
    public const string ViewAudit = "Identity.Audit.View";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(ViewUsers, RoleNames.RegionAdministrator, RoleNames.SecurityAdministrator, RoleNames.PlatformOperator),
        new(ManageUsers, RoleNames.RegionAdministrator, RoleNames.PlatformOperator),
        // The operator appoints a new province's administrators; RoleRules keeps it to those three roles.
        new(AssignRoles, RoleNames.SecurityAdministrator, RoleNames.PlatformOperator),
        new(ViewRoles, RoleNames.RegionAdministrator, RoleNames.SecurityAdministrator, RoleNames.PlatformOperator),
        new(ManageRoles, RoleNames.SecurityAdministrator),
        new(CreateTokens, RoleNames.Coordinator, RoleNames.RegionAdministrator, RoleNames.SecurityAdministrator),
        new(ManageTokens, RoleNames.SecurityAdministrator),
        new(ViewAudit, RoleNames.Auditor),
    ];
}

/// <summary>Error codes of the Identity module.</summary>
public static class IdentityErrorCodes
{
    /// <summary>401: user name or password is wrong, or the account may not sign in.</summary>
    public const string SignInFailed = "Identity:SignInFailed";

    /// <summary>401: too many failed tries; <c>minutes</c> says for how long.</summary>
    public const string LockedOut = "Identity:LockedOut";

    /// <summary>401: the one-time code or recovery code is wrong.</summary>
    public const string CodeWrong = "Identity:CodeWrong";

    /// <summary>401: the first step of signing in was too long ago.</summary>
    public const string SecondStepExpired = "Identity:SecondStepExpired";

    /// <summary>403: the initial password must be changed first.</summary>
    public const string PasswordChangeRequired = "Identity:PasswordChangeRequired";

    /// <summary>403: only a person signed in on the web may do this, no API token.</summary>
    public const string PersonRequired = "Identity:PersonRequired";

    /// <summary>The second factor is on already.</summary>
    public const string TwoFactorAlreadyEnabled = "Identity:TwoFactorAlreadyEnabled";

    /// <summary>The second factor is not on.</summary>
    public const string TwoFactorNotEnabled = "Identity:TwoFactorNotEnabled";

    /// <summary>The authenticator was not started.</summary>
    public const string AuthenticatorNotStarted = "Identity:AuthenticatorNotStarted";

    /// <summary>The user name is taken.</summary>
    public const string UserNameTaken = "Identity:UserNameTaken";

    /// <summary>三员分立: the account may not hold two of the three administrators' roles.</summary>
    public const string ExclusiveRoles = "Identity:ExclusiveRoles";

    /// <summary>Nobody changes their own roles, nor the permissions of a role they hold.</summary>
    public const string OwnRoles = "Identity:OwnRoles";

    /// <summary>Nobody disables, resets or unlocks their own account here.</summary>
    public const string OwnAccount = "Identity:OwnAccount";

    /// <summary>An administrator's password and second factor are reset from a region above.</summary>
    public const string HigherRegionNeeded = "Identity:HigherRegionNeeded";

    /// <summary>The role does not exist in the account's region or may not be assigned there.</summary>
    public const string RoleNotAssignable = "Identity:RoleNotAssignable";

    /// <summary>A permission may not be granted in this region or to this role.</summary>
    public const string PermissionNotGrantable = "Identity:PermissionNotGrantable";

    /// <summary>The role is still held by accounts.</summary>
    public const string RoleInUse = "Identity:RoleInUse";

    /// <summary>The region does not take part yet, so it has no accounts.</summary>
    public const string RegionNotActive = "Identity:RegionNotActive";

    /// <summary>The token was revoked already.</summary>
    public const string TokenRevoked = "Identity:TokenRevoked";

    internal static readonly IReadOnlyDictionary<string, int> StatusCodes = new Dictionary<string, int>
    {
        [SignInFailed] = 401,
        [LockedOut] = 401,
        [CodeWrong] = 401,
        [SecondStepExpired] = 401,
        [PasswordChangeRequired] = 403,
        [PersonRequired] = 403,
    };
}
