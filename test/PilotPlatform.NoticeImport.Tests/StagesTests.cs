using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Deliverables;
using PilotPlatform.NoticeImport.Headers;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Phases;
using PilotPlatform.NoticeImport.Questions;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Targets;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Each stage alone, on short texts.</summary>
public class StagesTests
{
    private static readonly DateOnly Issued = new(2023, 2, 23);

    [Theory]
    [InlineData("2021年1月15日前完成", "2021-01-15", DuePrecision.Day)]
    [InlineData("2019年6月底前建立", "2019-06-30", DuePrecision.Month)]
    [InlineData("2024年2月底前", "2024-02-29", DuePrecision.Month)]
    [InlineData("9月底前结束", "2023-09-30", DuePrecision.Month)]
    [InlineData("2023年年底前完成", "2023-12-31", DuePrecision.Year)]
    [InlineData("2020年底前开展", "2020-12-31", DuePrecision.Year)]
    [InlineData("年底前推动", "2023-12-31", DuePrecision.Year)]
    [InlineData("2023年第三季度末前完成", "2023-09-30", DuePrecision.Quarter)]
    [InlineData("2023年上半年前完成", "2023-06-30", DuePrecision.HalfYear)]
    [InlineData("印发后3个月内出台", "2023-05-23", DuePrecision.Day)]
    [InlineData("九月底前完成", "2023-09-30", DuePrecision.Month)]
    [InlineData("二〇二三年六月三十日前完成", "2023-06-30", DuePrecision.Day)]
    [InlineData("明年3月底前完成", "2024-03-31", DuePrecision.Month)]
    [InlineData("2023年8月中旬前完成", "2023-08-20", DuePrecision.Day)]
    [InlineData("2023年6月完成平台建设", "2023-06-30", DuePrecision.Month)]
    [InlineData("建立台账。完成时限:2023年10月底", "2023-10-31", DuePrecision.Month)]
    [InlineData("建立台账。(完成时间:11月)", "2023-11-30", DuePrecision.Month)]
    public void FindDue_ReadsDateAndPrecision(string text, string date, DuePrecision precision)
    {
        var due = Due(text).ShouldNotBeNull().Due;
        due.Date.ShouldBe(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        due.Precision.ShouldBe(precision);
        due.Soft.ShouldBeFalse();
    }

    [Theory]
    [InlineData("每年2月底前报送")]
    [InlineData("2023年5月印发")]
    [InlineData("依据2022年版清单")]
    [InlineData("12月32日前")]
    [InlineData("到2025年,全省建成一批平台")]
    [InlineData("2023年工作要点明确的事项")]
    [InlineData("3月15日召开推进会")]
    [InlineData("持续推进")]
    public void FindDue_WhenNoDueDate_IsNull(string text) => Due(text).ShouldBeNull();

    [Fact]
    public void FindDue_InPrinciple_IsSoft() => Due("试点工作原则上9月底前结束").ShouldNotBeNull().Due.Soft.ShouldBeTrue();

    [Fact]
    public void FindDue_WhenTheMonthHasPassed_LeavesTheYearOpen()
    {
        var found = Due("1月底前完成").ShouldNotBeNull();
        found.YearUncertain.ShouldBeTrue();
        found.Due.Date.ShouldBeNull();
    }

    [Theory]
    [InlineData("2021年", "2021-12-31", DuePrecision.Year)]
    [InlineData("2021年3月", "2021-03-31", DuePrecision.Month)]
    [InlineData("2021年3月-5月", "2021-05-31", DuePrecision.Month)]
    public void ReadCell_NeedsNoBefore(string text, string date, DuePrecision precision)
    {
        var clean = Clean(text);
        var due = DateReader.ReadCell(clean, All(clean), new DateOnly(2021, 1, 1)).ShouldNotBeNull().Due;
        due.Date.ShouldBe(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        due.Precision.ShouldBe(precision);
        due.Text.ShouldBe(text);
    }

    [Fact]
    public void ReadCell_WithoutADay_KeepsTheWords()
    {
        var clean = Clean("长期坚持");
        DateReader.ReadCell(clean, All(clean), Issued).ShouldNotBeNull().Due.ShouldBe(new DueDraft("长期坚持", null, null, false));
    }

    [Theory]
    [InlineData("(2021年2月1日—2021年2月28日)", "2021-02-01", "2021-02-28")]
    [InlineData("(2021年3月至4月)", "2021-03-01", "2021-04-30")]
    [InlineData("(2021年1月31日前)", null, "2021-01-31")]
    [InlineData("(2021年5月起)", "2021-05-01", null)]
    [InlineData("(2021年3-5月)", "2021-03-01", "2021-05-31")]
    [InlineData("(2021年3月1日至15日)", "2021-03-01", "2021-03-15")]
    [InlineData("(2021年3月1日-4月30日)", "2021-03-01", "2021-04-30")]
    [InlineData("(6月—9月)", "2021-06-01", "2021-09-30")]
    public void FindPeriod_ReadsRangesAndOpenEnds(string text, string? start, string? end)
    {
        var clean = Clean(text);
        var period = DateReader.FindPeriod(clean, All(clean), 2021).ShouldNotBeNull();
        period.Start?.ToString("yyyy-MM-dd", null).ShouldBe(start);
        period.End?.ToString("yyyy-MM-dd", null).ShouldBe(end);
    }

    [Theory]
    [InlineData("(省财政厅牵头,省教育厅、省民政厅按职责分工负责)", "省财政厅", "省教育厅 省民政厅")]
    [InlineData("(省财政厅、省教育厅负责)", "省财政厅 省教育厅", "")]
    [InlineData("(工业和信息化部及各地区按职责分工负责)", "工业和信息化部", "")]
    [InlineData("(财政部、商务部等国务院相关部门及各地区按职责分工负责)", "财政部 商务部", "")]
    [InlineData("(国家发展改革委会同有关部门负责)", "国家发展改革委", "")]
    [InlineData("(国家发展改革委会同财政部负责)", "国家发展改革委", "财政部")]
    [InlineData("(责任单位:市司法局;配合单位:市财政局、市人社局)", "市司法局", "市财政局 市人社局")]
    [InlineData("(负责部门:商务部、海关总署;适用范围:某自贸试验区)", "商务部 海关总署", "")]
    [InlineData("(财政部指导,先行城市政府负责落实。后面各项都由先行城市政府落实)", "财政部 先行城市政府", "")]
    [InlineData("(责任单位:省建设厅(牵头)、省自然资源厅)", "省建设厅 省自然资源厅", "")]
    [InlineData("(由市政务办牵头)", "市政务办", "")]
    [InlineData("(包括设计、施工、监理等单位)", "", "")]
    [InlineData("(2022年版)", "", "")]
    [InlineData("(市财政局、市司法局,各县(市、区)政府)", "市财政局 市司法局 各县(市、区)政府", "")]
    [InlineData("(市场监管总局牵头,公安部等国务院相关部门按职责分工负责)", "市场监管总局", "公安部")]
    [InlineData("(省大数据局牵头,2023年底前完成)", "省大数据局", "")]
    [InlineData("(以下简称试点地区)", "", "")]
    public void ReadRemarks_PartsLeadFromAssisting(string text, string lead, string assisting)
    {
        var clean = Clean("任务。" + text);
        var offices = OfficeReader.ReadRemarks(clean, All(clean));
        string.Join(' ', offices.Where(o => o.Leads).Select(o => o.Name)).ShouldBe(lead);
        string.Join(' ', offices.Where(o => !o.Leads).Select(o => o.Name)).ShouldBe(assisting);
    }

    [Fact]
    public void ReadList_GroupOfCounties_IsOneName()
    {
        var clean = Clean("市行政审批局、各试点县（市、区）");
        OfficeReader.ReadList(clean, All(clean), leads: true).Select(o => o.Name).ShouldBe(["市行政审批局", "各试点县(市、区)"]);
    }

    [Theory]
    [InlineData("试点地区:南通市(如皋市)、扬州市(各地不分先后,按序排列)", "南通市(如皋市) 扬州市")]
    [InlineData("试点单位:章贡区、赣州经开区和蓉江新区。", "章贡区 赣州经开区 蓉江新区")]
    [InlineData("(责任单位:商务部;适用范围:浙江自贸试验区)", "浙江自贸试验区")]
    [InlineData("试点地区:全省", "全省")]
    [InlineData("试点县(市、区):章贡区、信丰县。", "章贡区 信丰县")]
    [InlineData("试点县市区:龙南市、上犹县", "龙南市 上犹县")]
    [InlineData("试点单位:市行政审批局", "")]
    [InlineData("试点地区要根据试点任务形成成果", "")]
    public void ReadLabelled_ReadsTheList(string text, string regions)
    {
        var clean = Clean(text);
        string.Join(' ', RegionReader.ReadLabelled(clean, All(clean)).Select(r => r.Name)).ShouldBe(regions);
    }

    [Theory]
    [InlineData("我市章贡区、南康区、信丰县等3个县(市、区)为全省第三批改革试点单位。", "章贡区 南康区 信丰县", 3)]
    [InlineData("确定南京市、苏州市为改革试点地区。", "南京市 苏州市", null)]
    [InlineData("越秀区、海珠区、荔湾区等3个区的补助标准为每人每月2000元。", "", null)]
    [InlineData("决定在杭州市、宁波市等2个设区市开展创新试点。", "杭州市 宁波市", 2)]
    [InlineData("在北京、天津等2个省(区、市)和西藏自治区拉萨市开展改革试点。", "北京 天津 西藏自治区拉萨市", 2)]
    [InlineData("在全国选择10个左右城市开展试点。", "", null)]
    public void FindProgrammeRegions_OnlyInSentencesAboutPilots(string text, string regions, int? stated)
    {
        var clean = Clean(text);
        var group = RegionReader.FindProgrammeRegions(clean, All(clean));
        string.Join(' ', group?.Regions.Select(r => r.Name) ?? []).ShouldBe(regions);
        group?.Stated.ShouldBe(stated);
    }

    [Theory]
    [InlineData("推动龙南经开区、瑞金经开区、赣州高新区审批局尽快组建", "龙南经开区 瑞金经开区 赣州高新区")]
    [InlineData("在南京市、湖北武汉和上海浦东新区开展试点", "南京市 湖北武汉 上海浦东新区")]
    [InlineData("支持苏州工业园区、昆山高新区率先探索", "苏州工业园区 昆山高新区")]
    [InlineData("南京市、苏州市要先行先试", "南京市 苏州市")]
    [InlineData("赴深圳、杭州等地学习调研", "")]
    [InlineData("借鉴北京、上海的经验", "")]
    [InlineData("推动教育、医疗等领域改革", "")]
    [InlineData("推动南京市先行", "")]
    public void ReadTask_OnlyRegionsThatAreSetToWork(string text, string regions)
    {
        var clean = Clean(text);
        string.Join(' ', ProseRegions.ReadTask(clean, All(clean)).Select(r => r.Name)).ShouldBe(regions);
    }

    [Theory]
    [InlineData("将96项权力赋权至海头镇人民政府行使", "海头镇")]
    [InlineData("审批事项下放给甲城街道、乙港镇", "甲城街道 乙港镇")]
    [InlineData("将事项下放至各乡镇", "")]
    public void ReadReceivers_AreNamedTowns(string text, string towns)
    {
        var clean = Clean(text);
        string.Join(' ', ProseRegions.ReadReceivers(clean, null, [All(clean)]).Select(r => r.Name)).ShouldBe(towns);
    }

    [Theory]
    [InlineData("二、试点范围\n南京市、苏州市、昆山市。\n三、任务", "南京市 苏州市 昆山市")]
    [InlineData("(二)试点地区。北京市、天津市。", "北京市 天津市")]
    [InlineData("改革试点地区名单\n江苏省:南京市、无锡市\n浙江省:嘉兴市\n以上地区要抓紧", "南京市 无锡市 嘉兴市")]
    [InlineData("二、试点范围\n在全省选择10个左右城市开展。", null)]
    public void FindHeaded_NeedsAListOfNothingElse(string text, string? regions)
    {
        var clean = Clean(text);
        var group = RegionReader.FindHeaded(clean, BlockReader.Read(clean));
        (group is null ? null : string.Join(' ', group.Regions.Select(r => r.Name))).ShouldBe(regions);
    }

    [Theory]
    [InlineData("四、时间节点\n各部门5月底前做好交接,事项于2024年6月1日起移交。", null, "2024-05-31")]
    [InlineData("三、时间安排\n2017年4月底前完成准备,12月底前完成总结。", "2017-01-05", "2017-04-30 2017-12-31")]
    [InlineData("三、工作步骤\n第一阶段:准备(2019年5月)。第二阶段:实施(2019年6月至11月)。", "2019-04-25", "2019-05-31 2019-11-30")]
    [InlineData("三、工作步骤\n(一)筹备阶段(5月)\n(二)实施阶段(6月—9月)", "2021-05-12", "2021-05-31 2021-09-30")]
    [InlineData("三、工作步骤\n(一)启动阶段:2022年3月1日至31日。部署。\n(二)收尾阶段:2022年4月。总结。", "2022-02-01", "2022-03-31 2022-04-30")]
    [InlineData("三、工作要求\n(一)2022年3月底前报送方案。", "2022-02-01", "")]
    public void ReadPhases_InProseAndWithoutYears(string text, string? issued, string ends)
    {
        var clean = Clean(text);
        var date = issued is null ? (DateOnly?)null : DateOnly.Parse(issued, System.Globalization.CultureInfo.InvariantCulture);
        string.Join(' ', PhaseReader.Read(clean, BlockReader.Read(clean), date).Select(p => p.Draft.End?.ToString("yyyy-MM-dd", null)).Where(e => e is not null)).ShouldBe(ends);
    }

    [Theory]
    [InlineData("编制行政备案事项清单,研究制定备案管理办法", "行政备案事项清单 备案管理办法")]
    [InlineData("编制市县两级容缺受理清单", "容缺受理清单")]
    [InlineData("研究制作承诺书、补正材料通知书", "补正材料通知书")]
    [InlineData("依据《全省许可清单(2022年版)》推进改革,完善配套制度", "")]
    [InlineData("建设审批服务线上平台,建立健全评价制度", "审批服务线上平台")]
    [InlineData("制定和实施更严格的排放标准", "")]
    [InlineData("印发行政审批局“三定”方案", "行政审批局“三定”方案")]
    public void ReadNamed_TakesWhatIsToBeDrawnUp(string text, string deliverables)
    {
        var clean = Clean(text);
        string.Join(' ', DeliverableReader.ReadNamed(clean, All(clean)).Select(clean.Slice)).ShouldBe(deliverables);
    }

    [Theory]
    [InlineData("实现申请材料、环节、时限至少压减50%以上", "申请材料压减≥50% 环节压减≥50% 时限压减≥50%", false)]
    [InlineData("不少于原有人数的30%—50%", "不少于原有人数30%-50%", true)]
    [InlineData("查询办理率达80%以上", "查询办理率≥80%", false)]
    [InlineData("80%以上的机构要配备终端", "机构要配备终端≥80%", false)]
    [InlineData("推出不少于40项高频事项", "高频事项≥40项", false)]
    [InlineData("直接下放76项,占比72.4%", "", false)]
    public void ReadTargets_ReadsBoundAndThing(string text, string targets, bool ambiguous)
    {
        var clean = Clean(text);
        var found = TargetReader.Read(clean, All(clean)).ToList();
        string.Join(' ', found.Select(t => t.Draft.What + t.Draft.Value)).ShouldBe(targets);
        found.Any(t => t.Ambiguous).ShouldBe(ambiguous);
    }

    [Fact]
    public void ReadPhases_ReadsNameAndDates()
    {
        var clean = Clean("三、工作步骤\n(一)筹备阶段(2021年1月31日前)。成立机构。\n(二)运行阶段(2021年2月1日—2021年4月30日)。办理业务。\n(三)总结。2021年6月底前报送总结。");
        PhaseReader.Read(clean, BlockReader.Read(clean), new DateOnly(2020, 12, 31)).Select(p => p.Draft).ShouldBe(
            [
                new PhaseDraft("筹备阶段", null, new DateOnly(2021, 1, 31)),
                new PhaseDraft("运行阶段", new DateOnly(2021, 2, 1), new DateOnly(2021, 4, 30)),
                new PhaseDraft("总结", null, new DateOnly(2021, 6, 30)),
            ]);
    }

    [Theory]
    [InlineData("开展业务培训", "开展业务培训", true)]
    [InlineData("建立联席会议制度", "出台配套工作制度", true)]
    [InlineData("建立审管互动机制", "出台配套工作制度", false)]
    [InlineData("完成挂牌", "开展业务培训", false)]
    [InlineData("划转审批事项", "逐个承接划转审批事项", false)]
    public void IsSameWork_ComparesWhatIsDone(string task, string clause, bool same) => ContradictionFinder.IsSameWork(task, clause).ShouldBe(same);

    [Theory]
    [InlineData("某市人民政府办公室\n某政办〔2022〕5号\n关于开展改革试点的通知\n各县人民政府:\n为推进改革,参照《甲通知》(国发〔2018〕3号)。\n某市人民政府办公室\n2022年3月1日", "关于开展改革试点的通知", "某市人民政府办公室", "某政办〔2022〕5号", "2022-03-01")]
    [InlineData("国务院办公厅关于加强监管的通知国办发〔2014〕56号各省人民政府,国务院各部委:近年来监管工作成效明显。", "国务院办公厅关于加强监管的通知", "国务院办公厅", "国办发〔2014〕56号", null)]
    [InlineData("某省人民政府办公厅关于印发\n某某改革试点方案的通知\n某政办发[2021]7号\n各市人民政府:\n请认真落实。\n某省人民政府办公厅\n2021年7月9日\n(此件公开发布)", "某省人民政府办公厅关于印发某某改革试点方案的通知", "某省人民政府办公厅", "某政办发[2021]7号", "2021-07-09")]
    [InlineData("文号:\t\n标题:\t关于调整标准的通知\n各区民政局:\n原通知(某民〔2020〕1号)同时废止。\n某市民政局  某市财政局\n2023年5月6日", "关于调整标准的通知", "某市民政局", null, "2023-05-06")]
    public void ReadHeader_TakesTheNoticesOwn(string text, string title, string issuer, string? number, string? date)
    {
        var clean = Clean(text);
        var header = HeaderReader.Read(clean, BlockReader.Read(clean));
        header.Title?.Value.ShouldBe(title);
        header.Issuer?.Value.ShouldBe(issuer);
        header.Number?.Value.ShouldBe(number);
        header.Date?.Value.ToString("yyyy-MM-dd", null).ShouldBe(date);
    }

    [Fact]
    public void ReadReporting_ReadsToWhomAndWhen()
    {
        var clean = Clean("试点进展情况及时报省政务办,各地名单于每年2月底前报送省政府办公厅。");
        var duties = ReportingReader.Read(clean, All(clean)).Select(d => d.Draft).ToList();
        duties[0].ShouldBe(new ReportingDraft("试点进展情况", "省政务办", "及时"));
        duties[1].To.ShouldBe("省政府办公厅");
    }

    private static (DueDraft Due, TextRange Range, bool YearUncertain)? Due(string text)
    {
        var clean = Clean(text);
        return DateReader.FindDue(clean, All(clean), Issued);
    }

    private static CleanText Clean(string text) => TextCleaner.Clean(text);

    private static TextRange All(CleanText clean) => new(0, clean.Text.Length);
}
