using PilotPlatform.Data;

namespace PilotPlatform.Assessment.Panels;

internal sealed record AssessmentListItemDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    AssessmentStatus Status, DateTime AcceptedAt, DateOnly? DueOn, int AssessorCount, int SubmittedCount);

internal sealed record AssessmentDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    AssessmentStatus Status, DateTime AcceptedAt, DateOnly? DueOn, Guid? SchemeId, string? SchemeName, int? SchemeVersion,
    string SelfAssessment, IReadOnlyList<PanelMemberDto> Members, PanelOutcomeDto? Outcome, Guid? ResultId, string ConcurrencyStamp);

internal sealed record PanelMemberDto(Guid AssessorId, string Name, bool HasSubmitted);

/// <summary>What the sheets say; there is none before all of them are in.</summary>
internal sealed record PanelOutcomeDto(
    decimal Total, bool Passes, decimal PassMark, decimal Spread, decimal SpreadThreshold, bool SpreadAlarm, string? SpreadNote,
    IReadOnlyList<AssessorTotalDto> Assessors, IReadOnlyList<OutcomeIndicatorDto> Indicators);

internal sealed record AssessorTotalDto(Guid AssessorId, string Name, decimal Total, string Comment);

internal sealed record OutcomeIndicatorDto(
    Guid Key, string? Group, string Name, decimal Weight, decimal MaxPoints, decimal Mean, IReadOnlyList<OutcomePointsDto> Points);

internal sealed record OutcomePointsDto(Guid AssessorId, decimal Points, string Comment);

internal sealed record CandidateDto(Guid Id, string Name, bool HasConflict, int OpenSheets);

internal sealed record AssignPanelDto(IReadOnlyList<Guid> AssessorIds, Guid SchemeId, DateOnly? DueOn, string ConcurrencyStamp);

internal sealed record PublishResultDto(string Comment, string? SpreadNote, string ConcurrencyStamp);

internal sealed class GetAssessmentsInput : PagedInput
{
    /// <summary>Only those that stand there.</summary>
    public AssessmentStatus? Status { get; init; }

    /// <summary>Only those of one programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }
}
