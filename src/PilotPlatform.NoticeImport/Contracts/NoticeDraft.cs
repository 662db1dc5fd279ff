namespace PilotPlatform.NoticeImport;

/// <summary>A range of characters in the text as received.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="Length">Number of characters.</param>
public readonly record struct SourceSpan(int Start, int Length);

/// <summary>How exactly a due date is given; the date itself is always the last day of what is named.</summary>
public enum DuePrecision
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A quarter.</summary>
    Quarter,

    /// <summary>A half-year.</summary>
    HalfYear,

    /// <summary>A year.</summary>
    Year,
}

/// <summary>The kind of official text.</summary>
public enum NoticeKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>试点通知: assigns reform themes.</summary>
    PilotNotice,

    /// <summary>工作方案, 实施方案.</summary>
    WorkPlan,

    /// <summary>工作要点.</summary>
    WorkPoints,

    /// <summary>任务分工, 任务表.</summary>
    TaskSheet,

    /// <summary>政策解读: describes a notice and is none itself.</summary>
    Interpretation,
}

/// <summary>A due date as the text gives it.</summary>
/// <param name="Text">The words, such as 9月底前.</param>
/// <param name="Date">The last day that is still in time; null where the words name no day (长期).</param>
/// <param name="Precision">How exactly the words name it.</param>
/// <param name="Soft">Whether the text says 原则上.</param>
public sealed record DueDraft(string Text, DateOnly? Date, DuePrecision? Precision, bool Soft);

/// <summary>One theme or task of the programme.</summary>
public sealed record ThemeDraft
{
    /// <summary>The number as the text counts it: 4, (四).</summary>
    public required string Number { get; init; }

    /// <summary>Title in simplified characters.</summary>
    public required string Title { get; init; }

    /// <summary>Regions named for the theme, in the order of the text; a part of a region in brackets.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Every office named.</summary>
    public IReadOnlyList<string> Offices { get; init; } = [];

    /// <summary>Offices that lead (牵头, 责任).</summary>
    public IReadOnlyList<string> LeadOffices { get; init; } = [];

    /// <summary>Offices that assist (配合, 参与).</summary>
    public IReadOnlyList<string> AssistingOffices { get; init; } = [];

    /// <summary>When it is due; null where neither the theme nor the programme says.</summary>
    public DueDraft? Due { get; init; }

    /// <summary>Deliverables that the text asks for by name.</summary>
    public IReadOnlyList<string> Deliverables { get; init; } = [];

    /// <summary>Targets named within the theme.</summary>
    public IReadOnlyList<TargetDraft> Targets { get; init; } = [];

    /// <summary>Where the theme stands in the text as received.</summary>
    public required SourceSpan Span { get; init; }
}

/// <summary>One dated stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">First day; null where the text gives none.</param>
/// <param name="End">Last day; null where the text gives none.</param>
public sealed record PhaseDraft(string Name, DateOnly? Start, DateOnly? End);

/// <summary>One measurable target.</summary>
/// <param name="Value">The bound: ≥50%, 30%-50%.</param>
/// <param name="What">What is measured.</param>
public sealed record TargetDraft(string Value, string What);

/// <summary>A number of things that the text states: 105项事项.</summary>
/// <param name="Number">How many.</param>
/// <param name="Unit">Of what kind they are counted: 项, 个部门.</param>
/// <param name="What">The words beside it.</param>
/// <param name="PartOf">Index, in <see cref="NoticeDraft.Counts"/>, of the count that the text says this one is a part of (105项,其中…76项); null where it says none.</param>
public sealed record CountDraft(int Number, string Unit, string What, int? PartOf = null);

/// <summary>A practice that the text takes over from elsewhere.</summary>
/// <param name="Region">Whose practice it is.</param>
/// <param name="What">The practice.</param>
public sealed record LearnedFromDraft(string Region, string What);

/// <summary>One duty to report.</summary>
/// <param name="What">What is reported.</param>
/// <param name="To">To whom; null where the text does not say.</param>
/// <param name="When">When, in the words of the text.</param>
public sealed record ReportingDraft(string What, string? To, string? When);

/// <summary>Something that the text leaves open and a person has to decide.</summary>
/// <param name="Code">A stable code from <see cref="NoticeImportCodes"/>.</param>
/// <param name="Text">The question, in Chinese.</param>
/// <param name="Span">Where it arises; null where the text as a whole is meant.</param>
public sealed record NoticeQuestion(string Code, string Text, SourceSpan? Span);

/// <summary>What could be read out of an official text. A value that is not certain is absent and asked for.</summary>
public sealed record NoticeDraft
{
    /// <summary>The text as received (for a page or document: the text drawn from it); spans point into it.</summary>
    public required string SourceText { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The office that issued it, from the signature; never the publisher of the page.</summary>
    public string? IssuingBody { get; init; }

    /// <summary>Its own document number (发文字号), never a cited one.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>Date of issue.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>Kind of text.</summary>
    public NoticeKind Kind { get; init; }

    /// <summary>When the programme as a whole ends.</summary>
    public DueDraft? End { get; init; }

    /// <summary>Regions of the programme as a whole; empty where regions are named theme by theme.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Themes or tasks in the order of the text.</summary>
    public IReadOnlyList<ThemeDraft> Themes { get; init; } = [];

    /// <summary>Stages in the order of the text.</summary>
    public IReadOnlyList<PhaseDraft> Phases { get; init; } = [];

    /// <summary>Kinds of deliverable that the programme asks every region for.</summary>
    public IReadOnlyList<string> DeliverableKinds { get; init; } = [];

    /// <summary>Targets of the programme, each once.</summary>
    public IReadOnlyList<TargetDraft> Targets { get; init; } = [];

    /// <summary>Duties to report.</summary>
    public IReadOnlyList<ReportingDraft> Reporting { get; init; } = [];

    /// <summary>Numbers of things that the text states, each once.</summary>
    public IReadOnlyList<CountDraft> Counts { get; init; } = [];

    /// <summary>Practices that the text takes over from other regions.</summary>
    public IReadOnlyList<LearnedFromDraft> LearnedFrom { get; init; } = [];

    /// <summary>Values that the text says exist and does not give, by path: themes[3].offices, themes[3].due.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>What is open.</summary>
    public IReadOnlyList<NoticeQuestion> Questions { get; init; } = [];

    /// <summary>The passage each value came from, by JSON path: documentNumber, themes[3].regions[0].</summary>
    public IReadOnlyDictionary<string, SourceSpan> Spans { get; init; } = new Dictionary<string, SourceSpan>();

    /// <summary>How far each value can be trusted, by the paths of <see cref="Spans"/>; a value without an entry was not read from the text.</summary>
    public IReadOnlyDictionary<string, ValueConfidence> Confidence { get; init; } = new Dictionary<string, ValueConfidence>();
}
