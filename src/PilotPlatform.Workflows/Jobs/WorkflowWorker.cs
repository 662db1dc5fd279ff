using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>Runs jobs when signalled and every few seconds; one indexed look serves all instances, however many wait.</summary>
internal sealed class WorkflowWorker(
    IWorkflowJobRunner runner, DueReminders reminders, JobSignal signal, TimeProvider time, ILogger<WorkflowWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var remindedAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await runner.RunDueAsync(stoppingToken);
                if (time.GetUtcNow() - remindedAt >= ReminderInterval)
                {
                    await reminders.SendAsync(stoppingToken);
                    remindedAt = time.GetUtcNow();
                }

                await signal.WaitAsync(Interval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be away for a while; the jobs wait in it.
                logger.LogError(error, "Workflow jobs could not be run; trying again.");
                await signal.WaitAsync(Interval, time, stoppingToken);
            }
        }
    }
}
