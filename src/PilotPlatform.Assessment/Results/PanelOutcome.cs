using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Errors;

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
        var memberOf = members.ToDictionary(m => m.AssessorId);
        Sheets = [.. sheets.Select(s => CopyOf(s, memberOf[s.OwnerUserId], scheme))];
        Sum(scheme);
    }

    public Guid AssessmentId { get; private set; }

    /// <summary>The mean of the weighted totals that count.</summary>
    public decimal Total { get; private set; }

    public bool Passes { get; private set; }

    /// <summary>Highest minus lowest of the totals that count.</summary>
    public decimal Spread { get; private set; }

    public bool SpreadAlarm { get; private set; }

    /// <summary>How the office judges a spread that raised the alarm.</summary>
    public string? SpreadNote { get; private set; }

    public List<ReleasedSheet> Sheets { get; private set; } = [];

    /// <summary>The rule by which a further assessor's score was counted in; null where the panel agreed well enough.</summary>
    public ThirdScoreRule? ThirdRule { get; private set; }

    /// <summary>The sheets of which the result is made.</summary>
    public IEnumerable<ReleasedSheet> Counting => Sheets.Where(s => !s.IsExcluded);

    public decimal MeanOf(Guid indicatorKey) =>
        SchemeArithmetic.Round(Counting.Average(s => s.Scores.Single(x => x.IndicatorKey == indicatorKey).Points));

    /// <summary>复核会商: what the office found when it talked the spread over.</summary>
    public void ExplainSpread(string? note) => SpreadNote = note;

    /// <summary>加评 or 复核会商: one or the other answers an alarm, and only while none has.</summary>
    public void RequireOpenSpread()
    {
        if (!SpreadAlarm || SpreadNote is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.SpreadNotOpen);
        }
    }

    /// <summary>One further assessor may be called in, once; what lies far apart after that is talked over.</summary>
    public void RequireThirdPossible()
    {
        RequireOpenSpread();
        if (ThirdRule is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.ThirdNotPossible);
        }
    }

    /// <summary>Counts the sheet of the one called in, by the scheme's rule.</summary>
    public void AddThird(AssessmentScheme scheme, PanelMember third, ScoreSheet sheet)
    {
        RequireThirdPossible();
        Sheets.Add(CopyOf(sheet, third, scheme));
        ThirdRule = scheme.ThirdScoreRule;
        var counting = SchemeArithmetic.Counting([.. Sheets.Select(s => s.Total)], scheme.ThirdScoreRule);
        foreach (var (released, index) in Sheets.Select((x, i) => (x, i)))
        {
            released.IsExcluded = !counting.Contains(index);
        }

        Sum(scheme);
    }

    /// <summary>The total, by the same rule and sheets, if these points stood in the place of what was given.</summary>
    public decimal TotalWith(AssessmentScheme scheme, IReadOnlyDictionary<Guid, decimal> ruled) =>
        SchemeArithmetic.Round(Counting.Average(s => TotalOf(s, scheme, ruled)));

    private static ReleasedSheet CopyOf(ScoreSheet sheet, PanelMember member, AssessmentScheme scheme) => new()
    {
        AssessorId = sheet.OwnerUserId,
        AssessorName = member.AssessorName,
        IsThird = member.IsThird,
        Total = SchemeArithmetic.Round(sheet.TotalUnder(scheme)),
        Comment = sheet.Comment,
        Scores = [.. sheet.Entries.Select(e => new ReleasedScore { IndicatorKey = e.IndicatorKey, Points = e.Points ?? 0, Comment = e.Comment })],
    };

    private static decimal TotalOf(ReleasedSheet sheet, AssessmentScheme scheme, IReadOnlyDictionary<Guid, decimal> instead) =>
        SchemeArithmetic.Total(scheme.Indicators, sheet.Scores.ToDictionary(s => s.IndicatorKey, s => instead.GetValueOrDefault(s.IndicatorKey, s.Points)));

    private void Sum(AssessmentScheme scheme)
    {
        var none = new Dictionary<Guid, decimal>();
        var totals = Counting.Select(s => TotalOf(s, scheme, none)).ToList();
        Total = SchemeArithmetic.Round(totals.Average());
        Spread = SchemeArithmetic.Round(totals.Max() - totals.Min());
        SpreadAlarm = Spread >= scheme.SpreadThreshold;
        Passes = Total >= scheme.PassMark;
    }
}

/// <summary>A copy of one sheet.</summary>
internal sealed class ReleasedSheet
{
    public Guid AssessorId { get; set; }

    public string AssessorName { get; set; } = "";

    public decimal Total { get; set; }

    /// <summary>By the one who was called in when the panel's scores lay far apart.</summary>
    public bool IsThird { get; set; }

    /// <summary>Left out of the result by the rule.</summary>
    public bool IsExcluded { get; set; }

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
        builder.Ignore(x => x.Counting);
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
