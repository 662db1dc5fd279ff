using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Pilots.Pilots;

internal static class PilotEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/pilots").WithTags("Pilots");
        group.MapGet("", ListAsync).RequirePermission(PilotsPermissions.View).WithName("ListPilots")
            .WithSummary("Pilots of the caller's region and of those below, by theme, then in administrative order.");
        group.MapGet("counts", CountAsync).RequirePermission(PilotsPermissions.View).WithName("GetPilotCounts")
            .WithSummary("How many pilots stand where, with the list's filters; the counts add up.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(PilotsPermissions.View).WithName("GetPilot")
            .WithSummary("One pilot with its next step, plan, deliverables, notes and history.");
        group.MapPost("{id:guid}/begin-planning", BeginPlanningAsync).RequirePermission(PilotsPermissions.Plan).WithName("BeginPilotPlanning")
            .WithSummary("The region begins to plan the pilot that was assigned to it.");
        group.MapPost("{id:guid}/start", StartAsync).RequirePermission(PilotsPermissions.Plan).WithName("StartPilot")
            .WithSummary("The region starts the pilot after submitting its plan.");
        group.MapPost("{id:guid}/suspend", SuspendAsync).RequirePermission(PilotsPermissions.Suspend).WithName("SuspendPilot")
            .WithSummary("The issuer halts the pilot, with a reason.");
        group.MapPost("{id:guid}/resume", ResumeAsync).RequirePermission(PilotsPermissions.Suspend).WithName("ResumePilot")
            .WithSummary("The issuer lets a suspended pilot go on.");
    }

    private static async Task<Ok<PagedResult<PilotListItemDto>>> ListAsync(
        [AsParameters] GetPilotsInput input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.ListAsync(input, cancellationToken));

    private static async Task<Ok<PilotCountsDto>> CountAsync(
        [AsParameters] GetPilotsInput input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.CountAsync(input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> GetAsync(Guid id, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.GetAsync(id, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> BeginPlanningAsync(
        Guid id, StampInput input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.BeginPlanningAsync(id, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> StartAsync(
        Guid id, StampInput input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.StartAsync(id, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> SuspendAsync(
        Guid id, SuspendPilotDto input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.SuspendAsync(id, input, cancellationToken));

    private static async Task<Ok<PilotDetailDto>> ResumeAsync(
        Guid id, StampInput input, PilotAppService pilots, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pilots.ResumeAsync(id, input, cancellationToken));
}
