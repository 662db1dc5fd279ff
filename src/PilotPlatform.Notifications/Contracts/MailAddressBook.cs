namespace PilotPlatform.Notifications;

/// <summary>Where people get mail. Whoever keeps the accounts implements it; without one nobody gets mail.</summary>
public interface IMailAddressBook
{
    /// <summary>The addresses of those who have one.</summary>
    Task<IReadOnlyDictionary<Guid, string>> FindAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}
