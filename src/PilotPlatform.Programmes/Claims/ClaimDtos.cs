using PilotPlatform.Data;
using PilotPlatform.Programmes.Programmes;

namespace PilotPlatform.Programmes.Claims;

/// <summary>Query parameters of the list of claims.</summary>
internal sealed class GetClaimsInput : PagedInput
{
    /// <summary>Only claims on this programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Only claims that stand here.</summary>
    public ClaimStatus? Status { get; init; }
}

/// <summary>A claim of the list.</summary>
internal sealed record ClaimListItemDto(
    Guid Id, Guid ProgrammeId, string ProgrammeTitle, Guid ThemeId, string ThemeNumber, string ThemeTitle, Guid RegionId, ClaimStatus Status, DateTime? SubmittedAt, DateTime? DecidedAt);

/// <summary>An opinion; the issuer's alone to see.</summary>
internal sealed record OpinionDto(Guid Id, string OfficeName, OpinionStance Stance, string Text, string RecordedBy, DateTime RecordedAt);

/// <summary>A claim with what may be known of it: its region sees no opinions.</summary>
internal sealed record ClaimDto(
    Guid Id,
    Guid ProgrammeId,
    string ProgrammeTitle,
    DateOnly? ClaimsCloseOn,
    bool ClaimsAreOpen,
    Guid ThemeId,
    string ThemeNumber,
    string ThemeTitle,
    Guid RegionId,
    string RegionName,
    bool IsOwn,
    ClaimStatus Status,
    string Reasons,
    string? PartName,
    DateTime? SubmittedAt,
    DateTime? DecidedAt,
    string? DecisionReason,
    Guid? AssignmentId,
    IReadOnlyList<OpinionDto> Opinions,
    string ConcurrencyStamp);

/// <summary>A new claim; a draft until handed in.</summary>
internal sealed record CreateClaimDto(Guid ThemeId, string Reasons, string? PartName);

/// <summary>A changed claim.</summary>
internal sealed record ReviseClaimDto(string Reasons, string? PartName, string ConcurrencyStamp);

/// <summary>Hands a claim in or takes it back.</summary>
internal sealed record ClaimStampDto(string ConcurrencyStamp);

/// <summary>A decision on a claim.</summary>
internal sealed record DecideClaimDto(string? Reason, string ConcurrencyStamp);

/// <summary>An office's opinion as the issuer writes it down.</summary>
internal sealed record RecordOpinionDto(string OfficeName, OpinionStance Stance, string Text);

/// <summary>A direct assignment.</summary>
internal sealed record AssignThemeDto(Guid ThemeId, Guid RegionId, string? PartName);

/// <summary>Takes an assignment back.</summary>
internal sealed record RevokeAssignmentDto(string Reason, string ConcurrencyStamp);
