using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.EventHandlers;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Pilots.Seeding;
using PilotPlatform.Programmes;
using PilotPlatform.Seeding;
using PilotPlatform.WorkItems;
using PilotPlatform.Workflows;

namespace PilotPlatform.Pilots;

/// <summary>Pilots, their plans, deliverables and review.</summary>
public static class PilotsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPilots(this IServiceCollection services)
    {
        services.AddPlatformModule("Pilots", typeof(PilotsModule).Assembly, PilotsPermissions.Definitions, new Dictionary<string, int>
        {
            [PilotsErrorCodes.OnlyCarryingRegion] = StatusCodes.Status403Forbidden,
            [PilotsErrorCodes.OnlyIssuer] = StatusCodes.Status403Forbidden,
        });
        services.AddSingleton<PilotStory>();
        services.AddScoped<PilotDesk>();
        services.AddScoped<PilotAppService>();
        services.AddScoped<PlanAppService>();
        services.AddScoped<DeliverableAppService>();
        services.AddScoped<ReviewAppService>();
        services.AddScoped<SubmissionVerbs>();
        services.AddScoped<SubmissionFlow>();
        services.AddScoped<LedgerKeeper>();
        services.AddScoped<LedgerAppService>();
        services.AddScoped<LedgerDesk>();
        services.AddScoped<LedgerFiles>();
        services.AddScoped<LedgerExport>();
        services.AddScoped<IWorkItemSource, LedgerWorkItems>();
        services.AddScoped<IPilotLookup, PilotLookup>();
        services.AddScoped<IPilotVerbs, PilotVerbs>();
        services.AddScoped<IWorkItemSource, PilotWorkItems>();
        services.AddScoped<IDemoSeeder, PilotsDemoSeeder>();
        services.AddScoped<IDemoSeeder, LedgerDemoSeeder>();
        services.AddStandardWorkflow(SubmissionFlow.Key, "成果报送", typeof(PilotsModule).Assembly, SubmissionFlow.File);
        services.AddWorkflowEvent(SubmissionFlow.HandedIn);
        services.AddWorkflowEvent(SubmissionFlow.Decided);
        services.AddServiceTask<SubmitTask>(SubmissionTaskNames.Submit);
        services.AddServiceTask<DecideTask>(SubmissionTaskNames.Decide);
        services.AddServiceTask<ArchiveTask>(SubmissionTaskNames.Archive);
        services.AddEventHandler<RegionAssigned, WhenRegionAssigned>("pilots.when-region-assigned");
        services.AddEventHandler<AssignmentRevoked, WhenAssignmentRevoked>("pilots.when-assignment-revoked");
        services.AddEventHandler<ItemListIssued, WhenItemListIssued>("pilots.when-item-list-issued");
        services.AddEventHandler<LedgerDue, WhenLedgerDue>("pilots.when-ledger-due");
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapPilots(this IEndpointRouteBuilder routes)
    {
        PilotEndpoints.Map(routes);
        PlanEndpoints.Map(routes);
        DeliverableEndpoints.Map(routes);
        LedgerEndpoints.Map(routes);
    }
}
