namespace PilotPlatform.Documents.Contracts;

/// <summary>
/// Draws the text out of documents that strangers made. The programs that do it run with a profile of their own, a limit on
/// time and size, no macros, and a proxy in the way of whatever they would fetch.
/// </summary>
public interface IDocumentTextExtractor
{
    /// <summary>Turns a document of another word processor (.doc, .wps, .rtf, .odt) into a DOCX.</summary>
    /// <param name="document">The file as received.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    /// <exception cref="TextExtractionException">The program is missing, took too long, refused the file, or made too much of it.</exception>
    Task<byte[]> ToDocxAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken);

    /// <summary>The text layer of a PDF, its tables laid out with spaces; empty for a scan.</summary>
    /// <param name="pdf">The file as received.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    /// <exception cref="TextExtractionException">The program is missing, took too long, refused the file, or made too much of it.</exception>
    Task<string> TextOfPdfAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellationToken);
}

/// <summary>Why there is no text.</summary>
public enum TextExtractionFailure
{
    /// <summary>The program is not installed, or not where the settings say.</summary>
    ProgramMissing,

    /// <summary>It took longer than the settings allow.</summary>
    TimedOut,

    /// <summary>The program ran and could not read the file.</summary>
    Refused,

    /// <summary>The file, or what came out of it, is larger than the settings allow.</summary>
    TooLarge,
}

/// <summary>The text of a document could not be drawn out.</summary>
public sealed class TextExtractionException : Exception
{
    /// <summary>States why.</summary>
    /// <param name="failure">The kind of failure, for the caller to act on.</param>
    /// <param name="message">What an operator needs to know.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public TextExtractionException(TextExtractionFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public TextExtractionFailure Failure { get; }
}

/// <summary>Settings of the text extraction, section <c>Documents:Extraction</c>.</summary>
public sealed class TextExtractionOptions
{
    /// <summary>The LibreOffice program; by default <c>soffice</c> is looked for on the PATH.</summary>
    public string? SofficePath { get; set; }

    /// <summary>The Poppler program; by default <c>pdftotext</c> is looked for on the PATH.</summary>
    public string? PdftotextPath { get; set; }

    /// <summary>How long one document may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many documents are worked on side by side.</summary>
    public int MaximumConcurrency { get; set; } = 2;

    /// <summary>The largest file that is read, in bytes.</summary>
    public long MaximumInputBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>The largest result that is taken, in bytes.</summary>
    public long MaximumOutputBytes { get; set; } = 20 * 1024 * 1024;
}
