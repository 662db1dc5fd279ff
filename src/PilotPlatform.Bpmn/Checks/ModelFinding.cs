namespace PilotPlatform.Bpmn;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>The model cannot be published like this.</summary>
    Error,

    /// <summary>Worth a look; publishing is possible.</summary>
    Warning,
}

/// <summary>Something that the checks found.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="ElementId">The node, flow, sub-process or process concerned.</param>
/// <param name="Values">What the text about it names, by placeholder: <c>variable</c>, <c>step</c>, <c>value</c> …</param>
public sealed record ModelFinding(string Code, FindingSeverity Severity, string ElementId, IReadOnlyDictionary<string, string> Values);

/// <summary>What a model is checked against.</summary>
/// <param name="ReadExpression">Reads an expression: the variables it names, and an error for people when it cannot be read.</param>
/// <param name="Handlers">The names of the registered service handlers.</param>
/// <param name="CallableKeys">The keys of the processes that a call activity may run.</param>
public sealed record CheckContext(
    Func<string, (IReadOnlyList<string> Variables, string? Error)> ReadExpression,
    IReadOnlySet<string> Handlers,
    IReadOnlySet<string> CallableKeys);

/// <summary>The codes of findings; Workflows has a text for each in both languages.</summary>
public static class FindingCodes
{
    /// <summary>A process or sub-process has no start event.</summary>
    public const string NoStart = "no-start";

    /// <summary>A process has several plain starts, or a sub-process several starts.</summary>
    public const string SeveralStarts = "several-starts";

    /// <summary>A sub-process has no nodes: it does nothing.</summary>
    public const string EmptySubProcess = "empty-sub-process";

    /// <summary>No path from a start leads here.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>From here no path leads to an end; or an activity waits for more tokens than can come.</summary>
    public const string Endless = "endless";

    /// <summary>The path stops at something that is not an end event.</summary>
    public const string ImplicitEnd = "implicit-end";

    /// <summary>A flow enters a start event or a boundary event, or leaves an end event.</summary>
    public const string FlowMisplaced = "flow-misplaced";

    /// <summary>Conditions, and no default for when none holds.</summary>
    public const string DefaultMissing = "default-missing";

    /// <summary>The default is not among the outgoing flows. Value: <c>flow</c>.</summary>
    public const string DefaultUnknown = "default-unknown";

    /// <summary>A flow that should have a condition has none.</summary>
    public const string ConditionMissing = "condition-missing";

    /// <summary>A condition where none is looked at: on a default, or after something that does not choose.</summary>
    public const string ConditionIgnored = "condition-ignored";

    /// <summary>A parallel gateway waits for flows of which only one is ever taken. Value: <c>choice</c>, the node that chooses.</summary>
    public const string JoinNeverMet = "join-never-met";

    /// <summary>An event-based gateway with fewer than two events.</summary>
    public const string EventGatewayTooFew = "event-gateway-too-few";

    /// <summary>A service task without a handler.</summary>
    public const string HandlerMissing = "handler-missing";

    /// <summary>A handler that nobody registered. Value: <c>handler</c>.</summary>
    public const string HandlerUnknown = "handler-unknown";

    /// <summary>A user task nobody is assigned to, or a send task that tells nobody.</summary>
    public const string AssigneeMissing = "assignee-missing";

    /// <summary>An assignee rule names a step that is no user task of this process. Value: <c>step</c>.</summary>
    public const string StepUnknown = "step-unknown";

    /// <summary>An assignee rule names a step that cannot come before. Value: <c>step</c>.</summary>
    public const string StepNotEarlier = "step-not-earlier";

    /// <summary>An expression cannot be read. Values: <c>expression</c>, <c>error</c>.</summary>
    public const string ExpressionInvalid = "expression-invalid";

    /// <summary>A variable that is not declared. Value: <c>variable</c>.</summary>
    public const string VariableUndeclared = "variable-undeclared";

    /// <summary>A variable that should hold a list holds something else. Value: <c>variable</c>.</summary>
    public const string VariableNotAList = "variable-not-a-list";

    /// <summary>A timer without a time, or a due date without a value.</summary>
    public const string TimeMissing = "time-missing";

    /// <summary>A time that is not ISO 8601 of the kind wanted. Value: <c>value</c>.</summary>
    public const string TimeInvalid = "time-invalid";

    /// <summary>A message event without a message.</summary>
    public const string MessageMissing = "message-missing";

    /// <summary>An error end without a code: only a boundary that catches every error sees it.</summary>
    public const string ErrorCodeMissing = "error-code-missing";

    /// <summary>A multi-instance that says neither how many nor for which list.</summary>
    public const string CountMissing = "count-missing";

    /// <summary>A call activity without a process to call.</summary>
    public const string CalledMissing = "called-missing";

    /// <summary>A call activity calls what is not there. Value: <c>key</c>.</summary>
    public const string CalledUnknown = "called-unknown";

    /// <summary>A form field whose variable holds another kind of value. Values: <c>variable</c>, <c>type</c>.</summary>
    public const string FieldTypeDiffers = "field-type-differs";

    /// <summary>A choice without options, or with one option twice. Value: <c>field</c>.</summary>
    public const string OptionsWrong = "options-wrong";

    /// <summary>A step without a name: people would see an empty line.</summary>
    public const string NameMissing = "name-missing";

    /// <summary>Two steps have the same name. Value: <c>name</c>.</summary>
    public const string NameTwice = "name-twice";
}
