using System.IO.Compression;
using System.Text;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>Tells files by how they begin and by the names of what they hold; nothing is unpacked for it.</summary>
internal static class FileSignature
{
    private const int PageHead = 4_096;
    private const int PdfHead = 1_024;

    private static readonly byte[] Compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    private static readonly byte[][] Others =
    [
        [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xff, 0xd8, 0xff], [(byte)'G', (byte)'I', (byte)'F', (byte)'8'], [0x7f, (byte)'E', (byte)'L', (byte)'F'],
        [(byte)'M', (byte)'Z', 0x90], [(byte)'7', (byte)'z', 0xbc, 0xaf], [(byte)'R', (byte)'a', (byte)'r', (byte)'!'], [0x1f, 0x8b], [(byte)'O', (byte)'F', (byte)'D'],
    ];

    private static readonly string[] PageTags = ["<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<table"];

    public static NoticeFileKind KindOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Compound))
        {
            return Holds(bytes, "WordDocument") || Holds(bytes, "WpsContent") ? NoticeFileKind.Word : NoticeFileKind.Unknown;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return PackageKind(bytes);
        }

        if (bytes[..Math.Min(bytes.Length, PdfHead)].IndexOf("%PDF-"u8) >= 0)
        {
            return NoticeFileKind.Pdf;
        }

        if (bytes.StartsWith("{\\rtf"u8))
        {
            return NoticeFileKind.RichText;
        }

        foreach (var signature in Others)
        {
            if (bytes.StartsWith(signature))
            {
                return NoticeFileKind.Unknown;
            }
        }

        return IsPage(bytes) ? NoticeFileKind.Html : NoticeFileKind.Text;
    }

    /// <summary>Why a file is not even tried: a kind that holds no notice, macros, a password.</summary>
    public static NoticeRefusal? Refuse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Compound))
        {
            // A DOCX with a password is wrapped in the old container.
            if (Holds(bytes, "EncryptedPackage") || Holds(bytes, "EncryptionInfo"))
            {
                return Refusals.Encrypted;
            }

            if (Holds(bytes, "_VBA_PROJECT") || Holds(bytes, "Macros"))
            {
                return Refusals.Macros;
            }
        }

        return KindOf(bytes) == NoticeFileKind.Unknown ? Refusals.Unsupported : null;
    }

    /// <summary>The directory of the old container names its streams in UTF-16.</summary>
    private static bool Holds(ReadOnlySpan<byte> bytes, string stream) => bytes.IndexOf(Encoding.Unicode.GetBytes(stream)) >= 0;

    private static NoticeFileKind PackageKind(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            return archive.GetEntry("word/document.xml") is not null ? NoticeFileKind.Docx
                : archive.GetEntry("content.xml") is not null && bytes.IndexOf("application/vnd.oasis.opendocument.text"u8) >= 0 ? NoticeFileKind.OpenDocument
                : NoticeFileKind.Unknown;
        }
        catch (InvalidDataException)
        {
            return NoticeFileKind.Unknown;
        }
    }

    private static bool IsPage(ReadOnlySpan<byte> bytes)
    {
        // Tags are ASCII in every encoding of pages but UTF-16, where every other byte is zero.
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PageHead)]).Replace("\0", "", StringComparison.Ordinal);
        var start = head.IndexOf('<', StringComparison.Ordinal);
        return start >= 0 && PageTags.Any(t => head.Contains(t, StringComparison.OrdinalIgnoreCase))
            && head.AsSpan(0, start).IndexOfAnyInRange('\u4e00', '\u9fff') < 0
            && head[..start].All(c => char.IsWhiteSpace(c) || c > '\u007f' || c is '?' or '-' or '!');
    }
}
