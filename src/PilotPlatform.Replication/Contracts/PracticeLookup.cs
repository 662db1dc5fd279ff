using PilotPlatform.Events;

namespace PilotPlatform.Replication;

/// <summary>How practices of a programme stand.</summary>
/// <param name="PilotId">The pilot that a practice comes from.</param>
/// <param name="PracticeId">The practice.</param>
/// <param name="Adoptions">How many regions declared an adoption.</param>
public sealed record PracticeCount(Guid PilotId, Guid PracticeId, int Adoptions);

/// <summary>Reads certified practices.</summary>
public interface IPracticeLookup
{
    /// <summary>The published practices of these pilots.</summary>
    Task<IReadOnlyList<PracticeCount>> OfPilotsAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken);
}

/// <summary>A practice was certified and published to every region; raised in the issuer's scope.</summary>
[EventName("replication.practice-certified.v1")]
public sealed record PracticeCertified(Guid PracticeId, Guid PilotId) : IPlatformEvent;
