using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Notifications.Notifications;

internal static class NotificationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notifications").WithTags("Notifications").RequireSignIn();
        group.MapGet("", ListAsync).WithName("ListNotifications").WithSummary("The caller's notifications, the newest first.");
        group.MapGet("/unread-count", CountAsync).WithName("GetUnreadNotificationCount").WithSummary("How many notifications wait to be read.");
        group.MapPost("/{id:guid}/read", ReadAsync).WithName("ReadNotification").WithSummary("Marks a notification as read.");
        group.MapPost("/read-all", ReadAllAsync).WithName("ReadAllNotifications").WithSummary("Marks all of the caller's notifications as read.");
        group.MapGet("/stream", Stream).WithName("StreamUnreadNotificationCount")
            .WithSummary("Server-sent events named “unread” with the count; ends when the sign-in does.")
            .AsBackgroundLook();
    }

    private static async Task<Ok<PagedResult<NotificationDto>>> ListAsync(
        [AsParameters] GetNotificationsInput input, NotificationAppService notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notifications.ListAsync(input, cancellationToken));

    private static async Task<Ok<UnreadCountDto>> CountAsync(NotificationAppService notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notifications.CountUnreadAsync(cancellationToken));

    private static async Task<Ok<NotificationDto>> ReadAsync(Guid id, NotificationAppService notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notifications.ReadAsync(id, cancellationToken));

    private static async Task<Ok<UnreadCountDto>> ReadAllAsync(NotificationAppService notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notifications.ReadAllAsync(cancellationToken));

    private static ServerSentEventsResult<UnreadCountDto> Stream(HttpContext context, ICurrentScope scope, UnreadStream stream, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(stream.RunAsync(context, scope.Identity, cancellationToken));
}
