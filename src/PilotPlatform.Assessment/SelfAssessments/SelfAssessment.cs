using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.SelfAssessments;

/// <summary>
/// 自评: what the region itself says of its pilot, indicator by indicator. The region's own draft until it is handed in;
/// from then on final, and read by the issuing office and by the assessors beside what they score. It carries a copy of the
/// indicators, because a scheme may belong to the issuer alone.
/// </summary>
internal sealed class SelfAssessment : TenantEntity, IRegionDraft
{
    public const int SummaryLength = 4000;

    public const int RemarkLength = 1000;

    public const int LinkLength = 500;

    public const int MaxLinks = 5;

    /// <summary>It is asked for within these working days.</summary>
    public const int WorkingDays = 10;

    private SelfAssessment()
    {
    }

    public SelfAssessment(Guid id, TenantRef region, SelfAssessmentWanted wanted)
        : base(id, region)
    {
        AssessmentId = wanted.AssessmentId;
        PilotId = wanted.PilotId;
        ProgrammeId = wanted.ProgrammeId;
        ThemeOrder = wanted.ThemeOrder;
        ThemeTitle = wanted.ThemeTitle;
        PartName = wanted.PartName;
        DueOn = WorkingCalendar.AddWorkingDays(ChinaTime.DateOf(wanted.AcceptedAt), WorkingDays);
        IsDraft = true;
        LayOut(wanted);
    }

    public Guid AssessmentId { get; private set; }

    public Guid PilotId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public int ThemeOrder { get; private set; }

    public string ThemeTitle { get; private set; } = "";

    public string? PartName { get; private set; }

    public DateOnly DueOn { get; private set; }

    /// <summary>The scheme whose indicators it has; null while the issuer has named none.</summary>
    public Guid? SchemeId { get; private set; }

    public string SchemeName { get; private set; } = "";

    public int SchemeVersion { get; private set; }

    /// <summary>The issuer has set the panel with this scheme: it changes no more. Whoever is filling it in need not start anew for that.</summary>
    [SideNote]
    public bool IsSchemeSettled { get; private set; }

    public bool IsDraft { get; private set; }

    public DateTime? HandedInAt { get; private set; }

    public string HandedInByName { get; private set; } = "";

    public string Summary { get; private set; } = "";

    /// <summary>Counts the saves: the entries lie in a JSON column, and a change there alone must change the stamp too.</summary>
    public int Revision { get; private set; }

    public List<SelfEntry> Entries { get; private set; } = [];

    /// <summary>Takes over the issuer's scheme; what was written of an indicator that stays is kept.</summary>
    public void LayOut(SelfAssessmentWanted wanted)
    {
        if (!IsDraft || wanted.SchemeId is null || IsSchemeSettled)
        {
            return;
        }

        IsSchemeSettled = wanted.IsSettled;
        if (SchemeId == wanted.SchemeId)
        {
            return;
        }

        SchemeId = wanted.SchemeId;
        SchemeName = wanted.SchemeName;
        SchemeVersion = wanted.SchemeVersion;
        var written = Entries.ToDictionary(e => e.IndicatorKey);
        Entries =
        [
            .. wanted.Indicators.Select(i =>
            {
                var before = written.GetValueOrDefault(i.Key);
                return new SelfEntry
                {
                    IndicatorKey = i.Key,
                    Group = i.Group,
                    Name = i.Name,
                    Guidance = i.Guidance,
                    Weight = i.Weight,
                    MaxPoints = i.MaxPoints,
                    Points = before?.Points <= i.MaxPoints ? before.Points : null,
                    Remark = before?.Remark ?? "",
                    Links = [.. before?.Links ?? []],
                };
            }),
        ];
        Revision++;
    }

    public void Save(IReadOnlyDictionary<Guid, (decimal? Points, string Remark, IReadOnlyList<string> Links)> given, string summary)
    {
        RequireDraft();
        foreach (var entry in Entries)
        {
            var (points, remark, links) = given.GetValueOrDefault(entry.IndicatorKey, (null, "", []));
            entry.Points = points;
            entry.Remark = remark;
            entry.Links = [.. links];
        }

        Summary = summary;
        Revision++;
    }

    public void HandIn(string byName, DateTime now)
    {
        RequireDraft();
        IsDraft = false;
        HandedInAt = now;
        HandedInByName = byName;
    }

    /// <summary>The region's own weighted total, under the scheme's weights.</summary>
    public decimal Total() => SchemeArithmetic.Round(Entries.Sum(e => e.Points is { } points ? points * e.Weight / e.MaxPoints : 0));

    public void RequireDraft()
    {
        if (!IsDraft)
        {
            throw new BusinessException(AssessmentErrorCodes.SelfAssessmentHandedIn);
        }
    }
}

/// <summary>What a region says of itself on one indicator, with the indicator as it was.</summary>
internal sealed class SelfEntry
{
    public Guid IndicatorKey { get; set; }

    public string? Group { get; set; }

    public string Name { get; set; } = "";

    public string Guidance { get; set; } = "";

    public decimal Weight { get; set; }

    public decimal MaxPoints { get; set; }

    public decimal? Points { get; set; }

    public string Remark { get; set; } = "";

    /// <summary>Web addresses of evidence.</summary>
    public List<string> Links { get; set; } = [];
}

internal sealed class SelfAssessmentConfiguration : IEntityTypeConfiguration<SelfAssessment>
{
    public void Configure(EntityTypeBuilder<SelfAssessment> builder)
    {
        builder.ToTable("AssessmentSelfAssessments");
        builder.Property(x => x.ThemeTitle).HasMaxLength(300);
        builder.Property(x => x.PartName).HasMaxLength(100);
        builder.Property(x => x.SchemeName).HasMaxLength(100);
        builder.Property(x => x.HandedInByName).HasMaxLength(100);
        builder.Property(x => x.Summary).HasMaxLength(SelfAssessment.SummaryLength);
        builder.OwnsMany(x => x.Entries, entries => entries.ToJson());
        // One pilot, one self-assessment: the event that is delivered twice finds it there.
        builder.HasIndex(x => x.AssessmentId).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.PilotId });
    }
}
