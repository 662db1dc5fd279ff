namespace PilotPlatform.Assessment;

/// <summary>Where the assessment of a pilot stands.</summary>
public enum AssessmentStatus
{
    /// <summary>The pilot is accepted; the issuing office has to name its assessors.</summary>
    AwaitingPanel,

    /// <summary>Assessors score, each blind to the others.</summary>
    Scoring,

    /// <summary>Every sheet is in; the issuing office reviews and publishes.</summary>
    Scored,

    /// <summary>The region assessed sees the result.</summary>
    Published,

    /// <summary>The panel's scores lie far apart; one further assessor scores, blind to them.</summary>
    ThirdScoring,
}
