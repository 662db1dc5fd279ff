using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.HttpApi.Host;

namespace PilotPlatform.DbMigrator;

/// <summary>The modules without the web server.</summary>
internal static class MigratorHost
{
    public static IHost Build(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        // An operator wants to read what is wrong, not every statement.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddPlatformModules(builder.Configuration);
        // The modules bring services of the web server that nothing here asks for; scopes are checked all the same.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = false }));
        return builder.Build();
    }
}

/// <summary>For <c>dotnet ef</c>; etc/migrations.sh passes the provider after <c>--</c>.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PlatformDbContext>
{
    public PlatformDbContext CreateDbContext(string[] args) =>
        MigratorHost.Build([.. args, "--Database:ConnectionString", "Data Source=design-time"])
            .Services.CreateScope().ServiceProvider.GetRequiredService<PlatformDbContext>();
}
