namespace PilotPlatform.NoticeImport;

/// <summary>The form in which a notice arrives.</summary>
public enum NoticeFormat
{
    /// <summary>Plain text in any usual encoding.</summary>
    Text,

    /// <summary>A page, navigation included.</summary>
    Html,

    /// <summary>A DOCX document.</summary>
    Docx,
}

/// <summary>Why a file was not read at all.</summary>
/// <param name="Code">A stable code from <see cref="NoticeImportCodes"/>.</param>
/// <param name="Reason">What is wrong and what to do, in Chinese.</param>
public sealed record NoticeRefusal(string Code, string Reason);

/// <summary>The outcome of reading: a draft or a refusal, never both.</summary>
public sealed record NoticeReading
{
    private NoticeReading(NoticeDraft? draft, NoticeRefusal? refusal) => (Draft, Refusal) = (draft, refusal);

    /// <summary>The draft; null when refused.</summary>
    public NoticeDraft? Draft { get; }

    /// <summary>The refusal; null when read.</summary>
    public NoticeRefusal? Refusal { get; }

    internal static NoticeReading Of(NoticeDraft draft) => new(draft, null);

    internal static NoticeReading Refused(NoticeRefusal refusal) => new(null, refusal);
}

/// <summary>Codes of refusals and questions.</summary>
public static class NoticeImportCodes
{
    /// <summary>Refusal: nothing in the file.</summary>
    public const string Empty = "notice.empty";

    /// <summary>Refusal: over the size limit.</summary>
    public const string TooLarge = "notice.too-large";

    /// <summary>Refusal: decoded with the wrong encoding, or not text.</summary>
    public const string Garbled = "notice.garbled";

    /// <summary>Refusal: the document cannot be opened, or is built to harm.</summary>
    public const string Unreadable = "notice.unreadable";

    /// <summary>Refusal: the document carries macros.</summary>
    public const string Macros = "notice.macros";

    /// <summary>Refusal: the document is protected by a password.</summary>
    public const string Encrypted = "notice.encrypted";

    /// <summary>Refusal: a kind of file that holds no notice.</summary>
    public const string Unsupported = "notice.unsupported";

    /// <summary>Refusal: the file has to be converted first and no converter is there.</summary>
    public const string NeedsConversion = "notice.needs-conversion";

    /// <summary>Refusal: a PDF without a text layer.</summary>
    public const string NoTextLayer = "notice.no-text-layer";

    /// <summary>Question: the text was decoded with a wrong encoding and has been restored; it should be looked over.</summary>
    public const string EncodingRepaired = "notice.encoding-repaired";

    /// <summary>Question: characters of the text are lost.</summary>
    public const string CharactersLost = "notice.characters-lost";

    /// <summary>Question: the text sets no theme.</summary>
    public const string NoThemes = "notice.no-themes";

    /// <summary>Question: no title found.</summary>
    public const string TitleMissing = "notice.title-missing";

    /// <summary>Question: no issuer found.</summary>
    public const string IssuerMissing = "notice.issuer-missing";

    /// <summary>Question: no document number found.</summary>
    public const string NumberMissing = "notice.number-missing";

    /// <summary>Question: no date of issue found.</summary>
    public const string DateMissing = "notice.date-missing";

    /// <summary>Question: the title of a theme has lost a character.</summary>
    public const string TitleGarbled = "notice.title-garbled";

    /// <summary>Question: a document number has lost characters.</summary>
    public const string NumberGarbled = "notice.number-garbled";

    /// <summary>Question: a date has lost characters.</summary>
    public const string DateGarbled = "notice.date-garbled";

    /// <summary>Question: a target can be read in two ways.</summary>
    public const string TargetAmbiguous = "notice.target-ambiguous";

    /// <summary>Question: a task is due outside the stage that the body puts it in.</summary>
    public const string DueContradictsPhase = "notice.due-contradicts-phase";

    /// <summary>Question: the number of regions stated is not the number named.</summary>
    public const string RegionCountDiffers = "notice.region-count-differs";

    /// <summary>Question: rows of a table are missing by their own numbering.</summary>
    public const string RowsMissing = "notice.rows-missing";

    /// <summary>Question: the text says that every item has an office and a due date and gives none.</summary>
    public const string OfficesOrDatesWithheld = "notice.offices-or-dates-withheld";

    /// <summary>Question: the year of a due date is not certain.</summary>
    public const string YearUncertain = "notice.year-uncertain";

    /// <summary>Question: it is open what stated numbers count.</summary>
    public const string CountAmbiguous = "notice.count-ambiguous";

    /// <summary>Question: the parts that the text names do not make the whole that it states.</summary>
    public const string CountsDisagree = "notice.counts-disagree";

    /// <summary>Question: values whose confidence is below <see cref="ValueConfidence.AskBelow"/>; one question a kind of value.</summary>
    public const string UncertainValue = "notice.uncertain-value";

    /// <summary>Question: the text interprets a notice and is not the notice itself.</summary>
    public const string Interpretation = "notice.interpretation";
}
