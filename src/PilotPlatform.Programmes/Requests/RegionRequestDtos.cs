using PilotPlatform.Data;

namespace PilotPlatform.Programmes.Requests;

/// <summary>Query parameters of the list of requests.</summary>
internal sealed class GetRegionRequestsInput : PagedInput
{
    /// <summary>Only those to this list.</summary>
    public Guid? ListId { get; init; }

    /// <summary>Only those that stand here.</summary>
    public RegionRequestStatus? Status { get; init; }
}

/// <summary>A request for further items, in a list.</summary>
internal sealed record RegionRequestListItemDto(
    Guid Id, Guid ListId, string ListTitle, Guid RegionId, string RegionName, bool IsOwn, RegionRequestStatus Status, int ItemCount, DateTime? SubmittedAt, DateTime? DecidedAt);

/// <summary>A request for further items.</summary>
internal sealed record RegionRequestDto(
    Guid Id, Guid ListId, string ListTitle, Guid ProgrammeId, Guid RegionId, string RegionName, bool IsOwn, bool IsIssuer, RegionRequestStatus Status, string Reasons,
    IReadOnlyList<RequestedItem> Items, IReadOnlyList<RequestFile> Files, DateTime? SubmittedAt, DateTime? DecidedAt, string DecidedByName, string DecisionReason,
    string ConcurrencyStamp);

/// <summary>Begins a request; a draft until it is handed in.</summary>
internal sealed record CreateRegionRequestDto(Guid ListId, string Reasons, IReadOnlyList<RequestedItem> Items, IReadOnlyList<Guid> FileIds);

/// <summary>Changes a request that is not handed in.</summary>
internal sealed record ReviseRegionRequestDto(string Reasons, IReadOnlyList<RequestedItem> Items, IReadOnlyList<Guid> FileIds, string ConcurrencyStamp);

/// <summary>Hands a request in or takes it back.</summary>
internal sealed record RegionRequestStampDto(string ConcurrencyStamp);

/// <summary>The issuer's decision.</summary>
/// <param name="Reason">Why; needed to return and to refuse.</param>
/// <param name="ConcurrencyStamp">The request's.</param>
internal sealed record DecideRegionRequestDto(string? Reason, string ConcurrencyStamp);
