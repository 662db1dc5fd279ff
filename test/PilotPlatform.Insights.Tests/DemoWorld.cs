using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

/// <summary>The real modules with the demo in place.</summary>
public sealed class DemoWorld : PilotPlatformApp
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AsSystemAsync(TenantRef.Root, async services =>
        {
            foreach (var seeder in services.GetServices<IDemoSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedDemoAsync(default);
                await DeliverEventsAsync();
            }
        });
    }
}
