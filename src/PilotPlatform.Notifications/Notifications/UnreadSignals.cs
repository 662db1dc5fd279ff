using System.Collections.Concurrent;
using System.Threading.Channels;

namespace PilotPlatform.Notifications.Notifications;

/// <summary>
/// Wakes the open streams of people whose unread count has changed on this node; another node's change shows at a
/// stream's next heartbeat.
/// </summary>
internal sealed class UnreadSignals : ILiveCounts
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Listener, bool>> byUser = new();

    public Listener Listen(Guid userId)
    {
        var listener = new Listener(this, userId);
        byUser.GetOrAdd(userId, _ => new()).TryAdd(listener, true);
        return listener;
    }

    void ILiveCounts.Changed(IEnumerable<Guid> userIds) => Raise(userIds);

    public void Raise(IEnumerable<Guid> userIds)
    {
        foreach (var userId in userIds)
        {
            foreach (var listener in byUser.TryGetValue(userId, out var listeners) ? listeners.Keys : [])
            {
                listener.Wake();
            }
        }
    }

    internal sealed class Listener(UnreadSignals owner, Guid userId) : IDisposable
    {
        private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Wake() => woken.Writer.TryWrite(true);

        /// <summary>Waits for a signal, at most as long as said.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        {
            using var limit = new CancellationTokenSource(atMost, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await woken.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The heartbeat's time has come.
            }
        }

        public void Dispose()
        {
            if (owner.byUser.TryGetValue(userId, out var listeners))
            {
                // The empty entry stays: removing it would race with somebody who is just adding to it.
                listeners.TryRemove(this, out _);
            }
        }
    }
}
