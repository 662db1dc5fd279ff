using PilotPlatform.Assessment;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Replication;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Insights.Tests;

/// <summary>
/// Stands in for the modules above: returns what it holds to everybody, so that the tests see this module's own walls,
/// and counts how often it is asked.
/// </summary>
internal sealed class FakeModules : IProgrammeLookup, IPilotLookup, IAssessmentLookup, IPracticeLookup
{
    private readonly List<string> asked = [];

    public List<ProgrammeSummary> Programmes { get; } = [];

    public List<ThemeSummary> Themes { get; } = [];

    public List<PilotSummary> Pilots { get; } = [];

    public Dictionary<Guid, PublishedResult> Results { get; } = [];

    public List<PracticeCount> Practices { get; } = [];

    /// <summary>The calls since the last <see cref="ForgetCalls"/>.</summary>
    public IReadOnlyList<string> Asked => asked;

    public void ForgetCalls() => asked.Clear();

    public Task<IReadOnlyList<ProgrammeSummary>> ListAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<ProgrammeSummary>>("programmes", Programmes);

    Task<ProgrammeSummary?> IProgrammeLookup.FindAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Answer("programme", Programmes.FirstOrDefault(p => p.Id == programmeId));

    public Task<IReadOnlyList<ThemeSummary>> ThemesOfAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<ThemeSummary>>("themes", [.. Themes.Where(t => t.ProgrammeId == programmeId)]);

    public Task<IReadOnlyDictionary<Guid, ThemeSummary>> FindThemesAsync(IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Insights reads themes by programme.");

    Task<PilotSummary?> IPilotLookup.FindAsync(Guid pilotId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Insights reads pilots by programme.");

    public Task<IReadOnlyDictionary<Guid, PilotSummary>> FindManyAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Insights reads pilots by programme.");

    public Task<IReadOnlyList<PilotSummary>> OfProgrammeAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<PilotSummary>>("pilots", [.. Pilots.Where(p => p.ProgrammeId == programmeId)]);

    public Task<IReadOnlyList<AcceptedDeliverable>> AcceptedDeliverablesAsync(Guid pilotId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Insights shows no deliverables.");

    Task<PublishedResult?> IAssessmentLookup.FindPublishedAsync(Guid pilotId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Insights reads results together.");

    public Task<IReadOnlyDictionary<Guid, PublishedResult>> FindPublishedAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        Answer<IReadOnlyDictionary<Guid, PublishedResult>>("results", Results.Where(r => pilotIds.Contains(r.Key)).ToDictionary());

    public Task<IReadOnlyList<PracticeCount>> OfPilotsAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<PracticeCount>>("practices", [.. Practices.Where(p => pilotIds.Contains(p.PilotId))]);

    private Task<T> Answer<T>(string call, T answer)
    {
        asked.Add(call);
        return Task.FromResult(answer);
    }
}

/// <summary>Facts in short form.</summary>
internal static class Given
{
    public static readonly DateOnly Due = new(2023, 9, 30);
    public static readonly Deadline SoftDeadline = new(Due, DuePrecision.Month, IsSoft: true);

    public static Guid Id(string name) => RegionIds.Of("insights-test:" + name);

    public static ProgrammeSummary Programme(string name = "p", ProgrammeStatus status = ProgrammeStatus.Published) => new(
        Id(name), "示范试点工作方案", "示政务办发〔2023〕1号", "江苏省政务服务管理办公室", People.Jiangsu.Tenant, status, new DateOnly(2023, 2, 23), SoftDeadline);

    public static ThemeSummary Theme(int order, string programme = "p") => new(
        Id($"theme:{order}"), Id(programme), order, $"{order}.", $"主题{order}", [], SoftDeadline);

    public static PilotSummary Pilot(
        string name, int theme, TenantRef region, PilotStatus status = PilotStatus.Running, StatusLight light = StatusLight.Green,
        PilotOutcome? outcome = null, DateOnly? submittedOn = null, string? part = null, Deadline? deadline = null) => new(
        Id("pilot:" + name), Id("p"), Id($"theme:{theme}"), theme, $"主题{theme}", region, part, status, outcome, light, deadline ?? SoftDeadline, submittedOn);
}
