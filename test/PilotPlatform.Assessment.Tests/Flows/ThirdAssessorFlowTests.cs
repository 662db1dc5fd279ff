using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Assessment.Tests.Flows;

/// <summary>The scoring flow where scores lie far apart or an assessor withdraws, and instances that began on the first versions of both flows.</summary>
public sealed class ThirdAssessorFlowTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>, IDisposable
{
    private static readonly Persona City = People.Nantong.Coordinator;
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona Third = People.Jiangsu.ThirdAssessor;

    public void Dispose() => world.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Spread_AnsweredByAThirdAssessorOnThePage_TakesTheFlowAlong()
    {
        var (pilot, wide) = await GivenWideAsync();
        (await InboxAsync(Office, wide.Id)).ShouldBe(["Decide"]);
        await CallThirdAsync(wide);
        await SettleAsync();
        (await InboxAsync(Office, wide.Id)).ShouldBeEmpty();
        (await world.InboxAsync(Third, wide.Id)).Single().ShouldSatisfyAllConditions(t => t.NodeId.ShouldBe("ThirdScore"), t => t.DueOn.ShouldBe(new DateOnly(2023, 6, 25)));
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await SettleAsync();
        (await world.InboxAsync(Third, wide.Id)).ShouldBeEmpty();
        (await InboxAsync(Office, wide.Id)).ShouldBe(["Publish"]);
    }

