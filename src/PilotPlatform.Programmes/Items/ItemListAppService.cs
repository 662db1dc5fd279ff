using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Requests;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Items;

/// <summary>The issuer's side of lists of items: drafts and revisions; <see cref="ItemListIssuing"/> makes them versions.</summary>
internal sealed class ItemListAppService(
    PlatformDbContext db, ICurrentScope scope, ItemListReader reader, RegionRequestOutcomes requests, IRegionDirectory directory, Texts texts, IIdGenerator ids)
{
    public const int MostItems = 10_000;
    private const int MostParts = 50;

    public async Task<ItemListDraftDto> CreateAsync(CreateItemListDto input, CancellationToken cancellationToken)
    {
        var theme = await db.Set<Theme>().FirstOrDefaultAsync(t => t.Id == input.ThemeId, cancellationToken) ?? throw new NotFoundException(nameof(Theme), input.ThemeId);
        EnsureIssuer(theme.TenantId);
        await EnsureProgrammeAsync(theme.ProgrammeId, cancellationToken);
        var content = await CheckShapeAsync(input.Content, cancellationToken);
        var list = new ItemList(ids.NewId(), theme, content.Title);
        var draft = new ItemListDraft(ids.NewId(), list, WithIds(content, []));
        db.AddRange(list, draft);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(list, draft, cancellationToken);
    }

    public async Task<ItemListDraftDto> GetDraftAsync(Guid id, CancellationToken cancellationToken)
    {
        var (list, draft) = await LoadAsync(id, cancellationToken);
        return await DescribeAsync(list, draft, cancellationToken);
    }

    public async Task<ItemListDraftDto> SaveAsync(Guid id, SaveItemListDto input, CancellationToken cancellationToken)
    {
        var (list, draft) = await LoadAsync(id, cancellationToken);
        draft.EnsureStamp(input.ConcurrencyStamp);
        var content = await CheckShapeAsync(input.Content, cancellationToken);
        var inForce = await reader.InForceAsync(list, cancellationToken);
        var known = (inForce?.Items ?? []).Concat(draft.Content.Items).Select(i => i.Id!.Value).ToHashSet();
        content = Batched(WithIds(content, known), list, inForce);
        list.EnsureKept(content, inForce);
        list.Rename(content.Title);
        draft.Save(content);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(list, draft, cancellationToken);
    }

    /// <summary>Begins the next version from the one in force.</summary>
    public async Task<ItemListDraftDto> ReviseAsync(Guid id, ItemListStampDto input, CancellationToken cancellationToken)
    {
        var list = await LoadListAsync(id, cancellationToken);
        list.EnsureStamp(input.ConcurrencyStamp);
        await EnsureProgrammeAsync(list.ProgrammeId, cancellationToken);
        if (await db.Set<ItemListDraft>().AnyAsync(d => d.ListId == id, cancellationToken))
        {
            throw new BusinessException(ProgrammesErrorCodes.ItemListDraftExists).WithData("title", list.Title);
        }

        var inForce = await reader.InForceAsync(list, cancellationToken) ?? throw new NotFoundException(nameof(ItemListEdition), list.Version);
        var draft = new ItemListDraft(ids.NewId(), list, inForce);
        db.Add(draft);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(list, draft, cancellationToken);
    }

    /// <summary>Drops a draft, and with it a list that was never issued.</summary>
    public async Task DiscardAsync(Guid id, ItemListStampDto input, CancellationToken cancellationToken)
    {
        var (list, draft) = await LoadAsync(id, cancellationToken);
        draft.EnsureStamp(input.ConcurrencyStamp);
        db.Remove(draft);
        await requests.DroppedAsync(list, cancellationToken);
        if (list.Status == ItemListStatus.Draft)
        {
            db.Remove(list);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A list of the own region, to be changed.</summary>
    public async Task<ItemList> LoadListAsync(Guid id, CancellationToken cancellationToken)
    {
        var list = await db.Set<ItemList>().FirstOrDefaultAsync(l => l.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(ItemList), id);
        EnsureIssuer(list.TenantId);
        return list;
    }

    /// <summary>A list of the own region with the draft of its next version.</summary>
    public async Task<(ItemList List, ItemListDraft Draft)> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var list = await LoadListAsync(id, cancellationToken);
        return (list, await FindDraftAsync(id, cancellationToken) ?? throw new NotFoundException(nameof(ItemListDraft), id));
    }

    public Task<ItemListDraft?> FindDraftAsync(Guid id, CancellationToken cancellationToken) =>
        db.Set<ItemListDraft>().FirstOrDefaultAsync(d => d.ListId == id, cancellationToken);

    private void EnsureIssuer(Guid ownerId)
    {
        if (ownerId != scope.RequiredTenant.Id)
        {
            throw new BusinessException(ProgrammesErrorCodes.NotIssuer);
        }
    }

    public async Task<Programme> EnsureProgrammeAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().FirstAsync(p => p.Id == programmeId, cancellationToken);
        programme.EnsurePublished();
        return programme;
    }

    private async Task<ItemListContent> CheckShapeAsync(ItemListContent? given, CancellationToken cancellationToken)
    {
        new InputCheck().That(given is not null, "content", PlatformErrorCodes.Required).ThrowIfAny();
        var content = given!.Normalised();
        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant;
        var check = new InputCheck()
            .Text(content.Title, "content.title", ItemList.TitleLength)
            .That(content.Items.Count <= MostItems, "content.items", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostItems))
            .That(content.Artefacts.Count <= MostParts, "content.artefacts", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostParts))
            .That(content.Modes.Count <= MostParts, "content.modes", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostParts))
            .That(content.Groups.Count <= MostParts, "content.groups", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostParts))
            .That(content.DeclaredTotal is null or (>= 0 and <= MostItems), "content.declaredTotal", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostItems))
            .That(content.DeclaredOffices is null or (>= 0 and <= MostItems), "content.declaredOffices", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostItems))
            .That(content.Artefacts.DistinctBy(a => a.Key).Count() == content.Artefacts.Count, "content.artefacts", ProgrammesErrorCodes.ItemListKeyTaken)
            .That(content.Modes.DistinctBy(m => m.Name).Count() == content.Modes.Count, "content.modes", ProgrammesErrorCodes.ItemListKeyTaken)
            .That(content.Groups.DistinctBy(g => g.Key).Count() == content.Groups.Count, "content.groups", ProgrammesErrorCodes.ItemListKeyTaken);
        foreach (var (artefact, n) in content.Artefacts.Take(MostParts).Select((a, n) => (a, n)))
        {
            check.Text(artefact.Key, $"content.artefacts[{n}].key", ServiceItem.KeyLength).Text(artefact.Name, $"content.artefacts[{n}].name", 100);
        }

        foreach (var (mode, n) in content.Modes.Take(MostParts).Select((m, n) => (m, n)))
        {
            check.Text(mode.Name, $"content.modes[{n}].name", ServiceItem.ModeLength).That(mode.DeclaredCount is null or >= 0, $"content.modes[{n}].declaredCount", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostItems));
        }

        foreach (var (group, n) in content.Groups.Take(MostParts).Select((g, n) => (g, n)))
        {
            check.Text(group.Key, $"content.groups[{n}].key", ServiceItem.KeyLength).Text(group.Name, $"content.groups[{n}].name", 100)
                .That(group.Key is not (ItemListReader.CommonItems or ItemListReader.OwnItems or ItemListReader.OtherItems), $"content.groups[{n}].key", ProgrammesErrorCodes.ItemListKeyTaken)
                .That(group.DeclaredCount is null or >= 0, $"content.groups[{n}].declaredCount", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostItems));
            if (group.RegionIds.Select(r => (Id: r, Region: regions.Find(r))).FirstOrDefault(r => r.Region is null || r.Region.Id == own.Id || !own.Covers(r.Region.Tenant)) is { Id: var stranger, Region: var region }
                && stranger != Guid.Empty)
            {
                check.That(false, $"content.groups[{n}].regionIds", ProgrammesErrorCodes.ItemRegionNotBelow, ("name", region?.Name ?? ""));
            }
        }

        foreach (var (item, n) in content.Items.Take(MostItems).Select((i, n) => (i, n)))
        {
            check.Text(item.Number, $"content.items[{n}].number", ServiceItem.NumberLength, required: false)
                .Text(item.Name, $"content.items[{n}].name", ServiceItem.NameLength, required: false)
                .Text(item.Code, $"content.items[{n}].code", ServiceItem.CodeLength, required: false)
                .Text(item.OfficeName, $"content.items[{n}].officeName", ServiceItem.OfficeLength, required: false)
                .Text(item.Mode, $"content.items[{n}].mode", ServiceItem.ModeLength, required: false)
                .Text(item.Kind, $"content.items[{n}].kind", ServiceItem.KindLength, required: false)
                .Text(item.GroupKey, $"content.items[{n}].groupKey", ServiceItem.KeyLength, required: false)
                .That(item.RegionIds.Count <= MostParts, $"content.items[{n}].regionIds", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostParts));
        }

        check.ThrowIfAny();
        return content;
    }

    // An id is kept where the item is known; two rows with one id, or an id from elsewhere, are new items.
    private ItemListContent WithIds(ItemListContent content, HashSet<Guid> known)
    {
        var taken = new HashSet<Guid>();
        return content with
        {
            Items = [.. content.Items.Select(i => i.Id is { } id && known.Contains(id) && taken.Add(id) ? i : i with { Id = ids.NewId() })],
        };
    }

    // What is added to a locked list is a further batch; the first ones are closed.
    private static ItemListContent Batched(ItemListContent content, ItemList list, ItemListContent? inForce)
    {
        if (!list.Locked || inForce is null)
        {
            return content;
        }

        var issued = inForce.Items.Select(i => i.Id!.Value).ToHashSet();
        var next = inForce.Items.Max(i => i.Batch) + 1;
        return content with { Items = [.. content.Items.Select(i => issued.Contains(i.Id!.Value) || i.Batch >= next ? i : i with { Batch = next, BatchDate = null })] };
    }

    private async Task<ItemListDraftDto> DescribeAsync(ItemList list, ItemListDraft draft, CancellationToken cancellationToken)
    {
        var titles = await reader.TitlesAsync(list, cancellationToken);
        var content = draft.Content;
        var inForce = await reader.InForceAsync(list, cancellationToken);
        return new ItemListDraftDto(
            list.Id, list.ProgrammeId, titles.Programme, list.ThemeId, titles.Theme, draft.BaseVersion, list.Locked, content,
            ItemListCheck.Of(content, await directory.GetAsync(cancellationToken), texts),
            inForce is null ? null : ItemListChanges.Between(inForce.Items, list.Version, content.Items, null), titles.NoticeDate, draft.ModifiedAt ?? draft.CreatedAt, draft.ConcurrencyStamp);
    }
}
