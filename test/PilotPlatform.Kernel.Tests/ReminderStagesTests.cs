using PilotPlatform.Deadlines;

namespace PilotPlatform.Kernel.Tests;

public sealed class ReminderStagesTests
{
    private static readonly DateOnly Day = new(2023, 6, 30);

    [Theory]
    [InlineData(3, -4, "None")]
    [InlineData(3, -3, "Soon")]
    [InlineData(3, -1, "Soon")]
    [InlineData(3, 0, "Today")]
    [InlineData(3, 1, "Overdue")]
    [InlineData(3, 100, "Overdue")]
    [InlineData(7, -8, "None")]
    [InlineData(7, -7, "Soon")]
    [InlineData(7, 0, "Today")]
    [InlineData(7, 1, "Overdue")]
    public void Stage_OnADay(int daysBefore, int offset, string stage) =>
        new ReminderStages(daysBefore).On(Day.AddDays(offset), Day).ToString().ShouldBe(stage);

    [Fact]
    public void Stage_OfWhatHasNoDay_IsNone() => new ReminderStages(7).On(Day, null).ShouldBe(ReminderStage.None);

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Awaited_AreExactlyTheRowsWhoseStageWasNotSent(int daysBefore)
    {
        var stages = new ReminderStages(daysBefore);
        var rows = Enum.GetValues<ReminderStage>().SelectMany(sent => Enumerable.Range(-12, 24).Select(offset => new Row(Day.AddDays(offset), (int)sent)).Append(new Row(null, (int)sent))).ToList();

        var awaited = stages.Awaited(rows.AsQueryable(), Day).ToList();

        awaited.ShouldBe(rows.Where(r => (int)stages.On(Day, r.DueOn) > r.RemindersSent));
        awaited.Count(r => r.RemindersSent == 0).ShouldBe(12 + 1 + daysBefore, "all that is late, the day, and the days before");
        awaited.Count(r => r.RemindersSent == 1).ShouldBe(12 + 1);
        awaited.Count(r => r.RemindersSent == 2).ShouldBe(12);
        awaited.ShouldNotContain(r => r.RemindersSent == 3);
    }

    private sealed record Row(DateOnly? DueOn, int RemindersSent) : IReminded
    {
        public void Reminded(int remindersSent) => throw new NotSupportedException();
    }
}
