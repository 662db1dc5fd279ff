using PilotPlatform.Data;

namespace PilotPlatform.HttpApi.Host.Hosting;

/// <summary>For load balancers: alive, and able to reach the database.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok()).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (PlatformDbContext db, CancellationToken cancellationToken) =>
            await db.Database.CanConnectAsync(cancellationToken) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
