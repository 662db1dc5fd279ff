using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Deliverables;

internal static class DeliverableEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var slots = routes.MapGroup("/api/deliverables").WithTags("Deliverables");
        slots.MapGet("{id:guid}", GetAsync).RequirePermission(PilotsPermissions.View).WithName("GetDeliverable")
            .WithSummary("A deliverable with its versions; a draft is among them for its own region only.");
        slots.MapPut("{id:guid}/draft", SaveDraftAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("SaveSubmissionDraft")
            .WithSummary("Saves the next version as a draft, complete or not; nobody else sees it.");

        var submissions = routes.MapGroup("/api/submissions").WithTags("Submissions");
        submissions.MapGet("{id:guid}", GetSubmissionAsync).RequirePermission(PilotsPermissions.View).WithName("GetSubmission")
            .WithSummary("One version with its decision.");
        submissions.MapGet("{id:guid}/comparison", CompareAsync).RequirePermission(PilotsPermissions.View).WithName("CompareSubmission")
            .WithSummary("A version beside the one before it: both texts by section, and the files added and removed.");
        submissions.MapPost("{id:guid}/submit", SubmitAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("SubmitSubmission")
            .WithSummary("Hands the draft in; it is locked from then on.");
        submissions.MapPost("{id:guid}/accept", AcceptAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("AcceptSubmission")
            .WithSummary("The issuer accepts the version; every item of the formal check must have passed.");
        submissions.MapPost("{id:guid}/return", ReturnAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ReturnSubmission")
            .WithSummary("The issuer returns the version for correction, section by section, with a new date.");

        routes.MapGroup("/api/review").WithTags("Review").MapGet("submissions", ListToReviewAsync)
            .RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ListSubmissionsToReview")
            .WithSummary("Versions that wait for the formal check of the caller's region, the oldest first.");
    }

    private static async Task<Ok<DeliverableDto>> GetAsync(Guid id, DeliverableAppService deliverables, CancellationToken cancellationToken) =>
        TypedResults.Ok(await deliverables.GetAsync(id, cancellationToken));

    private static async Task<Ok<SubmissionDto>> SaveDraftAsync(
        Guid id, SaveSubmissionDraftDto input, DeliverableAppService deliverables, CancellationToken cancellationToken) =>
        TypedResults.Ok(await deliverables.SaveDraftAsync(id, input, cancellationToken));

    private static async Task<Ok<SubmissionDto>> GetSubmissionAsync(Guid id, DeliverableAppService deliverables, CancellationToken cancellationToken) =>
        TypedResults.Ok(await deliverables.GetSubmissionAsync(id, cancellationToken));

    private static async Task<Ok<SubmissionComparisonDto>> CompareAsync(Guid id, DeliverableAppService deliverables, CancellationToken cancellationToken) =>
        TypedResults.Ok(await deliverables.CompareAsync(id, cancellationToken));

    private static async Task<Ok<SubmissionDto>> SubmitAsync(
        Guid id, StampInput input, DeliverableAppService deliverables, CancellationToken cancellationToken) =>
        TypedResults.Ok(await deliverables.SubmitAsync(id, input, cancellationToken));

    private static async Task<Ok<SubmissionDto>> AcceptAsync(
        Guid id, AcceptSubmissionDto input, ReviewAppService review, CancellationToken cancellationToken) =>
        TypedResults.Ok(await review.AcceptAsync(id, input, cancellationToken));

    private static async Task<Ok<SubmissionDto>> ReturnAsync(
        Guid id, ReturnSubmissionDto input, ReviewAppService review, CancellationToken cancellationToken) =>
        TypedResults.Ok(await review.ReturnAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<ReviewQueueItemDto>>> ListToReviewAsync(
        [AsParameters] GetSubmissionsToReviewInput input, ReviewAppService review, CancellationToken cancellationToken) =>
        TypedResults.Ok(await review.ListAsync(input, cancellationToken));
}
