using PilotPlatform.NoticeImport.Decoding;

namespace PilotPlatform.NoticeImport;

/// <summary>What a file is, by its content; its name is not believed.</summary>
public enum NoticeFileKind
{
    /// <summary>Text in some encoding.</summary>
    Text,

    /// <summary>A page.</summary>
    Html,

    /// <summary>A DOCX document.</summary>
    Docx,

    /// <summary>A document of Word 97–2003 or of WPS.</summary>
    Word,

    /// <summary>Rich text.</summary>
    RichText,

    /// <summary>An OpenDocument text.</summary>
    OpenDocument,

    /// <summary>A PDF.</summary>
    Pdf,

    /// <summary>Anything else: it is refused.</summary>
    Unknown,
}

/// <summary>
/// Turns files that this library does not read itself into ones that it does. The implementation starts a program; it
/// bounds time and memory, gives the program no network and no macros, and never opens what a file refers to.
/// </summary>
public interface INoticeConverter
{
    /// <summary>Whether the programs are there.</summary>
    bool IsAvailable { get; }

    /// <summary>A DOCX of a DOC, WPS, RTF or ODT file; null where the program made none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    Task<ReadOnlyMemory<byte>?> ToDocxAsync(ReadOnlyMemory<byte> file, NoticeFileKind kind, CancellationToken cancellationToken);

    /// <summary>The text layer of a PDF as it is laid out on the pages (<c>pdftotext -layout</c>); null where the program made none.</summary>
    /// <param name="pdf">The file.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    Task<string?> ToLayoutTextAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellationToken);
}

/// <summary>Reads files of any kind, by their content.</summary>
public static class NoticeFiles
{
    /// <summary>What a file is.</summary>
    /// <param name="bytes">The file.</param>
    public static NoticeFileKind KindOf(ReadOnlySpan<byte> bytes) => FileSignature.KindOf(bytes);

    /// <summary>Reads a file that needs no converter; one that does is refused with <see cref="NoticeImportCodes.NeedsConversion"/>.</summary>
    /// <param name="bytes">The file.</param>
    public static NoticeReading Read(ReadOnlyMemory<byte> bytes) =>
        Check(bytes) is { } refusal ? NoticeReading.Refused(refusal)
        : FormatOf(KindOf(bytes.Span)) is { } format ? NoticeReader.Read(bytes, format)
        : NoticeReading.Refused(Refusals.NeedsConversion);

    /// <summary>Reads a file of any kind, with a converter for those that need one.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="converter">The converter.</param>
    /// <param name="cancellationToken">Ends a conversion.</param>
    public static async Task<NoticeReading> ReadAsync(ReadOnlyMemory<byte> bytes, INoticeConverter converter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(converter);
        var kind = KindOf(bytes.Span);
        if (Check(bytes) is not null || FormatOf(kind) is not null || !converter.IsAvailable)
        {
            return Read(bytes);
        }

        if (kind == NoticeFileKind.Pdf)
        {
            var layout = await converter.ToLayoutTextAsync(bytes, cancellationToken);
            return layout is null ? NoticeReading.Refused(Refusals.ConversionFailed)
                : string.IsNullOrWhiteSpace(layout) ? NoticeReading.Refused(Refusals.NoTextLayer)
                : NoticeReader.Read(PdfLayout.Unfold(layout));
        }

        // What a program made of a stranger's file is no safer than the file: it is read under the same limits.
        var docx = await converter.ToDocxAsync(bytes, kind, cancellationToken);
        return docx is { } made ? NoticeReader.Read(made, NoticeFormat.Docx) : NoticeReading.Refused(Refusals.ConversionFailed);
    }

    private static NoticeFormat? FormatOf(NoticeFileKind kind) => kind switch
    {
        NoticeFileKind.Text => NoticeFormat.Text,
        NoticeFileKind.Html => NoticeFormat.Html,
        NoticeFileKind.Docx => NoticeFormat.Docx,
        _ => null,
    };

    private static NoticeRefusal? Check(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? Refusals.Empty
        : bytes.Length > NoticeReader.MaximumBytes ? Refusals.TooLarge
        : FileSignature.Refuse(bytes.Span);
}
