using PilotPlatform.Deadlines;
using PilotPlatform.Events;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes;

/// <summary>The life of a programme.</summary>
public enum ProgrammeStatus
{
    /// <summary>Being prepared; only the issuing region sees it.</summary>
    Draft,

    /// <summary>Issued: regions in its audience see it.</summary>
    Published,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>成果形式: the three kinds of deliverable, and proof beside them.</summary>
public enum DeliverableKind
{
    /// <summary>事项清单.</summary>
    ItemList,

    /// <summary>制度规范.</summary>
    NormDocument,

    /// <summary>平台技术标准.</summary>
    TechnicalStandard,

    /// <summary>佐证材料.</summary>
    Evidence,
}

/// <summary>A programme as other modules see it.</summary>
/// <param name="Id">The programme's id.</param>
/// <param name="Title">The notice's title.</param>
/// <param name="DocumentNumber">发文字号, if known.</param>
/// <param name="IssuingBody">The issuing office's name.</param>
/// <param name="Issuer">The issuing region.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="IssueDate">The notice's date.</param>
/// <param name="Deadline">When the pilots are to end.</param>
public sealed record ProgrammeSummary(
    Guid Id, string Title, string? DocumentNumber, string IssuingBody, TenantRef Issuer, ProgrammeStatus Status, DateOnly? IssueDate, Deadline? Deadline);

/// <summary>A deliverable that a theme asks for.</summary>
/// <param name="Id">Its id; a pilot's slot refers to it.</param>
/// <param name="Name">Its name as the notice has it.</param>
/// <param name="Kind">Its kind.</param>
public sealed record DeliverableRequirement(Guid Id, string Name, DeliverableKind Kind);

/// <summary>A theme as other modules see it.</summary>
/// <param name="Id">The theme's id.</param>
/// <param name="ProgrammeId">Its programme.</param>
/// <param name="Order">Its place, from 1.</param>
/// <param name="Number">Its number as the notice has it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Deliverables">What it asks for.</param>
/// <param name="Deadline">Its own deadline, or the programme's.</param>
public sealed record ThemeSummary(
    Guid Id, Guid ProgrammeId, int Order, string Number, string Title, IReadOnlyList<DeliverableRequirement> Deliverables, Deadline? Deadline);

/// <summary>Reads programmes and themes that the caller may see.</summary>
public interface IProgrammeLookup
{
    /// <summary>The programmes that the caller may see, newest first.</summary>
    Task<IReadOnlyList<ProgrammeSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One programme, or null when it is not there for the caller.</summary>
    Task<ProgrammeSummary?> FindAsync(Guid programmeId, CancellationToken cancellationToken);

    /// <summary>A programme's themes in order; empty when it is not there for the caller.</summary>
    Task<IReadOnlyList<ThemeSummary>> ThemesOfAsync(Guid programmeId, CancellationToken cancellationToken);

    /// <summary>Themes by id.</summary>
    Task<IReadOnlyDictionary<Guid, ThemeSummary>> FindThemesAsync(IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken);
}

/// <summary>A programme was issued; raised in the issuer's scope.</summary>
[EventName("programmes.programme-published.v1")]
public sealed record ProgrammePublished(Guid ProgrammeId) : IPlatformEvent;

/// <summary>The issuer decided that a region carries out a theme; raised in the issuer's scope.</summary>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="ProgrammeId">The programme.</param>
/// <param name="ThemeId">The theme.</param>
/// <param name="RegionId">The region that carries it out.</param>
/// <param name="RegionPath">Its path.</param>
/// <param name="PartName">A part of the region that the notice names, such as 如皋市, or null.</param>
[EventName("programmes.region-assigned.v1")]
public sealed record RegionAssigned(Guid AssignmentId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath, string? PartName) : IPlatformEvent;

/// <summary>An assignment was taken back; raised in the issuer's scope.</summary>
[EventName("programmes.assignment-revoked.v1")]
public sealed record AssignmentRevoked(Guid AssignmentId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath, string Reason) : IPlatformEvent;
