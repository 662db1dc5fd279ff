using System.Text.Json;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Whole texts of the awkward kinds.</summary>
public class NoticesTests
{
    [Fact]
    public void Read_WhenNoTaskIsSet_HasNoThemeAndAsks()
    {
        var draft = Draft("关于调整补助标准的通知\n各区民政局:\n一、补助标准\n(一)城镇居民每人每月1300元。\n(二)农村居民每人每月1200元。\n越秀区、海珠区的标准为每人每月1400元。\n二、执行时间\n(一)本标准自2025年6月1日起执行。\n某市民政局\n2025年5月30日");
        draft.Themes.ShouldBeEmpty();
        draft.Regions.ShouldBeEmpty();
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.NoThemes);
    }

    [Fact]
    public void Read_WhenTheTableHasLostItsRows_HasNoThemeAndAsks()
    {
        var draft = Draft("关于印发任务表的通知\n各县人民政府:\n请落实。\n附件\n序号\t工作任务\t责任单位\t完成时限\n(略)");
        draft.Themes.ShouldBeEmpty();
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.NoThemes && q.Span != null);
    }

    [Theory]
    [InlineData("序号\n任务\n责任单位\n完成时间\n1\n推行备案\n省司法厅\n6月底\n2\n推行承诺\n省公安厅\n7月底\n省数据局\n2024年4月11日", "2024-07-31", "2024-04-11")]
    [InlineData("序号\n任务\n责任单位\n完成时间\n1\n推行备案\n省司法厅\n2024年6月1日\n2\n推行承诺\n省公安厅\n2024年7月1日", "2024-07-01", null)]
    public void Read_OfATableThatCameApart_OnlyWhatFollowsAWholeRowSignsIt(string text, string due, string? issued)
    {
        var draft = Draft(text);
        draft.Themes[1].Offices.ShouldBe(["省公安厅"]);
        draft.Themes[1].Due!.Date!.Value.ToString("yyyy-MM-dd", null).ShouldBe(due);
        draft.IssueDate?.ToString("yyyy-MM-dd", null).ShouldBe(issued);
    }

    [Fact]
    public void Read_WhenRowsAreMissing_AsksForThem() =>
        Draft("序号\t改革举措\t指导部门\n1\t甲项举措\t财政部\n4\t乙项举措\t教育部")
            .Questions.ShouldContain(q => q.Code == NoticeImportCodes.RowsMissing && q.Text.Contains("2、3"));

    [Fact]
    public void Read_WhenRegionsAreFewerThanStated_Asks() =>
        Draft("关于改革试点的通知\n各县人民政府:\n章贡区、信丰县等3个县(市、区)为改革试点单位。")
            .Questions.ShouldContain(q => q.Code == NoticeImportCodes.RegionCountDiffers);

    [Fact]
    public void Read_WhenDigitsAreLost_AsksAndDoesNotGuess()
    {
        var draft = Draft("《某市改革方案》政策解读\n2023年11月3日某市人民政府办公室印发了《某市改革方案》(〔202364号)。\n事项清单自202411日起施行。");
        draft.DocumentNumber.ShouldBeNull();
        draft.IssueDate.ShouldBe(new DateOnly(2023, 11, 3));
        draft.IssuingBody.ShouldBe("某市人民政府办公室");
        draft.Kind.ShouldBe(NoticeKind.Interpretation);
        draft.Questions.Select(q => q.Code).ShouldBe(
            [NoticeImportCodes.Interpretation, NoticeImportCodes.NumberGarbled, NoticeImportCodes.DateGarbled, NoticeImportCodes.NoThemes], ignoreOrder: true);
        foreach (var question in draft.Questions.Where(q => q.Span is not null))
        {
            var passage = draft.SourceText.Substring(question.Span!.Value.Start, question.Span.Value.Length);
            question.Text.ShouldContain(passage.Trim('。', '\n'));
        }
    }

    [Fact]
    public void Read_InAnInterpretation_MeasuresAreThoseThatItCounts()
    {
        var draft = Draft("《某市工作要点》政策解读\n一、背景\n为落实部署。一是领导重视。二是群众期盼。\n二、主要内容\n(一)重点改革。提出2项重点改革。一是推动“一件事”改革,年底前完成。二是推进信息共享。\n三、主要特点\n一是注重实效。二是突出重点。");
        draft.Themes.Select(t => t.Title).ShouldBe(["推动“一件事”改革", "推进信息共享"]);
    }

    [Fact]
    public void Read_SectionsThatAreNotTasks_GiveNoThemes()
    {
        var draft = Draft("关于推进改革的通知\n各市人民政府:\n一、总体要求\n(一)坚持问题导向。\n(二)坚持系统推进。\n二、主要任务\n(一)优化流程。压缩环节。(省政务办负责)\n(二)共享数据。打通系统。(省大数据局牵头,省财政厅配合)\n三、组织实施\n(一)加强领导。\n(二)强化督查。");
        draft.Themes.Select(t => t.Title).ShouldBe(["优化流程", "共享数据"]);
        draft.Themes[1].LeadOffices.ShouldBe(["省大数据局"]);
        draft.Themes[1].AssistingOffices.ShouldBe(["省财政厅"]);
    }

    [Fact]
    public void Read_ItemsUnderAHeading_AreTheTasksWhereOnlyTheyNameOffices()
    {
        var draft = Draft("某市工作要点\n一、重点任务\n(一)便民方面\n1.推行预约服务。(市政务办负责)\n2.推行延时服务。(市政务办负责)\n(二)利企方面\n1.推行帮办服务。(市工信局负责)\n2.推行快办服务。(市工信局负责)");
        draft.Themes.Count.ShouldBe(4);
        draft.Themes.Select(t => t.Offices.Single()).ShouldBe(["市政务办", "市政务办", "市工信局", "市工信局"]);
    }

    [Fact]
    public void Read_ClosingParagraphs_AreNotTheLastTasks()
    {
        var draft = Draft("关于基层改革试点的通知\n各区卫健委:\n1.组建医联体。\n2.推行签约服务。\n3.加强药品保障。\n请于2023年10月15日前报送方案。\n某市卫健委\n2023年8月7日");
        draft.Themes.Count.ShouldBe(3);
        draft.Themes.ShouldAllBe(t => t.Due == null);
    }

    [Fact]
    public void Read_TableWrittenWithBars_IsATable()
    {
        var draft = Draft("| 序号 | 主要任务 | 牵头单位 | 配合单位 | 完成时限 |\n| --- | --- | --- | --- | --- |\n| 1 | 推进数据共享 | 市数据局 | 市财政局、市司法局 | 2024年6月底 |\n| 2 | 优化窗口设置 |  |  | 长期 |");
        draft.Themes.Select(t => t.Title).ShouldBe(["推进数据共享", "优化窗口设置"]);
        draft.Themes[0].AssistingOffices.ShouldBe(["市财政局", "市司法局"]);
        draft.Themes[1].Offices.ShouldBe(["市数据局"]);
        draft.Themes[1].Due.ShouldBe(new DueDraft("长期", null, null, false));
    }

    [Fact]
    public void Json_LeavesUnknownValuesOut_AndWritesSpansAsPairs()
    {
        var draft = Draft("序号\t工作任务\t责任单位\t完成时限\n1\t甲项任务\t财政局\t2021年\n2\t乙项任务\t\t");
        using var json = JsonDocument.Parse(NoticeDraftJson.Write(draft));
        json.RootElement.TryGetProperty("documentNumber", out _).ShouldBeFalse();
        var themes = json.RootElement.GetProperty("themes");
        themes[0].GetProperty("dueDate").GetString().ShouldBe("2021-12-31");
        themes[0].GetProperty("duePrecision").GetString().ShouldBe("year");
        themes[0].GetProperty("span").EnumerateArray().Select(e => e.GetInt32()).ShouldBe([draft.Themes[0].Span.Start, draft.Themes[0].Span.Length]);
        themes[1].TryGetProperty("dueText", out _).ShouldBeFalse("a blank date is not inherited");
        themes[1].GetProperty("offices")[0].GetString().ShouldBe("财政局");
    }

    [Fact]
    public void Json_OfARefusal_HasNoThemesAndTheReason()
    {
        using var json = JsonDocument.Parse(NoticeDraftJson.Write(NoticeReader.Read("").Refusal!));
        json.RootElement.GetProperty("themes").GetArrayLength().ShouldBe(0);
        json.RootElement.GetProperty("questions")[0].GetProperty("code").GetString().ShouldBe(NoticeImportCodes.Empty);
    }

    private static NoticeDraft Draft(string text) => NoticeReader.Read(text).Draft.ShouldNotBeNull();
}
