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
    private const string Working = "working:";

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
                if (!Iso8601.TryCycle(timer.Text, out var cycle))
                {
                    throw new FormatException($"“{timer.Text}” is no repeating interval such as R3/P1D.");
                }

                // The first time is the start when there is one.
                return new(
                    cycle.Start is { } start ? Instant(start) : After(now, cycle.Interval, timer.InWorkingDays),
                    timer.InWorkingDays ? Working + cycle.Interval : cycle.Interval, cycle.Times is { } n ? Math.Max(0, n - 1) : null);
        }
    }

    /// <summary>The next time of a cycle after one that was due; times that passed during a downtime are made up once, not one by one.</summary>
    public static DateTime Next(DateTime wasDue, string interval, DateTime now)
    {
        var working = interval.StartsWith(Working, StringComparison.Ordinal);
        var text = working ? interval[Working.Length..] : interval;
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
        if (Iso8601.TryDay(text, out var day))
        {
            return ChinaTime.StartOf(day);
        }

        if (!Iso8601.TryInstant(text, out var instant))
        {
            throw new FormatException($"“{text}” is no ISO 8601 date.");
        }

        // Without a zone it is China's time, as a date without a time is China's day.
        return instant.Kind == DateTimeKind.Unspecified ? ChinaTime.ToUtc(instant) : instant.ToUniversalTime();
    }

    private static DateTime After(DateTime from, string text, bool inWorkingDays)
    {
        if (!Iso8601.TryDuration(text, out var duration))
        {
            throw new FormatException($"“{text}” is no ISO 8601 duration such as P3D or PT2H.");
        }

        try
        {
            var local = ChinaTime.FromUtc(from).AddMonths(duration.Months);
            // Working days count whole days at the same time of day; 调休 days count, holidays do not.
            local = inWorkingDays
                ? WorkingCalendar.AddWorkingDays(DateOnly.FromDateTime(local), duration.Days).ToDateTime(TimeOnly.FromDateTime(local))
                : local.AddDays(duration.Days);
            return ChinaTime.ToUtc(local + duration.Time);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new FormatException($"“{text}” ends after the calendar does.", error);
        }
    }
}
