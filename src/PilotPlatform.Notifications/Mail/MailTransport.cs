using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace PilotPlatform.Notifications.Mail;

/// <summary>A mail in words.</summary>
/// <param name="Id">The notification's id; sending the same mail again replaces or repeats it under the same Message-ID.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">Plain text.</param>
internal sealed record MailText(Guid Id, string To, string Subject, string Body);

/// <summary>
/// Sends through SMTP where it is configured, else writes .eml files. Both go through the framework's composer, so a
/// file shows exactly what would be sent.
/// </summary>
internal sealed class MailTransport(IOptions<MailOptions> options)
{
    public async Task SendAsync(MailText text, CancellationToken cancellationToken)
    {
        using var message = Compose(text);
        if (options.Value.HasSmtp)
        {
            await SendBySmtpAsync(message, cancellationToken);
        }
        else
        {
            WriteFile(message, text.Id);
        }
    }

    private MailMessage Compose(MailText text)
    {
        var message = new MailMessage(options.Value.From, text.To)
        {
            // A title may carry a line break from the data; in a header it would start a new one.
            Subject = new string([.. text.Subject.Select(c => char.IsControl(c) ? ' ' : c)]),
            SubjectEncoding = System.Text.Encoding.UTF8,
            Body = text.Body,
            BodyEncoding = System.Text.Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{text.Id:N}@pilotplatform>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task SendBySmtpAsync(MailMessage message, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.StartTls };
        if (!string.IsNullOrEmpty(smtp.User))
        {
            client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(smtp.Timeout);
        await client.SendMailAsync(message, limit.Token);
    }

    private void WriteFile(MailMessage message, Guid id)
    {
        var directory = Directory.CreateDirectory(options.Value.Directory!).FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(directory, $".{id:N}")).FullName;
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = temporary })
        {
            client.Send(message);
        }

        // One file a notification, complete or not there.
        File.Move(Directory.GetFiles(temporary, "*.eml").First(), Path.Combine(directory, $"{id:N}.eml"), overwrite: true);
        Directory.Delete(temporary, recursive: true);
    }
}
