using PilotPlatform.Events;

namespace PilotPlatform.Assessment;

/// <summary>A published result.</summary>
/// <param name="PilotId">The pilot.</param>
/// <param name="Total">The total in force, 0 to 100, two decimals: as published, or as a ruling adjusted it.</param>
/// <param name="Passed">Whether it reaches the scheme's pass mark.</param>
/// <param name="Comment">The published comment.</param>
/// <param name="PublishedAt">When (UTC).</param>
public sealed record PublishedResult(Guid PilotId, decimal Total, bool Passed, string Comment, DateTime PublishedAt);

/// <summary>Reads published results that the caller may see; never anything of a score that is not published.</summary>
public interface IAssessmentLookup
{
    /// <summary>The published result of a pilot, or null.</summary>
    Task<PublishedResult?> FindPublishedAsync(Guid pilotId, CancellationToken cancellationToken);

    /// <summary>Published results by pilot.</summary>
    Task<IReadOnlyDictionary<Guid, PublishedResult>> FindPublishedAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken);
}

/// <summary>A result was published; raised in the issuer's scope.</summary>
[EventName("assessment.result-published.v1")]
public sealed record ResultPublished(Guid PilotId, Guid RegionId, string RegionPath, decimal Total, bool Passed) : IPlatformEvent;

/// <summary>A ruling on an objection changed a published result; raised in the issuer's scope.</summary>
[EventName("assessment.result-adjusted.v1")]
public sealed record ResultAdjusted(Guid PilotId, Guid RegionId, string RegionPath, decimal Total, bool Passed, bool WasPassed) : IPlatformEvent;
