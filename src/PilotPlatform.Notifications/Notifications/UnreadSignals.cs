using System.Collections.Concurrent;
using PilotPlatform.Events;

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
                listener.Raise();
            }
        }
    }

    internal sealed class Listener(UnreadSignals owner, Guid userId) : WakeSignal, IDisposable
    {
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
