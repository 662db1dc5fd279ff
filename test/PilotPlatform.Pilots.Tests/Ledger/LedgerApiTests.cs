using System.IO.Compression;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Pilots.Tests;

/// <summary>Filling, handing in and deciding over HTTP.</summary>
public sealed class LedgerApiTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    private static Persona City => People.Nantong.Coordinator;

    private static Persona Province => People.Jiangsu.Coordinator;

    [Fact]
    public async Task Draft_IsTheRegionsAlone_UntilHandedIn()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 2);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var file = await app.GivenFileAsync(People.Nantong, "1-一案.txt");
        var filled = await app.As(City).PutAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/draft", new SaveSlotDraftDto(null, false, "草拟中", null, null, [file]));
        filled.Draft!.Files.Single().Name.ShouldBe("1-一案.txt");
        filled.ConcurrencyStamp.ShouldBe(cell.ConcurrencyStamp, "nothing outside the draft changes while one types");

        (await app.LedgerAsync(City, id)).Totals.Filled.ShouldBe(1);
        (await app.LedgerAsync(City, id, "&state=Filled")).Items.Single().Number.ShouldBe("1");
        var seen = await app.LedgerAsync(Province, id);
        seen.Totals.ShouldBe(new LedgerTotalsDto(10, 10, 0, 0, 0, 0, 0, null));
        seen.Items.SelectMany(i => i.Slots).ShouldAllBe(s => s.DraftStamp == null && !s.IsFilled);
        (await app.LedgerAsync(Province, id, "&state=Filled")).TotalCount.ShouldBe(0);
        (await app.As(Province).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}")).Versions.ShouldBeEmpty();
        (await app.SeesFileAsync(Province, file)).ShouldBeFalse();

        await app.As(City).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(filled.Draft.ConcurrencyStamp));
        var handedIn = await app.As(Province).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}");
        (handedIn.Status, handedIn.CanDecide, handedIn.Latest!.Text, handedIn.Latest.Version).ShouldBe((ItemSlotStatus.HandedIn, true, "草拟中", 1));
        (await app.SeesFileAsync(Province, file)).ShouldBeTrue();
    }

    [Fact]
    public async Task Slot_ReturnedAndHandedInAgain_KeepsEveryVersion()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "course");
        var first = await app.HandInSlotAsync(People.Nantong, cell.Id, "计划一场培训");
        var province = app.As(Province);
        var returned = await province.PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(first.ConcurrencyStamp, "请写明时间和对象"));
        (returned.Status, returned.Latest!.Reason, returned.Latest.DecidedByName).ShouldBe((ItemSlotStatus.Returned, "请写明时间和对象", Province.DisplayName));
        app.Notices.About(id).Single(n => n.Message.Key == "Pilots.LedgerReturned").Region.ShouldBe(People.Nantong.Tenant);

        var second = await app.HandInSlotAsync(People.Nantong, cell.Id, "5月20日，窗口人员 12 人");
        second.LatestVersion.ShouldBe(2);
        var confirmed = await province.PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/confirm", new StampInput(second.ConcurrencyStamp));
        confirmed.Versions.Select(v => (v.Version, v.Status, v.Text)).ShouldBe(
            [(2, SlotContentStatus.Confirmed, "5月20日，窗口人员 12 人"), (1, SlotContentStatus.Returned, "计划一场培训")]);
        (await PutAsync(City, cell.Id, LedgerWorld.TextOf("再改"))).ShouldBe((409, "Pilots:SlotLocked"));
    }

    [Fact]
    public async Task NotApplicable_NeedsAReason_AndTheIssuersConfirmation()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "form");
        (await PutAsync(City, cell.Id, new SaveSlotDraftDto(null, true, " ", null, null, []))).Status.ShouldBe(400);
        (await PutAsync(City, cell.Id, new SaveSlotDraftDto(null, true, "镇里不办理", "王某", null, []))).Status.ShouldBe(400);
        var draft = await app.As(City).PutAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/draft", new SaveSlotDraftDto(null, true, "即办件，无需反馈", null, null, []));
        var handedIn = await app.As(City).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(draft.Draft!.ConcurrencyStamp));
        (handedIn.Status, handedIn.IsNotApplicable).ShouldBe((ItemSlotStatus.HandedIn, true));
        (await app.LedgerAsync(Province, id)).Totals.NotApplicable.ShouldBe(0, "not before the issuer has said so");
        await app.As(Province).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/confirm", new StampInput(handedIn.ConcurrencyStamp));
        (await app.LedgerAsync(Province, id)).Totals.ShouldBe(new LedgerTotalsDto(5, 4, 0, 0, 1, 1, 0, null));
    }

    [Fact]
    public async Task Contact_IsShownBesideTheSlot_AndStandsInNoLogAndNoWorkbook()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "liaison");
        (await PutAsync(City, cell.Id, new SaveSlotDraftDto(null, false, null, "周联络", "见通讯录", []))).Status.ShouldBe(400);
        (await PutAsync(City, cell.Id, new SaveSlotDraftDto(null, false, null, null, "0513-5550199", []))).Status.ShouldBe(400);
        var draft = await app.As(City).PutAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/draft", new SaveSlotDraftDto(null, false, null, "周联络", "0513-5550199 转 8", []));
        await app.As(City).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(draft.Draft!.ConcurrencyStamp));
        (await app.As(Province).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}")).Latest!.ContactPhone.ShouldBe("0513-5550199 转 8");
        // Whoever reads without working on it, here the operator above all provinces, has no use for the number.
        (await app.As(People.Operator with { Roles = [Permissions.RoleNames.Leader] }).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}")).Latest!
            .ShouldSatisfyAllConditions(c => c.ContactName.ShouldBe("周联络"), c => c.ContactPhone.ShouldBeEmpty());

        var sheet = await WorkbookAsync(Province, id);
        sheet.ShouldContain("周联络");
        sheet.ShouldNotContain("5550199");
        var logged = await app.AsAsync(Province, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .Where(a => a.Details.Contains("5550199") || a.Details.Contains("周联络")).CountAsync());
        logged.ShouldBe(0);
    }

    [Fact]
    public async Task Sibling_GetsNotFound_EverywhereAndChangesNothing()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var filled = await app.FillAsync(People.Nantong, cell.Id);
        var draftStamp = filled.Draft!.ConcurrencyStamp;
        var sibling = app.As(People.Yangzhou.Coordinator);
        var many = new ChangeSlotsDto([new SlotStampDto(cell.Id, draftStamp)]);
        foreach (var path in new[] { $"/api/pilots/{id}/ledger", $"/api/pilots/{id}/ledger/export", $"/api/ledger-slots/{cell.Id}" })
        {
            (await sibling.GetAsync(Rel(path)).RefusalAsync()).Status.ShouldBe(404, path);
        }

        foreach (var (path, body) in new (string, object)[]
        {
            ($"/api/pilots/{id}/ledger/hand-in", many), ($"/api/pilots/{id}/ledger/confirm", many), ($"/api/pilots/{id}/ledger/return", new ReturnSlotsDto(many.Slots, "x")),
            ($"/api/pilots/{id}/ledger/match-files", new MatchFilesDto(["1-一案.docx"])),
            ($"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto([new PlaceFileDto(cell.Id, Guid.NewGuid(), false, draftStamp)])),
            ($"/api/ledger-slots/{cell.Id}/clear", new StampInput(draftStamp)), ($"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(draftStamp)),
            ($"/api/ledger-slots/{cell.Id}/confirm", new StampInput(cell.ConcurrencyStamp)), ($"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(cell.ConcurrencyStamp, "x")),
        })
        {
            (await PilotsApp.PostAsync(sibling, path, body).RefusalAsync()).Status.ShouldBe(404, path);
        }

        (await PutAsync(People.Yangzhou.Coordinator, cell.Id, LedgerWorld.TextOf("别人的"))).Status.ShouldBe(404);
        (await app.As(City).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}")).ShouldSatisfyAllConditions(
            s => s.ConcurrencyStamp.ShouldBe(cell.ConcurrencyStamp), s => s.Draft!.ConcurrencyStamp.ShouldBe(draftStamp));

        // A slot of a sibling, named under one's own pilot, is not there either.
        var own = await app.GivenLedgerAsync(People.Yangzhou, 1);
        (await PilotsApp.PostAsync(sibling, $"/api/pilots/{own}/ledger/hand-in", many).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Issuer_CannotFill_AndRegionCannotConfirm()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        (await PutAsync(Province, cell.Id, LedgerWorld.TextOf("代填"))).ShouldBe((403, "Pilots:OnlyCarryingRegion"));
        var handedIn = await app.HandInSlotAsync(People.Nantong, cell.Id);
        foreach (var client in new[] { app.As(City) })
        {
            (await PilotsApp.PostAsync(client, $"/api/ledger-slots/{cell.Id}/confirm", new StampInput(handedIn.ConcurrencyStamp)).RefusalAsync()).ShouldBe((403, "Pilots:OnlyIssuer"));
            (await PilotsApp.PostAsync(client, $"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(handedIn.ConcurrencyStamp, "x")).RefusalAsync()).ShouldBe((403, "Pilots:OnlyIssuer"));
            (await PilotsApp.PostAsync(client, $"/api/pilots/{id}/ledger/confirm", new ChangeSlotsDto([new SlotStampDto(cell.Id, handedIn.ConcurrencyStamp)])).RefusalAsync())
                .ShouldBe((403, "Pilots:OnlyIssuer"));
        }

        // A leader reads and changes nothing.
        (await app.LedgerAsync(People.Nantong.Leader, id)).CanFill.ShouldBeFalse();
        (await PutAsync(People.Nantong.Leader, cell.Id, LedgerWorld.TextOf("x"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Bodies_ThatLackSomething_AreRefusedAndNotStumbledOver()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var city = app.As(City);
        foreach (var path in new[] { "hand-in", "match-files", "place-files" })
        {
            (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/{path}", new { }).RefusalAsync()).Status.ShouldBe(400, path);
        }

        (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/hand-in", new { slots = new object?[] { null } }).RefusalAsync()).Status.ShouldBe(400);
        (await city.PutAsJsonAsync($"/api/ledger-slots/{cell.Id}/draft", new { }, PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(400);
        foreach (var path in new[] { "confirm", "return" })
        {
            (await PilotsApp.PostAsync(app.As(Province), $"/api/pilots/{id}/ledger/{path}", new { }).RefusalAsync()).Status.ShouldBe(400, path);
        }
    }

    [Fact]
    public async Task StaleStamps_AreRefused_AndTwiceIsOnce()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var first = await app.FillAsync(People.Nantong, cell.Id, "一");
        var second = await app.FillAsync(People.Nantong, cell.Id, "二", first.Draft!.ConcurrencyStamp);
        (await PutAsync(City, cell.Id, LedgerWorld.TextOf("三", first.Draft.ConcurrencyStamp))).ShouldBe((409, "Platform:StaleStamp"));
        (await PutAsync(City, cell.Id, LedgerWorld.TextOf("三"))).ShouldBe((409, "Platform:StaleStamp"));
        var city = app.As(City);
        (await PilotsApp.PostAsync(city, $"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(first.Draft.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));

        // Two people hand in at once: one of them does.
        var stamp = new StampInput(second.Draft!.ConcurrencyStamp);
        var both = await Task.WhenAll(
            PilotsApp.PostAsync(city, $"/api/ledger-slots/{cell.Id}/hand-in", stamp).RefusalAsync(),
            PilotsApp.PostAsync(app.As(City), $"/api/ledger-slots/{cell.Id}/hand-in", stamp).RefusalAsync());
        both.Count(r => r.Status == 200).ShouldBe(1);
        both.Single(r => r.Status != 200).ShouldBeOneOf((409, "Platform:StaleStamp"), (409, "Pilots:SlotLocked"));
        var handedIn = await city.GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}");
        handedIn.Versions.Count.ShouldBe(1);

        var province = app.As(Province);
        (await PilotsApp.PostAsync(province, $"/api/ledger-slots/{cell.Id}/confirm", new StampInput(cell.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        var decided = await Task.WhenAll(
            PilotsApp.PostAsync(province, $"/api/ledger-slots/{cell.Id}/confirm", new StampInput(handedIn.ConcurrencyStamp)).RefusalAsync(),
            PilotsApp.PostAsync(app.As(Province), $"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(handedIn.ConcurrencyStamp, "再看看")).RefusalAsync());
        decided.Count(r => r.Status == 200).ShouldBe(1);
        decided.Single(r => r.Status != 200).ShouldBeOneOf((409, "Platform:StaleStamp"), (409, "Pilots:SlotNotHandedIn"));
    }

    [Fact]
    public async Task Clear_TakesTheDraftAway_AndNothingElse()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var city = app.As(City);
        (await PilotsApp.PostAsync(city, $"/api/ledger-slots/{cell.Id}/clear", new StampInput("")).RefusalAsync()).ShouldBe((409, "Pilots:SlotIsEmpty"));
        var handedIn = await app.HandInSlotAsync(People.Nantong, cell.Id, "第一版");
        await app.As(Province).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(handedIn.ConcurrencyStamp, "补充"));
        var filled = await app.FillAsync(People.Nantong, cell.Id, "写错了");
        var cleared = await city.PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/clear", new StampInput(filled.Draft!.ConcurrencyStamp));
        (cleared.Draft, cleared.Latest!.Text, cleared.Status).ShouldBe((null, "第一版", ItemSlotStatus.Returned));
    }

    [Fact]
    public async Task HandInMany_IsAllOrNone_WithOneNoticeAndOneLine()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 3);
        var cells = (await app.LedgerAsync(City, id)).Items.SelectMany(i => i.Slots).Take(6).ToList();
        foreach (var cell in cells.Take(5))
        {
            await app.FillAsync(People.Nantong, cell.Id);
        }

        var filled = (await app.LedgerAsync(City, id)).Items.SelectMany(i => i.Slots).Where(s => s.IsFilled).Select(s => new SlotStampDto(s.Id, s.DraftStamp!)).ToList();
        filled.Count.ShouldBe(5);
        var city = app.As(City);
        (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/hand-in", new ChangeSlotsDto([.. filled, new SlotStampDto(cells[5].Id, "")])).RefusalAsync())
            .ShouldBe((409, "Pilots:SlotIsEmpty"));
        (await app.LedgerAsync(Province, id)).Totals.HandedIn.ShouldBe(0);
        (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/hand-in", new ChangeSlotsDto([])).RefusalAsync()).Status.ShouldBe(400);
        (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/hand-in", new ChangeSlotsDto([filled[0], filled[0]])).RefusalAsync()).Status.ShouldBe(400);

        var done = await city.PostAsAsync<LedgerChangeDto>($"/api/pilots/{id}/ledger/hand-in", new ChangeSlotsDto(filled));
        done.ShouldBe(new LedgerChangeDto(5, new LedgerTotalsDto(15, 10, 5, 0, 0, 0, 0, 0)));
        app.Notices.About(id).Count(n => n.Message.Key == "Pilots.LedgerHandedIn").ShouldBe(1);

        var waiting = (await app.LedgerAsync(Province, id, "&state=HandedIn")).Items.SelectMany(i => i.Slots).Where(s => s.Status == ItemSlotStatus.HandedIn)
            .Select(s => new SlotStampDto(s.Id, s.ConcurrencyStamp)).ToList();
        var province = app.As(Province);
        (await PilotsApp.PostAsync(province, $"/api/pilots/{id}/ledger/return", new ReturnSlotsDto(waiting, " ")).RefusalAsync()).Status.ShouldBe(400);
        (await PilotsApp.PostAsync(province, $"/api/pilots/{id}/ledger/confirm", new ChangeSlotsDto([waiting[0], waiting[1] with { ConcurrencyStamp = "old" }])).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
        await province.PostAsAsync<LedgerChangeDto>($"/api/pilots/{id}/ledger/confirm", new ChangeSlotsDto([.. waiting.Take(3)]));
        var returned = await province.PostAsAsync<LedgerChangeDto>($"/api/pilots/{id}/ledger/return", new ReturnSlotsDto([.. waiting.Skip(3)], "缺少盖章"));
        returned.Totals.ShouldBe(new LedgerTotalsDto(15, 10, 0, 2, 3, 0, 0, null));
        app.Notices.About(id).Select(n => n.Message.Key).Where(k => k.StartsWith("Pilots.Ledger", StringComparison.Ordinal)).ShouldBe(
            ["Pilots.LedgerOpened", "Pilots.LedgerHandedIn", "Pilots.LedgerConfirmed", "Pilots.LedgerReturned"]);
        (await province.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).History.Select(h => h.Text).ShouldContain("退回事项台账材料 2 项：缺少盖章");
    }

    [Fact]
    public async Task SlotBySlot_TheIssuerIsToldOfTheFirst_AndTheRegionOfCompletion()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        foreach (var cell in (await app.LedgerAsync(City, id)).Items[0].Slots)
        {
            await app.HandInSlotAsync(People.Nantong, cell.Id);
        }

        app.Notices.About(id).Count(n => n.Message.Key == "Pilots.LedgerHandedIn").ShouldBe(1);
        foreach (var cell in (await app.LedgerAsync(Province, id)).Items[0].Slots)
        {
            await app.As(Province).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/confirm", new StampInput(cell.ConcurrencyStamp));
        }

        app.Notices.About(id).Select(n => n.Message.Key).Where(k => k.StartsWith("Pilots.Ledger", StringComparison.Ordinal)).ShouldBe(
            ["Pilots.LedgerOpened", "Pilots.LedgerHandedIn", "Pilots.LedgerCompleted"]);
    }

    [Fact]
    public async Task Matrix_PagesAndFilters_InThreeStatements()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 96);
        var cell = await app.CellAsync(City, id, "60", "plan");
        await app.HandInSlotAsync(People.Nantong, cell.Id);
        var city = app.As(City);
        app.Sql.Reset();
        var page = await city.GetAsAsync<LedgerDto>($"/api/pilots/{id}/ledger?skipCount=50");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, string.Join("\n\n", app.Sql.Statements));
        page.TotalCount.ShouldBe(96);
        page.Items.Select(i => i.Order).ShouldBe(Enumerable.Range(51, 46));
        page.Items.ShouldAllBe(i => i.Slots.Count == 5);
        page.Items.Single(i => i.Number == "60").Slots.Single(s => s.Status == ItemSlotStatus.HandedIn).ArtefactKey.ShouldBe("plan");
        page.Totals.ShouldBe(new LedgerTotalsDto(480, 479, 1, 0, 0, 0, 0, 0));

        app.Sql.Reset();
        (await city.GetAsAsync<LedgerDto>($"/api/pilots/{id}/ledger?state=HandedIn&search=事项6&office=部门10")).Items.Single().Number.ShouldBe("60");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, string.Join("\n\n", app.Sql.Statements));
        (await city.GetAsAsync<LedgerDto>($"/api/pilots/{id}/ledger?state=HandedIn&office=部门1")).TotalCount.ShouldBe(0);
        (await city.GetAsAsync<LedgerDto>($"/api/pilots/{id}/ledger?skipCount=200")).ShouldSatisfyAllConditions(l => l.TotalCount.ShouldBe(96), l => l.Items.ShouldBeEmpty());
        (await city.GetAsAsync<LedgerDto>($"/api/pilots/{id}/ledger?sorting=office desc&maxResultCount=1")).Items.Single().OfficeName.ShouldBe("部门9");
        (await city.GetAsync(Rel($"/api/pilots/{id}/ledger?sorting=tenantPath")).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Workbook_HasWhatTheListShows_AndIsLogged()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 3);
        await app.HandInSlotAsync(People.Nantong, (await app.CellAsync(City, id, "2", "plan")).Id, "已报送的方案");
        await app.FillAsync(People.Nantong, (await app.CellAsync(City, id, "3", "plan")).Id, "草稿里的方案");
        foreach (var reader in new[] { City, Province })
        {
            var sheet = await WorkbookAsync(reader, id);
            sheet.ShouldContain("事项1");
            sheet.ShouldContain("已报送的方案");
            sheet.ShouldContain("一案内容");
            sheet.ShouldNotContain("草稿里的方案");
        }

        var narrowed = await WorkbookAsync(Province, id, "?state=HandedIn");
        narrowed.ShouldContain("事项2");
        narrowed.ShouldNotContain("事项3");
        (await app.AsAsync(Province, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .CountAsync(a => a.SubjectId == $"/api/pilots/{id}/ledger/export" && a.TenantId == People.Nantong.Tenant.Id))).ShouldBe(3);
    }

    [Fact]
    public async Task Matching_ShowsWhatTheNextVersionBeginsWith()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var city = app.As(City);
        var cell = await app.CellAsync(City, id, "1", "plan");
        (await MatchedAsync()).ShouldSatisfyAllConditions(s => s.IsFillable.ShouldBeTrue(), s => s.DraftStamp.ShouldBeNull(), s => s.HasText.ShouldBeFalse());

        var handedIn = await app.HandInSlotAsync(People.Nantong, cell.Id, "第一稿");
        (await MatchedAsync()).ShouldSatisfyAllConditions(s => s.IsFillable.ShouldBeFalse(), s => s.DraftStamp.ShouldBeNull(), s => s.HasText.ShouldBeFalse("what is under check is not gone on from"));

        await app.As(Province).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(handedIn.ConcurrencyStamp, "请补充流程图"));
        (await MatchedAsync()).ShouldSatisfyAllConditions(s => s.IsFillable.ShouldBeTrue(), s => s.DraftStamp.ShouldBeNull(), s => s.HasText.ShouldBeTrue());

        // The draft of the second version, and no longer the first.
        var draft = await city.PutAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/draft", new SaveSlotDraftDto(null, false, "", null, null, [await app.GivenFileAsync(People.Nantong, "流程图.txt")]));
        (await MatchedAsync()).ShouldSatisfyAllConditions(
            s => s.DraftStamp.ShouldBe(draft.Draft!.ConcurrencyStamp), s => s.HasText.ShouldBeFalse(), s => s.FileNames.ShouldBe(["流程图.txt"]));

        async Task<MatchedSlotDto> MatchedAsync() =>
            (await city.PostAsAsync<FileMatchesDto>($"/api/pilots/{id}/ledger/match-files", new MatchFilesDto(["1-一案.txt"]))).Slots.Single(s => s.Id == cell.Id);
    }

    [Fact]
    public async Task Files_AreMatchedByName_AndStoredOnlyWhenPlaced()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 12);
        var city = app.As(City);
        var plan = await app.CellAsync(City, id, "12", "plan");
        await app.HandInSlotAsync(People.Nantong, (await app.CellAsync(City, id, "1", "list")).Id);
        var before = await city.PutAsAsync<SlotDto>($"/api/ledger-slots/{plan.Id}/draft", new SaveSlotDraftDto(null, false, "说明", null, null, [await app.GivenFileAsync(People.Nantong, "旧方案.txt")]));

        app.Sql.Reset();
        var matches = await city.PostAsAsync<FileMatchesDto>($"/api/pilots/{id}/ledger/match-files", new MatchFilesDto(["12-一案-承接方案.txt", "012 一课.txt", "1-一单.txt", "会议纪要.txt"]));
        var asked = app.Sql.Statements.Where(s => s.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBe(3, string.Join("\n\n", asked));
        asked.ShouldAllBe(s => !s.Contains("ContactPhone"), "nobody needs a telephone number to place a file");
        matches.Files.Select(f => (f.SlotId is not null, f.Problem)).ShouldBe([(true, null), (true, null), (false, FileMatchProblem.SlotNotOpen), (false, FileMatchProblem.NoNumber)]);
        var place = matches.Slots.Single(s => s.Id == matches.Files[0].SlotId);
        (place.FileNames.Single(), place.HasText, place.IsFillable).ShouldBe(("旧方案.txt", true, true));
        matches.Items.Count.ShouldBe(12);
        matches.Slots.Count.ShouldBe(60);
        matches.Slots.Where(s => s.HasText || s.FileNames.Count > 0 || s.DraftStamp is not null).Select(s => s.Id).ShouldBe([plan.Id]);
        place.DraftStamp.ShouldBe(before.Draft!.ConcurrencyStamp);
        (await app.LedgerAsync(City, id)).Totals.Filled.ShouldBe(1, "the preview stores nothing");

        var added = await app.GivenFileAsync(People.Nantong, "12-一案-承接方案.txt");
        var course = await app.GivenFileAsync(People.Nantong, "012 一课.txt");
        var strange = await app.GivenFileAsync(People.Yangzhou, "别人的.txt");
        // With an old stamp, or a file of somebody else, nothing at all is placed.
        PlaceFileDto To(Guid? slot, Guid file, bool replace, string? stamp) => new(slot!.Value, file, replace, stamp);
        (await PlaceAsync(To(plan.Id, added, false, null), To(matches.Files[1].SlotId, course, false, null))).ShouldBe((409, "Platform:StaleStamp"));
        (await PlaceAsync(To(matches.Files[1].SlotId, strange, false, null))).Status.ShouldBe(400);
        (await PlaceAsync(To(matches.Files[1].SlotId, course, false, null), To(matches.Files[1].SlotId, added, true, null))).Status.ShouldBe(400);
        (await app.LedgerAsync(City, id)).Totals.Filled.ShouldBe(1);

        var placed = await city.PostAsAsync<LedgerChangeDto>($"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto(
            [To(plan.Id, added, false, before.Draft!.ConcurrencyStamp), To(matches.Files[1].SlotId, course, false, null)]));
        (placed.Changed, placed.Totals.Filled).ShouldBe((2, 2));
        var kept = await city.GetAsAsync<SlotDto>($"/api/ledger-slots/{plan.Id}");
        kept.Draft!.Files.Select(f => f.Name).ShouldBe(["旧方案.txt", "12-一案-承接方案.txt"]);
        kept.Draft.Text.ShouldBe("说明");

        var newer = await app.GivenFileAsync(People.Nantong, "12-一案-改.txt");
        await city.PostAsAsync<LedgerChangeDto>($"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto([To(plan.Id, newer, true, kept.Draft.ConcurrencyStamp)]));
        (await city.GetAsAsync<SlotDto>($"/api/ledger-slots/{plan.Id}")).Draft!.Files.Select(f => f.Name).ShouldBe(["12-一案-改.txt"]);
        (await app.SeesFileAsync(Province, newer)).ShouldBeFalse();

        async Task<(int Status, string? Code)> PlaceAsync(params PlaceFileDto[] files) =>
            await PilotsApp.PostAsync(city, $"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto(files)).RefusalAsync();
    }

    [Fact]
    public async Task PlaceFiles_IntoAReturnedSlot_BeginsWithWhatWasReturned()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var city = app.As(City);
        var draft = await city.PutAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/draft", new SaveSlotDraftDto(null, false, null, null, null, [await app.GivenFileAsync(People.Nantong, "第一版.txt")]));
        var handedIn = await city.PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/hand-in", new StampInput(draft.Draft!.ConcurrencyStamp));
        await app.As(Province).PostAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}/return", new ReturnSlotDto(handedIn.ConcurrencyStamp, "缺附件"));
        await city.PostAsAsync<LedgerChangeDto>(
            $"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto([new PlaceFileDto(cell.Id, await app.GivenFileAsync(People.Nantong, "附件.txt"), false, null)]));
        var slot = await city.GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}");
        slot.Draft!.Files.Select(f => f.Name).ShouldBe(["第一版.txt", "附件.txt"]);
        slot.Latest!.Files.Select(f => f.Name).ShouldBe(["第一版.txt"]);
    }

    [Fact]
    public async Task WorkItems_AreOneLineForAPilot()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 4);
        foreach (var cell in (await app.LedgerAsync(City, id)).Items[0].Slots)
        {
            await app.HandInSlotAsync(People.Nantong, cell.Id);
        }

        var mine = await WorkAsync(City, PilotsPermissions.SubmitDeliverables, id);
        mine.ShouldBe([("pilots.ledger-fill", 15)]);
        (await WorkAsync(Province, PilotsPermissions.ReviewDeliverables, id)).ShouldBe([("pilots.ledger-confirm", 5)]);
        (await WorkAsync(Province, PilotsPermissions.SubmitDeliverables, id)).ShouldBeEmpty();
        (await WorkAsync(People.Yangzhou.Coordinator, PilotsPermissions.SubmitDeliverables, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliverables_DoNotWaitForTheLedger_AndLightsStayAsTheyAre()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 2);
        var slot = await app.SlotAsync(City, id);
        await app.HandInAsync(People.Nantong, slot.Id);
        var pilot = await app.As(City).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.Status.ShouldBe(PilotStatus.Submitted);
        pilot.Ledger.ShouldBe(new LedgerProgressDto(10, 10, 0, 0, 0));
        (await app.FillAsync(People.Nantong, (await app.CellAsync(City, id, "1", "plan")).Id)).CanFill.ShouldBeTrue();

        await app.As(Province).PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/suspend", new SuspendPilotDto(pilot.ConcurrencyStamp, "调整"));
        (await PutAsync(City, (await app.CellAsync(City, id, "1", "form")).Id, LedgerWorld.TextOf("x"))).ShouldBe((409, "Pilots:IllegalTransition"));
    }

    private static Uri Rel(string path) => new(path, UriKind.Relative);

    private async Task<(int Status, string? Code)> PutAsync(Persona persona, Guid slotId, SaveSlotDraftDto draft) =>
        await app.As(persona).PutAsJsonAsync($"/api/ledger-slots/{slotId}/draft", draft, PilotPlatformApp.Json).RefusalAsync();

    private async Task<List<(string Key, int Count)>> WorkAsync(Persona persona, string permission, Guid pilotId)
    {
        var (items, _) = await app.AsAsync(persona, s =>
            s.GetServices<IWorkItemSource>().OfType<LedgerWorkItems>().Single().ForCurrentUserAsync(new HashSet<string> { permission }, 200, default));
        return [.. items.Where(i => i.Link == $"/pilots/{pilotId}/ledger")
            .Select(i => (i.Key, int.Parse(System.Text.RegularExpressions.Regex.Match(i.Subject, @"(?:未交|待审) (\d+) 项").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)))];
    }

    private async Task<string> WorkbookAsync(Persona persona, Guid pilotId, string filters = "")
    {
        var response = await app.As(persona).GetAsync(Rel($"/api/pilots/{pilotId}/ledger/export{filters}"));
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var text = new System.Text.StringBuilder();
        foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
