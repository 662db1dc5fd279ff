using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Testing;

namespace PilotPlatform.Replication.Tests;

public sealed class AdoptionTests(ReplicationWorld world) : IClassFixture<ReplicationWorld>
{
    [Fact]
    public async Task Adopt_Twice_IsOneAdoption_KnownToTheIssuerOnly()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var first = await AdoptAsync(People.Ganzhou.Coordinator, practice);
        var second = await AdoptAsync(People.Ganzhou.Coordinator, practice);
        second.Id.ShouldBe(first.Id);
        await world.DeliverEventsAsync();

        var adopters = await world.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<AdopterDto>>($"/api/practices/{practice}/adopters");
        adopters.Items.Select(a => (a.RegionName, a.Status, a.AdaptationNotes)).ShouldBe([("赣州市", AdoptionStatus.Declared, "先在章贡区试行")]);
        (await world.As(People.Yangzhou.Coordinator).GetAsAsync<PagedResult<AdopterDto>>($"/api/practices/{practice}/adopters")).TotalCount.ShouldBe(0);
        (await world.As(People.Ganzhou.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{practice}")).AdoptionCount.ShouldBe(1);
        (await world.AsAsync(People.Jiangsu.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<Adoption>().CountAsync())).ShouldBe(0);
        world.Notifications.Sent.Count(n => n.Message.Key == "replication.adopted" && n.Message.Link.EndsWith(practice.ToString(), StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Adopt_AtTheSameMoment_IsOneAdoption()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.As(People.Ganzhou.Coordinator)
            .PostAsJsonAsync($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("同时点击")).RefusalAsync()));
        answers.ShouldContain(a => a.Status == 200);
        answers.ShouldAllBe(a => a.Status == 200 || a.Code == "Platform:Duplicate");
        await world.DeliverEventsAsync();
        (await world.AsAsync(People.Ganzhou.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<Adoption>().CountAsync(a => a.PracticeId == practice))).ShouldBe(1);
    }

    [Fact]
    public async Task Withdraw_IsTheAdoptersOwn_AndCountsDown()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var adoption = await AdoptAsync(People.Ganzhou.Coordinator, practice);
        await world.DeliverEventsAsync();
        foreach (var other in new[] { People.Yangzhou.Coordinator, People.Jiangsu.Coordinator, People.Jiangxi.Coordinator })
        {
            (await WithdrawAsync(other)).Status.ShouldBe(404);
        }

        (await WithdrawAsync(People.Ganzhou.Coordinator)).Status.ShouldBe(200);
        (await WithdrawAsync(People.Ganzhou.Coordinator)).ShouldBe((409, "Platform:StaleStamp"));
        await world.DeliverEventsAsync();
        (await world.As(People.Ganzhou.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{practice}")).AdoptionCount.ShouldBe(0);
        (await world.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<AdopterDto>>($"/api/practices/{practice}/adopters")).Items.Single().Status.ShouldBe(AdoptionStatus.Withdrawn);

        // Adopting again is the same adoption, declared anew.
        (await AdoptAsync(People.Ganzhou.Coordinator, practice)).Id.ShouldBe(adoption.Id);

        Task<(int Status, string? Code)> WithdrawAsync(Persona persona) => world.As(persona)
            .PostAsJsonAsync($"/api/adoptions/{adoption.Id}/withdraw", new WithdrawAdoptionDto("条件不具备", adoption.ConcurrencyStamp)).RefusalAsync();
    }

    [Fact]
    public async Task Adopt_OwnPractice_IsRejected_AndLeaderMayNot()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        foreach (var own in new[] { People.Nantong.Coordinator, People.Jiangsu.Coordinator })
        {
            (await world.As(own).PostAsJsonAsync($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("采用")).RefusalAsync()).ShouldBe((409, ReplicationErrorCodes.OwnPractice));
        }

        (await world.As(People.Ganzhou.Leader).PostAsJsonAsync($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("采用")).RefusalAsync()).Status.ShouldBe(403);
        (await world.As(People.Ganzhou.Coordinator).PostAsJsonAsync($"/api/practices/{practice}/adopt", new DeclareAdoptionDto(" ")).RefusalAsync()).Status.ShouldBe(400);
    }

    private Task<AdoptionDto> AdoptAsync(Persona persona, Guid practice) =>
        world.As(persona).PostAsAsync<AdoptionDto>($"/api/practices/{practice}/adopt", new DeclareAdoptionDto("先在章贡区试行"));
}
