using PilotPlatform.Scheduling;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>What a stopped server missed is sent when it is up again.</summary>
internal sealed class ReportingReminderRound(ReportingReminders reminders) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public Task RunAsync(CancellationToken cancellationToken) => reminders.SendAsync(cancellationToken);
}
