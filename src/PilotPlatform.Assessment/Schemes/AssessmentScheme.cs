using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Schemes;

/// <summary>
/// 指标体系: a version of a scheme. A draft is its region's own; once published it never changes, so that a score keeps
/// the meaning it was given under. Correcting it means a new version.
/// </summary>
internal sealed class AssessmentScheme : TenantEntity, IRegionDraft, IAudienceShared
{
    public const int NameLength = 100;

    private AssessmentScheme()
    {
    }

    public AssessmentScheme(Guid id, Guid? programmeId)
        : base(id)
    {
        FamilyId = id;
        Version = 1;
        IsDraft = true;
        ProgrammeId = programmeId;
        AudienceKey = programmeId ?? id;
    }

    private AssessmentScheme(Guid id, AssessmentScheme previous)
        : base(id, previous.Owner)
    {
        FamilyId = previous.FamilyId;
        Version = previous.Version + 1;
        IsDraft = true;
        ProgrammeId = previous.ProgrammeId;
        AudienceKey = previous.ProgrammeId ?? id;
        Name = previous.Name;
        PassMark = previous.PassMark;
        SpreadThreshold = previous.SpreadThreshold;
        ThirdScoreRule = previous.ThirdScoreRule;
        Indicators = [.. previous.Indicators.Select(i => i.Copy())];
    }

    /// <summary>The id of the first version; all versions share it.</summary>
    public Guid FamilyId { get; private set; }

    public int Version { get; private set; }

    /// <summary>The programme whose regions may read it once published; null for a scheme that serves several.</summary>
    public Guid? ProgrammeId { get; private set; }

    public Guid AudienceKey { get; private set; }

    public bool IsDraft { get; private set; }

    public DateTime? PublishedAt { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The total from which a pilot passes.</summary>
    public decimal PassMark { get; private set; }

    /// <summary>The distance between the highest and the lowest total from which an alarm is shown.</summary>
    public decimal SpreadThreshold { get; private set; }

    /// <summary>How the result comes about when a further assessor was called in.</summary>
    public ThirdScoreRule ThirdScoreRule { get; private set; }

    /// <summary>Counts the saves: the indicators lie in a JSON column, and a change there alone must change the stamp too.</summary>
    public int Revision { get; private set; }

    public List<Indicator> Indicators { get; private set; } = [];

    public void Edit(string name, decimal passMark, decimal spreadThreshold, ThirdScoreRule thirdScoreRule, IEnumerable<Indicator> indicators)
    {
        RequireDraft();
        Name = name;
        PassMark = passMark;
        SpreadThreshold = spreadThreshold;
        ThirdScoreRule = thirdScoreRule;
        Indicators = [.. indicators];
        Revision++;
    }

    public void Publish(DateTime now)
    {
        RequireDraft();
        var sum = SchemeArithmetic.WeightSum(Indicators);
        if (sum != 100)
        {
            throw new BusinessException(AssessmentErrorCodes.WeightsNot100).WithData("sum", sum);
        }

        IsDraft = false;
        PublishedAt = now;
    }

    public AssessmentScheme Revise(Guid id)
    {
        RequirePublished();
        return new AssessmentScheme(id, this);
    }

    public void RequirePublished()
    {
        if (IsDraft)
        {
            throw new BusinessException(AssessmentErrorCodes.SchemeNotPublished);
        }
    }

    private void RequireDraft()
    {
        if (!IsDraft)
        {
            throw new BusinessException(AssessmentErrorCodes.SchemePublished);
        }
    }
}

/// <summary>How the scores of a panel and of the one called in after it (加评; third to a panel of two) make one.</summary>
internal enum ThirdScoreRule
{
    /// <summary>
    /// 去掉偏离最大的一个分数: all but the one score farthest from the others, so of three the two closest; where the highest
    /// and the lowest lie as far off, the mean of all.
    /// </summary>
    Closest,

    /// <summary>全部分数的平均值.</summary>
    MeanOfAll,
}

/// <summary>An indicator that is scored. Those of one group stand together under its name.</summary>
internal sealed class Indicator
{
    /// <summary>Names the indicator within its scheme; score sheets refer to it.</summary>
    public Guid Key { get; set; }

    /// <summary>The first level's name; null where the indicator itself is first level.</summary>
    public string? Group { get; set; }

    public string Name { get; set; } = "";

    public string Guidance { get; set; } = "";

    /// <summary>Its share of the total, in percent.</summary>
    public decimal Weight { get; set; }

    public decimal MaxPoints { get; set; }

    public Indicator Copy() => new() { Key = Key, Group = Group, Name = Name, Guidance = Guidance, Weight = Weight, MaxPoints = MaxPoints };
}

/// <summary>How weights and points become totals; one place, so that sheet, result and report agree.</summary>
internal static class SchemeArithmetic
{
    /// <summary>The step in which points are given.</summary>
    public const decimal Step = 0.5m;

    public static decimal WeightSum(IEnumerable<Indicator> indicators) => indicators.Sum(i => i.Weight);

    /// <summary>The total, 0 to 100, unrounded; indicators without points count nothing.</summary>
    public static decimal Total(IEnumerable<Indicator> indicators, IReadOnlyDictionary<Guid, decimal> points) =>
        indicators.Sum(i => points.TryGetValue(i.Key, out var given) ? given * i.Weight / i.MaxPoints : 0);

    /// <summary>
    /// Which of a panel's totals and that of the one called in, by their places, count under a rule. The totals are those shown,
    /// so that a reader can follow it. Leaving out whichever end lies farther from its neighbour leaves those that lie closest.
    /// </summary>
    public static IReadOnlyList<int> Counting(IReadOnlyList<decimal> totals, ThirdScoreRule rule)
    {
        var order = Enumerable.Range(0, totals.Count).OrderBy(i => totals[i]).ToList();
        if (rule == ThirdScoreRule.MeanOfAll)
        {
            return order;
        }

        var lower = totals[order[1]] - totals[order[0]];
        var upper = totals[order[^1]] - totals[order[^2]];
        return lower == upper ? order : lower < upper ? order[..^1] : order[1..];
    }

    /// <summary>Two decimals, halves away from zero, as offices round.</summary>
    public static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}

internal sealed class AssessmentSchemeConfiguration : IEntityTypeConfiguration<AssessmentScheme>
{
    public void Configure(EntityTypeBuilder<AssessmentScheme> builder)
    {
        builder.ToTable("AssessmentSchemes");
        builder.Property(x => x.Name).HasMaxLength(AssessmentScheme.NameLength);
        builder.OwnsMany(x => x.Indicators, indicators => indicators.ToJson());
        builder.HasIndex(x => new { x.TenantPath, x.Name });
        // One version number once: two people who revise at the same moment get one new version, not two.
        builder.HasIndex(x => new { x.FamilyId, x.Version }).IsUnique();
    }
}
