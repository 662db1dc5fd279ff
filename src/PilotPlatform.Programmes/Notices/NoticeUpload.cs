using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;

namespace PilotPlatform.Programmes.Notices;

/// <summary>
/// Makes a file what the importer reads. What the file is, its first bytes say; its name decides nothing, so that a renamed
/// file is read as what it is.
/// </summary>
internal sealed class NoticeUpload(IDocumentTextExtractor extractor)
{
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The bytes and form that the importer takes.</summary>
    public async Task<(ReadOnlyMemory<byte> Bytes, NoticeFormat Format)> PrepareAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        try
        {
            return KindOf(file.Span) switch
            {
                UploadKind.Docx => (file, NoticeFormat.Docx),
                UploadKind.Html => (file, NoticeFormat.Html),
                UploadKind.OldDocument => (await extractor.ToDocxAsync(file, cancellationToken), NoticeFormat.Docx),
                UploadKind.Pdf => (System.Text.Encoding.UTF8.GetBytes(Readable(await extractor.TextOfPdfAsync(file, cancellationToken))), NoticeFormat.Text),
                _ => (file, NoticeFormat.Text),
            };
        }
        catch (TextExtractionException exception)
        {
            throw new BusinessException(exception.Failure switch
            {
                TextExtractionFailure.ProgramMissing => ProgrammesErrorCodes.ConverterMissing,
                TextExtractionFailure.TimedOut => ProgrammesErrorCodes.ConversionTimedOut,
                TextExtractionFailure.TooLarge => ProgrammesErrorCodes.NoticeTooLarge,
                _ => ProgrammesErrorCodes.NoticeUnreadable,
            });
        }
    }

    /// <summary>What the first bytes say.</summary>
    public static UploadKind KindOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Zip))
        {
            return UploadKind.Docx;
        }

        // RTF is saved as .doc often enough.
        if (file.StartsWith(Compound) || file.StartsWith("{\\rtf"u8))
        {
            return UploadKind.OldDocument;
        }

        // The mark of a PDF may stand behind a few other bytes.
        if (file[..Math.Min(file.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return UploadKind.Pdf;
        }

        var head = System.Text.Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && head.Contains("<html", StringComparison.OrdinalIgnoreCase)
                ? UploadKind.Html
                : UploadKind.Text;
    }

    /// <summary>
    /// A page's lines joined to paragraphs: the text layer of a PDF breaks every line at the margin, and the importer takes a line
    /// for a paragraph. Lines with wide gaps are rows of a table and stay as they are, their gaps as tabs.
    /// </summary>
    public static string Readable(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new BusinessException(ProgrammesErrorCodes.NoTextLayer);
        }

        var paragraphs = new System.Text.StringBuilder();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var widest = lines.Select(l => WidthOf(l.TrimEnd())).DefaultIfEmpty().Max();
        var open = false;
        foreach (var line in lines)
        {
            var trimmed = line.Trim();
            var isRow = trimmed.Contains("   ", StringComparison.Ordinal);
            // The page number, — 1 —, stands between two halves of a paragraph.
            if (trimmed.Length == 0 || IsPageNumber(trimmed))
            {
                continue;
            }

            if (!open || isRow || line.StartsWith("  ", StringComparison.Ordinal) && IsIndented(line))
            {
                paragraphs.Append(paragraphs.Length > 0 ? "\n" : "");
            }

            paragraphs.Append(isRow ? System.Text.RegularExpressions.Regex.Replace(trimmed, " {3,}", "\t", System.Text.RegularExpressions.RegexOptions.NonBacktracking) : trimmed);
            // A line that does not reach the margin ends its paragraph.
            open = !isRow && WidthOf(line.TrimEnd()) >= widest - 6;
        }

        return paragraphs.Append('\n').ToString();
    }

    private static bool IsIndented(string line) => line.TakeWhile(c => c == ' ').Count() >= 2;

    private static bool IsPageNumber(string line)
    {
        var inner = line.Trim('—', '-', '－', ' ', '\f');
        return inner.Length is > 0 and <= 4 && inner.All(char.IsAsciiDigit) && inner.Length < line.Length;
    }

    private static int WidthOf(string line) => line.Sum(c => c < 0x2E80 ? 1 : 2);
}

/// <summary>What an uploaded file is.</summary>
internal enum UploadKind
{
    Text,
    Html,
    Docx,
    OldDocument,
    Pdf,
}
