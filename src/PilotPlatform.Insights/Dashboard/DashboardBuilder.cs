using PilotPlatform.Deadlines;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Insights.Dashboard;

/// <summary>
/// Computes a dashboard, once and in one place: every total is counted from the same list of pilots, so that they cannot
/// contradict each other.
/// </summary>
internal static class DashboardBuilder
{
    public static DashboardDto Build(DashboardFacts facts)
    {
        // The lookups return what the caller may see; a second wall here keeps a mistake there from showing a sibling.
        var visible = facts.Pilots.Where(p => facts.Viewer.Covers(p.Region)).ToList();
        var pilots = visible.Where(p => p.Status != PilotStatus.Withdrawn).ToList();
        var issuer = facts.Programme.Issuer;
        var lookup = pilots.ToLookup(p => (p.ThemeId, RegionId: p.Region.Id));
        var regions = ColumnsOf(facts, pilots);
        var themes = RowsOf(facts, pilots);

        return new DashboardDto(
            ToDto(facts.Programme, facts.Regions),
            facts.Today,
            facts.Viewer.Covers(issuer),
            LightsOf(pilots),
            visible.Count - pilots.Count,
            StatusesOf(pilots),
            AchievementsOf(facts, pilots),
            TimelinessOf(facts.Today, pilots),
            [.. themes.Select(t => new DashboardThemeDto(t.Id, t.Order, t.Number, t.Title, LightsOf(pilots.Where(p => p.ThemeId == t.Id))))],
            [.. regions.Select(r => new DashboardRegionDto(r.Id, r.Name, r.ShortName, LightsOf(pilots.Where(p => p.Region.Id == r.Id))))],
            [
                .. from theme in themes
                   from region in regions
                   let here = lookup[(theme.Id, region.Id)]
                   where here.Any()
                   select new DashboardCellDto(theme.Id, region.Id, [.. here.OrderBy(p => p.PartName, StringComparer.Ordinal).ThenBy(p => p.Id).Select(p => ToDto(p, facts))]),
            ],
            AdcodeOf(issuer.Code),
            AreasOf(facts, pilots));
    }

    public static DashboardProgrammeDto ToDto(ProgrammeSummary programme, RegionMap regions) => new(
        programme.Id, programme.Title, programme.DocumentNumber, programme.IssuingBody, regions.NameOf(programme.Issuer), programme.Status,
        programme.IssueDate, programme.Deadline?.Date, programme.Deadline?.Precision, programme.Deadline?.IsSoft ?? false);

    /// <summary>GB/T 2260 in full length (3206 → 320600), as maps name their shapes; null for codes that are not official.</summary>
    internal static string? AdcodeOf(string code) => ChinaDivisions.Find(code) is { } division ? division.Code.PadRight(6, '0') : null;

    private static DashboardPilotDto ToDto(PilotSummary pilot, DashboardFacts facts) => new(
        pilot.Id, pilot.PartName, pilot.Status, pilot.Outcome, pilot.Light, pilot.Deadline?.Date, pilot.SubmittedOn,
        facts.Results.GetValueOrDefault(pilot.Id)?.Total);

    /// <summary>
    /// The regions directly below the issuer that the caller may see, and whoever else carries out a pilot. A city that
    /// looks at its province's programme thus gets its own column only: an empty column of a sibling would tell that
    /// the sibling has nothing.
    /// </summary>
    private static List<Place> ColumnsOf(DashboardFacts facts, List<PilotSummary> pilots)
    {
        var below = facts.Regions.ChildrenOf(facts.Programme.Issuer.Id).Where(r => r.IsActive && facts.Viewer.Covers(r.Tenant)).Select(r => r.Tenant);
        return InOrder(facts.Regions, below.Concat(pilots.Select(p => p.Region)));
    }

    /// <summary>The programme's themes; a theme that was dropped while pilots of it are in force keeps its row.</summary>
    private static List<ThemeRow> RowsOf(DashboardFacts facts, List<PilotSummary> pilots)
    {
        var listed = facts.Themes.Select(t => new ThemeRow(t.Id, t.Order, t.Number, t.Title)).ToList();
        var known = listed.Select(t => t.Id).ToHashSet();
        return
        [
            .. listed
                .Concat(pilots.Where(p => !known.Contains(p.ThemeId)).DistinctBy(p => p.ThemeId).Select(p => new ThemeRow(p.ThemeId, p.ThemeOrder, "", p.ThemeTitle)))
                .OrderBy(t => t.Order).ThenBy(t => t.Id),
        ];
    }

