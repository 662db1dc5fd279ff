using System.Collections.Frozen;
using System.Globalization;

namespace PilotPlatform.Deadlines;

/// <summary>
/// Working days in China by the holiday and 调休 tables that the State Council orders year by year: weekends and ordered
/// days off are free, ordered weekend days are worked. A year whose table is not here counts by weekends alone.
/// </summary>
public static class WorkingCalendar
{
    private const string Prefix = "PilotPlatform.Holidays.";
    private const string Suffix = ".tsv";

    // True: worked although a weekend. False: off.
    private static readonly FrozenDictionary<DateOnly, bool> Ordered = Read(out KnownYearsRead);
    private static readonly IReadOnlyList<int> KnownYearsRead;

    /// <summary>The years whose tables are here, in order.</summary>
    public static IReadOnlyList<int> KnownYears => KnownYearsRead;

    /// <summary>True when the year's table is here.</summary>
    public static bool IsKnown(int year) => KnownYearsRead.Contains(year);

    /// <summary>True when a day that working days were counted up to rests on weekends alone, which whoever sees it must be told.</summary>
    public static bool IsProvisional(DateOnly day) => !IsKnown(day.Year);

    /// <summary>True when the day is worked.</summary>
    public static bool IsWorkingDay(DateOnly day) =>
        Ordered.TryGetValue(day, out var worked) ? worked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The day after so many working days; see the other overload.</summary>
    public static DateOnly AddWorkingDays(DateOnly day, int workingDays) => AddWorkingDays(day, workingDays, out _);

    /// <summary>
    /// The day after so many working days: the day itself is not counted, the result is a working day. None at all gives the
    /// day itself, or the next working day when it is free; a negative number counts backwards.
    /// </summary>
    /// <param name="day">The day counted from.</param>
    /// <param name="workingDays">How many working days.</param>
    /// <param name="isCertain">False when the count ran through a year whose table is not here.</param>
    public static DateOnly AddWorkingDays(DateOnly day, int workingDays, out bool isCertain)
    {
        isCertain = true;
        var step = workingDays < 0 ? -1 : 1;
        var left = Math.Abs((long)workingDays);
        if (left == 0)
        {
            isCertain = IsKnown(day.Year);
            if (IsWorkingDay(day))
            {
                return day;
            }

            left = 1;
        }

        while (left > 0)
        {
            day = day.AddDays(step);
            isCertain &= IsKnown(day.Year);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private static FrozenDictionary<DateOnly, bool> Read(out IReadOnlyList<int> years)
    {
        var assembly = typeof(WorkingCalendar).Assembly;
        var ordered = new Dictionary<DateOnly, bool>();
        var found = new List<int>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            found.Add(int.Parse(name[Prefix.Length..^Suffix.Length], CultureInfo.InvariantCulture));
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Split('\t') is [var date, var kind, _] && !line.StartsWith('#'))
                {
                    ordered.Add(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), kind == "work");
                }
            }
        }

        years = found.Order().ToList();
        return ordered.ToFrozenDictionary();
    }
}
