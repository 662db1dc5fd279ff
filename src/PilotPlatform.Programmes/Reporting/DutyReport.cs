using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>
/// A region's word that it has reported: who, when, and what was handed over. Owned by the reporting region, so that the issuer sees
/// it and no sibling does.
/// </summary>
internal sealed class DutyReport : TenantEntity
{
    public const int TextLength = 1000;

    private DutyReport()
    {
    }

    public DutyReport(Guid id, ReportingDuty duty, TenantRef region, int number, string text, Guid? fileId, string reportedBy, TimeProvider time)
        : base(id, region)
    {
        DutyId = duty.Id;
        ProgrammeId = duty.ProgrammeId;
        Number = number;
        Text = text;
        FileId = fileId;
        ReportedBy = reportedBy;
        ReportedAt = time.UtcNow();
    }

    public Guid DutyId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    /// <summary>From 1; a duty without a day (及时) is reported on as often as there is something to report.</summary>
    public int Number { get; private set; }

    public string Text { get; private set; } = "";

    public Guid? FileId { get; private set; }

    public string ReportedBy { get; private set; } = "";

    public DateTime ReportedAt { get; private set; }
}

internal sealed class DutyReportConfiguration : IEntityTypeConfiguration<DutyReport>
{
    public void Configure(EntityTypeBuilder<DutyReport> builder)
    {
        builder.ToTable("ProgrammesDutyReports");
        builder.Property(x => x.Text).HasMaxLength(DutyReport.TextLength);
        builder.Property(x => x.ReportedBy).HasMaxLength(100);
        builder.HasOne<ReportingDuty>().WithMany().HasForeignKey(x => x.DutyId);
        // Two people of one region who report at once make one report of a dated duty.
        builder.HasIndex(x => new { x.DutyId, x.TenantId, x.Number }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId });
    }
}
