using PilotPlatform.Events;

namespace PilotPlatform.Programmes;

/// <summary>What has to be prepared for each item that is taken over, such as 承接方案 or 培训计划.</summary>
/// <param name="Key">Its stable key within the list.</param>
/// <param name="Name">Its name: 一案（承接方案，含办事指南及流程图）.</param>
public sealed record ItemArtefact(string Key, string Name);

/// <summary>事项: one row of a list of items.</summary>
/// <param name="Id">Its id, the same in every later version of the list.</param>
/// <param name="Order">Its place, from 1.</param>
/// <param name="Number">Its number as the list has it.</param>
/// <param name="Name">事项名称.</param>
/// <param name="OfficeName">The office that hands it over (部门).</param>
/// <param name="Mode">How it is handed over (赋权方式: 直接下放, 实质性审核), or null where the list has no modes.</param>
/// <param name="GroupKey">The group of regions that it concerns alone (个性化清单), or null where it concerns all.</param>
public sealed record ListedItem(Guid Id, int Order, string Number, string Name, string OfficeName, string? Mode, string? GroupKey);

/// <summary>事项清单 of a theme, as issued: what its regions take over, item by item.</summary>
/// <param name="Id">The list's id, the same for all its versions.</param>
/// <param name="ProgrammeId">The programme.</param>
/// <param name="ThemeId">The theme whose pilots carry it out.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Its issued version, from 1.</param>
/// <param name="Artefacts">What has to be prepared for each item; a pilot has one slot for each item and artefact.</param>
/// <param name="Items">Its items in order, those only that concern the region asked for.</param>
public sealed record IssuedItemList(
    Guid Id, Guid ProgrammeId, Guid ThemeId, string Title, int Version, IReadOnlyList<ItemArtefact> Artefacts, IReadOnlyList<ListedItem> Items);

/// <summary>Reads lists of items that the caller may see.</summary>
public interface IItemListLookup
{
    /// <summary>The lists in force of a theme for one region, in the order in which they were made; empty where there is none for the caller.</summary>
    Task<IReadOnlyList<IssuedItemList>> ForThemeAsync(Guid themeId, Guid regionId, CancellationToken cancellationToken);
}

/// <summary>A list of items was issued, for the first time or in a new version; raised in the issuer's scope.</summary>
/// <param name="ItemListId">The list.</param>
/// <param name="ProgrammeId">The programme.</param>
/// <param name="ThemeId">The theme whose pilots carry it out.</param>
/// <param name="Version">The version issued.</param>
[EventName("programmes.item-list-issued.v1")]
public sealed record ItemListIssued(Guid ItemListId, Guid ProgrammeId, Guid ThemeId, int Version) : IPlatformEvent;
