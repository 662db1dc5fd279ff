using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Claims;

namespace PilotPlatform.Programmes.Programmes;

internal static class ProgrammeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/programmes").WithTags("Programmes");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.View).WithName("ListProgrammes")
            .WithSummary("The programmes that the own region issued or is in the audience of, the newest first.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetProgramme")
            .WithSummary("A programme with its phases, themes and standing assignments, regions in administrative order.");
        group.MapGet("{id:guid}/notice", GetNoticeAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetProgrammeNotice")
            .WithSummary("The text of the notice that the programme was made from.");
        group.MapGet("{id:guid}/matrix", MatrixAsync).RequirePermission(ProgrammesPermissions.DecideClaims).WithName("GetClaimMatrix")
            .WithSummary("For the issuer: claims, opinions and assignments as theme × region.");
        group.MapPost("{id:guid}/close", CloseAsync).RequirePermission(ProgrammesPermissions.Publish).WithName("CloseProgramme")
            .WithSummary("Ends the programme.");
        group.MapPost("{id:guid}/assignments", AssignAsync).RequirePermission(ProgrammesPermissions.DecideClaims).WithName("AssignTheme")
            .WithSummary("Assigns a theme to a region directly.");
    }

    private static async Task<Ok<PagedResult<ProgrammeListItemDto>>> ListAsync(
        [AsParameters] GetProgrammesInput input, ProgrammeAppService programmes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await programmes.ListAsync(input, cancellationToken));

    private static async Task<Ok<ProgrammeDto>> GetAsync(Guid id, ProgrammeAppService programmes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await programmes.GetAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeNoticeDto>> GetNoticeAsync(Guid id, ProgrammeAppService programmes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await programmes.GetNoticeAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeMatrixDto>> MatrixAsync(Guid id, ProgrammeAppService programmes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await programmes.MatrixAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeDto>> CloseAsync(Guid id, CloseProgrammeDto input, ProgrammeAppService programmes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await programmes.CloseAsync(id, input, cancellationToken));

    private static async Task<Created<AssignmentDto>> AssignAsync(Guid id, AssignThemeDto input, AssignmentAppService assignments, CancellationToken cancellationToken)
    {
        var assignment = await assignments.AssignAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/programmes/{id}", assignment);
    }
}
