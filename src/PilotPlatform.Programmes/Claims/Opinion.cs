using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Claims;

/// <summary>What an office thinks of a claim.</summary>
internal enum OpinionStance
{
    /// <summary>同意.</summary>
    Support,

    /// <summary>无意见.</summary>
    Neutral,

    /// <summary>不同意.</summary>
    Object,
}

/// <summary>征求意见: what an office said of a claim. Owned by the issuer: the claiming region never sees it.</summary>
internal sealed class Opinion : TenantEntity
{
    public const int TextLength = 1000;

    private Opinion()
    {
    }

    public Opinion(Guid id, TenantRef issuer, Claim claim, string officeName, OpinionStance stance, string text, string recordedBy)
        : base(id, issuer)
    {
        ClaimId = claim.Id;
        ProgrammeId = claim.ProgrammeId;
        OfficeName = officeName;
        Stance = stance;
        Text = text;
        RecordedBy = recordedBy;
    }

    public Guid ClaimId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public string OfficeName { get; private set; } = "";

    public OpinionStance Stance { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>The name of the person who wrote it down, as it was then.</summary>
    public string RecordedBy { get; private set; } = "";
}

internal sealed class OpinionConfiguration : IEntityTypeConfiguration<Opinion>
{
    public void Configure(EntityTypeBuilder<Opinion> builder)
    {
        builder.ToTable("ProgrammesOpinions");
        builder.Property(x => x.OfficeName).HasMaxLength(100);
        builder.Property(x => x.Text).HasMaxLength(Opinion.TextLength);
        builder.Property(x => x.RecordedBy).HasMaxLength(100);
        builder.HasOne<Claim>().WithMany().HasForeignKey(x => x.ClaimId);
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId, x.ClaimId });
    }
}
