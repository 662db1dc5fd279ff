using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Assessment;
using PilotPlatform.Deadlines;
using PilotPlatform.Insights.Dashboard;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Replication;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

/// <summary>Whatever the pilots are, the dashboard's figures add up and keep the order.</summary>
public sealed class DashboardPropertyTests
{
    private static readonly DateOnly Start = new(2023, 1, 1);

    /// <summary>The test's own tree: Jiangsu with its cities and counties, and one zone with a code of its own.</summary>
    private static readonly RegionMap Regions = new(
    [
        .. ChinaDivisions.All.Where(d => d.Code.StartsWith("32", StringComparison.Ordinal)).Select(d => new RegionInfo(
            RegionIds.Of(d.Code), d.Code, d.Name, ChinaDivisions.ShortNameOf(d.Name), (RegionLevel)d.Level, PathOf(d.Code),
            d.ParentCode is { } parent ? RegionIds.Of(parent) : null, d.Order, d.Level != DivisionLevel.County)),
        new RegionInfo(
            RegionIds.Of("3206z1"), "3206z1", "南通某开发区", "某开发区", RegionLevel.County, "/32/3206/3206z1/", RegionIds.Of("3206"), int.MaxValue - 1, true),
    ]);

    private static readonly TenantRef[] Viewers = [People.Jiangsu.Tenant, People.Nantong.Tenant, People.Yangzhou.Tenant, People.Ganzhou.Tenant, TenantRef.Root];

    private static readonly Gen<DashboardFacts> Facts =
        from pilots in PilotGen().ListOf()
        from today in Gen.Choose(0, 500)
        from viewer in Gen.Elements(Viewers)
        from themes in Gen.Choose(0, 6)
        from adoptions in Gen.Choose(0, 9)
        let numbered = pilots.Select((p, i) => p with { Id = Given.Id($"pilot:{i}") }).ToList()
        select new DashboardFacts(
            viewer, Start.AddDays(today), Regions, Given.Programme(), [.. Enumerable.Range(1, themes).Select(t => Given.Theme(t))], numbered,
            numbered.Where(p => p.Status == PilotStatus.Concluded).ToDictionary(p => p.Id, p => new PublishedResult(p.Id, 80, true, "", DateTime.UnixEpoch)),
            [.. numbered.Where(p => p.Outcome == PilotOutcome.Certified).Select(p => new PracticeCount(p.Id, p.Id, adoptions))]);

    [Fact]
    public void Totals_OfAnyPilots_AddUp() => ForAll(facts =>
    {
        var dashboard = DashboardBuilder.Build(facts);
        var total = dashboard.Totals.Total;
        var expected = facts.Pilots.Where(p => facts.Viewer.Covers(p.Region) && p.Status != PilotStatus.Withdrawn).Select(p => p.Id).ToHashSet();

        total.ShouldBe(expected.Count);
        dashboard.Cells.SelectMany(c => c.Pilots).Select(p => p.Id).ShouldBe(expected, ignoreOrder: true);
        dashboard.Themes.Sum(t => t.Totals.Total).ShouldBe(total);
        dashboard.Regions.Sum(r => r.Totals.Total).ShouldBe(total);
        dashboard.Statuses.Sum(s => s.Count).ShouldBe(total);
        dashboard.Areas.Sum(a => a.Total).ShouldBe(total);
        (total + dashboard.Withdrawn).ShouldBe(facts.Pilots.Count(p => facts.Viewer.Covers(p.Region)));

        foreach (var theme in dashboard.Themes)
        {
            theme.Totals.Total.ShouldBe(dashboard.Cells.Where(c => c.ThemeId == theme.Id).Sum(c => c.Pilots.Count));
        }

        foreach (var region in dashboard.Regions)
        {
            region.Totals.Total.ShouldBe(dashboard.Cells.Where(c => c.RegionId == region.Id).Sum(c => c.Pilots.Count));
        }

        foreach (var lights in dashboard.Themes.Select(t => t.Totals).Concat(dashboard.Regions.Select(r => r.Totals)).Append(dashboard.Totals))
        {
            (lights.Green + lights.Yellow + lights.Amber + lights.Red).ShouldBe(lights.Total);
        }

        dashboard.Themes.Sum(t => t.Totals.Red).ShouldBe(dashboard.Totals.Red);
        dashboard.Regions.Sum(r => r.Totals.Red).ShouldBe(dashboard.Totals.Red);
    });

