using PilotPlatform.Data;
using PilotPlatform.Notifications.EventHandlers;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Notifications.Notifications;

internal sealed class Notifier(PlatformDbContext db) : INotifier
{
    public void Notify(TenantRef region, string permission, NotificationMessage message) => Request(region, permission, null, message);

    public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message) => Request(region, null, userId, message);

    // The row belongs to the addressee's region, which the caller often may not write to: the handler runs over there.
    private void Request(TenantRef region, string? permission, Guid? userId, NotificationMessage message) =>
        db.AddFor(region, new NotificationRequested(permission, userId, message.Key, message.Values, message.Link, message.Due));
}
