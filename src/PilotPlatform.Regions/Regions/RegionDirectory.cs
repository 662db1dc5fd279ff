using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Regions.Regions;

/// <summary>Keeps the picture of all regions; another node's change shows after at most <see cref="MaxAge"/>.</summary>
internal sealed class RegionDirectory(ITenantScopes scopes, TimeProvider time) : IRegionDirectory
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private volatile Snapshot? current;

    public async ValueTask<RegionMap> GetAsync(CancellationToken cancellationToken = default)
    {
        var now = time.UtcNow();
        if (current is { } snapshot && now - snapshot.ReadAt < MaxAge)
        {
            return snapshot.Map;
        }

        var map = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var regions = await services.GetRequiredService<PlatformDbContext>().Set<Region>().AsNoTracking().ToListAsync(cancellationToken);
            return new RegionMap(regions.Select(r => r.ToInfo()));
        });
        current = new Snapshot(map, now);
        return map;
    }

    /// <summary>Forgets the picture after a change on this node.</summary>
    public void Renew() => current = null;

    private sealed record Snapshot(RegionMap Map, DateTime ReadAt);
}
