using System.Collections.Frozen;
using System.Text;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// Text that was once decoded with the wrong encoding: the bytes are won back with that encoding and decoded anew, once.
/// What a wrong decoder has thrown away stays lost and is marked with U+FFFD; where that is much, nothing is repaired.
/// </summary>
internal static class Mojibake
{
    /// <summary>A repaired text reads as well as any other.</summary>
    private const double LeastLegible = 0.85;

    /// <summary>Of a hundred characters so many may be lost.</summary>
    private const int MostLost = 5;

    private const int Sample = 20_000;

    /// <summary>Stand for a lost byte and for the byte 0x80 while the bytes are won back; no text uses them.</summary>
    private const char LostMark = '\u001a';
    private const char EuroMark = '\u001b';

    /// <summary>0xff occurs in none of the encodings that a text may really be in.</summary>
    private const byte LostByte = 0xff;

    private static readonly string[] DoubleByte = ["GB18030", "big5"];

    /// <summary>Characters that other makers' tables have at a byte where ours has something else.</summary>
    private static readonly Dictionary<string, (char Character, byte Byte)[]> Variants = new(StringComparer.Ordinal)
    {
        ["x-mac-cyrillic"] = [('Ґ', 0xa2), ('ґ', 0xb6), ('€', 0xff)],
        ["macintosh"] = [('€', 0xdb), ('\u03a9', 0xbd), ('\u2126', 0xbd), ('\uf8ff', 0xf0)],
    };

    private static readonly string[] SingleByte = ["windows-1252", "macintosh", "x-mac-cyrillic", "windows-1251", "IBM437", "IBM850", "ibm866", "koi8-r"];

    private static readonly Lazy<(string Name, Func<string, byte[]> Bytes)[]> Wrong = new(() =>
    [
        .. SingleByte.Select(n => (n, Single(n))),
        .. DoubleByte.Select(n => (n, Double(n))),
    ]);

    /// <summary>The text as it was meant; null where no reading of it is legible.</summary>
    public static string? Repair(string garbled)
    {
        var sample = garbled.Length > Sample ? garbled[..Sample] : garbled;
        var best = (Bytes: (Func<string, byte[]>?)null, Legibility: 0d);
        foreach (var (_, bytes) in Wrong.Value)
        {
            var legibility = Legibility.Of(Collapsed(TextDecoder.Best(bytes(sample)).Text));
            if (legibility > best.Legibility)
            {
                best = (bytes, legibility);
            }
        }

        if (best.Bytes is null || best.Legibility < LeastLegible)
        {
            return null;
        }

        var text = Collapsed(TextDecoder.Best(best.Bytes(garbled)).Text);
        var isSound = Legibility.Of(text) >= LeastLegible && text.AsSpan().Count('\ufffd') * 100L <= (long)text.Length * MostLost && !GarbleCheck.IsGarbled(text);
        return isSound ? text : null;
    }

    /// <summary>What is left of one broken character comes as several U+FFFD; one is enough.</summary>
    private static string Collapsed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != '\ufffd' || result.Length == 0 || result[^1] != '\ufffd')
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static Func<string, byte[]> Single(string name)
    {
        var encoding = TextDecoder.CodePage(name);
        var bytes = new Dictionary<char, byte>();
        for (var b = 0; b < 256; b++)
        {
            // What a code page leaves open, browsers read as Latin-1.
            bytes.TryAdd((char)b, (byte)b);
        }

        for (var b = 0x80; b < 256; b++)
        {
            var c = encoding.GetString([(byte)b]);
            if (c.Length == 1 && c[0] != '\ufffd')
            {
                bytes[c[0]] = (byte)b;
            }
        }

        foreach (var (character, b) in Variants.GetValueOrDefault(name, []))
        {
            bytes[character] = b;
        }

        var table = bytes.ToFrozenDictionary();
        return text => [.. text.Select(c => table.GetValueOrDefault(c, LostByte))];
    }

    private static Func<string, byte[]> Double(string name)
    {
        var encoding = Encoding.GetEncoding(TextDecoder.CodePage(name).CodePage, new EncoderReplacementFallback(LostMark.ToString()), DecoderFallback.ReplacementFallback);
        return text =>
        {
            // The wrong decoder shows the lone byte 0x80 as the euro sign.
            var bytes = encoding.GetBytes(text.Replace('\ufffd', LostMark).Replace('€', EuroMark));
            bytes.AsSpan().Replace((byte)LostMark, LostByte);
            bytes.AsSpan().Replace((byte)EuroMark, (byte)0x80);
            return bytes;
        };
    }
}
