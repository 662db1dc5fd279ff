using PilotPlatform.Deadlines;
using PilotPlatform.Events;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots;

/// <summary>The life of a pilot.</summary>
public enum PilotStatus
{
    /// <summary>Decided by the issuer; the region has not begun.</summary>
    Assigned,

    /// <summary>The region writes its plan.</summary>
    Planning,

    /// <summary>Carried out.</summary>
    Running,

    /// <summary>All deliverables handed in; under formal check.</summary>
    Submitted,

    /// <summary>Accepted; assessors score it.</summary>
    UnderAssessment,

    /// <summary>Over, with an outcome.</summary>
    Concluded,

    /// <summary>Halted by the issuer.</summary>
    Suspended,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>How a pilot ended.</summary>
public enum PilotOutcome
{
    /// <summary>A practice worth replicating was certified.</summary>
    Certified,

    /// <summary>Completed.</summary>
    Completed,

    /// <summary>Did not pass.</summary>
    NotPassed,
}

/// <summary>A pilot as other modules see it. Nothing in it tells of drafts or of scores that are not published.</summary>
/// <param name="Id">The pilot's id.</param>
/// <param name="ProgrammeId">Its programme.</param>
/// <param name="ThemeId">Its theme.</param>
/// <param name="ThemeOrder">The theme's place.</param>
/// <param name="ThemeTitle">The theme's title.</param>
/// <param name="Region">The region that carries it out.</param>
/// <param name="PartName">The part of the region named, if any.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Outcome">How it ended, once concluded.</param>
/// <param name="Light">Its light today.</param>
/// <param name="Deadline">Its deadline.</param>
/// <param name="SubmittedOn">When all deliverables were first handed in (China's date).</param>
public sealed record PilotSummary(
    Guid Id, Guid ProgrammeId, Guid ThemeId, int ThemeOrder, string ThemeTitle, TenantRef Region, string? PartName,
    PilotStatus Status, PilotOutcome? Outcome, StatusLight Light, Deadline? Deadline, DateOnly? SubmittedOn);

/// <summary>An accepted deliverable.</summary>
/// <param name="DeliverableId">The slot's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Version">The accepted version, from 1.</param>
/// <param name="Summary">What the region wrote about it.</param>
/// <param name="FileIds">Its files.</param>
public sealed record AcceptedDeliverable(
    Guid DeliverableId, string Name, DeliverableKind Kind, int Version, string Summary, IReadOnlyList<Guid> FileIds);

/// <summary>Reads pilots that the caller may see.</summary>
public interface IPilotLookup
{
    /// <summary>One pilot, or null when it is not there for the caller.</summary>
    Task<PilotSummary?> FindAsync(Guid pilotId, CancellationToken cancellationToken);

    /// <summary>Pilots by id.</summary>
    Task<IReadOnlyDictionary<Guid, PilotSummary>> FindManyAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken);

    /// <summary>A programme's pilots that the caller may see, by theme, then in administrative order.</summary>
    Task<IReadOnlyList<PilotSummary>> OfProgrammeAsync(Guid programmeId, CancellationToken cancellationToken);

    /// <summary>A pilot's accepted deliverables.</summary>
    Task<IReadOnlyList<AcceptedDeliverable>> AcceptedDeliverablesAsync(Guid pilotId, CancellationToken cancellationToken);
}

/// <summary>What later modules do to a pilot. Each loads the pilot within the caller's scope; saved by the caller's SaveChanges.</summary>
public interface IPilotVerbs
{
    /// <summary>Puts an accepted pilot under assessment.</summary>
    /// <exception cref="Errors.BusinessException">It is not in a state that allows it.</exception>
    Task BeginAssessmentAsync(Guid pilotId, CancellationToken cancellationToken);

    /// <summary>Concludes a pilot under assessment.</summary>
    /// <exception cref="Errors.BusinessException">It is not in a state that allows it.</exception>
    Task ConcludeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Gives a concluded pilot the outcome that a ruling on an objection came to.</summary>
    /// <exception cref="Errors.BusinessException">It is not concluded, or its practice was certified.</exception>
    Task CorrectOutcomeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Raises a completed pilot to certified, when its practice is certified.</summary>
    /// <exception cref="Errors.BusinessException">It is not in a state that allows it.</exception>
    Task CertifyAsync(Guid pilotId, CancellationToken cancellationToken);
}

/// <summary>A region began a pilot that was assigned to it; raised in the issuer's scope when the pilot is created.</summary>
[EventName("pilots.pilot-created.v1")]
public sealed record PilotCreated(Guid PilotId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath) : IPlatformEvent;

/// <summary>All deliverables of a pilot have been accepted in the formal check; it may be assessed. Raised in the reviewer's scope.</summary>
[EventName("pilots.pilot-accepted.v1")]
public sealed record PilotAccepted(Guid PilotId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath) : IPlatformEvent;

/// <summary>A pilot is over; raised in the issuer's scope.</summary>
[EventName("pilots.pilot-concluded.v1")]
public sealed record PilotConcluded(Guid PilotId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath, PilotOutcome Outcome) : IPlatformEvent;

/// <summary>A pilot was taken back; raised in the issuer's scope.</summary>
[EventName("pilots.pilot-withdrawn.v1")]
public sealed record PilotWithdrawn(Guid PilotId, Guid ProgrammeId, Guid ThemeId, Guid RegionId, string RegionPath) : IPlatformEvent;