    /// <summary>The columns gathered into the shapes of the map: a county's pilot colours its city.</summary>
    private static List<DashboardAreaDto> AreasOf(DashboardFacts facts, List<PilotSummary> pilots)
    {
        var children = facts.Regions.ChildrenOf(facts.Programme.Issuer.Id);
        TenantRef AreaOf(TenantRef region) =>
            children.Where(c => c.Tenant.Covers(region)).Select(c => (TenantRef?)c.Tenant).FirstOrDefault() ?? region;

        var byArea = pilots.ToLookup(p => AreaOf(p.Region).Id);
        var shapes = children.Where(c => c.IsActive && facts.Viewer.Covers(c.Tenant)).Select(c => c.Tenant);
        return
        [
            .. InOrder(facts.Regions, shapes.Concat(pilots.Select(p => AreaOf(p.Region)))).Select(place =>
            {
                var here = byArea[place.Id].ToList();
                var submitted = here.Count(p => IsSubmitted(p.Status));
                return new DashboardAreaDto(
                    place.Id, place.Name, place.ShortName, AdcodeOf(place.Code), here.Count, submitted, ShareOf(submitted, here.Count));
            }),
        ];
    }

    private static List<Place> InOrder(RegionMap regions, IEnumerable<TenantRef> tenants) =>
    [
        .. tenants.Distinct()
            .OrderBy(t => regions.Find(t.Id)?.AdministrativeOrder ?? int.MaxValue).ThenBy(t => t.Path, StringComparer.Ordinal)
            .Select(t => new Place(t.Id, t.Code, regions.NameOf(t), regions.Find(t.Id)?.ShortName ?? regions.NameOf(t))),
    ];

    private static LightTotalsDto LightsOf(IEnumerable<PilotSummary> pilots)
    {
        var lights = pilots.GroupBy(p => p.Light).ToDictionary(g => g.Key, g => g.Count());
        return new LightTotalsDto(
            lights.Values.Sum(),
            lights.GetValueOrDefault(StatusLight.Green),
            lights.GetValueOrDefault(StatusLight.Yellow),
            lights.GetValueOrDefault(StatusLight.Amber),
            lights.GetValueOrDefault(StatusLight.Red));
    }

    private static List<StatusCountDto> StatusesOf(List<PilotSummary> pilots) =>
    [
        .. Enum.GetValues<PilotStatus>().Where(s => s != PilotStatus.Withdrawn)
            .Select(s => new StatusCountDto(s, pilots.Count(p => p.Status == s))),
    ];

    private static AchievementsDto AchievementsOf(DashboardFacts facts, List<PilotSummary> pilots)
    {
        var concluded = pilots.Where(p => p.Status == PilotStatus.Concluded).ToList();
        var ids = pilots.Select(p => p.Id).ToHashSet();
        var practices = facts.Practices.Where(p => ids.Contains(p.PilotId)).ToList();
        return new AchievementsDto(
            concluded.Count,
            concluded.Count(p => p.Outcome == PilotOutcome.Certified),
            concluded.Count(p => p.Outcome == PilotOutcome.Completed),
            concluded.Count(p => p.Outcome == PilotOutcome.NotPassed),
            facts.Results.Keys.Count(ids.Contains),
            practices.Count,
            practices.Sum(p => p.Adoptions));
    }

    private static TimelinessDto TimelinessOf(DateOnly today, List<PilotSummary> pilots)
    {
        var (onTime, late) = (0, 0);
        foreach (var pilot in pilots)
        {
            if (pilot.Deadline is not { } deadline)
            {
                continue;
            }

            if (pilot.SubmittedOn is { } submitted)
            {
                (onTime, late) = submitted <= deadline.Date ? (onTime + 1, late) : (onTime, late + 1);
            }
            else if (today > deadline.Date && pilot.Status != PilotStatus.Suspended)
            {
                // A soft date that passed is not a breach (the light is amber), but on time it was not either.
                late++;
            }
        }

        return new TimelinessDto(onTime, late, ShareOf(onTime, onTime + late));
    }

    private static bool IsSubmitted(PilotStatus status) =>
        status is PilotStatus.Submitted or PilotStatus.UnderAssessment or PilotStatus.Concluded;

    private static decimal? ShareOf(int part, int whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 4);

    private sealed record Place(Guid Id, string Code, string Name, string ShortName);

    private sealed record ThemeRow(Guid Id, int Order, string Number, string Title);
}
