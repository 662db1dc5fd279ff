using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Pilots;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Drafts;

/// <summary>
/// The write-up of a practice before, and between, certifications. It is always a draft: the certifying region's own, so
/// that what is being written shows nowhere in the library until it is certified.
/// </summary>
internal sealed class PracticeDraft : PracticeText, IRegionDraft
{
    private PracticeDraft()
    {
    }

    public PracticeDraft(Guid id, TenantRef issuer, PilotSummary pilot, string originName, string issuingBody, string? noticeNumber)
        : base(id, issuer)
    {
        PilotId = pilot.Id;
        ThemeTitle = pilot.ThemeTitle;
        OriginRegionId = pilot.Region.Id;
        OriginRegionPath = pilot.Region.Path;
        OriginName = originName;
        IssuingBody = issuingBody;
        NoticeNumber = noticeNumber;
        Title = $"{originName}{pilot.ThemeTitle}经验做法";
        if (Title.Length > TitleLength)
        {
            Title = Title[..TitleLength];
        }

        IsDraft = true;
    }

    /// <summary>Always true, see the class.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>The certified practice, once there is one.</summary>
    public Guid? PracticeId { get; private set; }

    /// <summary>True while it says something that the library does not.</summary>
    public bool HasChanges { get; private set; } = true;

    public TenantRef Origin => new(OriginRegionId, OriginRegionPath);

    public void Edit(PracticeTextInput text)
    {
        Title = text.Title.Trim();
        Summary = text.Summary?.Trim() ?? "";
        Keywords = string.Join(' ', (text.Keywords ?? "").Split([' ', '、', '，', ',', '；', ';', '\u3000'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct());
        ReportNumber = string.IsNullOrWhiteSpace(text.ReportNumber) ? null : text.ReportNumber.Trim();
        Background = text.Background?.Trim() ?? "";
        Measures = text.Measures?.Trim() ?? "";
        Results = text.Results?.Trim() ?? "";
        Conditions = text.Conditions?.Trim() ?? "";
        HasChanges = true;
    }

    /// <summary>Its stamp changes even where nothing else does, so that a second click on the same page makes no second version.</summary>
    public void MarkCertified(Guid practiceId, TimeProvider time)
    {
        Touch(time);
        PracticeId = practiceId;
        HasChanges = false;
    }
}

/// <summary>What a person writes of a practice.</summary>
internal sealed record PracticeTextInput(
    string Title, string? Summary, string? Keywords, string? ReportNumber, string? Background, string? Measures, string? Results, string? Conditions);

internal sealed class PracticeDraftConfiguration : IEntityTypeConfiguration<PracticeDraft>
{
    public void Configure(EntityTypeBuilder<PracticeDraft> builder)
    {
        builder.ToTable("ReplicationDrafts");
        PracticeText.ConfigureText(builder);
        builder.HasIndex(x => x.PilotId).IsUnique();
        builder.HasIndex(x => x.TenantPath);
    }
}
