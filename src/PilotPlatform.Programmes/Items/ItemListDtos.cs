using PilotPlatform.Data;

namespace PilotPlatform.Programmes.Items;

/// <summary>Query parameters of the list of lists.</summary>
internal sealed class GetItemListsInput : PagedInput
{
    /// <summary>Only those of this programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Only those of this theme.</summary>
    public Guid? ThemeId { get; init; }

    /// <summary>Part of the title.</summary>
    public string? Filter { get; init; }
}

/// <summary>A list of items, in a list.</summary>
internal sealed record ItemListListItemDto(
    Guid Id, Guid ProgrammeId, string ProgrammeTitle, Guid ThemeId, string ThemeTitle, string Title, ItemListStatus Status, int Version, bool Locked, int ItemCount,
    DateTime? IssuedAt, bool IsIssuer, bool HasDraft);

/// <summary>Begins a list of items for a theme.</summary>
internal sealed record CreateItemListDto(Guid ThemeId, ItemListContent Content);

/// <summary>Keeps the issuer's work on a draft.</summary>
internal sealed record SaveItemListDto(ItemListContent Content, string ConcurrencyStamp);

/// <summary>Issues a draft.</summary>
/// <param name="Note">What changed, in words.</param>
/// <param name="ConcurrencyStamp">The draft's.</param>
/// <param name="DocumentDate">The date that the document bears and new items of the version take; today where it is left out.</param>
internal sealed record IssueItemListDto(string? Note, string ConcurrencyStamp, DateOnly? DocumentDate = null);

/// <summary>Drops a draft.</summary>
internal sealed record ItemListStampDto(string ConcurrencyStamp);

/// <summary>The next version of a list while it is being made; the issuer's alone.</summary>
internal sealed record ItemListDraftDto(
    Guid ListId, Guid ProgrammeId, string ProgrammeTitle, Guid ThemeId, string ThemeTitle, int BaseVersion, bool Locked, ItemListContent Content, ItemListCheckDto Check,
    ItemListChangesDto? Changes, DateOnly? NoticeDate, DateTime SavedAt, string ConcurrencyStamp);

/// <summary>A version of a list.</summary>
internal sealed record ItemListVersionDto(int Version, string Title, int ItemCount, DateTime IssuedAt, DateOnly DocumentDate, string IssuedBy, string Note);

/// <summary>A group of regions with items of their own, its regions in administrative order.</summary>
internal sealed record ItemGroupDto(
    string Key, string Name, IReadOnlyList<ItemRegionDto> Regions, int? DeclaredCount, GroupReading? Reading, GroupPlacement? Placement, bool ConcernsOwnRegion);

/// <summary>A region by name.</summary>
internal sealed record ItemRegionDto(Guid Id, string Name, string ShortName);

/// <summary>A list of items as one version has it.</summary>
internal sealed record ItemListDto(
    Guid Id, Guid ProgrammeId, string ProgrammeTitle, Guid ThemeId, string ThemeTitle, Guid IssuerId, string IssuerName, bool IsIssuer, ItemListStatus Status, bool Locked,
    string Title, int Version, int ShownVersion, IReadOnlyList<ItemListVersionDto> Versions, IReadOnlyList<ItemArtefact> Artefacts, IReadOnlyList<ItemMode> Modes,
    IReadOnlyList<ItemGroupDto> Groups, ItemListCheckDto? Check, bool HasDraft, string ConcurrencyStamp);

/// <summary>Query parameters of a version's items.</summary>
internal sealed class GetServiceItemsInput : PagedInput
{
    /// <summary>The version; without it the one in force.</summary>
    public int? Version { get; init; }

    /// <summary>Part of the name, the code or the office.</summary>
    public string? Filter { get; init; }

    /// <summary>Only those of this office.</summary>
    public string? OfficeName { get; init; }

    /// <summary>Only those handed over in this way.</summary>
    public string? Mode { get; init; }

    /// <summary>Only those of this group; “common” for those that concern all regions, “own” for those that concern the own one, “others” for those that do not.</summary>
    public string? GroupKey { get; init; }

    /// <summary>Only those of this batch.</summary>
    public int? Batch { get; init; }

    /// <summary>Only those that concern this region.</summary>
    public Guid? RegionId { get; init; }
}

/// <summary>An item of an issued version.</summary>
internal sealed record ServiceItemDto(
    Guid Id, int Order, string Number, string Name, string? Code, string OfficeName, string? Mode, string? Kind, string? GroupKey, IReadOnlyList<Guid> RegionIds, int Batch,
    DateOnly? BatchDate);

/// <summary>How an item came to differ between two versions.</summary>
internal enum ItemChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It says something else.</summary>
    Changed,
}

/// <summary>An item that differs between two versions.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Id">The item.</param>
/// <param name="Before">What it said; null for a new one.</param>
/// <param name="After">What it says; null for one that is gone.</param>
/// <param name="Fields">The fields that differ.</param>
internal sealed record ItemChangeDto(ItemChangeKind Kind, Guid Id, ItemEntry? Before, ItemEntry? After, IReadOnlyList<string> Fields);

/// <summary>How two versions differ, item by item.</summary>
internal sealed record ItemListChangesDto(int FromVersion, int? ToVersion, int Added, int Removed, int Changed, IReadOnlyList<ItemChangeDto> Items);
