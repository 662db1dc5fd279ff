using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Notifications.Notifications;

internal sealed class NotificationAppService(PlatformDbContext db, ICurrentScope scope, NotificationTexts texts, UnreadSignals unread, TimeProvider time)
{
    private static readonly SortList<Notification> Sorts = new SortList<Notification>()
        .Allow("createdAt", n => n.CreatedAt)
        .Allow("due", n => n.Due)
        .Otherwise(q => q.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id));

    private IQueryable<Notification> Own => db.Set<Notification>().Of(scope.RequiredUserId);

    public async Task<PagedResult<NotificationDto>> ListAsync(GetNotificationsInput input, CancellationToken cancellationToken)
    {
        var page = await Own.AsNoTracking().Where(n => input.UnreadOnly != true || n.ReadAt == null).ToPageAsync(
            input, Sorts,
            n => new { n.Id, Wording = new NotificationWording(n.Key, n.Values, n.ActorName, n.Due), n.Link, n.Due, n.ReadAt, n.CreatedAt },
            cancellationToken);
        return new PagedResult<NotificationDto>(page.TotalCount, [.. page.Items.Select(n => ToDto(n.Id, n.Wording, n.Link, n.Due, n.ReadAt, n.CreatedAt))]);
    }

    public async Task<UnreadCountDto> CountUnreadAsync(CancellationToken cancellationToken) =>
        new(await Own.CountAsync(n => n.ReadAt == null, cancellationToken));

    public async Task<NotificationDto> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        // Past the row's stamp: whoever reads in two tabs at once has read it in both.
        await Own.Where(n => n.Id == id && n.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), cancellationToken);
        var n = await Own.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Notification), id);
        unread.Raise([n.UserId]);
        return ToDto(n.Id, new NotificationWording(n.Key, n.Values, n.ActorName, n.Due), n.Link, n.Due, n.ReadAt, n.CreatedAt);
    }

    public async Task<UnreadCountDto> ReadAllAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        await Own.Where(n => n.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), cancellationToken);
        unread.Raise([scope.RequiredUserId]);
        return await CountUnreadAsync(cancellationToken);
    }

    private NotificationDto ToDto(Guid id, NotificationWording wording, string link, DateOnly? due, DateTime? readAt, DateTime createdAt)
    {
        var (title, body) = texts.In(Texts.CurrentLanguage, wording);
        return new NotificationDto(id, title, body, link, due, readAt is not null, createdAt);
    }
}
