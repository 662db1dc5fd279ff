using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Files;

/// <summary>Content-addressed blobs and uploads.</summary>
public static class FilesModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddPlatformModule("Files", typeof(FilesModule).Assembly, FilesPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
    }
}
