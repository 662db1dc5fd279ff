using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace PilotPlatform.Identity.Users;

/// <summary>What a password must be. Errors carry text keys as their codes.</summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int MinLength = 10;
    public const int MaxLength = 128;

    // Compared without case and without digits or signs at the ends: Password2026! is Password.
    private static readonly FrozenSet<string> Common = new[]
    {
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "pa$$word", "admin", "administrator", "root", "welcome", "letmein", "iloveyou", "monkey",
        "dragon", "master", "qwerty", "qwertyuiop", "qwert", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "1qaz2wsx",
        "1q2w3e4r", "1q2w3e4r5t", "abc", "abcd", "abcdef", "abcdefg", "woaini", "woaini1314", "zhongguo", "china", "beijing", "jiangsu", "nanjing",
        "wangyang", "zhengwu", "xingzheng", "changeme", "default", "guest", "test", "testtest", "user", "system", "secret", "pilot", "pilotplatform",
        "sunshine", "princess", "football", "baseball", "superman", "trustno", "hello", "helloworld", "huawei", "xiaomi", "taobao", "alipay", "wechat",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var error = Check(manager.PasswordHasher, user, password ?? "");
        return Task.FromResult(error is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = error, Description = error }));
    }

    /// <summary>A password that meets the rules, for an account's first sign-in; without characters that look alike.</summary>
    public static string Generate()
    {
        const string upper = "ABCDEFGHJKMNPQRSTUVWXYZ", lower = "abcdefghjkmnpqrstuvwxyz", digits = "23456789";
        Span<char> password = stackalloc char[14];
        RandomNumberGenerator.GetItems((upper + lower + digits).AsSpan(), password);
        password[4] = '-';
        password[9] = '-';
        password[0] = RandomNumberGenerator.GetItems<char>(upper, 1)[0];
        password[1] = RandomNumberGenerator.GetItems<char>(lower, 1)[0];
        password[2] = RandomNumberGenerator.GetItems<char>(digits, 1)[0];
        return new string(password);
    }

    private static string? Check(IPasswordHasher<User> hasher, User user, string password)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return "Identity:PasswordLength";
        }

        var classes = (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0)
            + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);
        if (classes < 3)
        {
            return "Identity:PasswordClasses";
        }

        if (password.Contains(user.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return "Identity:PasswordHasUserName";
        }

        var letters = password.AsSpan().Trim("0123456789!@#$%^&*()-_=+.,?~ ");
        if (Common.Contains(password) || Common.Contains(letters.ToString()) || password.Distinct().Count() < 5)
        {
            return "Identity:PasswordCommon";
        }

        return new[] { user.PasswordHash }.Concat(user.FormerPasswordHashes).OfType<string>()
            .Any(former => hasher.VerifyHashedPassword(user, former, password) != PasswordVerificationResult.Failed)
            ? "Identity:PasswordReused"
            : null;
    }
}
