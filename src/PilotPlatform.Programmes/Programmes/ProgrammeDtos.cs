using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>Query parameters of the list of programmes.</summary>
internal sealed class GetProgrammesInput : PagedInput
{
    /// <summary>Part of the title or of the document number.</summary>
    public string? Filter { get; init; }

    /// <summary>Only programmes that stand here.</summary>
    public ProgrammeStatus? Status { get; init; }
}

/// <summary>A programme of the list.</summary>
internal sealed record ProgrammeListItemDto(
    Guid Id,
    string Title,
    string? DocumentNumber,
    string IssuingBody,
    string IssuerName,
    bool IsIssuer,
    ProgrammeStatus Status,
    DateOnly? IssueDate,
    DeadlineDto? Deadline,
    StatusLight? Light,
    int ThemeCount,
    int AssignmentCount,
    ClaimAudience ClaimAudience,
    DateOnly? ClaimsCloseOn,
    bool ClaimsAreOpen);

/// <summary>A stage of the programme.</summary>
internal sealed record PhaseDto(string Name, DateOnly? Start, DateOnly? End, bool IsCurrent);

/// <summary>An assignment. Why one was revoked, the issuer and the region concerned may know.</summary>
internal sealed record AssignmentDto(
    Guid Id,
    Guid ThemeId,
    Guid RegionId,
    string RegionName,
    string RegionShortName,
    string? PartName,
    AssignmentOrigin Origin,
    DateTime AssignedAt,
    DateTime? RevokedAt,
    string? RevocationReason,
    string ConcurrencyStamp);

/// <summary>The own region's claim on a theme.</summary>
internal sealed record OwnClaimDto(Guid Id, ClaimStatus Status);

/// <summary>A theme with who carries it out.</summary>
internal sealed record ThemeDto(
    Guid Id,
    int Order,
    string Number,
    string Title,
    string Description,
    IReadOnlyList<DeliverableRequirement> Deliverables,
    IReadOnlyList<string> LeadOffices,
    DeadlineDto? Deadline,
    IReadOnlyList<AssignmentDto> Assignments,
    OwnClaimDto? OwnClaim,
    IReadOnlyList<string> AssistingOffices,
    IReadOnlyList<ReformToolKit> ToolKits,
    IReadOnlyList<ThemeGap> Gaps,
    IReadOnlyList<TargetDto> Targets,
    IReadOnlyList<LinkDto> Links);

/// <summary>A measurable target.</summary>
internal sealed record TargetDto(string Value, string What);

/// <summary>A number of things that the notice states; <paramref name="PartOf"/> is the order of the count that it is a part of.</summary>
internal sealed record CountDto(int Order, int Number, string Unit, string What, int? PartOf);

/// <summary>A practice taken over from elsewhere, and the region of the installation that it comes from, if it is here.</summary>
internal sealed record PracticeSourceDto(string Region, string? RegionName, string What);

/// <summary>Another programme, or a theme of it, that the reader may see.</summary>
internal sealed record LinkDto(Guid ProgrammeId, string ProgrammeTitle, string? DocumentNumber, Guid? ThemeId, string? ThemeNumber, string? ThemeTitle);

/// <summary>What was decided about an open point of the notice; the issuer's alone to see.</summary>
internal sealed record ProgrammeDecisionDto(DecisionKind Kind, string Question, string Answer, string DecidedBy, DateTime DecidedAt);

/// <summary>A programme as the issuer and its audience see it.</summary>
internal sealed record ProgrammeDto(
    Guid Id,
    string Title,
    string? DocumentNumber,
    string IssuingBody,
    Guid IssuerId,
    string IssuerName,
    bool IsIssuer,
    ProgrammeStatus Status,
    DateOnly? IssueDate,
    DeadlineDto? Deadline,
    StatusLight? Light,
    IReadOnlyList<PhaseDto> Phases,
    IReadOnlyList<ThemeDto> Themes,
    int AssignmentCount,
    int RegionCount,
    ClaimAudience ClaimAudience,
    DateOnly? ClaimsCloseOn,
    bool ClaimsAreOpen,
    bool MayClaim,
    DateTime? PublishedAt,
    DateTime? ClosedAt,
    int TaskInstanceCount,
    IReadOnlyList<ProgrammeDecisionDto> Decisions,
    IReadOnlyList<TargetDto> Targets,
    IReadOnlyList<CountDto> Counts,
    IReadOnlyList<PracticeSourceDto> Practices,
    string ConcurrencyStamp);

/// <summary>The notice's text.</summary>
internal sealed record ProgrammeNoticeDto(Guid ProgrammeId, string Text);

/// <summary>Closes a programme.</summary>
internal sealed record CloseProgrammeDto(string ConcurrencyStamp);

/// <summary>A column of the matrix.</summary>
internal sealed record MatrixRegionDto(Guid Id, string Name, string ShortName, int Claims, int Assignments);

/// <summary>A row of the matrix.</summary>
internal sealed record MatrixThemeDto(Guid Id, int Order, string Number, string Title, int Claims, int Assignments);

/// <summary>Theme × region: the claim, what offices said of it, and what was decided.</summary>
internal sealed record MatrixCellDto(
    Guid ThemeId, Guid RegionId, Guid? ClaimId, ClaimStatus? ClaimStatus, int Supports, int Neutrals, int Objections, IReadOnlyList<AssignmentDto> Assignments);

/// <summary>All claims and assignments of a programme, for its issuer. Row and column totals add up to the totals.</summary>
internal sealed record ProgrammeMatrixDto(
    Guid ProgrammeId,
    string Title,
    ProgrammeStatus Status,
    DateOnly? ClaimsCloseOn,
    bool ClaimsAreOpen,
    IReadOnlyList<MatrixThemeDto> Themes,
    IReadOnlyList<MatrixRegionDto> Regions,
    IReadOnlyList<MatrixCellDto> Cells,
    int Claims,
    int Awaiting,
    int Assignments);
