namespace PilotPlatform.Programmes.Items;

/// <summary>How the count stated for a group of regions is meant.</summary>
internal enum GroupReading
{
    /// <summary>各: every region of the group has that many items.</summary>
    Each,

    /// <summary>合计: the group has that many items together.</summary>
    Together,
}

/// <summary>Where the items of a group stand towards the list's total.</summary>
internal enum GroupPlacement
{
    /// <summary>Part of the total.</summary>
    Inside,

    /// <summary>On top of the total.</summary>
    Beside,
}

/// <summary>赋权方式: a way of handing over, with the number of items stated for it.</summary>
/// <param name="Name">Its name: 直接下放.</param>
/// <param name="DeclaredCount">How many items the notice states; null where it states none.</param>
internal sealed record ItemMode(string Name, int? DeclaredCount);

/// <summary>个性化清单: regions that have items of their own.</summary>
/// <param name="Key">Its stable key within the list.</param>
/// <param name="Name">Its name: 赣县、南康.</param>
/// <param name="RegionIds">Its regions.</param>
/// <param name="DeclaredCount">How many items the notice states.</param>
/// <param name="Reading">Whether each region has that many or all together; null while undecided. One region needs no reading.</param>
/// <param name="Placement">Whether they are part of the total; null while undecided.</param>
internal sealed record ItemGroup(string Key, string Name, IReadOnlyList<Guid> RegionIds, int? DeclaredCount, GroupReading? Reading, GroupPlacement? Placement)
{
    /// <summary>Whether “each or together” makes a difference that somebody has to settle.</summary>
    public bool NeedsReading() => RegionIds.Count > 1 && DeclaredCount is not null;
}

/// <summary>事项 as a draft holds it.</summary>
/// <param name="Id">Its id, kept through all versions; null for one that is new.</param>
/// <param name="Number">Its number as the list has it.</param>
/// <param name="Name">事项名称.</param>
/// <param name="Code">事项编码.</param>
/// <param name="OfficeName">部门.</param>
/// <param name="Mode">赋权方式.</param>
/// <param name="Kind">事项类型: 行政许可.</param>
/// <param name="GroupKey">The group that it concerns alone.</param>
/// <param name="RegionIds">适用区域: the regions of the group that it concerns alone; empty for all of them.</param>
/// <param name="Batch">批次, from 1.</param>
/// <param name="BatchDate">The date of the document that brought the batch; until it is issued there is none.</param>
internal sealed record ItemEntry(
    Guid? Id, string Number, string Name, string? Code, string OfficeName, string? Mode, string? Kind, string? GroupKey, IReadOnlyList<Guid> RegionIds, int Batch,
    DateOnly? BatchDate);

/// <summary>What a list of items says: a document that is read and written whole while it is a draft.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Artefacts">What has to be prepared for each item.</param>
/// <param name="DeclaredTotal">How many items the notice states.</param>
/// <param name="DeclaredOffices">Of how many offices.</param>
/// <param name="Modes">The ways of handing over; empty where the list knows none.</param>
/// <param name="Groups">Groups of regions with items of their own.</param>
/// <param name="Locked">Whether an issued item may never be changed or taken back.</param>
/// <param name="Items">The items in order.</param>
internal sealed record ItemListContent(
    string Title, IReadOnlyList<ItemArtefact> Artefacts, int? DeclaredTotal, int? DeclaredOffices, IReadOnlyList<ItemMode> Modes, IReadOnlyList<ItemGroup> Groups,
    bool Locked, IReadOnlyList<ItemEntry> Items)
{
    /// <summary>Spaces trimmed, empty texts away, nothing null that should be a list; what a client may leave out.</summary>
    public ItemListContent Normalised() => this with
    {
        Title = Text(Title),
        Artefacts = [.. Given(Artefacts).Select(a => new ItemArtefact(Text(a.Key), Text(a.Name)))],
        Modes = [.. Given(Modes).Select(m => m with { Name = Text(m.Name) })],
        Groups = [.. Given(Groups).Select(g => g with { Key = Text(g.Key), Name = Text(g.Name), RegionIds = [.. (g.RegionIds ?? []).Distinct()] })],
        Items =
        [
            .. Given(Items).Select(i => i with
            {
                Number = Text(i.Number),
                Name = Text(i.Name),
                Code = Blank(i.Code),
                OfficeName = Text(i.OfficeName),
                Mode = Blank(i.Mode),
                Kind = Blank(i.Kind),
                GroupKey = Blank(i.GroupKey),
                RegionIds = [.. (i.RegionIds ?? []).Distinct()],
                Batch = Math.Max(i.Batch, 1),
            }),
        ],
    };

    public ItemGroup? GroupOf(string? key) => key is null ? null : Groups.FirstOrDefault(g => g.Key == key);

    private static IEnumerable<T> Given<T>(IEnumerable<T?>? parts)
        where T : class => (parts ?? []).OfType<T>();

    private static string Text(string? text) => text?.Trim() ?? "";

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
