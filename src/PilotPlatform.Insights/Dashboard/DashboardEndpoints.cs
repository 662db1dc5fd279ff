using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Insights.Dashboard;

internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/insights").WithTags("Insights");
        group.MapGet("programmes", ListProgrammesAsync).RequirePermission(InsightsPermissions.ViewDashboard).WithName("ListDashboardProgrammes")
            .WithSummary("The issued programmes that the caller may see, newest first.");
        group.MapGet("dashboard", GetDashboardAsync).RequirePermission(InsightsPermissions.ViewDashboard).WithName("GetDashboard")
            .WithSummary("Theme × region matrix, counts and map of one programme, over what the caller may see.");
    }

    private static async Task<Ok<IReadOnlyList<DashboardProgrammeDto>>> ListProgrammesAsync(DashboardReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ProgrammesAsync(cancellationToken));

    private static async Task<Ok<DashboardDto>> GetDashboardAsync(Guid programmeId, DashboardReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(programmeId, cancellationToken));
}
