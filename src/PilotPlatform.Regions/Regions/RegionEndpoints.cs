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
    }

    private static async Task<Ok<IReadOnlyList<RegionInfo>>> ListAsync(
        ICurrentScope scope, IRegionDirectory directory, CancellationToken cancellationToken)
    {
        var map = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant;
        IReadOnlyList<RegionInfo> regions = [.. map.All.Where(r => r.Id == own.Id || r.ParentId == own.Id || (own == TenantRef.Root && r.ParentId == null))];
        return TypedResults.Ok(regions);
    }
}
