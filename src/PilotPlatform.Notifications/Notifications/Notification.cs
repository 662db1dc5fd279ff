using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Notifications.Notifications;

/// <summary>
/// What one person was told. Kept as key and values: the text is made when it is read, in the reader's language. The row
/// is the addressee's alone, so every query names the user (<see cref="NotificationQueries.Of"/>).
/// </summary>
[NotAudited]
internal sealed class Notification : TenantEntity
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Notification()
    {
    }

    public Notification(Guid id, TenantRef region, Guid userId, string key, IReadOnlyDictionary<string, string> values, string? actorName, string link, DateOnly? due)
        : base(id, region)
    {
        UserId = userId;
        Key = key;
        Values = JsonSerializer.Serialize(values, Json);
        ActorName = actorName;
        Link = link;
        Due = due;
    }

    public Guid UserId { get; private set; }

    public string Key { get; private set; } = "";

    public string Values { get; private set; } = "{}";

    /// <summary>Who did it; null for the system.</summary>
    public string? ActorName { get; private set; }

    public string Link { get; private set; } = "";

    public DateOnly? Due { get; private set; }

    public DateTime? ReadAt { get; private set; }
}

internal static class NotificationQueries
{
    /// <summary>One person's notifications; there is no other way to read the table for an endpoint.</summary>
    public static IQueryable<Notification> Of(this IQueryable<Notification> query, Guid userId) => query.Where(n => n.UserId == userId);
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("NotificationsNotifications");
        builder.Property(x => x.Key).HasMaxLength(120);
        builder.Property(x => x.ActorName).HasMaxLength(100);
        builder.Property(x => x.Link).HasMaxLength(400);
        builder.HasIndex(x => new { x.TenantPath, x.UserId, x.CreatedAt });
        builder.HasIndex(x => new { x.UserId, x.ReadAt });
    }
}
