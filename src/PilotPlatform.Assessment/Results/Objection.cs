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
    /// <summary>异议成立.</summary>
    Upheld,

    /// <summary>维持原结果.</summary>
    Dismissed,
}

/// <summary>申诉: the region's objection to its published result, owned by the region; the issuer rules once. The result stays as published: the ruling is read beside it.</summary>
internal sealed class Objection : TenantEntity
{
    public const int TextLength = 2000;

    /// <summary>By the last of these working days after publication an objection is raised.</summary>
    public const int WorkingDays = 5;

    private Objection()
    {
    }

    public Objection(Guid id, AssessmentResult result, string reason, string byName, DateTime now)
        : base(id, result.Owner)
    {
        if (result.FinalAt is not null || ChinaTime.DateOf(now) > LastDayOf(result))
        {
            throw new BusinessException(AssessmentErrorCodes.ObjectionTooLate).WithData("date", LastDayOf(result).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        ResultId = result.Id;
        AssessmentId = result.AssessmentId;
        Reason = reason;
        RaisedAt = now;
        RaisedByName = byName;
    }

    public Guid ResultId { get; private set; }

    public Guid AssessmentId { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTime RaisedAt { get; private set; }

    public string RaisedByName { get; private set; } = "";

    public ObjectionRuling? Ruling { get; private set; }

    public string RulingText { get; private set; } = "";

    public DateTime? RuledAt { get; private set; }

    public string RuledByName { get; private set; } = "";

    public static DateOnly LastDayOf(AssessmentResult result) => WorkingCalendar.AddWorkingDays(ChinaTime.DateOf(result.PublishedAt), WorkingDays);

    public void Rule(ObjectionRuling ruling, string text, string byName, DateTime now)
    {
        if (Ruling is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyRuled);
        }

        Ruling = ruling;
        RulingText = text;
        RuledByName = byName;
        RuledAt = now;
    }
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
        builder.HasOne<AssessmentResult>().WithMany().HasForeignKey(x => x.ResultId);
        // One result, one objection: a second click at the same moment fails here.
        builder.HasIndex(x => x.ResultId).IsUnique();
        builder.HasIndex(x => x.AssessmentId);
        builder.HasIndex(x => x.TenantPath);
    }
}
