using System.Globalization;
using System.Text;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using RegionInfo = PilotPlatform.Regions.RegionInfo;

namespace PilotPlatform.Programmes.Seeding;

/// <summary>
/// The demo's programmes. The first has the facts of the Jiangsu pilots of 2023 (themes, regions, kinds of deliverable) in words
/// of our own and with dates around today; the second calls for claims; the third is a notice still to be worked on.
/// </summary>
internal static class DemoProgrammes
{
    public const string TitleOfFirst = "关于开展行政审批制度改革专题试点的通知" + DemoMark;
    public const string TitleOfSecond = "关于组织申领政务服务提质增效试点的通知" + DemoMark;
    private const string DemoMark = "（演示）";

    private static readonly string[] Han = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    private static readonly (string Title, string Work, string Regions, (string Name, DeliverableKind Kind)[] Deliverables)[] First =
    [
        ("党建引领与考核评价", "把党的建设贯穿改革全过程，建立看得见、比得出的评价办法，以考核促落实。", "南通市(如皋市)、扬州市",
            [("改革考核评价指标", DeliverableKind.ItemList), ("改革成效评价办法", DeliverableKind.NormDocument)]),
        ("行政备案规范管理", "梳理本地区行政备案，明确依据、材料和时限，未列入的不再要求备案。", "徐州市、常州市、扬州市",
            [("行政备案事项清单", DeliverableKind.ItemList), ("行政备案管理办法", DeliverableKind.NormDocument)]),
        ("政务服务事项动态管理", "事项变更分级审核、按期更新，各渠道展示的内容一致。", "南京市、无锡市",
            [("事项分级审核制度", DeliverableKind.NormDocument), ("事项目录管理规则", DeliverableKind.NormDocument)]),
        ("政务服务事项容缺受理", "次要材料暂缺的，申请人作出承诺后先行受理，限期补正。", "南通市、连云港市",
            [("市县两级容缺受理事项清单", DeliverableKind.ItemList), ("容缺受理承诺书示范文本", DeliverableKind.NormDocument), ("补正材料通知书示范文本", DeliverableKind.NormDocument), ("容缺受理工作规程", DeliverableKind.NormDocument)]),
        ("服务保障重大项目", "设立重大项目服务窗口，线上平台和热线协同，全程跟踪帮办。", "无锡市、盐城市、镇江市、泰州市",
            [("重大项目服务窗口工作规范", DeliverableKind.NormDocument), ("重大项目线上服务平台", DeliverableKind.TechnicalStandard), ("重大项目热线知识库", DeliverableKind.TechnicalStandard)]),
        ("涉企经营许可事项清单管理", "清单之外不得限制企业经营，评估证照分离改革的实际效果。", "常州市、南通市",
            [("涉企经营许可事项清单", DeliverableKind.ItemList), ("证照分离改革评估办法", DeliverableKind.NormDocument)]),
        ("行业综合许可", "一个行业需要的多项许可并联办理，发放一张综合许可凭证。", "淮安市、泰州市",
            [("行业综合许可办事指南", DeliverableKind.NormDocument)]),
        ("审批与监管衔接", "审批结果及时推送监管部门，监管情况反馈审批部门，责任清楚。", "苏州市、连云港市、盐城市、宿迁市",
            [("审管衔接成效评估办法", DeliverableKind.NormDocument), ("审管衔接配套制度", DeliverableKind.NormDocument)]),
        ("网上中介服务超市", "中介服务公开比选、限时办结、信用评价，与审批流程相连。", "淮安市、镇江市、宿迁市",
            [("网上中介服务超市管理办法", DeliverableKind.NormDocument)]),
        ("跨区域通办", "扩大跨省、省内和长三角通办范围，减少企业群众往返。", "南京市、徐州市、苏州市",
            [("通办事项范围清单", DeliverableKind.ItemList), ("通办数据共享标准", DeliverableKind.TechnicalStandard)]),
    ];

    private static readonly (string Title, string Work, string[] Deliverables)[] Second =
    [
        ("政务服务窗口无障碍改造", "按无障碍要求改造服务大厅和线上办事页面，为老年人、残疾人提供帮办。", ["无障碍服务规范", "适老化改造清单"]),
        ("高频证明免提交", "通过数据核验替代纸质证明，逐月公布免提交目录。", ["证明免提交目录"]),
        ("企业信息变更联动办理", "名称、住所等变更后，相关许可证信息联动更新。", ["变更联动事项清单", "数据共享标准"]),
        ("政务热线与窗口联动", "热线诉求与窗口办件互相推送，共用一套答复口径。", ["热线知识库"]),
    ];

