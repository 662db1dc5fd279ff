using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Migrations.Sqlite;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.HttpApi.Host;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Crash.Tests;

/// <summary>One installation in a temporary directory: SQLite, files, keys, the demo's people and programmes, and the server in front of it.</summary>
public sealed class Deployment : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("pilot-crash-").FullName;
    private HostProcess? server;

    public string DatabaseFile => Path.Combine(directory, "pilot.db");

    /// <summary>Where the server puts what is gone when it ends: a killed one leaves its debugger's pipes behind.</summary>
    private string TemporaryFiles => Path.Combine(directory, "tmp");

    public string PartialFiles => Path.Combine(directory, "files", "partial");

    internal HostProcess Server => server ?? throw new InvalidOperationException("The server is down.");

    internal Database Database => new(DatabaseFile);

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(TemporaryFiles);
        await PrepareAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    public Dictionary<string, string> EnvironmentFor(string environment) => new()
    {
        ["TMPDIR"] = TemporaryFiles,
        ["ASPNETCORE_ENVIRONMENT"] = environment,
        ["DOTNET_ENVIRONMENT"] = environment,
        ["Database__Provider"] = "Sqlite",
        ["Database__ConnectionString"] = $"Data Source={DatabaseFile}",
        ["Files__Directory"] = Path.Combine(directory, "files"),
        ["DataProtection__Directory"] = Path.Combine(directory, "keys"),
        ["RateLimits__SignInPerMinute"] = "1000",
    };

    public async Task StartAsync() => server = await HostProcess.ServeAsync(EnvironmentFor("Testing"));

    public void Kill()
    {
        Server.Kill();
        server = null;
    }

    /// <summary>Starts the killed server again. What was being delivered is held for two minutes; we let them have passed.</summary>
    public Task StartLaterAsync()
    {
        Database.Execute("UPDATE KernelOutbox SET LeasedUntil = NULL WHERE ProcessedAt IS NULL");
        return StartAsync();
    }

    /// <summary>Waits until every message is delivered.</summary>
    internal Task SettleAsync(Browser browser) =>
        PilotAtWork.EventuallyAsync(() => browser.GetAsync("/api/session"), _ => Database.Count("SELECT COUNT(*) FROM KernelOutbox WHERE ProcessedAt IS NULL") == 0);

    /// <summary>What the migrator does with <c>apply</c>, <c>seed</c> and <c>seed-demo</c>, with the schema straight from the model.</summary>
    private async Task PrepareAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(EnvironmentFor("Testing").Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)));
        builder.Services.AddPlatformModules(builder.Configuration);
        using var host = builder.Build();
        await host.Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            await db.Database.EnsureCreatedAsync();
            foreach (var statement in services.GetRequiredService<IDatabaseProvider>().GuardStatements)
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }

            foreach (var seeder in services.GetServices<IDataSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedAsync(default);
            }

            foreach (var seeder in services.GetServices<IDemoSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedDemoAsync(default);
                await services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
            }
        });
        SqliteProvider.EndIdleConnections();
    }
}

/// <summary>All tests share one installation, one after the other.</summary>
[CollectionDefinition(nameof(Deployment))]
public sealed class DeploymentDefinition : ICollectionFixture<Deployment>;
