using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Reporting;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Requests;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Seeding;

/// <summary>Adds the demo's programmes to Jiangsu, if it is onboarded.</summary>
internal sealed class ProgrammesDemoSeeder(ITenantScopes scopes, IRegionDirectory directory, TimeProvider time) : IDemoSeeder
{
    private const string Province = "32";

    // City, theme (from 0), reasons. The last one stays a draft that only its city sees.
    private static readonly (string City, int Theme, string Reasons)[] Claims =
    [
        ("3201", 0, "我市已完成三个区服务大厅的无障碍改造，有帮办队伍和线上适老页面，可在此基础上形成全市规范。"),
        ("3206", 0, "我市残疾人服务“一窗通办”运行两年，希望补齐线上无障碍短板。"),
        ("3202", 1, "我市数据核验平台已接入十二类证照，具备免提交条件。"),
        ("3210", 1, "我市每月公布证明清理情况，愿先行编制免提交目录。"),
        ("3205", 2, "我市企业变更业务量全省居前，联动更新需求迫切，市场监管部门已同意配合。"),
        ("3206", 2, "我市已在如皋市试行变更信息推送，拟扩大到全市。"),
        ("3209", 3, "我市热线与大厅已合署办公，具备联动基础。"),
        ("3210", 3, "我市拟以热线知识库建设为重点申领此项试点。"),
    ];

    // Who has reported on how the first programme goes, the first time that it was asked.
    private static readonly (string City, string Text)[] Reports =
    [
        ("3201", "已通过公文交换报送。"), ("3206", "已报送两项试点的进展情况，如皋市单独成文。"), ("3210", "已报送。"), ("3205", "已报送，附审管衔接数据。"),
    ];

    public int Order => 20;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        if (regions.FindByCode(Province) is not { } jiangsu)
        {
            return;
        }

        var secondId = await scopes.RunAsync(ScopeIdentity.System(jiangsu.Tenant), services => SeedProgrammesAsync(services, regions, jiangsu, cancellationToken));
        if (secondId is not { } programmeId)
        {
            return;
        }

        foreach (var city in Claims.GroupBy(c => c.City))
        {
            if (regions.FindByCode(city.Key) is { } region)
            {
                await scopes.RunAsync(ScopeIdentity.System(region.Tenant), services => SeedClaimsAsync(services, programmeId, [.. city], cancellationToken));
            }
        }

        foreach (var (city, text) in Reports)
        {
            if (regions.FindByCode(city) is { } region)
            {
                await scopes.RunAsync(ScopeIdentity.System(region.Tenant), services => SeedReportAsync(services, region, text, cancellationToken));
            }
        }

        if (regions.FindByCode("3206") is { } asking)
        {
            await scopes.RunAsync(ScopeIdentity.System(asking.Tenant), services => SeedRequestAsync(services, cancellationToken));
        }

