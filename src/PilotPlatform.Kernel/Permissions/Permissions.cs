using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Permissions;

/// <summary>The roles that come ready made. A region may edit what they permit, and add its own.</summary>
public static class RoleNames
{
    /// <summary>Operates the installation: onboards provinces. Sees no region's work.</summary>
    public const string PlatformOperator = "platform-operator";

    /// <summary>经办人: does the region's pilot work, and as the issuing office runs programmes.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>领导: sees, urges, decides.</summary>
    public const string Leader = "leader";

    /// <summary>评估专家: scores what was assigned to them, and nothing else.</summary>
    public const string Assessor = "assessor";

    /// <summary>系统管理员: accounts, offices, settings of the region.</summary>
    public const string RegionAdministrator = "region-administrator";

    /// <summary>安全管理员: roles and their permissions, tokens.</summary>
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>审计管理员: the audit log.</summary>
    public const string Auditor = "auditor";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [PlatformOperator, Coordinator, Leader, Assessor, RegionAdministrator, SecurityAdministrator, Auditor];

    /// <summary>No account may hold two of these (三员分立, GB/T 22239-2019 level 3).</summary>
    public static readonly IReadOnlyList<string> MutuallyExclusive = [RegionAdministrator, SecurityAdministrator, Auditor];
}

/// <summary>A permission, as one endpoint or more name it.</summary>
/// <param name="Name">Such as <c>Pilots.Deliverables.Review</c>; its text key is <c>Permission:</c> plus this.</param>
/// <param name="DefaultRoles">The ready-made roles that have it until a region decides otherwise.</param>
public sealed record PermissionDefinition(string Name, params string[] DefaultRoles);

/// <summary>Which permissions a signed-in principal has.</summary>
public interface IPermissionStore
{
    /// <summary>The permissions of a principal, from its roles and, for API tokens, cut down to their scopes.</summary>
    ValueTask<IReadOnlySet<string>> GetAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);
}

/// <summary>All permissions of all modules.</summary>
public sealed class PermissionCatalogue
{
    /// <summary>Collects them.</summary>
    public PermissionCatalogue(IEnumerable<PlatformModule> modules)
    {
        All = [.. modules.SelectMany(m => m.Permissions)];
        ByRole = RoleNames.All.ToDictionary(
            role => role,
            role => (IReadOnlySet<string>)All.Where(p => p.DefaultRoles.Contains(role)).Select(p => p.Name).ToHashSet());
    }

    /// <summary>Every definition, in module order.</summary>
    public IReadOnlyList<PermissionDefinition> All { get; }

    /// <summary>The ready-made permission set of each ready-made role.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> ByRole { get; }
}

/// <summary>The ready-made role sets; the Identity module replaces it by the sets that each region edits.</summary>
internal sealed class DefaultPermissionStore(PermissionCatalogue catalogue) : IPermissionStore
{
    public ValueTask<IReadOnlySet<string>> GetAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var granted = principal.FindAll(PlatformClaims.Role)
            .SelectMany(c => catalogue.ByRole.TryGetValue(c.Value, out var set) ? set : Enumerable.Empty<string>())
            .ToHashSet();
        return ValueTask.FromResult<IReadOnlySet<string>>(granted);
    }
}

/// <summary>Endpoint metadata: the permission that a caller needs.</summary>
/// <param name="permission">A permission's name.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>The permission's name.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Endpoint metadata: any signed-in person may call it (their own account, start-up data).</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequireSignInAttribute : AuthorizeAttribute;

internal sealed class PermissionHandler(IPermissionStore store) : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            && (await store.GetAsync(context.User, CancellationToken.None)).Contains(requirement.Permission))
        {
            context.Succeed(requirement);
        }
    }
}

/// <summary>Endpoint extensions.</summary>
public static class PermissionEndpointExtensions
{
    /// <summary>Names the permission that callers need; the fallback policy denies an endpoint that names none.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new RequirePermissionAttribute(permission));

    /// <summary>Lets any signed-in person call it.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new RequireSignInAttribute());
}

/// <summary>Whether the current caller has a permission, for rules inside an app service.</summary>
public interface ICurrentPermissions
{
    /// <summary>The current caller's permissions; the system has none.</summary>
    ValueTask<IReadOnlySet<string>> GetAsync(CancellationToken cancellationToken);
}

internal sealed class CurrentPermissions(Microsoft.AspNetCore.Http.IHttpContextAccessor http, IPermissionStore store) : ICurrentPermissions
{
    public ValueTask<IReadOnlySet<string>> GetAsync(CancellationToken cancellationToken) =>
        http.HttpContext?.User is { } user
            ? store.GetAsync(user, cancellationToken)
            : ValueTask.FromResult<IReadOnlySet<string>>(new HashSet<string>());
}
