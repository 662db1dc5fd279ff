using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Replication;

/// <summary>Practices, certification, adoptions, replication reports.</summary>
public static class ReplicationModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddReplication(this IServiceCollection services)
    {
        services.AddPlatformModule("Replication", typeof(ReplicationModule).Assembly, ReplicationPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapReplication(this IEndpointRouteBuilder routes)
    {
    }
}
