using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Identity;
using PilotPlatform.Notifications.Mail;
using PilotPlatform.Notifications.Notifications;

namespace PilotPlatform.Notifications.EventHandlers;

/// <summary>Somebody is to be told something: the holders of a permission in the region whose scope it runs in, or one person there.</summary>
[EventName("notifications.requested.v1")]
internal sealed record NotificationRequested(
    string? Permission, Guid? UserId, string Key, IReadOnlyDictionary<string, string> Values, string Link, DateOnly? Due) : IPlatformEvent;

internal sealed class WhenNotificationRequested(
    PlatformDbContext db, IUserDirectory people, IMailAddressBook addresses, IOptions<MailOptions> mail, UnreadSignals unread, IIdGenerator ids, TimeProvider time)
    : IEventHandler<NotificationRequested>
{
    public async Task HandleAsync(NotificationRequested platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var userIds = await AddresseesAsync(platformEvent, context, cancellationToken);
        var mailTo = mail.Value.IsConfigured && userIds.Count > 0
            ? await addresses.FindAsync(userIds, cancellationToken)
            : new Dictionary<Guid, string>();
        foreach (var userId in userIds)
        {
            var notification = new Notification(
                ids.NewId(), context.Tenant, userId, platformEvent.Key, platformEvent.Values, context.ActorId is null ? null : context.ActorName,
                platformEvent.Link, platformEvent.Due);
            db.Add(notification);
            if (mailTo.TryGetValue(userId, out var address))
            {
                db.Add(new OutgoingMail(ids.NewId(), notification, address, time));
            }
        }

        // The dispatcher saves; only then is there anything to count.
        db.SavedChanges += (_, _) => unread.Raise(userIds);
    }

    private async Task<IReadOnlyCollection<Guid>> AddresseesAsync(NotificationRequested request, EventContext context, CancellationToken cancellationToken)
    {
        if (request.UserId is { } userId)
        {
            // A person is told within the region that they act for; an id of elsewhere is no address.
            var known = await people.FindAsync([userId], cancellationToken);
            return known.TryGetValue(userId, out var user) && user.Region.Id == context.Tenant.Id ? [userId] : [];
        }

        return [.. (await people.WithPermissionAsync(context.Tenant.Id, request.Permission!, cancellationToken)).Select(u => u.Id).Distinct()];
    }
}
