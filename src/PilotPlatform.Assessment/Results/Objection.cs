using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

/// <summary>What became of an objection.</summary>
internal enum ObjectionRuling
{
    /// <summary>异议成立: the result is adjusted.</summary>
    Upheld,

    /// <summary>维持原结果.</summary>
    Dismissed,
}

/// <summary>Where an objection stands.</summary>
internal enum ObjectionState
{
    /// <summary>待复核.</summary>
    Waiting,

    /// <summary>已调整.</summary>
    Upheld,

    /// <summary>已维持.</summary>
    Dismissed,

    /// <summary>已撤回.</summary>
    Withdrawn,
}

/// <summary>
/// 异议: the region's objection to its published result, owned by the region; the issuer rules once. Raised once: a region
/// that takes it back accepts the result.
/// </summary>
internal sealed class Objection : TenantEntity
{
    public const int TextLength = 2000;

    public const int PointLength = 1000;

    public const int MaxFiles = 10;

    /// <summary>By the last of these working days after publication an objection is raised.</summary>
    public const int WorkingDays = 5;

    /// <summary>By the last of these working days after it was raised the issuer rules.</summary>
    public const int RulingWorkingDays = 10;

    private Objection()
    {
    }

    public Objection(
        Guid id, AssessmentResult result, string reason, IEnumerable<ObjectionPoint> points, IEnumerable<Guid> fileIds, string byName, DateTime now)
        : base(id, result.Owner)
    {
        if (result.FinalAt is not null || ChinaTime.DateOf(now) > LastDayOf(result))
        {
            throw new BusinessException(AssessmentErrorCodes.ObjectionTooLate).WithData("date", LastDayOf(result).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        ResultId = result.Id;
        AssessmentId = result.AssessmentId;
        Reason = reason;
        Points = [.. points];
        FileIds = [.. fileIds];
        RaisedAt = now;
        RaisedByName = byName;
    }

    public Guid ResultId { get; private set; }

    public Guid AssessmentId { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>The indicators objected to, each with its reason; empty where the objection is to the whole.</summary>
    public List<ObjectionPoint> Points { get; private set; } = [];

    /// <summary>What the region puts forward in support.</summary>
    public List<Guid> FileIds { get; private set; } = [];

    public DateTime RaisedAt { get; private set; }

    public string RaisedByName { get; private set; } = "";

    public ObjectionRuling? Ruling { get; private set; }

    public string RulingText { get; private set; } = "";

    public DateTime? RuledAt { get; private set; }

    public string RuledByName { get; private set; } = "";

    public DateTime? WithdrawnAt { get; private set; }

    public string WithdrawnByName { get; private set; } = "";

    public bool IsWaiting => Ruling is null && WithdrawnAt is null;

    public ObjectionState State => StateOf(Ruling, WithdrawnAt);

    public static DateOnly LastDayOf(AssessmentResult result) => LastDayOf(result.PublishedAt);

    public static DateOnly LastDayOf(DateTime publishedAt) => WorkingCalendar.AddWorkingDays(ChinaTime.DateOf(publishedAt), WorkingDays);

    public static DateOnly RulingDueOn(DateTime raisedAt) => WorkingCalendar.AddWorkingDays(ChinaTime.DateOf(raisedAt), RulingWorkingDays);

    public static ObjectionState StateOf(ObjectionRuling? ruling, DateTime? withdrawnAt) => (ruling, withdrawnAt) switch
    {
        (_, not null) => ObjectionState.Withdrawn,
        (ObjectionRuling.Upheld, _) => ObjectionState.Upheld,
        (ObjectionRuling.Dismissed, _) => ObjectionState.Dismissed,
        _ => ObjectionState.Waiting,
    };

    public void Rule(ObjectionRuling ruling, string text, string byName, DateTime now)
    {
        RequireWaiting();
        Ruling = ruling;
        RulingText = text;
        RuledByName = byName;
        RuledAt = now;
    }

    public void Withdraw(string byName, DateTime now)
    {
        RequireWaiting();
        WithdrawnByName = byName;
        WithdrawnAt = now;
    }

    public void RequireWaiting()
    {
        if (!IsWaiting)
        {
            throw new BusinessException(WithdrawnAt is null ? AssessmentErrorCodes.AlreadyRuled : AssessmentErrorCodes.ObjectionWithdrawn);
        }
    }
}

/// <summary>One indicator objected to.</summary>
internal sealed class ObjectionPoint
{
    public Guid IndicatorKey { get; set; }

    /// <summary>Its name when the objection was raised.</summary>
    public string IndicatorName { get; set; } = "";

    public string Reason { get; set; } = "";
}

internal sealed class ObjectionConfiguration : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> builder)
    {
        builder.ToTable("AssessmentObjections");
        builder.Property(x => x.Reason).HasMaxLength(Objection.TextLength);
        builder.Property(x => x.RaisedByName).HasMaxLength(100);
        builder.Property(x => x.RulingText).HasMaxLength(Objection.TextLength);
        builder.Property(x => x.RuledByName).HasMaxLength(100);
        builder.Property(x => x.WithdrawnByName).HasMaxLength(100);
        builder.OwnsMany(x => x.Points, points => points.ToJson());
        builder.Ignore(x => x.IsWaiting);
        builder.Ignore(x => x.State);
        builder.HasOne<AssessmentResult>().WithMany().HasForeignKey(x => x.ResultId);
        // One result, one objection: a second click at the same moment fails here.
        builder.HasIndex(x => x.ResultId).IsUnique();
        builder.HasIndex(x => x.AssessmentId);
        builder.HasIndex(x => new { x.TenantPath, x.RaisedAt });
    }
}
