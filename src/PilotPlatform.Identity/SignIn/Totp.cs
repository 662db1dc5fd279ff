using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using PilotPlatform.Identity.Users;

namespace PilotPlatform.Identity.SignIn;

/// <summary>
/// One-time codes by time (RFC 6238: SHA-1, 30 s, six digits, as authenticator apps expect). ASP.NET Core Identity's own
/// provider reads the system clock and accepts a code again within its window; this one does neither.
/// </summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(20));

    public static string Uri(string issuer, string userName, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(userName)}?secret={key}&issuer={System.Uri.EscapeDataString(issuer)}&digits=6&period=30";

    /// <summary>The time step whose code this is, one step of clock difference allowed; null when none.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var step = now.ToUnixTimeSeconds() / 30;
        var given = Encoding.ASCII.GetBytes(code);
        return new[] { step, step - 1, step + 1 }
            .Where(s => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(key, s)), given))
            .Select(s => (long?)s).FirstOrDefault();
    }

    public static string CodeAt(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238's default: authenticator apps know no other; HMAC-SHA-1 is not broken.
        HMACSHA1.HashData(FromBase32(key), counter, hash);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xF)..]) & 0x7FFFFFFF;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        for (int i = 0, buffer = 0, bits = 0; i < bytes.Length || bits > 0;)
        {
            if (bits < 5)
            {
                buffer = (buffer << 8) | (i < bytes.Length ? bytes[i] : 0);
                bits += i++ < bytes.Length ? 8 : 5 - bits;
            }

            bits -= 5;
            text.Append(Alphabet[(buffer >> bits) & 31]);
            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        int buffer = 0, bits = 0;
        foreach (var character in text)
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}

/// <summary>Authenticator keys at rest, and recovery codes.</summary>
internal sealed class SecondFactorSecrets(IDataProtectionProvider protection)
{
    private const int Codes = 10;
    private readonly IDataProtector protector = protection.CreateProtector("PilotPlatform.Identity.AuthenticatorKey");

    public string Protect(string key) => protector.Protect(key);

    public string? KeyOf(User user) => user.ProtectedAuthenticatorKey is { } key ? protector.Unprotect(key) : null;

    /// <summary>Codes to show once, and their hashes to keep. 80 random bits each: a plain SHA-256 is enough.</summary>
    public static (IReadOnlyList<string> Codes, IReadOnlyList<string> Hashes) NewRecoveryCodes()
    {
        var codes = Enumerable.Range(0, Codes).Select(_ =>
        {
            var text = RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTVWXYZ23456789", 17);
            return $"{text[..6]}-{text[6..12]}-{text[12..]}";
        }).ToList();
        return (codes, [.. codes.Select(HashOf)]);
    }

    public static string HashOf(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())));
}
