using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Regions;

/// <summary>A region of the tree; a tenant once active.</summary>
internal sealed class Region : Entity
{
    private Region()
    {
    }

    public Region(Guid id, string code, string name, string shortName, RegionLevel level, Region? parent, int administrativeOrder)
        : base(id)
    {
        Code = code;
        Name = name;
        ShortName = shortName;
        Level = level;
        ParentId = parent?.Id;
        Path = TenantPaths.Append(parent?.Path ?? TenantRef.Root.Path, code);
        AdministrativeOrder = administrativeOrder;
    }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string ShortName { get; private set; } = "";

    public RegionLevel Level { get; private set; }

    public Guid? ParentId { get; private set; }

    public string Path { get; private set; } = "";

    public int AdministrativeOrder { get; private set; }

    public bool IsActive { get; private set; }

    /// <summary>A zone or town that a region added; it is not in the national divisions.</summary>
    public bool IsAdded { get; private set; }

    /// <summary>A zone (开发区) below a city or province, or a town below a county, under a code of its own.</summary>
    public static Region Add(Guid id, string code, string name, string shortName, RegionLevel level, Region parent, int administrativeOrder)
    {
        var stands = (parent.Level, level) is (RegionLevel.Province or RegionLevel.City, RegionLevel.County) or (RegionLevel.County, RegionLevel.Town);
        return stands
            ? new Region(id, code, name, shortName, level, parent, administrativeOrder) { IsAdded = true }
            : throw new BusinessException(RegionsErrorCodes.LevelNotAllowed);
    }

    /// <summary>Makes the region a tenant that people may sign in for.</summary>
    public void Activate() => IsActive = true;

    public RegionInfo ToInfo() => new(Id, Code, Name, ShortName, Level, Path, ParentId, AdministrativeOrder, IsActive);
}

internal sealed class RegionConfiguration : IEntityTypeConfiguration<Region>
{
    public void Configure(EntityTypeBuilder<Region> builder)
    {
        builder.ToTable("RegionsRegions");
        builder.Property(x => x.Code).HasMaxLength(12);
        builder.Property(x => x.Name).HasMaxLength(60);
        builder.Property(x => x.ShortName).HasMaxLength(60);
        builder.Property(x => x.Path).HasMaxLength(TenantPaths.MaxLength);
        builder.HasOne<Region>().WithMany().HasForeignKey(x => x.ParentId);
        builder.HasIndex(x => x.Code).IsUnique();
        builder.HasIndex(x => x.Path).IsUnique();
    }
}
