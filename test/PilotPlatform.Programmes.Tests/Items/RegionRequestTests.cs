using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Requests;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;
using static PilotPlatform.Programmes.Tests.Items.ItemWorld;

namespace PilotPlatform.Programmes.Tests.Items;

/// <summary>The application with a notifier that writes down who is told what.</summary>
public sealed class RequestsApp : PilotPlatformApp
{
    internal List<(Guid Region, string Permission, NotificationMessage Message)> Told { get; } = [];

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<INotifier>();
        services.AddSingleton<INotifier>(new Recorder(Told));
    }

    private sealed class Recorder(List<(Guid, string, NotificationMessage)> told) : INotifier
    {
        public void Notify(TenantRef region, string permission, NotificationMessage message)
        {
            lock (told)
            {
                told.Add((region.Id, permission, message));
            }
        }

        public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message)
        {
        }
    }
}

/// <summary>基层点单: regions ask for further items, the issuer decides.</summary>
public sealed class RegionRequestTests(RequestsApp app) : IClassFixture<RequestsApp>
{
    private static readonly AskedItemDto Named = new(null, "门店招牌设置备案", "示例部门1", null);

    private HttpClient City => app.As(People.Nantong.Coordinator);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Request_FromDraftToABatchOfTheList_ThatTheRegionAloneGets()
    {
        var (programme, list) = await ListAsync();
        var other = (await AllItemsAsync(app, People.Nantong.Coordinator, list.Id)).Single(i => i.GroupKey == "yz");
        (await AllItemsAsync(app, People.Nantong.Coordinator, list.Id, "&groupKey=others")).ShouldHaveSingleItem().Id.ShouldBe(other.Id);
        (await AllItemsAsync(app, People.Yangzhou.Coordinator, list.Id, "&groupKey=others")).ShouldBeEmpty();
        var fileId = await FileAsync();
        var draft = await CreateAsync(list, [new AskedItemDto(other.Id, "随便写的名称", "", null), Named], fileId);
        draft.ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(RegionRequestStatus.Draft), r => r.IsOwn.ShouldBeTrue(), r => r.Items[0].Name.ShouldBe(other.Name, "what is chosen is as the list has it"), r => r.Files.ShouldHaveSingleItem().Name.ShouldBe("请示.txt"));
        (await Office.GetAsync(At($"/api/region-requests/{draft.Id}")).RefusalAsync()).Status.ShouldBe(404, "a draft is the region's alone");
        (await Office.GetAsync(At($"/api/files/{fileId}/content"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await WorkAsync(People.Jiangsu.Coordinator, draft.Id)).ShouldBeEmpty();

        var asked = await City.PostAsAsync<RegionRequestDto>($"/api/region-requests/{draft.Id}/submit", new RegionRequestStampDto(draft.ConcurrencyStamp));
        asked.Status.ShouldBe(RegionRequestStatus.Submitted);
        (await Office.GetAsync(At($"/api/files/{fileId}/content"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await WorkAsync(People.Jiangsu.Coordinator, draft.Id)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Key.ShouldBe("programmes.decide-region-request"), w => w.Link.ShouldBe($"/programmes/items/requests/{draft.Id}"));
        (await City.PutAsJsonAsync(At($"/api/region-requests/{draft.Id}"), new ReviseRegionRequestDto("改", [Named], [], asked.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.RegionRequestNotEditable));

        var seen = await Office.GetAsAsync<RegionRequestDto>($"/api/region-requests/{draft.Id}");
        seen.ShouldSatisfyAllConditions(r => r.IsIssuer.ShouldBeTrue(), r => r.RegionName.ShouldBe("南通市"));
        var accepted = await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{draft.Id}/accept", new DecideRegionRequestDto("同意", seen.ConcurrencyStamp));
        accepted.ShouldSatisfyAllConditions(r => r.Status.ShouldBe(RegionRequestStatus.Accepted), r => r.DecidedByName.ShouldBe(People.Jiangsu.Coordinator.DisplayName));
        (await WorkAsync(People.Jiangsu.Coordinator, draft.Id)).ShouldBeEmpty();
        (await AllItemsAsync(app, People.Nantong.Coordinator, list.Id)).Count.ShouldBe(4, "nothing holds before the issuer issues it");

        var next = await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/draft");
        var added = next.Content.Items.TakeLast(2).ToList();
        added.Select(i => (i.Name, i.Batch, i.BatchDate)).ShouldBe([(other.Name, 2, null), (Named.Name, 2, null)]);
        var group = next.Content.Groups.Single(g => g.Key == added[0].GroupKey);
        group.RegionIds.ShouldBe([People.Nantong.Tenant.Id]);
        next.Check.Problems.Select(p => p.Kind).ShouldBe([ItemProblemKind.Number], "the stated total is the issuer's to mend: nothing is guessed");
        next = await SaveAsync(app, People.Jiangsu, next, next.Content with { DeclaredTotal = 6 });
        await IssueAsync(app, People.Jiangsu, next, "南通点单");
        var theme = programme.Themes[0].Id;
        (await ForThemeAsync(app, People.Nantong.Coordinator, theme, People.Nantong.Tenant.Id)).Single().Items.Select(i => i.Name).ShouldContain(Named.Name);
        (await ForThemeAsync(app, People.Yangzhou.Coordinator, theme, People.Yangzhou.Tenant.Id)).Single().Items.Select(i => i.Name).ShouldNotContain(Named.Name);
    }

    [Fact]
    public async Task Accept_PutsASecondRequestIntoTheSameDraft_AndALockedListKeepsWhatItHas()
    {
        var (_, list) = await ListAsync(locked: true);
        foreach (var name in new[] { "第一份申请的事项", "第二份申请的事项" })
        {
            var asked = await SubmittedAsync(list, Named with { Name = name });
            await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/accept", new DecideRegionRequestDto(null, asked.ConcurrencyStamp));
        }

        var draft = await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/draft");
        draft.Content.Items.TakeLast(2).Select(i => (i.Name, i.Batch)).ShouldBe([("第一份申请的事项", 2), ("第二份申请的事项", 2)]);
        draft.Content.Groups.Count(g => g.RegionIds.SequenceEqual([People.Nantong.Tenant.Id])).ShouldBe(1);
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { DeclaredTotal = 6 });
        (await IssueAsync(app, People.Jiangsu, draft)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Accept_InPart_SaysWhyOthersAreLeftOut_AndIssuingRecordsTheVersion()
    {
        var (_, list) = await ListAsync();
        var asked = await SubmittedAsync(list, Named, Named with { Name = "第二项申请" }, Named with { Name = "第三项申请" });
        var accept = $"/api/region-requests/{asked.Id}/accept";
        async Task Refused(params LeftOutItemDto[] leftOut) =>
            (await Office.PostAsJsonAsync(At(accept), new AcceptRegionRequestDto(null, asked.ConcurrencyStamp, leftOut)).RefusalAsync()).Status.ShouldBe(400);
        await Refused(new LeftOutItemDto(1, " "));
        await Refused(new LeftOutItemDto(3, "没有这一项"));
        await Refused(new LeftOutItemDto(-1, "没有这一项"));
        await Refused(new LeftOutItemDto(1, "重复"), new LeftOutItemDto(1, "重复"));
        await Refused(new LeftOutItemDto(0, "不"), new LeftOutItemDto(1, "不"), new LeftOutItemDto(2, "不"));
        await Refused([null!]);

        var accepted = await Office.PostAsAsync<RegionRequestDto>(accept, new AcceptRegionRequestDto("先行列入", asked.ConcurrencyStamp, [new LeftOutItemDto(1, " 省级统一行使 ")]));
        accepted.Items.Select(i => (i.ListedAs is null, i.LeftOut)).ShouldBe([(false, null), (true, "省级统一行使"), (false, null)]);
        accepted.IssuedVersion.ShouldBeNull("it stands in the draft");
        var told = app.Told.Last(t => t.Message.Link.EndsWith(asked.Id.ToString(), StringComparison.Ordinal)).Message;
        told.ShouldSatisfyAllConditions(m => m.Key.ShouldBe("programmes.items-request-accepted-in-part"), m => m.Values["count"].ShouldBe("3"), m => m.Values["accepted"].ShouldBe("2"));
        var draft = await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/draft");
        draft.Content.Items.TakeLast(2).Select(i => (i.Id, i.Name)).ShouldBe([(accepted.Items[0].ListedAs, Named.Name), (accepted.Items[2].ListedAs, "第三项申请")]);

        // The issuer takes one out again before issuing.
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { DeclaredTotal = 5, Items = [.. draft.Content.Items.SkipLast(1)] });
        await IssueAsync(app, People.Jiangsu, draft, "部分采纳", new DateOnly(2023, 5, 26));
        var seen = await City.GetAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}");
        seen.ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(RegionRequestStatus.Accepted), r => r.IssuedVersion.ShouldBe(2), r => r.IssuedOn.ShouldBe(new DateOnly(2023, 5, 26)),
            r => r.Items.Select(i => (i.ListedAs is null, i.LeftOut)).ShouldBe([(false, null), (true, "省级统一行使"), (true, null)]));
        (await City.GetAsAsync<PagedResult<RegionRequestListItemDto>>($"/api/region-requests?listId={list.Id}")).Items.Single().IssuedVersion.ShouldBe(2);

        // A later version is not the one that brought the items.
        var now = await Office.GetAsAsync<ItemListDto>($"/api/item-lists/{list.Id}");
        await IssueAsync(app, People.Jiangsu, await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/revise", new ItemListStampDto(now.ConcurrencyStamp)), "再修订");
        (await City.GetAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}")).IssuedVersion.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAcceptedRequest_WhoseItemsAreNotIssued_WaitsForADecisionAgain(bool discarded)
    {
        var (_, list) = await ListAsync();
        var asked = await SubmittedAsync(list, Named, Named with { Name = "第二项申请" });
        await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/accept", new AcceptRegionRequestDto("同意", asked.ConcurrencyStamp, [new LeftOutItemDto(1, "暂缓")]));
        var draft = await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/draft");
        if (discarded)
        {
            (await Office.PostAsJsonAsync(At($"/api/item-lists/{list.Id}/discard"), new ItemListStampDto(draft.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(204);
        }
        else
        {
            await IssueAsync(app, People.Jiangsu, await SaveAsync(app, People.Jiangsu, draft, draft.Content with { Items = [.. draft.Content.Items.SkipLast(1)] }), "没有列入");
        }

        var open = await City.GetAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}");
        open.ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(RegionRequestStatus.Submitted), r => r.DecidedAt.ShouldBeNull(), r => r.DecisionReason.ShouldBeEmpty(), r => r.IssuedVersion.ShouldBeNull(),
            r => r.Items.ShouldAllBe(i => i.ListedAs == null && i.LeftOut == null));
        (await WorkAsync(People.Jiangsu.Coordinator, asked.Id)).ShouldHaveSingleItem().Key.ShouldBe("programmes.decide-region-request");
        app.Told.Last(t => t.Message.Link.EndsWith(asked.Id.ToString(), StringComparison.Ordinal))
            .ShouldSatisfyAllConditions(t => t.Region.ShouldBe(People.Nantong.Tenant.Id), t => t.Message.Key.ShouldBe("programmes.items-request-reopened"));
        await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/refuse", new DecideRegionRequestDto("不再列入", open.ConcurrencyStamp));
    }

    [Fact]
    public async Task Discard_WithSeveralAcceptedRequests_ReadsTheProgrammeOnce_AndTellsOfEach()
    {
        var (_, list) = await ListAsync();
        var requests = new List<RegionRequestDto>();
        foreach (var name in new[] { "第一份申请的事项", "第二份申请的事项", "第三份申请的事项" })
        {
            var asked = await SubmittedAsync(list, Named with { Name = name });
            requests.Add(await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/accept", new DecideRegionRequestDto(null, asked.ConcurrencyStamp)));
        }

        var draft = await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{list.Id}/draft");
        app.Sql.Reset();
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{list.Id}/discard"), new ItemListStampDto(draft.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(204);

        app.Sql.Statements.Count(s => s.Contains("\"IssuingBody\"", StringComparison.Ordinal)).ShouldBe(1, string.Join("\n\n", app.Sql.Statements));
        requests.ShouldAllBe(r => app.Told.Any(t => t.Message.Key == "programmes.items-request-reopened"
            && t.Message.Link.EndsWith(r.Id.ToString(), StringComparison.Ordinal) && t.Message.Values["body"].Length > 0));
    }

    [Fact]
    public async Task Return_IsMendedAndHandedInAgain_RefuseEndsIt_BothWithAReason()
    {
        var (_, list) = await ListAsync();
        var asked = await SubmittedAsync(list, Named);
        (await Office.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/return"), new DecideRegionRequestDto(" ", asked.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(400);
        var returned = await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/return", new DecideRegionRequestDto("请补充承接条件", asked.ConcurrencyStamp));
        (await WorkAsync(People.Nantong.Coordinator, asked.Id)).ShouldHaveSingleItem().Key.ShouldBe("programmes.mend-region-request");
        (await Office.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/accept"), new DecideRegionRequestDto(null, returned.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.RegionRequestNotAwaitingDecision));

        var mended = await City.PutAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}", new ReviseRegionRequestDto("已补充", [Named], [], returned.ConcurrencyStamp));
        mended = await City.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/submit", new RegionRequestStampDto(mended.ConcurrencyStamp));
        var refused = await Office.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/refuse", new DecideRegionRequestDto("省级统一行使", mended.ConcurrencyStamp));
        refused.ShouldSatisfyAllConditions(r => r.Status.ShouldBe(RegionRequestStatus.Refused), r => r.DecisionReason.ShouldBe("省级统一行使"));
        (await City.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/submit"), new RegionRequestStampDto(refused.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.RegionRequestNotEditable));
        (await Office.GetAsync(At($"/api/item-lists/{list.Id}/draft")).RefusalAsync()).Status.ShouldBe(404, "no draft was begun");

        var link = $"/programmes/items/requests/{asked.Id}";
        app.Told.Where(t => t.Message.Link == link).Select(t => (t.Region, t.Permission, t.Message.Key, t.Message.Values.GetValueOrDefault("reason"))).ShouldBe(
        [
            (People.Jiangsu.Tenant.Id, ProgrammesPermissions.EditItemLists, "programmes.items-requested", null),
            (People.Nantong.Tenant.Id, ProgrammesPermissions.RequestItems, "programmes.items-request-returned", "请补充承接条件"),
            (People.Jiangsu.Tenant.Id, ProgrammesPermissions.EditItemLists, "programmes.items-requested", null),
            (People.Nantong.Tenant.Id, ProgrammesPermissions.RequestItems, "programmes.items-request-refused", "省级统一行使"),
        ]);
    }

    [Fact]
    public async Task Withdraw_AndDiscard_AreTheRegionsOwn()
    {
        var (_, list) = await ListAsync();
        var asked = await SubmittedAsync(list, Named);
        (await Office.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/withdraw"), new RegionRequestStampDto(asked.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
        var withdrawn = await City.PostAsAsync<RegionRequestDto>($"/api/region-requests/{asked.Id}/withdraw", new RegionRequestStampDto(asked.ConcurrencyStamp));
        withdrawn.Status.ShouldBe(RegionRequestStatus.Withdrawn);
        (await City.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/discard"), new RegionRequestStampDto(withdrawn.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.RegionRequestNotEditable), "others have seen it");
        var never = await CreateAsync(list, [Named]);
        (await City.PostAsJsonAsync(At($"/api/region-requests/{never.Id}/discard"), new RegionRequestStampDto(never.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(204);
        (await City.GetAsync(At($"/api/region-requests/{never.Id}")).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Requests_AreSeenByTheRegionAndThoseAbove_NotByASibling()
    {
        var (_, list) = await ListAsync();
        var asked = await SubmittedAsync(list, Named);
        var sibling = app.As(People.Yangzhou.Coordinator);
        (await sibling.GetAsync(At($"/api/region-requests/{asked.Id}")).RefusalAsync()).Status.ShouldBe(404);
        foreach (var verb in new[] { "accept", "return", "refuse", "submit", "withdraw", "discard" })
        {
            (await sibling.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/{verb}"), new DecideRegionRequestDto("理由", asked.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404, verb);
        }

        (await sibling.GetAsAsync<PagedResult<RegionRequestListItemDto>>("/api/region-requests")).Items.ShouldNotContain(r => r.Id == asked.Id);
        // The region itself decides nothing.
        (await City.PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/accept"), new DecideRegionRequestDto(null, asked.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await app.As(People.Jiangsu.Leader).PostAsJsonAsync(At($"/api/region-requests/{asked.Id}/accept"), new DecideRegionRequestDto(null, asked.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(403);
        app.Sql.Reset();
        var page = await Office.GetAsAsync<PagedResult<RegionRequestListItemDto>>($"/api/region-requests?listId={list.Id}&status=Submitted");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        page.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.RegionName.ShouldBe("南通市"), r => r.ItemCount.ShouldBe(1), r => r.IsOwn.ShouldBeFalse());
    }

    [Fact]
    public async Task Create_OfWhatCannotBeAskedFor_IsRejected()
    {
        var (_, list) = await ListAsync();
        var items = await AllItemsAsync(app, People.Nantong.Coordinator, list.Id);
        var held = items.First(i => i.GroupKey is null);
        async Task Refused(int status, AskedItemDto[] wanted, params Guid[] files) =>
            (await City.PostAsJsonAsync(At("/api/region-requests"), new CreateRegionRequestDto(list.Id, "需要", wanted, files), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(status);
        await Refused(400, [new AskedItemDto(held.Id, "", "", null)]);
        await Refused(400, [new AskedItemDto(Guid.NewGuid(), "没有的事项", "", null)]);
        await Refused(400, [new AskedItemDto(items.Single(i => i.GroupKey == "yz").Id, "", "", null), new AskedItemDto(items.Single(i => i.GroupKey == "yz").Id, "", "", null)]);
        await Refused(400, [Named], Guid.NewGuid());
        (await City.PostAsJsonAsync(At("/api/region-requests"), new CreateRegionRequestDto(list.Id, null!, null!, null!), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(400);
        // A request without items or reasons may be kept, not handed in.
        var empty = await City.PostAsAsync<RegionRequestDto>("/api/region-requests", new CreateRegionRequestDto(list.Id, "", [], []));
        (await City.PostAsJsonAsync(At($"/api/region-requests/{empty.Id}/submit"), new RegionRequestStampDto(empty.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(400);

        (await Office.PostAsJsonAsync(At("/api/region-requests"), new CreateRegionRequestDto(list.Id, "自己", [Named], []), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ItemListTakesNoRequests));
        (await app.As(People.Nanjing.Coordinator).PostAsJsonAsync(At("/api/region-requests"), new CreateRegionRequestDto(list.Id, "外人", [Named], []), PilotPlatformApp.Json).RefusalAsync())
            .Status.ShouldBe(404, "who does not read the list does not ask for more of it");
        (await app.As(People.Nantong.Leader).PostAsJsonAsync(At("/api/region-requests"), new CreateRegionRequestDto(list.Id, "领导", [Named], []), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(403);
    }

    /// <summary>A list of three items for all and one for 扬州 alone.</summary>
    private async Task<(ProgrammeDto Programme, ItemListDto List)> ListAsync(bool locked = false)
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "点单试点", People.Nantong.Tenant.Id, People.Yangzhou.Tenant.Id);
        var content = Content("可申请清单", [.. Rows(3), .. Rows(1, group: "yz", kind: "扬州专属")], 4) with
        {
            Groups = [new("yz", "扬州", [People.Yangzhou.Tenant.Id], 1, null, GroupPlacement.Inside)], Locked = locked,
        };
        return (programme, await IssueAsync(app, People.Jiangsu, await ItemWorld.CreateAsync(app, People.Jiangsu, programme, content)));
    }

    private Task<RegionRequestDto> CreateAsync(ItemListDto list, IReadOnlyList<AskedItemDto> items, params Guid[] files) =>
        City.PostAsAsync<RegionRequestDto>("/api/region-requests", new CreateRegionRequestDto(list.Id, "本地区具备承接条件。", items, files));

    private async Task<RegionRequestDto> SubmittedAsync(ItemListDto list, params AskedItemDto[] items)
    {
        var draft = await CreateAsync(list, items);
        return await City.PostAsAsync<RegionRequestDto>($"/api/region-requests/{draft.Id}/submit", new RegionRequestStampDto(draft.ConcurrencyStamp));
    }

    private Task<Guid> FileAsync() => app.AsAsync(People.Nantong.Coordinator, async services =>
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes("关于新增事项的请示"));
        var file = await services.GetRequiredService<IFileLibrary>().StoreAsync(text, "请示.txt", isDraft: true, default);
        await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        return file.Id;
    });

    private async Task<IReadOnlyList<WorkItem>> WorkAsync(Persona persona, Guid id) => await app.AsAsync(persona, async services =>
        (await services.GetServices<IWorkItemSource>().OfType<RegionRequestWorkItems>().Single()
            .ForCurrentUserAsync(new HashSet<string> { ProgrammesPermissions.EditItemLists, ProgrammesPermissions.RequestItems }, 50, default)).Items.Where(w => w.Link.EndsWith(id.ToString(), StringComparison.Ordinal)).ToList());
}
