using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>Sends the reminders of reporting duties every few minutes; what a stopped server missed is sent when it is up again.</summary>
internal sealed class ReportingReminderWorker(ReportingReminders reminders, TimeProvider time, ILogger<ReportingReminderWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await reminders.SendAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be away for a while; the duties wait in it.
                logger.LogError(error, "Reminders of reporting duties could not be sent; trying again.");
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
