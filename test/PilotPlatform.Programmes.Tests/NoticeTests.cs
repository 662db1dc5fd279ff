using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Seeding;
using PilotPlatform.Regions;
using PilotPlatform.Testing;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Tests;

/// <summary>Short forms for setting programmes up over the API.</summary>
internal static class Given
{
    /// <summary>The demo's first notice as text: 10 themes, 27 assignments.</summary>
    public static async Task<string> SampleTextAsync(PilotPlatformApp app)
    {
        var regions = await app.Services.GetRequiredService<IRegionDirectory>().GetAsync();
        return DemoProgrammes.TextOf(DemoProgrammes.FirstContent(app.Clock.Today(), regions, regions.FindByCode("32")!));
    }

    public static async Task<NoticeDto> NoticeAsync(PilotPlatformApp app, Persona? by = null) =>
        await app.As(by ?? People.Jiangsu.Coordinator).PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(await SampleTextAsync(app)));

    public static async Task<NoticeDto> SettleAsync(PilotPlatformApp app, NoticeDto notice, NoticeContent? content = null) =>
        await app.As(People.Jiangsu.Coordinator).PutAsAsync<NoticeDto>(
            $"/api/notices/{notice.Id}",
            new SaveNoticeDto(content ?? notice.Content, [.. notice.Questions.Where(q => q.MayBeAnswered && q.IsOpen).Select(q => new AnswerDto(q.Key, "已核对"))], notice.ConcurrencyStamp));

    public static async Task<PublishedNoticeDto> PublishedAsync(PilotPlatformApp app, NoticeContent? content = null)
    {
        var notice = await SettleAsync(app, await NoticeAsync(app), content);
        return await app.As(People.Jiangsu.Coordinator).PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
    }

    /// <summary>A programme with two themes that takes claims of every city for two weeks.</summary>
    public static async Task<ProgrammeDto> CallForClaimsAsync(PilotPlatformApp app)
    {
        var content = DemoProgrammes.SecondContent(app.Clock.Today()) with { DocumentNumber = null };
        var published = await PublishedAsync(app, content with { Themes = [.. content.Themes.Take(2)] });
        return await app.As(People.Jiangsu.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
    }

    public static async Task<ClaimDto> SubmittedClaimAsync(PilotPlatformApp app, Guid themeId, Persona by)
    {
        var claim = await app.As(by).PostAsAsync<ClaimDto>("/api/claims", new CreateClaimDto(themeId, "我市工作基础较好。", null));
        return await app.As(by).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/submit", new ClaimStampDto(claim.ConcurrencyStamp));
    }
}

