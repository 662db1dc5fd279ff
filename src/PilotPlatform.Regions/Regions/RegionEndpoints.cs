using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Regions;

internal static class RegionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/regions").WithTags("Regions");
        group.MapGet("", ListAsync).RequireSignIn().WithName("ListRegions")
            .WithSummary("The caller's region and those directly below it, in administrative order.");
        group.MapGet("/tree", TreeAsync).RequirePermission(RegionsPermissions.View).WithName("ListRegionTree")
            .WithSummary("The regions directly below one, in administrative order; without one, where the caller's tree begins.");
        group.MapPost("/{parentId:guid}/regions", AddAsync).RequirePermission(RegionsPermissions.Manage).WithName("AddRegion")
            .WithSummary("Adds a zone below a city or province, or a town below a county.");
        group.MapPost("/{id:guid}/activate", ActivateAsync).RequirePermission(RegionsPermissions.Manage).WithName("ActivateRegion")
            .WithSummary("Makes a region a tenant that people may sign in for.");
    }

    private static async Task<Ok<IReadOnlyList<RegionInfo>>> ListAsync(
        ICurrentScope scope, IRegionDirectory directory, CancellationToken cancellationToken)
    {
        var map = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant;
        IReadOnlyList<RegionInfo> regions = [.. map.All.Where(r => r.Id == own.Id || r.ParentId == own.Id || (own == TenantRef.Root && r.ParentId == null))];
        return TypedResults.Ok(regions);
    }

    private static async Task<Ok<IReadOnlyList<RegionNodeDto>>> TreeAsync(Guid? parentId, RegionAppService regions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await regions.ChildrenAsync(parentId, cancellationToken));

    private static async Task<Created<RegionNodeDto>> AddAsync(Guid parentId, AddRegionDto input, RegionAppService regions, CancellationToken cancellationToken)
    {
        var region = await regions.AddAsync(parentId, input, cancellationToken);
        return TypedResults.Created($"/api/regions/tree?parentId={parentId}", region);
    }

    private static async Task<Ok<RegionNodeDto>> ActivateAsync(Guid id, RegionAppService regions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await regions.ActivateAsync(id, cancellationToken));
}
