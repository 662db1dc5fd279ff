using System.Collections.Frozen;
using System.Text;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>Traditional, Japanese and variant characters and phrases with their simplified forms, always of the same length.</summary>
internal static class TraditionalTable
{
    private static readonly Lazy<(FrozenDictionary<char, char> Characters, FrozenDictionary<char, (string From, string To)[]> Phrases)> Loaded = new(Load);

    private static readonly (string From, string To)[] TaiwanWords =
        [.. Words().Where(w => w.From.Length == w.To.Length)];

    /// <summary>Taiwan's words, in simplified characters, whose counterpart has another length.</summary>
    public static readonly (string From, string To)[] LongWords = [.. Words().Where(w => w.From.Length != w.To.Length)];

    private static IEnumerable<(string From, string To)> Words() =>
        RuleLists.TaiwanWords.Select(w => w.Split('=')).Select(w => (w[0], w[1]));

    /// <summary>
    /// Whether a text is written in traditional characters. A few of them occur in simplified texts too (乾隆, 瞭望),
    /// so it takes more than a few.
    /// </summary>
    public static bool IsTraditional(ReadOnlySpan<char> text)
    {
        var han = 0;
        var traditional = 0;
        var table = Loaded.Value.Characters;
        foreach (var c in text)
        {
            if (c is >= '\u3400' and <= '\u9fff')
            {
                han++;
                traditional += table.ContainsKey(c) ? 1 : 0;
            }
        }

        return traditional >= 3 && traditional * 50 >= han;
    }

    /// <summary>
    /// Changes single foreign characters of a simplified text (試点, 実施), as character recognition leaves them there: only
    /// those that no simplified text has, so that 乾隆 and 瞭望 stay.
    /// </summary>
    public static void SimplifyForeign(Span<char> text)
    {
        var foreign = Foreign.Value;
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = foreign.GetValueOrDefault(text[i], text[i]);
        }
    }

    /// <summary>The characters of the table that GB2312, the standard set of simplified ones, does not hold.</summary>
    private static readonly Lazy<FrozenDictionary<char, char>> Foreign = new(() =>
    {
        const int gb2312 = 20936;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var standard = Encoding.GetEncoding(gb2312, new EncoderReplacementFallback(""), DecoderFallback.ReplacementFallback);
        return Loaded.Value.Characters.Where(c => standard.GetByteCount([c.Key]) == 0).ToFrozenDictionary();
    });

    /// <summary>The simplified form of one character; the character itself where it has none.</summary>
    public static char Simplified(char c) => Loaded.Value.Characters.GetValueOrDefault(c, c);

    public static void Simplify(Span<char> text)
    {
        var (characters, phrases) = Loaded.Value;
        for (var i = 0; i < text.Length;)
        {
            if (phrases.TryGetValue(text[i], out var starting) && Longest(starting, text[i..]) is { } phrase)
            {
                phrase.To.CopyTo(text[i..]);
                i += phrase.To.Length;
                continue;
            }

            text[i] = text[i] switch
            {
                '「' => '“',
                '」' => '”',
                '『' => '‘',
                '』' => '’',
                var c => characters.GetValueOrDefault(c, c),
            };
            i++;
        }

        for (var i = 0; i < text.Length; i++)
        {
            foreach (var (from, to) in TaiwanWords)
            {
                if (text[i..].StartsWith(from))
                {
                    to.CopyTo(text[i..]);
                }
            }
        }
    }

    private static (string From, string To)? Longest((string From, string To)[] phrases, ReadOnlySpan<char> text)
    {
        foreach (var phrase in phrases)
        {
            if (text.StartsWith(phrase.From))
            {
                return phrase;
            }
        }

        return null;
    }

    private static (FrozenDictionary<char, char>, FrozenDictionary<char, (string, string)[]>) Load()
    {
        const string resource = "PilotPlatform.NoticeImport.traditional.tsv";
        using var stream = typeof(TraditionalTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        var characters = new Dictionary<char, char>();
        var phrases = new List<(string From, string To)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var (from, to) = (line[..tab], line[(tab + 1)..]);
            if (from.Length == 1)
            {
                characters[from[0]] = to[0];
            }
            else
            {
                phrases.Add((from, to));
            }
        }

        foreach (var variant in RuleLists.VariantCharacters)
        {
            characters.TryAdd(variant[0], variant[2]);
        }

        return (
            characters.ToFrozenDictionary(),
            phrases.GroupBy(p => p.From[0])
                .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(p => p.From.Length).ToArray()));
    }
}
