using PilotPlatform.Assessment;
using PilotPlatform.Deadlines;
using PilotPlatform.Insights.Dashboard;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

/// <summary>The rules that people get wrong, one by one.</summary>
public sealed class DashboardBuilderTests
{
    private static readonly RegionMap Regions = new(
    [
        Region("32", "江苏省", RegionLevel.Province, "/32/", null, 1),
        Region("3206", "南通市", RegionLevel.City, "/32/3206/", "32", 20),
        Region("320682", "如皋市", RegionLevel.County, "/32/3206/320682/", "3206", 21),
        Region("3206z1", "某开发区", RegionLevel.County, "/32/3206/3206z1/", "3206", 22),
        Region("3210", "扬州市", RegionLevel.City, "/32/3210/", "32", 30),
        Region("3299", "未开通市", RegionLevel.City, "/32/3299/", "32", 40, isActive: false),
    ]);

    [Fact]
    public void Cell_WithTwoPartsOfARegion_HoldsBothAndTotalsCountBoth()
    {
        var dashboard = Build(
            Given.Pilot("a", 1, People.Nantong.Tenant, part: "如皋市"),
            Given.Pilot("b", 1, People.Nantong.Tenant, part: "海安市"));
        dashboard.Cells.ShouldHaveSingleItem().Pilots.Select(p => p.PartName).ShouldBe(["如皋市", "海安市"], ignoreOrder: true);
        dashboard.Themes.Single(t => t.Order == 1).Totals.Total.ShouldBe(2);
    }

    [Fact]
    public void WithdrawnPilot_CountsOnlyAsWithdrawn()
    {
        var dashboard = Build(Given.Pilot("a", 1, People.Nantong.Tenant, PilotStatus.Withdrawn), Given.Pilot("b", 1, People.Nantong.Tenant));
        dashboard.Totals.Total.ShouldBe(1);
        dashboard.Withdrawn.ShouldBe(1);
        dashboard.Statuses.ShouldNotContain(s => s.Status == PilotStatus.Withdrawn);
    }

    [Fact]
    public void Columns_AreActiveRegionsBelowTheIssuer_AlsoThoseWithoutAPilot() =>
        Build().Regions.Select(r => r.ShortName).ShouldBe(["南通", "扬州"]);

    [Fact]
    public void CountysPilot_HasItsOwnColumn_AndColoursItsCity()
    {
        var dashboard = Build(Given.Pilot("a", 1, new TenantRef(RegionIds.Of("320682"), "/32/3206/320682/"), PilotStatus.Submitted));
        dashboard.Regions.Select(r => r.Name).ShouldBe(["南通市", "如皋市", "扬州市"]);
        dashboard.Areas.Select(a => (a.Name, a.Adcode, a.Total, a.Submitted)).ShouldBe([("南通市", "320600", 1, 1), ("扬州市", "321000", 0, 0)]);
    }

    [Fact]
    public void ThemeThatWasDropped_KeepsItsRowWhilePilotsAreInForce()
    {
        var dashboard = Build(Given.Pilot("a", 9, People.Nantong.Tenant));
        dashboard.Themes[^1].Title.ShouldBe("主题9");
        dashboard.Themes[^1].Totals.Total.ShouldBe(1);
    }

    [Theory]
    [InlineData("3206", "320600")]
    [InlineData("32", "320000")]
    [InlineData("320682", "320682")]
    [InlineData("3206z1", null)]
    [InlineData("", null)]
    public void Adcode_OfRegionCode_HasSixDigitsOrIsNone(string code, string? adcode) => DashboardBuilder.AdcodeOf(code).ShouldBe(adcode);

    [Fact]
    public void Timeliness_CountsThoseWhoseDayHasCome()
    {
        var due = Given.Due;
        var dashboard = BuildOn(
            due.AddDays(1),
            Given.Pilot("early", 1, People.Nantong.Tenant, PilotStatus.Submitted, submittedOn: due.AddDays(-30)),
            Given.Pilot("last day", 1, People.Nantong.Tenant, PilotStatus.Submitted, submittedOn: due),
            Given.Pilot("made up", 1, People.Nantong.Tenant, PilotStatus.Submitted, StatusLight.Yellow, submittedOn: due.AddDays(1)),
            Given.Pilot("open", 1, People.Yangzhou.Tenant, PilotStatus.Running, StatusLight.Amber),
            Given.Pilot("halted", 1, People.Yangzhou.Tenant, PilotStatus.Suspended),
            Given.Pilot("later", 1, People.Yangzhou.Tenant, deadline: new Deadline(due.AddDays(60), DuePrecision.Day, false)));
        dashboard.Timeliness.ShouldBe(new TimelinessDto(2, 2, 0.5m));
    }

    [Fact]
    public void Timeliness_BeforeAnyDay_HasNoRate() =>
        BuildOn(Given.Due, Given.Pilot("open", 1, People.Nantong.Tenant)).Timeliness.ShouldBe(new TimelinessDto(0, 0, null));

    [Fact]
    public void Result_StandsInTheCellOnceItIsPublished()
    {
        var pilot = Given.Pilot("a", 1, People.Nantong.Tenant, PilotStatus.UnderAssessment);
        Build(pilot).Cells[0].Pilots[0].Result.ShouldBeNull();
        var facts = Facts(Given.Due, pilot) with
        {
            Results = new Dictionary<Guid, PublishedResult> { [pilot.Id] = new(pilot.Id, 87.5m, true, "", DateTime.UnixEpoch) },
        };
        DashboardBuilder.Build(facts).Cells[0].Pilots[0].Result.ShouldBe(87.5m);
    }

    private static DashboardDto Build(params PilotSummary[] pilots) => BuildOn(Given.Due, pilots);

    private static DashboardDto BuildOn(DateOnly today, params PilotSummary[] pilots) => DashboardBuilder.Build(Facts(today, pilots));

    private static DashboardFacts Facts(DateOnly today, params PilotSummary[] pilots) => new(
        People.Jiangsu.Tenant, today, Regions, Given.Programme(), [Given.Theme(1), Given.Theme(2)], pilots, new Dictionary<Guid, PublishedResult>(), []);

    private static RegionInfo Region(string code, string name, RegionLevel level, string path, string? parent, int order, bool isActive = true) => new(
        RegionIds.Of(code), code, name, ChinaDivisions.ShortNameOf(name), level, path, parent is null ? null : RegionIds.Of(parent), order, isActive);
}
