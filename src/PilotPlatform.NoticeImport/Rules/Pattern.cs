using System.Text.RegularExpressions;

namespace PilotPlatform.NoticeImport.Rules;

/// <summary>
/// Makes every regular expression of this library: non-backtracking, so that no text can make one slow.
/// </summary>
internal static class Pattern
{
    public const string Han = @"[\u3400-\u9fff]";

    public static Regex Of(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>An alternation of literal words, longest first.</summary>
    public static string AnyOf(IEnumerable<string> words) =>
        "(?:" + string.Join('|', words.OrderByDescending(w => w.Length).Select(Regex.Escape)) + ")";
}
