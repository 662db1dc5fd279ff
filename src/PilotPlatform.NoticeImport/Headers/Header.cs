using PilotPlatform.NoticeImport.Cleaning;

namespace PilotPlatform.NoticeImport.Headers;

/// <summary>A value with the passage it came from.</summary>
internal sealed record Found<T>(T Value, TextRange Range)
{
    /// <summary>What the confidence in it rests on.</summary>
    public ConfidenceBasis Basis { get; init; } = ConfidenceBasis.Pattern;
}

/// <summary>What identifies a notice.</summary>
internal sealed record Header(
    Found<string>? Title,
    Found<string>? Issuer,
    Found<string>? Number,
    Found<DateOnly>? Date,
    NoticeKind Kind,
    TextRange? GarbledNumber);
