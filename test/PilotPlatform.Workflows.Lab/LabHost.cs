using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.HttpApi.Host;
using PilotPlatform.Identity;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Lab;

/// <summary>The product's modules without its web server, on a database of one's own, with four people.</summary>
internal sealed class LabHost : IDisposable
{
    private readonly IHost host;

    private LabHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    /// <param name="provider">The database's kind.</param>
    /// <param name="connectionString">Where it is.</param>
    /// <param name="syncsEveryCommit">SQLite: whether a commit waits for the disk, as in the product.</param>
    /// <param name="interceptor">Sees every command.</param>
    public static LabHost Build(string provider, string connectionString, bool syncsEveryCommit, IInterceptor? interceptor)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing", DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["Database:ConnectionString"] = connectionString,
            ["Database:SyncEveryCommit"] = syncsEveryCommit.ToString(),
            ["Files:Directory"] = Path.Combine(Path.GetTempPath(), "pilot-lab-files"),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddPlatformModules(builder.Configuration);
        builder.Services.RemoveAll<IUserDirectory>();
        builder.Services.AddSingleton<IUserDirectory, LabPeople>();
        builder.Services.AddServiceTask<LabServiceTask>(LabServiceTask.Name);
        if (interceptor is not null)
        {
            builder.Services.ConfigureDbContext<PlatformDbContext>(options => options.AddInterceptors(interceptor));
        }

        return new LabHost(builder.Build());
    }

    public Task<T> AsAsync<T>(UserSummary person, Func<IServiceProvider, Task<T>> work) =>
        Services.GetRequiredService<ITenantScopes>().RunAsync(new ScopeIdentity(person.Id, person.DisplayName, person.Region), work);

    public Task<T> AsSystemAsync<T>(TenantRef tenant, Func<IServiceProvider, Task<T>> work) =>
        Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(tenant), work);

    /// <summary>Makes the schema and one province.</summary>
    public Task PrepareAsync() => AsSystemAsync(TenantRef.Root, async services =>
    {
        await services.GetRequiredService<PlatformDbContext>().Database.EnsureCreatedAsync();
        await services.GetRequiredService<IRegionOnboarding>().OnboardProvinceAsync("32", default);
        return true;
    });

    public void Dispose() => host.Dispose();
}

/// <summary>A city's clerk and leader, the province's clerk and leader.</summary>
internal sealed class LabPeople : IUserDirectory
{
    public static readonly TenantRef Province = new(RegionIds.Of("32"), "/32/");
    public static readonly TenantRef City = new(RegionIds.Of("3206"), "/32/3206/");
    public static readonly UserSummary CityClerk = new(RegionIds.Of("lab:city-clerk"), "市经办", City, null);
    public static readonly UserSummary CityLeader = new(RegionIds.Of("lab:city-leader"), "市领导", City, null);
    public static readonly UserSummary ProvinceClerk = new(RegionIds.Of("lab:province-clerk"), "省经办", Province, null);
    public static readonly UserSummary ProvinceLeader = new(RegionIds.Of("lab:province-leader"), "省领导", Province, null);

    private static readonly (UserSummary Person, string Role)[] All =
    [
        (CityClerk, "coordinator"), (CityLeader, "leader"), (ProvinceClerk, "coordinator"), (ProvinceLeader, "leader"),
    ];

    /// <summary>Whoever does the tasks that are offered to a role.</summary>
    public static UserSummary Holder(string offeredTo) => All.Single(p => offeredTo == $"role:{p.Person.Region.Id:N}:{p.Role}").Person;

    public Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, UserSummary>>(All.Where(p => ids.Contains(p.Person.Id)).ToDictionary(p => p.Person.Id, p => p.Person));

    public Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) => Of(p => p.Person.Region.Id == regionId);

    public Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        Of(p => p.Person.Region.Id == regionId && p.Role == role);

    public Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) => Of(_ => false);

    public Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) => Of(_ => true);

    public Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. All.Where(p => p.Person.Id == userId).Select(p => p.Role)]);

    private static Task<IReadOnlyList<UserSummary>> Of(Func<(UserSummary Person, string Role), bool> which) =>
        Task.FromResult<IReadOnlyList<UserSummary>>([.. All.Where(which).Select(p => p.Person)]);
}

/// <summary>A domain's part of a step: a row that there may be one of for each subject and node, so that doing it twice would fail.</summary>
internal sealed class LabServiceTask(PlatformDbContext db, IIdGenerator ids) : IServiceTaskHandler
{
    public const string Name = "lab.work";

    public Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var bytes = context.Subject.Id.ToByteArray();
        bytes[15] = (byte)(context.NodeId == "Submit" ? 1 : 2);
        db.Add(new AudienceRow(ids.NewId(), context.Subject.Region, new Guid(bytes)));
        return Task.FromResult<IReadOnlyDictionary<string, object?>?>(null);
    }
}
