using System.Globalization;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Seeding;

/// <summary>The demo's list of items: business permits by the four ways of 证照分离, issued once, with the next year's revision under way.</summary>
internal static class DemoItemLists
{
    /// <summary>The theme that it belongs to, by its place.</summary>
    public const int ThemeOrder = 6;

    private const string Cancelled = "直接取消审批";
    private const string Filed = "审批改为备案";
    private const string Committed = "实行告知承诺";
    private const string Improved = "优化审批服务";

    private static readonly (string Name, string Office, string Mode)[] Items =
    [
        ("棉花加工资格认定", "省发展和改革委员会", Cancelled),
        ("粮食收购备案", "省粮食和物资储备局", Filed),
        ("民用爆炸物品销售许可", "省工业和信息化厅", Improved),
        ("典当业特种行业许可", "省公安厅", Improved),
        ("公章刻制业备案", "省公安厅", Filed),
        ("旅馆业特种行业许可", "省公安厅", Committed),
        ("经营性人力资源服务机构许可", "省人力资源和社会保障厅", Committed),
        ("劳务派遣经营许可", "省人力资源和社会保障厅", Committed),
        ("房地产开发企业二级资质核定", "省住房和城乡建设厅", Improved),
        ("建筑业企业资质认定", "省住房和城乡建设厅", Committed),
        ("城市生活垃圾经营性处置服务审批", "省住房和城乡建设厅", Improved),
        ("道路货物运输站经营备案", "省交通运输厅", Filed),
        ("机动车维修经营备案", "省交通运输厅", Filed),
        ("港口经营许可", "省交通运输厅", Improved),
        ("农作物种子生产经营许可", "省农业农村厅", Improved),
        ("拍卖企业经营许可", "省商务厅", Committed),
        ("成品油零售经营资格审批", "省商务厅", Committed),
        ("营业性演出经营主体设立审批", "省文化和旅游厅", Committed),
        ("旅行社设立许可", "省文化和旅游厅", Improved),
        ("饮用水供水单位卫生许可", "省卫生健康委员会", Committed),
        ("诊所执业登记", "省卫生健康委员会", Improved),
        ("食品经营许可", "省市场监督管理局", Improved),
        ("检验检测机构资质认定", "省市场监督管理局", Improved),
        ("外商投资企业商标印制审批", "省市场监督管理局", Cancelled),
    ];

    /// <summary>What a region prepares for each item; its ledger has a slot for each item and artefact.</summary>
    private static readonly ItemArtefact[] Artefacts =
    [
        new("elements", "一单（事项要素表）"), new("plan", "一案（改革落实方案）"), new("guide", "一指南（办事指南及流程图）"), new("liaison", "一专员（联络专员）"),
    ];

    /// <summary>Adds the list with its first version, and the draft of the next.</summary>
    public static void AddTo(PlatformDbContext db, Theme theme, IIdGenerator ids, TimeProvider time, int year)
    {
        var issued = time.Today();
        var entries = Items.Select((item, index) => new ItemEntry(
            ids.NewId(), (index + 1).ToString(CultureInfo.InvariantCulture), item.Name, $"0001{index + 31:000}", item.Office, item.Mode, item.Mode == Filed ? "其他行政权力" : "行政许可",
            null, [], 1, issued)).ToList();
        var content = new ItemListContent(
            $"涉企经营许可事项清单（{year}年版）", Artefacts, entries.Count, entries.Select(e => e.OfficeName).Distinct().Count(),
            [.. new[] { Cancelled, Filed, Committed, Improved }.Select(mode => new ItemMode(mode, entries.Count(e => e.Mode == mode)))], [], false, entries);
        var list = new ItemList(ids.NewId(), theme, content.Title);
        var edition = list.Issue(ids.NewId(), null, content, null, "省政务办经办人", "首次印发。", issued, time);
        db.AddRange(list, edition);
        db.AddRange(entries.Select((entry, index) => new ServiceItem(ids.NewId(), edition, index + 1, entry)));

        var next = entries.Where(e => e.Name != "外商投资企业商标印制审批")
            .Select(e => e.Name == "成品油零售经营资格审批" ? e with { Mode = Improved } : e)
            .Append(new ItemEntry(ids.NewId(), "24", "互联网上网服务营业场所设立审批", "0001055", "省文化和旅游厅", Committed, "行政许可", null, [], 1, null)).ToList();
        db.Add(new ItemListDraft(ids.NewId(), list, content with { Title = $"涉企经营许可事项清单（{year + 1}年版）", Items = next }));
    }
}
