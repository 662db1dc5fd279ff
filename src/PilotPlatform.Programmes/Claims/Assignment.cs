using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Claims;

/// <summary>How a region came to a theme.</summary>
internal enum AssignmentOrigin
{
    /// <summary>The notice names the region.</summary>
    Notice,

    /// <summary>Its claim was accepted.</summary>
    Claim,

    /// <summary>The issuer assigned it directly.</summary>
    Direct,
}

/// <summary>指派: the issuer decided that a region carries out a theme. The programme's audience may read it; the reason of a revocation goes to the region concerned alone.</summary>
internal sealed class Assignment : TenantEntity, IAudienceShared
{
    private Assignment()
    {
    }

    public Assignment(Guid id, Theme theme, RegionInfo region, string? partName, AssignmentOrigin origin, TimeProvider time)
        : base(id, theme.Owner)
    {
        AudienceKey = theme.ProgrammeId;
        ProgrammeId = theme.ProgrammeId;
        ThemeId = theme.Id;
        RegionId = region.Id;
        RegionPath = region.Path;
        PartName = partName ?? "";
        Origin = origin;
        AssignedAt = time.UtcNow();
        Raise(new RegionAssigned(id, ProgrammeId, ThemeId, RegionId, RegionPath, partName));
    }

    public Guid AudienceKey { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public Guid ThemeId { get; private set; }

    public Guid RegionId { get; private set; }

    public string RegionPath { get; private set; } = "";

    /// <summary>A part of the region that the notice names, such as 如皋市; empty for the region as a whole.</summary>
    public string PartName { get; private set; } = "";

    public AssignmentOrigin Origin { get; private set; }

    public DateTime AssignedAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public string? RevocationReason { get; private set; }

    /// <summary>Empty while the assignment stands, its id once revoked: so a unique index allows one standing assignment and any number of revoked ones, on every database.</summary>
    public string RevocationMark { get; private set; } = "";

    public TenantRef Region => new(RegionId, RegionPath);

    public void Revoke(string reason, TimeProvider time)
    {
        if (RevokedAt is not null)
        {
            throw new BusinessException(ProgrammesErrorCodes.AssignmentRevoked);
        }

        RevokedAt = time.UtcNow();
        RevocationReason = reason;
        RevocationMark = Id.ToString("N");
        Raise(new AssignmentRevoked(Id, ProgrammeId, ThemeId, RegionId, RegionPath, reason));
    }
}

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("ProgrammesAssignments");
        builder.Property(x => x.RegionPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.PartName).HasMaxLength(60);
        builder.Property(x => x.RevocationReason).HasMaxLength(500);
        builder.Property(x => x.RevocationMark).HasMaxLength(32);
        builder.Ignore(x => x.Region);
        builder.HasOne<Programme>().WithMany().HasForeignKey(x => x.ProgrammeId);
        builder.HasOne<Theme>().WithMany().HasForeignKey(x => x.ThemeId);
        builder.HasIndex(x => new { x.ThemeId, x.RegionId, x.PartName, x.RevocationMark }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId });
    }
}
