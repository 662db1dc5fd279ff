using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Roles;

/// <summary>What one region makes of a role: its own permissions for a ready-made role, or a role of its own.</summary>
internal sealed class RoleSet : TenantEntity
{
    private RoleSet()
    {
    }

    public RoleSet(Guid id, TenantRef region, string name, string? displayName, IEnumerable<string> permissions)
        : base(id, region)
    {
        Name = name;
        Edit(displayName, permissions);
    }

    /// <summary>A ready-made role's name, or one made from the id for the region's own role.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name to show of a region's own role; ready-made roles have texts.</summary>
    public string? DisplayName { get; private set; }

    public List<string> Permissions { get; private set; } = [];

    public static string NameOfOwn(Guid id) => $"own-{id:N}";

    public void Edit(string? displayName, IEnumerable<string> permissions)
    {
        DisplayName = displayName;
        Permissions = [.. permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

internal sealed class RoleSetConfiguration : IEntityTypeConfiguration<RoleSet>
{
    public void Configure(EntityTypeBuilder<RoleSet> builder)
    {
        builder.ToTable("IdentityRoleSets");
        builder.Property(x => x.Name).HasMaxLength(40);
        builder.Property(x => x.DisplayName).HasMaxLength(40);
        builder.PrimitiveCollection(x => x.Permissions);
        builder.HasIndex(x => x.TenantPath);
        builder.HasIndex(x => new { x.TenantId, x.Name }).IsUnique();
        // One name, one role: a second click at the same moment fails here. Ready-made roles have none of their own.
        builder.HasIndex(x => new { x.TenantId, x.DisplayName }).IsUnique();
    }
}
