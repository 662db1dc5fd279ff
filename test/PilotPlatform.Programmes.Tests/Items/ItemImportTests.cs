using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Testing;
using static PilotPlatform.Programmes.Tests.Items.ItemWorld;

namespace PilotPlatform.Programmes.Tests.Items;

public sealed class ItemImportTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private ProgrammeDto? programme;

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task ReadText_OfAPastedTable_RecognisesColumnsAndInheritsOffices_AndStoresNothing()
    {
        var draft = await DraftAsync(Content("清单", []) with { Modes = [new("直接下放", 2), new("实质性审核", 1)], Groups = [new("g1", "南通、扬州", [People.Nantong.Tenant.Id, People.Yangzhou.Tenant.Id], null, null, null)] });
        var read = await TextAsync(draft, """
            江苏省赋权事项清单
            序号	子项名称	基本编码	市级原实施部门	赋权方式（直接/实质）	权力类型	适用区域	赋权批次
            1	食品经营备案甲	000131	示例局	直接下放	行政许可	全省	第一批
            2	食品经营备案乙			下放实质性审核权	行政许可	南通市、扬州市	二
            3	食品经营备案丙		另一局	窗口前移	行政许可	南通	3
            4	食品经营备案甲	000131	示例局	直接下放	行政许可		1
            合计	4项
            """);
        read.HeadingRow.ShouldBe(2);
        read.Columns.Select(c => c.Field).ShouldBe([ItemField.Number, ItemField.Name, ItemField.Code, ItemField.OfficeName, ItemField.Mode, ItemField.Kind, ItemField.Regions, ItemField.Batch]);
        read.Rows.Select(r => (r.Row, r.Item.OfficeName, r.OfficeInherited, r.Item.Mode, r.Item.GroupKey, r.Item.Batch)).ShouldBe(
        [
            (3, "示例局", false, "直接下放", null, 1), (4, "示例局", true, "实质性审核", "g1", 2), (5, "另一局", false, "窗口前移", "g1", 3), (6, "示例局", false, "直接下放", null, 1),
        ]);
        read.Rows[2].Item.RegionIds.ShouldBe([People.Nantong.Tenant.Id]);
        read.Rows[3].SameAsRow.ShouldBe(3);
        read.Errors.Select(e => (e.Row, e.Column, e.Field, e.Blocks)).ShouldBe([(5, "E", ItemField.Mode, false), (6, "B", ItemField.Name, false)]);
        read.ShouldSatisfyAllConditions(r => r.Duplicates.ShouldBe(1), r => r.SkippedRows.ShouldBe(1));
        (await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/draft")).Content.Items.ShouldBeEmpty("a preview stores nothing");
    }

    [Fact]
    public async Task ReadText_CanBeCorrected_ByHeadingRowAndColumns()
    {
        var draft = await DraftAsync(Content("清单", []));
        var read = await TextAsync(draft, "甲\t乙\n丙\t丁", 0, "OfficeName,Name");
        read.Rows.Select(r => (r.Row, r.Item.OfficeName, r.Item.Name)).ShouldBe([(1, "甲", "乙"), (2, "丙", "丁")]);
        (await TextAsync(draft, "甲事项\n乙事项")).Rows.Select(r => r.Item.Name).ShouldBe(["甲事项", "乙事项"], "one column can only be names");
        (await TextAsync(draft, "一般纳税人登记\n一、不是单位")).Rows.Count.ShouldBe(2, "nothing else says that a row is an office");
    }

    [Fact]
    public async Task ReadText_KnowsOfficesFromSectionRows()
    {
        var draft = await DraftAsync(Content("清单", []));
        var read = await TextAsync(draft, "序号\t事项名称\n一、示例发展局（2项）\t\n1\t甲类备案\n2\t乙类备案\n（二）示例住建局\t\n3\t丙类备案\n备注：以上为首批\t");
        read.Rows.Select(r => (r.Item.Name, r.Item.OfficeName, r.OfficeInherited)).ShouldBe([("甲类备案", "示例发展局", true), ("乙类备案", "示例发展局", true), ("丙类备案", "示例住建局", true)]);
        read.SkippedRows.ShouldBe(3);
    }

    [Fact]
    public async Task Read_TellsWhatCannotBeTaken_CellByCell()
    {
        var draft = await DraftAsync(Content("清单", []));
        var read = await TextAsync(draft, $"序号\t事项名称\t部门\t适用区域\n1\t\t示例局\t\n2\t{new string('长', 301)}\t示例局\t\n3\t丙\t示例局\t火星区\n4\t丁\t示例局\t南京市");
        read.Errors.Select(e => (e.Row, e.Column, e.Field, e.Blocks)).ShouldBe([(2, "B", ItemField.Name, true), (3, "B", ItemField.Name, true), (4, "D", ItemField.Regions, false), (5, "D", ItemField.Regions, false)]);
        read.Errors[1].Text.ShouldContain("301");
        read.Rows.Select(r => r.Blocked).ShouldBe([true, true, false, false]);
    }

    [Fact]
    public async Task Read_OfAnXlsx_KeepsTheIdsOfKnownItems_AndADownloadReadsBackAsItWas()
    {
        var draft = await DraftAsync(Content("清单", Rows(12, 3)));
        var bytes = await Office.GetByteArrayAsync(At($"/api/item-lists/{draft.ListId}/draft/download"));
        var read = await FileAsync(draft, bytes);
        read.ShouldSatisfyAllConditions(r => r.HeadingRow.ShouldBe(2), r => r.Known.ShouldBe(12), r => r.ErrorCount.ShouldBe(0));
        read.Rows.Select(r => r.Item).Zip(draft.Content.Items).ShouldAllBe(p => ItemListChanges.FieldsOf(p.First, p.Second).Count == 0 && p.First.Id == p.Second.Id);

        var template = await Office.GetByteArrayAsync(At("/api/item-lists/template"));
        using var services = app.Services.CreateScope();
        var headings = services.ServiceProvider.GetRequiredService<ITableWorkbookReader>().Read(template)[0].Rows[^1].Cells.Select(c => c.Text).ToList();
        ItemColumns.FieldsOf(headings).Count(f => f is not null).ShouldBe(8);
    }

    [Fact]
    public async Task Read_OfTenThousandRows_GivesThem_AndTheyCanBeKept()
    {
        var draft = await DraftAsync(Content("清单", []));
        var text = new StringBuilder("序号,事项名称,部门,事项类型\r\n");
        for (var n = 1; n <= 10_000; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{n},第{n}号示例事项备案,示例部门{n % 40},其他\r\n");
        }
        var read = await FileAsync(draft, Encoding.UTF8.GetBytes(text.ToString()));
        read.ShouldSatisfyAllConditions(r => r.Rows.Count.ShouldBe(10_000), r => r.ErrorCount.ShouldBe(0));
        draft = await SaveAsync(app, People.Jiangsu, draft, draft.Content with { DeclaredTotal = 10_000, DeclaredOffices = 40, Items = [.. read.Rows.Select(r => r.Item)] });
        draft.Check.Problems.ShouldBeEmpty();
        (await Office.GetAsAsync<ItemListDraftDto>($"/api/item-lists/{draft.ListId}/draft")).Content.Items[^1].Name.ShouldBe("第10000号示例事项备案");
    }

    [Fact]
    public async Task Read_OfWhatIsNoTable_IsRefused_AndByOthersToo()
    {
        var draft = await DraftAsync(Content("清单", []));
        (await SendAsync(Office, draft, "%PDF-1.7"u8.ToArray()).RefusalAsync()).ShouldBe((422, ProgrammesErrorCodes.ItemTableUnsupported));
        (await SendAsync(Office, draft, [0xD0, 0xCF, 0x11, 0xE0, .. Encoding.Unicode.GetBytes("EncryptedPackage")]).RefusalAsync()).ShouldBe((422, ProgrammesErrorCodes.ItemTableEncrypted));
        (await Office.PostAsJsonAsync(At($"/api/item-lists/{draft.ListId}/draft/read-text"), new ReadItemTextDto(" \n\t", null, null)).RefusalAsync()).ShouldBe((422, ProgrammesErrorCodes.ItemTableEmpty));
        foreach (var stranger in new[] { People.Nantong.Coordinator, People.Ganzhou.Coordinator })
        {
            (await SendAsync(app.As(stranger), draft, "甲"u8.ToArray()).RefusalAsync()).Status.ShouldBe(404);
            (await app.As(stranger).GetAsync(At($"/api/item-lists/{draft.ListId}/draft/download")).RefusalAsync()).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task Download_OfAnIssuedList_IsOpenToTheAudience_AndLogged()
    {
        var draft = await DraftAsync(Content("赋权清单", Rows(3)));
        await IssueAsync(app, People.Jiangsu, draft);
        var response = await app.As(People.Nantong.Coordinator).GetAsync(At($"/api/item-lists/{draft.ListId}/download"));
        response.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("赋权清单（第1版）.xlsx");
        (await app.As(People.Yangzhou.Coordinator).GetAsync(At($"/api/item-lists/{draft.ListId}/download")).RefusalAsync()).Status.ShouldBe(404);
        await app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var path = $"/api/item-lists/{draft.ListId}/download";
            var entry = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().AsNoTracking().SingleAsync(e => e.SubjectId == path && e.ActorId == People.Nantong.Coordinator.Id);
            entry.ActorName.ShouldBe(People.Nantong.Coordinator.DisplayName);
            entry.TenantPath.ShouldBe(People.Jiangsu.Tenant.Path, "the log tells whose list was read");
            entry.Details.ShouldContain("sha256");
        });
    }

    private async Task<ItemListDraftDto> DraftAsync(ItemListContent content)
    {
        programme ??= await ProgrammeAsync(app, People.Jiangsu, "导入试点", People.Nantong.Tenant.Id);
        return await CreateAsync(app, People.Jiangsu, programme, content);
    }

    private Task<ItemImportDto> TextAsync(ItemListDraftDto draft, string text, int? headingRow = null, string? fields = null) =>
        Office.PostAsAsync<ItemImportDto>($"/api/item-lists/{draft.ListId}/draft/read-text", new ReadItemTextDto(text, headingRow, fields));

    private async Task<ItemImportDto> FileAsync(ItemListDraftDto draft, byte[] file)
    {
        var response = await SendAsync(Office, draft, file);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<ItemImportDto>(PilotPlatformApp.Json))!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, ItemListDraftDto draft, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "清单.xlsx" } };
        return await client.PostAsync(At($"/api/item-lists/{draft.ListId}/draft/read"), form);
    }
}
