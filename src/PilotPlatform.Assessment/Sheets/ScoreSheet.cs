using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Sheets;

/// <summary>
/// One assessor's scores for one pilot. It belongs to that assessor alone, for good: the draft filter hides it from
/// everybody else, the row log keeps only that it was saved, and what the issuing office reads is a copy
/// (<see cref="Results.PanelOutcome"/>) that is made when every sheet of the panel is in. So there is no moment, and no
/// query that forgets a condition, in which one assessor's score can be read early.
/// </summary>
internal sealed class ScoreSheet : TenantEntity, IPersonalDraft
{
    private ScoreSheet()
    {
    }

    public ScoreSheet(Guid id, PilotAssessment assessment, Guid assessorId, IEnumerable<Indicator> indicators)
        : base(id, assessment.Owner)
    {
        AssessmentId = assessment.Id;
        PilotId = assessment.PilotId;
        OwnerUserId = assessorId;
        IsDraft = true;
        Entries = [.. indicators.Select(i => new ScoreEntry { IndicatorKey = i.Key })];
    }

    public Guid AssessmentId { get; private set; }

    public Guid PilotId { get; private set; }

    public Guid OwnerUserId { get; private set; }

    /// <summary>Always true, see the class: submitting makes it final, not visible.</summary>
    public bool IsDraft { get; private set; }

    public DateTime? SubmittedAt { get; private set; }

    /// <summary>回避: the assessor withdrew; the sheet is closed and counts nothing.</summary>
    public DateTime? RecusedAt { get; private set; }

    public string Comment { get; private set; } = "";

    /// <summary>Counts the saves: the entries lie in a JSON column, and a change there alone must change the stamp too.</summary>
    public int Revision { get; private set; }

    public List<ScoreEntry> Entries { get; private set; } = [];

    public void Save(IEnumerable<ScoreEntry> entries, string comment)
    {
        RequireOpen();
        var given = entries.ToDictionary(e => e.IndicatorKey);
        foreach (var entry in Entries)
        {
            var now = given.GetValueOrDefault(entry.IndicatorKey);
            entry.Points = now?.Points;
            entry.Comment = now?.Comment ?? "";
        }

        Comment = comment;
        Revision++;
    }

    public void Submit(DateTime now)
    {
        RequireOpen();
        SubmittedAt = now;
    }

    public void Recuse(DateTime now)
    {
        RequireOpen();
        RecusedAt = now;
    }

    public decimal TotalUnder(AssessmentScheme scheme) => SchemeArithmetic.Total(
        scheme.Indicators, Entries.Where(e => e.Points is not null).ToDictionary(e => e.IndicatorKey, e => e.Points!.Value));

    private void RequireOpen()
    {
        if (SubmittedAt is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.SheetSubmitted);
        }

        if (RecusedAt is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.Recused);
        }
    }
}

/// <summary>What a sheet says of one indicator.</summary>
internal sealed class ScoreEntry
{
    public Guid IndicatorKey { get; set; }

    public decimal? Points { get; set; }

    public string Comment { get; set; } = "";
}

internal sealed class ScoreSheetConfiguration : IEntityTypeConfiguration<ScoreSheet>
{
    public void Configure(EntityTypeBuilder<ScoreSheet> builder)
    {
        builder.ToTable("AssessmentScoreSheets");
        builder.Property(x => x.Comment).HasMaxLength(4000);
        builder.OwnsMany(x => x.Entries, entries => entries.ToJson());
        builder.HasOne<PilotAssessment>().WithMany().HasForeignKey(x => x.AssessmentId);
        builder.HasIndex(x => new { x.AssessmentId, x.OwnerUserId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.OwnerUserId });
    }
}
