namespace PilotPlatform.Events;

/// <summary>Work that a node does by itself, with nobody waiting for an answer.</summary>
public static class OwnWork
{
    /// <summary>
    /// Whether an error is to be noted against the work. Also when a handler gave up waiting for something of its own: only when the
    /// node itself stops is the work left as it is, for another node or the next start.
    /// </summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="stopping">Cancelled when the node stops.</param>
    public static bool IsFailure(this Exception error, CancellationToken stopping) =>
        error is not OperationCanceledException || !stopping.IsCancellationRequested;
}
