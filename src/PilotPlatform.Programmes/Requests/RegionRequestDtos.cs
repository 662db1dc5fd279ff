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
    Guid Id, Guid ListId, string ListTitle, Guid RegionId, string RegionName, bool IsOwn, RegionRequestStatus Status, int ItemCount, DateTime? SubmittedAt, DateTime? DecidedAt,
    int? IssuedVersion);

/// <summary>A request for further items.</summary>
internal sealed record RegionRequestDto(
    Guid Id, Guid ListId, string ListTitle, Guid ProgrammeId, Guid RegionId, string RegionName, bool IsOwn, bool IsIssuer, RegionRequestStatus Status, string Reasons,
    IReadOnlyList<RequestedItem> Items, IReadOnlyList<RequestFile> Files, DateTime? SubmittedAt, DateTime? DecidedAt, string DecidedByName, string DecisionReason,
    int? IssuedVersion, DateOnly? IssuedOn, string ConcurrencyStamp);

/// <summary>An item that a region asks for.</summary>
/// <param name="ItemId">The item of the list; null for one that is named.</param>
/// <param name="Name">Its name; what is chosen is as the list has it.</param>
/// <param name="OfficeName">The office that would hand it over.</param>
/// <param name="Mode">How it would be handed over.</param>
internal sealed record AskedItemDto(Guid? ItemId, string Name, string OfficeName, string? Mode);

/// <summary>Begins a request; a draft until it is handed in.</summary>
internal sealed record CreateRegionRequestDto(Guid ListId, string Reasons, IReadOnlyList<AskedItemDto> Items, IReadOnlyList<Guid> FileIds);

/// <summary>Changes a request that is not handed in.</summary>
internal sealed record ReviseRegionRequestDto(string Reasons, IReadOnlyList<AskedItemDto> Items, IReadOnlyList<Guid> FileIds, string ConcurrencyStamp);

/// <summary>Hands a request in or takes it back.</summary>
internal sealed record RegionRequestStampDto(string ConcurrencyStamp);

/// <summary>An item that the issuer leaves out while it accepts others.</summary>
/// <param name="Index">Its place among the items asked for, from 0.</param>
/// <param name="Reason">Why.</param>
internal sealed record LeftOutItemDto(int Index, string Reason);

/// <summary>Accepts a request, whole or in part.</summary>
/// <param name="Reason">What the issuer adds.</param>
/// <param name="ConcurrencyStamp">The request's.</param>
/// <param name="LeftOut">The items that are not accepted; none where it is left out.</param>
internal sealed record AcceptRegionRequestDto(string? Reason, string ConcurrencyStamp, IReadOnlyList<LeftOutItemDto>? LeftOut = null);

/// <summary>Returns or refuses a request.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ConcurrencyStamp">The request's.</param>
internal sealed record DecideRegionRequestDto(string? Reason, string ConcurrencyStamp);
