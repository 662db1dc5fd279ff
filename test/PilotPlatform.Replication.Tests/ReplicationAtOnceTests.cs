using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Replication.Reports;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Replication.Tests;

/// <summary>Two at once at two nodes: one version, one adoption, every download counted once.</summary>
public sealed class ReplicationAtOnceTests(ReplicationWorld world) : IClassFixture<ReplicationWorld>
{
    private static Persona Office => People.Jiangsu.Coordinator;

    [Fact]
    public async Task Certify_AgainAndTwice_MakesOneVersion()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var draft = await DraftOfAsync(practice);
        var body = new CertifyDraftDto(MaturityLevel.Mature, true, draft.ConcurrencyStamp);
        Task<HttpResponseMessage> CertifyAsync(WebApplicationFactory<Program> node) => node.ClientOf(Office).PostAsJsonAsync($"/api/replication/drafts/{draft.Id}/certify", body, ReplicationWorld.Json);
        // One click after the other, from the same page.
        (await CertifyAsync(world).RefusalAsync()).Status.ShouldBe(200);
        (await CertifyAsync(world).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await PracticeAsync(practice)).Version.ShouldBe(2);

        body = body with { ConcurrencyStamp = (await DraftOfAsync(practice)).ConcurrencyStamp };
        var (first, second) = await world.AtOnceAsync<Practice>(CertifyAsync);
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await PracticeAsync(practice)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task Adopt_AtTwoNodesAtOnce_IsOneAdoption_AndTheSameAnswer()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var (first, second) = await world.AtOnceAsync<Adoption>(node =>
            node.ClientOf(People.Ganzhou.Coordinator).PostAsJsonAsync($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("同时点击")));
        (first.Status, second.Status).ShouldBe((200, 200));
        await world.DeliverEventsAsync();
        (await world.AsAsync(People.Ganzhou.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<Adoption>().CountAsync(a => a.PracticeId == practice))).ShouldBe(1);
        (await PracticeAsync(practice)).AdoptionCount.ShouldBe(1);
        world.Notifications.Sent.Count(n => n.Message.Key == "replication.adopted" && n.Message.Link.EndsWith(practice.ToString(), StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Withdraw_TwiceAtOnce_IsWithdrawnOnce()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var adoption = await world.As(People.Ganzhou.Coordinator).PostAsAsync<AdoptionDto>($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("先试"));
        var (first, second) = await world.AtOnceAsync<Adoption>(node =>
            node.ClientOf(People.Ganzhou.Coordinator).PostAsJsonAsync($"/api/adoptions/{adoption.Id}/withdraw", new WithdrawAdoptionDto("条件不具备", adoption.ConcurrencyStamp)));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        await world.DeliverEventsAsync();
        (await PracticeAsync(practice)).AdoptionCount.ShouldBe(0);
    }

    [Fact]
    public async Task Draft_BegunAtTwoNodesAtOnce_IsOneDraft()
    {
        var pilot = world.Pilots.Add(People.Nantong.Tenant, "同时起草");
        world.Pilots.All[pilot] = world.Pilots.All[pilot] with { Status = Pilots.PilotStatus.Concluded, Outcome = Pilots.PilotOutcome.Completed };
        world.Results.All[pilot] = new Assessment.PublishedResult(pilot, 88, true, "", world.Clock.GetUtcNow().UtcDateTime);
        var (first, second) = await world.AtOnceAsync<PracticeDraft>(node => node.ClientOf(Office).PostAsJsonAsync("/api/replication/drafts", new CreateDraftDto(pilot)));
        second.Status.ShouldBe(201);
        first.Status.ShouldBe(409);
        (await world.AsAsync(Office, s => s.GetRequiredService<PlatformDbContext>().Set<PracticeDraft>().CountAsync(d => d.PilotId == pilot))).ShouldBe(1);
    }

    [Fact]
    public async Task Download_ByManyAtTwoNodes_IsCountedAndLoggedOnceEach_AndHindersNoCertification()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        await using var other = world.WithWebHostBuilder(_ => { });
        var path = new Uri($"/api/practices/{practice}/report", UriKind.Relative);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? world : other).ClientOf(People.Ganzhou.Coordinator).GetAsync(path)));
        answers.ShouldAllBe(a => a.IsSuccessStatusCode);

        var draft = await DraftOfAsync(practice);
        await Task.WhenAll(new[] { world, other }.Select(n => Task.Run(() => n.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default))));
        // What met another at the practice's row is tried again a little later.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DeliverEventsAsync();
        (await PracticeAsync(practice)).DownloadCount.ShouldBe(6);
        (await world.As(Office).GetAsAsync<PagedResult<DownloadDto>>($"/api/practices/{practice}/downloads")).TotalCount.ShouldBe(6);
        (await world.AsAsync(People.Ganzhou.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<DownloadRecord>().CountAsync(d => d.PracticeId == practice))).ShouldBe(6);
        (await world.AsAsync(People.Jiangsu.Auditor, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().CountAsync(
            e => e.Kind == AuditKind.Request && e.SubjectId == path.ToString() && e.TenantId == People.Jiangsu.Tenant.Id))).ShouldBe(6);
        (await world.As(Office).PostAsJsonAsync($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(MaturityLevel.Mature, false, draft.ConcurrencyStamp), ReplicationWorld.Json)
            .RefusalAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Count_OfADownload_WhileAnotherNodeCountsOne_CountsBoth()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var path = new Uri($"/api/practices/{practice}/report", UriKind.Relative);
        (await world.As(People.Ganzhou.Coordinator).GetAsync(path)).EnsureSuccessStatusCode();
        // While one node counts the first download, a second is asked for and counted at another.
        var meanwhile = Meanwhile.BeforeSaving<DownloadNotice>(async () =>
        {
            (await world.As(People.Yangzhou.Coordinator).GetAsync(path)).EnsureSuccessStatusCode();
            await world.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
        });
        await using var node = world.With(meanwhile);
        await node.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
        await meanwhile.Ended;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DeliverEventsAsync();
        (await PracticeAsync(practice)).DownloadCount.ShouldBe(2);
    }

    private async Task<DraftDto> DraftOfAsync(Guid practice)
    {
        var office = world.As(Office);
        var all = await office.GetAsAsync<PagedResult<DraftListItemDto>>("/api/replication/drafts?maxResultCount=200");
        return await office.GetAsAsync<DraftDto>($"/api/replication/drafts/{all.Items.Single(d => d.PracticeId == practice).Id}");
    }

    private Task<PracticeDto> PracticeAsync(Guid practice) => world.As(Office).GetAsAsync<PracticeDto>($"/api/practices/{practice}");
}
