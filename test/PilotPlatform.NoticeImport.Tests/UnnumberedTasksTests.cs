namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Tasks that no number and no heading marks: found only in a signed notice of a pilot, and always asked for.</summary>
public class UnnumberedTasksTests
{
    [Theory]
    [InlineData("试点分两步走：第一步编制目录，6月底前公布；第二步上线系统，9月底前运行。", "编制目录 上线系统")]
    [InlineData("重点抓好三件事：首先梳理高频事项，其次改造办事窗口，最后培训帮办人员。", "梳理高频事项 改造办事窗口 培训帮办人员")]
    [InlineData("6月底前，编制事项目录；9月底前，上线审批系统。", "编制事项目录 上线审批系统")]
    [InlineData("南京市、镇江市承担跨域通办改革；徐州市重点探索信用监管。", "跨域通办改革 信用监管")]
    [InlineData("其中，南京市试点电子归档，徐州市、连云港市试点远程勘验。", "电子归档 远程勘验")]
    [InlineData("养老机构备案在如皋市、海安市开展；殡葬预约服务在启东市开展。", "养老机构备案 殡葬预约服务")]
    [InlineData("省财政厅牵头制定补助办法，6月底前印发；省司法厅、省公安厅负责编制执法指引。", "制定补助办法 编制执法指引")]
    [InlineData("主要任务如下：\n◆ 编制目录（6月底前，审批处）\n◆ 培训人员（7月底前，人事处）\n◆ 建立台账（8月底前，督查处）", "编制目录 培训人员 建立台账")]
    [InlineData("编制事项目录。覆盖全部乡镇，6月底前公布。\n建立帮办队伍。每镇不少于2人。\n开展群众测评。每季度一次。", "编制事项目录 建立帮办队伍 开展群众测评")]
    [InlineData("请抓好以下工作：\n一是完善设施。6月底前完成。\n二是选优人员。7月底前到位。", "完善设施 选优人员")]
    [InlineData("省财政厅要于6月底前制定补助办法；省司法厅应在9月底前编制执法指引。", "制定补助办法 编制执法指引")]
    [InlineData("决定开展电子归档、远程勘验、信用核查等三项改革试点。", "电子归档 远程勘验 信用核查")]
    [InlineData("各地要抓紧做好系统升级（4月30日前完成）、人员培训（5月底前完成）等工作。", "系统升级 人员培训")]
    public void Read_ClausesOfOneForm_AreTasksThatAreAskedFor(string body, string titles)
    {
        var draft = Draft("关于开展审批改革试点的通知", body);
        string.Join(' ', draft.Themes.Select(t => t.Title)).ShouldBe(titles);
        Enumerable.Range(0, draft.Themes.Count).ShouldAllBe(i => draft.Confidence[$"themes[{i}].title"].Value < ValueConfidence.AskBelow);
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.UncertainValue);
    }

    [Theory]
    [InlineData("近年来，南京市探索电子归档，徐州市探索远程勘验，取得积极成效。")]
    [InlineData("南京市试点电子归档，徐州市试点远程勘验，形成一批好做法。")]
    [InlineData("督导分两步走：第一步开展自查，6月底前完成；第二步组织验收，9月底前完成。")]
    [InlineData("南京市、徐州市分别推荐3名专家；无锡市、常州市分别推荐2名专家。")]
    [InlineData("请于6月底前报送方案，9月底前报送总结。")]
    [InlineData("决定开展电子归档、远程勘验等三项改革试点。")]
    [InlineData("省财政厅要于6月底前组织验收；省司法厅应在9月底前完成评估。")]
    [InlineData("各地要做好人员安排（含兼职）、场地安排（含租用）等工作。")]
    [InlineData("三、试点市：南京市、徐州市\n四、经费安排：由各地承担")]
    [InlineData("二、工作要求\n南京市、徐州市要开展部署；无锡市要开展宣传。")]
    public void Read_WhatIsToldOrAskedBesideThePilot_IsNoTask(string body) =>
        Draft("关于开展审批改革试点的通知", body).Themes.ShouldBeEmpty();

    [Theory]
    [InlineData("关于学习审批改革试点经验的通知")]
    [InlineData("关于召开审批改革试点推进会的通知")]
    [InlineData("关于审批改革试点情况的通报")]
    public void Read_InATextThatSetsNoPilot_ClausesAreNoTasks(string title) =>
        Draft(title, "南京市、镇江市承担跨域通办改革；徐州市重点探索信用监管。").Themes.ShouldBeEmpty();

    [Fact]
    public void Read_ClausesByRegion_GiveEachTaskItsRegions()
    {
        var draft = Draft("关于开展审批改革试点的通知", "南京市、镇江市承担跨域通办改革，9月底前完成；徐州重点探索信用监管。试点工作于3月启动，11月底前完成。");
        draft.Themes.Select(t => string.Join('、', t.Regions)).ShouldBe(["南京市、镇江市", "徐州市"]);
        draft.Themes.Select(t => t.Due!.Date).ShouldBe([new DateOnly(2023, 9, 30), new DateOnly(2023, 11, 30)]);
    }

    [Fact]
    public void Read_ClausesByOffice_GiveEachTaskItsOffices()
    {
        var draft = Draft("关于开展审批改革试点的通知", "省财政厅牵头制定补助办法；省司法厅、省公安厅负责编制执法指引。");
        draft.Themes.Select(t => string.Join('、', t.LeadOffices)).ShouldBe(["省财政厅", "省司法厅、省公安厅"]);
    }

    [Theory]
    [InlineData("一、主要任务\n(一)推行码上办(试点:南京、徐州)。印发目录。", "推行码上办", "南京市 徐州市")]
    [InlineData("一、主要任务\n(一)推行码上办(由南京市、徐州市先行试点)。印发目录。", "推行码上办", "南京市 徐州市")]
    [InlineData("一、主要任务\n(一)推行码上办(含跨省、跨市事项)。印发目录。", "推行码上办(含跨省、跨市事项)", "")]
    [InlineData("一、主要任务\n(一)推行码上办(市场监管部门负责,6月底前完成)。", "推行码上办", "")]
    public void Read_RegionsInBrackets_AreNotPartOfTheTitle(string body, string title, string regions)
    {
        var theme = Draft("关于开展审批改革试点的通知", body).Themes.ShouldHaveSingleItem();
        theme.Title.ShouldBe(title);
        string.Join(' ', theme.Regions).ShouldBe(regions);
    }

    [Fact]
    public void Read_BareRegionsInBrackets_AreAskedFor_AndInANoticeOfPracticesNotTaken()
    {
        const string body = "一、主要任务\n(一)推行码上办(南京市、徐州市)\n(二)推行联合办(苏州市)";
        var draft = Draft("关于开展审批改革试点的通知", body);
        draft.Themes[0].Regions.ShouldBe(["南京市", "徐州市"]);
        draft.Confidence["themes[0].regions[0]"].Basis.ShouldBe(ConfidenceBasis.Inferred);
        Draft("关于复制推广审批改革试点经验的通知", body).Themes[0].Regions.ShouldBeEmpty();
    }

    [Fact]
    public void Read_ItemsUnderAnUnnumberedHeadingOfRequirements_AreNoTasks()
    {
        var draft = Draft("关于开展审批改革试点的通知", "试点任务：\n1.建立台账。6月底前完成。\n2.推行备案。7月底前完成。\n工作要求：\n1.明确专人负责。\n2.做好宣传。");
        draft.Themes.Select(t => t.Title).ShouldBe(["建立台账", "推行备案"]);
    }

    [Fact]
    public void Read_ChaptersWhoseItemsAreLabels_AreThemselvesTheTasks()
    {
        var draft = Draft("关于开展两项改革试点的通知", "一、电子归档改革试点\n(一)试点市：南京市、徐州市\n(二)试点内容：以电子件代替纸件，9月底前完成。\n二、远程勘验改革试点\n(一)试点市：苏州市\n(二)试点内容：以视频代替现场，10月底前完成。\n三、工作要求\n(一)加强领导。\n(二)按月报送。");
        draft.Themes.Select(t => (t.Title, string.Join('、', t.Regions))).ShouldBe([("电子归档改革试点", "南京市、徐州市"), ("远程勘验改革试点", "苏州市")]);
        draft.Themes.Select(t => t.Due!.Date!.Value.Month).ShouldBe([9, 10]);
    }

    [Theory]
    [InlineData("关于同意开展水权改革试点的复函", "建立交易规则 培育交易市场")]
    [InlineData("关于水权改革试点情况的通报", "")]
    public void Read_ChaptersThatAnApprovalAsksFor_AreTasks(string title, string titles) =>
        string.Join(' ', Draft(title, "请做好以下工作：\n一、建立交易规则，6月底前出台；\n二、培育交易市场，9月底前启动。").Themes.Select(t => t.Title)).ShouldBe(titles);

    [Fact]
    public void Read_InATable_AGroupThatCountsInHanNumerals_IsNoTask()
    {
        var draft = Draft("关于下达改革试点任务的通知", "序号\t任务\t试点地区\t牵头单位\t完成时限\n一\t数据授权\t\t\t\n1\t编制目录\t南通、扬州\t省数据局\t6月底\n二\t数据流通\t\t\t\n2\t设立服务站\t苏州\t省数据局\t9月底");
        draft.Themes.Select(t => (t.Title, string.Join('、', t.Regions))).ShouldBe([("编制目录", "南通市、扬州市"), ("设立服务站", "苏州市")]);
    }

    [Fact]
    public void Read_RegionsBeforeTheOfficesOfSeveralKinds_AreAllAddressed() =>
        NoticeReader.Read("商务部关于开展流通改革试点的通知\n商流通发〔2023〕4号\n天津、江苏、四川省（市）商务厅（局）：\n请做好改革试点工作。\n商务部\n2023年2月1日").Draft.ShouldNotBeNull()
            .Regions.ShouldBe(["天津市", "江苏省", "四川省"]);

    private static NoticeDraft Draft(string title, string body) =>
        NoticeReader.Read($"{title}\n苏政发〔2023〕4号\n各设区市人民政府：\n{body}\n江苏省人民政府\n2023年2月1日").Draft.ShouldNotBeNull();
}
