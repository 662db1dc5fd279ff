using PilotPlatform.Data;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>What a ledger may be narrowed to.</summary>
internal enum LedgerFilter
{
    Open,

    /// <summary>Filled and not handed in yet: the region's own drafts, so for nobody else.</summary>
    Filled,
    HandedIn,
    Returned,
    Confirmed,

    /// <summary>What a later version of the list no longer asks for.</summary>
    Closed,
}

/// <summary>Which items of a ledger to show; 50 a page unless said otherwise.</summary>
internal sealed class GetLedgerInput : PagedInput
{
    public string? Office { get; init; }

    public LedgerFilter? State { get; init; }

    /// <summary>Words of the number, the name or the office.</summary>
    public string? Search { get; init; }
}

/// <summary>Which items to write into the workbook: the same filters as the list.</summary>
internal sealed class ExportLedgerInput
{
    public string? Office { get; init; }

    public LedgerFilter? State { get; init; }

    public string? Search { get; init; }
}

internal sealed record LedgerListDto(Guid ListId, string Title, int Version);

/// <summary>A column of the matrix. The short name is what stands before the brackets: 一案.</summary>
internal sealed record LedgerColumnDto(string Key, string Name, string ShortName, bool AsksContact);

/// <summary>
/// Counts that add up: open, handed in, returned and confirmed are the total. Filled is a part of open and returned, and
/// only the region itself is told; what is closed stands beside the total.
/// </summary>
internal sealed record LedgerTotalsDto(int Total, int Open, int HandedIn, int Returned, int Confirmed, int NotApplicable, int Closed, int? Filled);

internal sealed record LedgerOfficeDto(string Name, int Total, int Confirmed);

internal sealed record LedgerCellDto(
    Guid Id, string ArtefactKey, string ArtefactName, ItemSlotStatus Status, bool IsNotApplicable, int LatestVersion, DateTime? HandedInAt,
    int? ClosedInVersion, string ConcurrencyStamp, string? DraftStamp, bool IsFilled);

internal sealed record LedgerRowDto(Guid Id, int Order, string Number, string Name, string OfficeName, string? Mode, IReadOnlyList<LedgerCellDto> Slots);

internal sealed record LedgerDto(
    Guid PilotId, string PilotTitle, string ProgrammeTitle, string RegionName, string IssuerName, PilotStatus PilotStatus, bool IsOwn, bool CanFill, bool CanDecide,
    IReadOnlyList<LedgerListDto> Lists, IReadOnlyList<LedgerColumnDto> Columns, LedgerTotalsDto Totals, IReadOnlyList<LedgerOfficeDto> Offices,
    int TotalCount, IReadOnlyList<LedgerRowDto> Items);

/// <summary>One version of what a slot holds; a draft is among them for its own region only.</summary>
internal sealed record SlotContentDto(
    Guid Id, string ConcurrencyStamp, int Version, SlotContentStatus Status, bool IsNotApplicable, string Text, string ContactName, string ContactPhone,
    IReadOnlyList<SubmissionFileDto> Files, bool IsFilled, DateTime SavedAt, DateTime? HandedInAt, string HandedInByName, DateTime? DecidedAt, string DecidedByName,
    string Reason);

internal sealed record SlotDto(
    Guid Id, string ConcurrencyStamp, Guid PilotId, string PilotTitle, string RegionName, Guid LedgerItemId, string ItemNumber, string ItemName, string OfficeName,
    string? Mode, string ArtefactKey, string ArtefactName, bool AsksContact, ItemSlotStatus Status, bool IsNotApplicable, int LatestVersion, int? ClosedInVersion,
    bool CanFill, bool CanDecide, SlotContentDto? Draft, SlotContentDto? Latest, IReadOnlyList<SlotContentDto> Versions);

/// <summary>What a person fills in; the stamp is empty for the first save of a version.</summary>
internal sealed record SaveSlotDraftDto(
    string? ConcurrencyStamp, bool IsNotApplicable, string? Text, string? ContactName, string? ContactPhone, IReadOnlyList<Guid> FileIds);

/// <summary>The stamp that the caller read, and why.</summary>
internal sealed record ReturnSlotDto(string ConcurrencyStamp, string Reason);

/// <summary>A slot, and the stamp that the caller read: of the draft for handing in, of the slot for deciding.</summary>
internal sealed record SlotStampDto(Guid SlotId, string ConcurrencyStamp);

internal sealed record ChangeSlotsDto(IReadOnlyList<SlotStampDto> Slots);

internal sealed record ReturnSlotsDto(IReadOnlyList<SlotStampDto> Slots, string Reason);

/// <summary>What an action over several slots did.</summary>
internal sealed record LedgerChangeDto(int Changed, LedgerTotalsDto Totals);

internal sealed record MatchFilesDto(IReadOnlyList<string> Names);

internal sealed record FileMatchDto(string Name, Guid? SlotId, FileMatchProblem? Problem);

internal sealed record MatchedItemDto(Guid Id, string Number, string Name, string OfficeName);

/// <summary>A slot that files may go into, with what it holds already.</summary>
internal sealed record MatchedSlotDto(
    Guid Id, Guid LedgerItemId, string ArtefactKey, bool IsFillable, string? DraftStamp, bool IsNotApplicable, bool HasText, IReadOnlyList<string> FileNames);

/// <summary>Which file would go where, and everything that a person needs to correct it. Nothing is stored.</summary>
internal sealed record FileMatchesDto(
    IReadOnlyList<FileMatchDto> Files, IReadOnlyList<LedgerColumnDto> Columns, IReadOnlyList<MatchedItemDto> Items, IReadOnlyList<MatchedSlotDto> Slots);

/// <summary>Puts an uploaded file into a slot, beside what it holds or instead of it, as the person chose.</summary>
internal sealed record PlaceFileDto(Guid SlotId, Guid FileId, bool Replace, string? DraftStamp);

internal sealed record PlaceFilesDto(IReadOnlyList<PlaceFileDto> Files);

internal static class LedgerMappings
{
    /// <summary>The telephone number goes to those who work with each other, the carrying region and the issuer, and to nobody else who may read.</summary>
    public static SlotContentDto ToDto(this SlotContent c, bool withPhone) => new(
        c.Id, c.ConcurrencyStamp, c.Version, c.Status, c.IsNotApplicable, c.Text, c.ContactName, withPhone ? c.ContactPhone : "", [.. c.Files.Select(f => f.ToDto())], c.IsFilled,
        c.ModifiedAt ?? c.CreatedAt, c.HandedInAt, c.HandedInByName, c.DecidedAt, c.DecidedByName, c.Reason);
}
