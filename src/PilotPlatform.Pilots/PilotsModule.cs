using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Pilots;

/// <summary>Pilots, their plans, deliverables and review.</summary>
public static class PilotsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPilots(this IServiceCollection services)
    {
        services.AddPlatformModule("Pilots", typeof(PilotsModule).Assembly, PilotsPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapPilots(this IEndpointRouteBuilder routes)
    {
    }
}
