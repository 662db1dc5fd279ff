namespace PilotPlatform.Documents.Contracts;

/// <summary>
/// An official document (公文) as its author means it: what it says and who signs it. Where each part stands on the
/// page, in which type and with which number is the business of <see cref="IOfficialDocumentWriter"/>.
/// </summary>
public sealed record OfficialDocument
{
    /// <summary>The title (标题). A line feed marks where the author wants a long title to break.</summary>
    public required string Title { get; init; }

    /// <summary>Who wrote it and when; becomes the properties of the file.</summary>
    public required DocumentMetadata Metadata { get; init; }

    /// <summary>
    /// The issuer mark of the red head (发文机关标志), e.g. 江苏省政务服务管理办公室文件. Without it the document has no red head.
    /// </summary>
    public string? IssuerMark { get; init; }

    /// <summary>The document number (发文字号), e.g. 苏政务办发〔2023〕8号.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>The person who approved an upward document (签发人); moves the number to the left, as the standard asks.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The addressee (主送机关), without its colon.</summary>
    public string? Addressee { get; init; }

    /// <summary>The body (正文), in reading order.</summary>
    public IReadOnlyList<DocumentBlock> Blocks { get; init; } = [];

    /// <summary>The attachments (附件): listed after the body, each printed on a page of its own.</summary>
    public IReadOnlyList<DocumentAttachment> Attachments { get; init; } = [];

    /// <summary>The signature and date (署名、成文日期).</summary>
    public DocumentSignature? Signature { get; init; }

    /// <summary>A note under the date (附注), without its brackets, e.g. a contact.</summary>
    public string? Note { get; init; }

    /// <summary>The imprint block (版记) at the foot of the last page.</summary>
    public ImprintBlock? Imprint { get; init; }
}

/// <summary>The properties of the file.</summary>
/// <param name="Author">The person or office that wrote the document.</param>
/// <param name="CreatedAt">When it was written. Given, never read from a clock: the same model makes the same bytes.</param>
public sealed record DocumentMetadata(string Author, DateTimeOffset CreatedAt)
{
    /// <summary>The language of the text, as a BCP 47 tag.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>What the document is about, for search.</summary>
    public string? Subject { get; init; }
}

/// <summary>The signature and date.</summary>
/// <param name="Issuer">The issuer's full name or official short form.</param>
/// <param name="Date">The date the document was made (成文日期).</param>
/// <param name="Seal">Whether a seal will be set over them, which decides where they stand.</param>
public sealed record DocumentSignature(string Issuer, DateOnly Date, SealPlace Seal = SealPlace.None);

/// <summary>Whether room is left for a seal (印章).</summary>
public enum SealPlace
{
    /// <summary>No seal: the issuer two characters from the right, the date two characters further in than the issuer.</summary>
    None,

    /// <summary>A seal will cover both: the date four characters from the right, the issuer centred above it.</summary>
    OverSignature,
}

/// <summary>An attachment with its own pages.</summary>
/// <param name="Title">The title, as listed after the body and as printed on its first page.</param>
/// <param name="Blocks">Its text; headings are numbered from one again.</param>
public sealed record DocumentAttachment(string Title, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>The imprint block (版记).</summary>
/// <param name="PrintedBy">The office that prints and sends the document (印发机关).</param>
/// <param name="PrintedOn">The day it is printed (印发日期).</param>
/// <param name="CopiesTo">The offices that receive a copy (抄送机关), with the author's own punctuation between kinds.</param>
public sealed record ImprintBlock(string PrintedBy, DateOnly PrintedOn, string? CopiesTo = null);
