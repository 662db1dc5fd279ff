using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Assessment.Tests.Flows;

/// <summary>评估, worked from the inbox, from the pages, and from both; and what the region assessed may learn of it.</summary>
public sealed class AssessmentFlowTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>, IDisposable
{
    private static readonly Persona City = People.Nantong.Coordinator;
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona Leader = People.Jiangsu.Leader;

    public void Dispose() => world.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Assessment_FromThePagesAlone_TakesTheFlowsAlong_AndIsFinalWhenNobodyObjects()
    {
        var (pilot, id) = await GivenAsync();
        (await StandsAsync(id)).ShouldBe(["Panel", "SelfAssess"]);
        await world.PanelAsync(pilot);
        (await InboxNodesAsync(People.Jiangsu.Assessor, id)).ShouldBe(["Score"]);
        (await world.InboxAsync(People.Jiangsu.SecondAssessor, id)).Single().DueOn.ShouldBe(new DateOnly(2023, 6, 20));
        (await InboxNodesAsync(People.Jiangsu.ThirdAssessor, id)).ShouldBeEmpty();

        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        (await world.InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        (await InboxNodesAsync(People.Jiangsu.SecondAssessor, id)).ShouldBe(["Score"]);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 17);
        await SettleAsync();
        (await InboxNodesAsync(Office, id)).ShouldBe(["Publish"]);

        await PublishAsync(pilot, null);
        var result = await ResultAsync(pilot);
        result.FinalAt.ShouldBeNull();
        result.ObjectionsUntil.ShouldBe(new DateOnly(2023, 6, 8));
        // The whole of the last day is the region's.
        world.Clock.SetChina(2023, 6, 8, 23);
        await SettleAsync();
        (await ResultAsync(pilot)).FinalAt.ShouldBeNull();
        world.Clock.SetChina(2023, 6, 9, 10);
        await SettleAsync();
        var final = await ResultAsync(pilot);
        final.FinalAt.ShouldNotBeNull();
        (await MainAsync(id)).DoneNodes.ShouldContain("Finalise");
        (await RefusalAsync(City, $"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("重新核算", final.ConcurrencyStamp))).ShouldBe((409, AssessmentErrorCodes.ObjectionTooLate));
    }

    [Fact]
    public async Task Assessment_FromTheInbox_WithASpread_GoesThroughModerationObjectionAndRuling()
    {
        var (pilot, id) = await GivenAsync();
        await world.PanelAsync(pilot);
        await SettleAsync();
        await world.HandedInAsync(City, pilot);
        await SettleAsync();
        (await InboxNodesAsync(City, id)).ShouldBeEmpty();
        (await MainAsync(id)).DoneNodes.ShouldContain("RecordSelf");
        (await world.SheetAsync(People.Jiangsu.Assessor, pilot)).SelfAssessment.ShouldBe("本市按期完成全部任务。");
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        (await InboxNodesAsync(Office, id)).ShouldBe(["Decide"]);

        await world.CompleteAsync(Office, id, "Decide", new { way = "Moderation" });
        await world.CompleteAsync(Office, id, "Moderate", new { minutes = "专家对完整性的理解不同，会商后维持评分。" });
        await SettleAsync();
        await world.CompleteAsync(Office, id, "Publish", new { comment = "总体达到预期。" });
        await SettleAsync();
        var result = await ResultAsync(pilot);
        result.Comment.ShouldBe("总体达到预期。");
        (await world.AssessmentOfAsync(pilot)).Outcome!.SpreadNote.ShouldBe("专家对完整性的理解不同，会商后维持评分。");
        world.Pilots.All[pilot].Status.ShouldBe(PilotStatus.Concluded);

        await world.As(City).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("指标口径有误", result.ConcurrencyStamp));
        (await RefusalAsync(City, $"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("再次异议", result.ConcurrencyStamp))).ShouldBe((409, AssessmentErrorCodes.AlreadyObjected));
        // The window's timer is gone: the ruling is waited for, however long it takes.
        world.Clock.SetChina(2023, 6, 12);
        await SettleAsync();
        (await ResultAsync(pilot)).FinalAt.ShouldBeNull();
        await world.CompleteAsync(Leader, id, "Rule", new { ruling = "Dismissed", rulingText = "口径与通知一致，维持原结果。" });
        await SettleAsync();
        (await ResultAsync(pilot)).ShouldSatisfyAllConditions(
            r => r.FinalAt.ShouldNotBeNull(),
            r => r.Objection!.Ruling.ShouldBe(ObjectionRuling.Dismissed),
            r => r.Objection!.RuledByName.ShouldBe(Leader.DisplayName));
        (await MainAsync(id)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Publish_OnThePageDuringModeration_EndsTheScoringAndOpensTheWindow()
    {
        var (pilot, id) = await GivenAsync();
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        await PublishAsync(pilot, "会商后维持评分");
        await SettleAsync();
        (await InboxNodesAsync(Office, id)).ShouldBeEmpty();
        var result = await ResultAsync(pilot);
        await world.As(City).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("指标口径有误", result.ConcurrencyStamp));
        var objection = (await ResultAsync(pilot)).Objection!;
        await world.As(Leader).PostAsAsync<ResultDto>(
            $"/api/assessment/results/{result.Id}/ruling",
            new RuleObjectionDto(ObjectionRuling.Upheld, "按新口径重新核分。", objection.ConcurrencyStamp, [new(result.Indicators[0].Key, 10)]));
        await SettleAsync();
        (await ResultAsync(pilot)).FinalAt.ShouldNotBeNull();
        (await MainAsync(id)).DoneNodes.ShouldContain("Final");
    }

    [Fact]
    public async Task Publish_FromTheInboxWithoutAnExplanationOfTheSpread_ComesBack()
    {
        var (pilot, id) = await GivenAsync();
        await world.PanelAsync(pilot, spreadThreshold: 5);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await SettleAsync();
        await world.CompleteAsync(Office, id, "Decide", new { way = "Moderation" });
        await world.CompleteAsync(Office, id, "Moderate", new { minutes = new string('长', 1500) });
        await SettleAsync();
        (await InboxNodesAsync(Office, id)).ShouldBe(["Moderate"]);
        (await world.AssessmentOfAsync(pilot)).Status.ShouldBe(AssessmentStatus.Scored);
    }

    [Fact]
    public async Task Panel_TaskWithoutAPanel_ComesBack()
    {
        var (_, id) = await GivenAsync();
        await world.CompleteAsync(Office, id, "Panel");
        (await InboxNodesAsync(Office, id)).ShouldBe(["Panel"]);
    }

    [Fact]
    public async Task SelfAssessment_NotGiven_IsPassedOverAfterTenWorkingDays()
    {
        var (pilot, id) = await GivenAsync();
        world.Clock.SetChina(2023, 6, 15, 8);
        await SettleAsync();
        (await InboxNodesAsync(City, id)).ShouldBe(["SelfAssess"]);
        world.Clock.SetChina(2023, 6, 15, 10);
        await SettleAsync();
        (await InboxNodesAsync(City, id)).ShouldBeEmpty();
        await world.PanelAsync(pilot);
        (await world.SheetAsync(People.Jiangsu.Assessor, pilot)).SelfAssessment.ShouldBeEmpty();
    }

    [Fact]
    public async Task City_LearnsNothingOfAssessorsOrScores()
    {
        var (pilot, id) = await GivenAsync();
        await world.PanelAsync(pilot);
        await SettleAsync();
        await world.HandedInAsync(City, pilot);
        await SettleAsync();
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4, "资料不全");
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18, "资料齐全");
        await SettleAsync();
        var wide = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{id}/call-third", new CallThirdDto(People.Jiangsu.ThirdAssessor.Id, null, wide.ConcurrencyStamp));
        await world.SubmittedAsync(People.Jiangsu.ThirdAssessor, pilot, 5.5m, 11, "资料基本齐全");
        await SettleAsync();
        await world.CompleteAsync(Office, id, "Moderate", new { minutes = "两位专家相差较大，会商后维持。" });
        await SettleAsync();

        var secrets = new[] { People.Jiangsu.Assessor, People.Jiangsu.SecondAssessor, People.Jiangsu.ThirdAssessor }.SelectMany(a => new[] { a.DisplayName, a.Id.ToString() })
            .Concat(["资料不全", "资料齐全", "相差较大", "资料基本齐全", "spreadAlarm", "thirdCalled", "\"minutes\""]).ToList();
        foreach (var person in new[] { City, People.Nantong.Leader, People.Nantong.Administrator })
        {
            var client = world.As(person);
            var page = await client.GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200");
            page.Items.ShouldHaveSingleItem().Key.ShouldBe(AssessmentFlow.Key);
            var text = await client.GetStringAsync(new Uri($"/api/workflow-instances/{page.Items[0].Id}", UriKind.Relative));
            secrets.ShouldAllBe(s => !text.Contains(s, StringComparison.Ordinal));
        }

        // Nor does anything that the region's own rows have left in the log, whoever may read that.
        var log = await world.AsAsync(People.Nantong.Auditor, services => services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().AsNoTracking()
            .Select(e => e.Details + e.ActorName + e.ActorId + e.SubjectId).ToListAsync());
        log.ShouldNotBeEmpty();
        log.ShouldAllBe(line => secrets.All(s => !line.Contains(s, StringComparison.Ordinal)));

        // The office sees both flows, and who scored.
        (await world.As(Office).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200")).Items
            .Select(i => i.Key).Order(StringComparer.Ordinal).ShouldBe([AssessmentFlow.Key, AssessmentFlow.ScoringKey]);
    }

    [Fact]
    public async Task Objection_IsTheRegionsOwn_AndTheRulingTheIssuers()
    {
        var (pilot, _) = await GivenAsync();
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 17);
        await PublishAsync(pilot, null);
        var result = await ResultAsync(pilot);
        var path = $"/api/assessment/results/{result.Id}";
        (await RefusalAsync(People.Yangzhou.Coordinator, path + "/objection", new RaiseObjectionDto("不服", result.ConcurrencyStamp))).Status.ShouldBe(404);
        (await RefusalAsync(Office, path + "/objection", new RaiseObjectionDto("不服", result.ConcurrencyStamp))).Status.ShouldBe(404);
        (await RefusalAsync(City, path + "/objection", new RaiseObjectionDto(" ", result.ConcurrencyStamp))).Status.ShouldBe(400);
        await world.As(City).PostAsAsync<ResultDto>(path + "/objection", new RaiseObjectionDto("指标口径有误", result.ConcurrencyStamp));
        var objection = (await ResultAsync(pilot)).Objection!;
        var ruling = new RuleObjectionDto(ObjectionRuling.Dismissed, "口径与通知一致。", objection.ConcurrencyStamp);
        (await RefusalAsync(People.Nantong.Leader, path + "/ruling", ruling)).Status.ShouldBe(404);
        (await RefusalAsync(Office, path + "/ruling", ruling)).Status.ShouldBe(403);
        (await world.As(Leader).PostAsAsync<ResultDto>(path + "/ruling", ruling)).Objection!.Ruling.ShouldBe(ObjectionRuling.Dismissed);
        objection = (await ResultAsync(pilot)).Objection!;
        (await RefusalAsync(Leader, path + "/ruling", ruling with { ConcurrencyStamp = objection.ConcurrencyStamp })).ShouldBe((409, AssessmentErrorCodes.AlreadyRuled));
    }

    [Fact]
    public async Task PilotWithdrawn_EndsBothFlows()
    {
        var (pilot, id) = await GivenAsync();
        await world.PanelAsync(pilot);
        await world.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new PilotWithdrawn(pilot, AssessmentWorld.ProgrammeId, AssessmentWorld.ThemeId, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path));
            await db.SaveChangesAsync();
        });
        await SettleAsync();
        (await world.InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        (await MainAsync(id)).Instance.Status.ShouldBe("Terminated");
    }

