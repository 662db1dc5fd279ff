using System.Security.Cryptography;

namespace PilotPlatform.Regions.Onboarding;

/// <summary>Passwords to be typed off a sheet of paper once: no characters that look alike, every kind of character that rules ask for.</summary>
internal static class InitialPasswords
{
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Marks = "#%+=?@";
    private const int Length = 16;

    public static string New()
    {
        string[] kinds = [Lower, Upper, Digits, Marks];
        var all = string.Concat(Lower, Upper, Digits);
        Span<char> password = stackalloc char[Length];
        RandomNumberGenerator.GetItems(all, password);
        for (var i = 0; i < kinds.Length; i++)
        {
            password[i] = kinds[i][RandomNumberGenerator.GetInt32(kinds[i].Length)];
        }

        RandomNumberGenerator.Shuffle(password);
        return new string(password);
    }
}
