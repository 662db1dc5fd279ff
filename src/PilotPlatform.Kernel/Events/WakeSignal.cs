using System.Threading.Channels;

namespace PilotPlatform.Events;

/// <summary>Wakes one waiter that otherwise looks at intervals; several raises before it looks are one.</summary>
public class WakeSignal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to look at.</summary>
    public void Raise() => channel.Writer.TryWrite(true);

    /// <summary>Waits for a raise, at most as long as said: something may have come without one, from another node.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval passed without a raise.
        }
    }
}
