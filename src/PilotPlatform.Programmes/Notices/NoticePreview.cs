using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>What happens on a day of the programme.</summary>
internal enum ProgrammeDateKind
{
    /// <summary>The notice is issued.</summary>
    Issued,

    /// <summary>A phase begins.</summary>
    PhaseStart,

    /// <summary>A phase ends.</summary>
    PhaseEnd,

    /// <summary>The last day for claims.</summary>
    ClaimsClose,

    /// <summary>Task instances are due.</summary>
    Due,

    /// <summary>Something is to be reported.</summary>
    Report,
}

/// <summary>A day of the programme to be.</summary>
/// <param name="Date">The day.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Text">The phase's name, or the titles of the themes that are due.</param>
/// <param name="Precision">How exact a due date is.</param>
/// <param name="IsSoft">Whether a due date holds in principle only.</param>
/// <param name="TaskInstances">How many task instances are due on this day.</param>
/// <param name="DueSoFar">How many are due up to and including this day.</param>
internal sealed record ProgrammeDateDto(DateOnly Date, ProgrammeDateKind Kind, string Text, DuePrecision? Precision, bool IsSoft, int TaskInstances, int DueSoFar);

/// <summary>A region and what it would get.</summary>
/// <param name="RegionId">The region.</param>
/// <param name="Name">Its name.</param>
/// <param name="ShortName">Its short name.</param>
/// <param name="Assignments">How many themes.</param>
/// <param name="Deliverables">How many deliverables it would have to hand in.</param>
internal sealed record AudiencePreviewDto(Guid RegionId, string Name, string ShortName, int Assignments, int Deliverables);

/// <summary>An office that the notice makes responsible, and for how many tasks.</summary>
internal sealed record OfficePreviewDto(string Name, int Tasks);

/// <summary>What publishing would create.</summary>
/// <param name="Themes">How many themes.</param>
/// <param name="Assignments">How many assignments.</param>
/// <param name="TaskInstances">How many task instances: one for each region or office that is responsible for a theme.</param>
/// <param name="DeliverableSlots">How many deliverables are to be handed in by all regions together.</param>
/// <param name="Phases">How many phases.</param>
/// <param name="Regions">Who would see the programme, in administrative order.</param>
/// <param name="Offices">The responsible offices.</param>
/// <param name="Gaps">What themes leave open.</param>
/// <param name="Dates">The programme's days in order.</param>
/// <param name="DuplicateOf">Titles of own programmes with the same document number.</param>
/// <param name="Choices">The flows and the scheme of each theme.</param>
/// <param name="Sums">Stated counts whose parts are stated too, and whether they agree.</param>
internal sealed record NoticePreviewDto(
    int Themes,
    int Assignments,
    int TaskInstances,
    int DeliverableSlots,
    int Phases,
    IReadOnlyList<AudiencePreviewDto> Regions,
    IReadOnlyList<OfficePreviewDto> Offices,
    IReadOnlyList<ThemeGapDto> Gaps,
    IReadOnlyList<ProgrammeDateDto> Dates,
    IReadOnlyList<string> DuplicateOf,
    IReadOnlyList<ThemeChoicesDto> Choices,
    IReadOnlyList<CountSumDto> Sums);

/// <summary>Works out what publishing a content would create. Regions that are not resolved yet count: they will be there or be dropped before publishing.</summary>
internal static class NoticePreview
{
    public static NoticePreviewDto Of(
        NoticeContent content, RegionMap regions, Guid issuerId, IReadOnlyList<string> duplicateOf, IReadOnlyList<QuestionAnswer> decisions,
        IReadOnlyList<ThemeChoicesDto> choices)
    {
        var shares = content.Themes.Select(t => (Theme: t, Regions: Distinct(t.Regions))).ToList();
        var resolved = shares.SelectMany(s => s.Regions.Where(r => r.RegionId is not null).Select(r => (s.Theme, r.RegionId))).ToList();
        var audience = ProgrammeIssuing.AudienceOf(content, regions, issuerId).Select(r => new AudiencePreviewDto(
            r.Id, r.Name, r.ShortName, resolved.Count(x => x.RegionId == r.Id), resolved.Where(x => x.RegionId == r.Id).Sum(x => x.Theme.Deliverables.Count))).ToList();
        return new NoticePreviewDto(
            content.Themes.Count,
            resolved.Count,
            content.Themes.Sum(Instances),
            shares.Sum(s => s.Regions.Count * s.Theme.Deliverables.Count),
            content.Phases.Count,
            audience,
            [.. content.Themes.SelectMany(t => t.LeadOffices.Distinct()).GroupBy(o => o).Select(g => new OfficePreviewDto(g.Key, g.Count()))],
            NoticeGaps.Of(content, decisions),
            DatesOf(content),
            duplicateOf,
            choices,
            CountSums.Of(content.Facts));
    }

    /// <summary>How many regions and offices are responsible for a theme, each for its own instance.</summary>
    public static int Instances(NoticeTheme theme) => Distinct(theme.Regions).Count + theme.LeadOffices.Distinct().Count();

    private static List<NoticeRegion> Distinct(IEnumerable<NoticeRegion> named) =>
        [.. named.DistinctBy(r => (r.RegionId, r.PartName, r.RegionId is null ? r.Text : null))];

    private static List<ProgrammeDateDto> DatesOf(NoticeContent content)
    {
        var dates = new List<ProgrammeDateDto>();
        if (content.IssueDate is { } issued)
        {
            dates.Add(new(issued, ProgrammeDateKind.Issued, content.Title ?? "", null, false, 0, 0));
        }

        if (content.ClaimAudience != ClaimAudience.None && content.ClaimsCloseOn is { } close)
        {
            dates.Add(new(close, ProgrammeDateKind.ClaimsClose, "", null, false, 0, 0));
        }

        dates.AddRange(content.Phases.Where(p => p.Start is not null).Select(p => new ProgrammeDateDto(p.Start!.Value, ProgrammeDateKind.PhaseStart, p.Name, null, false, 0, 0)));
        dates.AddRange(content.Phases.Where(p => p.End is not null).Select(p => new ProgrammeDateDto(p.End!.Value, ProgrammeDateKind.PhaseEnd, p.Name, null, false, 0, 0)));
        dates.AddRange(content.Themes.Select(t => (Theme: t, Due: t.Deadline ?? content.Deadline)).Where(x => x.Due is not null)
            .GroupBy(x => (x.Due!.Date, x.Due.Precision, x.Due.IsSoft))
            .Select(g => new ProgrammeDateDto(
                g.Key.Date, ProgrammeDateKind.Due, string.Join('；', g.Select(x => x.Theme.Title)), g.Key.Precision, g.Key.IsSoft, g.Sum(x => Instances(x.Theme)), 0)));
        dates.AddRange((content.Facts?.Duties ?? []).SelectMany(d => d.Dates.Select(date => new ProgrammeDateDto(date, ProgrammeDateKind.Report, d.What, null, false, 0, 0))));
        var sum = 0;
        return [.. dates.OrderBy(d => d.Date).ThenBy(d => d.Kind).Select(d => d with { DueSoFar = sum += d.TaskInstances })];
    }
}
