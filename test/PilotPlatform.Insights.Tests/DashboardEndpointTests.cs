using PilotPlatform.Assessment;
using PilotPlatform.Deadlines;
using PilotPlatform.Insights.Dashboard;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Replication;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

public sealed class DashboardEndpointTests(InsightsApp app) : IClassFixture<InsightsApp>, IAsyncLifetime
{
    private static readonly string Address = $"/api/insights/dashboard?programmeId={Given.Id("p")}";

    public Task InitializeAsync()
    {
        var modules = app.Modules;
        modules.Programmes.Clear();
        modules.Themes.Clear();
        modules.Pilots.Clear();
        modules.Results.Clear();
        modules.Practices.Clear();
        modules.Programmes.AddRange([Given.Programme(), Given.Programme("draft", ProgrammeStatus.Draft)]);
        modules.Themes.AddRange([Given.Theme(1), Given.Theme(2)]);
        var certified = Given.Pilot("nt2", 2, People.Nantong.Tenant, PilotStatus.Concluded, outcome: PilotOutcome.Certified, submittedOn: Given.Due);
        modules.Pilots.AddRange(
        [
            Given.Pilot("nt1", 1, People.Nantong.Tenant, light: StatusLight.Amber, part: "如皋市"),
            certified,
            Given.Pilot("yz1", 1, People.Yangzhou.Tenant, light: StatusLight.Red),
            Given.Pilot("nj2", 2, People.Nanjing.Tenant, PilotStatus.UnderAssessment, submittedOn: Given.Due),
        ]);
        modules.Results[certified.Id] = new PublishedResult(certified.Id, 91.25m, true, "评语", DateTime.UnixEpoch);
        modules.Practices.Add(new PracticeCount(certified.Id, Given.Id("practice"), 3));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Dashboard_AsIssuer_ShowsEveryRegionInAdministrativeOrder()
    {
        var dashboard = await app.As(People.Jiangsu.Leader).GetAsAsync<DashboardDto>(Address);
        dashboard.IsWhole.ShouldBeTrue();
        dashboard.Programme.IssuerName.ShouldBe("江苏省");
        dashboard.MapAdcode.ShouldBe("320000");
        dashboard.Regions.Select(r => r.ShortName).ShouldBe(
            ["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"]);
        dashboard.Areas.Single(a => a.Name == "南通市").Adcode.ShouldBe("320600");
        dashboard.Totals.ShouldBe(new LightTotalsDto(4, 2, 0, 1, 1));
        dashboard.Achievements.ShouldBe(new AchievementsDto(1, 1, 0, 0, 1, 1, 3));
    }

    [Fact]
    public async Task Dashboard_AsCity_ShowsItsOwnPilotsAndNothingOfSiblings()
    {
        var client = app.As(People.Nantong.Coordinator);
        var dashboard = await client.GetAsAsync<DashboardDto>(Address);
        dashboard.IsWhole.ShouldBeFalse();
        dashboard.Regions.Select(r => r.Name).ShouldBe(["南通市"]);
        dashboard.Areas.Select(a => a.Name).ShouldBe(["南通市"]);
        dashboard.Totals.ShouldBe(new LightTotalsDto(2, 1, 0, 1, 0));
        dashboard.Cells.SelectMany(c => c.Pilots).Count().ShouldBe(2);

        var text = await client.GetStringAsync(new Uri(Address, UriKind.Relative));
        text.ShouldNotContain("扬州");
        text.ShouldNotContain("南京");
        text.ShouldNotContain(Given.Id("pilot:yz1").ToString());
    }

    [Fact]
    public async Task Dashboard_AsksEachModuleOnce_AndTheDatabaseNothingOfItsOwn()
    {
        // The picture of the regions is kept in memory; the first request of a while may read it.
        await app.As(People.Jiangsu.Leader).GetAsAsync<DashboardDto>(Address);
        app.Modules.ForgetCalls();
        app.Sql.Reset();
        await app.As(People.Jiangsu.Leader).GetAsAsync<DashboardDto>(Address);
        app.Modules.Asked.ShouldBe(["programme", "themes", "pilots", "results", "practices"]);
        app.Sql.Statements.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dashboard_OfUnknownProgramme_Is404() =>
        (await app.As(People.Jiangsu.Leader).GetAsync(Relative($"/api/insights/dashboard?programmeId={Given.Id("nowhere")}")).RefusalAsync())
            .ShouldBe((404, "Platform:NotFound"));

    [Fact]
    public async Task Dashboard_WithoutProgramme_Is400() =>
        (await app.As(People.Jiangsu.Leader).GetAsync(Relative("/api/insights/dashboard")).RefusalAsync()).Status.ShouldBe(400);

    [Fact]
    public async Task Dashboard_AsAssessor_IsForbidden()
    {
        (await app.As(People.Jiangsu.Assessor).GetAsync(Relative(Address)).RefusalAsync()).ShouldBe((403, "Platform:Forbidden"));
        (await app.As(People.Jiangsu.Assessor).GetAsync(Relative("/api/insights/programmes")).RefusalAsync()).ShouldBe((403, "Platform:Forbidden"));
        (await app.As(null).GetAsync(Relative(Address)).RefusalAsync()).ShouldBe((401, "Platform:NotSignedIn"));
    }

    [Fact]
    public async Task Programmes_AreThoseThatWereIssued()
    {
        var programme = (await app.As(People.Jiangsu.Leader).GetAsAsync<List<DashboardProgrammeDto>>("/api/insights/programmes")).ShouldHaveSingleItem();
        programme.Id.ShouldBe(Given.Id("p"));
        programme.DueDate.ShouldBe(Given.Due);
        programme.IsDueSoft.ShouldBeTrue();
    }

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}
