using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Data;
using PilotPlatform.Identity.Seeding;
using PilotPlatform.Identity.Users;
using PilotPlatform.Permissions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

public sealed class SeedingTests : IAsyncLifetime, IDisposable
{
    private readonly PilotPlatformApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)app).DisposeAsync();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Demo_SeededTwice_HasEachPersonOnceAndTheyCanSignIn()
    {
        for (var i = 0; i < 2; i++)
        {
            await app.AsSystemAsync(TenantRef.Root, async services =>
            {
                foreach (var seeder in services.GetServices<IDemoSeeder>().OfType<DemoPeople>())
                {
                    await seeder.SeedDemoAsync(default);
                }
            });
        }

        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var users = await services.GetRequiredService<PlatformDbContext>().Set<User>().AsNoTracking().ToListAsync();
            users.Count.ShouldBe(1 + 8 + (13 * 2) + 4);
            users.ShouldAllBe(u => u.IsDemo && !u.MustChangePassword);
            users.Select(u => u.UserName).ShouldBeUnique();
        });
        var session = await new Browser(app).SignInAsync("nt.coordinator", DemoPeople.Password);
        session.GetProperty("region").GetProperty("name").GetString().ShouldBe("南通市");
        session.GetProperty("officeName").GetString().ShouldBe("南通市政务服务管理办公室");

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Guard().RequireSafeAsync(default));
        refusal.Message.ShouldContain("demo accounts");
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var directory = services.GetRequiredService<IUserDirectory>();
            var leaders = await directory.WithPermissionAsync(People.Nantong.Tenant.Id, "Regions.View", default);
            leaders.Count.ShouldBe(2);
            (await directory.WithPermissionAsync(People.Jiangsu.Tenant.Id, IdentityPermissions.ViewAudit, default)).Single().DisplayName.ShouldEndWith("明察");
        });
    }

    [Fact]
    public async Task Production_WithTheDemosPasswordForTheOperator_Refuses()
    {
        await Guard().RequireSafeAsync(default);
        (await Should.ThrowAsync<InvalidOperationException>(() =>
            Guard(new Dictionary<string, string?> { [IdentitySeeder.PasswordKey] = DemoPeople.Password }).RequireSafeAsync(default))).Message.ShouldContain("Seed:OperatorPassword");

        await app.AsSystemAsync(TenantRef.Root, services => services.GetRequiredService<IAccountProvisioner>().EnsureAsync(
            new NewAccount("operator", "平台运营", TenantRef.Root.Id, null, [RoleNames.PlatformOperator], DemoPeople.Password, true), default));
        (await Should.ThrowAsync<InvalidOperationException>(() => Guard().RequireSafeAsync(default))).Message.ShouldContain("operator's password");
    }

    [Fact]
    public async Task GeneratedPasswords_MeetTheRules()
    {
        await app.AsSystemAsync(People.Nantong.Tenant, async services =>
        {
            for (var i = 0; i < 20; i++)
            {
                await services.GetRequiredService<IAccountProvisioner>().EnsureAsync(
                    new NewAccount($"generated{i}", "x", People.Nantong.Tenant.Id, null, [], PasswordRules.Generate(), true), default);
            }
        });
    }

    private ProductionGuard Guard(Dictionary<string, string?>? settings = null) => new(
        app.Services.GetRequiredService<ITenantScopes>(), new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build(), app.Services.GetRequiredService<IHostEnvironment>());
}
