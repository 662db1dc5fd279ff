namespace PilotPlatform.Notifications;

/// <summary>A count that open pages show and that changes without their doing; another module's part of the one event stream.</summary>
public interface ILiveCounter
{
    /// <summary>The name of its server-sent event, such as <c>tasks</c>.</summary>
    string Name { get; }

    /// <summary>The current person's count.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);
}

/// <summary>Wakes the open pages of people whose counts changed; to be called after the commit.</summary>
public interface ILiveCounts
{
    /// <summary>These people's counts changed.</summary>
    void Changed(IEnumerable<Guid> userIds);
}
