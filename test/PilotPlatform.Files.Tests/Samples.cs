using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PilotPlatform.Files.Tests;

/// <summary>Small true and false files.</summary>
internal static class Samples
{
    public static byte[] Pdf(string content, int length = 0)
    {
        var bytes = Encoding.UTF8.GetBytes("%PDF-1.7\n" + content);
        return bytes.Length >= length ? bytes : [.. bytes, .. Enumerable.Repeat((byte)'x', length - bytes.Length)];
    }

    public static byte[] Executable()
    {
        var bytes = new byte[512];
        "MZ"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x3C), 0x80);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        return bytes;
    }

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    public static byte[] Office(string mainType, params (string Name, string Content)[] more) =>
        Zip([("[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="{mainType}"/></Types>"""), .. more]);

    public static byte[] Docx() => Office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ("word/document.xml", "<w/>"));

    /// <summary>A compound file whose directory lies in its second sector, after a first directory sector without the main stream.</summary>
    public static byte[] Compound(string mainStream)
    {
        const int size = 512;
        var bytes = new byte[size * 4];
        byte[] magic = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        magic.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(76), 0);
        // Sector 0 is the table: sector 1 is followed by sector 2, which is the last.
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(size + 4), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(size + 8), 0xFFFFFFFE);
        Name(bytes.AsSpan(size * 2), "Root Entry");
        Name(bytes.AsSpan(size * 3 + 128), mainStream);
        return bytes;

        static void Name(Span<byte> entry, string name)
        {
            Encoding.Unicode.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(name.Length * 2 + 2));
        }
    }
}
