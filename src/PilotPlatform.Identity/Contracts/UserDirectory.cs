using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity;

/// <summary>A person as other modules see them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Region">The region they act for.</param>
/// <param name="OfficeId">Their office.</param>
public sealed record UserSummary(Guid Id, string DisplayName, TenantRef Region, Guid? OfficeId);

/// <summary>Looks people up: names for display, and who in a region may do what (for notifying them).</summary>
public interface IUserDirectory
{
    /// <summary>People by id, of whatever region: only names, to say who did something.</summary>
    Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Active people of one region (not of those below) who hold a permission.</summary>
    Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken);

    /// <summary>Active people of one region (not of those below) who hold a role.</summary>
    Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken);

    /// <summary>Active people of an office.</summary>
    Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken);

    /// <summary>Active people of some regions whose name contains a text, by region and name.</summary>
    Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken);

    /// <summary>The roles that an active person holds; empty for an unknown or inactive one.</summary>
    Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken);
}

/// <summary>An account to make.</summary>
/// <param name="UserName">What one signs in with.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="RegionId">The region.</param>
/// <param name="OfficeId">The office, if any.</param>
/// <param name="Roles">Role names.</param>
/// <param name="InitialPassword">The first password.</param>
/// <param name="MustChangePassword">Whether it must be changed at the first sign-in.</param>
/// <param name="Email">Where mail goes, if anywhere.</param>
public sealed record NewAccount(
    string UserName, string DisplayName, Guid RegionId, Guid? OfficeId, IReadOnlyList<string> Roles, string InitialPassword, bool MustChangePassword, string? Email = null);

/// <summary>Makes accounts, for onboarding and the demo.</summary>
public interface IAccountProvisioner
{
    /// <summary>Makes the account unless one of that user name exists; returns its id.</summary>
    Task<Guid> EnsureAsync(NewAccount account, CancellationToken cancellationToken);
}
