using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>What a list of pilots may be narrowed by.</summary>
internal sealed class GetPilotsInput : PagedInput
{
    public Guid? ProgrammeId { get; init; }

    public Guid? ThemeId { get; init; }

    public Guid? RegionId { get; init; }

    public PilotStatus? Status { get; init; }

    public StatusLight? Light { get; init; }

    /// <summary>Words of the theme, the region or the part of it.</summary>
    public string? Search { get; init; }
}

internal sealed record PilotListItemDto(
    Guid Id, Guid ProgrammeId, string ProgrammeTitle, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    PilotStatus Status, PilotOutcome? Outcome, StatusLight Light, DateOnly? DueOn, bool DueIsSoft, DateOnly? OpenDueOn, DateOnly? SubmittedOn);

internal sealed record PilotStatusCountDto(PilotStatus Status, int Count);

internal sealed record PilotLightCountDto(StatusLight Light, int Count);

/// <summary>Counts that add up: each list sums to <see cref="Total"/>.</summary>
internal sealed record PilotCountsDto(int Total, IReadOnlyList<PilotStatusCountDto> ByStatus, IReadOnlyList<PilotLightCountDto> ByLight);

/// <summary>What is to be done next.</summary>
internal enum NextAction
{
    BeginPlanning,
    SubmitPlan,
    Start,
    HandIn,
    Correct,
    Review,
    BeginAssessment,
    Assess,
    Resume,
    None,
}

/// <summary>The next step: who, what, by when, and the sentence that says so.</summary>
internal sealed record NextStepDto(NextAction Action, string? ActorName, DateOnly? Due, bool IsMine, string Text);

internal sealed record PilotPhaseDto(Guid Id, int Order, string Name, DateOnly StartOn, DateOnly EndOn, IReadOnlyList<PilotTaskDto> Tasks);

internal sealed record PilotTaskDto(
    Guid Id, int Order, string Name, Guid OfficeId, string OfficeName, DateOnly DueOn, DateOnly? DoneOn, StatusLight Light, string ConcurrencyStamp);

internal sealed record DeliverableCardDto(
    Guid Id, string Name, DeliverableKind Kind, bool IsRequired, DeliverableStatus Status, int LatestVersion, Guid? LatestSubmissionId,
    DateOnly? DueOn, bool DueIsSoft, StatusLight Light, int FileCount, bool HasDraft);

internal sealed record ProgressNoteDto(Guid Id, DateOnly Date, string Text, string AuthorName);

internal sealed record HistoryEntryDto(Guid Id, PilotHistoryKind Kind, DateTime HappenedAt, string ActorName, string ActorRegionName, string Text);

/// <summary>A person concerned: who did what last.</summary>
internal sealed record PersonConcernedDto(string Name, string RegionName, DateTime LastActiveAt);

/// <summary>What the caller may do to the pilot now.</summary>
internal sealed record PilotActionsDto(bool CanPlan, bool CanStart, bool CanAddNotes, bool CanHandIn, bool CanReview, bool CanSuspend, bool CanResume);

/// <summary>How far the pilot's ledger of items is; null where no list was issued. The parts add up to the total.</summary>
internal sealed record LedgerProgressDto(int Total, int Open, int HandedIn, int Returned, int Confirmed);

internal sealed record PilotDetailDto(
    Guid Id, string ConcurrencyStamp, Guid ProgrammeId, string ProgrammeTitle, string IssuerName, int ThemeOrder, string ThemeNumber, string ThemeTitle,
    Guid RegionId, string RegionName, string? PartName, PilotStatus Status, PilotOutcome? Outcome, StatusLight Light,
    DateOnly? DueOn, DuePrecision DuePrecision, bool DueIsSoft, DateOnly? SubmittedOn, DateOnly? AcceptedOn, DateTime? PlanSubmittedAt, DateTime? StartedAt,
    NextStepDto NextStep, PilotActionsDto Actions, LedgerProgressDto? Ledger,
    IReadOnlyList<PilotPhaseDto> Phases, IReadOnlyList<DeliverableCardDto> Deliverables, IReadOnlyList<ProgressNoteDto> Notes,
    IReadOnlyList<HistoryEntryDto> History, IReadOnlyList<PersonConcernedDto> People);

/// <summary>The stamp that the caller read.</summary>
internal sealed record StampInput(string ConcurrencyStamp);

/// <summary>The stamp that the caller read, and why.</summary>
internal sealed record SuspendPilotDto(string ConcurrencyStamp, string Reason);
