namespace PilotPlatform.Documents.Contracts;

/// <summary>Writes official documents as DOCX in the form of GB/T 9704-2012.</summary>
public interface IOfficialDocumentWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>
    /// Writes the document. The same model always makes the same bytes, so that a hash of the file identifies its content.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to write; is written to synchronously, need not be seekable, and stays open.</param>
    /// <exception cref="ArgumentException">The model contradicts itself, e.g. a row with too few cells.</exception>
    void Write(OfficialDocument document, Stream output);
}
