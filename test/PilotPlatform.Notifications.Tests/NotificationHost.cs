using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Identity;
using PilotPlatform.Modules;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Notifications.Tests;

/// <summary>The host with texts, people and addresses of the test.</summary>
internal sealed class NotificationHost(PilotPlatformApp app, params (string Key, string Value)[] settings) : IAsyncDisposable
{
    public static readonly Persona SecondCoordinator = People.Nantong.Coordinator with { Id = Guid.Parse("00000000-0000-4000-8000-000000000002"), DisplayName = "南通二号" };

    private readonly SignInSwitch signIn = new();

    private WebApplicationFactory<Program>? host;

    private WebApplicationFactory<Program> Host => host ??= app.WithWebHostBuilder(builder =>
    {
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddPlatformModule("Tests", typeof(NotificationHost).Assembly);
            services.Replace(ServiceDescriptor.Scoped<IUserDirectory, TestPeople>());
            services.Replace(ServiceDescriptor.Scoped<IMailAddressBook, TestAddresses>());
            services.AddSingleton(signIn);
            services.AddScoped<IAuthenticationService, SwitchedAuthentication>();
        });
    });

    public IServiceProvider Services => Host.Services;

    public HttpClient As(Persona persona, string language = "zh-Hans")
    {
        var client = Host.CreateClient();
        foreach (var (name, values) in app.As(persona).DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.Add(name, values);
        }

        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    /// <summary>The province's coordinator returns something to a city; delivered at once.</summary>
    public async Task ReturnToAsync(RegionPeople city, string theme, Guid? user = null)
    {
        var actor = People.Jiangsu.Coordinator;
        await Services.GetRequiredService<ITenantScopes>().RunAsync(new ScopeIdentity(actor.Id, actor.DisplayName, actor.Tenant), async services =>
        {
            var message = new NotificationMessage("test.returned", new Dictionary<string, string> { ["theme"] = theme }, "/pilots/1", new DateOnly(2023, 9, 30));
            var notifier = services.GetRequiredService<INotifier>();
            if (user is { } id)
            {
                notifier.NotifyUser(city.Tenant, id, message);
            }
            else
            {
                notifier.Notify(city.Tenant, TestPeople.Permission, message);
            }

            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        await DeliverAsync();
    }

    public async Task DeliverAsync()
    {
        await Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
        await Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
            (await services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().Where(m => m.ProcessedAt == null).Select(m => m.LastError).ToListAsync()).ShouldBeEmpty());
    }

    public void SignOutEverybody() => signIn.Out = true;

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    internal sealed class TestPeople : IUserDirectory
    {
        public const string Permission = "Test.Do";

        private static readonly Persona[] All = [People.Nantong.Coordinator, SecondCoordinator, People.Yangzhou.Coordinator, People.Jiangsu.Coordinator];

        public Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<Guid, UserSummary>>(All.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, Summary));

        public Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<UserSummary>>(permission == Permission ? [.. All.Where(p => p.Tenant.Id == regionId).Select(Summary)] : []);

        // What follows is asked by flows alone.
        public Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static UserSummary Summary(Persona persona) => new(persona.Id, persona.DisplayName, persona.Tenant, null);
    }

    private sealed class TestAddresses : IMailAddressBook
    {
        public Task<IReadOnlyDictionary<Guid, string>> FindAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<Guid, string>>(
                userIds.Contains(People.Nantong.Coordinator.Id) ? new() { [People.Nantong.Coordinator.Id] = "nt@example.gov.cn" } : new Dictionary<Guid, string>());
    }

    private sealed class SignInSwitch
    {
        public volatile bool Out;
    }

    /// <summary>The host's own authentication until everybody is signed out.</summary>
    private sealed class SwitchedAuthentication(
        IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers, IClaimsTransformation transform,
        Microsoft.Extensions.Options.IOptions<AuthenticationOptions> options, SignInSwitch signIn) : AuthenticationService(schemes, handlers, transform, options)
    {
        public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
            signIn.Out ? Task.FromResult(AuthenticateResult.NoResult()) : base.AuthenticateAsync(context, scheme);
    }
}

/// <summary>What the API answers, read by a client.</summary>
internal sealed record NotificationView(Guid Id, string Title, string Body, string Link, DateOnly? Due, bool IsRead, DateTime CreatedAt);

internal sealed record CountView(int Count);
