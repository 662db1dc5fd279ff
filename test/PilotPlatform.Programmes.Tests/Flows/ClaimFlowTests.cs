using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Flows;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Programmes.Tests.Flows;

/// <summary>The host with the people of the test world as its directory, and notices to persons recorded.</summary>
public sealed class ClaimFlowApp : PilotPlatformApp
{
    internal PersonalNotices Notices { get; } = new();

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<IUserDirectory>();
        services.AddSingleton<IUserDirectory>(new PersonaDirectory());
        services.RemoveAll<INotifier>();
        services.AddSingleton<INotifier>(Notices);
    }
}

internal sealed class PersonalNotices : INotifier
{
    public System.Collections.Concurrent.ConcurrentQueue<(Guid? User, string? Permission, TenantRef Region, NotificationMessage Message)> Sent { get; } = new();

    public void Notify(TenantRef region, string permission, NotificationMessage message) => Sent.Enqueue((null, permission, region, message));

    public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message) => Sent.Enqueue((userId, null, region, message));
}

/// <summary>申领与确定, worked from the inbox, from the pages, and from both.</summary>
public sealed class ClaimFlowTests(ClaimFlowApp app) : IClassFixture<ClaimFlowApp>, IDisposable
{
    private static readonly Persona Claimant = People.Nantong.Coordinator;
    private static readonly Persona Decider = People.Jiangsu.Coordinator;

    public void Dispose() => app.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Claim_FromTheInbox_IsConsultedOnAcceptedAndAssigned()
    {
        var claim = await GivenAsync();
        (await StandsAsync(claim)).ShouldBe(["Consult"]);
        await app.CompleteAsync(Decider, claim.Id, "Consult", new { consultation = "done" });
        await app.CompleteAsync(Decider, claim.Id, "Decide", new { decision = "accept", reason = "基础较好" });
        (await ClaimAsync(claim)).Status.ShouldBe(ClaimStatus.Submitted);
        await SettleAsync();
        (await ClaimAsync(claim)).ShouldSatisfyAllConditions(
            c => c.Status.ShouldBe(ClaimStatus.Accepted), c => c.DecisionReason.ShouldBe("基础较好"), c => c.AssignmentId.ShouldNotBeNull());
        (await FlowAsync(claim)).Instance.Status.ShouldBe("Completed");
        app.Notices.Sent.ShouldContain(n => n.Message.Key == "programmes.claim-accepted" && n.Region == People.Nantong.Tenant
            && n.Message.Link == $"/programmes/{claim.ProgrammeId}");
    }

