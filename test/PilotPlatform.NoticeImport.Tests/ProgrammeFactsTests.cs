namespace PilotPlatform.NoticeImport.Tests;

/// <summary>
/// The facts of the five programmes that must run: on the original texts where they are, and on a twin in our own words
/// always. P2 and P4 have their twins among the samples (<see cref="SampleNoticesTests"/>).
/// </summary>
public class ProgrammeFactsTests
{
    private const string Devolution = """
        【解读】《虔州市“市县同权”优化行动方案》政策解读
        2023年11月3日虔州市人民政府办公室印发了《虔州市“市县同权”优化行动方案》(〔202399号),现解读如下:
        一、为什么出台
        前期摸底时三轮听取各县意见。
        二、主要内容
        (一)重点任务。方案列出11项重点任务,每一项都明确了责任单位和完成时限。一是调整下放清单,哪些放、哪些收由基层提。二是改进下放方式。不再搞窗口前移。三是建立年度调整机制。清单一年一调。四是统一窗口设置。专窗撤掉。五是启用审批专用“2号章”。县里直接办结。六是完“同权”平台功能。证照互认。七是统一办事标准。每季度开一次分析会。八是加强业务培训。九是充实审批力量。十是划清监管职责。十一是打通监管信息。
        (二)保障措施。一是加强领导。二是加强督导。三是加强宣传。
        (三)下放清单。清单含市行政审批局等10个单位的105项事项,其中直接下放76项,占比72.4%;下放实质审核权29项,占比27.6%。清单自202411日起执行。
        三、有何特点
        一是按需下放。个别事项只给有需要的地方,下放到“三县联合”试验区8项,章贡区21项,赣县区、南康区25项,赣州经开区、蓉江新区32项。
        """;

    private const string Town = """
        我区印发《赣榆区重点镇(海头镇)放权试点实施方案》,现将有关情况做如下解读:
        一、放什么
        把区城管局等16个部门的96项权力事项赋权至海头镇人民政府行使。
        二、怎么管
        (一)明确主体。镇政府对外行使。
        (二)不得收回。区里各部门不得自行调整或收回,镇里应及时报告承接中的难题。
        三、时间节点
        各部门5月底前与镇里办好交接,事项于2024年6月1日起由海头镇行使。
        四、工作要求
        (一)逐项交接。按照“一单”(放权清单)、“一案”(承接方案,含指南和流程图)、“一课”(培训计划)、“一专员”(联络员)、“一表”(反馈表)的要求办理。
        (二)双向推送。镇里推送办件信息,部门推送监管数据。
        """;

    private const string WorkPoints = """
        《虔州市2023年营商环境工作要点》政策解读
        2023年5月22日,市政府办印发了《虔州市2023年营商环境工作要点》,现就有关内容解读如下。
        一、起草过程
        落实省里文件(某府厅字202330)要求。
        二、主要内容
        (一)总体目标。提出2个方面目标。一方面对标先进。另一方面提升服务。
        (二)深化改革。提出3项重点改革,每一项都明确了责任单位和完成时限。一是深化集中许可改革,推动龙南经开区、瑞金经开区、赣州高新区审批局组建运行。二是推行电子印章改革,年底前打通各业务系统。三是深化“一件事”改革,再推出不少于40项高频“一件事”。
        (三)优化服务。今年推出15项便民“微改革”。
        (四)数字赋能。提出2项赋能举措,每一项都明确了责任单位和完成时限。一是升级移动端,2023年年底前查询办理率达80%以上。二是建设数据中心,规模达3000个标准机柜以上,2023年12月底前封顶。
        三、主要特点
        一是学习先进。学习杭州市“城市大脑”建设经验,建设本市平台;学习深圳市福田区民意速办做法;学习深圳市推行首席数据官制度。
        """;

    [Fact]
    public void Devolution_Twin() => ShouldBeTheDevolutionList(Draft(Devolution), "“三县联合”试验区");

    [SharedNoticesFact]
    public void Devolution_Original() => ShouldBeTheDevolutionList(Original("000_1872f1d4e69feba2"), "“瑞兴于”试验区");

    [Fact]
    public void Town_Twin() => ShouldBeTheTownProgramme(Draft(Town));

    [SharedNoticesFact]
    public void Town_Original() => ShouldBeTheTownProgramme(Original("001_fffed7cda6869f5a"));

    [Fact]
    public void WorkPoints_Twin()
    {
        var draft = Draft(WorkPoints);
        draft.Themes.Count.ShouldBe(5);
        draft.Gaps.Count(g => g.EndsWith(".offices", StringComparison.Ordinal)).ShouldBe(5);
        draft.Gaps.Count(g => g.EndsWith(".due", StringComparison.Ordinal)).ShouldBe(2);
        ShouldBeWorkPoints(draft);
    }

    [SharedNoticesFact]
    public void WorkPoints_Original()
    {
        var draft = Original("003_c5f6651a101f2680");
        draft.Themes.Count.ShouldBe(6 + 6 + 6 + 3);
        draft.Gaps.Count(g => g.EndsWith(".offices", StringComparison.Ordinal)).ShouldBe(21);
        draft.Gaps.Count(g => g.EndsWith(".due", StringComparison.Ordinal)).ShouldBe(17);
        ShouldBeWorkPoints(draft);
    }

    [Theory]
    [InlineData("共有105项,其中直接下放76项,委托下放28项。", true)]
    [InlineData("共有105项,其中直接下放76项,委托下放29项。", false)]
    [InlineData("下放至章贡区21项,南康区、赣县区25项。", true)]
    [InlineData("章贡区新建停车场21个。", false)]
    public void Counts_ThatDoNotAddUpOrCountTwoWays_AreAsked(string text, bool asked) =>
        Draft("关于下放事项的通知\n各县人民政府:\n" + text).Questions.Any(q => q.Code is NoticeImportCodes.CountAmbiguous or NoticeImportCodes.CountsDisagree).ShouldBe(asked);

