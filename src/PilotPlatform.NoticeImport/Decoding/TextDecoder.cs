using System.Text;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// Bytes to text. A byte order mark is believed, and so is valid UTF-8; otherwise every usual encoding is tried and the
/// one whose text reads most like Chinese is taken. A few broken bytes, as a cut or damaged file has them, become U+FFFD.
/// </summary>
internal static class TextDecoder
{
    /// <summary>Below this a text is in none of the encodings that were tried.</summary>
    private const double LeastLegible = 0.6;

    /// <summary>Of a hundred characters so many may be broken before the file is refused.</summary>
    private const int MostBroken = 2;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Little = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: false);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: false);
    private static readonly Lazy<Encoding> Gb18030 = new(() => CodePage("GB18030"));
    private static readonly Lazy<Encoding> Big5 = new(() => CodePage("big5"));

    public static (string? Text, NoticeRefusal? Refusal) Decode(ReadOnlySpan<byte> bytes)
    {
        if (Marked(bytes) is { } marked)
        {
            return Checked(marked.Encoding.GetString(bytes[marked.Mark..]));
        }

        // Of the text encodings only UTF-16 has zero bytes; which side they stand on says nothing (一 is 4E00).
        if (bytes.Contains((byte)0))
        {
            var (little, big) = (Utf16Little.GetString(bytes), Utf16Big.GetString(bytes));
            return Checked(Legibility.Of(big) > Legibility.Of(little) ? big : little);
        }

        try
        {
            return (StrictUtf8.GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return MostLegible(bytes);
        }
    }

    /// <summary>The text of the bytes in the encoding that fits best, and how well it does; for bytes without a mark.</summary>
    public static (string Text, double Legibility) Best(ReadOnlySpan<byte> bytes)
    {
        var best = (Text: "", Legibility: -1d);
        foreach (var encoding in new[] { Utf8, Gb18030.Value, Big5.Value, Utf16Little, Utf16Big })
        {
            var text = encoding.GetString(bytes);
            var legibility = Legibility.Of(text);
            if (legibility > best.Legibility)
            {
                best = (text, legibility);
            }
        }

        return best;
    }

    internal static Encoding CodePage(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"));
    }

    private static (string? Text, NoticeRefusal? Refusal) MostLegible(ReadOnlySpan<byte> bytes)
    {
        var (text, legibility) = Best(bytes);
        return legibility < LeastLegible ? (null, Refusals.Garbled) : Checked(text);
    }

    private static (string? Text, NoticeRefusal? Refusal) Checked(string text) =>
        (long)text.AsSpan().Count('\ufffd') * 100 > (long)text.Length * MostBroken ? (null, Refusals.Garbled) : (text, null);

    private static (Encoding Encoding, int Mark)? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\ufeff"u8) ? (Utf8, 3)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) ? (Utf16Little, 2)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]) ? (Utf16Big, 2)
        : null;
}
