using System.Text;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>Bytes to text: UTF-8 and UTF-16 with or without a mark, else GB18030.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Lazy<Encoding> StrictGb18030 = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    });

    public static (string? Text, NoticeRefusal? Refusal) Decode(ReadOnlySpan<byte> bytes)
    {
        foreach (var (encoding, mark) in Candidates(bytes))
        {
            try
            {
                return (encoding.GetString(bytes[mark..]), null);
            }
            catch (DecoderFallbackException)
            {
                // Not this encoding; the next one may fit.
            }
        }

        return (null, Refusals.Garbled);
    }

    private static IEnumerable<(Encoding Encoding, int Mark)> Candidates(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\ufeff"u8))
        {
            return [(StrictUtf8, 3)];
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]))
        {
            return [(Utf16(bigEndian: false), 2)];
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            return [(Utf16(bigEndian: true), 2)];
        }

        // Line ends and digits of UTF-16 hold zero bytes, on one side; no other text encoding has any.
        var even = 0;
        var odd = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                _ = i % 2 == 0 ? even++ : odd++;
            }
        }

        if (even + odd > 0)
        {
            return [(Utf16(bigEndian: even > odd), 0)];
        }

        return [(StrictUtf8, 0), (StrictGb18030.Value, 0)];
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
}
