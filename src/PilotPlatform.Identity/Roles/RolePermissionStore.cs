using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity.Tokens;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Roles;

/// <summary>
/// Permissions from role claims and the region alone. The regions' role sets are few, so one picture of all of them is
/// kept.
/// </summary>
internal sealed class RolePermissionStore(ITenantScopes scopes, PermissionCatalogue catalogue, Texts texts, TimeProvider time) : IPermissionStore
{
    private static readonly HashSet<string> None = [];
    private readonly KeptPicture<Snapshot> picture = new(time, token => ReadAsync(scopes, catalogue, token));

    public async ValueTask<IReadOnlySet<string>> GetAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (ScopeIdentity.FromPrincipal(principal).Tenant is not { } tenant)
        {
            return None;
        }

        var roles = principal.FindAll(PlatformClaims.Role).Select(c => c.Value).Order(StringComparer.Ordinal).ToList();
        var granted = (await CurrentAsync(cancellationToken)).Permissions(tenant.Id, roles);
        if (principal.Identity?.AuthenticationType != ApiTokenHandler.SchemeName)
        {
            return granted;
        }

        var scopesOfToken = principal.FindAll(PlatformClaims.TokenScope).Select(c => c.Value).ToHashSet();
        scopesOfToken.IntersectWith(granted);
        return scopesOfToken;
    }

    public async ValueTask<IReadOnlySet<string>> OfRolesAsync(Guid regionId, IEnumerable<string> roles, CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).Permissions(regionId, [.. roles.Order(StringComparer.Ordinal)]);

    /// <summary>The roles known in a region: those with a set of the region's own, and the ready-made ones.</summary>
    public async ValueTask<IReadOnlyList<string>> RolesWithAsync(Guid regionId, string permission, CancellationToken cancellationToken)
    {
        var snapshot = await CurrentAsync(cancellationToken);
        return [.. RoleNames.All.Concat(snapshot.OwnRolesOf(regionId)).Distinct().Where(r => snapshot.Permissions(regionId, [r]).Contains(permission))];
    }

    public async ValueTask<string> DisplayNameAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        RoleNames.All.Contains(role) ? texts.Get($"Role:{role}") : (await CurrentAsync(cancellationToken)).DisplayName(regionId, role) ?? role;

    public void Renew() => picture.Renew();

    private ValueTask<Snapshot> CurrentAsync(CancellationToken cancellationToken) => picture.GetAsync(cancellationToken);

    private static Task<Snapshot> ReadAsync(ITenantScopes scopes, PermissionCatalogue catalogue, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
            new Snapshot(catalogue, await services.GetRequiredService<PlatformDbContext>().Set<RoleSet>().AsNoTracking().ToListAsync(cancellationToken)));

    private sealed class Snapshot(PermissionCatalogue catalogue, IReadOnlyList<RoleSet> rows)
    {
        private readonly Dictionary<(Guid Region, string Role), RoleSet> sets = rows.ToDictionary(r => (r.TenantId, r.Name));
        private readonly ConcurrentDictionary<string, IReadOnlySet<string>> combined = new(StringComparer.Ordinal);

        public IReadOnlySet<string> Permissions(Guid region, IReadOnlyList<string> roles) =>
            combined.GetOrAdd($"{region:N}|{string.Join('|', roles)}", _ => roles.SelectMany(role => Of(region, role)).ToHashSet());

        public IEnumerable<string> OwnRolesOf(Guid region) => sets.Keys.Where(k => k.Region == region).Select(k => k.Role);

        public string? DisplayName(Guid region, string role) => sets.GetValueOrDefault((region, role))?.DisplayName;

        private IEnumerable<string> Of(Guid region, string role) =>
            sets.TryGetValue((region, role), out var own) ? own.Permissions
            : catalogue.ByRole.TryGetValue(role, out var ready) ? ready
            : [];
    }
}
