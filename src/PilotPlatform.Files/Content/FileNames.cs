using System.Globalization;
using System.Text;

namespace PilotPlatform.Files.Content;

internal static class FileNames
{
    public const int MaxLength = 200;

    /// <summary>
    /// A name that is safe to show and to save under: no path, no control or invisible characters (an override of the
    /// writing direction can make an .exe look like a .pdf), nothing that a file system refuses, not too long.
    /// </summary>
    public static string Sanitise(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    break;
                default:
                    clean.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' or 0xFFFD ? "_" : rune.ToString());
                    break;
            }
        }

        var normal = clean.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        if (normal.Length <= MaxLength)
        {
            return normal;
        }

        var extension = Path.GetExtension(normal);
        var stem = normal[..(MaxLength - Math.Min(extension.Length, 20))];
        // A character beyond the basic plane must not be cut in two.
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + (extension.Length <= 20 ? extension : "");
    }

    /// <summary>The extension without its dot, lower case; empty when there is none.</summary>
    public static string ExtensionOf(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
}
