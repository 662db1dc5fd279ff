using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions.Offices;

namespace PilotPlatform.Regions.Regions;

internal sealed class RegionOnboarding(PlatformDbContext db, RegionDirectory directory, IIdGenerator ids) : IRegionOnboarding
{
    public async Task OnboardProvinceAsync(string provinceCode, CancellationToken cancellationToken)
    {
        var province = ChinaDivisions.Find(provinceCode);
        if (province is not { Level: DivisionLevel.Province })
        {
            throw new BusinessException(RegionsErrorCodes.UnknownProvince).WithData("code", provinceCode);
        }

        var known = await db.Set<Region>().Where(r => r.Code.StartsWith(provinceCode)).ToDictionaryAsync(r => r.Code, cancellationToken);
        Add(province, null, known);
        await db.SaveChangesAsync(cancellationToken);
        directory.Renew();
    }

    public async Task<Guid> EnsureOfficeAsync(Guid regionId, string name, string shortName, CancellationToken cancellationToken)
    {
        var region = (await directory.GetAsync(cancellationToken)).Find(regionId) ?? throw new NotFoundException(nameof(Region), regionId);
        var existing = await db.Set<Office>().FirstOrDefaultAsync(o => o.TenantId == regionId && o.Name == name, cancellationToken);
        if (existing is not null)
        {
            return existing.Id;
        }

        var order = await db.Set<Office>().CountAsync(o => o.TenantId == regionId, cancellationToken);
        var office = new Office(ids.NewId(), region.Tenant, name, shortName, order);
        db.Add(office);
        await db.SaveChangesAsync(cancellationToken);
        return office.Id;
    }

    private void Add(Division division, Region? parent, Dictionary<string, Region> known)
    {
        if (!known.TryGetValue(division.Code, out var region))
        {
            var level = division.Level switch
            {
                DivisionLevel.Province => RegionLevel.Province,
                DivisionLevel.City => RegionLevel.City,
                _ => RegionLevel.County,
            };
            region = new Region(
                RegionIds.Of(division.Code), division.Code, division.Name, ChinaDivisions.ShortNameOf(division.Name), level, parent, division.Order);
            // Cities become tenants with their province; a county when its city or province opens it.
            // A municipality has no cities: its districts stand in their place.
            if (level != RegionLevel.County || parent?.Level == RegionLevel.Province)
            {
                region.Activate();
            }

            db.Add(region);
        }

        foreach (var child in ChinaDivisions.ChildrenOf(division.Code))
        {
            Add(child, region, known);
        }
    }
}