    [Fact]
    public async Task Spread_StillWideAfterTheThird_IsModerated()
    {
        var (pilot, wide) = await GivenWideAsync();
        await CallThirdAsync(wide);
        await world.SubmittedAsync(Third, pilot, 5.5m, 11);
        await SettleAsync();
        (await InboxAsync(Office, wide.Id)).ShouldBe(["Moderate"]);
        var still = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto("三名专家会商后一致认可平均分。", still.ConcurrencyStamp));
        await SettleAsync();
        (await InboxAsync(Office, wide.Id)).ShouldBe(["Publish"]);
        (await world.AssessmentOfAsync(pilot)).Outcome!.SpreadNote.ShouldBe("三名专家会商后一致认可平均分。");
    }

    [Fact]
    public async Task Spread_ThirdWishedForInTheInboxWithoutAName_ComesBack()
    {
        var (_, wide) = await GivenWideAsync();
        await world.CompleteAsync(Office, wide.Id, "Decide", new { way = "Third" });
        await SettleAsync();
        (await InboxAsync(Office, wide.Id)).ShouldBe(["Decide"]);
    }

    [Fact]
    public async Task Recusal_SendsTheScoringBackToWhoeverReplaces_AndThenToTheNewcomer()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await SettleAsync();
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        await world.As(People.Jiangsu.Assessor).PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("亲属在该地区任职", sheet.ConcurrencyStamp));
        await SettleAsync();
        (await world.InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        (await InboxAsync(Office, id)).ShouldBe(["Replace"]);
        var waiting = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{id}/replace-assessor", new ReplaceAssessorDto(People.Jiangsu.Assessor.Id, Third.Id, waiting.ConcurrencyStamp));
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBe(["Score"]);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await SettleAsync();
        (await InboxAsync(Office, id)).ShouldBe(["Publish"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replaced_WhileOthersStillScore_TheNewcomersTaskComesAtOnce(bool onFirstVersions)
    {
        var before = onFirstVersions ? await PublishedAsync(ReadFirst) : null;
        Guid pilot, id;
        try
        {
            pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            id = (await world.AssessmentOfAsync(pilot)).Id;
            await world.PanelAsync(pilot);
            await SettleAsync();
        }
        finally
        {
            await ReinstateAsync(before ?? []);
        }

        await RecusedAsync(pilot, People.Jiangsu.Assessor);
        await SettleAsync();
        (await InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        await ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        // In the same step: no event was delivered and no job run since.
        (await world.InboxAsync(Third, id)).Single().ShouldSatisfyAllConditions(
            t => t.NodeId.ShouldBe("Score"), t => t.DueOn.ShouldBe(new DateOnly(2023, 6, 20)));
        (await InboxAsync(People.Jiangsu.SecondAssessor, id)).ShouldBe(["Score"]);
        await SettleAsync();
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBe(["Score"]);
        (await InboxAsync(Office, id)).ShouldBeEmpty("nobody is asked for who was named already");
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBeEmpty();
        (await InboxAsync(Office, id)).ShouldBe(["Publish"]);
        (await world.IncidentsAsync(People.Jiangsu.Administrator, (await ScoringAsync(id)).Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recusal_OfTheLastWhoHasNotScored_AsksForSomebodyAtOnce()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        await RecusedAsync(pilot, People.Jiangsu.Assessor);
        await SettleAsync();
        (await InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        (await InboxAsync(Office, id)).ShouldBe(["Replace"]);
        // Before the engine has looked again whom the panel waits for: the newcomer is found then, once.
        await ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBe(["Score"]);
        (await InboxAsync(Office, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recusal_OfTheNewcomerToo_TheNextHasTheTaskAtOnce_AndTheRegionLearnsNothing()
    {
        var fourth = People.Jiangsu.Coordinator;
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await SettleAsync();
        await RecusedAsync(pilot, People.Jiangsu.Assessor);
        await RecusedAsync(pilot, People.Jiangsu.SecondAssessor);
        await SettleAsync();
        // Nobody is left who could score: the office is asked, and whoever is named first does not wait for the second place.
        (await InboxAsync(Office, id)).ShouldBe(["Replace"]);
        await ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBe(["Score"]);
        await RecusedAsync(pilot, Third);
        await SettleAsync();
        (await InboxAsync(Third, id)).ShouldBeEmpty();
        (await InboxAsync(fourth, id)).ShouldBe(["Replace"]);
        var flows = await world.As(City).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200");
        flows.Items.ShouldHaveSingleItem().Key.ShouldBe(AssessmentFlow.Key);
    }

    [Fact]
    public async Task SelfAssessmentTask_DoneInTheInboxWithoutHandingIn_ComesBack()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.CompleteAsync(City, id, "SelfAssess");
        await SettleAsync();
        (await InboxAsync(City, id)).ShouldBe(["SelfAssess"]);
        await world.PanelAsync(pilot);
        await SettleAsync();
        await world.HandedInAsync(City, pilot);
        await SettleAsync();
        (await InboxAsync(City, id)).ShouldBeEmpty();
        (await world.IncidentsAsync(People.Jiangsu.Administrator, (await world.FlowOfAsync(City, id))!.Instance.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ruling_ThatAdjustsFromTheInbox_ComesBack_BecauseThePointsAreGivenOnThePage()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        await SettleAsync();
        await world.CompleteAsync(People.Jiangsu.Leader, result.AssessmentId, "Rule", new { ruling = "Upheld", rulingText = "调整。" });
        await SettleAsync();
        (await InboxAsync(People.Jiangsu.Leader, result.AssessmentId)).ShouldBe(["Rule"]);
        (await world.ResultAsync(City, result.Id)).State.ShouldBe(ResultState.UnderObjection);
        await world.As(City).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection/withdraw", new ObjectionStampDto(result.Objection!.ConcurrencyStamp));
        await SettleAsync();
        (await InboxAsync(People.Jiangsu.Leader, result.AssessmentId)).ShouldBeEmpty();
        (await world.FlowOfAsync(City, result.AssessmentId))!.DoneNodes.ShouldContain("Finalise");
    }

    [Fact]
    public async Task FirstVersions_RunOnAsTheyBegan_WhenTheNextOnesAreInForce()
    {
        var before = await PublishedAsync(ReadFirst);
        Guid pilot;
        AssessmentDto wide;
        try
        {
            pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            await world.PanelAsync(pilot);
            await SettleAsync();
        }
        finally
        {
            await ReinstateAsync(before);
        }

        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.CompleteAsync(City, id, "SelfAssess", new { selfAssessment = "在旧版表单里写的自评。" });
        await SettleAsync();
        (await world.SheetAsync(People.Jiangsu.Assessor, pilot)).SelfAssessment.ShouldBe("在旧版表单里写的自评。");
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        (await InboxAsync(Office, id)).ShouldBe(["Moderate"]);

        // The page knows the third assessor; the old drawing does not, and waits at the moderation until the result is published.
        wide = await world.AssessmentOfAsync(pilot);
        await CallThirdAsync(wide);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await SettleAsync();
        var settled = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{id}/publish", new PublishResultDto("达到预期。", null, settled.ConcurrencyStamp));
        await SettleAsync();
        (await InboxAsync(Office, id)).ShouldBeEmpty();
        var result = await world.ResultAsync(City, (await world.AssessmentOfAsync(pilot)).ResultId!.Value);
        result.Total.ShouldBe(85);
        result = await world.ObjectedAsync(result, City);
        await world.CompleteAsync(People.Jiangsu.Leader, id, "Rule", new { ruling = "Dismissed", rulingText = "维持原结果。" });
        await SettleAsync();
        (await world.ResultAsync(City, result.Id)).State.ShouldBe(ResultState.Final);
        (await world.FlowOfAsync(City, id))!.Instance.Status.ShouldBe("Completed");
        foreach (var flow in (await world.As(Office).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200")).Items)
        {
            flow.Status.ShouldBe("Completed", flow.Key);
            (await world.IncidentsAsync(People.Jiangsu.Administrator, flow.Id)).ShouldBeEmpty();
        }
    }

    private async Task RecusedAsync(Guid pilot, Persona assessor)
    {
        var sheet = await world.SheetAsync(assessor, pilot);
        await world.As(assessor).PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("亲属在该地区任职", sheet.ConcurrencyStamp));
    }

    private async Task ReplacedAsync(Guid pilot, Persona recused, Persona newcomer)
    {
        var waiting = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{waiting.Id}/replace-assessor", new ReplaceAssessorDto(recused.Id, newcomer.Id, waiting.ConcurrencyStamp));
    }

    /// <summary>The issuer's own flow.</summary>
    private async Task<FlowRow> ScoringAsync(Guid id) =>
        (await world.As(Office).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200")).Items.Single(i => i.Key == AssessmentFlow.ScoringKey);

    private async Task<(Guid Pilot, AssessmentDto Wide)> GivenWideAsync()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var wide = await world.WideSpreadAsync(pilot);
        await SettleAsync();
        return (pilot, wide);
    }

    private Task<AssessmentDto> CallThirdAsync(AssessmentDto assessment) => world.As(Office).PostAsAsync<AssessmentDto>(
        $"/api/assessment/assessments/{assessment.Id}/call-third", new CallThirdDto(Third.Id, new DateOnly(2023, 6, 25), assessment.ConcurrencyStamp));

    private async Task<IReadOnlyList<string>> InboxAsync(Persona persona, Guid id) =>
        [.. (await world.InboxAsync(persona, id)).Select(t => t.NodeId).Order(StringComparer.Ordinal)];

    private async Task SettleAsync()
    {
        do
        {
            await world.DeliverEventsAsync();
        }
        while (await world.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }

    private static string ReadFirst(string key)
    {
        var file = key == AssessmentFlow.Key ? AssessmentFlow.File : AssessmentFlow.ScoringFile;
        using var stream = typeof(ThirdAssessorFlowTests).Assembly.GetManifestResourceStream($"FirstVersions.{file}")
            ?? throw new InvalidOperationException($"The first version of {file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Publishes the first versions as if they were in force; answers the versions that were.</summary>
    private async Task<Dictionary<string, Guid?>> PublishedAsync(Func<string, string> xmlOf)
    {
        var before = new Dictionary<string, Guid?>();
        await world.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            foreach (var key in new[] { AssessmentFlow.Key, AssessmentFlow.ScoringKey })
            {
                var definition = await db.Set<WorkflowDefinition>().SingleAsync(d => d.Key == key);
                before[key] = definition.CurrentVersionId;
                var first = new WorkflowVersion(services.GetRequiredService<IIdGenerator>().NewId(), definition, xmlOf(key));
                db.Add(first);
                definition.Publish(first, "第一版", services.GetRequiredService<TimeProvider>().UtcNow(), "系统");
            }

            await db.SaveChangesAsync();
        });
        return before;
    }

    private Task ReinstateAsync(Dictionary<string, Guid?> versions) => world.AsSystemAsync(TenantRef.Root, async services =>
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        foreach (var (key, version) in versions)
        {
            await db.Set<WorkflowDefinition>().Where(d => d.Key == key).ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version));
        }
    });
}
