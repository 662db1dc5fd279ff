using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Seeding;
using PilotPlatform.Programmes;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

public sealed class PilotsDemoSeederTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    [Fact]
    public async Task SeedDemo_BringsPilotsToMidRun_AndAgainChangesNothing()
    {
        var deadline = new Deadline(new DateOnly(2023, 7, 6), DuePrecision.Day, IsSoft: true);
        for (var i = 0; i < 10; i++)
        {
            await app.GivenPilotAsync(i % 2 == 0 ? People.Nantong : People.Yangzhou, deadline, DeliverableKind.NormDocument, DeliverableKind.TechnicalStandard);
        }

        await SeedAsync();
        var pilots = await ListAsync();
        pilots.Select(p => p.Status).ShouldBe(
        [
            PilotStatus.Submitted, PilotStatus.Running, PilotStatus.Planning, PilotStatus.Running, PilotStatus.Submitted,
            PilotStatus.Submitted, PilotStatus.Submitted, PilotStatus.Running, PilotStatus.Submitted, PilotStatus.Assigned,
        ]);
        pilots.Select(p => p.Light).ShouldBe(
        [
            StatusLight.Green, StatusLight.Green, StatusLight.Green, StatusLight.Amber, StatusLight.Green,
            StatusLight.Green, StatusLight.Green, StatusLight.Red, StatusLight.Yellow, StatusLight.Green,
        ]);

        var province = app.As(People.Jiangsu.Coordinator);
        var again = await province.GetAsAsync<PilotDetailDto>($"/api/pilots/{pilots[5].Id}");
        again.History.Select(h => h.HappenedAt).ShouldBeInOrder(SortDirection.Descending);
        var version2 = again.Deliverables[0];
        version2.LatestVersion.ShouldBe(2);
        var comparison = await province.GetAsAsync<SubmissionComparisonDto>($"/api/submissions/{version2.LatestSubmissionId}/comparison");
        comparison.Sections.Count(s => s is { IsChanged: true, Reason: not null }).ShouldBe(2);
        comparison.AddedFiles.Count.ShouldBe(1);
        comparison.KeptFiles.Count.ShouldBe(1);

        var stamps = await StampsAsync(pilots);
        await SeedAsync();
        (await StampsAsync(await ListAsync())).ShouldBe(stamps);
    }

    private async Task SeedAsync()
    {
        await app.AsSystemAsync(TenantRef.Root, services => services.GetServices<IDemoSeeder>().OfType<PilotsDemoSeeder>().Single().SeedDemoAsync(default));
        await app.DeliverEventsAsync();
    }

    private async Task<IReadOnlyList<PilotListItemDto>> ListAsync() =>
        (await app.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<PilotListItemDto>>("/api/pilots")).Items;

    private async Task<List<string>> StampsAsync(IReadOnlyList<PilotListItemDto> pilots)
    {
        var stamps = new List<string>();
        foreach (var pilot in pilots)
        {
            stamps.Add((await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{pilot.Id}")).ConcurrencyStamp);
        }

        return stamps;
    }
}
