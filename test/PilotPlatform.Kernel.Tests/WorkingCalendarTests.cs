using System.Globalization;
using PilotPlatform.Deadlines;

namespace PilotPlatform.Kernel.Tests;

/// <summary>Facts of the State Council's notices, which the calendar must agree with.</summary>
public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2024-09-29", true)] // a Sunday worked for the National Day week
    [InlineData("2024-09-30", true)]
    [InlineData("2024-10-01", false)]
    [InlineData("2024-10-04", false)]
    [InlineData("2024-10-07", false)]
    [InlineData("2024-10-08", true)]
    [InlineData("2024-10-12", true)] // a Saturday worked
    [InlineData("2024-10-13", false)]
    [InlineData("2023-09-28", true)]
    [InlineData("2023-09-29", false)] // mid-autumn, joined to the National Day week
    [InlineData("2023-10-06", false)]
    [InlineData("2023-10-07", true)]
    [InlineData("2023-10-08", true)]
    [InlineData("2023-01-28", true)] // the weekend after Spring Festival
    [InlineData("2023-01-29", true)]
    [InlineData("2023-01-23", false)]
    [InlineData("2020-01-31", false)] // Spring Festival prolonged in January 2020
    [InlineData("2022-12-31", false)]
    [InlineData("2023-05-20", false)] // an ordinary Saturday
    [InlineData("2023-05-22", true)]
    public void IsWorkingDay_InAKnownYear_FollowsTheTables(string day, bool expected) => WorkingCalendar.IsWorkingDay(Day(day)).ShouldBe(expected);

    [Theory]
    [InlineData("2099-10-01", true)] // a Thursday; nobody has ordered anything yet
    [InlineData("2099-10-03", false)]
    public void IsWorkingDay_InAnUnknownYear_GoesByWeekends(string day, bool expected) => WorkingCalendar.IsWorkingDay(Day(day)).ShouldBe(expected);

    [Theory]
    [InlineData("2024-09-27", 1, "2024-09-29")]
    [InlineData("2024-09-27", 2, "2024-09-30")]
    [InlineData("2024-09-27", 3, "2024-10-08")]
    [InlineData("2024-09-27", 7, "2024-10-12")]
    [InlineData("2023-09-28", 1, "2023-10-07")]
    [InlineData("2023-05-19", 5, "2023-05-26")]
    [InlineData("2023-05-19", 0, "2023-05-19")]
    [InlineData("2024-10-01", 0, "2024-10-08")]
    [InlineData("2024-10-01", 1, "2024-10-08")]
    [InlineData("2024-10-08", -1, "2024-09-30")]
    [InlineData("2024-10-08", -2, "2024-09-29")]
    public void AddWorkingDays_CountsWorkedDaysOnly(string from, int days, string expected)
    {
        WorkingCalendar.AddWorkingDays(Day(from), days, out var isCertain).ShouldBe(Day(expected));
        isCertain.ShouldBeTrue();
        WorkingCalendar.AddWorkingDays(Day(from), days).ShouldBe(Day(expected));
    }

    [Fact]
    public void AddWorkingDays_WhenItRunsIntoAnUnknownYear_SaysSo()
    {
        var lastKnown = WorkingCalendar.KnownYears[^1];
        WorkingCalendar.AddWorkingDays(new DateOnly(lastKnown, 12, 1), 60, out var isCertain);
        isCertain.ShouldBeFalse();
        WorkingCalendar.AddWorkingDays(new DateOnly(lastKnown + 5, 6, 1), 0, out isCertain);
        isCertain.ShouldBeFalse();
    }

    [Fact]
    public void KnownYears_AreThoseOfTheData()
    {
        WorkingCalendar.KnownYears.ShouldBe(Enumerable.Range(2004, WorkingCalendar.KnownYears.Count));
        WorkingCalendar.KnownYears.ShouldContain(2026);
        WorkingCalendar.IsKnown(2023).ShouldBeTrue();
        WorkingCalendar.IsKnown(2003).ShouldBeFalse();
    }

    /// <summary>The totals that employers and courts reckon with: one day wrong anywhere in a year shows here.</summary>
    [Theory]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    public void AYear_HasItsKnownNumberOfWorkingDays(int year, int expected)
    {
        var first = new DateOnly(year, 1, 1);
        Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Count(i => WorkingCalendar.IsWorkingDay(first.AddDays(i))).ShouldBe(expected);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
