using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Programmes;

namespace PilotPlatform.Programmes.Claims;

internal static class ClaimEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/claims").WithTags("Claims");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.View).WithName("ListClaims")
            .WithSummary("The own region's claims, and those handed in by the regions below it.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetClaim").WithSummary("A claim; the issuer also reads the opinions on it.");
        group.MapPost("", CreateAsync).RequirePermission(ProgrammesPermissions.Claim).WithName("CreateClaim").WithSummary("Begins a claim; nobody else sees it until it is handed in.");
        group.MapPut("{id:guid}", ReviseAsync).RequirePermission(ProgrammesPermissions.Claim).WithName("ReviseClaim").WithSummary("Changes a claim that is not handed in.");
        group.MapPost("{id:guid}/submit", SubmitAsync).RequirePermission(ProgrammesPermissions.Claim).WithName("SubmitClaim").WithSummary("Hands the claim in; until the closing date.");
        group.MapPost("{id:guid}/withdraw", WithdrawAsync).RequirePermission(ProgrammesPermissions.Claim).WithName("WithdrawClaim").WithSummary("Takes an undecided claim back.");
        group.MapPost("{id:guid}/opinions", RecordOpinionAsync).RequirePermission(ProgrammesPermissions.DecideClaims).WithName("RecordOpinion")
            .WithSummary("Writes down what an office says of the claim.");
        group.MapPost("{id:guid}/accept", AcceptAsync).RequirePermission(ProgrammesPermissions.DecideClaims).WithName("AcceptClaim").WithSummary("Assigns the theme to the claiming region.");
        group.MapPost("{id:guid}/decline", DeclineAsync).RequirePermission(ProgrammesPermissions.DecideClaims).WithName("DeclineClaim").WithSummary("Declines the claim, with a reason.");

        routes.MapGroup("/api/assignments").WithTags("Assignments").MapPost("{id:guid}/revoke", RevokeAsync)
            .RequirePermission(ProgrammesPermissions.DecideClaims).WithName("RevokeAssignment").WithSummary("Takes an assignment back, with a reason.");
    }

    private static async Task<Ok<PagedResult<ClaimListItemDto>>> ListAsync([AsParameters] GetClaimsInput input, ClaimAppService claims, CancellationToken cancellationToken) =>
        TypedResults.Ok(await claims.ListAsync(input, cancellationToken));

    private static async Task<Ok<ClaimDto>> GetAsync(Guid id, ClaimAppService claims, CancellationToken cancellationToken) =>
        TypedResults.Ok(await claims.GetAsync(id, cancellationToken));

    private static async Task<Created<ClaimDto>> CreateAsync(CreateClaimDto input, ClaimAppService claims, CancellationToken cancellationToken)
    {
        var claim = await claims.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/claims/{claim.Id}", claim);
    }

    private static async Task<Ok<ClaimDto>> ReviseAsync(Guid id, ReviseClaimDto input, ClaimAppService claims, CancellationToken cancellationToken) =>
        TypedResults.Ok(await claims.ReviseAsync(id, input, cancellationToken));

    private static async Task<Ok<ClaimDto>> SubmitAsync(Guid id, ClaimStampDto input, ClaimAppService claims, CancellationToken cancellationToken) =>
        TypedResults.Ok(await claims.SubmitAsync(id, input, cancellationToken));

    private static async Task<Ok<ClaimDto>> WithdrawAsync(Guid id, ClaimStampDto input, ClaimAppService claims, CancellationToken cancellationToken) =>
        TypedResults.Ok(await claims.WithdrawAsync(id, input, cancellationToken));

    private static async Task<Ok<ClaimDto>> RecordOpinionAsync(Guid id, RecordOpinionDto input, AssignmentAppService assignments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await assignments.RecordOpinionAsync(id, input, cancellationToken));

    private static async Task<Ok<ClaimDto>> AcceptAsync(Guid id, DecideClaimDto input, AssignmentAppService assignments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await assignments.AcceptAsync(id, input, cancellationToken));

    private static async Task<Ok<ClaimDto>> DeclineAsync(Guid id, DecideClaimDto input, AssignmentAppService assignments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await assignments.DeclineAsync(id, input, cancellationToken));

    private static async Task<Ok<AssignmentDto>> RevokeAsync(Guid id, RevokeAssignmentDto input, AssignmentAppService assignments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await assignments.RevokeAsync(id, input, cancellationToken));
}
