using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;

namespace PilotPlatform.Assessment.Panels;

internal sealed record AssessmentListItemDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    AssessmentStatus Status, DateTime AcceptedAt, DateOnly? DueOn, int AssessorCount, int SubmittedCount);

internal sealed record AssessmentDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    AssessmentStatus Status, DateTime AcceptedAt, DateOnly? DueOn, Guid? SchemeId, string? SchemeName, int? SchemeVersion,
    string SelfAssessment, DateTime? SelfAssessedAt, IReadOnlyList<PanelMemberDto> Members, PanelOutcomeDto? Outcome,
    Guid? ResultId, decimal? RuledTotal, string ConcurrencyStamp);

internal sealed record PanelMemberDto(
    Guid AssessorId, string Name, bool HasSubmitted, bool IsThird, DateTime? RecusedAt, string RecusalReason, bool IsReplaced);

/// <summary>What the sheets say; there is none before all of them are in.</summary>
internal sealed record PanelOutcomeDto(
    decimal Total, bool Passes, decimal PassMark, decimal Spread, decimal SpreadThreshold, bool SpreadAlarm, string? SpreadNote,
    ThirdScoreRule ThirdScoreRule, ThirdScoreRule? ThirdRule,
    IReadOnlyList<AssessorTotalDto> Assessors, IReadOnlyList<OutcomeIndicatorDto> Indicators);

internal sealed record AssessorTotalDto(Guid AssessorId, string Name, decimal Total, bool IsThird, bool IsExcluded, string Comment);

internal sealed record OutcomeIndicatorDto(
    Guid Key, string? Group, string Name, decimal Weight, decimal MaxPoints, decimal Mean, IReadOnlyList<OutcomePointsDto> Points);

internal sealed record OutcomePointsDto(Guid AssessorId, decimal Points, string Comment);

internal sealed record CandidateDto(Guid Id, string Name, bool HasConflict, int OpenSheets, bool IsOnPanel);

internal sealed record AssignPanelDto(IReadOnlyList<Guid> AssessorIds, Guid SchemeId, DateOnly? DueOn, string ConcurrencyStamp);

internal sealed record PublishResultDto(string Comment, string? SpreadNote, string ConcurrencyStamp);

internal sealed record CallThirdDto(Guid? AssessorId, DateOnly? DueOn, string ConcurrencyStamp);

internal sealed record ModerateDto(string Minutes, string ConcurrencyStamp);

internal sealed record ReplaceAssessorDto(Guid RecusedId, Guid? AssessorId, string ConcurrencyStamp);

internal sealed class GetAssessmentsInput : PagedInput
{
    /// <summary>Only those that stand there.</summary>
    public AssessmentStatus? Status { get; init; }

    /// <summary>Only those of one programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }
}
