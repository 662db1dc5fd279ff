using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PilotPlatform.Bpmn;

/// <summary>A duration of calendar and clock: months and days have no fixed length, so they are kept apart.</summary>
/// <param name="Months">Months, twelve for each year.</param>
/// <param name="Days">Days, seven for each week.</param>
/// <param name="Time">Hours, minutes and seconds.</param>
public readonly record struct IsoDuration(int Months, int Days, TimeSpan Time);

/// <summary>A repeating interval.</summary>
/// <param name="Times">How often; null for ever.</param>
/// <param name="Start">The first time when there is one, as ISO 8601.</param>
/// <param name="Interval">The duration between two times, as ISO 8601.</param>
public sealed record IsoCycle(int? Times, string? Start, string Interval);

/// <summary>The forms of ISO 8601 that timers and due dates may have: what the checks accept is what the engine can do.</summary>
public static partial class Iso8601
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>A day.</summary>
    public static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A day with a time; of no kind when it names no zone.</summary>
    public static bool TryInstant(string text, out DateTime instant) =>
        DateTime.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant);

    /// <summary>P[n]Y[n]M[n]W[n]DT[n]H[n]M[n]S with at least one part.</summary>
    public static bool TryDuration(string text, out IsoDuration duration)
    {
        duration = default;
        var match = DurationPattern().Match(text);
        if (!match.Success || text[^1] is 'P' or 'T')
        {
            return false;
        }

        int Part(string name) => match.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var seconds = match.Groups["s"] is { Success: true } s ? decimal.Parse(s.ValueSpan, CultureInfo.InvariantCulture) : 0;
        duration = new(
            (12 * Part("y")) + Part("mo"), (7 * Part("w")) + Part("d"),
            TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("mi")) + new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond)));
        return true;
    }

    /// <summary>R[n]/duration or R[n]/start/duration. The form with an end is ISO 8601 too, but nobody draws it.</summary>
    public static bool TryCycle(string text, [NotNullWhen(true)] out IsoCycle? cycle)
    {
        cycle = text.Split('/') switch
        {
            [var repetition, var interval] when RepetitionPattern().IsMatch(repetition) && IsDuration(interval) => new(TimesOf(repetition), null, interval),
            [var repetition, var start, var interval] when RepetitionPattern().IsMatch(repetition) && IsDate(start) && IsDuration(interval) =>
                new(TimesOf(repetition), start, interval),
            _ => null,
        };
        return cycle is not null;
    }

    internal static bool IsDate(string text) => TryDay(text, out _) || TryInstant(text, out _);

    internal static bool IsDuration(string text) => TryDuration(text, out _);

    internal static bool IsCycle(string text) => TryCycle(text, out _);

    private static int? TimesOf(string repetition) => repetition.Length > 1 ? int.Parse(repetition.AsSpan(1), CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        @"^P(?:(?<y>\d{1,6})Y)?(?:(?<mo>\d{1,6})M)?(?:(?<w>\d{1,6})W)?(?:(?<d>\d{1,6})D)?(?:T(?:(?<h>\d{1,6})H)?(?:(?<mi>\d{1,6})M)?(?:(?<s>\d{1,6}(?:\.\d{1,3})?)S)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^R\d{0,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepetitionPattern();
}
