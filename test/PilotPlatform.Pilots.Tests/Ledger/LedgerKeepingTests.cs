using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Pilots.EventHandlers;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>How slots come into being, follow their list, and are never lost.</summary>
public sealed class LedgerKeepingTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    [Fact]
    public async Task Issued_WithTheNumbersOfP1_Makes480Slots_AndFourItemsMoreMake500()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var theme = await app.ThemeOfAsync(id);
        var first = await app.IssueListAsync(theme, ItemListDouble.Items(96));
        var ledger = await app.LedgerAsync(People.Nantong.Coordinator, id);
        ledger.Totals.ShouldBe(new LedgerTotalsDto(480, 480, 0, 0, 0, 0, 0, 0));
        ledger.TotalCount.ShouldBe(96);
        ledger.Offices.Count.ShouldBe(16);
        ledger.Offices.ShouldAllBe(o => o.Total == 30);
        ledger.Offices.Select(o => o.Name).ShouldBe(Enumerable.Range(1, 16).Select(n => $"部门{n}"));
        ledger.Columns.Select(c => (c.ShortName, c.AsksContact)).ShouldBe([("一单", false), ("一案", false), ("一课", false), ("一专员", true), ("一表", false)]);
        ledger.Items.Select(i => i.Order).ShouldBe(Enumerable.Range(1, 96));

        await app.ReissueListAsync(first, [.. first.Items, .. ItemListDouble.Items(4, from: 97)]);
        var second = await app.LedgerAsync(People.Nantong.Coordinator, id);
        second.Totals.Total.ShouldBe(500);
        second.Totals.Closed.ShouldBe(0);
        second.Lists.Single().Version.ShouldBe(2);
        second.Items.SelectMany(i => i.Slots).Select(s => s.Id).ShouldBeUnique();
        // The 480 are the same ones: nothing that was begun is begun again.
        second.Items.Take(96).SelectMany(i => i.Slots).Select(s => s.Id).ShouldBe(ledger.Items.SelectMany(i => i.Slots).Select(s => s.Id));

        var pilot = await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.Ledger.ShouldBe(new LedgerProgressDto(500, 500, 0, 0, 0));
        pilot.History.Select(h => h.Text).ShouldContain("事项清单“赋权事项清单”印发，建立事项台账：96 项事项，共 480 项材料");
        pilot.History.Select(h => h.Text).ShouldContain("事项清单“赋权事项清单”更新为第 2 版：新增 4 项、移出 0 项，台账现有 500 项材料");
        app.Notices.About(id).Where(n => n.Message.Key is "Pilots.LedgerOpened" or "Pilots.LedgerUpdated").Select(n => (n.Region, n.Message.Key))
            .ShouldBe([(People.Nantong.Tenant, "Pilots.LedgerOpened"), (People.Nantong.Tenant, "Pilots.LedgerUpdated")]);
    }

    [Fact]
    public async Task PilotCreatedAfterTheList_GetsItsSlots_AndSoDoesEachRegion()
    {
        var theme = app.Programmes.AddTheme(null, DeliverableKind.NormDocument);
        var early = await app.AssignAsync(theme, People.Nantong, Guid.NewGuid());
        (await app.LedgerAsync(People.Nantong.Coordinator, early)).Totals.Total.ShouldBe(0);
        await app.IssueListAsync(theme, ItemListDouble.Items(3));
        var late = await app.AssignAsync(theme, People.Yangzhou, Guid.NewGuid());
        (await app.LedgerAsync(People.Nantong.Coordinator, early)).Totals.Total.ShouldBe(15);
        (await app.LedgerAsync(People.Yangzhou.Coordinator, late)).Totals.Total.ShouldBe(15);
        // Each region owns its own.
        (await app.As(People.Nantong.Coordinator).GetAsync(new Uri($"/api/pilots/{late}/ledger", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Message_Twice_ChangesNothing()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var list = await app.IssueListAsync(await app.ThemeOfAsync(id), ItemListDouble.Items(4));
        var before = await RowsAsync(id);
        await app.AnnounceAsync(list);
        await app.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.AddFor(People.Nantong.Tenant, new LedgerDue(id));
            db.AddFor(People.Nantong.Tenant, new LedgerDue(id));
            return await db.SaveChangesAsync();
        });
        await app.DeliverEventsAsync();
        (await RowsAsync(id)).ShouldBe(before);
        app.Notices.About(id).Count(n => n.Message.Key == "Pilots.LedgerOpened").ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BothAtOnce_OneComesSecondAndFindsAllDone(bool secondVersion)
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var theme = await app.ThemeOfAsync(id);
        var expected = 10;
        var list = app.Lists.Issue(theme, ItemListDouble.Items(2));
        if (secondVersion)
        {
            await app.AnnounceAsync(list);
            app.Lists.Reissue(list, [list.Items[0], .. ItemListDouble.Items(2, from: 3)]);
            expected = 15;
        }

        // Both have looked before either has saved.
        await app.AsSystemAsync(People.Nantong.Tenant, async slow =>
        {
            await KeepAsync(slow, id);
            await app.AsSystemAsync(People.Nantong.Tenant, async fast =>
            {
                await KeepAsync(fast, id);
                await fast.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            });
            await Should.ThrowAsync<DbUpdateException>(() => slow.GetRequiredService<PlatformDbContext>().SaveChangesAsync());
        });
        // The message is tried again.
        await app.AsSystemAsync(People.Nantong.Tenant, async again =>
        {
            await KeepAsync(again, id);
            again.GetRequiredService<PlatformDbContext>().ChangeTracker.HasChanges().ShouldBeFalse();
        });
        (await app.LedgerAsync(People.Nantong.Coordinator, id)).Totals.Total.ShouldBe(expected);
    }

    [Fact]
    public async Task NewVersion_RefreshesNames_ClosesWhatIsGone_AndReopensWhatComesBack()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var first = await app.IssueListAsync(await app.ThemeOfAsync(id), ItemListDouble.Items(3));
        var cell = await app.CellAsync(People.Nantong.Coordinator, id, "2", "plan");
        await app.HandInSlotAsync(People.Nantong, cell.Id, "承接方案已印发");

        // Item 2 goes, item 3 is renamed and renumbered, 一表 is no longer asked for.
        var second = await app.ReissueListAsync(
            first, [first.Items[0], first.Items[2] with { Order = 2, Number = "2", Name = "事项三（更名）", OfficeName = "新部门" }], [.. first.Artefacts.Take(4)]);
        var ledger = await app.LedgerAsync(People.Nantong.Coordinator, id);
        ledger.Totals.ShouldBe(new LedgerTotalsDto(8, 8, 0, 0, 0, 0, 7, 0));
        ledger.Items.Select(i => (i.Number, i.Name, i.OfficeName)).ShouldBe([("1", "事项1", "部门1"), ("2", "事项三（更名）", "新部门")]);
        ledger.Items.ShouldAllBe(i => i.Slots.Count == 4);
        var closed = await app.LedgerAsync(People.Jiangsu.Coordinator, id, "&state=Closed");
        closed.Items.SelectMany(i => i.Slots).Count().ShouldBe(7);
        closed.Items.SelectMany(i => i.Slots).ShouldAllBe(s => s.ClosedInVersion == 2);

        // It keeps what it held and takes no more changes.
        var province = app.As(People.Jiangsu.Coordinator);
        var kept = await province.GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}");
        kept.Latest!.Text.ShouldBe("承接方案已印发");
        (kept.CanDecide, kept.Status).ShouldBe((false, ItemSlotStatus.HandedIn));
        (await PilotsApp.PostAsync(province, $"/api/ledger-slots/{cell.Id}/confirm", new StampInput(kept.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, "Pilots:SlotClosed"));

        await app.ReissueListAsync(second, first.Items, first.Artefacts);
        var back = await app.LedgerAsync(People.Jiangsu.Coordinator, id);
        back.Totals.ShouldBe(new LedgerTotalsDto(15, 14, 1, 0, 0, 0, 0, null));
        back.Items[1].Slots.Single(s => s.ArtefactKey == "plan").ShouldSatisfyAllConditions(s => s.Id.ShouldBe(cell.Id), s => s.Status.ShouldBe(ItemSlotStatus.HandedIn));
    }

    [Fact]
    public async Task OneOfSeveralLists_IsFollowedWithoutTheSlotsOfTheOthers()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var theme = await app.ThemeOfAsync(id);
        var other = await app.IssueListAsync(theme, ItemListDouble.Items(20));
        var list = await app.IssueListAsync(theme, ItemListDouble.Items(2));
        app.Lists.Reissue(list, [.. list.Items, .. ItemListDouble.Items(1, from: 3)]);

        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var pilot = await db.Set<Pilot>().SingleAsync(p => p.Id == id);
            app.Sql.Reset();
            await services.GetRequiredService<LedgerKeeper>().KeepAsync(pilot, default);
            app.Sql.Statements.Count.ShouldBe(3, string.Join("\n\n", app.Sql.Statements));
            var mine = (await db.Set<ItemLedger>().SingleAsync(l => l.PilotId == id && l.ListId == list.Id)).Id;
            db.ChangeTracker.Entries<LedgerItem>().ShouldAllBe(e => e.Entity.LedgerId == mine);
            db.ChangeTracker.Entries<ItemSlot>().Count().ShouldBe(15, "ten there were, five are new");
            return await db.SaveChangesAsync();
        });

        var ledger = await app.LedgerAsync(People.Nantong.Coordinator, id);
        ledger.Lists.Select(l => (l.ListId, l.Version)).ShouldBe([(other.Id, 1), (list.Id, 2)]);
        ledger.Totals.ShouldBe(new LedgerTotalsDto(115, 115, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task PilotThatIsOver_FollowsNoList()
    {
        var theme = app.Programmes.AddTheme(null, DeliverableKind.NormDocument);
        var assignment = Guid.NewGuid();
        var id = await app.AssignAsync(theme, People.Nantong, assignment);
        var list = await app.IssueListAsync(theme, ItemListDouble.Items(1));
        await app.RaiseAsync(new AssignmentRevoked(assignment, theme.ProgrammeId, theme.Id, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path, "调整范围"));
        await app.ReissueListAsync(list, [.. list.Items, .. ItemListDouble.Items(1, from: 2)]);
        var ledger = await app.LedgerAsync(People.Nantong.Coordinator, id);
        ledger.Totals.Total.ShouldBe(5);
        ledger.CanFill.ShouldBeFalse();
        var slot = ledger.Items[0].Slots[0];
        (await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(
            app.As(People.Nantong.Coordinator), $"/api/ledger-slots/{slot.Id}/draft", LedgerWorld.TextOf("太晚了"), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, "Pilots:IllegalTransition"));
    }

    private static async Task KeepAsync(IServiceProvider services, Guid pilotId) =>
        await services.GetRequiredService<LedgerKeeper>().KeepAsync(
            await services.GetRequiredService<PlatformDbContext>().Set<Pilot>().SingleAsync(p => p.Id == pilotId), default);

    private Task<List<string>> RowsAsync(Guid pilotId) => app.AsAsync(People.Nantong.Coordinator, async services =>
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var slots = await db.Set<ItemSlot>().Where(s => s.PilotId == pilotId).OrderBy(s => s.Id).Select(s => $"{s.Id} {s.ConcurrencyStamp}").ToListAsync();
        var history = await db.Set<HistoryEntry>().Where(h => h.PilotId == pilotId).OrderBy(h => h.Id).Select(h => $"{h.Id} {h.ConcurrencyStamp}").ToListAsync();
        return slots.Concat(history).ToList();
    });
}
