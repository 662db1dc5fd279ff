using PilotPlatform.Tenancy;

namespace PilotPlatform.Notifications;

/// <summary>
/// Tells people what happened: who did what to what, what is wanted of them, by when, with one link. The request is part
/// of the caller's transaction (outbox); the message appears in the app and goes out by mail after the commit.
/// </summary>
public interface INotifier
{
    /// <summary>Tells everybody in a region who holds a permission.</summary>
    /// <param name="region">The region whose people are told; it need not be in the caller's scope.</param>
    /// <param name="permission">The permission that they hold.</param>
    /// <param name="message">What to say.</param>
    void Notify(TenantRef region, string permission, NotificationMessage message);

    /// <summary>Tells one person.</summary>
    void NotifyUser(TenantRef region, Guid userId, NotificationMessage message);
}

/// <summary>What to say.</summary>
/// <param name="Key">Text keys are <c>Notification:{Key}.Title</c> and <c>Notification:{Key}.Body</c>, in the module that sends it.</param>
/// <param name="Values">Values for the texts' placeholders, in the data's own words; <c>{actor}</c> is filled in.</param>
/// <param name="Link">The web app's route, such as <c>/pilots/…</c>.</param>
/// <param name="Due">By when something is wanted.</param>
public sealed record NotificationMessage(string Key, IReadOnlyDictionary<string, string> Values, string Link, DateOnly? Due = null);
