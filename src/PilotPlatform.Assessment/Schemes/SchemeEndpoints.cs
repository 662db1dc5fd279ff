using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.Schemes;

internal static class SchemeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment/schemes").WithTags("Assessment schemes");
        group.MapGet("", ListAsync).RequirePermission(AssessmentPermissions.View).WithName("ListAssessmentSchemes")
            .WithSummary("The region's schemes, all versions, and those published to it.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(AssessmentPermissions.View).WithName("GetAssessmentScheme")
            .WithSummary("One version of a scheme.");
        group.MapPost("", CreateAsync).RequirePermission(AssessmentPermissions.Manage).WithName("CreateAssessmentScheme")
            .WithSummary("Begins a scheme as a draft.");
        group.MapPut("{id:guid}", UpdateAsync).RequirePermission(AssessmentPermissions.Manage).WithName("UpdateAssessmentScheme")
            .WithSummary("Saves a draft.");
        group.MapPost("{id:guid}/publish", PublishAsync).RequirePermission(AssessmentPermissions.Manage).WithName("PublishAssessmentScheme")
            .WithSummary("Publishes a draft whose weights add up to 100; it never changes again.");
        group.MapPost("{id:guid}/revise", ReviseAsync).RequirePermission(AssessmentPermissions.Manage).WithName("ReviseAssessmentScheme")
            .WithSummary("Begins the next version as a draft.");
    }

    private static async Task<Ok<PagedResult<SchemeListItemDto>>> ListAsync(
        [AsParameters] GetSchemesInput input, SchemeAppService schemes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await schemes.ListAsync(input, cancellationToken));

    private static async Task<Ok<SchemeDto>> GetAsync(Guid id, SchemeAppService schemes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await schemes.GetAsync(id, cancellationToken));

    private static async Task<Created<SchemeDto>> CreateAsync(CreateSchemeDto input, SchemeAppService schemes, CancellationToken cancellationToken)
    {
        var scheme = await schemes.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/assessment/schemes/{scheme.Id}", scheme);
    }

    private static async Task<Ok<SchemeDto>> UpdateAsync(Guid id, UpdateSchemeDto input, SchemeAppService schemes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await schemes.UpdateAsync(id, input, cancellationToken));

    private static async Task<Ok<SchemeDto>> PublishAsync(Guid id, SchemeStampDto input, SchemeAppService schemes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await schemes.PublishAsync(id, input, cancellationToken));

    private static async Task<Created<SchemeDto>> ReviseAsync(Guid id, SchemeStampDto input, SchemeAppService schemes, CancellationToken cancellationToken)
    {
        var scheme = await schemes.ReviseAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/assessment/schemes/{scheme.Id}", scheme);
    }
}
