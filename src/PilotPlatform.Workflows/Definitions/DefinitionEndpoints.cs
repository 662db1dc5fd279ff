using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Workflows.Migrations;

namespace PilotPlatform.Workflows.Definitions;

internal static class DefinitionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var definitions = routes.MapGroup("/api/workflow-definitions").WithTags("WorkflowDefinitions");
        definitions.MapGet("", ListAsync).RequirePermission(WorkflowsPermissions.View).WithName("ListWorkflowDefinitions")
            .WithSummary("Flows of the caller's region, of those below, and those inherited from above.");
        definitions.MapGet("{id:guid}", GetAsync).RequirePermission(WorkflowsPermissions.View).WithName("GetWorkflowDefinition").WithSummary("One with its versions.");
        definitions.MapPost("", CreateAsync).RequirePermission(WorkflowsPermissions.Design).WithName("CreateWorkflowDefinition")
            .WithSummary("A flow of one's own, new or overriding one from above.");
        definitions.MapPut("{id:guid}", EditAsync).RequirePermission(WorkflowsPermissions.Design).WithName("EditWorkflowDefinition").WithSummary("Name, and whether regions below may override it.");
        definitions.MapPost("{id:guid}/draft", OpenDraftAsync).RequirePermission(WorkflowsPermissions.Design).WithName("OpenWorkflowDraft")
            .WithSummary("The draft, begun from the last version when there is none.");
        definitions.MapPut("{id:guid}/draft", SaveDraftAsync).RequirePermission(WorkflowsPermissions.Design).WithName("SaveWorkflowDraft").WithSummary("Saves the draft, finished or not.");
        definitions.MapPost("{id:guid}/publish", PublishAsync).RequirePermission(WorkflowsPermissions.Design).WithName("PublishWorkflow")
            .WithSummary("Makes the draft the version in force; the checks must find no error.");
        definitions.MapPost("override-rules", DecideOverrideAsync).RequirePermission(WorkflowsPermissions.Design).WithName("DecideWorkflowOverride")
            .WithSummary("Whether regions below may have their own of a flow in force here.");
        definitions.MapPost("check", CheckAsync).RequirePermission(WorkflowsPermissions.Design).WithName("CheckWorkflowModel").WithSummary("What is refused, and what the checks find.");
        definitions.MapPost("simulate", Simulate).RequirePermission(WorkflowsPermissions.Design).WithName("SimulateWorkflow")
            .WithSummary("Plays a token through a document, by the steps done so far.");

        var versions = routes.MapGroup("/api/workflow-versions").WithTags("WorkflowVersions");
        versions.MapGet("{id:guid}", GetVersionAsync).RequirePermission(WorkflowsPermissions.View).WithName("GetWorkflowVersion").WithSummary("One version with its document.");
        versions.MapGet("{id:guid}/comparison", CompareAsync).RequirePermission(WorkflowsPermissions.View).WithName("CompareWorkflowVersions").WithSummary("What differs from another version.");
        versions.MapGet("{id:guid}/monitor", MonitorAsync).RequirePermission(WorkflowsPermissions.View).WithName("MonitorWorkflowVersion").WithSummary("Where its instances stand.");
        versions.MapGet("{id:guid}/migrations", ListMigrationsAsync).RequirePermission(WorkflowsPermissions.View).WithName("ListWorkflowMigrations").WithSummary("What was moved from or to a version.");
        versions.MapGet("{id:guid}/retirement", RetirementAsync).RequirePermission(WorkflowsPermissions.Design).WithName("GetWorkflowRetirement")
            .WithSummary("What retiring a version of one's own brings: what runs on it, what is in force then, who chose it.");
        versions.MapPost("{id:guid}/retire", RetireAsync).RequirePermission(WorkflowsPermissions.Design).WithName("RetireWorkflowVersion").WithSummary("Takes a version out of force; instances stay on it.");
        versions.MapPost("{id:guid}/migration-preview", PreviewAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("PreviewWorkflowMigration")
            .WithSummary("Which running instances a mapping of node ids would move, and what stands in the way.");
        versions.MapPost("{id:guid}/migrate", MigrateAsync).RequirePermission(WorkflowsPermissions.Administer).WithName("MigrateWorkflow").WithSummary("Moves the running instances that fit.");
        routes.MapGroup("/api/workflow-migrations").WithTags("WorkflowVersions").MapPost("{batchId:guid}/undo", UndoAsync)
            .RequirePermission(WorkflowsPermissions.Administer).WithName("UndoWorkflowMigration").WithSummary("Puts instances back that took no step since.");

        routes.MapGroup("/api/workflow-catalogue").WithTags("WorkflowDefinitions").MapGet("", CatalogueAsync)
            .RequirePermission(WorkflowsPermissions.View).WithName("GetWorkflowCatalogue").WithSummary("What a model may name: handlers, events, roles, offices, flows.");
    }

    private static async Task<Ok<PagedResult<DefinitionListItemDto>>> ListAsync(
        [AsParameters] GetDefinitionsInput input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.ListAsync(input, cancellationToken));

    private static async Task<Ok<DefinitionDto>> GetAsync(Guid id, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.GetAsync(id, cancellationToken));

    private static async Task<Ok<VersionDto>> CreateAsync(CreateDefinitionDto input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.CreateAsync(input, cancellationToken));

    private static async Task<Ok<DefinitionDto>> EditAsync(Guid id, EditDefinitionDto input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.EditAsync(id, input, cancellationToken));

    private static async Task<Ok<VersionDto>> OpenDraftAsync(Guid id, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.OpenDraftAsync(id, cancellationToken));

    private static async Task<Ok<VersionDto>> SaveDraftAsync(Guid id, SaveDraftDto input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.SaveDraftAsync(id, input, cancellationToken));

    private static async Task<Ok<VersionDto>> PublishAsync(Guid id, PublishDto input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.PublishAsync(id, input, cancellationToken));

    private static async Task<NoContent> DecideOverrideAsync(DecideOverrideDto input, DefinitionAppService definitions, CancellationToken cancellationToken)
    {
        await definitions.DecideOverrideAsync(input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<CheckResultDto>> CheckAsync(CheckModelDto input, ModelInspector inspector, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inspector.CheckAsync(input.Xml, cancellationToken));

    private static Ok<SimulationDto> Simulate(SimulateDto input) => TypedResults.Ok(ModelSimulator.Run(input));

    private static async Task<Ok<VersionDto>> GetVersionAsync(Guid id, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.GetVersionAsync(id, cancellationToken));

    private static async Task<Ok<ComparisonDto>> CompareAsync(Guid id, Guid with, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.CompareAsync(with, id, cancellationToken));

    private static async Task<Ok<MonitorDto>> MonitorAsync(Guid id, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.MonitorAsync(id, cancellationToken));

    private static async Task<Ok<RetirementDto>> RetirementAsync(Guid id, Retirement retirement, CancellationToken cancellationToken) =>
        TypedResults.Ok(await retirement.PreviewAsync(id, cancellationToken));

    private static async Task<Ok<DefinitionDto>> RetireAsync(Guid id, StampDto input, DefinitionAppService definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await definitions.RetireAsync(id, input, cancellationToken));

    private static async Task<Ok<MigrationPreviewDto>> PreviewAsync(Guid id, PreviewMigrationDto input, MigrationAppService migrations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await migrations.PreviewAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<MigrationListItemDto>>> ListMigrationsAsync(
        Guid id, [AsParameters] GetMigrationsInput input, MigrationAppService migrations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await migrations.ListAsync(id, input, cancellationToken));

    private static async Task<Ok<MigrationBatchDto>> MigrateAsync(Guid id, PreviewMigrationDto input, MigrationAppService migrations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await migrations.ApplyAsync(id, input, cancellationToken));

    private static async Task<Ok<MigrationBatchDto>> UndoAsync(Guid batchId, MigrationAppService migrations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await migrations.UndoAsync(batchId, cancellationToken));

    private static async Task<Ok<CatalogueDto>> CatalogueAsync(ModelInspector inspector, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inspector.CatalogueAsync(cancellationToken));
}
