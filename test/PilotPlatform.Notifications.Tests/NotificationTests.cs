using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Testing;

namespace PilotPlatform.Notifications.Tests;

public sealed class NotificationTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>, IAsyncLifetime, IAsyncDisposable
{
    private readonly NotificationHost host = new(app);

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Notify_TellsHoldersInThatRegion_InTheReadersLanguage()
    {
        await host.ReturnToAsync(People.Nantong, "一业一证");
        var chinese = (await ListAsync(People.Nantong.Coordinator)).Items.Single(n => n.Title.Contains("一业一证"));
        chinese.Title.ShouldBe("江苏省coordinator退回了《一业一证》");
        chinese.Body.ShouldBe("请在2023年9月30日前补正。");
        chinese.Link.ShouldBe("/pilots/1");
        chinese.IsRead.ShouldBeFalse();
        var english = (await ListAsync(NotificationHost.SecondCoordinator, "en")).Items.Single(n => n.Title.Contains("一业一证"));
        english.Title.ShouldBe("江苏省coordinator returned “一业一证”");
        english.Body.ShouldBe("Please correct it by 2023-09-30.");

        Persona[] others = [People.Yangzhou.Coordinator, People.Jiangsu.Coordinator, People.Nantong.Leader];
        foreach (var other in others)
        {
            (await ListAsync(other)).Items.ShouldNotContain(n => n.Title.Contains("一业一证"));
        }
    }

    [Fact]
    public async Task Notify_DeliveredAgain_TellsOnce()
    {
        await host.ReturnToAsync(People.Yangzhou, "只一次");
        await host.DeliverAsync();
        (await ListAsync(People.Yangzhou.Coordinator)).Items.Count(n => n.Title.Contains("只一次")).ShouldBe(1);
    }

    [Fact]
    public async Task NotifyUser_TellsThatPersonAlone_AndNobodyOfAnotherRegion()
    {
        await host.ReturnToAsync(People.Nantong, "只告诉一人", NotificationHost.SecondCoordinator.Id);
        (await ListAsync(NotificationHost.SecondCoordinator)).Items.ShouldContain(n => n.Title.Contains("只告诉一人"));
        (await ListAsync(People.Nantong.Coordinator)).Items.ShouldNotContain(n => n.Title.Contains("只告诉一人"));

        await host.ReturnToAsync(People.Nantong, "不是本地区的人", People.Yangzhou.Coordinator.Id);
        (await ListAsync(People.Yangzhou.Coordinator)).Items.ShouldNotContain(n => n.Title.Contains("不是本地区的人"));
    }

    [Fact]
    public async Task Read_CountsDown_AndIsTheAddresseesAlone()
    {
        await host.ReturnToAsync(People.Nantong, "待阅读");
        var client = host.As(People.Nantong.Coordinator);
        var before = (await client.GetAsAsync<CountView>("/api/notifications/unread-count")).Count;
        var id = (await ListAsync(People.Nantong.Coordinator)).Items.First(n => n.Title.Contains("待阅读")).Id;

        // The sibling, the province above, and a colleague of the same region.
        Persona[] others = [People.Yangzhou.Coordinator, People.Jiangsu.Coordinator, NotificationHost.SecondCoordinator];
        foreach (var other in others)
        {
            (await host.As(other).PostAsync(new Uri($"/api/notifications/{id}/read", UriKind.Relative), null).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        }

        (await client.GetAsAsync<CountView>("/api/notifications/unread-count")).Count.ShouldBe(before);
        (await client.PostAsAsync<NotificationView>($"/api/notifications/{id}/read")).IsRead.ShouldBeTrue();
        await client.PostAsAsync<NotificationView>($"/api/notifications/{id}/read");
        (await client.GetAsAsync<CountView>("/api/notifications/unread-count")).Count.ShouldBe(before - 1);
        (await client.GetAsAsync<PagedResult<NotificationView>>("/api/notifications?unreadOnly=true")).Items.ShouldNotContain(n => n.Id == id);
    }

    [Fact]
    public async Task ReadAll_ReadsOnesOwnAndNoColleagues()
    {
        await host.ReturnToAsync(People.Nantong, "全部已读");
        (await host.As(People.Nantong.Coordinator).PostAsAsync<CountView>("/api/notifications/read-all")).Count.ShouldBe(0);
        (await host.As(NotificationHost.SecondCoordinator).GetAsAsync<CountView>("/api/notifications/unread-count")).Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task List_TakesAtMostThreeStatements()
    {
        for (var i = 0; i < 5; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.ReturnToAsync(People.Nantong, $"第{i}件");
        }

        var client = host.As(People.Nantong.Coordinator);
        app.Sql.Reset();
        var page = await client.GetAsAsync<PagedResult<NotificationView>>("/api/notifications?maxResultCount=3");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        page.Items.Count.ShouldBe(3);
        page.TotalCount.ShouldBeGreaterThanOrEqualTo(5);
        page.Items[0].Title.ShouldContain("第4件");
    }

    [Fact]
    public async Task Stream_TellsEachChange_AndEndsWithTheSignIn()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var stream = await host.As(People.Yangzhou.Coordinator).GetStreamAsync(new Uri("/api/notifications/stream", UriKind.Relative), limit.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        var first = await NextAsync();
        await host.ReturnToAsync(People.Yangzhou, "推送");
        (await NextAsync()).ShouldBe(first + 1);
        await host.As(People.Yangzhou.Coordinator).PostAsAsync<CountView>("/api/notifications/read-all");
        (await NextAsync()).ShouldBe(0);

        host.SignOutEverybody();
        host.Services.GetRequiredService<UnreadSignals>().Raise([People.Yangzhou.Coordinator.Id]);
        while (await events.MoveNextAsync())
        {
            // Counts of other modules may still be on their way; no further one of notifications is.
            events.Current.EventType.ShouldNotBe("unread");
        }

        async Task<int> NextAsync()
        {
            do
            {
                (await events.MoveNextAsync()).ShouldBeTrue();
            }
            while (events.Current.EventType != "unread");
            return JsonSerializer.Deserialize<CountView>(events.Current.Data, PilotPlatformApp.Json)!.Count;
        }
    }

    [Fact]
    public void Stream_IsNoSignOfLife_AsPagesOpenItByThemselves()
    {
        var endpoints = app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).ToList();
        Is("StreamUnreadNotificationCount").ShouldBeTrue();
        Is("GetUnreadNotificationCount").ShouldBeFalse();

        bool Is(string name)
        {
            var context = new DefaultHttpContext();
            context.SetEndpoint(endpoints.Single(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == name));
            return BackgroundLook.Is(context);
        }
    }

    [Fact]
    public async Task Endpoints_WhenNotSignedIn_Are401()
    {
        foreach (var path in new[] { "/api/notifications", "/api/notifications/unread-count", "/api/notifications/stream" })
        {
            ((int)(await app.As(null).GetAsync(new Uri(path, UriKind.Relative))).StatusCode).ShouldBe(401);
        }
    }

    private Task<PagedResult<NotificationView>> ListAsync(Persona persona, string language = "zh-Hans") =>
        host.As(persona, language).GetAsAsync<PagedResult<NotificationView>>("/api/notifications?maxResultCount=200");
}