    [Theory]
    [InlineData("共有105项,其中直接下放76项,委托下放29项。", new[] { 76, 29 })]
    [InlineData("共有105项,其中直接下放76项,委托下放28项。", new[] { 76, 28 })]
    [InlineData("共有105项,另有76项,还有29项。", new int[0])]
    public void Counts_KnowTheWholeThatTheyAreAPartOf(string text, int[] parts)
    {
        var counts = Draft("关于下放事项的通知\n各县人民政府:\n" + text).Counts.ToList();
        var whole = counts.FindIndex(c => c.Number == 105);
        whole.ShouldBeGreaterThanOrEqualTo(0);
        counts[whole].PartOf.ShouldBeNull();
        counts.Where(c => c.PartOf == whole).Select(c => c.Number).ShouldBe(parts);
    }

    [Theory]
    [InlineData("学习借鉴浙江省“最多跑一次”改革经验", "浙江省")]
    [InlineData("借鉴上海市浦东新区一业一证做法", "上海市浦东新区")]
    [InlineData("学习先进地区经验", null)]
    [InlineData("学习贯彻二十大精神", null)]
    public void LearnedFrom_IsAPracticeOfAnotherRegion(string text, string? region) =>
        Draft("关于改革的通知\n各县人民政府:\n" + text + "。").LearnedFrom.Select(l => l.Region).FirstOrDefault().ShouldBe(region);

    private static void ShouldBeTheDevolutionList(NoticeDraft draft, string zone)
    {
        draft.Kind.ShouldBe(NoticeKind.Interpretation);
        draft.IssueDate.ShouldBe(new DateOnly(2023, 11, 3));
        draft.DocumentNumber.ShouldBeNull();
        draft.Themes.Count.ShouldBe(11);

        var numbers = draft.Counts.Where(c => c.Unit == "项").Select(c => c.Number).ToList();
        numbers.ShouldContain(105);
        numbers.ShouldContain(76);
        numbers.ShouldContain(29);
        (76 + 29).ShouldBe(105);
        draft.Questions.ShouldNotContain(q => q.Text.Contains("合计104"));

        // Who has how many, each or together, within the 105 or beside them.
        var personal = draft.Questions.Where(q => q.Code == NoticeImportCodes.CountAmbiguous).ShouldHaveSingleItem();
        personal.Text.ShouldContain("赣县区、南康区25项");
        personal.Text.ShouldContain("赣州经开区、蓉江新区32项");
        var passage = draft.SourceText.Substring(personal.Span!.Value.Start, personal.Span.Value.Length);
        passage.ShouldStartWith(zone);
        passage.ShouldEndWith("32项");

        draft.Gaps.Count.ShouldBe(22);
        draft.Questions.Select(q => q.Code).ShouldContain(NoticeImportCodes.OfficesOrDatesWithheld);
        draft.Questions.Select(q => q.Code).ShouldContain(NoticeImportCodes.NumberGarbled);
        draft.Questions.Select(q => q.Code).ShouldContain(NoticeImportCodes.DateGarbled);
        draft.Questions.Select(q => q.Code).ShouldContain(NoticeImportCodes.TitleGarbled);
    }

    private static void ShouldBeTheTownProgramme(NoticeDraft draft)
    {
        draft.Kind.ShouldBe(NoticeKind.Interpretation);
        draft.Regions.ShouldBe(["海头镇"]);
        draft.Themes.ShouldBeEmpty();
        draft.Counts.ShouldContain(c => c.Number == 96 && c.Unit == "项");
        draft.Counts.ShouldContain(c => c.Number == 16 && c.Unit == "个部门");
        draft.DeliverableKinds.Count.ShouldBe(5);
        (96 * draft.DeliverableKinds.Count).ShouldBe(480);
        draft.Phases.Select(p => (p.Start, p.End)).ShouldBe([(null, new DateOnly(2024, 5, 31)), (new DateOnly(2024, 6, 1), null)]);
        draft.Confidence["phases[0].dates"].Basis.ShouldBe(ConfidenceBasis.Inferred, "the year is that of the date beside it");
        draft.Reporting.ShouldHaveSingleItem().When.ShouldBe("及时");
    }

    private static void ShouldBeWorkPoints(NoticeDraft draft)
    {
        draft.IssueDate.ShouldBe(new DateOnly(2023, 5, 22));
        draft.Themes[0].Regions.ShouldBe(["龙南经开区", "瑞金经开区", "赣州高新区"]);
        draft.LearnedFrom.Select(l => l.Region).ShouldBe(["杭州市", "深圳市福田区", "深圳市"]);
        draft.Targets.Select(t => t.Value).ShouldBe(["≥40项", "15项", "≥80%", "≥3000个"]);
        draft.Themes.Where(t => t.Due is not null).ShouldAllBe(t => t.Due!.Date == new DateOnly(2023, 12, 31));
        draft.Questions.Count(q => q.Code == NoticeImportCodes.OfficesOrDatesWithheld).ShouldBe(1);
    }

    private static NoticeDraft Draft(string text) => NoticeReader.Read(text).Draft.ShouldNotBeNull();

    private static NoticeDraft Original(string name) => NoticeReader.Read(File.ReadAllBytes(SharedNotices.Path($"seeds/{name}.txt")), NoticeFormat.Text).Draft.ShouldNotBeNull();
}
