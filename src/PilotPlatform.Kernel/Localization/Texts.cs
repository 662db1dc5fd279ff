using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PilotPlatform.Modules;

namespace PilotPlatform.Localization;

/// <summary>The texts of all modules, one JSON file per language and module (<c>Localization/zh-Hans.json</c>, embedded).</summary>
public sealed partial class Texts
{
    /// <summary>The languages, the default one first.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-Hans", "en"];

    private readonly Dictionary<string, Dictionary<string, string>> byLanguage;

    /// <summary>Loads the embedded files.</summary>
    public Texts(IEnumerable<PlatformModule> modules)
    {
        var assemblies = modules.Select(m => m.Assembly).Prepend(typeof(Texts).Assembly).Distinct().ToList();
        byLanguage = Languages.ToDictionary(language => language, language =>
        {
            var merged = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var assembly in assemblies)
            {
                var name = assembly.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith($".Localization.{language}.json", StringComparison.Ordinal));
                if (name is null)
                {
                    continue;
                }

                using var stream = assembly.GetManifestResourceStream(name)!;
                foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                {
                    if (!merged.TryAdd(key, text))
                    {
                        throw new InvalidOperationException($"The text key {key} ({language}) stands in two modules.");
                    }
                }
            }

            return merged;
        });
    }

    /// <summary>Every key of a language.</summary>
    public IReadOnlyCollection<string> KeysOf(string language) => byLanguage[language].Keys;

    /// <summary>The language of the current request: <c>zh-Hans</c> or <c>en</c>.</summary>
    public static string CurrentLanguage =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-Hans";

    /// <summary>The text in the current language with its <c>{placeholders}</c> filled; the key itself when there is none (a sweep finds those).</summary>
    public string Get(string key, IReadOnlyDictionary<string, object?>? values = null) => GetIn(CurrentLanguage, key, values);

    /// <summary>The text in a given language.</summary>
    public string GetIn(string language, string key, IReadOnlyDictionary<string, object?>? values = null)
    {
        var text = byLanguage[language].GetValueOrDefault(key) ?? key;
        return values is null || values.Count == 0
            ? text
            : Placeholder().Replace(text, m => values.TryGetValue(m.Groups[1].Value, out var value)
                ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""
                : m.Value);
    }

    /// <summary>The text of an enum value, key <c>Enum:Type.Value</c>.</summary>
    public string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Get($"Enum:{typeof(TEnum).Name}.{value}");

    [GeneratedRegex(@"\{([A-Za-z0-9]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
