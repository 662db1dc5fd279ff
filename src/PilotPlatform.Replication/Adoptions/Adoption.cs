using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Adoptions;

/// <summary>采用: a region declares that it takes a practice over. Owned by the adopting region, in whatever province it lies.</summary>
internal sealed class Adoption : TenantEntity
{
    public const int NotesLength = 4000;

    private Adoption()
    {
    }

    public Adoption(Guid id, Practice practice)
        : base(id)
    {
        PracticeId = practice.Id;
        PracticeTitle = practice.Title;
        OriginName = practice.OriginName;
    }

    public Guid PracticeId { get; private set; }

    public string PracticeTitle { get; private set; } = "";

    public string OriginName { get; private set; } = "";

    /// <summary>The version that was adopted.</summary>
    public int PracticeVersion { get; private set; }

    public AdoptionStatus Status { get; private set; }

    /// <summary>本地化调整: what the region does differently.</summary>
    public string AdaptationNotes { get; private set; } = "";

    public DateTime DeclaredAt { get; private set; }

    public DateTime? WithdrawnAt { get; private set; }

    public string? WithdrawalReason { get; private set; }

    /// <summary>Neither the region that a practice comes from nor the one that certified it adopts it.</summary>
    public static bool MayAdopt(Practice practice, TenantRef region) => region.Id != practice.OriginRegionId && region.Id != practice.TenantId;

    public void Declare(Practice practice, string notes, DateTime now)
    {
        Status = AdoptionStatus.Declared;
        PracticeVersion = practice.Version;
        AdaptationNotes = notes;
        DeclaredAt = now;
        WithdrawnAt = null;
        WithdrawalReason = null;
    }

    public void Withdraw(string reason, DateTime now)
    {
        if (Status == AdoptionStatus.Withdrawn)
        {
            throw new BusinessException(ReplicationErrorCodes.AdoptionWithdrawn);
        }

        Status = AdoptionStatus.Withdrawn;
        WithdrawnAt = now;
        WithdrawalReason = reason;
    }
}

/// <summary>What the certifying region knows of an adoption elsewhere; it cannot see the adopter's own rows.</summary>
internal sealed class AdoptionNotice : TenantEntity
{
    private AdoptionNotice()
    {
    }

    public AdoptionNotice(Guid id, Practice practice, Guid regionId)
        : base(id, practice.Owner)
    {
        PracticeId = practice.Id;
        RegionId = regionId;
    }

    public Guid PracticeId { get; private set; }

    public Guid RegionId { get; private set; }

    public string RegionName { get; private set; } = "";

    public AdoptionStatus Status { get; private set; }

    public string AdaptationNotes { get; private set; } = "";

    public DateTime Since { get; private set; }

    /// <summary>Events may overtake each other: an older one changes nothing.</summary>
    public bool Apply(AdoptionChanged change)
    {
        if (change.At < Since)
        {
            return false;
        }

        RegionName = change.RegionName;
        Status = change.Status;
        AdaptationNotes = change.AdaptationNotes;
        Since = change.At;
        return true;
    }
}

internal sealed class AdoptionConfiguration : IEntityTypeConfiguration<Adoption>
{
    public void Configure(EntityTypeBuilder<Adoption> builder)
    {
        builder.ToTable("ReplicationAdoptions");
        builder.Property(x => x.PracticeTitle).HasMaxLength(PracticeText.TitleLength);
        builder.Property(x => x.OriginName).HasMaxLength(60);
        builder.Property(x => x.AdaptationNotes).HasMaxLength(Adoption.NotesLength);
        builder.Property(x => x.WithdrawalReason).HasMaxLength(500);
        // One adoption per region and practice, also when two clicks arrive at the same moment.
        builder.HasIndex(x => new { x.PracticeId, x.TenantId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.DeclaredAt });
    }
}

internal sealed class AdoptionNoticeConfiguration : IEntityTypeConfiguration<AdoptionNotice>
{
    public void Configure(EntityTypeBuilder<AdoptionNotice> builder)
    {
        builder.ToTable("ReplicationAdoptionNotices");
        builder.Property(x => x.RegionName).HasMaxLength(60);
        builder.Property(x => x.AdaptationNotes).HasMaxLength(Adoption.NotesLength);
        builder.HasIndex(x => new { x.PracticeId, x.RegionId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.PracticeId });
    }
}
