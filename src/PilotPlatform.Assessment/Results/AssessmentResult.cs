using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

/// <summary>
/// The published result, owned by the region assessed: exactly what that region is to see. Assessors are neither
/// named nor countable: means, and comments in the order of their text.
/// </summary>
internal sealed class AssessmentResult : TenantEntity
{
    private AssessmentResult()
    {
    }

    public AssessmentResult(
        Guid id, PilotAssessment assessment, AssessmentScheme scheme, PanelOutcome outcome, string comment, DateTime publishedAt)
        : base(id, assessment.PilotRegion)
    {
        AssessmentId = assessment.Id;
        PilotId = assessment.PilotId;
        ProgrammeId = assessment.ProgrammeId;
        ThemeOrder = assessment.ThemeOrder;
        ThemeTitle = assessment.ThemeTitle;
        PartName = assessment.PartName;
        SchemeName = scheme.Name;
        SchemeVersion = scheme.Version;
        PassMark = scheme.PassMark;
        Total = outcome.Total;
        Passed = outcome.Passes;
        Comment = comment;
        PublishedAt = publishedAt;
        IssuerId = assessment.TenantId;
        IssuerPath = assessment.TenantPath;
        AssessorComments = Comments(outcome.Counting.Select(s => s.Comment));
        Indicators =
        [
            .. scheme.Indicators.Select(i => new ResultIndicator
            {
                Key = i.Key,
                Group = i.Group,
                Name = i.Name,
                Weight = i.Weight,
                MaxPoints = i.MaxPoints,
                Mean = outcome.MeanOf(i.Key),
                Comments = Comments(outcome.Counting.Select(s => s.Scores.Single(x => x.IndicatorKey == i.Key).Comment)),
            }),
        ];
    }

    public Guid AssessmentId { get; private set; }

    public Guid PilotId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public int ThemeOrder { get; private set; }

    public string ThemeTitle { get; private set; } = "";

    public string? PartName { get; private set; }

    public string SchemeName { get; private set; } = "";

    public int SchemeVersion { get; private set; }

    public decimal PassMark { get; private set; }

    /// <summary>The total in force: as published or, after a ruling that adjusted it, as ruled. Whoever counts reads this one.</summary>
    public decimal Total { get; private set; }

    public bool Passed { get; private set; }

    /// <summary>What was published, where a ruling has adjusted it; else null.</summary>
    public decimal? OriginalTotal { get; private set; }

    public bool? OriginalPassed { get; private set; }

    /// <summary>The issuing office's own words.</summary>
    public string Comment { get; private set; } = "";

    public DateTime PublishedAt { get; private set; }

    /// <summary>The region that assessed: it rules on an objection.</summary>
    public Guid IssuerId { get; private set; }

    public string IssuerPath { get; private set; } = "";

    /// <summary>When the time for objections was over, or the objection settled.</summary>
    public DateTime? FinalAt { get; private set; }

    public TenantRef Issuer => new(IssuerId, IssuerPath);

    public List<string> AssessorComments { get; private set; } = [];

    public List<ResultIndicator> Indicators { get; private set; } = [];

    /// <summary>No objection is possible any more: the last day for one has come, or it was ruled on.</summary>
    public void Finalise(Objection? objection, DateTime now)
    {
        if (objection is null ? ChinaTime.DateOf(now) < Objection.LastDayOf(this) : objection.IsWaiting)
        {
            throw new BusinessException(AssessmentErrorCodes.ObjectionOpen);
        }

        FinalAt ??= now;
    }

    /// <summary>复核调整: an upheld objection's new points, by indicator. What was published stays beside them.</summary>
    public void Adjust(decimal total, IReadOnlyDictionary<Guid, decimal> points)
    {
        if (FinalAt is not null || OriginalTotal is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyRuled);
        }

        OriginalTotal = Total;
        OriginalPassed = Passed;
        Total = total;
        Passed = total >= PassMark;
        foreach (var indicator in Indicators.Where(i => points.ContainsKey(i.Key)))
        {
            indicator.OriginalMean = indicator.Mean;
            indicator.Mean = points[indicator.Key];
        }
    }

    // Sorted by their text: an order by assessor would let a region match comments across its results.
    private static List<string> Comments(IEnumerable<string> comments) =>
        [.. comments.Where(c => c.Length > 0).Order(StringComparer.Ordinal)];
}

/// <summary>One indicator's published mean.</summary>
internal sealed class ResultIndicator
{
    /// <summary>The scheme's key of it; empty in results of before objections named indicators.</summary>
    public Guid Key { get; set; }

    public string? Group { get; set; }

    public string Name { get; set; } = "";

    public decimal Weight { get; set; }

    public decimal MaxPoints { get; set; }

    /// <summary>The points in force: the mean or, after an adjustment, those ruled.</summary>
    public decimal Mean { get; set; }

    /// <summary>The published mean, where a ruling has adjusted it.</summary>
    public decimal? OriginalMean { get; set; }

    public List<string> Comments { get; set; } = [];
}

internal sealed class AssessmentResultConfiguration : IEntityTypeConfiguration<AssessmentResult>
{
    public void Configure(EntityTypeBuilder<AssessmentResult> builder)
    {
        builder.ToTable("AssessmentResults");
        builder.Property(x => x.ThemeTitle).HasMaxLength(300);
        builder.Property(x => x.PartName).HasMaxLength(100);
        builder.Property(x => x.SchemeName).HasMaxLength(100);
        builder.Property(x => x.IssuerPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Ignore(x => x.Issuer);
        builder.Property(x => x.Comment).HasMaxLength(4000);
        builder.OwnsMany(x => x.Indicators, indicators => indicators.ToJson());
        builder.HasIndex(x => x.AssessmentId).IsUnique();
        builder.HasIndex(x => x.PilotId).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.PublishedAt });
    }
}
