namespace PilotPlatform.Programmes.Programmes;

/// <summary>工作目标: a measurable target of a programme or theme.</summary>
internal sealed class Target
{
    /// <summary>The bound: ≥50%.</summary>
    public string Value { get; init; } = "";

    /// <summary>What is measured.</summary>
    public string What { get; init; } = "";
}

/// <summary>A number of things that the notice states.</summary>
internal sealed class StatedCount
{
    /// <summary>Its place in the list, from 1.</summary>
    public int Order { get; init; }

    public int Number { get; init; }

    public string Unit { get; init; } = "";

    public string What { get; init; } = "";

    /// <summary>The order of the count that this one is a part of.</summary>
    public int? PartOf { get; init; }
}

/// <summary>A practice that the notice takes over: an edge of replication that comes in from elsewhere.</summary>
internal sealed class LearnedPractice
{
    /// <summary>Whose practice it is, as the notice has it.</summary>
    public string Region { get; init; } = "";

    /// <summary>The region of the installation that it is, if it is here.</summary>
    public Guid? RegionId { get; init; }

    public string What { get; init; } = "";
}

/// <summary>Another programme, or a theme of it, that a theme has to do with. Readers see it where they may see that programme.</summary>
internal sealed class ThemeLink
{
    // Not named ProgrammeId and ThemeId: those would be taken for the owner's key, and not kept.
    public Guid LinkedProgrammeId { get; init; }

    public Guid? LinkedThemeId { get; init; }
}
