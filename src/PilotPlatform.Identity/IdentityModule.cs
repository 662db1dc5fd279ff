using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Identity;

/// <summary>Users, roles, sign-in, sessions, API tokens, the audit log's reader.</summary>
public static class IdentityModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddPlatformModule("Identity", typeof(IdentityModule).Assembly, IdentityPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
    }
}
