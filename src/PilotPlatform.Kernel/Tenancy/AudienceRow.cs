using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;

namespace PilotPlatform.Tenancy;

/// <summary>
/// Lets one region read what an ancestor shares under <see cref="SubjectId"/>. The row is owned by the region
/// that reads, so it appears in that region's scope and in no sibling's.
/// </summary>
public sealed class AudienceRow : TenantEntity
{
    private AudienceRow()
    {
    }

    /// <summary>Creates the row for one reading region.</summary>
    public AudienceRow(Guid id, TenantRef reader, Guid subjectId)
        : base(id, reader) => SubjectId = subjectId;

    /// <summary>What is shared, see <see cref="IAudienceShared.AudienceKey"/>.</summary>
    public Guid SubjectId { get; private set; }
}

internal sealed class AudienceRowConfiguration : IEntityTypeConfiguration<AudienceRow>
{
    public void Configure(EntityTypeBuilder<AudienceRow> builder)
    {
        builder.ToTable("KernelAudience");
        builder.HasIndex(x => new { x.SubjectId, x.TenantPath }).IsUnique();
    }
}
