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
using PilotPlatform.NoticeImport.Themes;

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
    [InlineData("完成时限为2023年8月底", "2023-08-31", DuePrecision.Month)]
    [InlineData("年内新增10项,力争11月底前全部上线", "2023-11-30", DuePrecision.Month)]
    [InlineData("年内新增10项", "2023-12-31", DuePrecision.Year)]
    [InlineData("3月底前启动清理,6月底前公布目录", "2023-06-30", DuePrecision.Month)]
    [InlineData("2023年年底完成系统改造", "2023-12-31", DuePrecision.Year)]
    [InlineData("第三季度组织一次演练", "2023-09-30", DuePrecision.Quarter)]
    [InlineData("不迟于2023年7月20日上线", "2023-07-20", DuePrecision.Day)]
    [InlineData("自印发之日起六个月内出台", "2023-08-23", DuePrecision.Day)]
    [InlineData("自发布之日起30日内公布", "2023-03-25", DuePrecision.Day)]
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
    [InlineData("第三季度满意率为99.6%")]
    [InlineData("截止办理时间另行通知")]
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
    [InlineData("2021.9.30", "2021-09-30", DuePrecision.Day)]
    [InlineData("2021-10-31前", "2021-10-31", DuePrecision.Day)]
    [InlineData("2021/6", "2021-06-30", DuePrecision.Month)]
    [InlineData("20211130", "2021-11-30", DuePrecision.Day)]
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
    [InlineData("6月启动,持续推进")]
    [InlineData("2023.13.40")]
    [InlineData("自印发之日起20个工作日内")]
    public void ReadCell_WhatIsNoEnd_IsNotGuessed(string text)
    {
        var clean = Clean(text);
        DateReader.ReadCell(clean, All(clean), Issued).ShouldNotBeNull().Due.Date.ShouldBeNull();
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
    [InlineData("(2023年5月底前,审批科)", "审批科", "")]
    [InlineData("(2022年版)", "", "")]
    [InlineData("(市财政局、市司法局,各县(市、区)政府)", "市财政局 市司法局 各县(市、区)政府", "")]
    [InlineData("(市场监管总局牵头,公安部等国务院相关部门按职责分工负责)", "市场监管总局", "公安部")]
    [InlineData("(省大数据局牵头,2023年底前完成)", "省大数据局", "")]
    [InlineData("(以下简称试点地区)", "", "")]
    [InlineData("〔责任单位:市大数据中心、市公安局;列首位的为牵头单位〕", "市大数据中心 市公安局", "")]
    [InlineData("〔2022〕", "", "")]
    [InlineData("(责任单位:市商务局(市口岸办)、大连海关)", "市商务局(市口岸办) 大连海关", "")]
    [InlineData("(市城管局、甲区、乙区人民政府负责)", "市城管局 乙区人民政府", "")]
    [InlineData("(市城管局、涪城区、游仙区人民政府负责)", "市城管局 涪城区人民政府 游仙区人民政府", "")]
    [InlineData("(市水务局牵头,各区县政府实施)", "市水务局", "各区县政府")]
    [InlineData("(市委组织部、市水务局;第二季度完成)", "市委组织部 市水务局", "")]
    [InlineData("(各试点区(市、县)负责)", "各试点区(市、县)", "")]
    [InlineData("(各试点乡镇(街道)、各镇街负责)", "各试点乡镇(街道) 各镇街", "")]
    public void ReadRemarks_PartsLeadFromAssisting(string text, string lead, string assisting)
    {
        var clean = Clean("任务。" + text);
        var offices = OfficeReader.ReadRemarks(clean, All(clean));
        string.Join(' ', offices.Where(o => o.Leads).Select(o => o.Name)).ShouldBe(lead);
        string.Join(' ', offices.Where(o => !o.Leads).Select(o => o.Name)).ShouldBe(assisting);
    }

    [Theory]
    [InlineData("由市自然资源局牵头,市税务局、市住建局配合,于10月底前完成。", "市自然资源局", "市税务局 市住建局")]
    [InlineData("牵头单位为市住建局,配合单位为市人防办、市消防救援支队。", "市住建局", "市人防办 市消防救援支队")]
    [InlineData("市水务局、市检察院牵头,6月底前印发办法。", "市水务局 市检察院", "")]
    [InlineData("市发展改革委负责组织实施。", "市发展改革委", "")]
    [InlineData("由市工信局牵头、市大数据局配合。", "市工信局", "市大数据局")]
    [InlineData("由市邮政局牵头,长海县政府落实。", "市邮政局", "长海县政府")]
    [InlineData("由市发改委会同市财政局、市司法局编制目录。", "市发改委", "市财政局 市司法局")]
    [InlineData("市财政局牵头制定办法。", "市财政局", "")]
    [InlineData("省地方金融管理局指导,9月底前完成。", "省地方金融管理局", "")]
    [InlineData("市县两级牵头推进。", "", "")]
    [InlineData("由县级以上人民政府负责统筹。", "", "")]
    [InlineData("由专人负责。", "", "")]
    [InlineData("由企业牵头,高校参与。", "", "")]
    [InlineData("群众参与,社会监督。", "", "")]
    [InlineData("行政机关负责人出庭。", "", "")]
    public void ReadProse_OnlyParticularOffices(string text, string lead, string assisting)
    {
        var clean = Clean(text);
        var offices = OfficeReader.ReadProse(clean, All(clean));
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
    [InlineData("为激发活力,现就在魏都区、建安区开展改革试点,制定本方案。", "魏都区 建安区", null)]
    [InlineData("同意在浙江省、广东省区域性股权市场开展制度创新试点。", "浙江省 广东省", null)]
    [InlineData("同意在天津市、重庆市(以下称两市)开展综合试点。", "天津市 重庆市", null)]
    [InlineData("试点区域为长沙市雨花区、株洲市天元区。", "长沙市雨花区 株洲市天元区", null)]
    [InlineData("确定以下城市为建设试点:河北省唐山市、邯郸市,山西省晋城市。", "河北省唐山市 邯郸市 山西省晋城市", null)]
    [InlineData("选择黄口镇、杨楼镇先行开展试点。", "黄口镇 杨楼镇", null)]
    [InlineData("选择第一师阿拉尔市、第八师石河子市开展扩大试点。", "第一师阿拉尔市 第八师石河子市", null)]
    [InlineData("《长沙市推进登记改革试点工作方案》已经同意。", "", null)]
    [InlineData("选择办事渠道、服务渠道开展试点。", "", null)]
    [InlineData("试点确定以下任务:建设平台、完善制度。", "", null)]
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
    [InlineData("二、试点地区\n上饶市、鹰潭市全域,南昌市进贤县、吉安市井冈山市。\n三、任务", "上饶市 鹰潭市 南昌市进贤县 吉安市井冈山市")]
    [InlineData("一、试点范围\n市本级及离石区、孝义市。\n二、任务", "离石区 孝义市")]
    [InlineData("一、试点范围\n芙蓉区、开福区行政区域内新出让的住宅项目。\n二、任务", "芙蓉区 开福区")]
    [InlineData("智慧旅游试点名单\n(按行政区划排序)\n昆明市石林彝族自治县\n玉溪市澄江市", "昆明市石林彝族自治县 玉溪市澄江市")]
    [InlineData("首批试点地区名单\n综合试点(2个)\n南京市\n无锡市\n专项试点(1个)\n常州市", "南京市 无锡市 常州市")]
    [InlineData("试点城市名单\n一、东部地区(2个)\n江苏省:常州市、南通市\n二、中西部地区(1个)\n湖北省:襄阳市", "常州市 南通市 襄阳市")]
    [InlineData("一、试点乡镇(街道)\n桥头胡街道、大佳何镇。\n二、任务", "桥头胡街道 大佳何镇")]
    [InlineData("一、试点范围\n石井坡街道、虎溪街道2个街道9个社区。\n二、任务", "石井坡街道 虎溪街道")]
    [InlineData("试点单位名单\n甲职业技术学院\n乙工程技师学院", null)]
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
    [InlineData("三、实施步骤\n2021年9月为部署阶段;2021年10月至2022年8月为实施阶段。", "2021-08-27", "2021-09-30 2022-08-31")]
    [InlineData("三、进度安排\n1.筹备期:2023年8月。\n2.试点期:2023年9月至2024年2月。\n3.推广期:2024年3月起。", "2023-07-28", "2023-08-31 2024-02-29")]
    [InlineData("四、工作步骤\n(一)测试阶段。2022年9月11日至11月10日,完成对接。\n(二)试运行阶段。2022年11月11日起试运行,12月15日前完成评估。", "2022-08-30", "2022-11-10 2022-12-15")]
    [InlineData("四、工作安排\n2020年1月,成立办公室。2020年2月至4月,组织招采。", "2020-01-14", "2020-01-31 2020-04-30")]
    [InlineData("四、工作安排\n2020年5月底前落地执行。", "2020-01-14", "")]
    [InlineData("一、准备阶段(2023年5月—6月)\n1.配备设备。\n二、推进阶段(7月—11月)\n2.上门办理。", "2023-05-04", "2023-06-30 2023-11-30")]
    [InlineData("一、主要阶段性目标(2023年)\n1.配备设备。\n二、推进方式\n2.上门办理。", "2023-05-04", "")]
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

    [Theory]
    [InlineData("年内推出便民“微改革”15项", "便民“微改革”15项")]
    [InlineData("创新推出15项便民“微改革”", "便民“微改革”15项")]
    [InlineData("推出甲办、乙办等15项“微改革”", "“微改革”15项")]
    [InlineData("新增电子证照20种以上", "电子证照≥20种")]
    [InlineData("已推出“微改革”15项", "")]
    [InlineData("推出不少于40项“一件事”", "")]
    [InlineData("我市印发了2项制度", "")]
    public void ReadAsked_TakesNumbersThatAVerbAsksFor(string text, string targets)
    {
        var clean = Clean(text);
        string.Join(' ', TargetReader.ReadAsked(clean, All(clean)).Select(t => t.Draft.What + t.Draft.Value)).ShouldBe(targets);
    }

    [Theory]
    [InlineData("延边州", true)]
    [InlineData("玉树州", true)]
    [InlineData("巴里坤县", true)]
    [InlineData("前郭县", true)]
    [InlineData("湖北武汉", true)]
    [InlineData("襄阳市枣阳市", true)]
    [InlineData("漳州市公安", false)]
    [InlineData("神州", false)]
    [InlineData("某某县", false)]
    public void IsKnown_AutonomousDivisionsByTheirShortName(string name, bool isKnown) => RegionNames.IsKnown(name).ShouldBe(isKnown);

    [Theory]
    [InlineData("南通", "江苏省数据局", "南通市")]
    [InlineData("海陵", "泰州市数据局", "海陵区")]
    [InlineData("淮安", "江苏省人力资源和社会保障厅", "淮安市")]
    [InlineData("吉林", "吉林省教育厅", "吉林市")]
    [InlineData("江苏", "商务部", "江苏省")]
    [InlineData("兴安", "内蒙古自治区农牧厅", "兴安盟")]
    [InlineData("延边州", "吉林省教育厅", "延边州")]
    [InlineData("南通市(如皋市)", "江苏省数据局", "南通市(如皋市)")]
    [InlineData("某某新区", "江苏省数据局", "某某新区")]
    public void Full_OfAShortName_IsTheDivisionWithinTheIssuersOwn(string name, string issuer, string full) =>
        RegionNames.Full(name, RegionNames.DivisionOf(issuer)).ShouldBe(full);

    [Theory]
    [InlineData("江苏省数据局", "江苏省")]
    [InlineData("南通市如皋市人民政府", "如皋市")]
    [InlineData("中共吕梁市委办公室", "吕梁市")]
    [InlineData("商务部", null)]
    public void DivisionOf_AnOffice_IsTheLowestThatItNames(string office, string? division) => RegionNames.DivisionOf(office)?.Name.ShouldBe(division);

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
    [InlineData("山东省住房和城乡建设厅\n关于组织开展专项试点的通知\n鲁建字〔2023〕15号\n各市住房城乡建设局:\n请落实。\n山东省住房和城乡建设厅\n2023年7月3日", "山东省住房和城乡建设厅关于组织开展专项试点的通知", "山东省住房和城乡建设厅", "鲁建字〔2023〕15号", "2023-07-03")]
    [InlineData("某县行政审批局\n关于组织开展专项试点的通知\n各市政务办:\n请落实。\n某省政务办\n2023年7月3日", "关于组织开展专项试点的通知", "某省政务办", null, "2023-07-03")]
    [InlineData("关于印发任务表的通知\n湛数改办〔2023〕4号\n各县人民政府:\n请落实。\n湛江市“数字政府”改革建设工作领导小组办公室\n2023.5.10", "关于印发任务表的通知", "湛江市“数字政府”改革建设工作领导小组办公室", "湛数改办〔2023〕4号", "2023-05-10")]
    [InlineData("对市政协第0236号提案的答复\n某政提复〔2023〕17号\n李某某委员:\n您的提案收悉。\n某市审批局\n2023年6月8日", "对市政协第0236号提案的答复", "某市审批局", "某政提复〔2023〕17号", "2023-06-08")]
    [InlineData("甲县民政局公告\n2024年第8号\n现确定以下地区为试点地区:\n甲县民政局\n2024年4月16日", "甲县民政局公告", "甲县民政局", "2024年第8号", "2024-04-16")]
    [InlineData("国家药品监督管理局\n公告\n2024年第7号\n关于扩大试点地区的公告\n现予公告。\n国家药品监督管理局\n2024年6月20日", "关于扩大试点地区的公告", "国家药品监督管理局", "2024年第7号", "2024-06-20")]
    public void ReadHeader_TakesTheNoticesOwn(string text, string title, string issuer, string? number, string? date)
    {
        var clean = Clean(text);
        var header = HeaderReader.Read(clean, BlockReader.Read(clean));
        header.Title?.Value.ShouldBe(title);
        header.Issuer?.Value.ShouldBe(issuer);
        header.Number?.Value.ShouldBe(number);
        header.Date?.Value.ToString("yyyy-MM-dd", null).ShouldBe(date);
    }

    [Theory]
    [InlineData("二、试点任务\n建设养老综合体。每县建成2个。\n建立探访制度。每周一次。\n责任单位:市民政局", "建设养老综合体 建立探访制度")]
    [InlineData("二、试点任务\n——统一标准。4月底前公布。\n——设立窗口。5月底前完成。", "统一标准 设立窗口")]
    [InlineData("二、试点任务\n●标准统一。\n●窗口设立。", "标准统一 窗口设立")]
    [InlineData("二、试点任务\n建设综合体,建立制度,完善机制,试点期间要取得实效。\n各地要抓好落实。", "")]
    [InlineData("一、指导思想\n——坚持问题导向。解决难题。\n——坚持系统观念。统筹推进。", "")]
    [InlineData("现将试点任务下达如下:\n东城区:探索活化利用。\n朝阳区:推进一站办;试行一码通。\n海淀区:探索快速维权。", "探索活化利用 推进一站办 试行一码通 探索快速维权")]
    [InlineData("现将试点任务下达如下:\n1.东城区、西城区:探索活化利用,6月底前见效;\n2.朝阳区:推进一站办;\n3.海淀区:探索快速维权;", "探索活化利用 推进一站办 探索快速维权")]
    [InlineData("各区试点任务如下:\n(一)迁安市。建设物流中心。改善仓储。\n(二)正定县。改造商贸中心。\n(三)隆化县。发展直播基地。", "建设物流中心 改造商贸中心 发展直播基地")]
    [InlineData("上半年情况通报如下:\n东城区:完成120件。\n朝阳区:完成98件。\n海淀区:完成75件。", "")]
    [InlineData("1 试点目的\n让数据多跑路。\n2 试点任务\n2.1 梳理事项。5月底前。\n2.2 再造流程。6月底前。\n3 试点要求\n3.1 加强领导。", "梳理事项 再造流程")]
    public void ReadThemes_FindsTasksThatAreNotNumberedAsUsual(string text, string titles)
    {
        var clean = Clean(text);
        string.Join(' ', ThemeReader.Read(clean, BlockReader.Read(clean), NoticeKind.PilotNotice).Themes.Select(t => clean.Slice(t.Title))).ShouldBe(titles);
    }

    [Theory]
    [InlineData("县市\t试点任务\n昌吉市\t餐饮店改革\n阜康市\t药店改革", "餐饮店改革 药店改革")]
    [InlineData("先行区\t重点探索内容\n三明市\t林票制度\n抚州市\t经营权流转", "林票制度 经营权流转")]
    [InlineData("地区\t项目名称\t金额\n溧阳市\t智能车间\t120\n金坛区\t设备上云\t80", "")]
    public void ReadThemes_TableOfRegions_OnlyWhereSomethingIsPiloted(string text, string titles)
    {
        var clean = Clean(text);
        string.Join(' ', ThemeReader.Read(clean, BlockReader.Read(clean), NoticeKind.PilotNotice).Themes.Select(t => clean.Slice(t.Title))).ShouldBe(titles);
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
