using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>Lists of items of the test.</summary>
internal sealed class ItemListDouble : IItemListLookup
{
    /// <summary>The five artefacts of P1.</summary>
    public static readonly IReadOnlyList<ItemArtefact> Five =
    [
        new("list", "一单（事项清单）"), new("plan", "一案（承接方案，含办事指南及流程图）"), new("course", "一课（培训计划）"), new("liaison", "一专员（联络员）"), new("form", "一表（反馈表）"),
    ];

    private readonly List<IssuedItemList> lists = [];

    /// <summary>P1: 96 items of 16 offices, six of each.</summary>
    public static IReadOnlyList<ListedItem> Items(int count, int from = 1) =>
    [
        .. Enumerable.Range(from, count).Select(n => new ListedItem(
            Guid.NewGuid(), n, n.ToString(CultureInfo.InvariantCulture), $"事项{n}", $"部门{((n - 1) / 6) + 1}", "直接下放", null)),
    ];

    public IssuedItemList Issue(ThemeSummary theme, IReadOnlyList<ListedItem> items, IReadOnlyList<ItemArtefact>? artefacts = null) =>
        Put(new IssuedItemList(Guid.NewGuid(), theme.ProgrammeId, theme.Id, "赋权事项清单", 1, artefacts ?? Five, items));

    public IssuedItemList Reissue(IssuedItemList list, IReadOnlyList<ListedItem> items, IReadOnlyList<ItemArtefact>? artefacts = null) =>
        Put(list with { Version = list.Version + 1, Items = items, Artefacts = artefacts ?? list.Artefacts });

    public Task<IReadOnlyList<IssuedItemList>> ForThemeAsync(Guid themeId, Guid regionId, CancellationToken cancellationToken)
    {
        lock (lists)
        {
            return Task.FromResult<IReadOnlyList<IssuedItemList>>([.. lists.Where(l => l.ThemeId == themeId)]);
        }
    }

    private IssuedItemList Put(IssuedItemList list)
    {
        lock (lists)
        {
            lists.RemoveAll(l => l.Id == list.Id);
            lists.Add(list);
        }

        return list;
    }
}

/// <summary>Ledgers as tests begin with them.</summary>
internal static class LedgerWorld
{
    /// <summary>A running pilot of the region whose theme has a list of so many items.</summary>
    public static async Task<Guid> GivenLedgerAsync(this PilotsApp app, RegionPeople region, int items, IReadOnlyList<ItemArtefact>? artefacts = null)
    {
        var id = await app.GivenRunningPilotAsync(region);
        await app.IssueListAsync(await app.ThemeOfAsync(id), ItemListDouble.Items(items), artefacts);
        return id;
    }

    public static async Task<IssuedItemList> IssueListAsync(
        this PilotsApp app, ThemeSummary theme, IReadOnlyList<ListedItem> items, IReadOnlyList<ItemArtefact>? artefacts = null)
    {
        var list = app.Lists.Issue(theme, items, artefacts);
        await app.AnnounceAsync(list);
        return list;
    }

    public static async Task<IssuedItemList> ReissueListAsync(
        this PilotsApp app, IssuedItemList list, IReadOnlyList<ListedItem> items, IReadOnlyList<ItemArtefact>? artefacts = null)
    {
        var next = app.Lists.Reissue(list, items, artefacts);
        await app.AnnounceAsync(next);
        return next;
    }

    public static Task AnnounceAsync(this PilotsApp app, IssuedItemList list) =>
        app.RaiseAsync(new ItemListIssued(list.Id, list.ProgrammeId, list.ThemeId, list.Version));

    public static async Task<ThemeSummary> ThemeOfAsync(this PilotsApp app, Guid pilotId)
    {
        var themeId = await app.AsAsync(People.Jiangsu.Coordinator, s =>
            s.GetRequiredService<PlatformDbContext>().Set<Pilot>().Where(p => p.Id == pilotId).Select(p => p.ThemeId).SingleAsync());
        return (await app.Programmes.FindThemesAsync([themeId], default))[themeId];
    }

    public static Task<LedgerDto> LedgerAsync(this PilotsApp app, Persona persona, Guid pilotId, string filters = "") =>
        app.As(persona).GetAsAsync<LedgerDto>($"/api/pilots/{pilotId}/ledger?maxResultCount=200{filters}");

    public static async Task<LedgerCellDto> CellAsync(this PilotsApp app, Persona persona, Guid pilotId, string number, string artefact) =>
        (await app.LedgerAsync(persona, pilotId)).Items.Single(i => i.Number == number).Slots.Single(s => s.ArtefactKey == artefact);

    public static SaveSlotDraftDto TextOf(string text, string? stamp = null) => new(stamp, false, text, null, null, []);

    /// <summary>The region fills a slot with a text.</summary>
    public static Task<SlotDto> FillAsync(this PilotsApp app, RegionPeople region, Guid slotId, string text = "已印发", string? stamp = null) =>
        app.As(region.Coordinator).PutAsAsync<SlotDto>($"/api/ledger-slots/{slotId}/draft", TextOf(text, stamp));

    /// <summary>The region fills a slot and hands it in.</summary>
    public static async Task<SlotDto> HandInSlotAsync(this PilotsApp app, RegionPeople region, Guid slotId, string text = "已印发")
    {
        var filled = await app.FillAsync(region, slotId, text);
        return await app.As(region.Coordinator).PostAsAsync<SlotDto>($"/api/ledger-slots/{slotId}/hand-in", new StampInput(filled.Draft!.ConcurrencyStamp));
    }
}
