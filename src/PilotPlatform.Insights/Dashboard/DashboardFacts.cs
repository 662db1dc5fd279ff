using PilotPlatform.Assessment;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Replication;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Insights.Dashboard;

/// <summary>Everything a dashboard is computed from, as the modules above told it.</summary>
internal sealed record DashboardFacts(
    TenantRef Viewer,
    DateOnly Today,
    RegionMap Regions,
    ProgrammeSummary Programme,
    IReadOnlyList<ThemeSummary> Themes,
    IReadOnlyList<PilotSummary> Pilots,
    IReadOnlyDictionary<Guid, PublishedResult> Results,
    IReadOnlyList<PracticeCount> Practices);