    [Fact]
    public async Task Claim_DecidedOnThePageAtOnce_TakesTheFlowAlong()
    {
        var claim = await GivenAsync();
        await app.As(Decider).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/decline", new DecideClaimDto("今年名额已满", claim.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(claim)).ShouldSatisfyAllConditions(f => f.Instance.Status.ShouldBe("Completed"), f => f.DoneNodes.ShouldContain("Declined"));
        (await app.InboxAsync(Decider, claim.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Claim_ConsultedInTheInboxDecidedOnThePage_TakesTheFlowAlong()
    {
        var claim = await GivenAsync();
        await app.CompleteAsync(Decider, claim.Id, "Consult", new { consultation = "not-needed" });
        (await app.InboxAsync(Decider, claim.Id)).Single().DueOn.ShouldBe(new DateOnly(2023, 6, 8));
        await app.As(Decider).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/accept", new DecideClaimDto(null, claim.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(claim)).DoneNodes.ShouldContain("Assigned");
    }

    [Fact]
    public async Task Claim_DeclinedInTheInboxWithoutAReason_ComesBack()
    {
        var claim = await GivenAsync();
        await app.CompleteAsync(Decider, claim.Id, "Consult", new { consultation = "not-needed" });
        await app.CompleteAsync(Decider, claim.Id, "Decide", new { decision = "decline" });
        await SettleAsync();
        (await StandsAsync(claim)).ShouldBe(["Decide"]);
        await app.CompleteAsync(Decider, claim.Id, "Decide", new { decision = "decline", reason = "今年名额已满" });
        await SettleAsync();
        (await ClaimAsync(claim)).Status.ShouldBe(ClaimStatus.Declined);
    }

    [Fact]
    public async Task Claim_NotDecided_TellsTheLeaderAfterFiveWorkingDaysAndWhenTheWindowCloses()
    {
        var claim = await GivenAsync();
        await app.CompleteAsync(Decider, claim.Id, "Consult", new { consultation = "not-needed" });
        app.Clock.SetChina(2023, 6, 8, 8);
        await SettleAsync();
        Told().ShouldBe(0);
        app.Clock.SetChina(2023, 6, 8, 10);
        await SettleAsync();
        Told().ShouldBe(1);
        app.Clock.SetChina(2023, 6, 16, 0, 1);
        await SettleAsync();
        await SettleAsync();
        Told().ShouldBe(2);
        (await StandsAsync(claim)).ShouldBe(["Decide"]);

        int Told() => app.Notices.Sent.Count(n => n.User == People.Jiangsu.Leader.Id && n.Message.Key == "Workflows.Notice"
            && n.Message.Link == $"/programmes/{claim.ProgrammeId}");
    }

    [Fact]
    public async Task Claim_Withdrawn_EndsTheFlow_AndHandedInAgainBeginsAnother()
    {
        var claim = await GivenAsync();
        var withdrawn = await app.As(Claimant).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/withdraw", new ClaimStampDto(claim.ConcurrencyStamp));
        (await FlowAsync(claim)).Instance.Status.ShouldBe("Terminated");
        (await app.InboxAsync(Decider, claim.Id)).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.As(Claimant).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/submit", new ClaimStampDto(withdrawn.ConcurrencyStamp));
        (await app.InboxAsync(Decider, claim.Id)).Single().NodeId.ShouldBe("Consult");
    }

    [Fact]
    public async Task Claimant_SeesTheFlow_ASiblingDoesNot()
    {
        var claim = await GivenAsync();
        (await app.FlowOfAsync(Claimant, claim.Id))!.Instance.Title.ShouldStartWith("南通市 · ");
        (await app.FlowOfAsync(People.Yangzhou.Coordinator, claim.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Flow_NotInForce_LeavesTheDomainAsItWas()
    {
        Guid? version = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var definitions = services.GetRequiredService<PlatformDbContext>().Set<WorkflowDefinition>().Where(d => d.Key == ClaimFlow.Key);
            version = await definitions.Select(d => d.CurrentVersionId).SingleAsync();
            await definitions.ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, (Guid?)null));
        });
        try
        {
            var claim = await GivenAsync();
            (await app.FlowOfAsync(Decider, claim.Id)).ShouldBeNull();
            (await app.As(Decider).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/accept", new DecideClaimDto(null, claim.ConcurrencyStamp)))
                .Status.ShouldBe(ClaimStatus.Accepted);
        }
        finally
        {
            await app.AsSystemAsync(TenantRef.Root, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowDefinition>()
                .Where(d => d.Key == ClaimFlow.Key).ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version)));
        }
    }

    private async Task<ClaimDto> GivenAsync() =>
        await Given.SubmittedClaimAsync(app, (await Given.CallForClaimsAsync(app)).Themes[0].Id, Claimant);

    private Task<ClaimDto> ClaimAsync(ClaimDto claim) => app.As(Decider).GetAsAsync<ClaimDto>($"/api/claims/{claim.Id}");

    private Task<IReadOnlyList<string>> StandsAsync(ClaimDto claim) => app.StandsAtAsync(Decider, claim.Id);

    private async Task<FlowView> FlowAsync(ClaimDto claim) => (await app.FlowOfAsync(Decider, claim.Id))!;

    private async Task SettleAsync()
    {
        do
        {
            await app.DeliverEventsAsync();
        }
        while (await app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }
}
