using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.HttpApi.Host.Hosting;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using Xunit;

namespace PilotPlatform.Testing;

/// <summary>
/// The real host on a database of its own, with a clock that stands still and people to sign in as. Outbox messages are
/// delivered when a test says <see cref="DeliverEventsAsync"/>. Use as a class fixture.
/// </summary>
public class PilotPlatformApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>JSON as the API speaks it.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly TestDatabase database = new();
    private readonly string filesDirectory = Directory.CreateTempSubdirectory("pilot-files-").FullName;

    public TestClock Clock { get; } = new();

    public StatementCounter Sql { get; } = new();

    /// <summary>Where the Files module keeps its blobs in this test.</summary>
    public string FilesDirectory => filesDirectory;

    public virtual async Task InitializeAsync()
    {
        await database.FillAsync(GetType(), FillAsync);
        Sql.Reset();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        database.Dispose();
        Directory.Delete(filesDirectory, recursive: true);
    }

    /// <summary>A client signed in as a persona; null for nobody.</summary>
    public HttpClient As(Persona? persona)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (persona is not null)
        {
            client.DefaultRequestHeaders.Add(TestAuthentication.Header, TestAuthentication.Write(persona));
        }

        return client;
    }

    /// <summary>Runs work in a fresh scope as the system acting for a region.</summary>
    public Task AsSystemAsync(TenantRef tenant, Func<IServiceProvider, Task> work) =>
        Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(tenant), work);

    /// <summary>Runs work in a fresh scope as a persona.</summary>
    public Task<T> AsAsync<T>(Persona persona, Func<IServiceProvider, Task<T>> work) =>
        Services.GetRequiredService<ITenantScopes>().RunAsync(new ScopeIdentity(persona.Id, persona.DisplayName, persona.Tenant), work);

    /// <summary>Delivers everything that waits in the outbox, and fails the test when a handler failed.</summary>
    public async Task DeliverEventsAsync()
    {
        await Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
        await AsSystemAsync(TenantRef.Root, async services =>
        {
            var failed = await services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().AsNoTracking()
                .Where(m => m.ProcessedAt == null && m.LastError != null).ToListAsync();
            if (failed.Count > 0)
            {
                throw new InvalidOperationException($"{failed.Count} outbox messages failed; the first, {failed[0].Name}: {failed[0].LastError}");
            }
        });
    }

    private async Task FillAsync()
    {
        await AsSystemAsync(TenantRef.Root, async services =>
        {
            await services.GetRequiredService<PlatformDbContext>().Database.EnsureCreatedAsync();
            var onboarding = services.GetRequiredService<IRegionOnboarding>();
            await onboarding.OnboardProvinceAsync(People.Jiangsu.Code, default);
            await onboarding.OnboardProvinceAsync(People.Jiangxi.Code, default);
            foreach (var seeder in services.GetServices<IDataSeeder>().OrderBy(s => s.Order))
            {
                await seeder.SeedAsync(default);
            }
        });
        await DeliverEventsAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Database:Provider", database.Provider.Name);
        builder.UseSetting("Database:ConnectionString", database.ConnectionString);
        builder.UseSetting("Database:SyncEveryCommit", "false");
        builder.UseSetting("Files:Directory", filesDirectory);
        builder.UseSetting("RateLimits:SignInPerMinute", "100000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Clock);
            // Background workers would race with the test; a test drives them itself.
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService)
                         && RunsWorkOfOurs(s)).ToList())
            {
                services.Remove(worker);
            }

            services.ConfigureDbContext<PlatformDbContext>(options => options.AddInterceptors(Sql));
            TestAuthentication.AddTo(services);
            ConfigureTestServices(services);
        });
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, ExemptTestSignIn>());
    }

    /// <summary>Replaces services, after the host's own: doubles for what lies outside the test.</summary>
    protected virtual void ConfigureTestServices(IServiceCollection services)
    {
    }

    private static bool RunsWorkOfOurs(ServiceDescriptor hosted) =>
        (hosted.ImplementationType ?? hosted.ImplementationFactory?.Method.DeclaringType)?.Assembly.GetName().Name is { } assembly
        && (assembly.StartsWith("PilotPlatform", StringComparison.Ordinal) || assembly.StartsWith("Quartz", StringComparison.Ordinal));

    /// <summary>Test personas carry no cookie, so no antiforgery token guards them.</summary>
    private sealed class ExemptTestSignIn(AntiforgeryExemptions exemptions) : IStartupFilter
    {
        public Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> Configure(Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> next)
        {
            exemptions.AuthenticationTypes.Add(TestAuthentication.SchemeName);
            return next;
        }
    }
}

/// <summary>Short forms for talking to the API in tests.</summary>
public static class ApiClientExtensions
{
    /// <summary>GETs and reads the body; fails with the body's text on an error.</summary>
    public static async Task<T> GetAsAsync<T>(this HttpClient client, string path) => await ReadAsync<T>(await client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>POSTs JSON and reads the body; fails with the body's text on an error.</summary>
    public static async Task<T> PostAsAsync<T>(this HttpClient client, string path, object? body = null) =>
        await ReadAsync<T>(await client.PostAsJsonAsync(path, body ?? new { }, PilotPlatformApp.Json));

    /// <summary>PUTs JSON and reads the body; fails with the body's text on an error.</summary>
    public static async Task<T> PutAsAsync<T>(this HttpClient client, string path, object body) =>
        await ReadAsync<T>(await client.PutAsJsonAsync(path, body, PilotPlatformApp.Json));

    /// <summary>Sends and returns status and problem code, for asserting refusals.</summary>
    public static async Task<(int Status, string? Code)> RefusalAsync(this Task<HttpResponseMessage> sent)
    {
        var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        using var json = text.Length > 0 ? JsonDocument.Parse(text) : null;
        return ((int)response.StatusCode, json is not null && json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(text, PilotPlatformApp.Json)!
            : throw new InvalidOperationException($"{(int)response.StatusCode} {response.RequestMessage?.RequestUri}: {text}");
    }
}
