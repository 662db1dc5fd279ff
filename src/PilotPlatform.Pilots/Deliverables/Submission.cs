using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>Where one version stands.</summary>
internal enum SubmissionStatus
{
    Draft,
    Submitted,
    Returned,
    Accepted,
}

/// <summary>The sections of a submission; a return names some of them.</summary>
internal enum SubmissionSection
{
    /// <summary>主要做法.</summary>
    Measures,

    /// <summary>制度成果.</summary>
    Institutions,

    /// <summary>成效数据.</summary>
    Results,

    /// <summary>存在问题.</summary>
    Problems,

    /// <summary>附件: not a text; a return may name it.</summary>
    Attachments,
}

/// <summary>形式审查: what is checked before the content is judged.</summary>
internal enum FormalCheckItem
{
    /// <summary>材料齐全.</summary>
    Complete,

    /// <summary>文件可以打开、内容清晰.</summary>
    Legible,

    /// <summary>与试点任务一致.</summary>
    MatchesTheme,

    /// <summary>已经本地区审定.</summary>
    ApprovedByRegion,

    /// <summary>不含涉密和个人敏感信息.</summary>
    NothingConfidential,
}

[NotMapped]
internal sealed record SectionText(SubmissionSection Section, string Text);

[NotMapped]
internal sealed record SubmissionFile(Guid Id, string Name, long Size, string ContentType, string Sha256);

[NotMapped]
internal sealed record FormalCheckAnswer(FormalCheckItem Item, bool Passed, string? Remark);

[NotMapped]
internal sealed record SectionFinding(SubmissionSection Section, string Reason);

/// <summary>成果报送: one version of a deliverable. The region alone sees it until it is handed in; then it never changes but for the decision.</summary>
[TakesTurns]
internal sealed class Submission : TenantEntity, IRegionDraft
{
    /// <summary>The sections that carry text.</summary>
    public static readonly IReadOnlyList<SubmissionSection> TextSections =
        [SubmissionSection.Measures, SubmissionSection.Institutions, SubmissionSection.Results, SubmissionSection.Problems];

    private Submission()
    {
    }

    public Submission(Guid id, Pilot pilot, Deliverable deliverable)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        DeliverableId = deliverable.Id;
        IssuerTenantId = pilot.IssuerTenantId;
        Version = deliverable.LatestVersion + 1;
    }

    public Guid PilotId { get; private set; }

    public Guid DeliverableId { get; private set; }

    /// <summary>Whose reviewers check it; copied from the pilot for the queue.</summary>
    public Guid IssuerTenantId { get; private set; }

    public int Version { get; private set; }

    public bool IsDraft { get; private set; } = true;

    public SubmissionStatus Status { get; private set; } = SubmissionStatus.Draft;

    /// <summary>Kept out of the audit log: others read that, and this is a draft at first. Each version is kept anyway.</summary>
    [Sensitive]
    public IReadOnlyList<SectionText> Sections { get; private set; } = [];

    /// <summary>Kept out of the audit log like <see cref="Sections"/>.</summary>
    [Sensitive]
    public IReadOnlyList<SubmissionFile> Files { get; private set; } = [];

    public DateTime? SubmittedAt { get; private set; }

    public string SubmittedByName { get; private set; } = "";

    public DateTime? DecidedAt { get; private set; }

    public string DecidedByName { get; private set; } = "";

    public IReadOnlyList<FormalCheckAnswer> Checks { get; private set; } = [];

    public IReadOnlyList<SectionFinding> Findings { get; private set; } = [];

    public string Remark { get; private set; } = "";

    public DateOnly? CorrectionDueOn { get; private set; }

    public string TextOf(SubmissionSection section) => Sections.FirstOrDefault(s => s.Section == section)?.Text ?? "";

    public void Rewrite(IReadOnlyList<SectionText> sections, IReadOnlyList<SubmissionFile> files, TimeProvider time)
    {
        RequireDraft();
        Sections = sections;
        Files = files;
        Touch(time);
    }

    public void Submit(DateTime now, string byName)
    {
        RequireDraft();
        if (string.IsNullOrWhiteSpace(TextOf(SubmissionSection.Measures)))
        {
            throw new InputException("sections.measures", PlatformErrorCodes.Required);
        }

        if (Files.Count == 0)
        {
            throw new InputException("fileIds", PilotsErrorCodes.FileNeeded);
        }

        IsDraft = false;
        Status = SubmissionStatus.Submitted;
        SubmittedAt = now;
        SubmittedByName = byName;
    }

    public void Return(IReadOnlyList<FormalCheckAnswer> checks, IReadOnlyList<SectionFinding> findings, string remark, DateOnly correctionDueOn, DateTime now, string byName)
    {
        RequireUndecided();
        if (findings.Count == 0)
        {
            throw new BusinessException(PilotsErrorCodes.SectionNeeded);
        }

        Status = SubmissionStatus.Returned;
        Findings = findings;
        CorrectionDueOn = correctionDueOn;
        Decide(checks, remark, now, byName);
    }

    public void Accept(IReadOnlyList<FormalCheckAnswer> checks, string remark, DateTime now, string byName)
    {
        RequireUndecided();
        if (checks.Any(c => !c.Passed))
        {
            throw new BusinessException(PilotsErrorCodes.FormalCheckNotPassed);
        }

        Status = SubmissionStatus.Accepted;
        Decide(checks, remark, now, byName);
    }

    public void RequireUndecided()
    {
        if (Status != SubmissionStatus.Submitted)
        {
            throw new BusinessException(PilotsErrorCodes.AlreadyDecided);
        }
    }

    private void Decide(IReadOnlyList<FormalCheckAnswer> checks, string remark, DateTime now, string byName)
    {
        Checks = checks;
        Remark = remark;
        DecidedAt = now;
        DecidedByName = byName;
    }

    private void RequireDraft()
    {
        if (Status != SubmissionStatus.Draft)
        {
            throw new BusinessException(PilotsErrorCodes.AlreadySubmitted);
        }
    }
}

internal sealed class SubmissionConfiguration : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> builder)
    {
        builder.ToTable("PilotsSubmissions");
        builder.Property(x => x.Sections).AsJson();
        builder.Property(x => x.Files).AsJson();
        builder.Property(x => x.Checks).AsJson();
        builder.Property(x => x.Findings).AsJson();
        builder.Property(x => x.SubmittedByName).HasMaxLength(100);
        builder.Property(x => x.DecidedByName).HasMaxLength(100);
        builder.Property(x => x.Remark).HasMaxLength(SubmissionLimits.Remark);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasOne<Deliverable>().WithMany().HasForeignKey(x => x.DeliverableId);
        // Two drafts begun at once: the index lets one through, the other person is told.
        builder.HasIndex(x => new { x.DeliverableId, x.Version }).IsUnique();
        builder.HasIndex(x => new { x.PilotId, x.Status });
        builder.HasIndex(x => new { x.IssuerTenantId, x.Status, x.SubmittedAt });
    }
}

internal static class SubmissionLimits
{
    public const int Section = 8000;
    public const int Files = 20;
    public const int Reason = 1000;
    public const int Remark = 1000;
}
