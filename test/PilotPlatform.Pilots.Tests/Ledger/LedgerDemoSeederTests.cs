using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Pilots.Seeding;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

public sealed class LedgerDemoSeederTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    [Fact]
    public async Task SeedDemo_ShowsEveryState_AndAgainChangesNothing()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 24);
        await SeedAsync();
        var ledger = await app.LedgerAsync(People.Nantong.Coordinator, id);
        var totals = ledger.Totals;
        (totals.Open + totals.HandedIn + totals.Returned + totals.Confirmed).ShouldBe(120);
        new[] { totals.Open, totals.HandedIn, totals.Confirmed, totals.NotApplicable, totals.Filled!.Value }.ShouldAllBe(n => n > 0);
        totals.Returned.ShouldBe(3);
        var stamps = ledger.Items.SelectMany(i => i.Slots).Select(s => s.ConcurrencyStamp + s.DraftStamp).ToList();
        await SeedAsync();
        (await app.LedgerAsync(People.Nantong.Coordinator, id)).Items.SelectMany(i => i.Slots).Select(s => s.ConcurrencyStamp + s.DraftStamp).ShouldBe(stamps);
    }

    private Task SeedAsync() =>
        app.AsSystemAsync(TenantRef.Root, services => services.GetServices<IDemoSeeder>().OfType<LedgerDemoSeeder>().Single().SeedDemoAsync(default));
}