    [Fact]
    public void Achievements_OfAnyPilots_AddUp() => ForAll(facts =>
    {
        var dashboard = DashboardBuilder.Build(facts);
        var done = dashboard.Achievements;
        done.Concluded.ShouldBe(dashboard.Statuses.Single(s => s.Status == PilotStatus.Concluded).Count);
        (done.Certified + done.Completed + done.NotPassed).ShouldBe(done.Concluded);
        done.ResultsPublished.ShouldBe(done.Concluded);
        done.Practices.ShouldBe(done.Certified);
        done.Adoptions.ShouldBe(done.Practices * (facts.Practices.Count == 0 ? 0 : facts.Practices[0].Adoptions));
    });

    [Fact]
    public void Shares_OfAnyPilots_LieBetweenNoneAndAll() => ForAll(facts =>
    {
        var dashboard = DashboardBuilder.Build(facts);
        var late = dashboard.Timeliness;
        (late.OnTime + late.Late).ShouldBeLessThanOrEqualTo(dashboard.Totals.Total);
        (late.Rate is null).ShouldBe(late.OnTime + late.Late == 0);
        foreach (var area in dashboard.Areas)
        {
            area.Submitted.ShouldBeInRange(0, area.Total);
            (area.Share is null).ShouldBe(area.Total == 0);
        }

        dashboard.Areas.Sum(a => a.Submitted).ShouldBe(dashboard.Statuses
            .Where(s => s.Status is PilotStatus.Submitted or PilotStatus.UnderAssessment or PilotStatus.Concluded).Sum(s => s.Count));
    });

    [Fact]
    public void Order_OfAnyPilots_IsThatOfTheNoticeAndTheAdministrativeOne() => ForAll(facts =>
    {
        var dashboard = DashboardBuilder.Build(facts);
        dashboard.Themes.Select(t => t.Order).ShouldBeInOrder();
        dashboard.Regions.Select(r => Regions.Find(r.Id)!.AdministrativeOrder).ShouldBeInOrder();
        dashboard.Areas.Select(a => Regions.Find(a.RegionId)!.AdministrativeOrder).ShouldBeInOrder();
        dashboard.Regions.Select(r => r.Id).ShouldBeUnique();
        dashboard.Themes.Select(t => t.Id).ShouldBeUnique();
    });

    [Fact]
    public void Viewer_OfAnyPilots_SeesTheSameWhateverSiblingsDo() => ForAll(facts =>
    {
        // The dashboard of a city is a function of its own pilots alone: taking all others away changes not a byte.
        var alone = facts with { Pilots = [.. facts.Pilots.Where(p => facts.Viewer.Covers(p.Region))] };
        Serialise(DashboardBuilder.Build(facts)).ShouldBe(Serialise(DashboardBuilder.Build(alone)));
    });

    private static string Serialise(DashboardDto dashboard) => System.Text.Json.JsonSerializer.Serialize(dashboard, PilotPlatformApp.Json);

    private static void ForAll(Action<DashboardFacts> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Facts.ToArbitrary(), holds));

    private static string PathOf(string code) => code.Length switch
    {
        2 => $"/{code}/",
        4 => $"/{code[..2]}/{code}/",
        _ => $"/{code[..2]}/{code[..4]}/{code}/",
    };

    private static Gen<PilotSummary> PilotGen() =>
        from theme in Gen.Choose(1, 8)
        from region in Gen.Elements(Regions.All.Where(r => r.Level != RegionLevel.Province).ToArray())
        from status in Gen.Elements(Enum.GetValues<PilotStatus>())
        from outcome in Gen.Elements(Enum.GetValues<PilotOutcome>())
        from light in Gen.Elements(Enum.GetValues<StatusLight>())
        from submitted in Gen.Choose(-200, 400)
        from due in Gen.Choose(-50, 400)
        from part in Gen.Elements("如皋市", "海安市", "")
        select Given.Pilot(
            "x", theme, region.Tenant, status, light, status == PilotStatus.Concluded ? outcome : null,
            submitted < 0 ? null : Start.AddDays(submitted), part.Length == 0 ? null : part) with
        {
            Deadline = due < 0 ? null : new Deadline(Start.AddDays(due), DuePrecision.Day, due % 2 == 0),
        };
}
