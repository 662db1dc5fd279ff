using System.Security.Claims;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Identity.Users;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.SignIn;

/// <summary>Who is signed in, as the web app reads it at start-up.</summary>
internal sealed record SessionDto(
    bool IsAuthenticated, SessionUserDto? User, SessionRegionDto? Region, string? OfficeName, IReadOnlyList<SessionRoleDto> Roles,
    IReadOnlyList<string> Permissions, bool MustChangePassword, bool TwoFactorEnabled, string Language);

internal sealed record SessionUserDto(Guid Id, string UserName, string DisplayName);

internal sealed record SessionRegionDto(string Code, string Name, RegionLevel Level, string Path);

internal sealed record SessionRoleDto(string Name, string DisplayName);

/// <summary>Builds <see cref="SessionDto"/> from a principal.</summary>
internal sealed class SessionReader(IPermissionStore permissions, RolePermissionStore roles, IRegionDirectory regions, ITenantScopes scopes)
{
    public async Task<SessionDto> ReadAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var identity = ScopeIdentity.FromPrincipal(principal);
        if (identity is not { UserId: { } userId, Tenant: { } tenant })
        {
            return new SessionDto(false, null, null, null, [], [], false, false, Texts.CurrentLanguage);
        }

        var region = (await regions.GetAsync(cancellationToken)).Find(tenant.Id);
        var roleDtos = new List<SessionRoleDto>();
        foreach (var role in principal.FindAll(PlatformClaims.Role))
        {
            roleDtos.Add(new SessionRoleDto(role.Value, await roles.DisplayNameAsync(tenant.Id, role.Value, cancellationToken)));
        }

        return new SessionDto(
            true,
            new SessionUserDto(userId, principal.FindFirstValue(ClaimTypes.Name) ?? "", identity.DisplayName),
            region is null ? null : new SessionRegionDto(region.Code, region.Name, region.Level, region.Path),
            await OfficeNameAsync(identity, principal.FindFirstValue(IdentityClaims.OfficeId), cancellationToken),
            roleDtos,
            [.. (await permissions.GetAsync(principal, cancellationToken)).Order(StringComparer.Ordinal)],
            principal.HasClaim(c => c.Type == IdentityClaims.MustChangePassword),
            principal.HasClaim(c => c.Type == IdentityClaims.TwoFactor),
            Texts.CurrentLanguage);
    }

    private async Task<string?> OfficeNameAsync(ScopeIdentity identity, string? office, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(office, out var id))
        {
            return null;
        }

        // The request that signs in is still anonymous itself, so the office is read as the person.
        var found = await scopes.RunAsync(identity, services =>
            ((IOfficeDirectory)services.GetService(typeof(IOfficeDirectory))!).FindAsync([id], cancellationToken));
        return found.GetValueOrDefault(id)?.Name;
    }
}
