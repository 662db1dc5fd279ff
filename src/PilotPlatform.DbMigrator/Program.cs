using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Data;
using PilotPlatform.DbMigrator;
using PilotPlatform.Events;
using PilotPlatform.HttpApi.Host;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

if (args.Length == 0 || args[0] is not ("apply" or "seed" or "seed-demo" or "list-pending"))
{
    await Console.Error.WriteLineAsync("usage: PilotPlatform.DbMigrator apply | seed | seed-demo | list-pending  [--Database:Provider P --Database:ConnectionString C]");
    return 2;
}

using var host = MigratorHost.Build(args[1..]);
var scopes = host.Services.GetRequiredService<ITenantScopes>();
return await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
{
    var db = services.GetRequiredService<PlatformDbContext>();
    switch (args[0])
    {
        case "list-pending":
            foreach (var migration in await db.Database.GetPendingMigrationsAsync())
            {
                Console.WriteLine(migration);
            }

            break;
        case "apply":
            await db.Database.MigrateAsync();
            foreach (var statement in services.GetRequiredService<IDatabaseProvider>().GuardStatements)
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }

            break;
        case "seed":
            foreach (var seeder in services.GetServices<IDataSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedAsync(default);
            }

            break;
        default:
            // The web server's variable and the generic host's: saying nothing is Production, and so is either of them saying so.
            var configuration = services.GetRequiredService<IConfiguration>();
            var said = new[] { configuration["ASPNETCORE_ENVIRONMENT"], configuration["DOTNET_ENVIRONMENT"] }.Where(e => !string.IsNullOrEmpty(e)).ToList();
            if (said.Count == 0 || said.Contains(Environments.Production, StringComparer.OrdinalIgnoreCase))
            {
                await Console.Error.WriteLineAsync("seed-demo is refused in Production: demo accounts have known passwords.");
                return 3;
            }

            foreach (var seeder in services.GetServices<IDemoSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedDemoAsync(default);
                // The next seeder builds on what the handlers of this one's events made.
                await services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
            }

            break;
    }

    return 0;
});
