using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

internal static class InstanceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var instances = routes.MapGroup("/api/workflow-instances").WithTags("WorkflowInstances");
        instances.MapGet("", ListAsync).RequireSignIn().WithName("ListWorkflowInstances")
            .WithSummary("Flows that the caller started or, with the permission to see them, those of their region and below.");
        instances.MapGet("flows", FlowsAsync).RequireSignIn().WithName("ListWorkflowInstanceFlows").WithSummary("The flows that occur among those the caller started.");
        instances.MapGet("{id:guid}", GetAsync).RequireSignIn().WithName("GetWorkflowInstance")
            .WithSummary("One flow: its picture, where it stands, who has it, its history and expected path.");
        instances.MapPost("{id:guid}/variables", SetVariableAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("SetWorkflowVariable")
            .WithSummary("Changes a declared variable, with a reason.");

        var incidents = routes.MapGroup("/api/workflow-incidents").WithTags("WorkflowIncidents");
        incidents.MapGet("", ListIncidentsAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("ListWorkflowIncidents")
            .WithSummary("Open incidents, or settled ones.");
        incidents.MapGet("{id:guid}/step", StepAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("GetWorkflowIncidentStep")
            .WithSummary("The step that an incident is about, with the fields that its form would have set.");
        incidents.MapPost("{id:guid}/retry", RetryAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("RetryWorkflowIncident")
            .WithSummary("Tries again.");
        incidents.MapPost("{id:guid}/skip", SkipAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("SkipWorkflowIncident")
            .WithSummary("Goes on without it, with a reason and values in its stead.");
    }

    private static async Task<Ok<PagedResult<InstanceListItemDto>>> ListAsync(
        [AsParameters] GetInstancesInput input, InstanceAppService instances, CancellationToken cancellationToken) =>
        TypedResults.Ok(await instances.ListAsync(input, cancellationToken));

    private static async Task<Ok<IReadOnlyList<InboxFlowDto>>> FlowsAsync(InstanceAppService instances, CancellationToken cancellationToken) =>
        TypedResults.Ok(await instances.StartedFlowsAsync(cancellationToken));

    private static async Task<Ok<InstanceDto>> GetAsync(Guid id, InstanceAppService instances, CancellationToken cancellationToken) =>
        TypedResults.Ok(await instances.GetAsync(id, cancellationToken));

    private static async Task<NoContent> SetVariableAsync(Guid id, SetVariableDto input, IncidentAppService incidents, CancellationToken cancellationToken)
    {
        await incidents.SetVariableAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PagedResult<IncidentDto>>> ListIncidentsAsync(
        [AsParameters] GetIncidentsInput input, IncidentAppService incidents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await incidents.ListAsync(input, cancellationToken));

    private static async Task<Ok<IncidentStepDto>> StepAsync(Guid id, IncidentAppService incidents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await incidents.StepAsync(id, cancellationToken));

    private static async Task<Ok<IncidentDto>> RetryAsync(Guid id, RetryIncidentDto input, IncidentAppService incidents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await incidents.RetryAsync(id, input, cancellationToken));

    private static async Task<Ok<IncidentDto>> SkipAsync(Guid id, SkipIncidentDto input, IncidentAppService incidents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await incidents.SkipAsync(id, input, cancellationToken));
}
