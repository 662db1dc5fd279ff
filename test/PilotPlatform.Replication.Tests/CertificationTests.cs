using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Testing;

namespace PilotPlatform.Replication.Tests;

public sealed class CertificationTests(ReplicationWorld world) : IClassFixture<ReplicationWorld>
{
    private HttpClient Office => world.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Draft_WithoutAPassingPublishedResult_IsRejected()
    {
        var failed = await world.GivenPublishedResultAsync(People.Nantong, passed: false);
        var unpublished = world.Pilots.Add(People.Nantong.Tenant, "未公布");
        foreach (var pilot in new[] { failed, unpublished })
        {
            (await Office.PostAsJsonAsync("/api/replication/drafts", new CreateDraftDto(pilot)).RefusalAsync()).ShouldBe((409, ReplicationErrorCodes.NoPassingResult));
        }

        (await Office.GetAsAsync<PagedResult<DraftListItemDto>>("/api/replication/drafts?maxResultCount=200")).Items.ShouldNotContain(d => d.PilotId == failed);
    }

    [Fact]
    public async Task Certify_WhenTheResultNoLongerPasses_IsRejected()
    {
        var pilot = await world.GivenPublishedResultAsync(People.Nantong, passed: true);
        var draft = await world.WrittenDraftAsync(pilot);
        world.Results.All[pilot] = world.Results.All[pilot] with { Passed = false };
        (await Office.PostAsJsonAsync($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(MaturityLevel.Mature, false, draft.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, ReplicationErrorCodes.NoPassingResult));
        world.Pilots.All[pilot].Outcome.ShouldBe(PilotOutcome.Completed);
    }

    [Fact]
    public async Task Certify_WithGaps_Is400AtTheFields()
    {
        var pilot = await world.GivenPublishedResultAsync(People.Nantong, passed: true);
        var id = (await Office.GetAsAsync<PagedResult<DraftListItemDto>>("/api/replication/drafts?maxResultCount=200")).Items.Single(d => d.PilotId == pilot).Id;
        var draft = await Office.GetAsAsync<DraftDto>($"/api/replication/drafts/{id}");
        var response = await Office.PostAsJsonAsync($"/api/replication/drafts/{id}/certify", new CertifyDraftDto(null, false, draft.ConcurrencyStamp), PilotPlatformApp.Json);
        ((int)response.StatusCode).ShouldBe(400);
        var text = await response.Content.ReadAsStringAsync();
        foreach (var field in new[] { "maturity", "summary", "background", "measures", "results", "conditions" })
        {
            text.ShouldContain($"\"{field}\"");
        }
    }

    [Fact]
    public async Task Draft_IsInvisibleToOthers_CertifiedPracticeIsVisibleToAnotherProvince()
    {
        var pilot = await world.GivenPublishedResultAsync(People.Nantong, passed: true);
        var draft = await world.WrittenDraftAsync(pilot, "尚未认定的做法");
        foreach (var other in new[] { People.Nantong.Coordinator, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri($"/api/replication/drafts/{draft.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await world.As(other).GetAsync(new Uri($"/api/practices/{draft.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await LibraryAsync(other)).ShouldNotContain(p => p.Title == "尚未认定的做法");
        }

        var certified = await Office.PostAsAsync<DraftDto>($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(MaturityLevel.Exemplary, false, draft.ConcurrencyStamp));
        world.Pilots.All[pilot].Outcome.ShouldBe(PilotOutcome.Certified);
        var item = (await LibraryAsync(People.Ganzhou.Coordinator)).Single(p => p.Id == certified.PracticeId);
        (item.Title, item.OriginName, item.OriginProvinceName, item.Maturity).ShouldBe(("尚未认定的做法", "南通市", "江苏省", MaturityLevel.Exemplary));
        var read = await world.As(People.Ganzhou.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{certified.PracticeId}");
        (read.PilotId, read.DownloadCount, read.DraftId, read.CanAdopt).ShouldBe((null, null, null, true));
        (await world.As(People.Nantong.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{certified.PracticeId}")).CanAdopt.ShouldBeFalse();
        world.Notifications.Sent.ShouldContain(n => n.Message.Key == "replication.practice-certified" && n.Region == People.Nantong.Tenant);
    }

    [Fact]
    public async Task Edit_AfterCertification_ShowsOnlyWhenCertifiedAgain()
    {
        var practiceId = await world.GivenPracticeAsync(People.Yangzhou, "扬州做法第一版");
        var draftId = (await Office.GetAsAsync<PracticeDto>($"/api/practices/{practiceId}")).DraftId;
        var draft = await Office.GetAsAsync<DraftDto>($"/api/replication/drafts/{draftId}");
        var edited = await world.WrittenDraftAsync(draft.PilotId, "扬州做法第二版");
        edited.HasChanges.ShouldBeTrue();
        var before = await world.As(People.Ganzhou.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{practiceId}");
        (before.Title, before.Version).ShouldBe(("扬州做法第一版", 1));
        (await SearchAsync("第二版")).ShouldBeEmpty();

        await Office.PostAsAsync<DraftDto>($"/api/replication/drafts/{draftId}/certify", new CertifyDraftDto(MaturityLevel.Exemplary, false, edited.ConcurrencyStamp));
        var after = await world.As(People.Ganzhou.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{practiceId}");
        (after.Title, after.Version, after.Maturity).ShouldBe(("扬州做法第二版", 2, MaturityLevel.Exemplary));
        (await SearchAsync("第二版")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task PublicPractices_NeedNoSignIn_AndAreOnlyThosePublic()
    {
        var open = await world.GivenPracticeAsync(People.Nantong, "公开做法", isPublic: true);
        var closed = await world.GivenPracticeAsync(People.Nantong, "不公开做法");
        using var nobody = world.As(null);
        var items = (await nobody.GetAsAsync<PagedResult<PublicPracticeListItemDto>>("/api/public/practices?maxResultCount=200")).Items;
        items.ShouldContain(p => p.Id == open);
        items.ShouldNotContain(p => p.Id == closed);
        (await nobody.GetAsAsync<PublicPracticeDto>($"/api/public/practices/{open}")).Title.ShouldBe("公开做法");
        (await nobody.GetAsync(new Uri($"/api/public/practices/{closed}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        (await nobody.GetAsync(new Uri($"/api/practices/{open}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Search_TakesWordsAndSpecialCharactersLiterally()
    {
        var special = await world.GivenPracticeAsync(People.Nantong, "压减50%_一次办;[试点]", "ＯＣＲ识别 QXZ");
        var plain = await world.GivenPracticeAsync(People.Nantong, "压减五十", "QXZ");
        (await SearchAsync("QXZ")).Select(p => p.Id).ShouldBe([special, plain], ignoreOrder: true);
        foreach (var word in new[] { "50%", "%_一", "办;", "[试点]", "qxz 50%", "ocr" })
        {
            (await SearchAsync(word)).Select(p => p.Id).ShouldBe([special], word);
        }

        (await SearchAsync("QXZ 没有这个词")).ShouldBeEmpty();
        (await SearchAsync("压_五十")).ShouldBeEmpty();
        (await SearchAsync("'; DROP TABLE ReplicationPractices; --")).ShouldBeEmpty();
        (await SearchAsync("QXZ&province=36")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Library_TakesThreeStatementsAtMost_AndFilters()
    {
        await world.GivenPracticeAsync(People.Nantong, "甲", theme: "备案管理", maturity: MaturityLevel.Exploring);
        await world.GivenPracticeAsync(People.Yangzhou, "乙", theme: "中介超市", maturity: MaturityLevel.Exemplary);
        using var city = world.As(People.Ganzhou.Coordinator);
        await city.GetAsAsync<PagedResult<PracticeListItemDto>>("/api/practices");
        world.Sql.Reset();
        var found = await city.GetAsAsync<PagedResult<PracticeListItemDto>>("/api/practices?theme=%E5%A4%87%E6%A1%88&maturity=Exploring&province=32");
        world.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        found.Items.Select(p => p.Title).ShouldBe(["甲"]);
    }

    private async Task<IReadOnlyList<PracticeListItemDto>> LibraryAsync(Persona persona) =>
        (await world.As(persona).GetAsAsync<PagedResult<PracticeListItemDto>>("/api/practices?maxResultCount=200")).Items;

    private async Task<IReadOnlyList<PracticeListItemDto>> SearchAsync(string words) =>
        (await world.As(People.Ganzhou.Coordinator).GetAsAsync<PagedResult<PracticeListItemDto>>(
            $"/api/practices?maxResultCount=200&filter={Uri.EscapeDataString(words)}")).Items;
}
