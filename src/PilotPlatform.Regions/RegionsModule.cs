using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
using PilotPlatform.Regions.Offices;
using PilotPlatform.Regions.Regions;

namespace PilotPlatform.Regions;

/// <summary>Regions (= tenants), offices, administrative order.</summary>
public static class RegionsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddRegions(this IServiceCollection services)
    {
        services.AddPlatformModule("Regions", typeof(RegionsModule).Assembly, RegionsPermissions.Definitions);
        services.AddSingleton<RegionDirectory>();
        services.AddSingleton<IRegionDirectory>(s => s.GetRequiredService<RegionDirectory>());
        services.AddScoped<IRegionOnboarding, RegionOnboarding>();
        services.AddScoped<IOfficeDirectory, OfficeDirectory>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapRegions(this IEndpointRouteBuilder routes) => RegionEndpoints.Map(routes);
}
