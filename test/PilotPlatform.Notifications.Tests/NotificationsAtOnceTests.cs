using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Notifications.Tests;

/// <summary>Two tabs, two nodes: read once, told once.</summary>
public sealed class NotificationsAtOnceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static Persona Reader => People.Nantong.Coordinator;

    [Theory]
    [InlineData("read")]
    [InlineData("read-all")]
    public async Task Read_InTwoTabsAtOnce_IsReadInBoth(string other)
    {
        var id = await GivenAsync();
        Task<HttpResponseMessage> ReadAsync(WebApplicationFactory<Program> node, string path) =>
            node.ClientOf(Reader).PostAsync(new Uri($"/api/notifications/{path}", UriKind.Relative), null);
        (int Status, string? Code) second = default;
        var meanwhile = Meanwhile.AfterReading("NotificationsNotifications", async () => second = await ReadAsync(app, other == "read" ? $"{id}/read" : "read-all").RefusalAsync());
        await using var node = app.With(meanwhile);
        var first = await ReadAsync(node, $"{id}/read").RefusalAsync();
        await meanwhile.Ended;
        (first, second).ShouldBe(((200, null), (200, null)));
    }

    [Fact]
    public async Task Message_DeliveredByTwoNodesAtOnce_TellsOnce()
    {
        for (var round = 0; round < 3; round++)
        {
            var title = $"同时送达{round}";
            await app.AsSystemAsync(Reader.Tenant, async services =>
            {
                services.GetRequiredService<INotifier>().NotifyUser(Reader.Tenant, await ReaderAsync(services), new NotificationMessage(
                    "test.returned", new Dictionary<string, string> { ["theme"] = title }, "/pilots/1"));
                await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            });
            await using var node = app.WithWebHostBuilder(_ => { });
            await Task.WhenAll(new[] { app, node }.Select(n => Task.Run(() => n.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default))));
            await app.DeliverEventsAsync();
            (await CountAsync(title)).ShouldBe(1);
        }
    }

    private static async Task<Guid> ReaderAsync(IServiceProvider services) =>
        await services.GetRequiredService<Identity.IAccountProvisioner>().EnsureAsync(
            new Identity.NewAccount("nt.told", "被告知者", Reader.Tenant.Id, null, Reader.Roles, "Meadow-2026-x", MustChangePassword: false), default);

    private async Task<int> CountAsync(string text) => await app.AsAsync(Reader, async services =>
        (await services.GetRequiredService<PlatformDbContext>().Set<Notification>().AsNoTracking().Select(n => n.Values).ToListAsync())
            .Count(v => v.Contains(text, StringComparison.Ordinal)));

    private async Task<Guid> GivenAsync()
    {
        var id = Guid.CreateVersion7();
        await app.AsSystemAsync(Reader.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new Notification(id, Reader.Tenant, Reader.Id, "test.returned", new Dictionary<string, string> { ["theme"] = "两个页面" }, null, "/pilots/1", null));
            await db.SaveChangesAsync();
        });
        return id;
    }
}
