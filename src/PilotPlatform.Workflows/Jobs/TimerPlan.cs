using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.Bpmn;
using PilotPlatform.Deadlines;
using PilotPlatform.Time;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>When a timer fires first, and how it repeats.</summary>
/// <param name="FirstAt">UTC.</param>
/// <param name="Interval">For a cycle: its duration.</param>
/// <param name="TimesAfterFirst">For a cycle: how often it fires again; null for ever.</param>
internal sealed record TimerPlan(DateTime FirstAt, string? Interval, int? TimesAfterFirst)
{
    // R3/P1D, R/2023-06-01T09:00/P1W: the first time is the start when there is one.
    private static readonly Regex Cycle = new(@"^R(\d*)/(?:([^P/]+)/)?(P[^/]+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Duration = new(
        @"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Reads a timer whose expression is evaluated already.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="now">UTC; durations count from here, on China's calendar.</param>
    /// <exception cref="FormatException">It is not ISO 8601.</exception>
    public static TimerPlan Of(TimerTrigger timer, DateTime now)
    {
        switch (timer.Kind)
        {
            case TimerKind.Date:
                return new(Instant(timer.Text), null, null);
            case TimerKind.Duration:
                return new(After(now, timer.Text, timer.InWorkingDays), null, null);
            default:
                var match = Cycle.Match(timer.Text);
                if (!match.Success)
                {
                    throw new FormatException($"“{timer.Text}” is no repeating interval such as R3/P1D.");
                }

                var times = match.Groups[1].Value is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture) : (int?)null;
                var interval = match.Groups[3].Value;
                var after = After(now, interval, timer.InWorkingDays);
                return new(match.Groups[2].Success ? Instant(match.Groups[2].Value) : after, timer.InWorkingDays ? "working:" + interval : interval, times is { } n ? Math.Max(0, n - 1) : null);
        }
    }

    /// <summary>The next time of a cycle after one that was due; times that passed during a downtime are made up once, not one by one.</summary>
    public static DateTime Next(DateTime wasDue, string interval, DateTime now)
    {
        var working = interval.StartsWith("working:", StringComparison.Ordinal);
        var text = working ? interval["working:".Length..] : interval;
        var next = After(wasDue, text, working);
        return next > now ? next : After(now, text, working);
    }

    /// <summary>The last day of a task that is due a duration after it begins, or on a date.</summary>
    /// <exception cref="FormatException">It is not ISO 8601.</exception>
    public static DateOnly DueOn(string text, bool inWorkingDays, DateTime now) =>
        text.StartsWith('P')
            ? ChinaTime.DateOf(After(now, text, inWorkingDays))
            : ChinaTime.DateOf(Instant(text));

    private static DateTime Instant(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return ChinaTime.StartOf(day);
        }

        if (!text.Contains('T', StringComparison.Ordinal)
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant))
        {
            throw new FormatException($"“{text}” is no ISO 8601 date.");
        }

        // Without a zone it is China's time, as a date without a time is China's day.
        return instant.Kind == DateTimeKind.Unspecified ? ChinaTime.ToUtc(instant) : instant.ToUniversalTime();
    }

    private static DateTime After(DateTime from, string duration, bool inWorkingDays)
    {
        var match = Duration.Match(duration);
        if (!match.Success || duration is "P" || duration.EndsWith('T'))
        {
            throw new FormatException($"“{duration}” is no ISO 8601 duration such as P3D or PT2H.");
        }

        int Part(int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        double Fraction(int group) => match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        var days = Fraction(3) * 7 + Fraction(4);
        var rest = TimeSpan.FromHours(Fraction(5)) + TimeSpan.FromMinutes(Fraction(6)) + TimeSpan.FromSeconds(Fraction(7));
        try
        {
            var local = ChinaTime.FromUtc(from).AddYears(Part(1)).AddMonths(Part(2));
            // Working days count whole days at the same time of day; 调休 days count, holidays do not.
            local = inWorkingDays
                ? WorkingCalendar.AddWorkingDays(DateOnly.FromDateTime(local), (int)days).ToDateTime(TimeOnly.FromDateTime(local)) + TimeSpan.FromDays(days - Math.Truncate(days))
                : local.AddDays(days);
            return ChinaTime.ToUtc(local + rest);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new FormatException($"“{duration}” ends after the calendar does.", error);
        }
    }
}
