using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Programmes.Items;
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
}
