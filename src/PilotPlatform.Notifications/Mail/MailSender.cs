using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Data;
using PilotPlatform.Localization;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Notifications.Mail;

/// <summary>
/// Sends what is due. A mail is leased before it is sent and marked after: a server that falls in between sends it once
/// more under the same Message-ID, never twice at the same time.
/// </summary>
internal sealed class MailSender(
    ITenantScopes scopes, MailTransport transport, NotificationTexts texts, Texts localisation, IOptions<MailOptions> options, TimeProvider time, ILogger<MailSender> logger)
{
    private const int Batch = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Sends; returns how many went out.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        if (!options.Value.IsConfigured)
        {
            return sent;
        }

        foreach (var mail in await DueAsync(cancellationToken))
        {
            if (!await TryLeaseAsync(mail, cancellationToken))
            {
                continue;
            }

            try
            {
                await transport.SendAsync(Write(mail), cancellationToken);
            }
            catch (Exception error) when (error is SmtpException or IOException or UnauthorizedAccessException or FormatException
                                          || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                logger.LogError(error, "Mail {MailId} could not be sent, attempt {Attempt}.", mail.Id, mail.Attempts + 1);
                await RecordFailureAsync(mail, error);
                continue;
            }

            await RecordSentAsync(mail);
            sent++;
        }

        return sent;
    }

    private static ScopeIdentity Everywhere => ScopeIdentity.System(TenantRef.Root);

    private Task<List<DueMail>> DueAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(Everywhere, services =>
        {
            var now = time.UtcNow();
            var db = services.GetRequiredService<PlatformDbContext>();
            return (
                from mail in db.Set<OutgoingMail>().AsNoTracking()
                join n in db.Set<Notification>().AsNoTracking() on mail.NotificationId equals n.Id
                where mail.SentAt == null && mail.NextAttemptAt <= now && mail.Attempts < OutgoingMail.MaxAttempts
                orderby mail.Id
                select new DueMail(
                    mail.Id, n.Id, mail.Address, mail.Attempts, mail.NextAttemptAt, new NotificationWording(n.Key, n.Values, n.ActorName, n.Due), n.Link))
                .Take(Batch).ToListAsync(cancellationToken);
        });

    private Task<bool> TryLeaseAsync(DueMail mail, CancellationToken cancellationToken) =>
        scopes.RunAsync(Everywhere, async services =>
        {
            var until = time.UtcNow() + Lease;
            return await services.GetRequiredService<PlatformDbContext>().Set<OutgoingMail>()
                .Where(m => m.Id == mail.Id && m.SentAt == null && m.NextAttemptAt == mail.NextAttemptAt)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.NextAttemptAt, until), cancellationToken) == 1;
        });

    private Task RecordSentAsync(DueMail mail) =>
        scopes.RunAsync(Everywhere, services =>
        {
            var now = time.UtcNow();
            return services.GetRequiredService<PlatformDbContext>().Set<OutgoingMail>().Where(m => m.Id == mail.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.SentAt, now).SetProperty(m => m.LastError, (string?)null), CancellationToken.None);
        });

    private Task RecordFailureAsync(DueMail mail, Exception error) =>
        scopes.RunAsync(Everywhere, services =>
        {
            var attempts = mail.Attempts + 1;
            var next = time.UtcNow() + TimeSpan.FromSeconds(Math.Min(6 * 3600, 30 * Math.Pow(2, attempts)));
            var text = error.Message.Length > 1000 ? error.Message[..1000] : error.Message;
            return services.GetRequiredService<PlatformDbContext>().Set<OutgoingMail>().Where(m => m.Id == mail.Id)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(m => m.Attempts, attempts).SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.LastError, text), CancellationToken.None);
        });

    private MailText Write(DueMail mail)
    {
        // Nobody has said which language they read mail in; the official one it is.
        var language = Texts.Languages[0];
        var (title, body) = texts.In(language, mail.Wording);
        var link = options.Value.PublicUrl is { Length: > 0 } url ? $"\n\n{url.TrimEnd('/')}{mail.Link}" : "";
        return new MailText(mail.NotificationId, mail.Address, title, $"{body}{link}\n\n{localisation.GetIn(language, "Notifications:MailFooter")}\n");
    }

    private sealed record DueMail(
        Guid Id, Guid NotificationId, string Address, int Attempts, DateTime NextAttemptAt, NotificationWording Wording, string Link);
}

internal sealed class MailRound(MailSender sender) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public Task RunAsync(CancellationToken cancellationToken) => sender.SendDueAsync(cancellationToken);
}
