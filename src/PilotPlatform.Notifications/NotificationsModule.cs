using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Notifications;

/// <summary>Tells people what happened and what is wanted of them.</summary>
public static class NotificationsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddPlatformModule("Notifications", typeof(NotificationsModule).Assembly, NotificationsPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
    }
}
