using PilotPlatform.Deadlines;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Insights.Dashboard;

/// <summary>A programme that the dashboard can show.</summary>
internal sealed record DashboardProgrammeDto(
    Guid Id, string Title, string? DocumentNumber, string IssuingBody, string IssuerName, ProgrammeStatus Status,
    DateOnly? IssueDate, DateOnly? DueDate, DuePrecision? DuePrecision, bool IsDueSoft);

/// <summary>How many pilots, and how many of them stand under each light: Total = Green + Yellow + Amber + Red.</summary>
internal sealed record LightTotalsDto(int Total, int Green, int Yellow, int Amber, int Red);

/// <summary>How many pilots stand at one point of their life.</summary>
internal sealed record StatusCountDto(PilotStatus Status, int Count);

/// <summary>What came of it: Concluded = Certified + Completed + NotPassed; Adoptions of the certified practices.</summary>
internal sealed record AchievementsDto(
    int Concluded, int Certified, int Completed, int NotPassed, int ResultsPublished, int Practices, int Adoptions);

/// <summary>
/// Of the pilots whose day has come (handed in, or past the deadline without being halted): how many were on time. Rate
/// is null while no day has come, so that nobody reads 0 % or 100 % into nothing.
/// </summary>
internal sealed record TimelinessDto(int OnTime, int Late, decimal? Rate);

/// <summary>A theme's row.</summary>
internal sealed record DashboardThemeDto(Guid Id, int Order, string Number, string Title, LightTotalsDto Totals);

/// <summary>A region's column.</summary>
internal sealed record DashboardRegionDto(Guid Id, string Name, string ShortName, LightTotalsDto Totals);

/// <summary>A pilot in a cell. Result is the published total, or null while none is published.</summary>
internal sealed record DashboardPilotDto(
    Guid Id, string? PartName, PilotStatus Status, PilotOutcome? Outcome, StatusLight Light, DateOnly? DueDate, DateOnly? SubmittedOn, decimal? Result);

/// <summary>Where a theme and a region meet; a theme may be carried out by several parts of one region.</summary>
internal sealed record DashboardCellDto(Guid ThemeId, Guid RegionId, IReadOnlyList<DashboardPilotDto> Pilots);

/// <summary>
/// A shape of the map: a region directly below the issuer with everything below it. Submitted counts pilots handed in or
/// further; Share is null where there is no pilot. Adcode is the six-digit code, null for a zone or town of one's own.
/// </summary>
internal sealed record DashboardAreaDto(Guid RegionId, string Name, string ShortName, string? Adcode, int Total, int Submitted, decimal? Share);

/// <summary>The dashboard of one programme over what the caller may see. Every set of counts adds up to Totals.Total.</summary>
/// <param name="Programme">Which programme.</param>
/// <param name="AsOf">The day (China) the figures are of.</param>
/// <param name="IsWhole">True when the caller oversees the whole programme; false when these are only the caller's own pilots.</param>
/// <param name="Totals">All pilots that are in force.</param>
/// <param name="Withdrawn">Pilots taken back; they count nowhere else.</param>
/// <param name="Statuses">The pilots by where they stand, in the order of their life.</param>
/// <param name="Achievements">What came of them.</param>
/// <param name="Timeliness">How punctual they are.</param>
/// <param name="Themes">Rows, in the notice's order.</param>
/// <param name="Regions">Columns, in administrative order.</param>
/// <param name="Cells">The filled cells, by row, then column.</param>
/// <param name="MapAdcode">Which map to draw: the issuer's six-digit code, or null.</param>
/// <param name="Areas">The map's shapes, in administrative order.</param>
internal sealed record DashboardDto(
    DashboardProgrammeDto Programme, DateOnly AsOf, bool IsWhole, LightTotalsDto Totals, int Withdrawn,
    IReadOnlyList<StatusCountDto> Statuses, AchievementsDto Achievements, TimelinessDto Timeliness,
    IReadOnlyList<DashboardThemeDto> Themes, IReadOnlyList<DashboardRegionDto> Regions, IReadOnlyList<DashboardCellDto> Cells,
    string? MapAdcode, IReadOnlyList<DashboardAreaDto> Areas);
