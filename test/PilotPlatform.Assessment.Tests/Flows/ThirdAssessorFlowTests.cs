using System.Net.Http.Json;
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

/// <summary>The scoring flow where scores lie far apart, and instances that began on the first versions of both flows.</summary>
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
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Decide"]);
        await CallThirdAsync(wide);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBeEmpty();
        (await world.InboxAsync(Third, wide.Id)).Single().ShouldSatisfyAllConditions(t => t.NodeId.ShouldBe("ThirdScore"), t => t.DueOn.ShouldBe(new DateOnly(2023, 6, 25)));
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await world.SettleAsync();
        (await world.InboxAsync(Third, wide.Id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Publish"]);
    }

    [Fact]
    public async Task Spread_StillWideAfterTheThird_IsModerated()
    {
        var (pilot, wide) = await GivenWideAsync();
        await CallThirdAsync(wide);
        await world.SubmittedAsync(Third, pilot, 5.5m, 11);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Moderate"]);
        var still = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto("三名专家会商后一致认可平均分。", still.ConcurrencyStamp));
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Publish"]);
        (await world.AssessmentOfAsync(pilot)).Outcome!.SpreadNote.ShouldBe("三名专家会商后一致认可平均分。");
    }

    [Fact]
    public async Task Spread_ThirdWishedForInTheInboxWithoutAName_ComesBack()
    {
        var (_, wide) = await GivenWideAsync();
        await world.CompleteAsync(Office, wide.Id, "Decide", new { way = "Third" });
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Decide"]);
    }

    [Fact]
    public async Task Spread_SentBackToTheScoring_ComesBack_BecauseEveryScoreIsIn()
    {
        var (_, wide) = await GivenWideAsync();
        var task = (await world.InboxAsync(Office, wide.Id)).Single();
        var sent = await world.As(Office).PostAsJsonAsync(
            $"/api/workflow-tasks/{task.Id}/send-back", new { toNodeId = "Score", reason = "请再评", task.ConcurrencyStamp }, PilotPlatformApp.Json);
        sent.IsSuccessStatusCode.ShouldBeTrue(await sent.Content.ReadAsStringAsync());
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Assessor, wide.Id)).ShouldBeEmpty("a sheet is handed in once");
        (await world.NodesOfAsync(Office, wide.Id)).ShouldBe(["Decide"]);
    }

    [Fact]
    public async Task Sheets_AllSubmittedBeforeTheFirstIsTold_TakeTheFlowOn()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SettleAsync();
        await world.SubmittedAndNotToldAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAndNotToldAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(People.Jiangsu.SecondAssessor, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Publish"]);
        (await world.ScoringAsync(id)).Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task ScoreTask_GivenToAnother_HoldsNothingUp_OnceEverySheetIsIn()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SettleAsync();
        var task = (await world.InboxAsync(People.Jiangsu.Assessor, id)).Single();
        var given = await world.As(People.Jiangsu.Assessor).PostAsJsonAsync(
            $"/api/workflow-tasks/{task.Id}/reassign", new { userId = Third.Id, reason = "请代评", task.ConcurrencyStamp }, PilotPlatformApp.Json);
        given.IsSuccessStatusCode.ShouldBeTrue(await given.Content.ReadAsStringAsync());
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBeEmpty("the sheet is its assessor's, and it is in");
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Publish"]);
    }

    [Fact]
    public async Task SelfAssessmentTask_DoneInTheInboxWithoutHandingIn_ComesBack()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.CompleteAsync(City, id, "SelfAssess");
        await world.SettleAsync();
        (await world.NodesOfAsync(City, id)).ShouldBe(["SelfAssess"]);
        await world.PanelAsync(pilot);
        await world.SettleAsync();
        await world.HandedInAsync(City, pilot);
        await world.SettleAsync();
        (await world.NodesOfAsync(City, id)).ShouldBeEmpty();
        (await world.IncidentsAsync(People.Jiangsu.Administrator, (await world.FlowOfAsync(City, id))!.Instance.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ruling_ThatAdjustsFromTheInbox_ComesBack_BecauseThePointsAreGivenOnThePage()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        await world.SettleAsync();
        await world.CompleteAsync(People.Jiangsu.Leader, result.AssessmentId, "Rule", new { ruling = "Upheld", rulingText = "调整。" });
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Leader, result.AssessmentId)).ShouldBe(["Rule"]);
        (await world.ResultAsync(City, result.Id)).State.ShouldBe(ResultState.UnderObjection);
        await world.As(City).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection/withdraw", new ObjectionStampDto(result.Objection!.ConcurrencyStamp));
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Leader, result.AssessmentId)).ShouldBeEmpty();
        (await world.FlowOfAsync(City, result.AssessmentId))!.DoneNodes.ShouldContain("Finalise");
    }

    [Fact]
    public async Task FirstVersions_RunOnAsTheyBegan_WhenTheNextOnesAreInForce()
    {
        var before = await world.FirstVersionsInForceAsync();
        Guid pilot;
        AssessmentDto wide;
        try
        {
            pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            await world.PanelAsync(pilot);
            await world.SettleAsync();
        }
        finally
        {
            await world.ReinstateAsync(before);
        }

        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.CompleteAsync(City, id, "SelfAssess", new { selfAssessment = "在旧版表单里写的自评。" });
        await world.SettleAsync();
        (await world.SheetAsync(People.Jiangsu.Assessor, pilot)).SelfAssessment.ShouldBe("在旧版表单里写的自评。");
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Moderate"]);

        // The page knows the third assessor; the old drawing does not, and waits at the moderation until the result is published.
        wide = await world.AssessmentOfAsync(pilot);
        await CallThirdAsync(wide);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await world.SettleAsync();
        var settled = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{id}/publish", new PublishResultDto("达到预期。", null, settled.ConcurrencyStamp));
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBeEmpty();
        var result = await world.ResultAsync(City, (await world.AssessmentOfAsync(pilot)).ResultId!.Value);
        result.Total.ShouldBe(85);
        result = await world.ObjectedAsync(result, City);
        await world.CompleteAsync(People.Jiangsu.Leader, id, "Rule", new { ruling = "Dismissed", rulingText = "维持原结果。" });
        await world.SettleAsync();
        (await world.ResultAsync(City, result.Id)).State.ShouldBe(ResultState.Final);
        (await world.FlowOfAsync(City, id))!.Instance.Status.ShouldBe("Completed");
        foreach (var flow in (await world.As(Office).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200")).Items)
        {
            flow.Status.ShouldBe("Completed", flow.Key);
            (await world.IncidentsAsync(People.Jiangsu.Administrator, flow.Id)).ShouldBeEmpty();
        }
    }

    private async Task<(Guid Pilot, AssessmentDto Wide)> GivenWideAsync()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var wide = await world.WideSpreadAsync(pilot);
        await world.SettleAsync();
        return (pilot, wide);
    }

    private Task<AssessmentDto> CallThirdAsync(AssessmentDto assessment) => world.As(Office).PostAsAsync<AssessmentDto>(
        $"/api/assessment/assessments/{assessment.Id}/call-third", new CallThirdDto(Third.Id, new DateOnly(2023, 6, 25), assessment.ConcurrencyStamp));
}
