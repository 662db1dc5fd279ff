using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
using PilotPlatform.Regions.Offices;
using PilotPlatform.Regions.Onboarding;
using PilotPlatform.Regions.Regions;
using PilotPlatform.Regions.Seeding;
using PilotPlatform.Seeding;

namespace PilotPlatform.Regions;

/// <summary>Regions (= tenants), offices, administrative order.</summary>
public static class RegionsModule
{
    private static readonly Dictionary<string, int> StatusCodes = new()
    {
        [RegionsErrorCodes.UnknownProvince] = Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound,
    };

    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddRegions(this IServiceCollection services)
    {
        services.AddPlatformModule("Regions", typeof(RegionsModule).Assembly, RegionsPermissions.Definitions, StatusCodes);
        services.AddSingleton<RegionDirectory>();
        services.AddSingleton<IRegionDirectory>(s => s.GetRequiredService<RegionDirectory>());
        services.AddScoped<IRegionOnboarding, RegionOnboarding>();
        services.AddScoped<IOfficeDirectory, OfficeDirectory>();
        services.AddScoped<ScopedRegions>();
        services.AddScoped<RegionAppService>();
        services.AddScoped<OfficeAppService>();
        services.AddSingleton<OnboardingTurn>();
        services.AddScoped<OnboardingAppService>();
        services.AddScoped<IDemoSeeder, DemoRegions>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapRegions(this IEndpointRouteBuilder routes)
    {
        RegionEndpoints.Map(routes);
        OfficeEndpoints.Map(routes);
        OnboardingEndpoints.Map(routes);
    }
}
