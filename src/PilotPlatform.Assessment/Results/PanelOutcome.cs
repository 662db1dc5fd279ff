using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;

namespace PilotPlatform.Assessment.Results;

/// <summary>The sheets of a panel side by side, as the issuing office reads them; made when the last one is in.</summary>
internal sealed class PanelOutcome : TenantEntity
{
    public const int NoteLength = 1000;

    private PanelOutcome()
    {
    }

    public PanelOutcome(
        Guid id, PilotAssessment assessment, AssessmentScheme scheme, IReadOnlyList<PanelMember> members, IReadOnlyList<ScoreSheet> sheets)
        : base(id, assessment.Owner)
    {
        AssessmentId = assessment.Id;
        var nameOf = members.ToDictionary(m => m.AssessorId, m => m.AssessorName);
        var totals = sheets.Select(s => s.TotalUnder(scheme)).ToList();
        Sheets =
        [
            .. sheets.Select((sheet, i) => new ReleasedSheet
            {
                AssessorId = sheet.OwnerUserId,
                AssessorName = nameOf[sheet.OwnerUserId],
                Total = SchemeArithmetic.Round(totals[i]),
                Comment = sheet.Comment,
                Scores = [.. sheet.Entries.Select(e => new ReleasedScore { IndicatorKey = e.IndicatorKey, Points = e.Points ?? 0, Comment = e.Comment })],
            }),
        ];
        Total = SchemeArithmetic.Round(totals.Average());
        Spread = SchemeArithmetic.Round(totals.Max() - totals.Min());
        SpreadAlarm = Spread >= scheme.SpreadThreshold;
        Passes = Total >= scheme.PassMark;
    }

    public Guid AssessmentId { get; private set; }

    /// <summary>The mean of the weighted totals.</summary>
    public decimal Total { get; private set; }

    public bool Passes { get; private set; }

    /// <summary>Highest minus lowest total.</summary>
    public decimal Spread { get; private set; }

    public bool SpreadAlarm { get; private set; }

    /// <summary>How the office judges a spread that raised the alarm.</summary>
    public string? SpreadNote { get; private set; }

    public List<ReleasedSheet> Sheets { get; private set; } = [];

    public decimal MeanOf(Guid indicatorKey) =>
        SchemeArithmetic.Round(Sheets.Average(s => s.Scores.Single(x => x.IndicatorKey == indicatorKey).Points));

    public void ExplainSpread(string? note) => SpreadNote = note;
}

/// <summary>A copy of one sheet.</summary>
internal sealed class ReleasedSheet
{
    public Guid AssessorId { get; set; }

    public string AssessorName { get; set; } = "";

    public decimal Total { get; set; }

    public string Comment { get; set; } = "";

    public List<ReleasedScore> Scores { get; set; } = [];
}

/// <summary>A copy of one sheet's entry.</summary>
internal sealed class ReleasedScore
{
    public Guid IndicatorKey { get; set; }

    public decimal Points { get; set; }

    public string Comment { get; set; } = "";
}

internal sealed class PanelOutcomeConfiguration : IEntityTypeConfiguration<PanelOutcome>
{
    public void Configure(EntityTypeBuilder<PanelOutcome> builder)
    {
        builder.ToTable("AssessmentOutcomes");
        builder.Property(x => x.SpreadNote).HasMaxLength(PanelOutcome.NoteLength);
        builder.OwnsMany(x => x.Sheets, sheets =>
        {
            sheets.ToJson();
            sheets.OwnsMany(s => s.Scores);
        });
        builder.HasOne<PilotAssessment>().WithMany().HasForeignKey(x => x.AssessmentId);
        // Two last sheets at the same moment make one outcome: the second delivery fails here, is tried again and finds it done.
        builder.HasIndex(x => x.AssessmentId).IsUnique();
        builder.HasIndex(x => x.TenantPath);
    }
}
