using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Plans;

internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/pilots/{id:guid}").WithTags("PilotPlans");
        group.MapGet("plan/draft", GetDraftAsync).RequirePermission(PilotsPermissions.Plan).WithName("GetPilotPlanDraft")
            .WithSummary("The region's working copy of its plan; nobody else sees it.");
        group.MapPut("plan/draft", SaveDraftAsync).RequirePermission(PilotsPermissions.Plan).WithName("SavePilotPlanDraft")
            .WithSummary("Saves the working copy, complete or not.");
        group.MapPost("plan/submit", SubmitAsync).RequirePermission(PilotsPermissions.Plan).WithName("SubmitPilotPlan")
            .WithSummary("Makes the working copy the pilot's plan, which the issuer sees.");
        group.MapPost("tasks/{taskId:guid}/complete", CompleteTaskAsync).RequirePermission(PilotsPermissions.Plan).WithName("CompletePilotTask")
            .WithSummary("Reports a task as done on a day.");
        group.MapPost("tasks/{taskId:guid}/reopen", ReopenTaskAsync).RequirePermission(PilotsPermissions.Plan).WithName("ReopenPilotTask")
            .WithSummary("Takes a report back.");
        group.MapPost("notes", AddNoteAsync).RequirePermission(PilotsPermissions.Plan).WithName("AddPilotNote")
            .WithSummary("Adds a dated progress note, which the issuer sees.");
    }

    private static async Task<Ok<PlanDraftDto>> GetDraftAsync(Guid id, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plans.GetDraftAsync(id, cancellationToken));

    private static async Task<Ok<PlanDraftDto>> SaveDraftAsync(
        Guid id, SavePlanDraftDto input, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plans.SaveDraftAsync(id, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> SubmitAsync(
        Guid id, StampInput input, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plans.SubmitAsync(id, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> CompleteTaskAsync(
        Guid id, Guid taskId, CompleteTaskDto input, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plans.CompleteTaskAsync(id, taskId, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> ReopenTaskAsync(
        Guid id, Guid taskId, StampInput input, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plans.ReopenTaskAsync(id, taskId, input, cancellationToken));

    private static async Task<Created<PilotDetailDto>> AddNoteAsync(
        Guid id, AddProgressNoteDto input, PlanAppService plans, CancellationToken cancellationToken) =>
        TypedResults.Created($"/api/pilots/{id}", await plans.AddNoteAsync(id, input, cancellationToken));
}
