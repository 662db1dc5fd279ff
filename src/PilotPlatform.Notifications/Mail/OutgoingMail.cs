using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Notifications.Notifications;
using PilotPlatform.Time;

namespace PilotPlatform.Notifications.Mail;

/// <summary>A mail that a notification goes out by; at most one each. Written with the notification, sent after the commit.</summary>
[NotAudited]
internal sealed class OutgoingMail : TenantEntity
{
    public const int MaxAttempts = 10;

    private OutgoingMail()
    {
    }

    public OutgoingMail(Guid id, Notification notification, string address, TimeProvider time)
        : base(id, notification.Owner)
    {
        NotificationId = notification.Id;
        Address = address;
        NextAttemptAt = time.UtcNow();
    }

    public Guid NotificationId { get; private set; }

    [Sensitive]
    public string Address { get; private set; } = "";

    public DateTime? SentAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Not before; also the lease of the node that is sending it.</summary>
    public DateTime NextAttemptAt { get; private set; }

    public string? LastError { get; private set; }
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("NotificationsMails");
        builder.Property(x => x.Address).HasMaxLength(254);
        builder.Property(x => x.LastError).HasMaxLength(1000);
        builder.HasOne<Notification>().WithMany().HasForeignKey(x => x.NotificationId);
        builder.HasIndex(x => x.NotificationId).IsUnique();
        builder.HasIndex(x => new { x.SentAt, x.NextAttemptAt });
    }
}
