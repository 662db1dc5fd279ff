using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Programmes;
using ConfidenceBasis = PilotPlatform.NoticeImport.ConfidenceBasis;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A deadline on the wire.</summary>
/// <param name="Date">The last day, in China.</param>
/// <param name="Precision">How exact it is.</param>
/// <param name="IsSoft">True for “原则上”.</param>
internal sealed record DeadlineDto(DateOnly Date, DuePrecision Precision, bool IsSoft)
{
    public Deadline ToDeadline() => new(Date, Precision, IsSoft);

    public static DeadlineDto? From(Deadline? deadline) => deadline is { } d ? new(d.Date, d.Precision, d.IsSoft) : null;
}

/// <summary>A region that the notice names, and the region of the installation that it is.</summary>
/// <param name="Text">As the notice has it.</param>
/// <param name="RegionId">The region; null while it is open which one is meant.</param>
/// <param name="PartName">A part of the region, such as 如皋市.</param>
/// <param name="SourceKey">The passage it was read from.</param>
internal sealed record NoticeRegion(string Text, Guid? RegionId, string? PartName, string? SourceKey);

/// <summary>A deliverable that a theme asks for.</summary>
internal sealed record NoticeDeliverable(string Name, DeliverableKind Kind, string? SourceKey);

/// <summary>A dated stage.</summary>
internal sealed record NoticePhase(string Name, DateOnly? Start, DateOnly? End, string? SourceKey);

/// <summary>A theme of the programme to be.</summary>
/// <param name="Key">Stays the same while themes are moved, added and dropped.</param>
/// <param name="Number">Its number as the notice has it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="Regions">Who is to do it, where the notice says.</param>
/// <param name="Deliverables">What is asked for.</param>
/// <param name="LeadOffices">牵头单位.</param>
/// <param name="Deadline">Its own deadline; null where the programme's holds.</param>
/// <param name="SourceKey">The passage it was read from.</param>
/// <param name="AssistingOffices">配合单位; null in drafts of before, as good as none.</param>
/// <param name="ToolKits">改革工具; null in drafts of before, as good as none.</param>
/// <param name="Choices">Flows and scheme where they differ from the programme's; null where none does.</param>
/// <param name="Facts">Targets, links and what is withheld; null in drafts of before, as good as none.</param>
internal sealed record NoticeTheme(
    string Key,
    string Number,
    string Title,
    string Description,
    IReadOnlyList<NoticeRegion> Regions,
    IReadOnlyList<NoticeDeliverable> Deliverables,
    IReadOnlyList<string> LeadOffices,
    DeadlineDto? Deadline,
    string? SourceKey,
    IReadOnlyList<string>? AssistingOffices = null,
    IReadOnlyList<ReformToolKit>? ToolKits = null,
    ThemeFacts? Facts = null,
    NoticeChoices? Choices = null);

/// <summary>
/// The programme as the office would publish it. Facts: null in drafts of before, as good as none. Choices: flows and scheme
/// for the whole programme; null where all are the usual ones.
/// </summary>
internal sealed record NoticeContent(
    string? Title,
    string? DocumentNumber,
    string? IssuingBody,
    DateOnly? IssueDate,
    DeadlineDto? Deadline,
    ClaimAudience ClaimAudience,
    DateOnly? ClaimsCloseOn,
    IReadOnlyList<NoticeRegion> Regions,
    IReadOnlyList<NoticePhase> Phases,
    IReadOnlyList<NoticeTheme> Themes,
    NoticeFacts? Facts = null,
    NoticeChoices? Choices = null);

/// <summary>A range in the text as received, and how far the value read from it can be trusted.</summary>
/// <param name="Key">The value's key.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Confidence">0 to 1; null where nothing is known of it.</param>
/// <param name="Basis">What the confidence rests on.</param>
internal sealed record NoticePassage(string Key, int Start, int Length, double? Confidence = null, ConfidenceBasis? Basis = null);

/// <summary>A question that the importer asks.</summary>
internal sealed record ImporterQuestion(string Key, string Code, string Text, int? Start, int? Length);

/// <summary>What was read out of the text: the first content, where each value stands, and what is asked.</summary>
internal sealed record NoticeReadingResult(NoticeContent Content, IReadOnlyList<NoticePassage> Passages, IReadOnlyList<ImporterQuestion> Questions);

/// <summary>How a question of a notice was settled.</summary>
internal enum DecisionKind
{
    /// <summary>In words.</summary>
    Answer,

    /// <summary>By filling in the value that was missing.</summary>
    Value,

    /// <summary>By choosing the region that is meant.</summary>
    Region,

    /// <summary>By leaving out what could not be resolved.</summary>
    Dropped,

    /// <summary>By choosing between a corrected notice and the office's own words.</summary>
    Revision,

    /// <summary>By leaving open what the notice does not say.</summary>
    LeftOpen,
}

/// <summary>What was decided about an open point, by whom and when. Question and code are missing in drafts of before.</summary>
internal sealed record QuestionAnswer(
    string Key, string Text, string AnsweredBy, DateTime AnsweredAt, DecisionKind Kind = DecisionKind.Answer, string? Question = null, string? Code = null);

/// <summary>A corrected notice that waits for the office to choose what to take from it.</summary>
internal sealed record NoticeRevision(string Text, string? SourceName, NoticeReadingResult Reading);

/// <summary>The documents of a notice draft as text.</summary>
internal static class NoticeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidOperationException($"A stored {typeof(T).Name} is empty.");
}
