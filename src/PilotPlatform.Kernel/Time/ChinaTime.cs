namespace PilotPlatform.Time;

/// <summary>Dates are China's (Asia/Shanghai); instants are UTC.</summary>
public static class ChinaTime
{
    /// <summary>The zone all official dates are in.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>Today's date in China.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOf(time.GetUtcNow().UtcDateTime);

    /// <summary>The date in China at an instant (UTC).</summary>
    public static DateOnly DateOf(DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone));

    /// <summary>The present instant (UTC).</summary>
    public static DateTime UtcNow(this TimeProvider time) => time.GetUtcNow().UtcDateTime;

    /// <summary>The first instant (UTC) after a date in China: a deadline of that date is met before it.</summary>
    public static DateTime EndOf(DateOnly date) =>
        StartOf(date.AddDays(1));

    /// <summary>The first instant (UTC) of a date in China.</summary>
    public static DateTime StartOf(DateOnly date) => ToUtc(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>China's wall clock at an instant (UTC).</summary>
    public static DateTime FromUtc(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>The instant (UTC) of China's wall clock.</summary>
    public static DateTime ToUtc(DateTime china) => TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(china, DateTimeKind.Unspecified), Zone);
}
