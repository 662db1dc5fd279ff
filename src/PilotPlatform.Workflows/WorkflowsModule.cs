using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Notifications;
using PilotPlatform.Scheduling;
using PilotPlatform.Seeding;
using PilotPlatform.Workflows.Choices;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.EventHandlers;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Migrations;
using PilotPlatform.Workflows.Seeding;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows;

/// <summary>BPMN 2.0 flows: definitions, instances, human tasks, timers, incidents. Knows no domain module.</summary>
public static class WorkflowsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.AddPlatformModule("Workflows", typeof(WorkflowsModule).Assembly, WorkflowsPermissions.Definitions, new Dictionary<string, int>
        {
            [WorkflowsErrorCodes.NotYours] = StatusCodes.Status403Forbidden,
        });
        services.AddMemoryCache();
        services.AddSingleton<WorkflowModelCache>();
        services.AddSingleton<StepQueries>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<IWorkflowJobRunner, WorkflowJobRunner>();
        services.AddSingleton<DueReminders>();
        services.AddRecurringWork<DueReminderRound>("workflows.due-reminders", DueReminderRound.Interval);
        services.AddSingleton<DelegationReturns>();
        services.AddRecurringWork<DelegationRound>("workflows.delegations", DelegationRound.Interval);
        services.AddScoped<WorkflowModels>();
        services.AddScoped<AssigneeResolver>();
        services.AddScoped<WorkflowEngine>();
        services.AddScoped<WorkflowDirectory>();
        services.AddScoped<IWorkflows, WorkflowStarter>();
        services.AddScoped<IFlowActor, FlowActor>();
        services.AddSingleton<FlowFit>();
        services.AddScoped<IWorkflowChoices, WorkflowChoices>();
        services.AddScoped<ModelInspector>();
        services.AddScoped<DefinitionAppService>();
        services.AddScoped<Retirement>();
        services.AddScoped<MigrationAppService>();
        services.AddScoped<InstanceAppService>();
        services.AddScoped<IncidentAppService>();
        services.AddScoped<InboxCaller>();
        services.AddScoped<TaskAppService>();
        services.AddScoped<TaskVerbs>();
        services.AddScoped<TaskPlaces>();
        services.AddScoped<DelegationAppService>();
        services.AddScoped<ILiveCounter, TaskCounter>();
        services.AddScoped<IDataSeeder, StandardWorkflowSeeder>();
        services.AddEventHandler<TaskOffered, WhenTaskOffered>("workflows.when-task-offered");
        services.AddEventHandler<IncidentOpened, WhenIncidentOpened>("workflows.when-incident-opened");
        return services;
    }

    /// <summary>Runs jobs and timers in the background; a command-line tool or a test drives the runner itself.</summary>
    public static IServiceCollection AddWorkflowWorker(this IServiceCollection services) => services.AddHostedService<WorkflowWorker>();

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        TaskEndpoints.Map(routes);
        InstanceEndpoints.Map(routes);
        DefinitionEndpoints.Map(routes);
    }
}
