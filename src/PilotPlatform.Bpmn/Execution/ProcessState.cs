using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>How an instance ended.</summary>
public enum ProcessOutcome
{
    /// <summary>Every token reached its end.</summary>
    Completed,

    /// <summary>A terminate end event or an administrator ended it.</summary>
    Terminated,

    /// <summary>An error was thrown that nothing caught.</summary>
    Failed,
}

/// <summary>
/// What the machine tells the world, in order. The durable engine turns each into rows; the simulation shows them; the
/// differential test compares them. <c>ExecutionId</c>s count from 1 within an instance and are never used again.
/// </summary>
/// <param name="NodeId">The node or, for <see cref="FlowTaken"/>, the flow concerned.</param>
public abstract record Effect(string NodeId);

/// <summary>A user, service or send task, a call activity or one instance of a multi-instance one begins and waits for <see cref="ProcessMachine"/>.Complete.</summary>
public sealed record ActivityStarted(int ExecutionId, string NodeId, int? LoopCounter) : Effect(NodeId);

/// <summary>An activity completed.</summary>
public sealed record ActivityCompleted(int ExecutionId, string NodeId, int? LoopCounter) : Effect(NodeId);

/// <summary>Why an activity or a wait ended without completing.</summary>
public enum CancelReason
{
    /// <summary>A boundary event interrupted it.</summary>
    Interrupted,

    /// <summary>The completion condition of its multi-instance held.</summary>
    NotNeeded,

    /// <summary>Its scope or instance ended.</summary>
    ScopeEnded,

    /// <summary>Somebody sent the work back (驳回) or withdrew it (撤回).</summary>
    SentBack,

    /// <summary>Another event of the event-based gateway happened first.</summary>
    OtherEventHappened,

    /// <summary>An administrator moved or ended it.</summary>
    Administrator,
}

/// <summary>An activity ended without completing.</summary>
public sealed record ActivityCancelled(int ExecutionId, string NodeId, CancelReason Reason) : Effect(NodeId);

/// <summary>A token passed a node that takes no time: an event that happened, a gateway, a manual or abstract task; a sub-process when it is entered.</summary>
public sealed record NodePassed(string NodeId) : Effect(NodeId);

/// <summary>A token took a sequence flow.</summary>
public sealed record FlowTaken(string NodeId) : Effect(NodeId);

/// <summary>A timer is to be set: call FireTimer with its wait when it is due. A cycle is set once and fires several times.</summary>
/// <param name="WaitId">The wait, from the same counter as executions.</param>
/// <param name="NodeId">The event.</param>
/// <param name="Trigger">The timer; an expression in it is evaluated already (its text is ISO 8601).</param>
/// <param name="AttachedTo">The execution whose boundary it stands on, or null.</param>
public sealed record TimerSet(int WaitId, string NodeId, TimerTrigger Trigger, int? AttachedTo) : Effect(NodeId);

/// <summary>A timer is no longer wanted.</summary>
public sealed record TimerCleared(int WaitId, string NodeId) : Effect(NodeId);

/// <summary>A message is awaited.</summary>
public sealed record MessageAwaited(int WaitId, string NodeId, string MessageName) : Effect(NodeId);

/// <summary>A message is no longer awaited.</summary>
public sealed record MessageDropped(int WaitId, string NodeId) : Effect(NodeId);

/// <summary>The token cannot go on (no condition holds and there is no default; an expression fails); it stays where it is until Retry or Skip.</summary>
/// <param name="ExecutionId">The token's execution.</param>
/// <param name="NodeId">Where it stands.</param>
/// <param name="Code">A stable code in kebab case.</param>
/// <param name="Detail">For an administrator.</param>
public sealed record Stuck(int ExecutionId, string NodeId, string Code, string Detail) : Effect(NodeId);

/// <summary>The instance is over.</summary>
/// <param name="NodeId">The process.</param>
/// <param name="Outcome">How.</param>
/// <param name="ErrorCode">For <see cref="ProcessOutcome.Failed"/>.</param>
public sealed record ProcessEnded(string NodeId, ProcessOutcome Outcome, string? ErrorCode) : Effect(NodeId);

/// <summary>
/// Where an instance stands: serialised as JSON into one column by the durable engine, so keep it small. A machine changes
/// it in place; whoever fails in the middle throws the copy away. Not safe for two threads at once.
/// </summary>
public sealed partial class ProcessState
{
    /// <summary>The process variables.</summary>
    [JsonPropertyName("vars")]
    public Dictionary<string, JsonElement> Variables { get; init; } = [];

    /// <summary>The last execution or wait id given out.</summary>
    [JsonPropertyName("last")]
    public int LastId { get; set; }

    /// <summary>How it ended, or null while it runs.</summary>
    [JsonPropertyName("end")]
    public ProcessOutcome? Outcome { get; set; }

    /// <summary>The user tasks that were completed and not sent back since, oldest first, each once.</summary>
    [JsonIgnore]
    public IEnumerable<string> CompletedUserTasks => Done.Select(d => d.NodeId).Distinct();

