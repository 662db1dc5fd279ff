using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Replication.Flows;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Replication.Tests.Flows;

/// <summary>认定与推广, worked from the inbox, from the pages, and from both.</summary>
public sealed class CertificationFlowTests(ReplicationWorld world) : IClassFixture<ReplicationWorld>, IDisposable
{
    private static readonly Persona Writer = People.Jiangsu.Coordinator;
    private static readonly Persona Certifier = People.Jiangsu.Leader;

    public void Dispose() => world.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Certification_FromTheInbox_GoesBackAndThenIntoTheLibrary()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        await world.CompleteAsync(Writer, draft.Id, "Write");
        await world.CompleteAsync(Certifier, draft.Id, "Certify", new { decision = "back", remark = "补充推广条件" });
        (await StandsAsync(draft)).ShouldBe(["Write"]);
        await world.CompleteAsync(Writer, draft.Id, "Write");
        await world.CompleteAsync(Certifier, draft.Id, "Certify", new { decision = "certify" });
        await SettleAsync();
        // The level was forgotten: whoever decides is asked again.
        (await StandsAsync(draft)).ShouldBe(["Certify"]);
        await world.CompleteAsync(Certifier, draft.Id, "Certify", new { decision = "certify", maturity = "Mature", isPublic = true });
        await SettleAsync();
        var certified = await DraftAsync(draft);
        certified.ShouldSatisfyAllConditions(d => d.Maturity.ShouldBe(MaturityLevel.Mature), d => d.IsPublic.ShouldBeTrue(), d => d.HasChanges.ShouldBeFalse());
        world.Pilots.All[draft.PilotId].Outcome.ShouldBe(PilotOutcome.Certified);
        (await FlowAsync(draft)).Instance.Status.ShouldBe("Completed");
        world.Notifications.Sent.ShouldContain(n => n.User == Certifier.Id && n.Message.Key == "Workflows.Notice" && n.Message.Link.EndsWith(draft.Id.ToString()));
    }

    [Fact]
    public async Task Certification_OnThePage_TakesTheFlowAlong()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        await world.As(Writer).PostAsAsync<DraftDto>($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(MaturityLevel.Exploring, false, draft.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(draft)).Instance.Status.ShouldBe("Completed");
        (await world.InboxAsync(Certifier, draft.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Certification_OnThePageWhileTheLeaderHasIt_TakesTheFlowAlong()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        await world.CompleteAsync(Writer, draft.Id, "Write");
        draft = await DraftAsync(draft);
        await world.As(Writer).PostAsAsync<DraftDto>($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(MaturityLevel.Exploring, false, draft.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(draft)).Instance.Status.ShouldBe("Completed");
        (await DraftAsync(draft)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Certification_OfADraftWithGaps_GoesBackToTheWriter()
    {
        var pilot = await world.GivenPublishedResultAsync(People.Nantong, passed: true);
        var draft = (await world.As(Writer).GetAsAsync<PagedResult<DraftListItemDto>>("/api/replication/drafts?maxResultCount=200")).Items.Single(d => d.PilotId == pilot);
        await world.CompleteAsync(Writer, draft.Id, "Write");
        await world.CompleteAsync(Certifier, draft.Id, "Certify", new { decision = "certify", maturity = "Mature" });
        await SettleAsync();
        (await world.StandsAtAsync(Writer, draft.Id)).ShouldBe(["Write"]);
        (await world.IncidentsAsync(People.Jiangsu.Administrator, (await world.FlowOfAsync(Writer, draft.Id))!.Instance.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Certification_NotDoneInFiveWorkingDays_TellsTheLeaderOnce()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        await world.CompleteAsync(Writer, draft.Id, "Write");
        world.Clock.SetChina(2023, 6, 8, 8);
        await SettleAsync();
        Told(draft).ShouldBe(0);
        world.Clock.SetChina(2023, 6, 8, 10);
        await SettleAsync();
        Told(draft).ShouldBe(1);
        (await StandsAsync(draft)).ShouldBe(["Certify"]);
    }

    [Fact]
    public async Task Draft_IsTheIssuersFlow_TheOriginSeesNothing()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        (await world.FlowOfAsync(People.Nantong.Coordinator, draft.Id)).ShouldBeNull();
        (await FlowAsync(draft)).Instance.RegionId.ShouldBe(People.Jiangsu.Tenant.Id);
    }

    [Fact]
    public async Task Flow_NotInForce_LeavesTheDomainAsItWas()
    {
        Guid? version = null;
        await world.AsSystemAsync(TenantRef.Root, async services =>
        {
            var definitions = services.GetRequiredService<PlatformDbContext>().Set<WorkflowDefinition>().Where(d => d.Key == CertificationFlow.Key);
            version = await definitions.Select(d => d.CurrentVersionId).SingleAsync();
            await definitions.ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, (Guid?)null));
        });
        try
        {
            await world.GivenPracticeAsync(People.Nantong);
        }
        finally
        {
            await world.AsSystemAsync(TenantRef.Root, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowDefinition>()
                .Where(d => d.Key == CertificationFlow.Key).ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version)));
        }
    }

    private int Told(DraftDto draft) =>
        world.Notifications.Sent.Count(n => n.User == Certifier.Id && n.Message.Key == "Workflows.Notice" && n.Message.Link.EndsWith(draft.Id.ToString()));

    private Task<DraftDto> DraftAsync(DraftDto draft) => world.As(Writer).GetAsAsync<DraftDto>($"/api/replication/drafts/{draft.Id}");

    private Task<IReadOnlyList<string>> StandsAsync(DraftDto draft) => world.StandsAtAsync(Writer, draft.Id);

    private async Task<FlowView> FlowAsync(DraftDto draft) => (await world.FlowOfAsync(Writer, draft.Id))!;

    private async Task SettleAsync()
    {
        do
        {
            await world.DeliverEventsAsync();
        }
        while (await world.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }
}
