using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Events;

/// <summary>Told by SaveChanges that messages wait, so that they are delivered at once and not at the next poll.</summary>
internal sealed class OutboxSignal : WakeSignal;

/// <summary>Delivers outbox messages: each handler in a fresh scope, its changes and its receipt in one transaction.</summary>
public interface IOutboxDispatcher
{
    /// <summary>Delivers what is due now, including what the handlers themselves raise; returns how many messages were completed.</summary>
    Task<int> DispatchDueAsync(CancellationToken cancellationToken);
}

internal sealed class OutboxDispatcher(
    ITenantScopes scopes, EventRegistry registry, TimeProvider time, ILogger<OutboxDispatcher> logger) : IOutboxDispatcher
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<int> DispatchDueAsync(CancellationToken cancellationToken)
    {
        var completed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var batch = await DueAsync(cancellationToken);
            var progressed = false;
            foreach (var message in batch)
            {
                if (await TryLeaseAsync(message, cancellationToken))
                {
                    progressed = true;
                    completed += await DeliverAsync(message, cancellationToken) ? 1 : 0;
                }
            }

            if (!progressed)
            {
                break;
            }
        }

        return completed;
    }

    private static ScopeIdentity Operator => ScopeIdentity.System(TenantRef.Root);

    private Task<List<OutboxMessage>> DueAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(Operator, services =>
        {
            var now = time.UtcNow();
            return services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().AsNoTracking()
                .Where(m => m.ProcessedAt == null && m.NextAttemptAt <= now && m.Attempts < OutboxMessage.MaxAttempts
                    && (m.LeasedUntil == null || m.LeasedUntil < now))
                .OrderBy(m => m.Id).Take(BatchSize).ToListAsync(cancellationToken);
        });

    private Task<bool> TryLeaseAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        scopes.RunAsync(Operator, async services =>
        {
            var now = time.UtcNow();
            var until = now + Lease;
            return await services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>()
                // As it was when it was looked at: another node may have tried it since, and then it waits for its next time.
                .Where(m => m.Id == message.Id && m.ProcessedAt == null && m.Attempts == message.Attempts && (m.LeasedUntil == null || m.LeasedUntil < now))
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, until), cancellationToken) == 1;
        });

    private async Task<bool> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var platformEvent = registry.Read(message);
            foreach (var handler in registry.HandlersOf(platformEvent))
            {
                await RunOnceAsync(message, platformEvent, handler, cancellationToken);
            }
        }
        catch (Exception error) when (error.IsFailure(cancellationToken))
        {
            logger.LogError(error, "Outbox message {MessageId} ({Name}) failed, attempt {Attempt}.", message.Id, message.Name, message.Attempts + 1);
            await RecordFailureAsync(message, error);
            return false;
        }

        await scopes.RunAsync(Operator, services =>
        {
            var now = time.UtcNow();
            return services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(m => m.ProcessedAt, now).SetProperty(m => m.LeasedUntil, (DateTime?)null), cancellationToken);
        });
        return true;
    }

    private Task RunOnceAsync(
        OutboxMessage message, IPlatformEvent platformEvent, EventHandlerDescriptor handler, CancellationToken cancellationToken)
    {
        var tenant = new TenantRef(message.TenantId, message.TenantPath);
        return scopes.RunAsync(new ScopeIdentity(message.ActorId, message.ActorName, tenant), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            if (await db.Set<OutboxReceipt>().AnyAsync(r => r.MessageId == message.Id && r.Handler == handler.Name, cancellationToken))
            {
                return;
            }

            db.Add(new OutboxReceipt { MessageId = message.Id, Handler = handler.Name, HandledAt = time.UtcNow() });
            var context = new EventContext(message.Id, tenant, message.ActorId, message.ActorName, message.OccurredAt);
            await handler.Invoke(services, platformEvent, context, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        });
    }

    private Task RecordFailureAsync(OutboxMessage message, Exception error) =>
        scopes.RunAsync(Operator, services =>
        {
            var attempts = message.Attempts + 1;
            var next = time.UtcNow() + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, attempts)));
            var text = error.ToString();
            var shortened = text.Length > 2000 ? text[..2000] : text;
            return services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(m => m.Attempts, attempts).SetProperty(m => m.NextAttemptAt, next)
                        .SetProperty(m => m.LastError, shortened).SetProperty(m => m.LeasedUntil, (DateTime?)null),
                    CancellationToken.None);
        });
}

internal sealed class OutboxWorker(IOutboxDispatcher dispatcher, OutboxSignal signal, TimeProvider time, ILogger<OutboxWorker> logger)
    : SignalledWorker(signal, time, logger)
{
    protected override Task RunDueAsync(CancellationToken cancellationToken) => dispatcher.DispatchDueAsync(cancellationToken);
}
