using System.Net.Http.Json;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Regions;
using PilotPlatform.Testing;
using static PilotPlatform.Programmes.Tests.Items.ItemWorld;

namespace PilotPlatform.Programmes.Tests.Items;

/// <summary>The two programmes that hand over items: their counts with generated items.</summary>
public sealed class DevolutionListsTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly RegionPeople Ganyu = new("320707", "赣榆区", "/32/3207/320707/");

    /// <summary>P0: 105 = 76 + 29 of 10 offices; what the text leaves open about the personalised lists is asked, and blocks until it is settled.</summary>
    [Fact]
    public async Task Ganzhou2023_105ItemsOf10Offices_WithPersonalisedListsAsQuestions()
    {
        var admin = app.As(People.Ganzhou.Administrator);
        foreach (var (code, name, shortName) in new[] { ("3607x", "赣州经济技术开发区", "赣州经开区"), ("3607y", "赣州蓉江新区", "蓉江新区") })
        {
            await admin.PostAsAsync<object>($"/api/regions/{People.Ganzhou.Tenant.Id}/regions", new NewRegion(code, name, shortName, RegionLevel.County));
        }

        Guid[] zone = [await RegionAsync(app, "瑞金市"), await RegionAsync(app, "兴国县"), await RegionAsync(app, "于都县")];
        Guid[] central = [await RegionAsync(app, "章贡区")];
        Guid[] pair = [await RegionAsync(app, "赣县区"), await RegionAsync(app, "南康区")];
        Guid[] parks = [await RegionAsync(app, "赣州经济技术开发区"), await RegionAsync(app, "赣州蓉江新区")];
        var programme = await ProgrammeAsync(app, People.Ganzhou, "市县同权改革", [.. zone, .. central, .. pair, .. parks]);
        var content = Content("市县同权事项清单", [.. Rows(76, 10, "直接下放"), .. Rows(29, 10, "实质性审核")], 105, 10) with
        {
            Modes = [new("直接下放", 76), new("实质性审核", 29)],
            Groups =
            [
                new("zone", "“瑞兴于”试验区", zone, 8, null, null), new("central", "章贡区", central, 21, null, null),
                new("pair", "赣县区、南康区", pair, 25, null, null), new("parks", "赣州经开区、蓉江新区", parks, 32, null, null),
            ],
        };
        var draft = await CreateAsync(app, People.Ganzhou, programme, content);
        draft.Check.Counts.Where(c => c.Kind is ItemCountKind.Total or ItemCountKind.Offices or ItemCountKind.Mode).Select(c => (c.Label, c.Actual, c.Agrees, c.Share)).ShouldBe(
            [("", 105, true, null), ("", 10, true, null), ("直接下放", 76, true, 0.7238m), ("实质性审核", 29, true, 0.2762m)]);
        draft.Check.Offices.ShouldSatisfyAllConditions(o => o.Count.ShouldBe(10), o => o.Sum(x => x.Count).ShouldBe(105));
        // Each or together is asked of three groups (章贡 is one region), inside or beside of all four.
        draft.Check.Problems.Where(p => p.Kind == ItemProblemKind.Undecided).Select(p => (p.GroupKey, p.Field)).ShouldBe(
            [("zone", "reading"), ("zone", "placement"), ("central", "placement"), ("pair", "reading"), ("pair", "placement"), ("parks", "reading"), ("parks", "placement")]);
        var office = app.As(People.Ganzhou.Coordinator);
        (await office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListUndecided));

        // Settled as “each, beside the total”: the groups' own items are wanted now.
        var settled = content.Groups.Select(g => g with { Reading = GroupReading.Each, Placement = GroupPlacement.Beside }).ToList();
        draft = await SaveAsync(app, People.Ganzhou, draft, draft.Content with { Groups = settled });
        draft.Check.Problems.Select(p => p.Kind).ShouldAllBe(k => k == ItemProblemKind.Number);
        draft.Check.Counts.Count(c => c.Kind is ItemCountKind.Region or ItemCountKind.Group).ShouldBe(3 + 1 + 2 + 2);

        ItemEntry[] own = [.. settled.SelectMany(g => Rows(g.DeclaredCount!.Value, 10, "直接下放", g.Key, "专属"))];
        draft = await SaveAsync(app, People.Ganzhou, draft, draft.Content with { Items = [.. draft.Content.Items, .. own] });
        draft.Check.Problems.ShouldBeEmpty();
        var issued = await IssueAsync(app, People.Ganzhou, draft);
        issued.Check!.Counts[0].ShouldSatisfyAllConditions(c => c.Actual.ShouldBe(105), c => c.Agrees.ShouldBe(true));
        var theme = programme.Themes[0].Id;
        (await ForThemeAsync(app, People.Ganzhou.Coordinator, theme, pair[1])).Single().Items.Count.ShouldBe(105 + 25);
        (await ForThemeAsync(app, People.Ganzhou.Coordinator, theme, zone[0])).Single().Items.Count.ShouldBe(105 + 8);
        (await ForThemeAsync(app, People.Ganzhou.Coordinator, theme, central[0])).Single().Items.Count.ShouldBe(105 + 21);
    }

    /// <summary>P1: 96 items of 16 offices, five artefacts each: 480 slots; locked, and a second batch comes later.</summary>
    [Fact]
    public async Task Ganyu2024_96ItemsOf16Offices_Make480Slots_AndAreLocked()
    {
        var town = await TownAsync();
        var programme = await ProgrammeAsync(app, Ganyu, "赋权海头镇改革", town);
        var draft = await CreateAsync(app, Ganyu, programme, Content("赋权海头镇事项清单（首批）", Rows(96, 16), 96, 16) with { Artefacts = FiveArtefacts, Locked = true });
        draft.Check.ShouldSatisfyAllConditions(c => c.Problems.ShouldBeEmpty(), c => c.SlotCount.ShouldBe(480), c => c.Offices.Count.ShouldBe(16));
        var issued = await IssueAsync(app, Ganyu, draft);
        var list = (await ForThemeAsync(app, Ganyu.Coordinator, programme.Themes[0].Id, town)).Single();
        (list.Items.Count * list.Artefacts.Count).ShouldBe(480);

        var revision = await app.As(Ganyu.Coordinator).PostAsAsync<ItemListDraftDto>($"/api/item-lists/{issued.Id}/revise", new ItemListStampDto(issued.ConcurrencyStamp));
        (await app.As(Ganyu.Coordinator).PutAsJsonAsync(
            At($"/api/item-lists/{issued.Id}/draft"), new SaveItemListDto(revision.Content with { Items = [.. revision.Content.Items.Take(95)] }, revision.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListLocked));
        var more = Rows(4, 2, kind: "第二批").ToList();
        revision = await SaveAsync(app, Ganyu, revision, revision.Content with { DeclaredTotal = 100, Items = [.. revision.Content.Items, .. more] });
        (await IssueAsync(app, Ganyu, revision)).Check!.SlotCount.ShouldBe(500);
        (await ForThemeAsync(app, Ganyu.Coordinator, programme.Themes[0].Id, town)).Single().Items.Count.ShouldBe(100);
    }

    private async Task<Guid> TownAsync()
    {
        await app.As(Ganyu.Administrator).PostAsAsync<object>($"/api/regions/{Ganyu.Tenant.Id}/regions", new NewRegion("320707001", "海头镇", "海头", RegionLevel.Town));
        return await RegionAsync(app, "海头镇");
    }

    private sealed record NewRegion(string Code, string Name, string ShortName, RegionLevel Level);
}
