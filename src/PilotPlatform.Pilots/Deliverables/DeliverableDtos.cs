using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.Deliverables;

internal sealed record SectionTextDto(SubmissionSection Section, string Text);

internal sealed record SubmissionFileDto(Guid Id, string Name, long Size, string ContentType, string Sha256);

internal sealed record FormalCheckAnswerDto(FormalCheckItem Item, bool Passed, string? Remark);

internal sealed record SectionFindingDto(SubmissionSection Section, string Reason);

internal sealed record SubmissionDto(
    Guid Id, string ConcurrencyStamp, Guid PilotId, Guid DeliverableId, string DeliverableName, DeliverableKind Kind,
    string PilotTitle, string RegionName, string ProgrammeTitle, int Version, SubmissionStatus Status, DateTime? SavedAt,
    IReadOnlyList<SectionTextDto> Sections, IReadOnlyList<SubmissionFileDto> Files,
    DateTime? SubmittedAt, string SubmittedByName, DateTime? DecidedAt, string DecidedByName,
    IReadOnlyList<FormalCheckAnswerDto> Checks, IReadOnlyList<SectionFindingDto> Findings, string Remark, DateOnly? CorrectionDueOn, bool CanDecide);

internal sealed record SubmissionListItemDto(
    Guid Id, int Version, SubmissionStatus Status, DateTime? SubmittedAt, string SubmittedByName, DateTime? DecidedAt, string DecidedByName, int FileCount);

/// <summary>A slot with its versions, newest first; a draft is among them for its own region only.</summary>
internal sealed record DeliverableDto(
    Guid Id, Guid PilotId, string PilotTitle, string RegionName, string Name, DeliverableKind Kind, bool IsRequired,
    DeliverableStatus Status, int LatestVersion, DateOnly? DueOn, bool DueIsSoft, StatusLight Light, bool CanHandIn,
    SubmissionDto? Draft, SubmissionDto? Latest, IReadOnlyList<SubmissionListItemDto> Versions);

/// <summary>What an autosave sends; the stamp is empty for the first save of a version.</summary>
internal sealed record SaveSubmissionDraftDto(string? ConcurrencyStamp, IReadOnlyList<SectionTextDto> Sections, IReadOnlyList<Guid> FileIds);

/// <summary>One section in two versions, with what was asked for.</summary>
internal sealed record SectionComparisonDto(SubmissionSection Section, string Before, string After, bool IsChanged, string? Reason);

/// <summary>A version beside the one before it.</summary>
internal sealed record SubmissionComparisonDto(
    Guid SubmissionId, int Version, int? PreviousVersion, IReadOnlyList<SectionComparisonDto> Sections,
    IReadOnlyList<SubmissionFileDto> AddedFiles, IReadOnlyList<SubmissionFileDto> RemovedFiles, IReadOnlyList<SubmissionFileDto> KeptFiles,
    string? AttachmentsReason);

internal sealed class GetSubmissionsToReviewInput : PagedInput
{
    public Guid? ProgrammeId { get; init; }

    public Guid? RegionId { get; init; }

    public string? Search { get; init; }
}

internal sealed record ReviewQueueItemDto(
    Guid SubmissionId, Guid PilotId, string PilotTitle, string ProgrammeTitle, Guid RegionId, string RegionName,
    string DeliverableName, DeliverableKind Kind, int Version, DateTime SubmittedAt, string SubmittedByName);

internal sealed record AcceptSubmissionDto(string ConcurrencyStamp, IReadOnlyList<FormalCheckAnswerDto> Checks, string? Remark);

internal sealed record ReturnSubmissionDto(
    string ConcurrencyStamp, IReadOnlyList<FormalCheckAnswerDto> Checks, IReadOnlyList<SectionFindingDto> Findings, string? Remark, DateOnly CorrectionDueOn);

internal static class SubmissionMappings
{
    public static SubmissionFileDto ToDto(this SubmissionFile f) => new(f.Id, f.Name, f.Size, f.ContentType, f.Sha256);

    public static SubmissionListItemDto ToListItem(this Submission s) =>
        new(s.Id, s.Version, s.Status, s.SubmittedAt, s.SubmittedByName, s.DecidedAt, s.DecidedByName, s.Files.Count);

    public static SubmissionDto ToDto(this Submission s, Pilots.Pilot pilot, Deliverable deliverable, bool canDecide) => new(
        s.Id, s.ConcurrencyStamp, s.PilotId, s.DeliverableId, deliverable.Name, deliverable.Kind,
        pilot.Title, pilot.RegionName, pilot.ProgrammeTitle, s.Version, s.Status, s.ModifiedAt ?? s.CreatedAt,
        [.. Submission.TextSections.Select(t => new SectionTextDto(t, s.TextOf(t)))], [.. s.Files.Select(ToDto)],
        s.SubmittedAt, s.SubmittedByName, s.DecidedAt, s.DecidedByName,
        [.. s.Checks.Select(c => new FormalCheckAnswerDto(c.Item, c.Passed, c.Remark))],
        [.. s.Findings.Select(f => new SectionFindingDto(f.Section, f.Reason))], s.Remark, s.CorrectionDueOn, canDecide);
}
