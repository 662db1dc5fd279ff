using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Insights.Dashboard;
using PilotPlatform.Insights.Workbench;
using PilotPlatform.Modules;

namespace PilotPlatform.Insights;

/// <summary>Read models only: dashboard, map, workbench. Nobody depends on it.</summary>
public static class InsightsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddInsights(this IServiceCollection services)
    {
        services.AddPlatformModule("Insights", typeof(InsightsModule).Assembly, InsightsPermissions.Definitions);
        services.AddScoped<DashboardReader>();
        services.AddScoped<WorkbenchReader>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapInsights(this IEndpointRouteBuilder routes)
    {
        DashboardEndpoints.Map(routes);
        WorkbenchEndpoints.Map(routes);
    }
}
