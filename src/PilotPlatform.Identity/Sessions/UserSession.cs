using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Sessions;

/// <summary>
/// One signed-in browser. The cookie carries this row's id and nothing else of worth, so ending the row ends the session.
/// No concurrency stamp: noting the last use must never hinder ending the session.
/// </summary>
[NotAudited]
internal sealed class UserSession : ITenantOwned
{
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(12);

    private UserSession()
    {
    }

    public UserSession(Guid id, User user, DateTime now, string? ipAddress, string? userAgent)
    {
        Id = id;
        TenantId = user.TenantId;
        TenantPath = user.TenantPath;
        UserId = user.Id;
        SecurityStamp = user.SecurityStamp;
        StartedAt = now;
        LastSeenAt = now;
        IpAddress = ipAddress;
        UserAgent = userAgent is { Length: > 300 } ? userAgent[..300] : userAgent;
    }

    public Guid Id { get; private set; }

    public Guid TenantId { get; private set; }

    public string TenantPath { get; private set; } = "";

    public Guid UserId { get; private set; }

    public string SecurityStamp { get; private set; } = "";

    public DateTime StartedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public string? IpAddress { get; private set; }

    public string? UserAgent { get; private set; }

    public void Seen(DateTime now) => LastSeenAt = now > LastSeenAt ? now : LastSeenAt;

    /// <summary>Keeps the session in which the password was changed; the others end by their stamp.</summary>
    public void Follow(User user) => SecurityStamp = user.SecurityStamp;
}

internal static class UserSessions
{
    /// <summary>Ends those that have not ended; how many this call ended, so that what two do at once is told once.</summary>
    public static Task<int> EndAsync(this IQueryable<UserSession> sessions, DateTime now, CancellationToken cancellationToken) =>
        sessions.Where(s => s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellationToken);
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("IdentitySessions");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.SecurityStamp).HasMaxLength(64);
        builder.Property(x => x.IpAddress).HasMaxLength(60);
        builder.Property(x => x.UserAgent).HasMaxLength(300);
        builder.HasOne<User>().WithMany().HasForeignKey(x => x.UserId);
        builder.HasIndex(x => x.TenantPath);
        builder.HasIndex(x => new { x.UserId, x.StartedAt });
    }
}
