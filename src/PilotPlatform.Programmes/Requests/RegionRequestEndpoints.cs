using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes.Requests;

internal static class RegionRequestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/region-requests").WithTags("Region requests");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.View).WithName("ListRegionRequests")
            .WithSummary("Requests for further items: the own region's, and those handed in by the regions below it.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetRegionRequest").WithSummary("A request with its items and files.");
        group.MapPost("", CreateAsync).RequirePermission(ProgrammesPermissions.RequestItems).WithName("CreateRegionRequest")
            .WithSummary("Begins a request for further items of a list that the own region reads; nobody else sees it until it is handed in.");
        group.MapPut("{id:guid}", ReviseAsync).RequirePermission(ProgrammesPermissions.RequestItems).WithName("ReviseRegionRequest")
            .WithSummary("Changes a request that is not handed in, was taken back or returned.");
        group.MapPost("{id:guid}/submit", SubmitAsync).RequirePermission(ProgrammesPermissions.RequestItems).WithName("SubmitRegionRequest").WithSummary("Hands the request in to the list's issuer.");
        group.MapPost("{id:guid}/withdraw", WithdrawAsync).RequirePermission(ProgrammesPermissions.RequestItems).WithName("WithdrawRegionRequest").WithSummary("Takes an undecided request back.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.RequestItems).WithName("DiscardRegionRequest").WithSummary("Drops a request that was never handed in.");
        group.MapPost("{id:guid}/accept", AcceptAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("AcceptRegionRequest")
            .WithSummary("Puts the items, but for those left out with a reason, into the draft of the list's next version, as a further batch for the region.");
        group.MapPost("{id:guid}/return", ReturnAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ReturnRegionRequest").WithSummary("Sends the request back to be mended, with a reason.");
        group.MapPost("{id:guid}/refuse", RefuseAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("RefuseRegionRequest").WithSummary("Refuses the request, with a reason.");
    }

    private static async Task<Ok<PagedResult<RegionRequestListItemDto>>> ListAsync([AsParameters] GetRegionRequestsInput input, RegionRequestAppService requests, CancellationToken cancellationToken) =>
        TypedResults.Ok(await requests.ListAsync(input, cancellationToken));

    private static async Task<Ok<RegionRequestDto>> GetAsync(Guid id, RegionRequestAppService requests, CancellationToken cancellationToken) =>
        TypedResults.Ok(await requests.GetAsync(id, cancellationToken));

    private static async Task<Created<RegionRequestDto>> CreateAsync(CreateRegionRequestDto input, RegionRequestAppService requests, CancellationToken cancellationToken)
    {
        var request = await requests.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/region-requests/{request.Id}", request);
    }

    private static async Task<Ok<RegionRequestDto>> ReviseAsync(Guid id, ReviseRegionRequestDto input, RegionRequestAppService requests, CancellationToken cancellationToken) =>
        TypedResults.Ok(await requests.ReviseAsync(id, input, cancellationToken));

    private static async Task<Ok<RegionRequestDto>> SubmitAsync(Guid id, RegionRequestStampDto input, RegionRequestAppService requests, CancellationToken cancellationToken) =>
        TypedResults.Ok(await requests.SubmitAsync(id, input, cancellationToken));

    private static async Task<Ok<RegionRequestDto>> WithdrawAsync(Guid id, RegionRequestStampDto input, RegionRequestAppService requests, CancellationToken cancellationToken) =>
        TypedResults.Ok(await requests.WithdrawAsync(id, input, cancellationToken));

    private static async Task<NoContent> DiscardAsync(Guid id, RegionRequestStampDto input, RegionRequestAppService requests, CancellationToken cancellationToken)
    {
        await requests.DiscardAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RegionRequestDto>> AcceptAsync(Guid id, AcceptRegionRequestDto input, RegionRequestDecisions decisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await decisions.AcceptAsync(id, input, cancellationToken));

    private static async Task<Ok<RegionRequestDto>> ReturnAsync(Guid id, DecideRegionRequestDto input, RegionRequestDecisions decisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await decisions.ReturnAsync(id, input, cancellationToken));

    private static async Task<Ok<RegionRequestDto>> RefuseAsync(Guid id, DecideRegionRequestDto input, RegionRequestDecisions decisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await decisions.RefuseAsync(id, input, cancellationToken));
}
