using System.Buffers;
using System.Text;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>Reads the names of artefacts as notices write them: 一案（承接方案，含办事指南及流程图）.</summary>
internal static class ArtefactNames
{
    private static readonly SearchValues<char> Openers = SearchValues.Create("（(：:【[");
    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '）', ')', '】', ']', '：', ':', '（', '(', '【', '['];
    private static readonly string[] ContactWords = ["专员", "联络", "联系人", "liaison", "contact"];

    /// <summary>What stands before the brackets; the whole name where there are none.</summary>
    public static string ShortOf(string name)
    {
        var end = name.AsSpan().IndexOfAny(Openers);
        var shortened = end > 0 ? name[..end].Trim() : name.Trim();
        return shortened.Length == 0 ? name : shortened;
    }

    /// <summary>Whether a person is asked for, by name and telephone.</summary>
    public static bool AsksContact(string key, string name) =>
        ContactWords.Any(w => key.Contains(w, StringComparison.OrdinalIgnoreCase) || name.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a file may call the artefact: its key, its name, the part before the brackets and the first word in them.</summary>
    public static IReadOnlyList<string> CalledBy(string key, string name)
    {
        var parts = name.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. new[] { key, name, ShortOf(name) }.Concat(parts.Take(2)).Select(Fold).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>One form for widths, cases and spaces.</summary>
    public static string Fold(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        return string.Concat(folded.Where(c => !char.IsWhiteSpace(c)));
    }
}
