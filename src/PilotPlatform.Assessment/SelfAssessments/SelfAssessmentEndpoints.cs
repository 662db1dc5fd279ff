using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.SelfAssessments;

internal static class SelfAssessmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment/self-assessments").WithTags("Self-assessments");
        group.MapGet("", ListAsync).RequirePermission(AssessmentPermissions.View).WithName("ListSelfAssessments")
            .WithSummary("The region's own self-assessments, and those that regions below have handed in.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(AssessmentPermissions.View).WithName("GetSelfAssessment")
            .WithSummary("One self-assessment; another region's only when it was handed in.");
        group.MapPut("{id:guid}", SaveAsync).RequirePermission(AssessmentPermissions.SelfAssess).WithName("SaveSelfAssessment")
            .WithSummary("Saves the region's draft as far as it goes.");
        group.MapPost("{id:guid}/hand-in", HandInAsync).RequirePermission(AssessmentPermissions.SelfAssess).WithName("HandInSelfAssessment")
            .WithSummary("Hands the saved draft in; it is final, and the assessors read it.");
    }

    private static async Task<Ok<PagedResult<SelfAssessmentListItemDto>>> ListAsync(
        [AsParameters] GetSelfAssessmentsInput input, SelfAssessmentAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.ListAsync(input, cancellationToken));

    private static async Task<Ok<SelfAssessmentDto>> GetAsync(Guid id, SelfAssessmentAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(id, cancellationToken));

    private static async Task<Ok<SavedSelfAssessmentDto>> SaveAsync(
        Guid id, SaveSelfAssessmentDto input, SelfAssessmentAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.SaveAsync(id, input, cancellationToken));

    private static async Task<Ok<SelfAssessmentDto>> HandInAsync(
        Guid id, SelfAssessmentStampDto input, SelfAssessmentAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.HandInAsync(id, input, cancellationToken));
}
