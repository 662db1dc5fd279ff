using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Notifications.Mail;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Notifications.Tests;

public sealed class MailTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Mail_ThroughSmtp_GoesOnceToThoseWhoHaveAnAddress()
    {
        using var server = new SmtpListener();
        await using var host = Host(server.Port);
        await host.ReturnToAsync(People.Nantong, "邮件");
        await SendAsync(host);
        await SendAsync(host);

        var mail = server.Received.ShouldHaveSingleItem();
        mail.ShouldContain("nt@example.gov.cn");
        mail.ShouldContain("Message-ID: <");
        DecodedBody(mail).ShouldContain("请在2023年9月30日前补正。");
        DecodedBody(mail).ShouldContain("https://pilot.example.gov.cn/pilots/1");
    }

    [Fact]
    public async Task Mail_WhenServerIsAway_WaitsLongerEachTimeAndIsSentInTheEnd()
    {
        int port;
        using (var gone = new SmtpListener())
        {
            port = gone.Port;
        }

        await using var host = Host(port);
        await host.ReturnToAsync(People.Nantong, "稍后再发");
        (await SendAsync(host)).ShouldBe(0);
        var first = await MailAboutAsync(host, "稍后再发");
        first.Attempts.ShouldBe(1);
        first.LastError.ShouldNotBeNull();
        (first.NextAttemptAt - app.Clock.GetUtcNow().UtcDateTime).ShouldBe(TimeSpan.FromSeconds(60));

        using var server = new SmtpListener(port);
        (await SendAsync(host)).ShouldBe(0, "its time has not come yet");
        app.Clock.Advance(TimeSpan.FromSeconds(61));
        (await SendAsync(host)).ShouldBe(1);
        server.Received.Count.ShouldBe(1);
        (await MailAboutAsync(host, "稍后再发")).SentAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Mail_WithoutServer_IsWrittenToTheFolderUnderTheNotificationsId()
    {
        var directory = Directory.CreateTempSubdirectory("pilot-mail-");
        try
        {
            await using var host = new NotificationHost(app, ("Mail:Directory", directory.FullName), ("Mail:From", "pilot@example.gov.cn"));
            await host.ReturnToAsync(People.Nantong, "写入文件夹");
            (await SendAsync(host)).ShouldBe(1);
            var file = directory.GetFiles().ShouldHaveSingleItem();
            file.Name.ShouldBe($"{(await MailAboutAsync(host, "写入文件夹")).NotificationId:N}.eml");
            directory.GetDirectories().ShouldBeEmpty();
            DecodedBody(await File.ReadAllTextAsync(file.FullName)).ShouldContain("请在2023年9月30日前补正。");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Mail_WhenNothingIsConfigured_IsNotKept()
    {
        await using var host = new NotificationHost(app);
        var before = await CountAsync(host);
        await host.ReturnToAsync(People.Nantong, "不发邮件");
        (await CountAsync(host)).ShouldBe(before);
        (await SendAsync(host)).ShouldBe(0);
    }

    private NotificationHost Host(int port) => new(
        app, ("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", $"{port}"), ("Mail:Smtp:StartTls", "false"), ("Mail:From", "pilot@example.gov.cn"),
        ("Mail:PublicUrl", "https://pilot.example.gov.cn/"));

    private static Task<int> SendAsync(NotificationHost host) => host.Services.GetRequiredService<MailSender>().SendDueAsync(default);

    private static Task<int> CountAsync(NotificationHost host) => InDatabaseAsync(host, db => db.Set<OutgoingMail>().CountAsync());

    private static Task<OutgoingMail> MailAboutAsync(NotificationHost host, string theme) => InDatabaseAsync(host, db => (
        from mail in db.Set<OutgoingMail>().AsNoTracking()
        join n in db.Set<Notification>() on mail.NotificationId equals n.Id
        where n.Values.Contains(theme)
        select mail).SingleAsync());

    private static Task<T> InDatabaseAsync<T>(NotificationHost host, Func<PlatformDbContext, Task<T>> read) =>
        host.Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(TenantRef.Root), services => read(services.GetRequiredService<PlatformDbContext>()));

    private static string DecodedBody(string mail)
    {
        var body = mail.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", 2)[1].Replace("\n", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Convert.FromBase64String(body));
    }
}
