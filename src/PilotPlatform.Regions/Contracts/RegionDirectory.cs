using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions;

/// <summary>Where a region stands in the tree.</summary>
public enum RegionLevel
{
    /// <summary>省、自治区、直辖市.</summary>
    Province,

    /// <summary>设区的市、自治州、盟.</summary>
    City,

    /// <summary>县、市、区, and development zones beside them.</summary>
    County,

    /// <summary>乡、镇、街道.</summary>
    Town,
}

/// <summary>A region as other modules see it.</summary>
/// <param name="Id">The region's id, the same on every installation for an official division.</param>
/// <param name="Code">GB/T 2260 code cut to its level (32, 3206, 320682), or a code of one's own for zones and towns.</param>
/// <param name="Name">The full name, such as 南通市.</param>
/// <param name="ShortName">The name without its suffix, such as 南通.</param>
/// <param name="Level">Where it stands.</param>
/// <param name="Path">Its tenant path.</param>
/// <param name="ParentId">The region above; null for a province.</param>
/// <param name="AdministrativeOrder">行政序列: its place in every list, over the whole country.</param>
/// <param name="IsActive">True when it is a tenant that people may sign in for.</param>
public sealed record RegionInfo(
    Guid Id, string Code, string Name, string ShortName, RegionLevel Level, string Path, Guid? ParentId, int AdministrativeOrder, bool IsActive)
{
    /// <summary>The region as an owner of rows.</summary>
    public TenantRef Tenant => new(Id, Path);
}

/// <summary>An immutable picture of all regions of the installation; cheap to look up in.</summary>
public sealed class RegionMap
{
    private readonly Dictionary<Guid, RegionInfo> byId;
    private readonly Dictionary<string, RegionInfo> byCode;
    private readonly Dictionary<string, RegionInfo> byPath;

    /// <summary>Creates the picture.</summary>
    public RegionMap(IEnumerable<RegionInfo> regions)
    {
        All = [.. regions.OrderBy(r => r.AdministrativeOrder).ThenBy(r => r.Code, StringComparer.Ordinal)];
        byId = All.ToDictionary(r => r.Id);
        byCode = All.ToDictionary(r => r.Code);
        byPath = All.ToDictionary(r => r.Path);
    }

    /// <summary>Every region in administrative order.</summary>
    public IReadOnlyList<RegionInfo> All { get; }

    /// <summary>The region, or null.</summary>
    public RegionInfo? Find(Guid id) => byId.GetValueOrDefault(id);

    /// <summary>The region, or null.</summary>
    public RegionInfo? FindByCode(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The region, or null.</summary>
    public RegionInfo? FindByPath(string path) => byPath.GetValueOrDefault(path);

    /// <summary>The regions directly below, in administrative order.</summary>
    public IReadOnlyList<RegionInfo> ChildrenOf(Guid parentId) => [.. All.Where(r => r.ParentId == parentId)];

    /// <summary>The region's name, or its code where it is unknown here.</summary>
    public string NameOf(TenantRef tenant) => Find(tenant.Id)?.Name ?? tenant.Code;

    /// <summary>Sorts by 行政序列.</summary>
    public IEnumerable<T> InAdministrativeOrder<T>(IEnumerable<T> items, Func<T, Guid> regionId) =>
        items.OrderBy(i => Find(regionId(i))?.AdministrativeOrder ?? int.MaxValue);
}

/// <summary>Reads the regions; the picture is kept in memory and renewed when regions change.</summary>
public interface IRegionDirectory
{
    /// <summary>The present picture.</summary>
    ValueTask<RegionMap> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>An office as other modules see it.</summary>
/// <param name="Id">The office's id.</param>
/// <param name="Name">The full name, such as 南通市政务服务管理办公室.</param>
/// <param name="ShortName">The usual short name, such as 市政务办.</param>
/// <param name="Region">The region it belongs to.</param>
public sealed record OfficeInfo(Guid Id, string Name, string ShortName, TenantRef Region);

/// <summary>Reads offices within the caller's scope.</summary>
public interface IOfficeDirectory
{
    /// <summary>The offices of one region that are not retired, in their order.</summary>
    Task<IReadOnlyList<OfficeInfo>> OfRegionAsync(Guid regionId, CancellationToken cancellationToken);

    /// <summary>The named offices that the caller may see, retired ones included.</summary>
    Task<IReadOnlyDictionary<Guid, OfficeInfo>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>Puts regions and offices in place, for seeding and onboarding.</summary>
public interface IRegionOnboarding
{
    /// <summary>
    /// Adds a province with its cities and counties from the national divisions; cities become tenants. Regions that are
    /// there already stay as they are.
    /// </summary>
    /// <param name="provinceCode">Two digits, such as <c>32</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task OnboardProvinceAsync(string provinceCode, CancellationToken cancellationToken);

    /// <summary>Adds an office to a region within the caller's scope and returns its id; the id of the one of that name if it exists.</summary>
    Task<Guid> EnsureOfficeAsync(Guid regionId, string name, string shortName, CancellationToken cancellationToken);
}

/// <summary>Ids of official divisions: derived from the code, so that every installation and every test agrees.</summary>
public static class RegionIds
{
    /// <summary>The id of the division with this code (a name-based UUID, RFC 9562 § 5.8).</summary>
    public static Guid Of(string code)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("pilotplatform:region:" + code), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
