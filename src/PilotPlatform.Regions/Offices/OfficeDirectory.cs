using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Regions.Offices;

internal sealed class OfficeDirectory(PlatformDbContext db) : IOfficeDirectory
{
    public async Task<IReadOnlyList<OfficeInfo>> OfRegionAsync(Guid regionId, CancellationToken cancellationToken) =>
        await db.Set<Office>().AsNoTracking().Where(o => o.TenantId == regionId && !o.IsRetired).OrderBy(o => o.Order)
            .Select(o => new OfficeInfo(o.Id, o.Name, o.ShortName, new Tenancy.TenantRef(o.TenantId, o.TenantPath))).ToListAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, OfficeInfo>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await db.Set<Office>().AsNoTracking().Where(o => ids.Contains(o.Id))
            .Select(o => new OfficeInfo(o.Id, o.Name, o.ShortName, new Tenancy.TenantRef(o.TenantId, o.TenantPath)))
            .ToDictionaryAsync(o => o.Id, cancellationToken);
}
