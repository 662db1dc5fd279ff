namespace PilotPlatform.NoticeImport;

/// <summary>What the confidence in a value rests on, the firmest first.</summary>
public enum ConfidenceBasis
{
    /// <summary>The text states it twice and alike, or names a known division where regions stand.</summary>
    Confirmed,

    /// <summary>A label, a column, a signature or a role verb says what it is.</summary>
    Labelled,

    /// <summary>It has the form of such a value and stands where one is usual.</summary>
    Pattern,

    /// <summary>It was taken over: from the row above, from the programme, from a group named before.</summary>
    Inherited,

    /// <summary>It was concluded from other values: a year from a date beside it, regions from running text.</summary>
    Inferred,

    /// <summary>Something is lost or open, and this is the likeliest reading.</summary>
    Assumed,
}

/// <summary>How far a value can be trusted, and why.</summary>
/// <param name="Value">0 to 1.</param>
/// <param name="Basis">What it rests on.</param>
public sealed record ValueConfidence(double Value, ConfidenceBasis Basis)
{
    /// <summary>A value below this is asked for: a question with <see cref="NoticeImportCodes.UncertainValue"/>, or a more particular one, stands for it.</summary>
    public const double AskBelow = 0.65;

    /// <summary>The confidence that a basis gives.</summary>
    /// <param name="basis">The basis.</param>
    public static ValueConfidence Of(ConfidenceBasis basis) => new(
        basis switch
        {
            ConfidenceBasis.Confirmed => 0.98,
            ConfidenceBasis.Labelled => 0.95,
            ConfidenceBasis.Pattern => 0.85,
            ConfidenceBasis.Inherited => 0.8,
            ConfidenceBasis.Inferred => 0.6,
            _ => 0.35,
        },
        basis);
}
