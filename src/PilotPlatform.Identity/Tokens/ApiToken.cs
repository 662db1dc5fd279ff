using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Users;

namespace PilotPlatform.Identity.Tokens;

/// <summary>
/// A machine's credential, acting for the person who made it and never with more than the scopes given to it. Its making
/// and revoking are security events of their own; the time of last use is not worth a line in the log each time.
/// </summary>
[NotAudited]
internal sealed class ApiToken : TenantEntity
{
    public const string Marker = "pilot_";

    private ApiToken()
    {
    }

    public ApiToken(Guid id, User owner, string name, string secret, IEnumerable<string> scopes, DateTime expiresAt)
        : base(id, owner.Owner)
    {
        UserId = owner.Id;
        Name = name;
        Prefix = secret[..(Marker.Length + 6)];
        Hash = HashOf(secret);
        Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ExpiresAt = expiresAt;
    }

    public Guid UserId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The first characters, to tell tokens apart in a list.</summary>
    public string Prefix { get; private set; } = "";

    [Sensitive]
    public string Hash { get; private set; } = "";

    public List<string> Scopes { get; private set; } = [];

    public DateTime ExpiresAt { get; private set; }

    public DateTime? LastUsedAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    /// <summary>A new token's text: 256 random bits, so a plain SHA-256 keeps it.</summary>
    public static string NewSecret() => Marker + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public void Revoke(DateTime now)
    {
        if (RevokedAt is not null)
        {
            throw new BusinessException(IdentityErrorCodes.TokenRevoked);
        }

        RevokedAt = now;
    }
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("IdentityApiTokens");
        builder.Property(x => x.Name).HasMaxLength(60);
        builder.Property(x => x.Prefix).HasMaxLength(20);
        builder.Property(x => x.Hash).HasMaxLength(64);
        builder.PrimitiveCollection(x => x.Scopes);
        builder.HasOne<User>().WithMany().HasForeignKey(x => x.UserId);
        builder.HasIndex(x => x.Hash).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ExpiresAt });
    }
}
