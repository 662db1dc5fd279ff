using System.Collections.Frozen;
using System.Text;

namespace PilotPlatform.Programmes.Items;

/// <summary>The field that a column of a list holds.</summary>
internal enum ItemField
{
    /// <summary>序号.</summary>
    Number,

    /// <summary>事项名称.</summary>
    Name,

    /// <summary>事项编码.</summary>
    Code,

    /// <summary>部门.</summary>
    OfficeName,

    /// <summary>赋权方式.</summary>
    Mode,

    /// <summary>事项类型.</summary>
    Kind,

    /// <summary>适用区域.</summary>
    Regions,

    /// <summary>批次.</summary>
    Batch,
}

/// <summary>The words of item-columns.txt: what headings are called, other words for modes, how remarks begin. Words are added there.</summary>
internal static class ItemColumns
{
    private static readonly Lazy<FrozenDictionary<string, IReadOnlyList<string>>> Lists = new(Load);

    private static readonly Lazy<(ItemField Field, string Word, int Rank)[]> Headings = new(() =>
    [
        .. Enum.GetValues<ItemField>().SelectMany(field => Get(char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..]).Select((word, rank) => (field, Plain(word), rank))),
    ]);

    /// <summary>How a row begins that is no item.</summary>
    public static IReadOnlyList<string> Footers => Get("footers");

    /// <summary>The fields of a row of headings; a column that is none has none, and no field is there twice.</summary>
    public static IReadOnlyList<ItemField?> FieldsOf(IReadOnlyList<string> headings)
    {
        var fields = new ItemField?[headings.Count];
        foreach (var best in headings.Select((h, column) => (Column: column, Match: Match(Plain(h)))).Where(m => m.Match is not null)
            .GroupBy(m => m.Match!.Value.Field).Select(g => g.MinBy(m => m.Match!.Value.Rank)))
        {
            fields[best.Column] = best.Match!.Value.Field;
        }

        return fields;
    }

    /// <summary>The list's word for a mode.</summary>
    public static string ModeOf(string text, IReadOnlyList<ItemMode> modes)
    {
        var plain = Plain(text);
        if (modes.FirstOrDefault(m => Plain(m.Name) == plain) is { } known)
        {
            return known.Name;
        }

        var other = Get("modes").Select(m => m.Split('=')).FirstOrDefault(m => Plain(m[0]) == plain)?[1];
        return other is null ? text : modes.FirstOrDefault(m => Plain(m.Name) == Plain(other))?.Name ?? (modes.Count == 0 ? other : text);
    }

    /// <summary>Whether a cell says that an item concerns every region.</summary>
    public static bool IsEverywhere(string text) => Get("everywhere").Any(w => Plain(w) == Plain(text));

    /// <summary>A text without what does not tell two names apart: spaces, brackets, punctuation.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }

    // A heading is one of the words, or holds one: “赋权方式（直接下放/实质性审核）”, “市级原实施部门”.
    private static (ItemField Field, int Rank)? Match(string heading)
    {
        if (heading.Length is 0 or > 40)
        {
            return null;
        }

        if (Headings.Value.FirstOrDefault(h => h.Word == heading) is { Word: not null } exact)
        {
            return (exact.Field, exact.Rank);
        }

        var held = Headings.Value.Where(h => h.Word.Length > 2 && heading.Contains(h.Word, StringComparison.Ordinal)).OrderByDescending(h => h.Word.Length).FirstOrDefault();
        return held.Word is null ? null : (held.Field, held.Rank + 100);
    }

    private static IReadOnlyList<string> Get(string name) =>
        Lists.Value.TryGetValue(name, out var list) ? list : throw new InvalidOperationException($"item-columns.txt has no list [{name}].");

    private static FrozenDictionary<string, IReadOnlyList<string>> Load()
    {
        const string resource = "PilotPlatform.Programmes.Items.item-columns.txt";
        using var stream = typeof(ItemColumns).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        while (reader.ReadLine() is { } line)
        {
            line = line.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                lists[line[1..^1]] = current = [];
            }
            else
            {
                (current ?? throw new InvalidOperationException("item-columns.txt has a word before its first heading.")).AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return lists.ToFrozenDictionary(p => p.Key, p => (IReadOnlyList<string>)p.Value.AsReadOnly(), StringComparer.Ordinal);
    }
}
