using System.Globalization;
using System.Text.RegularExpressions;

namespace PilotPlatform.Bpmn.Checks;

/// <summary>The forms of ISO 8601 that timers and due dates may have.</summary>
internal static partial class Iso8601
{
    private static readonly string[] DateTimes =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public static bool IsDate(string text) =>
        DateTime.TryParseExact(text, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    /// <summary>P[n]Y[n]M[n]W[n]DT[n]H[n]M[n]S with at least one part.</summary>
    public static bool IsDuration(string text) =>
        DurationPattern().IsMatch(text) && text[^1] is not ('P' or 'T');

    /// <summary>R[n]/duration or R[n]/start/duration. The form with an end is ISO 8601 too, but nobody draws it.</summary>
    public static bool IsCycle(string text) => text.Split('/') switch
    {
        [var repetition, var duration] => RepetitionPattern().IsMatch(repetition) && IsDuration(duration),
        [var repetition, var start, var duration] => RepetitionPattern().IsMatch(repetition) && IsDate(start) && IsDuration(duration),
        _ => false,
    };

    [GeneratedRegex(@"^P(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}(?:\.\d{1,3})?S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^R\d{0,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepetitionPattern();
}
