using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Offices;

/// <summary>单位: a body within a region, such as 市政务办.</summary>
internal sealed class Office : TenantEntity
{
    private Office()
    {
    }

    public Office(Guid id, TenantRef region, string name, string shortName, int order)
        : base(id, region)
    {
        Name = name;
        ShortName = shortName;
        Order = order;
    }

    public string Name { get; private set; } = "";

    public string ShortName { get; private set; } = "";

    /// <summary>Its place in the region's lists; moving it does not spoil the form of whoever renames it.</summary>
    [SideNote]
    public int Order { get; private set; }

    /// <summary>No longer to be chosen; what it did keeps its name.</summary>
    public bool IsRetired { get; private set; }

    public void Rename(string name, string shortName)
    {
        RequireInService();
        Name = name;
        ShortName = shortName;
    }

    public void MoveTo(int order)
    {
        RequireInService();
        Order = order;
    }

    public void Retire()
    {
        RequireInService();
        IsRetired = true;
    }

    private void RequireInService()
    {
        if (IsRetired)
        {
            throw new BusinessException(RegionsErrorCodes.OfficeRetired).WithData("name", Name);
        }
    }
}

internal sealed class OfficeConfiguration : IEntityTypeConfiguration<Office>
{
    public void Configure(EntityTypeBuilder<Office> builder)
    {
        builder.ToTable("RegionsOffices");
        builder.Property(x => x.Name).HasMaxLength(100);
        builder.Property(x => x.ShortName).HasMaxLength(60);
        builder.HasIndex(x => new { x.TenantPath, x.Order });
        builder.HasIndex(x => new { x.TenantId, x.Name }).IsUnique();
    }
}
