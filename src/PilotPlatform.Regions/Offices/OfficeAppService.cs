using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions.Regions;

namespace PilotPlatform.Regions.Offices;

/// <summary>The offices of the caller's region and of those below it.</summary>
internal sealed class OfficeAppService(PlatformDbContext db, ScopedRegions regions, IIdGenerator ids, IMapper mapper)
{
    public async Task<IReadOnlyList<OfficeDto>> ListAsync(Guid regionId, bool includeRetired, CancellationToken cancellationToken)
    {
        await regions.RequireAsync(regionId, cancellationToken);
        return await db.Set<Office>().AsNoTracking().Where(o => o.TenantId == regionId && (includeRetired || !o.IsRetired))
            .OrderBy(o => o.IsRetired).ThenBy(o => o.Order).ThenBy(o => o.Name)
            .ProjectTo<OfficeDto>(mapper.ConfigurationProvider).ToListAsync(cancellationToken);
    }

    public async Task<OfficeDto> CreateAsync(Guid regionId, CreateOfficeDto input, CancellationToken cancellationToken)
    {
        var region = await regions.RequireAsync(regionId, cancellationToken);
        Check(input.Name, input.ShortName);
        await RequireFreeNameAsync(regionId, null, input.Name!, cancellationToken);
        var last = await db.Set<Office>().Where(o => o.TenantId == regionId).MaxAsync(o => (int?)o.Order, cancellationToken);
        var office = new Office(ids.NewId(), region.Tenant, input.Name!.Trim(), input.ShortName!.Trim(), (last ?? -1) + 1);
        db.Add(office);
        await db.SaveChangesAsync(cancellationToken);
        return mapper.Map<OfficeDto>(office);
    }

    public async Task<OfficeDto> RenameAsync(Guid id, RenameOfficeDto input, CancellationToken cancellationToken)
    {
        var office = await LoadAsync(id, cancellationToken);
        office.EnsureStamp(input.ConcurrencyStamp);
        Check(input.Name, input.ShortName);
        await RequireFreeNameAsync(office.TenantId, id, input.Name!, cancellationToken);
        office.Rename(input.Name!.Trim(), input.ShortName!.Trim());
        await db.SaveChangesAsync(cancellationToken);
        return mapper.Map<OfficeDto>(office);
    }

    public async Task<OfficeDto> RetireAsync(Guid id, RetireOfficeDto input, CancellationToken cancellationToken)
    {
        var office = await LoadAsync(id, cancellationToken);
        office.EnsureStamp(input.ConcurrencyStamp);
        office.Retire();
        await db.SaveChangesAsync(cancellationToken);
        return mapper.Map<OfficeDto>(office);
    }

    public async Task<IReadOnlyList<OfficeDto>> ReorderAsync(Guid regionId, ReorderOfficesDto input, CancellationToken cancellationToken)
    {
        await regions.RequireAsync(regionId, cancellationToken);
        new InputCheck().That(input.OfficeIds is not null, "officeIds", PlatformErrorCodes.Required).ThrowIfAny();
        var offices = await db.Set<Office>().Where(o => o.TenantId == regionId && !o.IsRetired).ToDictionaryAsync(o => o.Id, cancellationToken);
        if (input.OfficeIds!.Count != offices.Count || !input.OfficeIds.ToHashSet().SetEquals(offices.Keys))
        {
            throw new BusinessException(RegionsErrorCodes.OrderIncomplete);
        }

        for (var order = 0; order < input.OfficeIds.Count; order++)
        {
            offices[input.OfficeIds[order]].MoveTo(order);
        }

        await db.SaveChangesAsync(cancellationToken);
        return [.. offices.Values.OrderBy(o => o.Order).Select(mapper.Map<OfficeDto>)];
    }

    private static void Check(string? name, string? shortName) =>
        new InputCheck().Text(name, "name", 100).Text(shortName, "shortName", 60).ThrowIfAny();

    private async Task RequireFreeNameAsync(Guid regionId, Guid? except, string name, CancellationToken cancellationToken)
    {
        var wanted = name.Trim();
        if (await db.Set<Office>().AnyAsync(o => o.TenantId == regionId && o.Id != except && o.Name == wanted, cancellationToken))
        {
            throw new BusinessException(RegionsErrorCodes.OfficeNameTaken).WithData("name", wanted);
        }
    }

    private async Task<Office> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Office>().SingleOrDefaultAsync(o => o.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Office), id);
}
