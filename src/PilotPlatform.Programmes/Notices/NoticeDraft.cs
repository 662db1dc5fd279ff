using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Where the draft of a notice stands.</summary>
internal enum NoticeStatus
{
    /// <summary>Being worked on; the issuing region alone sees it.</summary>
    Draft,

    /// <summary>Published as a programme.</summary>
    Published,
}

/// <summary>Where a draft comes from.</summary>
internal enum NoticeOrigin
{
    /// <summary>A notice that was read in.</summary>
    Notice,

    /// <summary>A programme of before.</summary>
    Programme,

    /// <summary>A template of the region.</summary>
    Template,
}

/// <summary>
/// A received notice and what the office makes of it: the text, what was read out of it, the office's corrections and
/// its answers. Reading, content and answers are documents that are only ever read and written whole.
/// </summary>
internal sealed class NoticeDraft : TenantEntity, IRegionDraft
{
    private NoticeDraft()
    {
    }

    public NoticeDraft(Guid id, string sourceText, string? sourceName, string readingJson, string contentJson, NoticeOrigin origin = NoticeOrigin.Notice)
        : base(id)
    {
        Origin = origin;
        SourceText = sourceText;
        SourceName = sourceName;
        ReadingJson = readingJson;
        ContentJson = contentJson;
    }

    public bool IsDraft { get; private set; } = true;

    public NoticeStatus Status { get; private set; } = NoticeStatus.Draft;

    /// <summary>The text as received; passages are ranges in it.</summary>
    public string SourceText { get; private set; } = "";

    /// <summary>The name of the file it came in; null when pasted.</summary>
    public string? SourceName { get; private set; }

    public NoticeOrigin Origin { get; private set; }

    /// <summary>A <see cref="NoticeReadingResult"/>.</summary>
    public string ReadingJson { get; private set; } = "";

    /// <summary>A <see cref="NoticeContent"/>.</summary>
    public string ContentJson { get; private set; } = "";

    /// <summary>A list of <see cref="QuestionAnswer"/>.</summary>
    public string AnswersJson { get; private set; } = "[]";

    /// <summary>A <see cref="NoticeRevision"/> that waits to be compared; null where none does.</summary>
    public string? RevisionJson { get; private set; }

    /// <summary>The content's title, for lists.</summary>
    public string? Title { get; private set; }

    /// <summary>The content's document number, for lists.</summary>
    public string? DocumentNumber { get; private set; }

    /// <summary>How many questions are open, for lists and the workbench.</summary>
    public int OpenQuestions { get; private set; }

    public Guid? ProgrammeId { get; private set; }

    public void Save(string contentJson, string answersJson, NoticeContent content, int openQuestions)
    {
        EnsureDraft();
        ContentJson = contentJson;
        AnswersJson = answersJson;
        Title = content.Title;
        DocumentNumber = content.DocumentNumber;
        OpenQuestions = openQuestions;
    }

    /// <summary>Puts a corrected notice beside the draft; a later one takes its place.</summary>
    public void Compare(string revisionJson)
    {
        EnsureDraft();
        RevisionJson = revisionJson;
    }

    /// <summary>Leaves the draft as it is.</summary>
    public void DropRevision()
    {
        EnsureDraft();
        RevisionJson = null;
    }

    /// <summary>The corrected notice becomes the one that the draft was read from.</summary>
    public void Revise(string sourceText, string? sourceName, string readingJson)
    {
        EnsureDraft();
        SourceText = sourceText;
        SourceName = sourceName;
        ReadingJson = readingJson;
        RevisionJson = null;
    }

    public void MarkPublished(Guid programmeId)
    {
        EnsureDraft();
        if (OpenQuestions > 0)
        {
            throw new BusinessException(ProgrammesErrorCodes.QuestionsOpen).WithData("count", OpenQuestions);
        }

        Status = NoticeStatus.Published;
        IsDraft = false;
        ProgrammeId = programmeId;
    }

    public void EnsureDraft()
    {
        if (Status != NoticeStatus.Draft)
        {
            throw new BusinessException(ProgrammesErrorCodes.NoticePublished);
        }
    }
}

internal sealed class NoticeDraftConfiguration : IEntityTypeConfiguration<NoticeDraft>
{
    public void Configure(EntityTypeBuilder<NoticeDraft> builder)
    {
        builder.ToTable("ProgrammesNoticeDrafts");
        // Drafts of before came from notices.
        builder.Property(x => x.Origin).HasDefaultValue(NoticeOrigin.Notice);
        builder.Property(x => x.SourceName).HasMaxLength(200);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.DocumentNumber).HasMaxLength(60);
        builder.HasIndex(x => new { x.TenantPath, x.Status, x.CreatedAt });
    }
}
