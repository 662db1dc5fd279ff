using System.Net.Http.Json;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Seeding;
using PilotPlatform.Testing;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Tests;

public sealed class RevisionTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static Uri At(string path) => new(path, UriKind.Relative);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Compare_WithTheSameText_FindsNoDifference()
    {
        var notice = await Given.NoticeAsync(app);
        var revision = await CompareAsync(notice, notice.SourceText);
        revision.Differences.ShouldBeEmpty();
        revision.NewQuestions.ShouldBe(0);
    }

    [Fact]
    public async Task Compare_WithACorrection_ShowsEachDifferenceAndLeavesTheDraft()
    {
        var notice = await Given.NoticeAsync(app);
        var revision = await CompareAsync(notice, Corrected(notice.SourceText));

        revision.Differences.ShouldContain(d => d.Field == "documentNumber" && d.Before == "苏政务办发〔2023〕8号" && d.After == "苏政务办发〔2023〕9号" && !d.EditedByHand && d.Suggested == RevisionChoice.Revised);
        revision.Differences.ShouldContain(d => d.Field == "regions" && d.ThemeTitle == "政务服务事项容缺受理" && d.After!.Contains("盐城市"));
        revision.Differences.ShouldContain(d => d.Kind == DifferenceKind.Removed && d.Field == "theme" && d.ThemeTitle == "网上中介服务超市");
        var now = await Office.GetAsAsync<NoticeDto>($"/api/notices/{notice.Id}");
        now.HasRevision.ShouldBeTrue();
        now.Content.DocumentNumber.ShouldBe("苏政务办发〔2023〕8号");
        now.Content.Themes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Apply_WithoutChoices_TakesTheCorrectionAndKeepsWhatWasEditedByHand()
    {
        var notice = await Given.NoticeAsync(app);
        var themes = notice.Content.Themes.Select((t, i) => i == 3 ? t with { Title = "容缺受理（手工改名）", ToolKits = [ReformToolKit.ToleranceAcceptance] } : t).ToList();
        notice = await Given.SettleAsync(app, notice, notice.Content with { DocumentNumber = "苏政务办发〔2023〕88号", Themes = themes });
        var revision = await CompareAsync(notice, Corrected(notice.SourceText));
        revision.Differences.Single(d => d.Field == "documentNumber").ShouldSatisfyAllConditions(
            d => d.EditedByHand.ShouldBeTrue(), d => d.Suggested.ShouldBe(RevisionChoice.Kept), d => d.Mine.ShouldBe("苏政务办发〔2023〕88号"));

        var applied = await Office.PostAsAsync<NoticeDto>($"/api/notices/{notice.Id}/revision/apply", new ApplyRevisionDto([], revision.ConcurrencyStamp));
        applied.HasRevision.ShouldBeFalse();
        applied.Content.DocumentNumber.ShouldBe("苏政务办发〔2023〕88号");
        applied.Content.Themes.Count.ShouldBe(9);
        applied.Content.Themes[3].ShouldSatisfyAllConditions(
            t => t.Title.ShouldBe("容缺受理（手工改名）"), t => t.Regions.Count.ShouldBe(3), t => t.ToolKits.ShouldBe([ReformToolKit.ToleranceAcceptance]));
        applied.SourceText.ShouldContain("〔2023〕9号");
        applied.Original.DocumentNumber.ShouldBe("苏政务办发〔2023〕9号");
        applied.Questions.ShouldContain(q => q.Answer != null && q.Answer.Contains("苏政务办发〔2023〕88号") && q.AnsweredBy == People.Jiangsu.Coordinator.DisplayName);

        // Passages are those of the corrected notice: each still points at its value.
        foreach (var region in applied.Content.Themes.SelectMany(t => t.Regions))
        {
            var passage = applied.Passages.Single(p => p.Key == region.SourceKey);
            applied.SourceText.Substring(passage.Start, passage.Length).ShouldContain(region.Text[..2]);
        }
    }

    [Fact]
    public async Task Apply_WithChoices_DoesAsChosen()
    {
        var notice = await Given.SettleAsync(app, await Given.NoticeAsync(app));
        notice = await Given.SettleAsync(app, notice, notice.Content with { DocumentNumber = "苏政务办发〔2023〕88号" });
        var revision = await CompareAsync(notice, Corrected(notice.SourceText));
        var choices = revision.Differences.Select(d => new RevisionChoiceDto(d.Key, d.Field == "documentNumber" ? RevisionChoice.Revised : RevisionChoice.Kept)).ToList();
        var applied = await Office.PostAsAsync<NoticeDto>($"/api/notices/{notice.Id}/revision/apply", new ApplyRevisionDto(choices, revision.ConcurrencyStamp));
        applied.Content.DocumentNumber.ShouldBe("苏政务办发〔2023〕9号");
        applied.Content.Themes.Count.ShouldBe(10);
        applied.Content.Themes[3].Regions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Apply_WhenTheDraftChangedSince_IsRejected_AndAfterDroppingThereIsNothing()
    {
        var notice = await Given.NoticeAsync(app);
        var revision = await CompareAsync(notice, Corrected(notice.SourceText));
        (await Office.PostAsJsonAsync(At($"/api/notices/{notice.Id}/revision/apply"), new ApplyRevisionDto([], notice.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
        var dropped = await Office.PostAsAsync<NoticeDto>($"/api/notices/{notice.Id}/revision/drop", new NoticeStampDto(revision.ConcurrencyStamp));
        dropped.HasRevision.ShouldBeFalse();
        dropped.Content.Themes.Count.ShouldBe(10);
        (await Office.GetAsync(At($"/api/notices/{notice.Id}/revision")).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.NoRevision));
    }

    [Fact]
    public async Task Compare_OnAPublishedNoticeOrAnothersDraft_IsRefused()
    {
        var notice = await Given.SettleAsync(app, await Given.NoticeAsync(app));
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At($"/api/notices/{notice.Id}/revision"), new CreateNoticeDto(notice.SourceText)).RefusalAsync()).Status.ShouldBe(404);
        await Office.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));
        (await Office.PostAsJsonAsync(At($"/api/notices/{notice.Id}/revision"), new CreateNoticeDto(notice.SourceText)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.NoticePublished));
    }

    [Fact]
    public async Task Decisions_AreRecordedWithTheProgramme_ForTheIssuerAlone()
    {
        var notice = await Office.PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(DemoProgrammes.UnfinishedText(app.Clock.Today())));
        var suzhou = Regions.RegionIds.Of("3205");
        var themes = notice.Content.Themes.Select(t => t with { Regions = [.. t.Regions.Select(r => r.RegionId is null ? r with { RegionId = suzhou, PartName = "苏州工业园区" } : r)] }).ToList();
        notice = await SaveAsync(notice, notice.Content with { DocumentNumber = "苏政务办发〔2023〕31号", Themes = themes });
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        notice = await SaveAsync(notice, notice.Content with { Title = notice.Content.Title + "（试行）" });
        notice.OpenQuestions.ShouldBe(0);
        var published = await Office.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(notice.ConcurrencyStamp));

        var programme = await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
        programme.Decisions.ShouldContain(d => d.Kind == DecisionKind.Value && d.Answer == "苏政务办发〔2023〕31号" && d.DecidedBy == People.Jiangsu.Coordinator.DisplayName);
        programme.Decisions.ShouldContain(d => d.Kind == DecisionKind.Region && d.Question.Contains("苏州工业园区") && d.Answer == "苏州市（苏州工业园区）");
        programme.Decisions.Select(d => d.DecidedAt).Distinct().Count().ShouldBe(1, "what was decided first keeps its time when the draft is saved again");
        (await app.As(People.Nantong.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}")).Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Decisions_ThatAreUndone_AreForgotten()
    {
        var notice = await Office.PostAsAsync<NoticeDto>("/api/notices", new CreateNoticeDto(DemoProgrammes.UnfinishedText(app.Clock.Today())));
        var filled = await SaveAsync(notice, notice.Content with { DocumentNumber = "苏政务办发〔2023〕31号" });
        filled.Questions.ShouldContain(q => q.Answer == "苏政务办发〔2023〕31号");
        var emptied = await SaveAsync(filled, filled.Content with { DocumentNumber = "" });
        emptied.Questions.ShouldNotContain(q => q.Answer == "苏政务办发〔2023〕31号");
    }

    private Task<NoticeDto> SaveAsync(NoticeDto notice, NoticeContent content) =>
        Office.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(content, [], notice.ConcurrencyStamp));

    private Task<NoticeRevisionDto> CompareAsync(NoticeDto notice, string text) =>
        Office.PostAsAsync<NoticeRevisionDto>($"/api/notices/{notice.Id}/revision", new CreateNoticeDto(text));

    /// <summary>Another number, one more city for the fourth theme, and one theme less.</summary>
    private static string Corrected(string text)
    {
        var lines = text.Replace("〔2023〕8号", "〔2023〕9号", StringComparison.Ordinal).Split('\n').ToList();
        var fourth = lines.FindIndex(l => l.Contains("政务服务事项容缺受理", StringComparison.Ordinal));
        var regions = lines.FindIndex(fourth, l => l.StartsWith("试点地区", StringComparison.Ordinal));
        lines[regions] += "、盐城市";
        var market = lines.FindIndex(l => l.Contains("网上中介服务超市", StringComparison.Ordinal));
        var end = lines.FindIndex(market, l => l.StartsWith("试点地区", StringComparison.Ordinal));
        lines.RemoveRange(market, end - market + 1);
        return string.Join('\n', lines);
    }
}
