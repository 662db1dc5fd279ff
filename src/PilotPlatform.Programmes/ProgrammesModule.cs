using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Programmes;

/// <summary>Notices, programmes, themes, claims and assignments.</summary>
public static class ProgrammesModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddProgrammes(this IServiceCollection services)
    {
        services.AddPlatformModule("Programmes", typeof(ProgrammesModule).Assembly, ProgrammesPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapProgrammes(this IEndpointRouteBuilder routes)
    {
    }
}
