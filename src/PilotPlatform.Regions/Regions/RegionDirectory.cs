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
    private int renewals;

    public async ValueTask<RegionMap> GetAsync(CancellationToken cancellationToken = default)
    {
        var now = time.UtcNow();
        if (current is { } snapshot && now - snapshot.ReadAt < MaxAge)
        {
            return snapshot.Map;
        }

        var before = Volatile.Read(ref renewals);
        var map = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var regions = await services.GetRequiredService<PlatformDbContext>().Set<Region>().AsNoTracking().ToListAsync(cancellationToken);
            return new RegionMap(regions.Select(r => r.ToInfo()));
        });
        var read = new Snapshot(map, now);
        current = read;
        if (Volatile.Read(ref renewals) != before)
        {
            // Something was saved after it was read: it serves this request, and is not kept.
            Interlocked.CompareExchange(ref current, null, read);
        }

        return map;
    }

    /// <summary>Forgets the picture after a change on this node.</summary>
    public void Renew()
    {
        Interlocked.Increment(ref renewals);
        current = null;
    }

    private sealed record Snapshot(RegionMap Map, DateTime ReadAt);
}
