using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Testing;
using static PilotPlatform.Programmes.Tests.Items.ItemWorld;

namespace PilotPlatform.Programmes.Tests.Items;

public sealed class ItemListTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Draft_IsTheIssuersAlone_AndAnIssuedListIsReadByTheAudience()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "备案事项规范试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("备案事项清单", Rows(6, 2), 6, 2));
        draft.Check.Problems.ShouldBeEmpty();
        var city = app.As(People.Nantong.Coordinator);
        foreach (var path in new[] { "", "/items", "/draft" })
        {
            (await city.GetAsync(At($"/api/item-lists/{draft.ListId}{path}")).RefusalAsync()).Status.ShouldBe(404, path);
        }

        (await city.GetAsAsync<PagedResult<ItemListListItemDto>>("/api/item-lists")).Items.ShouldNotContain(l => l.Id == draft.ListId);
        (await ForThemeAsync(app, People.Nantong.Coordinator, programme.Themes[0].Id, People.Nantong.Tenant.Id)).ShouldBeEmpty();

        var issued = await IssueAsync(app, People.Jiangsu, draft, "首次印发");
        issued.ShouldSatisfyAllConditions(l => l.Status.ShouldBe(ItemListStatus.Issued), l => l.Version.ShouldBe(1), l => l.HasDraft.ShouldBeFalse());
        var read = await city.GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}");
        read.ShouldSatisfyAllConditions(l => l.IsIssuer.ShouldBeFalse(), l => l.Versions.Single().Note.ShouldBe("首次印发"), l => l.Check!.ItemCount.ShouldBe(6));
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId)).Select(i => i.Order).ShouldBe([1, 2, 3, 4, 5, 6]);
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId, "&officeName=示例部门2&filter=第4类")).Single().Order.ShouldBe(4);
        (await city.GetAsync(At($"/api/item-lists/{draft.ListId}/draft")).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.NotIssuer));

        // A sibling that the programme does not name sees nothing of it.
        var sibling = app.As(People.Yangzhou.Coordinator);
        (await sibling.GetAsync(At($"/api/item-lists/{draft.ListId}")).RefusalAsync()).Status.ShouldBe(404);
        (await sibling.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/revise"), new ItemListStampDto(issued.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Issue_TellsOtherModules_AndTheLookupGivesTheItemsInForce()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "赋权试点", People.Nantong.Tenant.Id);
        var theme = programme.Themes[0].Id;
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("赋权事项清单", Rows(4, 2), 4) with { Artefacts = FiveArtefacts });
        draft.Check.SlotCount.ShouldBe(20);
        await IssueAsync(app, People.Jiangsu, draft);

        var list = (await ForThemeAsync(app, People.Nantong.Coordinator, theme, People.Nantong.Tenant.Id)).Single();
        list.ShouldSatisfyAllConditions(l => l.Version.ShouldBe(1), l => l.Artefacts.Select(a => a.Key).ShouldBe(["list", "plan", "course", "liaison", "form"]), l => l.ProgrammeId.ShouldBe(programme.Id));
        list.Items.Select(i => i.Id).ShouldBe(draft.Content.Items.Select(i => i.Id!.Value));
        list.Items.Select(i => (i.Order, i.OfficeName)).ShouldBe([(1, "示例部门1"), (2, "示例部门2"), (3, "示例部门1"), (4, "示例部门2")]);
        (await ForThemeAsync(app, People.Yangzhou.Coordinator, theme, People.Yangzhou.Tenant.Id)).ShouldBeEmpty("扬州 is not in the audience");
    }

    [Fact]
    public async Task Issue_WhenNumbersDiffer_IsRejectedInWords()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "数字核对试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(3, 3, "直接下放"), 5, 2) with { Modes = [new("直接下放", 2)] });
        draft.Check.Problems.Select(p => p.Text).ShouldBe(["事项共 3 项，应为 5 项，少 2 项", "涉及 3 个部门，应为 2 个，多 1 个", "“直接下放”3 项，应为 2 项，多 1 项"]);
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListNumbersDiffer));
    }

    [Fact]
    public async Task Issue_WhenRowsLackSomething_IsRejected()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "完整性试点", People.Nantong.Tenant.Id);
        ItemEntry[] rows = [.. Rows(3, 1, "直接下放")];
        rows[1] = rows[1] with { Name = rows[0].Name };
        rows[2] = rows[2] with { Mode = "窗口前移", OfficeName = " " };
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("清单", rows) with { Modes = [new("直接下放", null)] });
        draft.Check.Problems.Select(p => (p.Order, p.Field)).ShouldBe([(2, "name"), (3, "officeName"), (3, "mode")]);
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListIncomplete));
        var empty = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { Items = [] });
        empty.Check.Problems.ShouldHaveSingleItem().Text.ShouldContain("还没有事项");
    }

    [Fact]
    public async Task Save_WithAStaleStamp_OrForeignRegion_OrByAnother_IsRejected()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "并发试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(2)));
        await SaveAsync(app, People.Jiangsu, draft, draft.Content with { Title = "改名的清单" });
        (await Office.PutAsJsonAsync(At($"/api/item-lists/{draft.ListId}/draft"), new SaveItemListDto(draft.Content, draft.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, PlatformErrorCodes.StaleStamp));
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, PlatformErrorCodes.StaleStamp));

        var stranger = draft.Content with { Groups = [new("g", "外省", [People.Ganzhou.Tenant.Id], 1, null, GroupPlacement.Inside)] };
        (await Office.PostAsJsonAsync(At("/api/item-lists"), new CreateItemListDto(programme.Themes[0].Id, stranger), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(400);
        (await Office.PostAsJsonAsync(At("/api/item-lists"), new CreateItemListDto(programme.Themes[0].Id, null!), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(400);
        var holes = draft.Content with { Title = "有缺口的清单", Modes = null!, Groups = null!, Artefacts = null!, Items = [null!, draft.Content.Items[0] with { RegionIds = null!, Number = null! }] };
        (await Office.PostAsAsync<ItemListDraftDto>("/api/item-lists", new CreateItemListDto(programme.Themes[0].Id, holes))).Content.Items.ShouldHaveSingleItem();
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At("/api/item-lists"), new CreateItemListDto(programme.Themes[0].Id, draft.Content), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await app.As(People.Jiangsu.Leader).PostAsJsonAsync(At("/api/item-lists"), new CreateItemListDto(programme.Themes[0].Id, draft.Content), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Issue_ByTwoAtOnce_MakesOneVersion()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "同时印发试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(30, 3)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync()));
        answers.ShouldAllBe(a => a.Status == 200);
        var list = await Office.GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}");
        list.ShouldSatisfyAllConditions(l => l.Version.ShouldBe(1), l => l.Versions.Count.ShouldBe(1), l => l.Check!.ItemCount.ShouldBe(30));
    }

    [Fact]
    public async Task Revision_ShowsWhatChanged_KeepsIds_AndOldVersionsStayReadable()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "年度修订试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("2023年版清单", Rows(5), 5));
        var first = await IssueAsync(app, People.Jiangsu, draft);
        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/revise", new ItemListStampDto(first.ConcurrencyStamp));
        revision.ShouldSatisfyAllConditions(r => r.BaseVersion.ShouldBe(1), r => r.Changes!.Items.ShouldBeEmpty());
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/revise"), new ItemListStampDto(first.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListDraftExists));

        var items = revision.Content.Items.ToList();
        items[1] = items[1] with { Name = "换了名称的事项" };
        items.RemoveAt(3);
        items.Add(new ItemEntry(null, "6", "新增的事项", null, "示例部门1", null, null, null, [], 1, null));
        revision = await SaveAsync(app, People.Jiangsu, revision, revision.Content with { Title = "2024年版清单", Items = items });
        revision.Changes!.ShouldSatisfyAllConditions(c => c.Added.ShouldBe(1), c => c.Removed.ShouldBe(1), c => c.Changed.ShouldBe(1));
        revision.Changes!.Items.Single(c => c.Kind == ItemChangeKind.Changed).ShouldSatisfyAllConditions(c => c.Fields.ShouldBe(["name"]), c => c.Before!.Name.ShouldBe(draft.Content.Items[1].Name));
        (await app.As(People.Nantong.Coordinator).GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}"))
            .ShouldSatisfyAllConditions(l => l.Title.ShouldBe("2023年版清单"), l => l.HasDraft.ShouldBeFalse("a draft is the issuer's alone"));

        await IssueAsync(app, People.Jiangsu, revision, "年度调整");
        var city = app.As(People.Nantong.Coordinator);
        (await city.GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}")).ShouldSatisfyAllConditions(l => l.Title.ShouldBe("2024年版清单"), l => l.Versions.Select(v => v.Version).ShouldBe([2, 1]));
        (await city.GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}?version=1")).ShouldSatisfyAllConditions(l => l.Title.ShouldBe("2023年版清单"), l => l.ShownVersion.ShouldBe(1));
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId, "&version=1")).Select(i => i.Id).ShouldBe(draft.Content.Items.Select(i => i.Id!.Value));
        (await city.GetAsAsync<ItemListChangesDto>($"/api/item-lists/{draft.ListId}/versions/2/changes")).Items.Select(c => c.Kind).ShouldBe([ItemChangeKind.Changed, ItemChangeKind.Added, ItemChangeKind.Removed]);
        (await city.GetAsync(At($"/api/item-lists/{draft.ListId}?version=3")).RefusalAsync()).Status.ShouldBe(404);
        var inForce = (await ForThemeAsync(app, People.Nantong.Coordinator, programme.Themes[0].Id, People.Nantong.Tenant.Id)).Single();
        inForce.ShouldSatisfyAllConditions(l => l.Version.ShouldBe(2), l => l.Items[1].Id.ShouldBe(draft.Content.Items[1].Id!.Value), l => l.Items[1].Name.ShouldBe("换了名称的事项"));
    }

    [Fact]
    public async Task LockedList_TakesFurtherBatches_AndNothingElse()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "锁定试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("赋权清单", Rows(3), 3) with { Locked = true, Artefacts = FiveArtefacts });
        // Until it is issued, a locked list is a draft like any other.
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { Items = [.. draft.Content.Items.Select(i => i with { Kind = "行政处罚" })] });
        var first = await IssueAsync(app, People.Jiangsu, draft);
        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/revise", new ItemListStampDto(first.ConcurrencyStamp));
        var content = revision.Content;

        foreach (var forbidden in new[]
        {
            content with { Items = [.. content.Items.Skip(1)] },
            content with { Items = [content.Items[0] with { OfficeName = "另一个部门" }, .. content.Items.Skip(1)] },
            content with { Artefacts = [.. content.Artefacts.Skip(1)] },
        })
        {
            (await Office.PutAsJsonAsync(At($"/api/item-lists/{draft.ListId}/draft"), new SaveItemListDto(forbidden, revision.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
                .ShouldBe((409, ProgrammesErrorCodes.ItemListLocked));
        }

        var added = new ItemEntry(null, "4", "第二批赋权事项", null, "示例部门1", null, null, null, [], 1, null);
        revision = await SaveAsync(app, People.Jiangsu, revision, content with { DeclaredTotal = 4, Locked = false, Items = [.. content.Items, added] });
        revision.Content.Items[^1].Batch.ShouldBe(2);
        app.Clock.SetChina(2023, 7, 3);
        var second = await IssueAsync(app, People.Jiangsu, revision);
        second.ShouldSatisfyAllConditions(l => l.Version.ShouldBe(2), l => l.Locked.ShouldBeTrue("a lock cannot be taken off"));
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId)).Select(i => (i.Batch, i.BatchDate)).ShouldBe(
            [(1, new DateOnly(2023, 6, 1)), (1, new DateOnly(2023, 6, 1)), (1, new DateOnly(2023, 6, 1)), (2, new DateOnly(2023, 7, 3))]);
    }

    [Fact]
    public async Task Groups_EachRegionOrTogether_InsideOrBeside()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "个性化试点", People.Nantong.Tenant.Id, People.Yangzhou.Tenant.Id);
        var pair = new ItemGroup("pair", "南通、扬州", [People.Nantong.Tenant.Id, People.Yangzhou.Tenant.Id], 3, null, null);
        ItemEntry[] own = [.. Rows(3, 1, group: "pair", kind: "专属")];
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("清单", [.. Rows(4), .. own], 4) with { Groups = [pair] });
        draft.Check.Problems.Where(p => p.Kind == ItemProblemKind.Undecided).Select(p => p.Field).ShouldBe(["reading", "placement"]);
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListUndecided));

        // Each has three, on top of the four.
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { Groups = [pair with { Reading = GroupReading.Each, Placement = GroupPlacement.Beside }] });
        draft.Check.Problems.ShouldBeEmpty();
        draft.Check.Counts.Where(c => c.Kind == ItemCountKind.Region).Select(c => (c.Label, c.Actual)).ShouldBe([("南通市", 3), ("扬州市", 3)]);

        // Together three, of which one is 南通's and two are 扬州's.
        var shared = draft.Content.Items.Select((i, n) => n == 4 ? i with { RegionIds = [People.Nantong.Tenant.Id] } : n > 4 ? i with { RegionIds = [People.Yangzhou.Tenant.Id] } : i);
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { DeclaredTotal = 7, Groups = [pair with { Reading = GroupReading.Together, Placement = GroupPlacement.Inside }], Items = [.. shared] });
        draft.Check.Problems.ShouldBeEmpty();
        await IssueAsync(app, People.Jiangsu, draft);
        var theme = programme.Themes[0].Id;
        (await ForThemeAsync(app, People.Nantong.Coordinator, theme, People.Nantong.Tenant.Id)).Single().Items.Count.ShouldBe(5);
        (await ForThemeAsync(app, People.Yangzhou.Coordinator, theme, People.Yangzhou.Tenant.Id)).Single().Items.Count.ShouldBe(6);
        (await ForThemeAsync(app, People.Jiangsu.Coordinator, theme, People.Nanjing.Tenant.Id)).Single().Items.Count.ShouldBe(4);
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId, $"&regionId={People.Nantong.Tenant.Id}")).Count.ShouldBe(5);
        (await AllItemsAsync(app, People.Yangzhou.Coordinator, draft.ListId, "&groupKey=own")).Count.ShouldBe(6);
        (await AllItemsAsync(app, People.Nantong.Coordinator, draft.ListId, "&groupKey=common")).Count.ShouldBe(4);
        (await app.As(People.Nantong.Coordinator).GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}")).Groups.Single().ConcernsOwnRegion.ShouldBeTrue();
    }

    [Fact]
    public async Task Discard_OfARevision_KeepsWhatWasIssued_OfAFirstDraft_DropsTheList()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "作废试点", People.Nantong.Tenant.Id);
        var never = await CreateAsync(app, People.Jiangsu, programme, Content("不要的清单", Rows(1)));
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{never.ListId}/discard"), new ItemListStampDto(never.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(204);
        (await Office.GetAsync(At($"/api/item-lists/{never.ListId}")).RefusalAsync()).Status.ShouldBe(404);

        var issued = await IssueAsync(app, People.Jiangsu, await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(2))));
        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{issued.Id}/revise", new ItemListStampDto(issued.ConcurrencyStamp));
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{issued.Id}/discard"), new ItemListStampDto(revision.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(204);
        (await Office.GetAsAsync<ItemListDto>($"/api/item-lists/{issued.Id}")).ShouldSatisfyAllConditions(l => l.Version.ShouldBe(1), l => l.HasDraft.ShouldBeFalse());
    }

    [Fact]
    public async Task Lists_TakeTwoStatements_AndItemsFour()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "语句数试点", People.Nantong.Tenant.Id);
        var issued = await IssueAsync(app, People.Jiangsu, await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(40, 4))));
        app.Sql.Reset();
        await Office.GetAsAsync<PagedResult<ItemListListItemDto>>($"/api/item-lists?programmeId={programme.Id}");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        app.Sql.Reset();
        await Office.GetAsAsync<PagedResult<ServiceItemDto>>($"/api/item-lists/{issued.Id}/items?maxResultCount=50");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(4);
    }
}