        await scopes.RunAsync(ScopeIdentity.System(jiangsu.Tenant), services => SeedDecisionsAsync(services, programmeId, regions, jiangsu, cancellationToken));
    }

    private async Task<Guid?> SeedProgrammesAsync(IServiceProvider services, RegionMap regions, RegionInfo jiangsu, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        if (await db.Set<Programme>().AnyAsync(p => p.TenantId == jiangsu.Id && p.Title == DemoProgrammes.TitleOfFirst, cancellationToken))
        {
            return null;
        }

        var issuing = services.GetRequiredService<ProgrammeIssuing>();
        var first = DemoProgrammes.FirstContent(time.Today(), regions, jiangsu);
        var themes = await issuing.IssueAsync(jiangsu.Tenant, first, DemoProgrammes.TextOf(first), [], cancellationToken);
        var permits = db.Set<Theme>().Local.Single(t => t.ProgrammeId == themes.Programme.Id && t.Order == DemoItemLists.ThemeOrder);
        DemoItemLists.AddTo(db, permits, services.GetRequiredService<IIdGenerator>(), time, time.Today().Year);
        var second = DemoProgrammes.SecondContent(time.Today());
        var issued = await issuing.IssueAsync(jiangsu.Tenant, second, DemoProgrammes.TextOf(second), [], cancellationToken);
        await services.GetRequiredService<NoticeAppService>().CreateFromTextAsync(new CreateNoticeDto(DemoProgrammes.UnfinishedText(time.Today())), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return issued.Programme.Id;
    }

    private async Task SeedClaimsAsync(
        IServiceProvider services, Guid programmeId, (string City, int Theme, string Reasons)[] claims, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var ids = services.GetRequiredService<IIdGenerator>();
        var own = services.GetRequiredService<ICurrentScope>().RequiredTenant;
        var programme = await db.Set<Programme>().SingleAsync(p => p.Id == programmeId, cancellationToken);
        var themes = await db.Set<Theme>().Where(t => t.ProgrammeId == programmeId).OrderBy(t => t.Order).ToListAsync(cancellationToken);
        foreach (var (_, theme, reasons) in claims)
        {
            var claim = new Claim(ids.NewId(), themes[theme], own, reasons, null);
            if (reasons != Claims[^1].Reasons)
            {
                claim.Submit(programme, time);
            }

            db.Add(claim);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SeedReportAsync(IServiceProvider services, RegionInfo region, string text, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var duty = await db.Set<ReportingDuty>().Where(d => d.DueOn != null && db.Set<Programme>().Any(p => p.Id == d.ProgrammeId && p.Title == DemoProgrammes.TitleOfFirst))
            .OrderBy(d => d.DueOn).FirstAsync(cancellationToken);
        db.Add(new DutyReport(services.GetRequiredService<IIdGenerator>().NewId(), duty, region.Tenant, 1, text, null, $"{region.ShortName}政务办经办人", time));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SeedRequestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var list = await db.Set<ItemList>().AsNoTracking().OrderBy(l => l.CreatedAt).FirstAsync(cancellationToken);
        var request = new RegionRequest(services.GetRequiredService<IIdGenerator>().NewId(), list, services.GetRequiredService<ICurrentScope>().RequiredTenant);
        request.Write("本市港口和检验检测企业集中，已有承接窗口和专家库，申请一并试行。", [new RequestedItem(null, "水路运输业务经营许可", "省交通运输厅", "实行告知承诺")], []);
        request.Submit(list, time);
        db.Add(request);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SeedDecisionsAsync(IServiceProvider services, Guid programmeId, RegionMap regions, RegionInfo jiangsu, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var ids = services.GetRequiredService<IIdGenerator>();
        var claims = await db.Set<Claim>().Where(c => c.ProgrammeId == programmeId).ToListAsync(cancellationToken);
        var themes = await db.Set<Theme>().Where(t => t.ProgrammeId == programmeId).ToDictionaryAsync(t => t.Order, cancellationToken);

        var nanjing = Find("3201", 1);
        Say(nanjing, "省残疾人联合会", OpinionStance.Support, "基础较好，建议支持。");
        Say(nanjing, "省民政厅", OpinionStance.Support, "同意。");
        var suzhou = Find("3205", 3);
        Say(suzhou, "省市场监督管理局", OpinionStance.Support, "数据条件具备。");
        Say(suzhou, "省数据局", OpinionStance.Neutral, "请先明确共享字段。");
        Say(Find("3206", 3), "省数据局", OpinionStance.Object, "推送接口尚未通过安全评估，建议下一批考虑。");

        var region = regions.FindByCode("3201")!;
        var assignment = new Assignment(ids.NewId(), themes[1], region, null, AssignmentOrigin.Claim, time);
        db.Add(assignment);
        nanjing.Accept(assignment.Id, "工作基础扎实，部门意见一致。", time);
        Find("3210", 2).Decline("本批名额有限，请结合免提交目录先行准备，下一批优先考虑。", time);
        await db.SaveChangesAsync(cancellationToken);

        Claim Find(string city, int order) => claims.Single(c => c.TenantId == regions.FindByCode(city)!.Id && c.ThemeId == themes[order].Id);

        void Say(Claim claim, string office, OpinionStance stance, string text) =>
            db.Add(new Opinion(ids.NewId(), jiangsu.Tenant, claim, office, stance, text, "省政务办经办人"));
    }
}
