using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using static PilotPlatform.Programmes.Tests.Items.ItemWorld;

namespace PilotPlatform.Programmes.Tests.Items;

/// <summary>What issuing writes: the document's date, and how much work it is.</summary>
public sealed class ItemIssueTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Issue_WithTheDocumentsDate_ShowsAndPrintsIt_AndNewItemsTakeIt()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "成文日期试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("备案清单", Rows(2)));
        var first = await IssueAsync(app, People.Jiangsu, draft, documentDate: new DateOnly(2023, 5, 19));
        first.Versions.Single().DocumentDate.ShouldBe(new DateOnly(2023, 5, 19));
        (await AllItemsAsync(app, People.Nantong.Coordinator, first.Id)).ShouldAllBe(i => i.BatchDate == new DateOnly(2023, 5, 19));

        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{first.Id}/revise", new ItemListStampDto(first.ConcurrencyStamp));
        revision.NoticeDate.ShouldBe(new DateOnly(2023, 5, 4));
        revision = await SaveAsync(app, People.Jiangsu, revision, revision.Content with { Items = [.. revision.Content.Items, .. Rows(1, kind: "新增")] });
        var second = await IssueAsync(app, People.Jiangsu, revision);
        second.Versions.Select(v => v.DocumentDate).ShouldBe([new DateOnly(2023, 6, 1), new DateOnly(2023, 5, 19)], "without a date it is today's");
        (await AllItemsAsync(app, People.Nantong.Coordinator, first.Id)).Select(i => i.BatchDate).ShouldBe(
            [new DateOnly(2023, 5, 19), new DateOnly(2023, 5, 19), new DateOnly(2023, 6, 1)], "an item keeps the date of the document that brought it");

        var printed = await app.As(People.Nantong.Coordinator).GetByteArrayAsync(At($"/api/item-lists/{first.Id}/download?version=1"));
        var table = app.Services.GetRequiredService<ITableWorkbookReader>().Read(printed).Single();
        table.Rows[0].Cells[0].Text.ShouldBe("备案清单（第1版） 成文日期：2023年5月19日");
    }

    [Theory]
    [InlineData("2023-06-02", "成文日期不能晚于今天。")]
    [InlineData("2023-05-03", "成文日期不能早于通知的成文日期 2023-05-04。")]
    public async Task Issue_WithADateToCome_OrFromBeforeTheNotice_IsRejectedAtTheField(string date, string text)
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "日期不合试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("备案清单", Rows(2)));
        var answer = await Office.PostAsJsonAsync(
            At($"/api/item-lists/{draft.ListId}/issue"), new IssueItemListDto(null, draft.ConcurrencyStamp, DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)), PilotPlatformApp.Json);
        ((int)answer.StatusCode).ShouldBe(400);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("errors").GetProperty("documentDate")[0].GetString().ShouldBe(text);
        (await Office.GetAsAsync<ItemListDto>($"/api/item-lists/{draft.ListId}")).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Issue_Again_GetsTheVersionThatTheDraftBecame_AndMakesNoSecond()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "重复印发试点", People.Nantong.Tenant.Id);
        var draft = await CreateAsync(app, People.Jiangsu, programme, Content("备案清单", Rows(2)));
        var asked = new IssueItemListDto("首次印发", draft.ConcurrencyStamp, new DateOnly(2023, 5, 19));
        var path = $"/api/item-lists/{draft.ListId}/issue";
        await Office.PostAsAsync<ItemListDto>(path, asked);
        var again = await Office.PostAsAsync<ItemListDto>(path, asked);
        again.ShouldSatisfyAllConditions(l => l.ShownVersion.ShouldBe(1), l => l.Versions.ShouldHaveSingleItem().Note.ShouldBe("首次印发"));
        (await Office.PostAsAsync<ItemListDto>(path, asked with { DocumentDate = null })).Version.ShouldBe(1, "no date is no other date");

        // Another date was not issued, and an unknown state has nothing to issue.
        foreach (var other in new[] { asked with { DocumentDate = new DateOnly(2023, 5, 20) }, asked with { Note = "别的说明" }, asked with { ConcurrencyStamp = "unknown" }, asked with { ConcurrencyStamp = null! } })
        {
            var answer = await Office.PostAsJsonAsync(At(path), other, PilotPlatformApp.Json);
            ((int)answer.StatusCode).ShouldBe(409);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            problem.RootElement.GetProperty("code").GetString().ShouldBe(ProgrammesErrorCodes.ItemListIssuedAlready);
            problem.RootElement.GetProperty("title").GetString()!.ShouldContain($"第 1 版已由{People.Jiangsu.Coordinator.DisplayName}于 2023-06-01 ");
        }

        // The next version is being made meanwhile: the repeat still gets its own, not what comes after it.
        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/revise", new ItemListStampDto(again.ConcurrencyStamp));
        (await Office.PostAsAsync<ItemListDto>(path, asked)).ShouldSatisfyAllConditions(l => l.Version.ShouldBe(1), l => l.HasDraft.ShouldBeTrue());
        (await Office.PostAsJsonAsync(At(path), asked with { ConcurrencyStamp = "unknown" }).RefusalAsync()).ShouldBe((409, PlatformErrorCodes.StaleStamp));
        await IssueAsync(app, People.Jiangsu, revision, "修订");
        (await Office.PostAsAsync<ItemListDto>(path, asked)).ShouldSatisfyAllConditions(l => l.ShownVersion.ShouldBe(1), l => l.Version.ShouldBe(2), l => l.Versions.Count.ShouldBe(2));
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At(path), asked).RefusalAsync()).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Issue_ByTwoAtOnce_AnswersBothWithTheOneVersion()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "两人同时印发试点", People.Nantong.Tenant.Id);
        var first = await IssueAsync(app, People.Jiangsu, await CreateAsync(app, People.Jiangsu, programme, Content("备案清单", Rows(20))));
        var revision = await Office.PostAsAsync<ItemListDraftDto>($"/api/item-lists/{first.Id}/revise", new ItemListStampDto(first.ConcurrencyStamp));
        var path = At($"/api/item-lists/{first.Id}/issue");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            var answer = await Office.PostAsJsonAsync(path, new IssueItemListDto("修订", revision.ConcurrencyStamp), PilotPlatformApp.Json);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            return (await answer.Content.ReadFromJsonAsync<ItemListDto>(PilotPlatformApp.Json))!;
        }));
        answers.ShouldAllBe(l => l.Version == 2 && l.ShownVersion == 2 && l.Versions.Count == 2);
        (await AllItemsAsync(app, People.Nantong.Coordinator, first.Id)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Issue_OfManyItems_TakesFewStatements_AndEveryRowStandsInTheLog()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "大清单试点", People.Nantong.Tenant.Id);
        var commands = new List<int>();
        foreach (var count in new[] { 100, 600 })
        {
            var draft = await CreateAsync(app, People.Jiangsu, programme, Content("大清单", Rows(count, 40)));
            app.Sql.Reset();
            var issued = await IssueAsync(app, People.Jiangsu, draft);
            commands.Add(app.Sql.Commands);
            issued.Check!.ItemCount.ShouldBe(count);

            var items = await AllItemsAsync(app, People.Nantong.Coordinator, issued.Id);
            items.Select(i => i.Order).ShouldBe(Enumerable.Range(1, count));
            items.Select(i => i.Id).ShouldBe(draft.Content.Items.Select(i => i.Id!.Value));
            await app.AsAsync(People.Jiangsu.Coordinator, async services =>
            {
                var db = services.GetRequiredService<PlatformDbContext>();
                var rows = await db.Set<ServiceItem>().AsNoTracking().Where(i => db.Set<ItemListEdition>().Any(e => e.Id == i.EditionId && e.ListId == issued.Id)).ToListAsync();
                rows.ShouldAllBe(r => r.ConcurrencyStamp.Length == 32 && r.CreatedBy == People.Jiangsu.Coordinator.Id && r.CreatedAt == app.Clock.GetUtcNow().UtcDateTime && r.TenantPath == People.Jiangsu.Tenant.Path);
                var ids = rows.Select(r => r.Id.ToString()).ToList();
                var logged = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.Subject == nameof(ServiceItem) && ids.Contains(a.SubjectId)).ToListAsync();
                logged.Count.ShouldBe(count);
                var first = rows.MinBy(r => r.Order)!;
                var entry = logged.Single(a => a.SubjectId == first.Id.ToString());
                entry.ShouldSatisfyAllConditions(
                    a => a.Kind.ShouldBe(AuditKind.RowCreated), a => a.ActorId.ShouldBe(People.Jiangsu.Coordinator.Id), a => a.TenantPath.ShouldBe(People.Jiangsu.Tenant.Path));
                using var details = JsonDocument.Parse(entry.Details);
                details.RootElement.GetProperty("Name")[1].GetString().ShouldBe(first.Name);
                details.RootElement.GetProperty("BatchDate")[1].GetString().ShouldBe("2023-06-01");
                details.RootElement.TryGetProperty("ConcurrencyStamp", out _).ShouldBeFalse();
                return true;
            });
        }

        // Nine rows a statement on SQLite, fifteen in the log, ten times as many elsewhere: less than a fifth of a statement a row.
        (commands[1] - commands[0]).ShouldBeInRange(1, 500 / 5);
        commands[0].ShouldBeLessThan(60);
    }

    [Fact]
    public async Task ManyRows_OfAForeignRegion_AreRefused_AndNothingIsWritten()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "越权写入试点", People.Nantong.Tenant.Id);
        var issued = await IssueAsync(app, People.Jiangsu, await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(2))));
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var edition = await db.Set<ItemListEdition>().AsNoTracking().SingleAsync(e => e.ListId == issued.Id);
            // An item of the province's edition, brought by a city that only reads it.
            db.AddMany([new ServiceItem(Guid.NewGuid(), edition, 3, Rows(1).Single() with { Id = Guid.NewGuid() })]);
            await Should.ThrowAsync<TenantWriteRefusedException>(() => db.SaveChangesAsync());
            return true;
        });
        (await AllItemsAsync(app, People.Nantong.Coordinator, issued.Id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ManyRows_ThatBreakAnIndex_AreRolledBackWithTheRowsBeforeThem()
    {
        var programme = await ProgrammeAsync(app, People.Jiangsu, "回滚试点", People.Nantong.Tenant.Id);
        var issued = await IssueAsync(app, People.Jiangsu, await CreateAsync(app, People.Jiangsu, programme, Content("清单", Rows(2))));
        await app.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var list = await db.Set<ItemList>().SingleAsync(l => l.Id == issued.Id);
            var edition = await db.Set<ItemListEdition>().AsNoTracking().SingleAsync(e => e.ListId == issued.Id);
            list.Touch(app.Clock);
            // The place is taken.
            db.AddMany([new ServiceItem(Guid.NewGuid(), edition, 3, Rows(1).Single() with { Id = Guid.NewGuid() }), new ServiceItem(Guid.NewGuid(), edition, 1, Rows(1).Single() with { Id = Guid.NewGuid() })]);
            await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());
            Should.Throw<InvalidOperationException>(() => db.SaveChanges()).Message.ShouldContain("SaveChangesAsync");
            return true;
        });
        (await AllItemsAsync(app, People.Nantong.Coordinator, issued.Id)).Count.ShouldBe(2);
        (await Office.GetAsAsync<ItemListDto>($"/api/item-lists/{issued.Id}")).ConcurrencyStamp.ShouldBe(issued.ConcurrencyStamp, "the list's row was written first, and taken back");
    }
}
