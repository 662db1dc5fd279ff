using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Permissions;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>Each endpoint names a permission, or is on one of two short lists.</summary>
public sealed class EndpointTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    /// <summary>What anybody may call, signed in or not. Prefixes of route patterns.</summary>
    private static readonly string[] Anonymous =
    [
        "/openapi/", "/swagger", "/health", "{*path", "/api/{**path}",
        "/api/session", "/api/account/sign-in", "/api/public/",
    ];

    private IEnumerable<RouteEndpoint> Endpoints =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void EveryEndpoint_NamesAPermissionOrIsOnAList()
    {
        using var client = app.As(null);
        Endpoints.Count().ShouldBeGreaterThan(3);
        Unguarded(Endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void EveryEndpoint_Twin_AnUnguardedOneIsFound()
    {
        var bare = new RouteEndpointBuilder(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/api/x"), 0).Build();
        Unguarded([(RouteEndpoint)bare]).ShouldBe(["/api/x"]);
    }

    [Fact]
    public void EveryPermission_ThatAnEndpointNames_IsDefined()
    {
        using var client = app.As(null);
        var defined = app.Services.GetRequiredService<PermissionCatalogue>().All.Select(p => p.Name).ToHashSet();
        Endpoints.SelectMany(e => e.Metadata.GetOrderedMetadata<RequirePermissionAttribute>()).Select(p => p.Permission).Distinct()
            .Where(p => !defined.Contains(p)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Unguarded(IEnumerable<RouteEndpoint> endpoints) =>
        from endpoint in endpoints
        let pattern = endpoint.RoutePattern.RawText ?? ""
        let guarded = endpoint.Metadata.GetMetadata<RequirePermissionAttribute>() is not null || endpoint.Metadata.GetMetadata<RequireSignInAttribute>() is not null
        let anonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        where anonymous ? !Anonymous.Any(a => pattern.StartsWith(a, StringComparison.Ordinal)) : !guarded
        select pattern;
}
