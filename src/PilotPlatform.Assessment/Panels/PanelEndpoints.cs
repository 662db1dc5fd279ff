using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.Panels;

internal static class PanelEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment/assessments").WithTags("Assessments");
        group.MapGet("", ListAsync).RequirePermission(AssessmentPermissions.View).WithName("ListAssessments")
            .WithSummary("The region's assessments of accepted pilots, by theme and administrative order.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(AssessmentPermissions.View).WithName("GetAssessment")
            .WithSummary("One assessment; scores only when every sheet is in.");
        group.MapGet("{id:guid}/candidates", CandidatesAsync).RequirePermission(AssessmentPermissions.Manage).WithName("ListAssessorCandidates")
            .WithSummary("Who may be assigned, with conflicts of interest and open work.");
        group.MapPost("{id:guid}/assign-panel", AssignPanelAsync).RequirePermission(AssessmentPermissions.Manage).WithName("AssignAssessmentPanel")
            .WithSummary("Names the scheme and two or more assessors; scoring begins.");
        group.MapPost("{id:guid}/publish", PublishAsync).RequirePermission(AssessmentPermissions.Publish).WithName("PublishAssessmentResult")
            .WithSummary("Publishes the result to the region assessed and concludes the pilot.");
        group.MapPost("{id:guid}/call-third", CallThirdAsync).RequirePermission(AssessmentPermissions.Manage).WithName("CallThirdAssessor")
            .WithSummary("The panel's scores lie far apart: one further assessor scores, blind to them.");
        group.MapPost("{id:guid}/moderate", ModerateAsync).RequirePermission(AssessmentPermissions.Manage).WithName("ModerateAssessment")
            .WithSummary("Scores lie far apart: keeps the minutes of the moderation.");
        group.MapPost("{id:guid}/replace-assessor", ReplaceAsync).RequirePermission(AssessmentPermissions.Manage).WithName("ReplaceAssessor")
            .WithSummary("Puts another assessor in the place of one who withdrew.");
    }

    private static async Task<Ok<PagedResult<AssessmentListItemDto>>> ListAsync(
        [AsParameters] GetAssessmentsInput input, PanelAppService panels, CancellationToken cancellationToken) =>
        TypedResults.Ok(await panels.ListAsync(input, cancellationToken));

    private static async Task<Ok<AssessmentDto>> GetAsync(Guid id, PanelAppService panels, CancellationToken cancellationToken) =>
        TypedResults.Ok(await panels.GetAsync(id, cancellationToken));

    private static async Task<Ok<IReadOnlyList<CandidateDto>>> CandidatesAsync(Guid id, PanelAppService panels, CancellationToken cancellationToken) =>
        TypedResults.Ok(await panels.CandidatesAsync(id, cancellationToken));

    private static async Task<Ok<AssessmentDto>> AssignPanelAsync(Guid id, AssignPanelDto input, PanelAppService panels, CancellationToken cancellationToken) =>
        TypedResults.Ok(await panels.AssignPanelAsync(id, input, cancellationToken));

    private static async Task<Ok<AssessmentDto>> PublishAsync(Guid id, PublishResultDto input, PanelAppService panels, CancellationToken cancellationToken) =>
        TypedResults.Ok(await panels.PublishAsync(id, input, cancellationToken));

    private static async Task<Ok<AssessmentDto>> CallThirdAsync(Guid id, CallThirdDto input, PanelChanges changes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await changes.CallThirdAsync(id, input, cancellationToken));

    private static async Task<Ok<AssessmentDto>> ModerateAsync(Guid id, ModerateDto input, PanelChanges changes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await changes.ModerateAsync(id, input, cancellationToken));

    private static async Task<Ok<AssessmentDto>> ReplaceAsync(Guid id, ReplaceAssessorDto input, PanelChanges changes, CancellationToken cancellationToken) =>
        TypedResults.Ok(await changes.ReplaceAsync(id, input, cancellationToken));
}
