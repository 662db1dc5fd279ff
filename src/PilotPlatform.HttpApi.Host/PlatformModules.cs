using PilotPlatform.Assessment;
using PilotPlatform.Data;
using PilotPlatform.Documents;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Insights;
using PilotPlatform.Migrations.PostgreSql;
using PilotPlatform.Migrations.SqlServer;
using PilotPlatform.Migrations.Sqlite;
using PilotPlatform.Modules;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Replication;
using PilotPlatform.Workflows;
using PilotPlatform;

namespace PilotPlatform.HttpApi.Host;

/// <summary>Which modules the product consists of, in the order in which they know each other. The migrator uses the same list.</summary>
public static class PlatformModules
{
    /// <summary>Registers the kernel and every module.</summary>
    public static IServiceCollection AddPlatformModules(this IServiceCollection services, IConfiguration configuration)
    {
        var database = ProviderFor(configuration["Database:Provider"] ?? "Sqlite", configuration.GetValue("Database:SyncEveryCommit", true));
        services.AddKernel(database, s => s.GetRequiredService<IConfiguration>()["Database:ConnectionString"]
            ?? throw new InvalidOperationException("Set Database:ConnectionString, for instance by the environment variable Database__ConnectionString."));
        services.AddRegions();
        services.AddIdentity();
        services.AddFiles();
        services.AddDocuments();
        services.AddNotifications();
        services.AddWorkflows();
        services.AddProgrammes();
        services.AddPilots();
        services.AddAssessment();
        services.AddReplication();
        services.AddInsights();

        // AutoMapper asks for a licence key in production use; see README.
        services.AddAutoMapper((provider, mapper) =>
        {
            mapper.LicenseKey = configuration["AutoMapper:LicenseKey"];
            mapper.AddMaps(provider.GetServices<PlatformModule>().Select(m => m.Assembly));
        }, Array.Empty<System.Reflection.Assembly>());
        return services;
    }

    /// <summary>Maps every module's endpoints.</summary>
    public static void MapPlatformModules(this WebApplication app)
    {
        app.MapRegions();
        app.MapIdentity();
        app.MapFiles();
        app.MapNotifications();
        app.MapWorkflows();
        app.MapProgrammes();
        app.MapPilots();
        app.MapAssessment();
        app.MapReplication();
        app.MapInsights();
    }

    /// <summary>The provider that a configuration names.</summary>
    /// <param name="name">SQLite, PostgreSQL or SQL Server, by its name in the configuration.</param>
    /// <param name="syncsEveryCommit">SQLite only: whether a commit waits for the disk. The servers' own settings say it for them.</param>
    public static IDatabaseProvider ProviderFor(string name, bool syncsEveryCommit = true) => name.ToLowerInvariant() switch
    {
        "sqlite" => new SqliteProvider(syncsEveryCommit),
        "postgresql" => new PostgreSqlProvider(),
        "sqlserver" => new SqlServerProvider(),
        _ => throw new InvalidOperationException($"Database:Provider is '{name}'; it must be Sqlite, PostgreSql or SqlServer."),
    };
}
