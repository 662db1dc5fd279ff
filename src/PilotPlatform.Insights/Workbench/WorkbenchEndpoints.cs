using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Insights.Workbench;

internal static class WorkbenchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/workbench").WithTags("Workbench");
        group.MapGet("", GetAsync).RequireSignIn().WithName("GetWorkbench")
            .WithSummary("What waits for the caller, the most urgent first, with counts by kind.");
    }

    private static async Task<Ok<WorkbenchDto>> GetAsync(
        int? limit, WorkbenchReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(limit ?? WorkbenchReader.DefaultLimit, cancellationToken));
}
