using PilotPlatform.Deadlines;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;

namespace PilotPlatform.Kernel.Tests;

public sealed class DeadlineTests
{
    private static readonly Deadline Hard = new(new DateOnly(2023, 9, 30), DuePrecision.Month, IsSoft: false);
    private static readonly Deadline Soft = Hard with { IsSoft = true };

    [Theory]
    [InlineData("2023-09-22", StatusLight.Green)]
    [InlineData("2023-09-23", StatusLight.Amber)]
    [InlineData("2023-09-30", StatusLight.Amber)]
    [InlineData("2023-10-01", StatusLight.Red)]
    public void Light_OfAHardDeadlineStillOpen(string today, StatusLight light) =>
        Hard.LightOn(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), null).ShouldBe(light);

    [Fact]
    public void Light_PastASoftDeadline_IsAmberNotRed() => Soft.LightOn(new DateOnly(2023, 12, 1), null).ShouldBe(StatusLight.Amber);

    [Theory]
    [InlineData("2023-09-30", StatusLight.Green)]
    [InlineData("2023-10-01", StatusLight.Yellow)]
    public void Light_OnceDone_NeverChanges(string doneOn, StatusLight light)
    {
        var done = DateOnly.Parse(doneOn, System.Globalization.CultureInfo.InvariantCulture);
        Hard.LightOn(new DateOnly(2023, 9, 1), done).ShouldBe(light);
        Hard.LightOn(new DateOnly(2030, 1, 1), done).ShouldBe(light);
    }

    [Fact]
    public void Today_IsChinas_AtTheEndOfAMonth()
    {
        var clock = new TestClock();
        clock.SetChina(2023, 9, 30, 23, 59);
        clock.Today().ShouldBe(new DateOnly(2023, 9, 30));
        clock.Advance(TimeSpan.FromMinutes(1));
        clock.Today().ShouldBe(new DateOnly(2023, 10, 1));
        ChinaTime.EndOf(new DateOnly(2023, 9, 30)).ShouldBe(clock.UtcNow());
    }

    [Theory]
    [InlineData("/32/", "/32/3206/", true)]
    [InlineData("/32/3206/", "/32/", false)]
    [InlineData("/32/3206/", "/32/3210/", false)]
    [InlineData("/32/3206/", "/32/32060/", false)]
    [InlineData("/", "/36/", true)]
    public void PathRange_HoldsExactlyThePrefixes(string scope, string path, bool inside)
    {
        var inRange = string.CompareOrdinal(path, scope) >= 0 && string.CompareOrdinal(path, TenantPaths.EndOf(scope)) < 0;
        inRange.ShouldBe(inside);
        TenantPaths.Covers(scope, path).ShouldBe(inside);
    }
}
