namespace PilotPlatform.Bpmn;

/// <summary>Regions of an instance that rules may name.</summary>
public enum RegionRole
{
    /// <summary>The region whose matter it is (the pilot's).</summary>
    Subject,

    /// <summary>The region directly above it.</summary>
    Parent,

    /// <summary>The region that issued the programme.</summary>
    Issuer,
}

/// <summary>How an assignee rule finds people.</summary>
public enum AssigneeKind
{
    /// <summary>Whoever holds a role at a region.</summary>
    Role,

    /// <summary>The people of an office.</summary>
    Office,

    /// <summary>A named person.</summary>
    Person,

    /// <summary>Whoever did another step.</summary>
    SameAs,

    /// <summary>An expression that yields a user's id or a list of them.</summary>
    Expression,
}

/// <summary>Who is to do something. The empty answer is an incident, never a lost token.</summary>
/// <param name="Kind">How people are found.</param>
/// <param name="Value">The role's name, office id, user id, node id or expression, by <paramref name="Kind"/>.</param>
/// <param name="Region">Where the role is held, for <see cref="AssigneeKind.Role"/>.</param>
/// <param name="NotWhoDid">Four eyes: whoever did one of these steps (node ids) is excluded.</param>
public sealed record AssigneeRule(AssigneeKind Kind, string Value, RegionRole Region, IReadOnlyList<string> NotWhoDid);

/// <summary>Kinds of form fields.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A day.</summary>
    Date,

    /// <summary>One of the options.</summary>
    Choice,

    /// <summary>Any number of the options; the value is the list of theirs, in their order.</summary>
    Choices,
}

/// <summary>A field of a task's form; its value becomes the variable of its name.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Label">The label.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="IsRequired">It must be answered; of <see cref="FieldKind.Choices"/> at least one is chosen.</param>
/// <param name="Options">The options of a choice.</param>
public sealed record FormField(string Name, string Label, FieldKind Kind, bool IsRequired, IReadOnlyList<FormOption> Options)
{
    /// <summary>It is answered by its options, so it must have some; no other field may.</summary>
    public bool TakesOptions => Kind is FieldKind.Choice or FieldKind.Choices;
}

/// <summary>An option of a choice.</summary>
public sealed record FormOption(string Value, string Label);

/// <summary>What a user task asks of people.</summary>
/// <param name="Assignee">Who is to do it; null is a finding of the checks before publishing.</param>
/// <param name="Fields">The form.</param>
/// <param name="AllowsBatch">Several tasks may be completed with one form.</param>
/// <param name="Due">By when: an ISO 8601 duration from its start, a date, or an expression after <c>=</c> (the task's own deadline field); or null.</param>
/// <param name="DueInWorkingDays">The days of <paramref name="Due"/> are working days.</param>
/// <param name="CompletedBy">The name of a subject event that means the work was done elsewhere in the product; or null.</param>
/// <param name="IsConfidential">Who does it is shown to the issuer's people only (independent assessors).</param>
public sealed record HumanWork(
    AssigneeRule? Assignee, IReadOnlyList<FormField> Fields, bool AllowsBatch, string? Due, bool DueInWorkingDays,
    string? CompletedBy, bool IsConfidential);

/// <summary>How a failing service task is tried again before it waits for an administrator.</summary>
/// <param name="Attempts">Tries in all, 1 to 10.</param>
/// <param name="FirstWait">The wait before the second try; each further one is twice as long.</param>
public sealed record RetryRule(int Attempts, TimeSpan FirstWait)
{
    /// <summary>Three tries, the second after ten seconds.</summary>
    public static readonly RetryRule Default = new(3, TimeSpan.FromSeconds(10));
}
