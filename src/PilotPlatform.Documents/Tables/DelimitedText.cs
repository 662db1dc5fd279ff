using System.Text;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tables;

/// <summary>CSV (RFC 4180) and what a spreadsheet puts on the clipboard, in the encodings in which Chinese offices save it.</summary>
internal static class DelimitedText
{
    private const int MostColumns = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Lazy<Encoding> StrictGb18030 = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    });

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => StrictUtf8.GetString(bytes[3..]),
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
                _ => StrictUtf8.GetString(bytes),
            };
        }
        catch (DecoderFallbackException)
        {
            // What is no UTF-8 was saved by an office program in the system's encoding.
        }

        try
        {
            return StrictGb18030.Value.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new TableReadingException(TableReadingFailure.Unreadable, "The text is neither UTF-8 nor GB18030.", e);
        }
    }

    public static TableReading Read(string text)
    {
        // Pasted cells have tabs between them; a CSV has commas, some programs write semicolons.
        var head = text.AsSpan(0, Math.Min(text.Length, 4096));
        var separator = head.Contains('\t') ? '\t' : head.Count(';') > head.Count(',') ? ';' : ',';
        var rows = new List<TableReadingRow>();
        var row = new List<TableReadingCell>();
        var cell = new StringBuilder();
        var (quoted, number, started) = (false, 1, 1);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    number += c == '\n' ? 1 : 0;
                    cell.Append(c is '\r' or '\n' ? ' ' : c);
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                Add();
            }
            else if (c is '\n' or '\r')
            {
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                Add();
                if (row.Any(x => x.Text.Length > 0))
                {
                    if (rows.Count >= ITableWorkbookReader.MaximumRows)
                    {
                        throw new TableReadingException(TableReadingFailure.TooLarge, "The text has too many rows.");
                    }

                    rows.Add(new TableReadingRow(started, row, false));
                }

                row = [];
                started = ++number;
            }
            else
            {
                cell.Append(c);
            }
        }

        return new TableReading("", rows);

        void Add()
        {
            if (row.Count < MostColumns)
            {
                row.Add(new TableReadingCell(cell.ToString().Trim(), false));
            }

            cell.Clear();
        }
    }
}
