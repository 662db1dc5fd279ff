namespace PilotPlatform.Identity;

/// <summary>Where people get mail; for the Notifications module alone, no address is ever shown to others.</summary>
public interface IMailAddressBook
{
    /// <summary>The addresses of those active people who have one.</summary>
    Task<IReadOnlyDictionary<Guid, string>> FindAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}
