using PilotPlatform.Data;

namespace PilotPlatform.Identity.Users;

internal sealed record RoleRefDto(string Name, string DisplayName);

internal sealed record UserListItemDto(
    Guid Id, string UserName, string DisplayName, Guid RegionId, string RegionName, string? OfficeName, IReadOnlyList<RoleRefDto> Roles,
    bool IsActive, bool MustChangePassword, bool TwoFactorEnabled, bool IsLocked, DateTime? LastSignInAt);

/// <summary>An account. <paramref name="IsOwn"/> is true for the caller's own, which is managed under account security.</summary>
internal sealed record UserDto(
    Guid Id, string UserName, string DisplayName, Guid RegionId, string RegionName, Guid? OfficeId, string? OfficeName, string? Email, IReadOnlyList<RoleRefDto> Roles,
    bool IsActive, bool MustChangePassword, bool TwoFactorEnabled, DateTime? LockedUntil, DateTime? LastSignInAt, DateTime CreatedAt, bool IsOwn, string ConcurrencyStamp);

internal sealed record CreateUserDto(string UserName, string DisplayName, Guid RegionId, Guid? OfficeId, string? Email);

internal sealed record EditUserDto(string DisplayName, Guid? OfficeId, string? Email, string ConcurrencyStamp);

internal sealed record UserStampDto(string ConcurrencyStamp);

internal sealed record AssignRolesDto(IReadOnlyList<string>? Roles, string ConcurrencyStamp);

/// <summary>An account with its initial password, which is shown this once.</summary>
internal sealed record UserWithPasswordDto(UserDto User, string InitialPassword);

internal sealed class GetUsersInput : PagedInput
{
    /// <summary>Part of the user name or of the name.</summary>
    public string? Filter { get; init; }

    /// <summary>One region; all of the caller's scope without it.</summary>
    public Guid? RegionId { get; init; }

    /// <summary>A role's name; <c>none</c> for accounts that wait for a role.</summary>
    public string? Role { get; init; }

    /// <summary>Active or disabled accounts alone.</summary>
    public bool? IsActive { get; init; }
}
