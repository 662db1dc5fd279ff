namespace PilotPlatform.Notifications;

/// <summary>
/// Counts that open pages show and that change without their doing; another module's part of the one event stream. Whatever a
/// page shows of them comes by the stream: a page that asked for more at each event would keep an idle session alive.
/// </summary>
public interface ILiveCounter
{
    /// <summary>The current person's counts.</summary>
    Task<IReadOnlyList<LiveCount>> CountAsync(CancellationToken cancellationToken);
}

/// <summary>One count under the name of its server-sent event, such as <c>tasks</c>.</summary>
public sealed record LiveCount(string Name, int Count);

/// <summary>Wakes the open pages of people whose counts changed; to be called after the commit.</summary>
public interface ILiveCounts
{
    /// <summary>These people's counts changed.</summary>
    void Changed(IEnumerable<Guid> userIds);
}
