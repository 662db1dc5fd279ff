using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace PilotPlatform.Tenancy;

/// <summary>Names of the claims that the platform reads. The tenant comes from these, never from a header.</summary>
public static class PlatformClaims
{
    /// <summary>The user's id.</summary>
    public const string UserId = ClaimTypes.NameIdentifier;

    /// <summary>The name to show.</summary>
    public const string DisplayName = "display_name";

    /// <summary>The region's id.</summary>
    public const string TenantId = "tenant_id";

    /// <summary>The region's path.</summary>
    public const string TenantPath = "tenant_path";

    /// <summary>A role's name, one claim each.</summary>
    public const string Role = ClaimTypes.Role;

    /// <summary>A scope that an API token is limited to (a permission's name), one claim each.</summary>
    public const string TokenScope = "token_scope";
}

/// <summary>Who acts, for which region.</summary>
/// <param name="UserId">The person, or null for the system.</param>
/// <param name="DisplayName">The name to record.</param>
/// <param name="Tenant">The region acted for, or null when anonymous.</param>
public sealed record ScopeIdentity(Guid? UserId, string DisplayName, TenantRef? Tenant)
{
    /// <summary>Nobody: sees nothing but what is shared outwards.</summary>
    public static readonly ScopeIdentity Anonymous = new(null, "", null);

    /// <summary>The system acting for one region (jobs, messages, seeding).</summary>
    public static ScopeIdentity System(TenantRef tenant) => new(null, "系统", tenant);

    /// <summary>Reads the identity from a signed-in principal.</summary>
    public static ScopeIdentity FromPrincipal(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true
            || !Guid.TryParse(principal.FindFirstValue(PlatformClaims.UserId), out var userId)
            || !Guid.TryParse(principal.FindFirstValue(PlatformClaims.TenantId), out var tenantId)
            || principal.FindFirstValue(PlatformClaims.TenantPath) is not { Length: > 0 } path)
        {
            return Anonymous;
        }

        return new(userId, principal.FindFirstValue(PlatformClaims.DisplayName) ?? principal.Identity.Name ?? "", new TenantRef(tenantId, path));
    }
}

/// <summary>The identity under which the current dependency-injection scope works: a request's, or the one a job entered.</summary>
public interface ICurrentScope
{
    /// <summary>Who acts, for which region.</summary>
    ScopeIdentity Identity { get; }

    /// <summary>The person; throws when nobody is signed in.</summary>
    Guid RequiredUserId { get; }

    /// <summary>The region acted for; throws when anonymous.</summary>
    TenantRef RequiredTenant { get; }
}

/// <inheritdoc cref="ICurrentScope"/>
internal sealed class CurrentScope(IHttpContextAccessor http) : ICurrentScope
{
    private ScopeIdentity? entered;

    public ScopeIdentity Identity => entered ?? ScopeIdentity.FromPrincipal(http.HttpContext?.User);

    public Guid RequiredUserId => Identity.UserId ?? throw new InvalidOperationException("This scope has no signed-in user.");

    public TenantRef RequiredTenant => Identity.Tenant ?? throw new InvalidOperationException("This scope has no region.");

    /// <summary>Sets the identity of a fresh scope; a scope never changes its tenant afterwards.</summary>
    public void Enter(ScopeIdentity identity)
    {
        if (entered is not null)
        {
            throw new InvalidOperationException("A scope enters one identity only; open a fresh scope.");
        }

        entered = identity;
    }
}
