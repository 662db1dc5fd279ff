using PilotPlatform;
using PilotPlatform.Data;
using PilotPlatform.Migrations.PostgreSql;
using PilotPlatform.Migrations.Sqlite;
using PilotPlatform.Migrations.SqlServer;
using PilotPlatform.Modules;
using PilotPlatform.Regions;

namespace PilotPlatform.HttpApi.Host;

/// <summary>Which modules the product consists of, in the order in which they know each other. The migrator uses the same list.</summary>
public static class PlatformModules
{
    /// <summary>Registers the kernel and every module.</summary>
    public static IServiceCollection AddPlatformModules(this IServiceCollection services, IConfiguration configuration)
    {
        var database = ProviderFor(configuration["Database:Provider"] ?? "Sqlite");
        services.AddKernel(database, s => s.GetRequiredService<IConfiguration>()["Database:ConnectionString"]
            ?? throw new InvalidOperationException("Set Database:ConnectionString, for instance by the environment variable Database__ConnectionString."));
        services.AddRegions();

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
    }

    /// <summary>The provider that a configuration names.</summary>
    public static IDatabaseProvider ProviderFor(string name) => name.ToLowerInvariant() switch
    {
        "sqlite" => new SqliteProvider(),
        "postgresql" => new PostgreSqlProvider(),
        "sqlserver" => new SqlServerProvider(),
        _ => throw new InvalidOperationException($"Database:Provider is '{name}'; it must be Sqlite, PostgreSql or SqlServer."),
    };
}
