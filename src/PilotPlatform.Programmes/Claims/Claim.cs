using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Claims;

/// <summary>The life of a claim.</summary>
internal enum ClaimStatus
{
    /// <summary>Being written; the claiming region alone sees it.</summary>
    Draft,

    /// <summary>Handed in; waits for the issuer.</summary>
    Submitted,

    /// <summary>Taken back by the region.</summary>
    Withdrawn,

    /// <summary>The theme was assigned.</summary>
    Accepted,

    /// <summary>The issuer said no.</summary>
    Declined,
}

/// <summary>自愿申领: a region asks for a theme. Owned by the claiming region, so that no sibling sees it.</summary>
internal sealed class Claim : TenantEntity, IRegionDraft
{
    public const int ReasonsLength = 4000;

    private Claim()
    {
    }

    public Claim(Guid id, Theme theme, TenantRef region, string reasons, string? partName)
        : base(id, region)
    {
        ProgrammeId = theme.ProgrammeId;
        ThemeId = theme.Id;
        Reasons = reasons;
        PartName = partName ?? "";
    }

    public Guid ProgrammeId { get; private set; }

    public Guid ThemeId { get; private set; }

    public bool IsDraft { get; private set; } = true;

    public ClaimStatus Status { get; private set; } = ClaimStatus.Draft;

    public string Reasons { get; private set; } = "";

    /// <summary>A part of the region that would carry the theme out; empty for the whole region.</summary>
    public string PartName { get; private set; } = "";

    public DateTime? SubmittedAt { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public string? DecisionReason { get; private set; }

    public Guid? AssignmentId { get; private set; }

    public void Revise(string reasons, string? partName)
    {
        if (Status is not (ClaimStatus.Draft or ClaimStatus.Withdrawn))
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimNotEditable);
        }

        Reasons = reasons;
        PartName = partName ?? "";
    }

    public void Submit(Programme programme, TimeProvider time)
    {
        if (Status is not (ClaimStatus.Draft or ClaimStatus.Withdrawn))
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimNotEditable);
        }

        programme.EnsureTakesClaimOf(Owner, time);
        Status = ClaimStatus.Submitted;
        IsDraft = false;
        SubmittedAt = time.UtcNow();
    }

    public void Withdraw()
    {
        if (Status != ClaimStatus.Submitted)
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimNotAwaitingDecision);
        }

        Status = ClaimStatus.Withdrawn;
    }

    public void Accept(Guid assignmentId, string? reason, TimeProvider time)
    {
        EnsureAwaitsDecision();
        Status = ClaimStatus.Accepted;
        AssignmentId = assignmentId;
        DecisionReason = reason;
        DecidedAt = time.UtcNow();
    }

    public void Decline(string reason, TimeProvider time)
    {
        EnsureAwaitsDecision();
        Status = ClaimStatus.Declined;
        DecisionReason = reason;
        DecidedAt = time.UtcNow();
    }

    private void EnsureAwaitsDecision()
    {
        if (Status != ClaimStatus.Submitted)
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimNotAwaitingDecision);
        }
    }
}

internal sealed class ClaimConfiguration : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> builder)
    {
        builder.ToTable("ProgrammesClaims");
        builder.Property(x => x.Reasons).HasMaxLength(Claim.ReasonsLength);
        builder.Property(x => x.PartName).HasMaxLength(60);
        builder.Property(x => x.DecisionReason).HasMaxLength(500);
        builder.HasOne<Programme>().WithMany().HasForeignKey(x => x.ProgrammeId);
        builder.HasOne<Theme>().WithMany().HasForeignKey(x => x.ThemeId);
        builder.HasIndex(x => new { x.ThemeId, x.TenantId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId });
    }
}
