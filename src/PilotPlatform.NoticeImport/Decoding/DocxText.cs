using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// The paragraphs and tables of a DOCX. Sizes are checked before anything is unpacked; nothing outside the file is ever
/// opened, and what it embeds is not read.
/// </summary>
internal static class DocxText
{
    private const int MostEntries = 2_000;
    private const long MostUnpacked = 64L * 1024 * 1024;
    private const int MostCharacters = 20 * 1024 * 1024;

    public static (string? Text, NoticeRefusal? Refusal) Extract(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            if (!IsSound(stream))
            {
                return (null, Refusals.Unreadable);
            }

            stream.Position = 0;
            var settings = new OpenSettings { MaxCharactersInPart = MostCharacters, AutoSave = false };
            using var document = WordprocessingDocument.Open(stream, isEditable: false, settings);
            var part = document.MainDocumentPart;
            return part is null ? (null, Refusals.Unreadable) : (Write(part), null);
        }
        catch (Exception e) when (e is InvalidDataException or OpenXmlPackageException or XmlException or FileFormatException or IOException or ArgumentException)
        {
            return (null, Refusals.Unreadable);
        }
    }

    /// <summary>Unpacks to nowhere, counting: the sizes that a bomb declares cannot be trusted.</summary>
    private static bool IsSound(MemoryStream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostEntries)
        {
            return false;
        }

        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                total += read;
                if (total > MostUnpacked)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Reads forward, element by element; a tree of a deeply nested part would exhaust the stack.</summary>
    private static string Write(MainDocumentPart part)
    {
        var result = new StringBuilder();
        var rowDepth = 0;
        var firstCell = true;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            var type = reader.ElementType;
            if (type == typeof(Text) && reader.IsStartElement)
            {
                result.Append(reader.GetText().Replace('\t', ' ').Replace('\n', ' '));
            }
            else if (type == typeof(TabChar) && reader.IsStartElement)
            {
                result.Append(' ');
            }
            else if (type == typeof(Break) && reader.IsStartElement)
            {
                result.Append(rowDepth > 0 ? ' ' : '\n');
            }
            else if (type == typeof(Paragraph) && reader.IsEndElement)
            {
                result.Append(rowDepth > 0 ? ' ' : '\n');
            }
            else if (type == typeof(TableRow))
            {
                rowDepth += reader.IsStartElement ? 1 : -1;
                firstCell = true;
                if (reader.IsEndElement && rowDepth == 0)
                {
                    result.Append('\n');
                }
            }
            else if (type == typeof(TableCell) && reader.IsStartElement && rowDepth == 1)
            {
                // A cell merged downwards is empty in the rows below: a blank, as in a flattened table.
                if (!firstCell)
                {
                    result.Append('\t');
                }

                firstCell = false;
            }
        }

        return result.ToString();
    }
}
