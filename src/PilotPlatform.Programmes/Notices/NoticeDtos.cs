using PilotPlatform.Data;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A notice of the list.</summary>
internal sealed record NoticeListItemDto(
    Guid Id, string? Title, string? DocumentNumber, string? SourceName, NoticeStatus Status, int OpenQuestions, DateTime CreatedAt, DateTime? ModifiedAt, Guid? ProgrammeId);

/// <summary>Query parameters of the list of notices.</summary>
internal sealed class GetNoticesInput : PagedInput
{
    /// <summary>Only notices that stand here.</summary>
    public NoticeStatus? Status { get; init; }
}

/// <summary>A text to read in.</summary>
internal sealed record CreateNoticeDto(string Text);

/// <summary>An answer as the office gives it.</summary>
internal sealed record AnswerDto(string Key, string Text);

/// <summary>The office's present state of the draft, as autosave sends it.</summary>
internal sealed record SaveNoticeDto(NoticeContent Content, IReadOnlyList<AnswerDto> Answers, string ConcurrencyStamp);

/// <summary>Confirms publishing, or drops the draft.</summary>
internal sealed record NoticeStampDto(string ConcurrencyStamp);

/// <summary>A notice with everything that the wizard shows.</summary>
internal sealed record NoticeDto(
    Guid Id,
    NoticeStatus Status,
    NoticeOrigin Origin,
    string? SourceName,
    string SourceText,
    NoticeContent Content,
    NoticeContent Original,
    IReadOnlyList<NoticePassage> Passages,
    IReadOnlyList<NoticeQuestionDto> Questions,
    int OpenQuestions,
    NoticePreviewDto Preview,
    bool HasRevision,
    Guid? ProgrammeId,
    DateTime SavedAt,
    string ConcurrencyStamp);

/// <summary>The programme that a notice became.</summary>
internal sealed record PublishedNoticeDto(Guid ProgrammeId, int Themes, int Assignments, int Regions);
