using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Panels;

/// <summary>
/// The assessment of one pilot, owned by the issuing region: the region assessed sees nothing of it but the
/// result, once that is published.
/// </summary>
internal sealed class PilotAssessment : TenantEntity
{
    /// <summary>Fewer cannot be blind to each other.</summary>
    public const int MinAssessors = 2;

    public const int MaxAssessors = 9;

    private PilotAssessment()
    {
    }

    public PilotAssessment(Guid id, TenantRef issuer, PilotSummary pilot, DateTime acceptedAt)
        : base(id, issuer)
    {
        PilotId = pilot.Id;
        ProgrammeId = pilot.ProgrammeId;
        ThemeOrder = pilot.ThemeOrder;
        ThemeTitle = pilot.ThemeTitle;
        PartName = pilot.PartName;
        PilotRegionId = pilot.Region.Id;
        PilotRegionPath = pilot.Region.Path;
        AcceptedAt = acceptedAt;
    }

    public Guid PilotId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public int ThemeOrder { get; private set; }

    public string ThemeTitle { get; private set; } = "";

    public string? PartName { get; private set; }

    public Guid PilotRegionId { get; private set; }

    public string PilotRegionPath { get; private set; } = "";

    public AssessmentStatus Status { get; private set; }

    public DateTime AcceptedAt { get; private set; }

    public Guid? SchemeId { get; private set; }

    /// <summary>By when the assessors are to submit.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>自评: what the region itself says; for the assessors and the issuing office. Empty while, and if, it says nothing.</summary>
    public string SelfAssessment { get; private set; } = "";

    /// <summary>Who published the result: not the one who rules on an objection to it.</summary>
    public Guid? PublishedById { get; private set; }

    public TenantRef PilotRegion => new(PilotRegionId, PilotRegionPath);

    public void SetPanel(AssessmentScheme scheme, DateOnly? dueOn)
    {
        if (Status != AssessmentStatus.AwaitingPanel)
        {
            throw new BusinessException(AssessmentErrorCodes.PanelAlreadySet);
        }

        scheme.RequirePublished();
        SchemeId = scheme.Id;
        DueOn = dueOn;
        Status = AssessmentStatus.Scoring;
    }

    /// <summary>Taken until the result is published; the latest stands.</summary>
    public void AddSelfAssessment(string text)
    {
        if (Status == AssessmentStatus.Published)
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyPublished);
        }

        SelfAssessment = text;
    }

    /// <summary>加评: the panel's scores lie far apart, and one further assessor is to score.</summary>
    public void CallThird(PanelOutcome outcome, DateOnly? dueOn)
    {
        RequireScored();
        outcome.RequireThirdPossible();
        DueOn = dueOn;
        Status = AssessmentStatus.ThirdScoring;
    }

    /// <summary>复核会商: the office has talked the spread over, and keeps the minutes.</summary>
    public void Moderate(PanelOutcome outcome, string minutes, TimeProvider time)
    {
        RequireScored();
        outcome.RequireOpenSpread();
        outcome.ExplainSpread(minutes);
        Touch(time);
    }

    /// <summary>Somebody on the panel changes while it scores.</summary>
    public void RequireScoring()
    {
        if (Status is not (AssessmentStatus.Scoring or AssessmentStatus.ThirdScoring))
        {
            throw new BusinessException(Status == AssessmentStatus.Published ? AssessmentErrorCodes.AlreadyPublished : AssessmentErrorCodes.NotRecused);
        }
    }

    /// <summary>All score sheets are in: what they say may be seen by the issuing office.</summary>
    public void Complete()
    {
        if (Status is not (AssessmentStatus.Scoring or AssessmentStatus.ThirdScoring))
        {
            throw new BusinessException(AssessmentErrorCodes.NotAllSubmitted);
        }

        Status = AssessmentStatus.Scored;
    }

    public void Publish(Guid? byUser)
    {
        RequireScored();
        Status = AssessmentStatus.Published;
        PublishedById = byUser;
    }

    private void RequireScored()
    {
        if (Status != AssessmentStatus.Scored)
        {
            throw new BusinessException(Status == AssessmentStatus.Published ? AssessmentErrorCodes.AlreadyPublished : AssessmentErrorCodes.NotAllSubmitted);
        }
    }
}

/// <summary>An assessor's place on a panel. Says whether the sheet is in; never what it says.</summary>
internal sealed class PanelMember : TenantEntity
{
    private PanelMember()
    {
    }

    public PanelMember(Guid id, PilotAssessment assessment, Guid assessorId, string assessorName, bool isThird = false)
        : base(id, assessment.Owner)
    {
        AssessmentId = assessment.Id;
        AssessorId = assessorId;
        AssessorName = assessorName;
        IsThird = isThird;
    }

    public Guid AssessmentId { get; private set; }

    public Guid AssessorId { get; private set; }

    public string AssessorName { get; private set; } = "";

    public bool HasSubmitted { get; private set; }

    /// <summary>加评专家: called in when the panel's scores lay far apart; third to a panel of two.</summary>
    public bool IsThird { get; private set; }

    /// <summary>回避: when the assessor declared a conflict of interest. Nothing of theirs counts from then on.</summary>
    public DateTime? RecusedAt { get; private set; }

    public string RecusalReason { get; private set; } = "";

    /// <summary>Somebody else scores in the place of the one who withdrew.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>The panel waits for this place: for its sheet, or for somebody to take it.</summary>
    public bool IsOutstanding => RecusedAt is null ? !HasSubmitted : !IsReplaced;

    public void MarkSubmitted() => HasSubmitted = true;

    public void Recuse(string reason, DateTime now)
    {
        if (HasSubmitted)
        {
            throw new BusinessException(AssessmentErrorCodes.SheetSubmitted);
        }

        if (RecusedAt is not null)
        {
            throw new BusinessException(AssessmentErrorCodes.Recused);
        }

        RecusedAt = now;
        RecusalReason = reason;
    }

    public void MarkReplaced()
    {
        if (RecusedAt is null || IsReplaced)
        {
            throw new BusinessException(AssessmentErrorCodes.NotRecused);
        }

        IsReplaced = true;
    }
}

internal sealed class PilotAssessmentConfiguration : IEntityTypeConfiguration<PilotAssessment>
{
    public void Configure(EntityTypeBuilder<PilotAssessment> builder)
    {
        builder.ToTable("AssessmentAssessments");
        builder.Property(x => x.SelfAssessment).HasMaxLength(4000);
        builder.Property(x => x.ThemeTitle).HasMaxLength(300);
        builder.Property(x => x.PartName).HasMaxLength(100);
        builder.Property(x => x.PilotRegionPath).HasMaxLength(TenantPaths.MaxLength);
        builder.HasOne<AssessmentScheme>().WithMany().HasForeignKey(x => x.SchemeId);
        builder.HasIndex(x => new { x.TenantPath, x.Status });
        builder.HasIndex(x => x.PilotId).IsUnique();
    }
}

internal sealed class PanelMemberConfiguration : IEntityTypeConfiguration<PanelMember>
{
    public void Configure(EntityTypeBuilder<PanelMember> builder)
    {
        builder.ToTable("AssessmentPanelMembers");
        builder.Property(x => x.AssessorName).HasMaxLength(100);
        builder.Property(x => x.RecusalReason).HasMaxLength(PanelChanges.ReasonLength);
        builder.Ignore(x => x.IsOutstanding);
        builder.HasOne<PilotAssessment>().WithMany().HasForeignKey(x => x.AssessmentId);
        builder.HasIndex(x => new { x.AssessmentId, x.AssessorId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.AssessorId });
    }
}
