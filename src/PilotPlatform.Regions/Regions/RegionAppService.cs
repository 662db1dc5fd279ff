using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Regions;

/// <summary>The tree below the caller: reading it level by level, adding zones and towns, making regions tenants.</summary>
internal sealed class RegionAppService(PlatformDbContext db, ICurrentScope scope, ScopedRegions scoped, RegionDirectory directory, IIdGenerator ids)
{
    private const int MaxCodeLength = 12;

    /// <summary>The regions directly below one; without one, where the caller's tree begins.</summary>
    public async Task<IReadOnlyList<RegionNodeDto>> ChildrenAsync(Guid? parentId, CancellationToken cancellationToken)
    {
        IQueryable<Region> query = db.Set<Region>();
        var own = scope.RequiredTenant;
        if (parentId is { } id)
        {
            await scoped.RequireAsync(id, cancellationToken);
            query = query.Where(r => r.ParentId == id);
        }
        else
        {
            query = own == TenantRef.Root ? query.Where(r => r.ParentId == null) : query.Where(r => r.Id == own.Id);
        }

        return await query.AsNoTracking().OrderBy(r => r.AdministrativeOrder).ThenBy(r => r.Code)
            .Select(r => new RegionNodeDto(
                r.Id, r.Code, r.Name, r.ShortName, r.Level, r.ParentId, r.IsActive, r.IsAdded, db.Set<Region>().Any(c => c.ParentId == r.Id)))
            .ToListAsync(cancellationToken);
    }

    public async Task<RegionNodeDto> AddAsync(Guid parentId, AddRegionDto input, CancellationToken cancellationToken)
    {
        await scoped.RequireAsync(parentId, cancellationToken);
        var parent = await db.Set<Region>().SingleAsync(r => r.Id == parentId, cancellationToken);
        var code = input.Code?.Trim() ?? "";
        new InputCheck()
            .Text(input.Code, "code", MaxCodeLength)
            .That(code.Length == 0 || IsOwnCode(code, parent.Code, input.Level), "code", RegionsErrorCodes.CodeMalformed, ("prefix", parent.Code))
            .Text(input.Name, "name", 60).Text(input.ShortName, "shortName", 60).ThrowIfAny();
        if (await db.Set<Region>().AnyAsync(r => r.Code == code, cancellationToken))
        {
            throw new BusinessException(RegionsErrorCodes.CodeTaken).WithData("code", code);
        }

        // Behind its siblings: with the order of the last one, the code decides, and letters come after digits.
        var order = await db.Set<Region>().Where(r => r.ParentId == parentId).MaxAsync(r => (int?)r.AdministrativeOrder, cancellationToken) ?? parent.AdministrativeOrder;
        var region = Region.Add(ids.NewId(), code, input.Name!.Trim(), input.ShortName!.Trim(), input.Level, parent, order);
        db.Add(region);
        await db.SaveChangesAsync(cancellationToken);
        directory.Renew();
        return ToDto(region, hasChildren: false);
    }

    /// <summary>Opens a county, zone or town below the caller as a tenant; doing it again changes nothing.</summary>
    public async Task<RegionNodeDto> ActivateAsync(Guid id, CancellationToken cancellationToken)
    {
        await scoped.RequireAsync(id, cancellationToken);
        // In turn: the second of two clicks finds it done and is answered like the first.
        var region = await db.InTurnAsync<Region, Region>(
            r => r.Id == id,
            async () =>
            {
                var found = await db.Set<Region>().SingleAsync(r => r.Id == id, cancellationToken);
                found.Activate();
                await db.SaveChangesAsync(cancellationToken);
                return found;
            },
            cancellationToken);
        directory.Renew();
        return ToDto(region, await db.Set<Region>().AnyAsync(r => r.ParentId == id, cancellationToken));
    }

    /// <summary>A zone's code carries a letter, so that it can never be taken for a national one.</summary>
    private static bool IsOwnCode(string code, string parentCode, RegionLevel level) =>
        code.Length > parentCode.Length && code.Length <= MaxCodeLength
        && code.StartsWith(parentCode, StringComparison.Ordinal)
        && code.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c))
        && (level != RegionLevel.County || code.Any(char.IsAsciiLetterLower));

    private static RegionNodeDto ToDto(Region r, bool hasChildren) =>
        new(r.Id, r.Code, r.Name, r.ShortName, r.Level, r.ParentId, r.IsActive, r.IsAdded, hasChildren);
}
