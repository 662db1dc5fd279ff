using PilotPlatform.Assessment;
using PilotPlatform.Errors;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Replication;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Insights.Dashboard;

/// <summary>Asks the modules above, each once, and hands what they say to <see cref="DashboardBuilder"/>.</summary>
internal sealed class DashboardReader(
    ICurrentScope scope,
    TimeProvider time,
    IRegionDirectory regions,
    IProgrammeLookup programmes,
    IPilotLookup pilots,
    IAssessmentLookup assessments,
    IPracticeLookup practices)
{
    public async Task<DashboardDto> ReadAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await programmes.FindAsync(programmeId, cancellationToken) ?? throw new NotFoundException("Programme", programmeId);
        var themes = await programmes.ThemesOfAsync(programmeId, cancellationToken);
        var all = await pilots.OfProgrammeAsync(programmeId, cancellationToken);

        // Only pilots that can have a result or a practice are asked about: mid-run that is a handful.
        var assessed = Ids(all.Where(p => p.Status is PilotStatus.UnderAssessment or PilotStatus.Concluded));
        var concluded = Ids(all.Where(p => p.Status == PilotStatus.Concluded));
        var results = assessed.Length == 0
            ? new Dictionary<Guid, PublishedResult>()
            : await assessments.FindPublishedAsync(assessed, cancellationToken);
        var counts = concluded.Length == 0 ? [] : await practices.OfPilotsAsync(concluded, cancellationToken);

        return DashboardBuilder.Build(new DashboardFacts(
            scope.RequiredTenant, time.Today(), await regions.GetAsync(cancellationToken), programme, themes, all, results, counts));
    }

    /// <summary>Programmes that were issued, newest first; a draft has nothing to show yet.</summary>
    public async Task<IReadOnlyList<DashboardProgrammeDto>> ProgrammesAsync(CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        return
        [
            .. (await programmes.ListAsync(cancellationToken)).Where(p => p.Status != ProgrammeStatus.Draft).Select(p => DashboardBuilder.ToDto(p, map)),
        ];
    }

    private static Guid[] Ids(IEnumerable<PilotSummary> pilots) => [.. pilots.Select(p => p.Id)];
}
