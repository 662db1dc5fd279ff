using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Kernel.Tests;

/// <summary>What happens within one tick of the clock.</summary>
public sealed class SameInstantTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public void NewId_WhenTheClockStandsStillOrGoesBack_SortsAfterTheOneBefore()
    {
        var clock = new TestClock();
        var generator = new SequentialIdGenerator(clock);
        var ids = Enumerable.Range(0, 10_000).Select(_ => generator.NewId()).ToList();
        clock.Advance(TimeSpan.FromHours(-1));
        ids.Add(generator.NewId());
        clock.Advance(TimeSpan.FromHours(2));
        ids.Add(generator.NewId());

        ids.Select(i => i.ToString()).ShouldBeInOrder(SortDirection.Ascending);
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.ShouldAllBe(i => i.Version == 7 && (i.Variant & 0xC) == 8);
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(ids[^1].ToString("N")[..12], 16)).ShouldBe(clock.GetUtcNow());
    }

    [Fact]
    public async Task Touch_ByTwoInTheSameTick_IsNoticedByTheSecond()
    {
        var id = Guid.NewGuid();
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var row = new AudienceRow(id, People.Nantong.Tenant, Guid.NewGuid());
            db.Add(row);
            await db.SaveChangesAsync();
            row.Touch(app.Clock);
            return await db.SaveChangesAsync();
        });

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => app.AsAsync(People.Nantong.Coordinator, async mine =>
        {
            var db = mine.GetRequiredService<PlatformDbContext>();
            var row = await db.Set<AudienceRow>().SingleAsync(a => a.Id == id);
            await app.AsAsync(People.Nantong.Coordinator, async colleagues =>
            {
                var other = colleagues.GetRequiredService<PlatformDbContext>();
                (await other.Set<AudienceRow>().SingleAsync(a => a.Id == id)).Touch(app.Clock);
                return await other.SaveChangesAsync();
            });
            row.Touch(app.Clock);
            return await db.SaveChangesAsync();
        }));
    }
}
