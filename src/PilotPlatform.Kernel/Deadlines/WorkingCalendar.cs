namespace PilotPlatform.Deadlines;

/// <summary>Working days. Without a year's table of holidays and 调休 days, Monday to Friday.</summary>
public static class WorkingCalendar
{
    /// <summary>Whether people work on a day.</summary>
    public static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The day that many working days later.</summary>
    public static DateOnly AddWorkingDays(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }
}
