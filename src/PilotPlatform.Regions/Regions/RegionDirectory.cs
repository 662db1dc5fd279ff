using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Regions;

/// <summary>Keeps the picture of all regions.</summary>
internal sealed class RegionDirectory(ITenantScopes scopes, TimeProvider time) : IRegionDirectory
{
    private readonly KeptPicture<RegionMap> picture = new(time, token => ReadAsync(scopes, token));

    public ValueTask<RegionMap> GetAsync(CancellationToken cancellationToken = default) => picture.GetAsync(cancellationToken);

    /// <summary>Forgets the picture after a change on this node.</summary>
    public void Renew() => picture.Renew();

    private static Task<RegionMap> ReadAsync(ITenantScopes scopes, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var regions = await services.GetRequiredService<PlatformDbContext>().Set<Region>().AsNoTracking().ToListAsync(cancellationToken);
            return new RegionMap(regions.Select(r => r.ToInfo()));
        });
}
