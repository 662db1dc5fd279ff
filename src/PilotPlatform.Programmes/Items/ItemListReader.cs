using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Items;

/// <summary>What the issuer and the audience read of lists of items. Rows of versions are what was issued; a draft is read by <see cref="ItemListAppService"/>.</summary>
internal sealed class ItemListReader(PlatformDbContext db, ICurrentScope scope, IRegionDirectory directory, Texts texts) : IItemListLookup
{
    /// <summary>The value that asks for items of no group.</summary>
    public const string CommonItems = "common";

    /// <summary>The value that asks for items that concern the own region.</summary>
    public const string OwnItems = "own";

    /// <summary>The value that asks for items that do not concern the own region: what it may request.</summary>
    public const string OtherItems = "others";

    private static readonly SortList<ItemList> Sorts = new SortList<ItemList>()
        .Allow("title", l => l.Title).Allow("issuedAt", l => l.IssuedAt).Allow("itemCount", l => l.ItemCount)
        .Otherwise(q => q.OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id));

    private static readonly SortList<ServiceItem> ItemSorts = new SortList<ServiceItem>()
        .Allow("order", i => i.Order).Allow("name", i => i.Name).Allow("officeName", i => i.OfficeName).Allow("mode", i => i.Mode).Allow("batch", i => i.Batch)
        .Otherwise(q => q.OrderBy(i => i.Order));

    public Task<PagedResult<ItemListListItemDto>> ListAsync(GetItemListsInput input, CancellationToken cancellationToken)
    {
        var lists = db.Set<ItemList>().AsNoTracking();
        if (input.ProgrammeId is { } programme)
        {
            lists = lists.Where(l => l.ProgrammeId == programme);
        }

        if (input.ThemeId is { } theme)
        {
            lists = lists.Where(l => l.ThemeId == theme);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var part = input.Filter.Trim();
            lists = lists.Where(l => l.Title.Contains(part));
        }

        var own = scope.RequiredTenant.Id;
        return lists.ToPageAsync(
            input, Sorts,
            l => new ItemListListItemDto(
                l.Id, l.ProgrammeId, db.Set<Programme>().Where(p => p.Id == l.ProgrammeId).Select(p => p.Title).FirstOrDefault() ?? "", l.ThemeId,
                db.Set<Theme>().Where(t => t.Id == l.ThemeId).Select(t => t.Title).FirstOrDefault() ?? "", l.Title, l.Status, l.Version, l.Locked, l.ItemCount, l.IssuedAt,
                l.TenantId == own, db.Set<ItemListDraft>().Any(d => d.ListId == l.Id)),
            cancellationToken);
    }

    public async Task<ItemListDto> GetAsync(Guid id, int? version, CancellationToken cancellationToken)
    {
        var list = await FindAsync(id, cancellationToken);
        var titles = await TitlesAsync(list, cancellationToken);
        var versions = await db.Set<ItemListEdition>().AsNoTracking().Where(e => e.ListId == id).OrderByDescending(e => e.Version).ToListAsync(cancellationToken);
        var shown = versions.Find(e => e.Version == (version ?? list.Version));
        if (version is not null && shown is null)
        {
            throw new NotFoundException(nameof(ItemListEdition), version);
        }

        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant;
        var header = shown?.Header;
        var check = shown is null ? null : ItemListCheck.Of(header! with { Items = await EntriesAsync(shown.Id, cancellationToken) }, regions, texts);
        return new ItemListDto(
            list.Id, list.ProgrammeId, titles.Programme, list.ThemeId, titles.Theme, list.TenantId, regions.NameOf(list.Owner), list.TenantId == own.Id, list.Status, list.Locked,
            shown?.Title ?? list.Title, list.Version, shown?.Version ?? 0,
            [.. versions.Select(e => new ItemListVersionDto(e.Version, e.Title, e.ItemCount, e.IssuedAt, e.Dated, e.IssuedBy, e.Note))],
            header?.Artefacts ?? [], header?.Modes ?? [],
            [
                .. (header?.Groups ?? []).Select(g => new ItemGroupDto(
                    g.Key, g.Name, [.. regions.InAdministrativeOrder(g.RegionIds, r => r).Select(r => regions.Find(r)).OfType<RegionInfo>().Select(r => new ItemRegionDto(r.Id, r.Name, r.ShortName))],
                    g.DeclaredCount, g.Reading, g.Placement, Concerns(g.RegionIds, own.Id, regions))),
            ],
            check, await db.Set<ItemListDraft>().AnyAsync(d => d.ListId == id, cancellationToken), list.ConcurrencyStamp);
    }

    public async Task<PagedResult<ServiceItemDto>> ItemsAsync(Guid id, GetServiceItemsInput input, CancellationToken cancellationToken)
    {
        var list = await FindAsync(id, cancellationToken);
        var version = input.Version ?? list.Version;
        var edition = await db.Set<ItemListEdition>().AsNoTracking().Where(e => e.ListId == id && e.Version == version).FirstOrDefaultAsync(cancellationToken);
        if (edition is null)
        {
            // Before the first issue there is nothing to read; a version that never was is asked for by mistake.
            return input.Version is null ? new PagedResult<ServiceItemDto>(0, []) : throw new NotFoundException(nameof(ItemListEdition), version);
        }

        var items = db.Set<ServiceItem>().AsNoTracking().Where(i => i.EditionId == edition.Id);
        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var part = input.Filter.Trim();
            items = items.Where(i => i.Name.Contains(part) || i.OfficeName.Contains(part) || (i.Code != null && i.Code.Contains(part)));
        }

        items = input.OfficeName is { Length: > 0 } office ? items.Where(i => i.OfficeName == office) : items;
        items = input.Mode is { Length: > 0 } mode ? items.Where(i => i.Mode == mode) : items;
        items = input.Batch is { } batch ? items.Where(i => i.Batch == batch) : items;
        items = input.GroupKey switch
        {
            null or "" or OwnItems or OtherItems => items,
            CommonItems => items.Where(i => i.GroupKey == null),
            var key => items.Where(i => i.GroupKey == key),
        };
        if ((input.RegionId ?? (input.GroupKey == OwnItems ? scope.RequiredTenant.Id : null)) is { } region)
        {
            var regions = await directory.GetAsync(cancellationToken);
            var chain = ChainOf(region, regions);
            var groups = edition.Header.Groups.Where(g => Concerns(g.RegionIds, region, regions)).Select(g => g.Key).ToList();
            items = items.Where(i => i.GroupKey == null || (groups.Contains(i.GroupKey) && (i.RegionIds.Count == 0 || i.RegionIds.Any(r => chain.Contains(r)))));
        }

        if (input.GroupKey == OtherItems)
        {
            var own = scope.RequiredTenant.Id;
            var regions = await directory.GetAsync(cancellationToken);
            var chain = ChainOf(own, regions);
            var groups = edition.Header.Groups.Where(g => Concerns(g.RegionIds, own, regions)).Select(g => g.Key).ToList();
            items = items.Where(i => i.GroupKey != null && !(groups.Contains(i.GroupKey) && (i.RegionIds.Count == 0 || i.RegionIds.Any(r => chain.Contains(r)))));
        }

        return await items.ToPageAsync(
            input, ItemSorts,
            i => new ServiceItemDto(i.ItemId, i.Order, i.Number, i.Name, i.Code, i.OfficeName, i.Mode, i.Kind, i.GroupKey, i.RegionIds, i.Batch, i.BatchDate), cancellationToken);
    }

    /// <summary>How a version differs from the one before it.</summary>
    public async Task<ItemListChangesDto> ChangesAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        var editions = await db.Set<ItemListEdition>().AsNoTracking().Where(e => e.ListId == id && (e.Version == version || e.Version == version - 1))
            .OrderBy(e => e.Version).ToListAsync(cancellationToken);
        if (editions.Count == 0 || editions[^1].Version != version)
        {
            throw new NotFoundException(nameof(ItemListEdition), version);
        }

        var before = editions.Count > 1 ? await EntriesAsync(editions[0].Id, cancellationToken) : [];
        return ItemListChanges.Between(before, version - 1, await EntriesAsync(editions[^1].Id, cancellationToken), version);
    }

    public async Task<IReadOnlyList<IssuedItemList>> ForThemeAsync(Guid themeId, Guid regionId, CancellationToken cancellationToken)
    {
        var lists = await db.Set<ItemList>().AsNoTracking().Where(l => l.ThemeId == themeId && l.Version > 0).OrderBy(l => l.CreatedAt).ThenBy(l => l.Id)
            .Join(db.Set<ItemListEdition>(), l => new { ListId = l.Id, l.Version }, e => new { e.ListId, e.Version }, (List, Edition) => new { List, Edition })
            .ToListAsync(cancellationToken);
        if (lists.Count == 0)
        {
            return [];
        }

        var editionIds = lists.Select(l => l.Edition.Id).ToList();
        var items = (await db.Set<ServiceItem>().AsNoTracking().Where(i => editionIds.Contains(i.EditionId)).ToListAsync(cancellationToken)).ToLookup(i => i.EditionId);
        var regions = await directory.GetAsync(cancellationToken);
        return
        [
            .. lists.OrderBy(l => l.List.CreatedAt).ThenBy(l => l.List.Id).Select(l =>
            {
                var header = l.Edition.Header;
                return new IssuedItemList(
                    l.List.Id, l.List.ProgrammeId, l.List.ThemeId, l.Edition.Title, l.Edition.Version, header.Artefacts,
                    [
                        .. items[l.Edition.Id].Where(i => IsFor(i, header, regionId, regions)).OrderBy(i => i.Order)
                            .Select(i => new ListedItem(i.ItemId, i.Order, i.Number, i.Name, i.OfficeName, i.Mode, i.GroupKey)),
                    ]);
            }),
        ];
    }

    /// <summary>What a region may ask for: the items named as the version in force has them, and which of them it has already.</summary>
    public async Task<(IReadOnlyDictionary<Guid, ServiceItem> Known, IReadOnlySet<Guid> Held)> ForRequestAsync(
        ItemList list, IReadOnlyCollection<Guid> itemIds, Guid regionId, CancellationToken cancellationToken)
    {
        var edition = await db.Set<ItemListEdition>().AsNoTracking().FirstOrDefaultAsync(e => e.ListId == list.Id && e.Version == list.Version, cancellationToken);
        if (edition is null || itemIds.Count == 0)
        {
            return (new Dictionary<Guid, ServiceItem>(), new HashSet<Guid>());
        }

        var header = edition.Header;
        var regions = await directory.GetAsync(cancellationToken);
        var items = await db.Set<ServiceItem>().AsNoTracking().Where(i => i.EditionId == edition.Id && itemIds.Contains(i.ItemId)).ToListAsync(cancellationToken);
        return (items.ToDictionary(i => i.ItemId), items.Where(i => IsFor(i, header, regionId, regions)).Select(i => i.ItemId).ToHashSet());
    }

    /// <summary>A list that the caller may see.</summary>
    public async Task<ItemList> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<ItemList>().AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(ItemList), id);

    /// <summary>The items of an edition in order.</summary>
    public async Task<List<ItemEntry>> EntriesAsync(Guid editionId, CancellationToken cancellationToken) =>
        [.. (await db.Set<ServiceItem>().AsNoTracking().Where(i => i.EditionId == editionId).OrderBy(i => i.Order).ToListAsync(cancellationToken)).Select(i => i.ToEntry())];

    /// <summary>What a list says in the version in force; null before the first.</summary>
    public async Task<ItemListContent?> InForceAsync(ItemList list, CancellationToken cancellationToken)
    {
        var edition = await db.Set<ItemListEdition>().AsNoTracking().FirstOrDefaultAsync(e => e.ListId == list.Id && e.Version == list.Version, cancellationToken);
        return edition is null ? null : edition.Header with { Items = await EntriesAsync(edition.Id, cancellationToken) };
    }

    public async Task<(string Programme, string Theme, DateOnly? NoticeDate)> TitlesAsync(ItemList list, CancellationToken cancellationToken)
    {
        var titles = await db.Set<Theme>().AsNoTracking().Where(t => t.Id == list.ThemeId)
            .Join(db.Set<Programme>(), t => t.ProgrammeId, p => p.Id, (t, p) => new { Programme = p.Title, Theme = t.Title, p.IssueDate }).FirstAsync(cancellationToken);
        return (titles.Programme, titles.Theme, titles.IssueDate);
    }

    private static bool IsFor(ServiceItem item, ItemListContent header, Guid regionId, RegionMap regions) =>
        item.GroupKey is null
        || (header.GroupOf(item.GroupKey) is { } group && Concerns(group.RegionIds, regionId, regions)
            && (item.RegionIds.Count == 0 || Concerns(item.RegionIds, regionId, regions)));

    // What concerns a county concerns its towns.
    private static bool Concerns(IReadOnlyList<Guid> named, Guid regionId, RegionMap regions) => ChainOf(regionId, regions).Any(named.Contains);

    private static List<Guid> ChainOf(Guid regionId, RegionMap regions)
    {
        var chain = new List<Guid>();
        for (var region = regions.Find(regionId); region is not null; region = region.ParentId is { } parent ? regions.Find(parent) : null)
        {
            chain.Add(region.Id);
        }

        return chain;
    }
}
