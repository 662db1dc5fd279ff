using Microsoft.Extensions.Logging;
using PilotPlatform.Scheduling;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>One indexed look serves all instances, however many wait.</summary>
internal sealed class WorkflowWorker(IWorkflowJobRunner runner, JobSignal signal, TimeProvider time, ILogger<WorkflowWorker> logger)
    : SignalledWorker(signal, time, logger)
{
    protected override Task RunDueAsync(CancellationToken cancellationToken) => runner.RunDueAsync(cancellationToken);
}

internal sealed class DueReminderRound(DueReminders reminders) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public Task RunAsync(CancellationToken cancellationToken) => reminders.SendAsync(cancellationToken);
}
