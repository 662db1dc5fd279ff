using PilotPlatform.Identity.Users;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Seeding;

/// <summary>The demo's people: Jiangsu with its cities, Jiangxi with one. The names are invented.</summary>
internal sealed class DemoPeople(AccountProvisioner accounts, IRegionOnboarding regions) : IDemoSeeder
{
    public const string Password = "Pilot-2026-demo!";

    private static readonly (string Code, string Prefix, string City)[] Cities =
    [
        ("3201", "nj", "南京"), ("3202", "wx", "无锡"), ("3203", "xz", "徐州"), ("3204", "cz", "常州"), ("3205", "sz", "苏州"), ("3206", "nt", "南通"),
        ("3207", "lyg", "连云港"), ("3208", "ha", "淮安"), ("3209", "yc", "盐城"), ("3210", "yz", "扬州"), ("3211", "zj", "镇江"), ("3212", "tz", "泰州"),
        ("3213", "sq", "宿迁"),
    ];

    private static readonly string[] Surnames = ["陈", "周", "吴", "徐", "孙", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾"];
    private int nextSurname;

    public int Order => 10;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        await regions.OnboardProvinceAsync("32", cancellationToken);
        await regions.OnboardProvinceAsync("36", cancellationToken);
        await AddAsync("operator", "平台运营", TenantRef.Root.Id, null, RoleNames.PlatformOperator, cancellationToken);

        var jiangsu = await OfficeAsync("32", "江苏省政务服务管理办公室", "省政务办", cancellationToken);
        await AddAsync("js.coordinator", "32", jiangsu, RoleNames.Coordinator, cancellationToken);
        await AddAsync("js.leader", "32", jiangsu, RoleNames.Leader, cancellationToken);
        await AddAsync("js.assessor1", "32", null, RoleNames.Assessor, cancellationToken);
        await AddAsync("js.assessor2", "32", null, RoleNames.Assessor, cancellationToken);
        await AddAsync("js.assessor3", "32", null, RoleNames.Assessor, cancellationToken);
        await AddAsync("js.admin", "32", jiangsu, RoleNames.RegionAdministrator, cancellationToken);
        await AddAsync("js.security", "32", jiangsu, RoleNames.SecurityAdministrator, cancellationToken);
        await AddAsync("js.auditor", "32", jiangsu, RoleNames.Auditor, cancellationToken);
        foreach (var (code, prefix, city) in Cities)
        {
            var office = await OfficeAsync(code, $"{city}市政务服务管理办公室", "市政务办", cancellationToken);
            await AddAsync($"{prefix}.coordinator", code, office, RoleNames.Coordinator, cancellationToken);
            await AddAsync($"{prefix}.leader", code, office, RoleNames.Leader, cancellationToken);
        }

        var jiangxi = await OfficeAsync("36", "江西省政务服务管理办公室", "省政务办", cancellationToken);
        await AddAsync("jx.coordinator", "36", jiangxi, RoleNames.Coordinator, cancellationToken);
        await AddAsync("jx.leader", "36", jiangxi, RoleNames.Leader, cancellationToken);
        var ganzhou = await OfficeAsync("3607", "赣州市行政审批局", "市行政审批局", cancellationToken);
        await AddAsync("gz.coordinator", "3607", ganzhou, RoleNames.Coordinator, cancellationToken);
        await AddAsync("gz.leader", "3607", ganzhou, RoleNames.Leader, cancellationToken);
    }

    private async Task<Guid?> OfficeAsync(string code, string name, string shortName, CancellationToken cancellationToken) =>
        await regions.EnsureOfficeAsync(RegionIds.Of(code), name, shortName, cancellationToken);

    private Task AddAsync(string userName, string regionCode, Guid? office, string role, CancellationToken cancellationToken)
    {
        var given = role switch
        {
            RoleNames.Coordinator => "晓明",
            RoleNames.Leader => "建国",
            RoleNames.Assessor => "立言",
            RoleNames.RegionAdministrator => "管平",
            RoleNames.SecurityAdministrator => "安宁",
            _ => "明察",
        };
        return AddAsync(userName, Surnames[nextSurname++ % Surnames.Length] + given, RegionIds.Of(regionCode), office, role, cancellationToken);
    }

    private Task AddAsync(string userName, string displayName, Guid region, Guid? office, string role, CancellationToken cancellationToken) =>
        accounts.EnsureAsync(new NewAccount(userName, displayName, region, office, [role], Password, MustChangePassword: false), isDemo: true, cancellationToken);
}