    [JsonInclude]
    [JsonPropertyName("done")]
    internal List<DoneStep> Done { get; set; } = [];

    [JsonInclude]
    [JsonPropertyName("exec")]
    internal List<Execution> Executions { get; set; } = [];

    [JsonInclude]
    [JsonPropertyName("wait")]
    internal List<Wait> Waits { get; set; } = [];

    /// <summary>As compact JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProcessStateJson.Compact.ProcessState);

    /// <summary>Back from JSON, exactly.</summary>
    /// <exception cref="JsonException">It is not a state.</exception>
    public static ProcessState FromJson(string json) =>
        JsonSerializer.Deserialize(json, ProcessStateJson.Compact.ProcessState) is { Variables: not null } state
            ? state
            : throw new JsonException("Not the state of a process.");

    internal Execution? Find(int executionId) => Executions.Find(e => e.Id == executionId);
}

/// <summary>A completed user task.</summary>
/// <param name="NodeId">The user task.</param>
/// <param name="Instance">The instance of a multi-instance sub-process that it belongs to, or 0.</param>
/// <param name="After">The last id before it was completed.</param>
/// <param name="Until">The last id afterwards: what was given an id in between is what its completion led to.</param>
internal readonly record struct DoneStep(
    [property: JsonPropertyName("n")] string NodeId, [property: JsonPropertyName("i")] int Instance,
    [property: JsonPropertyName("a")] int After, [property: JsonPropertyName("u")] int Until)
{
    /// <summary>
    /// Until, while the command that completed the step still runs. Not to be told from After: a command that gives out no id
    /// leaves the next one with the same last id, and what that brings did not come of this step.
    /// </summary>
    public const int Open = 0;

    /// <summary>Whether the step's completion brought forth the execution.</summary>
    public bool LedTo(Execution execution) => execution.Id > After && execution.Id <= Until;
}

internal enum ExecutionKind
{
    /// <summary>Work that waits for Complete.</summary>
    Activity = 1,

    /// <summary>A running sub-process: the parent of what runs in it.</summary>
    Scope,

    /// <summary>A multi-instance activity as a whole: the parent of its instances.</summary>
    Loop,

    /// <summary>A token on an incoming flow of a joining gateway.</summary>
    Join,

    /// <summary>A token at a catch event or an event-based gateway; its waits say for what.</summary>
    Event,

    /// <summary>A token that could not enter its node: it enters again.</summary>
    StuckBefore,

    /// <summary>A token that could not leave its node, which is done.</summary>
    StuckAfter,
}

internal sealed class Execution
{
    [JsonPropertyName("i")]
    public int Id { get; set; }

    [JsonPropertyName("n")]
    public string NodeId { get; set; } = "";

    [JsonPropertyName("k")]
    public ExecutionKind Kind { get; set; }

    /// <summary>The sub-process or multi-instance execution around it; 0 is the process.</summary>
    [JsonPropertyName("p")]
    public int Parent { get; set; }

    /// <summary>The flow by which a waiting token came.</summary>
    [JsonPropertyName("f")]
    public string? FlowId { get; set; }

    /// <summary>For an instance of a multi-instance activity: which, from 0.</summary>
    [JsonPropertyName("c")]
    public int? LoopCounter { get; set; }

    /// <summary>For an instance: what it sees for itself and wrote.</summary>
    [JsonPropertyName("v")]
    public Dictionary<string, JsonElement>? Variables { get; set; }

    /// <summary>Why it waits for an administrator; null when it does not.</summary>
    [JsonPropertyName("s")]
    public string? StuckCode { get; set; }

    [JsonPropertyName("d")]
    public string? StuckDetail { get; set; }

    [JsonPropertyName("l")]
    public LoopProgress? Loop { get; set; }
}

/// <summary>How far a multi-instance activity is.</summary>
internal sealed class LoopProgress
{
    [JsonPropertyName("t")]
    public int Total { get; set; }

    [JsonPropertyName("s")]
    public int Started { get; set; }

    [JsonPropertyName("c")]
    public int Completed { get; set; }

    /// <summary>The items of a sequential one: later changes of the collection do not change what was begun.</summary>
    [JsonPropertyName("i")]
    public JsonElement? Items { get; set; }
}

internal sealed class Wait
{
    [JsonPropertyName("i")]
    public int Id { get; set; }

    [JsonPropertyName("n")]
    public string NodeId { get; set; } = "";

    /// <summary>Whose wait it is: the token at the event, or the activity on whose boundary the event stands.</summary>
    [JsonPropertyName("e")]
    public int ExecutionId { get; set; }

    [JsonPropertyName("m")]
    public bool IsMessage { get; set; }
}

[JsonSerializable(typeof(ProcessState))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(object))]
internal sealed partial class ProcessStateJson : JsonSerializerContext
{
    // Chinese text stays as it is: escaped it would take twice the room. The column is no part of a page.
    public static readonly ProcessStateJson Compact = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
