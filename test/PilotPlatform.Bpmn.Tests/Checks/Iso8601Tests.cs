namespace PilotPlatform.Bpmn.Tests.Checks;

/// <summary>What the checks accept is what timers can do: one parser.</summary>
public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("P3D", 0, 3, "00:00:00")]
    [InlineData("P2W", 0, 14, "00:00:00")]
    [InlineData("P1Y2M3W4D", 14, 25, "00:00:00")]
    [InlineData("PT36H", 0, 0, "1.12:00:00")]
    [InlineData("P1DT2H3M4.5S", 0, 1, "02:03:04.5")]
    public void Duration_IsReadPartByPart(string text, int months, int days, string time)
    {
        Iso8601.TryDuration(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(new IsoDuration(months, days, TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("3D")]
    [InlineData("P1.5D")]
    [InlineData("P-1D")]
    [InlineData("P3D\n")]
    [InlineData("")]
    public void Duration_OfAnotherForm_IsRefused(string text) => Iso8601.TryDuration(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("R3/P1D", 3, null, "P1D")]
    [InlineData("R/2033-06-01T09:00/P1W", null, "2033-06-01T09:00", "P1W")]
    public void Cycle_IsReadPartByPart(string text, int? times, string? start, string interval)
    {
        Iso8601.TryCycle(text, out var cycle).ShouldBeTrue();
        cycle.ShouldBe(new IsoCycle(times, start, interval));
    }

    [Theory]
    [InlineData("R3/P")]
    [InlineData("R-1/P1D")]
    [InlineData("R3/tomorrow/P1D")]
    [InlineData("P1D")]
    public void Cycle_OfAnotherForm_IsRefused(string text) => Iso8601.TryCycle(text, out _).ShouldBeFalse();
}