    public static NoticeContent FirstContent(DateOnly today, RegionMap regions, RegionInfo issuer)
    {
        var issued = today.AddMonths(-4);
        var end = today.AddDays(35);
        return new NoticeContent(
            TitleOfFirst, $"苏政务办发〔{issued.Year}〕8号", "江苏省政务服务管理办公室", issued, new DeadlineDto(end, DuePrecision.Day, true),
            ClaimAudience.None, null, [],
            [
                new("申领与确定试点地区", issued, issued.AddDays(20), null),
                new("制定工作方案", issued.AddDays(21), issued.AddDays(45), null),
                new("组织实施", issued.AddDays(46), end.AddDays(-21), null),
                new("成果报送", end.AddDays(-20), end, null),
                new("成效评估与复制推广", end.AddDays(1), end.AddDays(60), null),
            ],
            [.. First.Select((t, i) => new NoticeTheme(
                $"t{i + 1}", Number(i), t.Title, t.Work,
                [.. t.Regions.Split('、').Select(name => RegionResolver.Resolve(name, regions, issuer, null))],
                [.. t.Deliverables.Select(d => new NoticeDeliverable(d.Name, d.Kind, null))], [], null, null, [], ToolKitHints.In(t.Title)))],
            new NoticeFacts(
                [], [],
                [
                    new("试点进展情况", "省政务办审改处", "中期和结束时各一次", [today.AddDays(5), end], null),
                    new("各地自主创新的改革项目", "省政务办审改处", "及时", [], null),
                ],
                []));
    }

    public static NoticeContent SecondContent(DateOnly today)
    {
        var issued = today.AddDays(-10);
        return new NoticeContent(
            TitleOfSecond, $"苏政务办发〔{issued.Year}〕26号", "江苏省政务服务管理办公室", issued, new DeadlineDto(today.AddMonths(6), DuePrecision.Day, false),
            ClaimAudience.AllRegions, today.AddDays(14), [],
            [new("自愿申领", issued, today.AddDays(14), null), new("征求意见与确定", today.AddDays(15), today.AddDays(30), null), new("组织实施", today.AddDays(31), today.AddMonths(6), null)],
            [.. Second.Select((t, i) => new NoticeTheme(
                $"t{i + 1}", Number(i), t.Title, t.Work, [], [.. t.Deliverables.Select(d => new NoticeDeliverable(d, NoticeImporter.KindOf(d), null))], [], null, null, [], ToolKitHints.In(t.Title)))]);
    }

    /// <summary>A text in the form of an official notice, saying what the content says; the importer reads the same programme out of it.</summary>
    public static string TextOf(NoticeContent content)
    {
        var text = new StringBuilder();
        text.AppendLine(content.Title?.Replace(DemoMark, "", StringComparison.Ordinal)).AppendLine().AppendLine(content.DocumentNumber).AppendLine();
        text.AppendLine("各设区市政务服务管理办公室：").AppendLine("为把改革任务落到实处，经研究，决定开展以下试点。现将有关事项通知如下：").AppendLine();
        text.AppendLine("一、试点任务");
        for (var i = 0; i < content.Themes.Count; i++)
        {
            var theme = content.Themes[i];
            text.AppendLine(CultureInfo.InvariantCulture, $"{theme.Number}{theme.Title}");
            text.Append(theme.Description);
            text.AppendLine(CultureInfo.InvariantCulture, $"制定{string.Join('、', theme.Deliverables.Select(d => d.Name))}。");
            if (theme.Regions.Count > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"试点地区：{string.Join('、', theme.Regions.Select(r => r.Text))}");
            }
        }

        text.AppendLine().AppendLine("二、工作安排");
        if (content.Deadline is { } end)
        {
            var softly = end.IsSoft ? "原则上" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"试点工作{softly}于{end.Date.Year}年{end.Date.Month}月{end.Date.Day}日前完成。");
        }

        if (content.ClaimsCloseOn is { } closing)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"各设区市自愿申领，申领截至{closing.Year}年{closing.Month}月{closing.Day}日。");
        }

        text.AppendLine("各地区及时报送试点成果（如事项清单、制度规范、平台技术标准等）。").AppendLine();
        text.AppendLine(content.IssuingBody);
        if (content.IssueDate is { } issued)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{issued.Year}年{issued.Month}月{issued.Day}日");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A notice that leaves something open: no document number, and a zone that the installation does not know.</summary>
    public static string UnfinishedText(DateOnly today) =>
        $"""
        关于开展园区综合服务试点的通知

        各设区市政务服务管理办公室：
        为方便园区企业就近办事，决定开展园区综合服务试点。有关事项通知如下：

        一、试点任务
        （一）园区企业服务专员
        为园区企业配备服务专员，制定园区服务专员工作规范。
        试点地区：南京市、苏州工业园区
        （二）园区事项就近办
        把企业常办事项放到园区办理，编制园区就近办事项清单。
        试点地区：南通市、苏州市

        二、工作安排
        试点工作于{today.AddMonths(5).Year}年{today.AddMonths(5).Month}月底前完成。

        江苏省政务服务管理办公室
        {today.Year}年{today.Month}月{today.Day}日
        """.ReplaceLineEndings("\n");

    private static string Number(int index) => $"（{Han[index]}）";
}
