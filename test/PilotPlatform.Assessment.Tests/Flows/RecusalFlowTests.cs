using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.EventHandlers;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests.Flows;

/// <summary>回避: whoever is named instead finds the task in the inbox at once, whatever came before, on both versions of the flow.</summary>
public sealed class RecusalFlowTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private static readonly Persona City = People.Nantong.Coordinator;
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona Done = People.Jiangsu.Assessor;
    private static readonly Persona Leaves = People.Jiangsu.SecondAssessor;
    private static readonly Persona LeavesToo = People.Jiangsu.ThirdAssessor;
    private static readonly Persona Third = People.Jiangsu.ThirdAssessor;
    private static readonly Persona Newcomer = UserDoubles.FourthAssessor;
    private static readonly Persona SecondNewcomer = UserDoubles.FifthAssessor;
    private static readonly Persona ThirdNewcomer = UserDoubles.SixthAssessor;

    [Fact]
    public async Task Recusal_SendsTheScoringBackToWhoeverReplaces_AndThenToTheNewcomer()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SettleAsync();
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        await world.As(People.Jiangsu.Assessor).PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("亲属在该地区任职", sheet.ConcurrencyStamp));
        await world.SettleAsync();
        (await world.InboxAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Replace"]);
        var waiting = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{id}/replace-assessor", new ReplaceAssessorDto(People.Jiangsu.Assessor.Id, Third.Id, waiting.ConcurrencyStamp));
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBe(["Score"]);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Publish"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replaced_WhileOthersStillScore_TheNewcomersTaskComesAtOnce(bool onFirstVersions)
    {
        var before = onFirstVersions ? await world.FirstVersionsInForceAsync() : null;
        Guid pilot, id;
        try
        {
            pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            id = (await world.AssessmentOfAsync(pilot)).Id;
            await world.PanelAsync(pilot);
            await world.SettleAsync();
        }
        finally
        {
            await world.ReinstateAsync(before ?? []);
        }

        await world.RecusedAsync(pilot, People.Jiangsu.Assessor);
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        await world.ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        // In the same step: no event was delivered and no job run since.
        (await world.InboxAsync(Third, id)).Single().ShouldSatisfyAllConditions(
            t => t.NodeId.ShouldBe("Score"), t => t.DueOn.ShouldBe(new DateOnly(2023, 6, 20)));
        (await world.NodesOfAsync(People.Jiangsu.SecondAssessor, id)).ShouldBe(["Score"]);
        await world.SettleAsync();
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBe(["Score"]);
        (await world.NodesOfAsync(Office, id)).ShouldBeEmpty("nobody is asked for who was named already");
        await world.SubmittedAsync(Third, pilot, 8, 16);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Publish"]);
        (await world.IncidentsAsync(People.Jiangsu.Administrator, (await world.ScoringAsync(id)).Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recusal_OfTheLastWhoHasNotScored_AsksForSomebodyAtOnce()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SettleAsync();
        await world.RecusedAsync(pilot, People.Jiangsu.Assessor);
        await world.SettleAsync();
        (await world.NodesOfAsync(People.Jiangsu.Assessor, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Replace"]);
        // Before the engine has looked again whom the panel waits for: the newcomer is found then, once.
        await world.ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBe(["Score"]);
        (await world.NodesOfAsync(Office, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recusal_OfTheNewcomerToo_TheNextHasTheTaskAtOnce_AndTheRegionLearnsNothing()
    {
        var fourth = People.Jiangsu.Coordinator;
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var id = (await world.AssessmentOfAsync(pilot)).Id;
        await world.PanelAsync(pilot);
        await world.SettleAsync();
        await world.RecusedAsync(pilot, People.Jiangsu.Assessor);
        await world.RecusedAsync(pilot, People.Jiangsu.SecondAssessor);
        await world.SettleAsync();
        // Nobody is left who could score: the office is asked, and whoever is named first does not wait for the second place.
        (await world.NodesOfAsync(Office, id)).ShouldBe(["Replace"]);
        await world.ReplacedAsync(pilot, People.Jiangsu.Assessor, Third);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBe(["Score"]);
        await world.RecusedAsync(pilot, Third);
        await world.SettleAsync();
        (await world.NodesOfAsync(Third, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(fourth, id)).ShouldBe(["Replace"]);
        var flows = await world.As(City).GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={id}&maxResultCount=200");
        flows.Items.ShouldHaveSingleItem().Key.ShouldBe(AssessmentFlow.Key);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task TwoRecused_AfterTheOthersSubmitted_BothNewcomersHaveTheirTaskAtOnce(bool onFirstVersions, bool namedBeforeAnythingElseHappens)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.RecusedAsync(pilot, LeavesToo);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBe(onFirstVersions ? [] : ["Replace"], "the first drawing has no step that asks; nothing else is asked of the office either");
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        if (!namedBeforeAnythingElseHappens)
        {
            await world.SettleAsync();
            (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        }

        await world.ReplacedAsync(pilot, LeavesToo, SecondNewcomer);
        if (!namedBeforeAnythingElseHappens)
        {
            // In the same step: no event was delivered and no job run since.
            (await world.NodesOfAsync(SecondNewcomer, id)).ShouldBe(["Score"]);
        }

        await world.SettleAsync();
        (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        (await world.InboxAsync(SecondNewcomer, id)).Single().ShouldSatisfyAllConditions(
            t => t.NodeId.ShouldBe("Score"), t => t.DueOn.ShouldBe(new DateOnly(2023, 6, 20)));
        await ScoreAndPublishAsync(pilot, id, SecondNewcomer, Newcomer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoRecused_OneAfterAnother_EachNewcomerHasTheTaskAtOnce(bool onFirstVersions)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.SettleAsync();
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        await world.SettleAsync();
        await world.RecusedAsync(pilot, LeavesToo);
        await world.SettleAsync();
        await world.ReplacedAsync(pilot, LeavesToo, SecondNewcomer);
        (await world.NodesOfAsync(SecondNewcomer, id)).ShouldBe(["Score"]);
        await world.SettleAsync();
        await ScoreAndPublishAsync(pilot, id, SecondNewcomer, Newcomer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoRecused_WhereTheFirstNewcomerHasScored_TheOfficeIsAskedForTheSecond(bool onFirstVersions)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.RecusedAsync(pilot, LeavesToo);
        await world.SettleAsync();
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        await world.SettleAsync();
        await world.SubmittedAsync(Newcomer, pilot, 8, 16);
        await world.SettleAsync();
        (await world.NodesOfAsync(Office, id)).ShouldBe(onFirstVersions ? [] : ["Replace"]);
        await world.ReplacedAsync(pilot, LeavesToo, SecondNewcomer);
        await world.SettleAsync();
        (await world.NodesOfAsync(SecondNewcomer, id)).ShouldBe(["Score"]);
        await ScoreAndPublishAsync(pilot, id, SecondNewcomer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Newcomer_WhoWithdrawsToo_IsReplacedAtOnce_AndSoIsTheOther(bool onFirstVersions)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.RecusedAsync(pilot, LeavesToo);
        await world.SettleAsync();
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        await world.SettleAsync();
        await world.RecusedAsync(pilot, Newcomer);
        await world.SettleAsync();
        (await world.NodesOfAsync(Newcomer, id)).ShouldBeEmpty();
        await world.ReplacedAsync(pilot, LeavesToo, SecondNewcomer);
        await world.SettleAsync();
        (await world.NodesOfAsync(SecondNewcomer, id)).ShouldBe(["Score"]);
        await world.ReplacedAsync(pilot, Newcomer, ThirdNewcomer);
        (await world.NodesOfAsync(ThirdNewcomer, id)).ShouldBe(["Score"]);
        await world.SettleAsync();
        await ScoreAndPublishAsync(pilot, id, SecondNewcomer, ThirdNewcomer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replaced_BeforeTheRecusalWasDelivered_HasTheTaskOnce(bool onFirstVersions)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        await world.SettleAsync();
        (await world.NodesOfAsync(Leaves, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        await ScoreAndPublishAsync(pilot, id, LeavesToo, Newcomer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recusal_ToldTwice_CountsOnce(bool onFirstVersions)
    {
        var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions);
        await world.RecusedAsync(pilot, Leaves);
        await world.SettleAsync();
        await ToldAgainAsync(id);
        await world.RecusedAsync(pilot, LeavesToo);
        await world.SettleAsync();
        await ToldAgainAsync(id);
        await world.ReplacedAsync(pilot, Leaves, Newcomer);
        await world.SettleAsync();
        await ToldAgainAsync(id);
        await world.ReplacedAsync(pilot, LeavesToo, SecondNewcomer);
        await world.SettleAsync();
        await ToldAgainAsync(id);
        (await world.NodesOfAsync(Leaves, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(LeavesToo, id)).ShouldBeEmpty();
        (await world.NodesOfAsync(Newcomer, id)).ShouldBe(["Score"]);
        (await world.NodesOfAsync(SecondNewcomer, id)).ShouldBe(["Score"]);
        await ScoreAndPublishAsync(pilot, id, Newcomer, SecondNewcomer);
    }

    [Fact]
    public async Task TwoRecused_AtTheSameMoment_NeitherIsRefused_NorLearnsOfTheOther()
    {
        for (var round = 0; round < 6; round++)
        {
            var (pilot, id) = await GivenOneSubmittedAsync(onFirstVersions: false);
            await Task.WhenAll(world.RecusedAsync(pilot, Leaves), world.RecusedAsync(pilot, LeavesToo));
            await world.SettleAsync();
            (await world.NodesOfAsync(Leaves, id)).ShouldBeEmpty();
            (await world.NodesOfAsync(LeavesToo, id)).ShouldBeEmpty();
            (await world.NodesOfAsync(Office, id)).ShouldBe(["Replace"]);
        }
    }

    /// <summary>A panel of three on one of the versions, one of whom has submitted.</summary>
    private async Task<(Guid Pilot, Guid Id)> GivenOneSubmittedAsync(bool onFirstVersions)
    {
        var before = onFirstVersions ? await world.FirstVersionsInForceAsync() : null;
        try
        {
            var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
            var scheme = await world.PublishedSchemeAsync(third: ThirdScoreRule.MeanOfAll);
            var waiting = await world.AssessmentOfAsync(pilot);
            await world.As(Office).PostAsAsync<AssessmentDto>(
                $"/api/assessment/assessments/{waiting.Id}/assign-panel",
                new AssignPanelDto([Done.Id, Leaves.Id, LeavesToo.Id], scheme.Id, new DateOnly(2023, 6, 20), waiting.ConcurrencyStamp));
            await world.SubmittedAsync(Done, pilot, 9, 18);
            await world.SettleAsync();
            return (pilot, waiting.Id);
        }
        finally
        {
            await world.ReinstateAsync(before ?? []);
        }
    }

    /// <summary>The message that somebody withdrew comes once more.</summary>
    private async Task ToldAgainAsync(Guid id)
    {
        await world.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new ScoreSheetSubmitted(id));
            await db.SaveChangesAsync();
        });
        await world.SettleAsync();
    }

    private async Task ScoreAndPublishAsync(Guid pilot, Guid id, params Persona[] assessors)
    {
        foreach (var assessor in assessors)
        {
            (await world.NodesOfAsync(Office, id)).ShouldBeEmpty(assessor.DisplayName);
            await world.SubmittedAsync(assessor, pilot, 8, 16);
            await world.SettleAsync();
            (await world.NodesOfAsync(assessor, id)).ShouldBeEmpty(assessor.DisplayName);
        }

        (await world.NodesOfAsync(Office, id)).ShouldBe(["Publish"]);
        var scoring = await world.ScoringAsync(id);
        scoring.Status.ShouldBe("Completed");
        (await world.IncidentsAsync(People.Jiangsu.Administrator, scoring.Id)).ShouldBeEmpty();
    }
}
