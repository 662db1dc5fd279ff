using PilotPlatform.Time;

namespace PilotPlatform.Data;

/// <summary>
/// A picture of few rows that nearly every request asks for. A change on this node shows at once, another node's after at most
/// half a minute.
/// </summary>
/// <typeparam name="T">What is kept; it does not change.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="read">Reads it anew.</param>
public sealed class KeptPicture<T>(TimeProvider time, Func<CancellationToken, Task<T>> read)
    where T : class
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private volatile Kept? current;
    private int renewals;

    /// <summary>The picture, read anew when it is too old.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        if (current is { } kept && now - kept.ReadAt < MaxAge)
        {
            return kept.Picture;
        }

        var before = Volatile.Read(ref renewals);
        var fresh = new Kept(await read(cancellationToken), now);
        current = fresh;
        if (Volatile.Read(ref renewals) != before)
        {
            // Something was saved after it was read: it serves this request, and is not kept.
            Interlocked.CompareExchange(ref current, null, fresh);
        }

        return fresh.Picture;
    }

    /// <summary>Forgets the picture, after a change on this node.</summary>
    public void Renew()
    {
        Interlocked.Increment(ref renewals);
        current = null;
    }

    private sealed record Kept(T Picture, DateTime ReadAt);
}
