namespace PilotPlatform.Notifications.Mail;

/// <summary>The section <c>Mail</c> of the configuration.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Where mail is written as .eml files when no SMTP server is configured.</summary>
    public string? Directory { get; set; }

    public string From { get; set; } = "no-reply@localhost";

    /// <summary>The web app's address, for links; without it mail carries none.</summary>
    public string? PublicUrl { get; set; }

    public bool HasSmtp => !string.IsNullOrWhiteSpace(Smtp.Host);

    public bool IsConfigured => HasSmtp || !string.IsNullOrWhiteSpace(Directory);
}

internal sealed class SmtpOptions
{
    public string? Host { get; set; }

    public int Port { get; set; } = 25;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>STARTTLS; to be switched off for a relay on the same machine only.</summary>
    public bool StartTls { get; set; } = true;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
