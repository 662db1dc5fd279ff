using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace PilotPlatform.Scheduling;

/// <summary>
/// Work that comes round: a sweep, a seal, reminders. Every node runs its own rounds, so the work itself must bear being done
/// by two at once; a round that fails is logged, and the next one comes.
/// </summary>
public interface IRecurringWork
{
    /// <summary>Does one round.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Registers work that comes round, run by Quartz.NET.</summary>
public static class RecurringWorkRegistration
{
    /// <summary>Has <typeparamref name="TWork"/> done at the start and then every <paramref name="interval"/>, one round at a time on each node.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">A name for logs, such as <c>files.sweep</c>.</param>
    /// <param name="interval">From the start of one round to the start of the next.</param>
    public static IServiceCollection AddRecurringWork<TWork>(this IServiceCollection services, string name, TimeSpan interval)
        where TWork : class, IRecurringWork
    {
        services.TryAddSingleton<TWork>();
        return services.AddQuartz(quartz => quartz.ScheduleJob<RecurringJob<TWork>>(trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(interval)));
    }

    /// <summary>Runs what was registered; a command-line tool or a test calls the work itself.</summary>
    public static IServiceCollection AddRecurringWorkRunner(this IServiceCollection services) =>
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
}

[DisallowConcurrentExecution]
internal sealed class RecurringJob<TWork>(TWork work, ILogger<TWork> logger) : IJob
    where TWork : IRecurringWork
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await work.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The node is stopping; another one, or the next start, goes on.
        }
        catch (Exception error)
        {
            // The database may be away, or another node was first; whatever it was, the next round starts anew.
            logger.LogError(error, "{Work} failed; the next round comes at {Next:u}.", context.Trigger.Key.Name, context.NextFireTimeUtc);
        }
    }
}
