using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Regions.Offices;
using PilotPlatform.Regions.Onboarding;
using PilotPlatform.Regions.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Regions.Tests;

public sealed class RegionAdministrationTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Nantong => app.As(People.Nantong.Administrator);

    [Fact]
    public async Task Tree_IsReadLevelByLevel_InAdministrativeOrder_AndNotBeyondTheCaller()
    {
        var province = app.As(People.Jiangsu.Administrator);
        (await province.GetAsAsync<List<RegionNodeDto>>("/api/regions/tree")).Select(r => r.Name).ShouldBe(["江苏省"]);
        var cities = await province.GetAsAsync<List<RegionNodeDto>>($"/api/regions/tree?parentId={People.Jiangsu.Tenant.Id}");
        cities.Select(c => c.ShortName).ShouldBe(["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"]);
        cities.ShouldAllBe(c => c.HasChildren && c.IsActive);

        (await Nantong.GetAsAsync<List<RegionNodeDto>>("/api/regions/tree")).Select(r => r.Name).ShouldBe(["南通市"]);
        foreach (var foreign in new[] { People.Yangzhou.Tenant.Id, People.Jiangsu.Tenant.Id, People.Ganzhou.Tenant.Id })
        {
            (await Nantong.GetAsync(new Uri($"/api/regions/tree?parentId={foreign}", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        }

        // Other tests of the class onboard further provinces.
        var provinces = await app.As(People.Operator).GetAsAsync<List<RegionNodeDto>>("/api/regions/tree");
        provinces.ShouldAllBe(r => r.Level == RegionLevel.Province);
        provinces.Select(r => r.ShortName).Where(n => n is "江苏" or "江西").ShouldBe(["江苏", "江西"]);
    }

    [Fact]
    public async Task Offices_AreAddedRenamedOrderedAndRetired()
    {
        var offices = $"/api/regions/{People.Nantong.Tenant.Id}/offices";
        var first = await Nantong.PostAsAsync<OfficeDto>(offices, new CreateOfficeDto("南通市甲局", "甲局"));
        var second = await Nantong.PostAsAsync<OfficeDto>(offices, new CreateOfficeDto("南通市乙局", "乙局"));
        second.Order.ShouldBe(first.Order + 1);
        (await Nantong.PostAsJsonAsync(offices, new CreateOfficeDto("南通市甲局", "又一个")).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.OfficeNameTaken));
        (await Nantong.PostAsJsonAsync(offices, new CreateOfficeDto(" ", null)).RefusalAsync()).ShouldBe((400, "Platform:InvalidInput"));

        var renamed = await Nantong.PostAsAsync<OfficeDto>($"/api/offices/{first.Id}/rename", new RenameOfficeDto("南通市丙局", "丙局", first.ConcurrencyStamp));
        renamed.Name.ShouldBe("南通市丙局");
        (await Nantong.PostAsJsonAsync($"/api/offices/{first.Id}/rename", new RenameOfficeDto("南通市丁局", "丁局", first.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));

        var present = (await Nantong.GetAsAsync<List<OfficeDto>>(offices)).Select(o => o.Id).ToList();
        present.Reverse();
        (await Nantong.PostAsAsync<List<OfficeDto>>($"{offices}/reorder", new ReorderOfficesDto(present))).Select(o => o.Id).ShouldBe(present);
        (await Nantong.PostAsJsonAsync($"{offices}/reorder", new ReorderOfficesDto([.. present, present[0]])).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.OrderIncomplete));

        var stamp = (await Nantong.GetAsAsync<List<OfficeDto>>(offices)).Single(o => o.Id == first.Id).ConcurrencyStamp;
        var retired = await Nantong.PostAsAsync<OfficeDto>($"/api/offices/{first.Id}/retire", new RetireOfficeDto(stamp));
        (await Nantong.PostAsJsonAsync($"/api/offices/{first.Id}/retire", new RetireOfficeDto(retired.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.OfficeRetired));
        (await Nantong.GetAsAsync<List<OfficeDto>>(offices)).ShouldNotContain(o => o.Id == first.Id);
        (await Nantong.GetAsAsync<List<OfficeDto>>($"{offices}?includeRetired=true")).Last().Id.ShouldBe(first.Id);
        await app.AsAsync(People.Nantong.Administrator, async services =>
        {
            var directory = services.GetRequiredService<IOfficeDirectory>();
            (await directory.OfRegionAsync(People.Nantong.Tenant.Id, default)).ShouldNotContain(o => o.Id == first.Id);
            (await directory.FindAsync([first.Id], default))[first.Id].Name.ShouldBe("南通市丙局");
            return true;
        });
    }

    [Fact]
    public async Task Offices_OfASibling_Are404AndUnchanged()
    {
        var office = await Nantong.PostAsAsync<OfficeDto>($"/api/regions/{People.Nantong.Tenant.Id}/offices", new CreateOfficeDto("南通市自家局", "自家局"));
        foreach (var foreigner in new[] { People.Yangzhou.Administrator, People.Jiangxi.Administrator })
        {
            var client = app.As(foreigner);
            (await client.GetAsync(new Uri($"/api/regions/{People.Nantong.Tenant.Id}/offices", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.PostAsJsonAsync($"/api/regions/{People.Nantong.Tenant.Id}/offices", new CreateOfficeDto("x", "x")).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.PostAsJsonAsync($"/api/regions/{People.Nantong.Tenant.Id}/offices/reorder", new ReorderOfficesDto([office.Id])).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.PostAsJsonAsync($"/api/offices/{office.Id}/rename", new RenameOfficeDto("x", "x", office.ConcurrencyStamp)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.PostAsJsonAsync($"/api/offices/{office.Id}/retire", new RetireOfficeDto(office.ConcurrencyStamp)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        }

        (await Nantong.GetAsAsync<List<OfficeDto>>($"/api/regions/{People.Nantong.Tenant.Id}/offices")).ShouldContain(office);
        ((int)(await app.As(People.Nantong.Coordinator).PostAsJsonAsync($"/api/offices/{office.Id}/retire", new RetireOfficeDto(office.ConcurrencyStamp))).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task Offices_OfACityChangedByItsProvince_AreAuditedForBoth()
    {
        var offices = $"/api/regions/{People.Nantong.Tenant.Id}/offices";
        await app.As(People.Jiangsu.Administrator).PostAsAsync<OfficeDto>(offices, new CreateOfficeDto("南通市由省加的局", "省加局"));
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var entry = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
                .Where(a => a.SubjectId == offices && a.ActorTenantPath == "/32/" && a.Kind == AuditKind.Request).SingleAsync();
            entry.TenantPath.ShouldBe("/32/3206/");
        });
    }

    [Fact]
    public async Task Zone_StandsBehindItsSiblings_AndBecomesATenantWhenActivated()
    {
        var path = $"/api/regions/{People.Nantong.Tenant.Id}/regions";
        var zone = await Nantong.PostAsAsync<RegionNodeDto>(path, new { code = "3206kfq", name = "南通经济技术开发区", shortName = "南通开发区", level = "County" });
        zone.IsActive.ShouldBeFalse();
        zone.IsAdded.ShouldBeTrue();
        (await Nantong.GetAsAsync<List<RegionNodeDto>>($"/api/regions/tree?parentId={People.Nantong.Tenant.Id}")).Last().ShouldBe(zone);
        (await Nantong.PostAsJsonAsync(path, new { code = "3206kfq", name = "x", shortName = "x", level = "County" }).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.CodeTaken));

        var town = await Nantong.PostAsAsync<RegionNodeDto>($"/api/regions/{zone.Id}/regions", new { code = "3206kfq01", name = "竹行街道", shortName = "竹行", level = "Town" });
        (await Nantong.PostAsAsync<RegionNodeDto>($"/api/regions/{zone.Id}/activate")).IsActive.ShouldBeTrue();
        (await Nantong.PostAsAsync<RegionNodeDto>($"/api/regions/{zone.Id}/activate")).IsActive.ShouldBeTrue();

        var map = await app.Services.GetRequiredService<IRegionDirectory>().GetAsync();
        map.Find(town.Id)!.Path.ShouldBe("/32/3206/3206kfq/3206kfq01/");
        var order = map.All.Select(r => r.Code).ToList();
        order.IndexOf("3206kfq").ShouldBeGreaterThan(order.IndexOf("320685"));
        order.IndexOf("3206kfq").ShouldBeLessThan(order.IndexOf("3207"));
    }

    [Theory]
    [InlineData("3210kfq", "County", 400, "Platform:InvalidInput")]
    [InlineData("320699", "County", 400, "Platform:InvalidInput")]
    [InlineData("3206/x", "County", 400, "Platform:InvalidInput")]
    [InlineData("3206KFQ", "County", 400, "Platform:InvalidInput")]
    [InlineData("3206t1", "Town", 409, RegionsErrorCodes.LevelNotAllowed)]
    public async Task Zone_WithWrongCodeOrLevel_IsRefused(string code, string level, int status, string error) =>
        (await Nantong.PostAsJsonAsync($"/api/regions/{People.Nantong.Tenant.Id}/regions", new { code, name = "x", shortName = "x", level }).RefusalAsync()).ShouldBe((status, error));

    [Fact]
    public async Task Regions_OfASibling_CannotBeAddedToOrActivated()
    {
        var rugao = RegionIds.Of("320682");
        var yangzhou = app.As(People.Yangzhou.Administrator);
        (await yangzhou.PostAsJsonAsync($"/api/regions/{People.Nantong.Tenant.Id}/regions", new { code = "3206abc", name = "x", shortName = "x", level = "County" }).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        (await yangzhou.PostAsync(new Uri($"/api/regions/{rugao}/activate", UriKind.Relative), null).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        (await app.Services.GetRequiredService<IRegionDirectory>().GetAsync()).Find(rugao)!.IsActive.ShouldBeFalse();
        (await Nantong.PostAsAsync<RegionNodeDto>($"/api/regions/{rugao}/activate")).IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task Provinces_AreAllOfTheCountry_ForTheOperatorAlone()
    {
        await using var host = Host(new TestAdministrators());
        var provinces = await On(host, People.Operator).GetAsAsync<List<ProvinceDto>>("/api/onboarding/provinces");
        provinces.Count.ShouldBeGreaterThanOrEqualTo(31);
        provinces[0].Name.ShouldBe("北京市");
        provinces.Single(p => p.Code == "32").ShouldBe(new ProvinceDto("32", "江苏省", 13, true, false));
        provinces.Single(p => p.Code == "44").IsOnboarded.ShouldBeFalse();
        ((int)(await On(host, People.Jiangsu.Administrator).GetAsync(new Uri("/api/onboarding/provinces", UriKind.Relative))).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task Onboard_MakesTenantsAndInvites_OnceHoweverOftenClicked()
    {
        var administrators = new TestAdministrators();
        await using var host = Host(administrators);
        var body = new OnboardProvinceDto("zj.admin", "浙江管理员");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => On(host, People.Operator).PostAsJsonAsync("/api/onboarding/provinces/33", body)));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        answers.Where(a => !a.IsSuccessStatusCode).ShouldAllBe(a => (int)a.StatusCode == 409);
        var onboarded = System.Text.Json.JsonSerializer.Deserialize<OnboardedProvinceDto>(
            await answers.Single(a => a.IsSuccessStatusCode).Content.ReadAsStringAsync(), PilotPlatformApp.Json)!;
        onboarded.Province.ShouldBe(new ProvinceDto("33", "浙江省", 11, true, true));
        administrators.Invited.ShouldHaveSingleItem().ShouldBe((RegionIds.Of("33"), "zj.admin", onboarded.InitialPassword));
        onboarded.InitialPassword.Length.ShouldBe(16);

        var map = await host.Services.GetRequiredService<IRegionDirectory>().GetAsync();
        map.ChildrenOf(RegionIds.Of("33")).Count(c => c.IsActive).ShouldBe(11);
        map.FindByCode("3301")!.Path.ShouldBe("/33/3301/");
    }

    [Fact]
    public async Task Onboard_WhenUserNameIsTaken_SaysSo_AndMayBeRepeated()
    {
        var administrators = new TestAdministrators("taken");
        await using var host = Host(administrators);
        var client = On(host, People.Operator);
        (await client.PostAsJsonAsync("/api/onboarding/provinces/34", new OnboardProvinceDto("taken", "某人")).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.UserNameTaken));
        (await client.PostAsAsync<OnboardedProvinceDto>("/api/onboarding/provinces/34", new OnboardProvinceDto("ah.admin", "安徽管理员"))).Province.HasAdministrator.ShouldBeTrue();
        (await client.PostAsJsonAsync("/api/onboarding/provinces/99", new OnboardProvinceDto("a", "b")).RefusalAsync()).ShouldBe((404, RegionsErrorCodes.UnknownProvince));
        (await client.PostAsJsonAsync("/api/onboarding/provinces/35", new OnboardProvinceDto("", null)).RefusalAsync()).ShouldBe((400, "Platform:InvalidInput"));
    }

    [Fact]
    public async Task Onboard_WithTheRealAccounts_MakesAnAdministratorWhoMustChangeThePassword()
    {
        var client = app.As(People.Operator);
        var onboarded = await client.PostAsAsync<OnboardedProvinceDto>("/api/onboarding/provinces/37", new OnboardProvinceDto("sd.admin", "山东管理员"));
        onboarded.Province.HasAdministrator.ShouldBeTrue();
        (await client.PostAsJsonAsync("/api/onboarding/provinces/37", new OnboardProvinceDto("sd.other", "另一人")).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.AlreadyOnboarded));
        (await client.PostAsJsonAsync("/api/onboarding/provinces/41", new OnboardProvinceDto("sd.admin", "河南管理员")).RefusalAsync()).ShouldBe((409, RegionsErrorCodes.UserNameTaken));

        var browser = app.As(null);
        var session = await browser.GetAsync(new Uri("/api/session", UriKind.Relative));
        var token = session.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("XSRF-TOKEN=", StringComparison.Ordinal)).Split(';')[0]["XSRF-TOKEN=".Length..];
        browser.DefaultRequestHeaders.Add("X-XSRF-TOKEN", Uri.UnescapeDataString(token));
        var signedIn = await browser.PostAsJsonAsync("/api/account/sign-in", new { userName = "sd.admin", password = onboarded.InitialPassword });
        (await signedIn.Content.ReadAsStringAsync()).ShouldContain("\"mustChangePassword\":true");
    }

    [Fact]
    public void InitialPasswords_DifferAndHaveEveryKindOfCharacter()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => InitialPasswords.New()).ToList();
        passwords.Distinct().Count().ShouldBe(200);
        passwords.ShouldAllBe(p => p.Any(char.IsLower) && p.Any(char.IsUpper) && p.Any(char.IsDigit) && p.Any(c => !char.IsLetterOrDigit(c)));
    }

    [Fact]
    public async Task DemoRegions_RunTwice_AddNothingTwice()
    {
        for (var run = 0; run < 2; run++)
        {
            await app.AsSystemAsync(TenantRef.Root, services =>
                services.GetServices<IDemoSeeder>().Single(s => s.GetType().Name == "DemoRegions").SeedDemoAsync(default));
        }

        var offices = await app.As(People.Yangzhou.Leader).GetAsAsync<List<OfficeDto>>($"/api/regions/{People.Yangzhou.Tenant.Id}/offices");
        offices.Count(o => o.Name == "扬州市政务服务管理办公室").ShouldBe(1);
        offices[0].ShortName.ShouldBe("市政务办");
    }

    private WebApplicationFactory<Program> Host(TestAdministrators administrators) => app.WithWebHostBuilder(builder =>
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IFirstAdministrators>(administrators))));

    private HttpClient On(WebApplicationFactory<Program> host, Persona persona)
    {
        var client = host.CreateClient();
        foreach (var (name, values) in app.As(persona).DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.Add(name, values);
        }

        return client;
    }

    /// <summary>Keeps accounts as the Identity module will: by name, each in one region.</summary>
    private sealed class TestAdministrators(params string[] taken) : IFirstAdministrators
    {
        private readonly ConcurrentDictionary<string, Guid> byName = new(taken.ToDictionary(t => t, _ => Guid.Empty));

        public ConcurrentBag<(Guid RegionId, string UserName, string Password)> Invited { get; } = [];

        public Task<IReadOnlySet<Guid>> WhichHaveOneAsync(IReadOnlyCollection<Guid> regionIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlySet<Guid>>(regionIds.Intersect(byName.Values).ToHashSet());

        public Task<bool> InviteAsync(Guid regionId, string userName, string displayName, string initialPassword, CancellationToken cancellationToken)
        {
            if (!byName.TryAdd(userName, regionId))
            {
                return Task.FromResult(false);
            }

            Invited.Add((regionId, userName, initialPassword));
            return Task.FromResult(true);
        }
    }
}
