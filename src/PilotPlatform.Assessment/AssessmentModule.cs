using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Assessment;

/// <summary>Schemes, panels, scores and results.</summary>
public static class AssessmentModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAssessment(this IServiceCollection services)
    {
        services.AddPlatformModule("Assessment", typeof(AssessmentModule).Assembly, AssessmentPermissions.Definitions);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapAssessment(this IEndpointRouteBuilder routes)
    {
    }
}
