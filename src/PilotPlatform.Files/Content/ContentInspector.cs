using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PilotPlatform.Files.Content;

/// <summary>
/// Says what a file is by its bytes. Archives are looked into, never unpacked: of a ZIP only its directory and, bounded,
/// its list of content types are read, so that a bomb stays folded.
/// </summary>
internal static class ContentInspector
{
    private const int HeadLength = 4096;
    private const int MaxContentTypesLength = 1024 * 1024;
    private const int MaxZipEntries = 20_000;
    private const int MaxZipDirectory = 8 * 1024 * 1024;
    private const int MaxDirectorySectors = 256;

    public static FileKind Inspect(Stream content)
    {
        var head = new byte[HeadLength];
        content.Position = 0;
        var length = content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = head.AsSpan(0, length);
        if (start.StartsWith("%PDF-"u8))
        {
            return FileKind.Pdf;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return FileKind.Jpeg;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return FileKind.Png;
        }

        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return InspectZip(content);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return InspectCompound(content, head);
        }

        if (start.StartsWith("\x7F"u8) && start[1..].StartsWith("ELF"u8) || IsWindowsExecutable(start))
        {
            return FileKind.Executable;
        }

        if (start.StartsWith("Rar!\x1A"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
            || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return FileKind.Archive;
        }

        return IsText(content) ? FileKind.Text : FileKind.Unknown;
    }

    // A text may begin with the letters MZ; a program also has the zero bytes of its header.
    private static bool IsWindowsExecutable(ReadOnlySpan<byte> start) => start.StartsWith("MZ"u8) && start.Contains((byte)0);

    private static bool IsText(Stream content)
    {
        content.Position = 0;
        var buffer = new byte[80 * 1024];
        var first = true;
        while (content.Read(buffer) is var read and > 0)
        {
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, read);
            if (first && (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])))
            {
                return IsUtf16(content);
            }

            first = false;
            foreach (var b in bytes)
            {
                // UTF-8 and GB 18030 use no control bytes within characters.
                if (b is < 0x09 or 0x0B or (> 0x0D and < 0x20) or 0x7F)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsUtf16(Stream content)
    {
        content.Position = 0;
        using var reader = new StreamReader(content, Encoding.Unicode, detectEncodingFromByteOrderMarks: true, 80 * 1024, leaveOpen: true);
        var buffer = new char[40 * 1024];
        while (reader.Read(buffer) is var read and > 0)
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f') || c == '\uFFFD')
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static FileKind InspectZip(Stream content)
    {
        if (!HasReasonableDirectory(content))
        {
            return FileKind.Unknown;
        }

        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return FileKind.MacroDocument;
            }

            return zip.GetEntry("[Content_Types].xml") is { } types ? OfficeKindOf(types)
                : zip.GetEntry("OFD.xml") is not null ? FileKind.Ofd
                : FileKind.Zip;
        }
        catch (InvalidDataException)
        {
            return FileKind.Unknown;
        }
    }

    /// <summary>Reads the end record by itself: the framework would take a directory of any size into memory.</summary>
    private static bool HasReasonableDirectory(Stream content)
    {
        const int recordLength = 22;
        var tail = new byte[(int)Math.Min(content.Length, recordLength + ushort.MaxValue)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < recordLength)
        {
            return false;
        }

        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
        content.Position = 0;
        return entries <= MaxZipEntries && size <= MaxZipDirectory;
    }

    private static FileKind OfficeKindOf(ZipArchiveEntry types)
    {
        using var bounded = new MemoryStream();
        using (var stream = types.Open())
        {
            var buffer = new byte[16 * 1024];
            while (stream.Read(buffer) is var read and > 0)
            {
                // The length that the entry declares proves nothing.
                if (bounded.Length + read > MaxContentTypesLength)
                {
                    return FileKind.Unknown;
                }

                bounded.Write(buffer, 0, read);
            }
        }

        bounded.Position = 0;
        var kind = FileKind.Zip;
        try
        {
            using var xml = XmlReader.Create(bounded, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (xml.Read())
            {
                var type = xml.NodeType == XmlNodeType.Element ? xml.GetAttribute("ContentType") : null;
                if (type is null)
                {
                    continue;
                }

                if (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
                {
                    return FileKind.MacroDocument;
                }

                kind = type switch
                {
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml" => FileKind.Word,
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml" => FileKind.Excel,
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml" => FileKind.PowerPoint,
                    _ => kind,
                };
            }
        }
        catch (XmlException)
        {
            return FileKind.Unknown;
        }

        return kind;
    }

    /// <summary>Walks the directory of a compound file ([MS-CFB]) and tells Word, Excel and PowerPoint by their main stream.</summary>
    private static FileKind InspectCompound(Stream content, ReadOnlySpan<byte> header)
    {
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        if (shift is not (9 or 12))
        {
            return FileKind.Unknown;
        }

        var size = 1 << shift;
        var sector = new byte[size];
        var next = BinaryPrimitives.ReadUInt32LittleEndian(header[48..]);
        for (var walked = 0; walked < MaxDirectorySectors && ReadSector(content, next, size, sector); walked++)
        {
            for (var entry = 0; entry < size; entry += 128)
            {
                var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(sector.AsSpan(entry + 64));
                if (nameLength is < 4 or > 64)
                {
                    continue;
                }

                switch (Encoding.Unicode.GetString(sector, entry, nameLength - 2))
                {
                    case "WordDocument":
                        return FileKind.WordLegacy;
                    case "Workbook" or "Book":
                        return FileKind.ExcelLegacy;
                    case "PowerPoint Document":
                        return FileKind.PowerPointLegacy;
                }
            }

            next = NextSector(content, header, next, size);
        }

        return FileKind.CompoundDocument;
    }

    private static uint NextSector(Stream content, ReadOnlySpan<byte> header, uint sector, int size)
    {
        const int tablesInHeader = 109;
        const uint end = 0xFFFFFFFE;
        var perTable = (uint)(size / 4);
        var table = sector / perTable;
        if (table >= tablesInHeader)
        {
            return end;
        }

        var tableSector = BinaryPrimitives.ReadUInt32LittleEndian(header[(int)(76 + table * 4)..]);
        var cells = new byte[size];
        return ReadSector(content, tableSector, size, cells)
            ? BinaryPrimitives.ReadUInt32LittleEndian(cells.AsSpan((int)(sector % perTable) * 4))
            : end;
    }

    private static bool ReadSector(Stream content, uint sector, int size, byte[] into)
    {
        var position = ((long)sector + 1) * size;
        if (position + size > content.Length)
        {
            return false;
        }

        content.Position = position;
        content.ReadExactly(into);
        return true;
    }
}
