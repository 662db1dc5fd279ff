using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Assessment.Tests.Flows;

/// <summary>The steps that the tests of the module's flows share.</summary>
internal static class FlowSteps
{
    /// <summary>Delivers events and runs what is due until nothing is left to do.</summary>
    public static async Task SettleAsync(this AssessmentWorld world)
    {
        do
        {
            await world.DeliverEventsAsync();
        }
        while (await world.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }

    /// <summary>The steps for which an assessment is in somebody's inbox.</summary>
    public static async Task<IReadOnlyList<string>> NodesOfAsync(this AssessmentWorld world, Persona persona, Guid id) =>
        [.. (await world.InboxAsync(persona, id)).Select(t => t.NodeId).Order(StringComparer.Ordinal)];

    public static async Task RecusedAsync(this AssessmentWorld world, Guid pilot, Persona assessor)
    {
        var sheet = await world.SheetAsync(assessor, pilot);
        await world.As(assessor).PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("亲属在该地区任职", sheet.ConcurrencyStamp));
    }

    public static async Task ReplacedAsync(this AssessmentWorld world, Guid pilot, Persona recused, Persona newcomer)
    {
        var waiting = await world.AssessmentOfAsync(pilot);
        await world.As(People.Jiangsu.Coordinator).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{waiting.Id}/replace-assessor", new ReplaceAssessorDto(recused.Id, newcomer.Id, waiting.ConcurrencyStamp));
    }

    /// <summary>The issuer's own flow.</summary>
    public static async Task<FlowRow> ScoringAsync(this AssessmentWorld world, Guid id) =>
        (await world.As(People.Jiangsu.Coordinator).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200"))
            .Items.Single(i => i.Key == AssessmentFlow.ScoringKey);

    /// <summary>Publishes the first versions as if they were in force; answers the versions that were.</summary>
    public static async Task<Dictionary<string, Guid?>> FirstVersionsInForceAsync(this AssessmentWorld world)
    {
        var before = new Dictionary<string, Guid?>();
        await world.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            foreach (var key in new[] { AssessmentFlow.Key, AssessmentFlow.ScoringKey })
            {
                var definition = await db.Set<WorkflowDefinition>().SingleAsync(d => d.Key == key);
                before[key] = definition.CurrentVersionId;
                var first = new WorkflowVersion(services.GetRequiredService<IIdGenerator>().NewId(), definition, ReadFirst(key));
                db.Add(first);
                definition.Publish(first, "第一版", services.GetRequiredService<TimeProvider>().UtcNow(), "系统");
            }

            await db.SaveChangesAsync();
        });
        return before;
    }

    public static Task ReinstateAsync(this AssessmentWorld world, Dictionary<string, Guid?> versions) => world.AsSystemAsync(TenantRef.Root, async services =>
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        foreach (var (key, version) in versions)
        {
            await db.Set<WorkflowDefinition>().Where(d => d.Key == key).ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version));
        }
    });

    private static string ReadFirst(string key)
    {
        var file = key == AssessmentFlow.Key ? AssessmentFlow.File : AssessmentFlow.ScoringFile;
        using var stream = typeof(FlowSteps).Assembly.GetManifestResourceStream($"FirstVersions.{file}")
            ?? throw new InvalidOperationException($"The first version of {file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
