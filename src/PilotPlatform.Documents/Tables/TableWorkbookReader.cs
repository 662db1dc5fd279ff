using System.Xml;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tables;

/// <summary>Tells by the content what a file is, and turns whatever goes wrong into a reason.</summary>
internal sealed class TableWorkbookReader : ITableWorkbookReader
{
    public IReadOnlyList<TableReading> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > ITableWorkbookReader.MaximumBytes)
        {
            throw new TableReadingException(TableReadingFailure.TooLarge, "The file is too large.");
        }

        var start = file.Span;
        if (start.StartsWith("PK"u8))
        {
            return Filled(FromPackage(file));
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            // Both an XLS and an OOXML file with a password are OLE files; the latter names its encrypted package (UTF-16).
            throw start.IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0
                ? new TableReadingException(TableReadingFailure.Encrypted, "The file has a password.")
                : new TableReadingException(TableReadingFailure.Unsupported, "The file is of Office 97–2003.");
        }

        if (start.StartsWith("%PDF"u8) || start.StartsWith("{\\rtf"u8) || start[..Math.Min(start.Length, 4096)].Count((byte)0) > 0 && start is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
        {
            throw new TableReadingException(TableReadingFailure.Unsupported, "The file is no table.");
        }

        var text = DelimitedText.Decode(start);
        // Some systems export a page and call it XLS.
        return text.AsSpan().TrimStart().StartsWith("<")
            ? throw new TableReadingException(TableReadingFailure.Unsupported, "The file is a page.")
            : Filled([DelimitedText.Read(text)]);
    }

    public TableReading ReadText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > ITableWorkbookReader.MaximumBytes
            ? throw new TableReadingException(TableReadingFailure.TooLarge, "The text is too long.")
            : Filled([DelimitedText.Read(text)])[0];
    }

    private static List<TableReading> Filled(IEnumerable<TableReading> tables) =>
        tables.Where(t => t.Rows.Count > 0).ToList() is { Count: > 0 } filled ? filled : throw new TableReadingException(TableReadingFailure.Empty, "The file holds no table with text.");

    private static List<TableReading> FromPackage(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var package = SafePackage.Open(file);
            return package.Has("xl/workbook.xml") ? [.. SpreadsheetTables.Read(package)]
                : package.Has("word/document.xml") ? [.. WordTables.Read(package)]
                : throw new TableReadingException(TableReadingFailure.Unsupported, "The package is neither XLSX nor DOCX.");
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            throw new TableReadingException(TableReadingFailure.Unreadable, "The file cannot be read.", e);
        }
    }
}
