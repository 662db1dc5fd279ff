using PilotPlatform.Insights.Dashboard;
using PilotPlatform.Insights.Workbench;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

/// <summary>The read models over the real modules, on the demo: 10 themes, 27 assignments, 13 cities.</summary>
public sealed class DashboardChainTests(DemoWorld app) : IClassFixture<DemoWorld>
{
    [Fact]
    public async Task Dashboard_OfTheDemo_HasTenThemesAnd27PilotsOver13Cities()
    {
        var dashboard = await ReadAsync(People.Jiangsu.Leader);
        dashboard.Themes.Count.ShouldBe(10);
        dashboard.Totals.Total.ShouldBe(27);
        dashboard.Regions.Select(r => (r.ShortName, r.Totals.Total)).ShouldBe(
        [
            ("南京", 2), ("无锡", 2), ("徐州", 2), ("常州", 2), ("苏州", 2), ("南通", 3), ("连云港", 2),
            ("淮安", 2), ("盐城", 2), ("扬州", 2), ("镇江", 2), ("泰州", 2), ("宿迁", 2),
        ]);
        dashboard.Themes.Sum(t => t.Totals.Total).ShouldBe(27);
        dashboard.Areas.Select(a => a.Adcode).ShouldAllBe(a => a!.Length == 6 && a.StartsWith("32", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_AsCity_IsItsOwn()
    {
        var dashboard = await ReadAsync(People.Yangzhou.Coordinator);
        dashboard.Themes.Count.ShouldBe(10);
        dashboard.Regions.Select(r => r.Name).ShouldBe(["扬州市"]);
        dashboard.Totals.Total.ShouldBe(2);
    }

    [Fact]
    public async Task Dashboard_AsAnotherProvince_IsNotThere()
    {
        var id = await ProgrammeAsync(People.Jiangsu.Leader);
        (await app.As(People.Ganzhou.Coordinator).GetAsync(new Uri($"/api/insights/dashboard?programmeId={id}", UriKind.Relative)).RefusalAsync())
            .ShouldBe((404, "Platform:NotFound"));
        (await app.As(People.Ganzhou.Coordinator).GetAsAsync<List<DashboardProgrammeDto>>("/api/insights/programmes")).ShouldNotContain(p => p.Id == id);
    }

    [Fact]
    public async Task Dashboard_TakesAtMostTenStatements()
    {
        var id = await ProgrammeAsync(People.Jiangsu.Leader);
        app.Sql.Reset();
        await app.As(People.Jiangsu.Leader).GetAsAsync<DashboardDto>($"/api/insights/dashboard?programmeId={id}");
        app.Sql.Statements.Count.ShouldBeInRange(1, 10, string.Join("\n\n", app.Sql.Statements));
    }

    [Fact]
    public async Task Workbench_OfEveryone_HasOnlyTextsThatAreThere()
    {
        foreach (var persona in new[] { People.Jiangsu.Coordinator, People.Jiangsu.Leader, People.Jiangsu.Assessor, People.Nantong.Coordinator, People.Ganzhou.Coordinator })
        {
            var workbench = await app.As(persona).GetAsAsync<WorkbenchDto>("/api/workbench");
            workbench.Groups.ShouldAllBe(g => !g.Text.StartsWith("WorkItem:", StringComparison.Ordinal));
            workbench.Items.ShouldAllBe(i => i.RegionName.Length > 0 && i.Link.StartsWith('/'));
        }

        var city = await app.As(People.Nantong.Coordinator).GetAsAsync<WorkbenchDto>("/api/workbench");
        city.Total.ShouldBeGreaterThan(0);
        city.Items.ShouldAllBe(i => i.RegionId == People.Nantong.Tenant.Id);
    }

    private async Task<DashboardDto> ReadAsync(Persona persona) =>
        await app.As(persona).GetAsAsync<DashboardDto>($"/api/insights/dashboard?programmeId={await ProgrammeAsync(persona)}");

    /// <summary>The demo's first programme: the one that is due next.</summary>
    private async Task<Guid> ProgrammeAsync(Persona persona) =>
        (await app.As(persona).GetAsAsync<List<DashboardProgrammeDto>>("/api/insights/programmes")).OrderBy(p => p.DueDate).First().Id;
}
