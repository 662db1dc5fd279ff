namespace PilotPlatform.Replication;

/// <summary>成熟度: how far a practice has proved itself.</summary>
public enum MaturityLevel
{
    /// <summary>探索: works where it was tried; to be watched elsewhere.</summary>
    Exploring,

    /// <summary>成熟: proved and stable; may be adopted under like conditions.</summary>
    Mature,

    /// <summary>示范: a model; recommended to every region.</summary>
    Exemplary,
}

/// <summary>Where an adoption stands.</summary>
public enum AdoptionStatus
{
    /// <summary>The region declared that it adopts the practice.</summary>
    Declared,

    /// <summary>The region took it back.</summary>
    Withdrawn,
}
