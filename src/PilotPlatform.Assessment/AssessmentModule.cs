using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Choices;
using PilotPlatform.Assessment.EventHandlers;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Seeding;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Events;
using PilotPlatform.Files;
using PilotPlatform.Modules;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Seeding;
using PilotPlatform.WorkItems;
using PilotPlatform.Workflows;

namespace PilotPlatform.Assessment;

/// <summary>Schemes, panels, scores and results.</summary>
public static class AssessmentModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAssessment(this IServiceCollection services)
    {
        services.AddPlatformModule("Assessment", typeof(AssessmentModule).Assembly, AssessmentPermissions.Definitions, new Dictionary<string, int>
        {
            [AssessmentErrorCodes.NotIssuer] = StatusCodes.Status403Forbidden,
        });
        services.AddScoped<SchemeAppService>();
        services.AddScoped<SchemeChoices>();
        services.AddScoped<IThemeSchemes>(provider => provider.GetRequiredService<SchemeChoices>());
        services.AddScoped<SchemesOfPilots>();
        services.AddScoped<SchemeChoiceAppService>();
        services.AddScoped<PanelAppService>();
        services.AddScoped<PanelChanges>();
        services.AddScoped<SheetAppService>();
        services.AddScoped<SelfAssessmentAppService>();
        services.AddScoped<ResultAppService>();
        services.AddScoped<ResultPublishing>();
        services.AddScoped<Objections>();
        services.AddScoped<AssessmentFlow>();
        services.AddStandardWorkflow(AssessmentFlow.Key, "成效评估", typeof(AssessmentModule).Assembly, AssessmentFlow.File);
        services.AddStandardWorkflow(AssessmentFlow.ScoringKey, "专家评分", typeof(AssessmentModule).Assembly, AssessmentFlow.ScoringFile, runsAtIssuer: true);
        foreach (var name in AssessmentFlow.Events)
        {
            services.AddWorkflowEvent(name);
        }

        services.AddServiceTask<RecordSelfAssessmentTask>(AssessmentTaskNames.RecordSelfAssessment);
        services.AddServiceTask<CheckSpreadTask>(AssessmentTaskNames.CheckSpread);
        services.AddServiceTask<SettleScoringTask>(AssessmentTaskNames.SettleScoring);
        services.AddServiceTask<PublishTask>(AssessmentTaskNames.Publish);
        services.AddServiceTask<RuleTask>(AssessmentTaskNames.Rule);
        services.AddServiceTask<FinaliseTask>(AssessmentTaskNames.Finalise);
        services.AddEventHandler<PilotWithdrawn, WhenPilotWithdrawn>("assessment.when-pilot-withdrawn");
        services.AddScoped<IAssessmentLookup, AssessmentLookup>();
        services.AddScoped<IFileAccessRule, AssignedFileRule>();
        services.AddScoped<IWorkItemSource, AssessmentWorkItems>();
        services.AddEventHandler<PilotAccepted, WhenPilotAccepted>("assessment.when-pilot-accepted");
        services.AddEventHandler<ScoreSheetSubmitted, WhenScoreSheetSubmitted>("assessment.when-score-sheet-submitted");
        services.AddEventHandler<SelfAssessmentWanted, WhenSelfAssessmentWanted>("assessment.when-self-assessment-wanted");
        services.AddScoped<IDemoSeeder, AssessmentDemoSeeder>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapAssessment(this IEndpointRouteBuilder routes)
    {
        SchemeEndpoints.Map(routes);
        SchemeChoiceEndpoints.Map(routes);
        PanelEndpoints.Map(routes);
        SheetEndpoints.Map(routes);
        ResultEndpoints.Map(routes);
        SelfAssessmentEndpoints.Map(routes);
        WhereToEndpoint.Map(routes);
    }
}