public sealed class NoticeTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static Uri At(string path) => new(path, UriKind.Relative);

    [Fact]
    public async Task Create_FromTheSample_ReadsTenThemesAndAsksNothingAboutRegions()
    {
        var notice = await Given.NoticeAsync(app);

        notice.Content.DocumentNumber.ShouldBe("苏政务办发〔2023〕8号");
        notice.SourceText.ShouldContain("关于开展行政审批制度改革专题试点的通知");
        notice.Content.Deadline.ShouldNotBeNull().IsSoft.ShouldBeTrue();
        notice.Content.Themes.Select(t => t.Title).ShouldBe(
            ["党建引领与考核评价", "行政备案规范管理", "政务服务事项动态管理", "政务服务事项容缺受理", "服务保障重大项目", "涉企经营许可事项清单管理", "行业综合许可", "审批与监管衔接", "网上中介服务超市", "跨区域通办"]);
        notice.Content.Themes[0].Regions[0].ShouldSatisfyAllConditions(
            r => r.RegionId.ShouldBe(People.Nantong.Tenant.Id), r => r.PartName.ShouldBe("如皋市"));
        notice.Content.Themes[3].Deliverables.ShouldContain(d => d.Name.EndsWith("容缺受理事项清单") && d.Kind == DeliverableKind.ItemList);
        notice.Preview.ShouldSatisfyAllConditions(p => p.Themes.ShouldBe(10), p => p.Assignments.ShouldBe(27), p => p.Regions.Count.ShouldBe(13));

        var passage = notice.Passages.Single(p => p.Key == "documentNumber");
        notice.SourceText.Substring(passage.Start, passage.Length).ShouldContain("2023");
    }

    [Fact]
    public async Task Publish_TheSample_MakesTenThemesAnd27AssignmentsInAdministrativeOrder()
    {
        var published = await Given.PublishedAsync(app);
        published.ShouldSatisfyAllConditions(p => p.Themes.ShouldBe(10), p => p.Assignments.ShouldBe(27), p => p.Regions.ShouldBe(13));

        var programme = await app.As(People.Yangzhou.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
        programme.AssignmentCount.ShouldBe(27);
        programme.RegionCount.ShouldBe(13);
        string[] order = ["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"];
        foreach (var theme in programme.Themes)
        {
            var places = theme.Assignments.Select(a => Array.IndexOf(order, a.RegionShortName)).ToList();
            places.ShouldBeInOrder();
            places.ShouldNotContain(-1);
        }

        var perCity = programme.Themes.SelectMany(t => t.Assignments).CountBy(a => a.RegionShortName).ToDictionary();
        perCity["南通"].ShouldBe(3);
        perCity.Where(c => c.Key != "南通").ShouldAllBe(c => c.Value == 2);
        programme.Themes[0].Assignments[0].PartName.ShouldBe("如皋市");
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<ProgrammeNoticeDto>($"/api/programmes/{published.ProgrammeId}/notice")).Text.ShouldContain("试点任务");
        (await app.As(People.Ganzhou.Coordinator).GetAsync(At($"/api/programmes/{published.ProgrammeId}")).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Publish_Twice_IsRejectedAndMakesNothing()
    {
        var notice = await Given.SettleAsync(app, await Given.NoticeAsync(app));
        var client = app.As(People.Jiangsu.Coordinator);
        await client.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
        var before = (await client.GetAsAsync<PagedResult<ProgrammeListItemDto>>("/api/programmes")).TotalCount;

        (await client.PostAsJsonAsync(At($"/api/notices/{notice.Id}/publish"), new NoticeStampDto(notice.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.NoticePublished));
        (await client.GetAsAsync<PagedResult<ProgrammeListItemDto>>("/api/programmes")).TotalCount.ShouldBe(before);
    }

    [Fact]
    public async Task Draft_IsInvisibleToCitiesAndToTheOtherProvince()
    {
        var notice = await Given.NoticeAsync(app);
        foreach (var stranger in new[] { People.Nantong.Coordinator, People.Jiangxi.Coordinator })
        {
            var client = app.As(stranger);
            (await client.GetAsync(At($"/api/notices/{notice.Id}")).RefusalAsync()).Status.ShouldBe(404);
            (await client.PostAsJsonAsync(At($"/api/notices/{notice.Id}/publish"), new NoticeStampDto(notice.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
            (await client.GetAsAsync<PagedResult<NoticeListItemDto>>("/api/notices")).TotalCount.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Draft_OfCity_IsInvisibleToItsProvince()
    {
        var notice = await app.As(People.Nantong.Coordinator).PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(await Given.SampleTextAsync(app)));
        (await app.As(People.Jiangsu.Coordinator).GetAsync(At($"/api/notices/{notice.Id}")).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<NoticeListItemDto>>("/api/notices?maxResultCount=200")).Items.ShouldNotContain(n => n.Id == notice.Id);
    }

    [Fact]
    public async Task Save_WhenChangedMeanwhile_IsRejected()
    {
        var notice = await Given.NoticeAsync(app);
        await Given.SettleAsync(app, notice, notice.Content with { Title = "新标题" });
        (await app.As(People.Jiangsu.Coordinator).PutAsJsonAsync(At($"/api/notices/{notice.Id}"), new SaveNoticeDto(notice.Content, [], notice.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
        (await app.As(People.Jiangsu.Coordinator).GetAsAsync<NoticeDto>($"/api/notices/{notice.Id}")).Content.Title.ShouldBe("新标题");
    }

    [Fact]
    public async Task Publish_WhenARegionIsUnknown_IsRejectedUntilItIsChosen()
    {
        var client = app.As(People.Jiangsu.Coordinator);
        var notice = await client.PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(DemoProgrammes.UnfinishedText(app.Clock.Today())));
        var question = notice.Questions.Single(q => q.Code == NoticeQuestions.RegionUnresolved);
        question.IsOpen.ShouldBeTrue();
        question.MayBeAnswered.ShouldBeFalse();

        notice = await Given.SettleAsync(app, notice);
        notice.OpenQuestions.ShouldBe(1);
        (await client.PostAsJsonAsync(At($"/api/notices/{notice.Id}/publish"), new NoticeStampDto(notice.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.QuestionsOpen));

        var suzhou = RegionIds.Of("3205");
        var themes = notice.Content.Themes.Select((t, i) => i != 0 ? t : t with { Regions = [.. t.Regions.Select(r => r.RegionId is null ? r with { RegionId = suzhou, PartName = "苏州工业园区" } : r)] });
        notice = await Given.SettleAsync(app, notice, notice.Content with { Themes = [.. themes] });
        notice.OpenQuestions.ShouldBe(1, "answers that are no longer sent no longer stand");
        notice = await Given.SettleAsync(app, notice);
        notice.OpenQuestions.ShouldBe(0);
        var published = await client.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
        published.Assignments.ShouldBe(4);
    }

    [Fact]
    public async Task Save_WithARegionOfAnotherProvince_IsRefusedAtItsField()
    {
        var notice = await Given.NoticeAsync(app);
        var stranger = new NoticeRegion("赣州市", People.Ganzhou.Tenant.Id, null, null);
        var content = notice.Content with { Themes = [notice.Content.Themes[0] with { Regions = [stranger] }] };
        var answer = await app.As(People.Jiangsu.Coordinator).PutAsJsonAsync(At($"/api/notices/{notice.Id}"), new SaveNoticeDto(content, [], notice.ConcurrencyStamp), PilotPlatformApp.Json);
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("content.themes[0].regions[0].regionId");
    }

    [Theory]
    [InlineData("", ProgrammesErrorCodes.NoticeEmpty)]
    [InlineData("  \n\t ", ProgrammesErrorCodes.NoticeEmpty)]
    public async Task Create_FromAnEmptyText_IsRefused(string text, string code) =>
        (await app.As(People.Jiangsu.Coordinator).PostAsJsonAsync(At("/api/notices"), new CreateNoticeDto(text)).RefusalAsync()).ShouldBe((422, code));

    [Fact]
    public async Task Upload_OfGb18030_IsRead()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding("GB18030").GetBytes(await Given.SampleTextAsync(app));
        var response = await UploadAsync(bytes, "通知.txt");
        response.IsSuccessStatusCode.ShouldBeTrue();
        var notice = (await response.Content.ReadFromJsonAsync<NoticeDto>(PilotPlatformApp.Json))!;
        notice.SourceName.ShouldBe("通知.txt");
        notice.Content.Themes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Upload_OfTextInTheWrongEncoding_SaysWhereAndHowToMend()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // What comes of it when GBK is opened as UTF-8 and saved: the characters themselves are lost.
        var lost = string.Concat((await Given.SampleTextAsync(app)).Select(c => c == '\n' ? "\n" : "锟斤拷"));
        var response = await UploadAsync(Encoding.UTF8.GetBytes(lost), "通知.txt");
        ((int)response.StatusCode).ShouldBe(422);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain(ProgrammesErrorCodes.NoticeGarbled);
        text.ShouldContain("\"line\":1");
        text.ShouldContain("UTF-8");
    }

    [Fact]
    public async Task Upload_OfTextDecodedTwice_IsRestoredAndAskedAbout()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var garbled = Encoding.GetEncoding("GBK").GetString(Encoding.UTF8.GetBytes(await Given.SampleTextAsync(app)));
        var response = await UploadAsync(Encoding.UTF8.GetBytes(garbled), "通知.txt");
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var notice = (await response.Content.ReadFromJsonAsync<NoticeDto>(PilotPlatformApp.Json))!;
        notice.SourceText.ShouldContain("关于开展行政审批制度改革专题试点的通知");
        notice.Questions.ShouldContain(q => q.Code == NoticeImport.NoticeImportCodes.EncodingRepaired && q.IsOpen);
    }

    [Fact]
    public async Task Upload_OverFiveMegabytes_IsRefused() =>
        (await UploadAsync(new byte[(5 * 1024 * 1024) + 1], "大.txt").RefusalAsync()).ShouldBe((422, ProgrammesErrorCodes.NoticeTooLarge));

    [Fact]
    public async Task Publish_WithoutPermission_Is403()
    {
        var notice = await Given.NoticeAsync(app);
        (await app.As(People.Jiangsu.Leader).PostAsJsonAsync(At($"/api/notices/{notice.Id}/publish"), new NoticeStampDto(notice.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((403, "Platform:Forbidden"));
    }

    [Fact]
    public async Task Preview_WhenTheNumberIsTaken_WarnsOfIt()
    {
        await Given.PublishedAsync(app);
        (await Given.NoticeAsync(app)).Preview.DuplicateOf.ShouldContain("关于开展行政审批制度改革专题试点的通知");
    }

    [Fact]
    public async Task List_NeedsAtMostThreeStatements()
    {
        await Given.NoticeAsync(app);
        await Given.PublishedAsync(app);
        foreach (var path in new[] { "/api/notices", "/api/programmes", "/api/claims" })
        {
            app.Sql.Reset();
            await app.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<object>>(path);
            app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, path);
        }
    }

    private async Task<HttpResponseMessage> UploadAsync(byte[] bytes, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await app.As(People.Jiangsu.Coordinator).PostAsync(At("/api/notices/upload"), form);
    }
}
