using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Replication.EventHandlers;
using PilotPlatform.Replication.Flows;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Replication.Reports;
using PilotPlatform.Replication.Seeding;
using PilotPlatform.Seeding;
using PilotPlatform.WorkItems;
using PilotPlatform.Workflows;

namespace PilotPlatform.Replication;

/// <summary>Practices, certification, adoptions, replication reports.</summary>
public static class ReplicationModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddReplication(this IServiceCollection services)
    {
        services.AddPlatformModule("Replication", typeof(ReplicationModule).Assembly, ReplicationPermissions.Definitions);
        services.AddScoped<PracticeLibrary>();
        services.AddScoped<DraftAppService>();
        services.AddScoped<CertificationFlow>();
        services.AddStandardWorkflow(CertificationFlow.Key, "认定与推广", typeof(ReplicationModule).Assembly, CertificationFlow.File, runsAtIssuer: true);
        services.AddWorkflowEvent(CertificationFlow.Certified);
        services.AddServiceTask<CertifyTask>(CertifyTask.Name);
        services.AddScoped<AdoptionAppService>();
        services.AddScoped<ReportAppService>();
        services.AddScoped<IPracticeLookup, PracticeLookup>();
        services.AddScoped<IWorkItemSource, ReplicationWorkItems>();
        services.AddEventHandler<ResultPublished, WhenResultPublished>("replication.when-result-published");
        services.AddEventHandler<AdoptionChanged, WhenAdoptionChanged>("replication.when-adoption-changed");
        services.AddEventHandler<ReportDownloaded, WhenReportDownloaded>("replication.when-report-downloaded");
        services.AddScoped<IDemoSeeder, ReplicationDemoSeeder>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapReplication(this IEndpointRouteBuilder routes)
    {
        PracticeEndpoints.Map(routes);
        DraftEndpoints.Map(routes);
        AdoptionEndpoints.Map(routes);
    }
}
