using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Events;
using PilotPlatform.Modules;
using PilotPlatform.Notifications.EventHandlers;
using PilotPlatform.Notifications.Mail;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Scheduling;

namespace PilotPlatform.Notifications;

/// <summary>Tells people what happened and what is wanted of them.</summary>
public static class NotificationsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddPlatformModule("Notifications", typeof(NotificationsModule).Assembly, NotificationsPermissions.Definitions);
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section);
        services.AddScoped<INotifier, Notifier>();
        services.AddSingleton<NotificationTexts>();
        services.AddSingleton<UnreadSignals>();
        services.AddSingleton<ILiveCounts>(s => s.GetRequiredService<UnreadSignals>());
        services.AddSingleton<UnreadStream>();
        services.AddScoped<NotificationAppService>();
        services.AddSingleton<MailTransport>();
        services.AddSingleton<MailSender>();
        services.AddRecurringWork<MailRound>("notifications.mail", MailRound.Interval);
        services.AddEventHandler<NotificationRequested, WhenNotificationRequested>("notifications.when-notification-requested");
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder routes) => NotificationEndpoints.Map(routes);
}
