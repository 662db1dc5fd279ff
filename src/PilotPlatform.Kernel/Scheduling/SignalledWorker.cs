using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PilotPlatform.Events;

namespace PilotPlatform.Scheduling;

/// <summary>Does what is due when signalled, and every few seconds for what another node left behind.</summary>
public abstract class SignalledWorker(WakeSignal signal, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Does all that is due now.</summary>
    protected abstract Task RunDueAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
                await signal.WaitAsync(Interval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be away for a while; what is due waits in it.
                logger.LogError(error, "{Worker} could not run; trying again.", GetType().Name);
                await signal.WaitAsync(Interval, time, stoppingToken);
            }
        }
    }
}