    [Fact]
    public async Task Flows_NotInForce_LeaveTheDomainAsItWas()
    {
        var before = await InForceAsync([]);
        try
        {
            var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            await world.PanelAsync(pilot);
            await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
            await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 17);
            await PublishAsync(pilot, null);
            (await ResultAsync(pilot)).Total.ShouldBeGreaterThan(0);
            (await world.FlowOfAsync(Office, (await world.AssessmentOfAsync(pilot)).Id)).ShouldBeNull();
        }
        finally
        {
            await InForceAsync(before);
        }
    }

    private async Task<(Guid Pilot, Guid Assessment)> GivenAsync()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        return (pilot, (await world.AssessmentOfAsync(pilot)).Id);
    }

    private async Task PublishAsync(Guid pilot, string? spreadNote)
    {
        var assessment = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{assessment.Id}/publish", new PublishResultDto("达到预期。", spreadNote, assessment.ConcurrencyStamp));
    }

    private async Task<ResultDto> ResultAsync(Guid pilot)
    {
        var assessment = await world.AssessmentOfAsync(pilot);
        return await world.As(City).GetAsAsync<ResultDto>($"/api/assessment/results/{assessment.ResultId}");
    }

    private async Task<(int Status, string? Code)> RefusalAsync(Persona persona, string path, object body) =>
        await world.As(persona).PostAsJsonAsync(new Uri(path, UriKind.Relative), body, PilotPlatformApp.Json).RefusalAsync();

    private async Task<IReadOnlyList<string>> InboxNodesAsync(Persona persona, Guid id) =>
        [.. (await world.InboxAsync(persona, id)).Select(t => t.NodeId).Order(StringComparer.Ordinal)];

    private Task<IReadOnlyList<string>> StandsAsync(Guid id) => world.StandsAtAsync(City, id);

    /// <summary>The flow that the region may follow.</summary>
    private async Task<FlowView> MainAsync(Guid id) => (await world.FlowOfAsync(City, id))!;

    private async Task SettleAsync()
    {
        do
        {
            await world.DeliverEventsAsync();
        }
        while (await world.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }

    private async Task<Dictionary<string, Guid?>> InForceAsync(Dictionary<string, Guid?> versions)
    {
        var before = new Dictionary<string, Guid?>();
        await world.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            foreach (var key in new[] { AssessmentFlow.Key, AssessmentFlow.ScoringKey })
            {
                var definitions = db.Set<WorkflowDefinition>().Where(d => d.Key == key);
                before[key] = await definitions.Select(d => d.CurrentVersionId).SingleAsync();
                var version = versions.GetValueOrDefault(key);
                await definitions.ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version));
            }
        });
        return before;
    }
}
