namespace PilotPlatform.Testing;

/// <summary>A clock that stands still until a test moves it. Starts at 2023-06-01 09:00 in China.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2023, 6, 1, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Sets the clock to a time of day in China.</summary>
    public void SetChina(int year, int month, int day, int hour = 9, int minute = 0) =>
        now = new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    public void Advance(TimeSpan by) => now += by;
}
