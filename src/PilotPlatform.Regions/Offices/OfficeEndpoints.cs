using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Regions.Offices;

internal static class OfficeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var ofRegion = routes.MapGroup("/api/regions/{regionId:guid}/offices").WithTags("Offices");
        ofRegion.MapGet("", ListAsync).RequirePermission(RegionsPermissions.View).WithName("ListOffices")
            .WithSummary("A region's offices in their order, retired ones last where they are asked for.");
        ofRegion.MapPost("", CreateAsync).RequirePermission(RegionsPermissions.Manage).WithName("CreateOffice").WithSummary("Adds an office at the end.");
        ofRegion.MapPost("/reorder", ReorderAsync).RequirePermission(RegionsPermissions.Manage).WithName("ReorderOffices").WithSummary("Sets the order of a region's offices.");

        var group = routes.MapGroup("/api/offices").WithTags("Offices").RequirePermission(RegionsPermissions.Manage);
        group.MapPost("/{id:guid}/rename", RenameAsync).WithName("RenameOffice").WithSummary("Gives an office new names.");
        group.MapPost("/{id:guid}/retire", RetireAsync).WithName("RetireOffice").WithSummary("Takes an office out of service; what it did keeps its name.");
    }

    private static async Task<Ok<IReadOnlyList<OfficeDto>>> ListAsync(Guid regionId, bool? includeRetired, OfficeAppService offices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await offices.ListAsync(regionId, includeRetired == true, cancellationToken));

    private static async Task<Created<OfficeDto>> CreateAsync(Guid regionId, CreateOfficeDto input, OfficeAppService offices, CancellationToken cancellationToken)
    {
        var office = await offices.CreateAsync(regionId, input, cancellationToken);
        return TypedResults.Created($"/api/offices/{office.Id}", office);
    }

    private static async Task<Ok<IReadOnlyList<OfficeDto>>> ReorderAsync(Guid regionId, ReorderOfficesDto input, OfficeAppService offices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await offices.ReorderAsync(regionId, input, cancellationToken));

    private static async Task<Ok<OfficeDto>> RenameAsync(Guid id, RenameOfficeDto input, OfficeAppService offices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await offices.RenameAsync(id, input, cancellationToken));

    private static async Task<Ok<OfficeDto>> RetireAsync(Guid id, RetireOfficeDto input, OfficeAppService offices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await offices.RetireAsync(id, input, cancellationToken));
}
