namespace PilotPlatform.Documents.Contracts;

/// <summary>Turns our own DOCX into PDF. Not meant for files that strangers uploaded.</summary>
public interface IPdfConverter
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "application/pdf";

    /// <summary>Whether a converter is installed on this machine, so that a page can leave out what cannot work.</summary>
    bool IsAvailable { get; }

    /// <summary>Converts a DOCX to a tagged PDF.</summary>
    /// <param name="docx">The document.</param>
    /// <param name="pdf">Where to write; stays open. Nothing is written unless the conversion succeeded.</param>
    /// <param name="cancellationToken">Ends the converter's process too.</param>
    /// <exception cref="PdfConversionException">No converter is installed, it took too long, or it refused the file.</exception>
    Task ConvertAsync(Stream docx, Stream pdf, CancellationToken cancellationToken);
}

/// <summary>Why there is no PDF.</summary>
public enum PdfConversionFailure
{
    /// <summary>LibreOffice is not installed, or not where the settings say.</summary>
    ConverterMissing,

    /// <summary>The conversion took longer than the settings allow.</summary>
    TimedOut,

    /// <summary>LibreOffice ran and made no PDF.</summary>
    Refused,
}

/// <summary>A PDF could not be made.</summary>
public sealed class PdfConversionException : Exception
{
    /// <summary>States why.</summary>
    /// <param name="failure">The kind of failure, for the caller to act on.</param>
    /// <param name="message">What an operator needs to know.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public PdfConversionException(PdfConversionFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public PdfConversionFailure Failure { get; }
}

/// <summary>Settings of the PDF converter, section <c>Documents:Pdf</c>.</summary>
public sealed class PdfConverterOptions
{
    /// <summary>The LibreOffice program; by default <c>soffice</c> is looked for on the PATH.</summary>
    public string? SofficePath { get; set; }

    /// <summary>How long one conversion may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many conversions run side by side; each needs a few hundred megabytes.</summary>
    public int MaximumConcurrency { get; set; } = 2;
}
