using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Flows;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Printing;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Reporting;
using PilotPlatform.Programmes.Requests;
using PilotPlatform.Programmes.Seeding;
using PilotPlatform.Programmes.Templates;
using PilotPlatform.Scheduling;
using PilotPlatform.Seeding;
using PilotPlatform.WorkItems;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes;

/// <summary>Notices, programmes, themes, claims and assignments.</summary>
public static class ProgrammesModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddProgrammes(this IServiceCollection services)
    {
        services.AddPlatformModule("Programmes", typeof(ProgrammesModule).Assembly, ProgrammesPermissions.Definitions, new Dictionary<string, int>
        {
            [ProgrammesErrorCodes.NoticeEmpty] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoticeTooLarge] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoticeGarbled] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoticeUnreadable] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoticeHasMacros] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoticeEncrypted] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NoTextLayer] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ConverterMissing] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ConversionTimedOut] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableEmpty] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableTooLarge] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableUnreadable] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableUnsupported] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableHasMacros] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.ItemTableEncrypted] = StatusCodes.Status422UnprocessableEntity,
            [ProgrammesErrorCodes.NotIssuer] = StatusCodes.Status403Forbidden,
            [ProgrammesErrorCodes.MayNotChoose] = StatusCodes.Status403Forbidden,
        });
        services.AddScoped<NoticeAppService>();
        services.AddScoped<NoticeChoosing>();
        services.AddScoped<ProgrammeFlowService>();
        services.AddScoped<IFlowChoiceNames, FlowChoiceNames>();
        services.AddScoped<ProgrammeIssuing>();
        services.AddScoped<ProgrammeAppService>();
        services.AddSingleton<NoticeConverter>();
        services.AddScoped<RevisionAppService>();
        services.AddScoped<TemplateAppService>();
        services.AddScoped<PrintAppService>();
        services.AddScoped<ClaimAppService>();
        services.AddScoped<AssignmentAppService>();
        services.AddScoped<ClaimDecisions>();
        services.AddScoped<ClaimFlow>();
        services.AddScoped<ItemListReader>();
        services.AddScoped<IItemListLookup>(provider => provider.GetRequiredService<ItemListReader>());
        services.AddScoped<ItemListAppService>();
        services.AddScoped<ItemListIssuing>();
        services.AddScoped<ItemFiles>();
        services.AddScoped<StatedCounts>();
        services.AddScoped<RegionRequestAppService>();
        services.AddScoped<RegionRequestDecisions>();
        services.AddScoped<RegionRequestOutcomes>();
        services.AddScoped<IWorkItemSource, RegionRequestWorkItems>();
        services.AddScoped<IProgrammeLookup, ProgrammeLookup>();
        services.AddScoped<IWorkItemSource, ProgrammesWorkItems>();
        services.AddScoped<NoticeLinks>();
        services.AddScoped<ReportingAppService>();
        services.AddScoped<IWorkItemSource, ReportingWorkItems>();
        services.AddSingleton<ReportingReminders>();
        services.AddRecurringWork<ReportingReminderRound>("programmes.reporting-reminders", ReportingReminderRound.Interval);
        services.AddScoped<IDemoSeeder, ProgrammesDemoSeeder>();
        services.AddStandardWorkflow(ClaimFlow.Key, "申领与确定", typeof(ProgrammesModule).Assembly, ClaimFlow.File);
        services.AddWorkflowEvent(ClaimFlow.Decided);
        services.AddServiceTask<DecideClaimTask>(DecideClaimTask.Name);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapProgrammes(this IEndpointRouteBuilder routes)
    {
        NoticeEndpoints.Map(routes);
        ProgrammeEndpoints.Map(routes);
        FlowChoiceEndpoints.Map(routes);
        PrintEndpoints.Map(routes);
        TemplateEndpoints.Map(routes);
        ClaimEndpoints.Map(routes);
        ItemListEndpoints.Map(routes);
        RegionRequestEndpoints.Map(routes);
        ReportingEndpoints.Map(routes);
    }
}
