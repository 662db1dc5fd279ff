using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>
/// The token machine of one process (BPMN 2.0 chapter 13): pure, without clock, ids or I/O. Every command returns what
/// happened, in order. A command that names an execution or wait that is no longer there throws
/// <see cref="UnknownExecutionException"/> and changes nothing. One machine serves many instances and threads.
/// </summary>
public sealed partial class ProcessMachine
{
    /// <summary>How many nodes one command may enter; what is under way then is stuck with <c>endless-loop</c>.</summary>
    public const int MaxSteps = 10_000;

    /// <summary>How many instances a multi-instance activity may have; more are stuck with <c>too-many-instances</c>.</summary>
    public const int MaxInstances = 1_000;

    /// <summary>How many tokens an instance may have; what moves beyond that is stuck with <c>too-many-tokens</c>.</summary>
    public const int MaxTokens = 3_000;

    private static readonly Dictionary<string, JsonElement> Nothing = [];

    /// <summary>Creates the machine of a process.</summary>
    /// <exception cref="ArgumentException">The process is not well-formed: an id twice, a flow out of its scope.</exception>
    public ProcessMachine(ProcessModel process)
    {
        ArgumentNullException.ThrowIfNull(process);
        Process = process;
        Graph = new Graph(process);
    }

    /// <summary>The process.</summary>
    public ProcessModel Process { get; }

    internal Graph Graph { get; }

    /// <summary>
    /// Starts an instance; its variables are in the state already. Without a start event it is the only one, or the only one
    /// without a trigger.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such start event, or several to choose from.</exception>
    /// <exception cref="InvalidOperationException">The instance was started before.</exception>
    public IReadOnlyList<Effect> Start(ProcessState state, string? startEventId = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.LastId != 0 || state.Outcome is not null)
        {
            throw new InvalidOperationException("The instance was started before.");
        }

        var starts = Process.Scope.Nodes.OfType<StartEvent>().ToList();
        IReadOnlyList<string> at;
        if (startEventId is not null)
        {
            at = starts.Exists(s => s.Id == startEventId)
                ? [startEventId]
                : throw new ArgumentException($"There is no start event {startEventId}.", nameof(startEventId));
        }
        else if (starts.Count > 1)
        {
            at = starts.Count(s => s.Trigger is null) == 1
                ? [starts.Single(s => s.Trigger is null).Id]
                : throw new ArgumentException("There are several start events: say which.", nameof(startEventId));
        }
        else
        {
            at = ProcessRun.StartsOf(Process.Scope);
        }

        return new ProcessRun(this, state).Start(at);
    }

    /// <summary>Completes an activity. What it answers goes to the nearest multi-instance instance around it, else to the process.</summary>
    public IReadOnlyList<Effect> Complete(ProcessState state, int executionId, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new ProcessRun(this, state).Complete(Active(state, executionId), outputs);
    }

    /// <summary>
    /// An activity fails with a business error: the nearest boundary that catches the code takes over (one that names it
    /// before one that catches all), else that of the sub-process around it, else the instance fails.
    /// </summary>
    public IReadOnlyList<Effect> ThrowError(ProcessState state, int executionId, string errorCode)
    {
        ArgumentNullException.ThrowIfNull(errorCode);
        return new ProcessRun(this, state).ThrowError(Active(state, executionId), errorCode);
    }

    /// <summary>A timer is due.</summary>
    /// <param name="state">The instance.</param>
    /// <param name="waitId">The wait of <see cref="TimerSet"/>.</param>
    /// <param name="isLast">False for a cycle that goes on: a non-interrupting boundary stays set. Anything else ends with its first firing, and what is left of the cycle is cleared.</param>
    public IReadOnlyList<Effect> FireTimer(ProcessState state, int waitId, bool isLast = true) =>
        new ProcessRun(this, state).Happen(Awaited(state, waitId, isMessage: false), Nothing, isLast);

    /// <summary>A message has come.</summary>
    public IReadOnlyList<Effect> DeliverMessage(ProcessState state, int waitId, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new ProcessRun(this, state).Happen(Awaited(state, waitId, isMessage: true), outputs, isLast: true);
    }

    /// <summary>
    /// A stuck token tries again, its expressions evaluated anew; an activity that is at work is begun again
    /// (<see cref="ActivityStarted"/> once more, under the same id).
    /// </summary>
    public IReadOnlyList<Effect> Retry(ProcessState state, int executionId) =>
        new ProcessRun(this, state).Retry(ActiveOrStuck(state, executionId));

    /// <summary>
    /// An administrator passes over a step: an activity completes with the outputs; a stuck gateway takes the flow named, or its
    /// default, or its only one; a stuck multi-instance activity ends with what it has; a join that waits for nobody goes on.
    /// </summary>
    /// <exception cref="ArgumentException">The flow does not leave that node, or one must be chosen.</exception>
    public IReadOnlyList<Effect> Skip(
        ProcessState state, int executionId, IReadOnlyDictionary<string, JsonElement> outputs, string? flowId = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var execution = ActiveOrStuck(state, executionId);
        var outgoing = Graph[execution.NodeId].Outgoing;
        if (flowId is not null && !outgoing.Any(f => f.Id == flowId))
        {
            throw new ArgumentException($"{flowId} does not leave {execution.NodeId}.", nameof(flowId));
        }

        if (flowId is null && execution.Kind == ExecutionKind.StuckAfter)
        {
            flowId = Graph[execution.NodeId].DefaultFlowId ?? (outgoing is [var only]
                ? only.Id
                : throw new ArgumentException($"Several flows leave {execution.NodeId}: say which.", nameof(flowId)));
        }

        return new ProcessRun(this, state).Skip(execution, outputs, flowId);
    }

    /// <summary>Ends the instance.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public IReadOnlyList<Effect> Terminate(ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowUnlessRunning(state);
        return new ProcessRun(this, state).Terminate();
    }

    /// <summary>
    /// What an execution sees: the process variables, what the multi-instance instances around it hold, its item,
    /// <c>loopCounter</c> and the <c>nrOf…</c> counts; the inner ones win.
    /// </summary>
    [SuppressMessage("Performance", "CA1822", Justification = "One asks the machine, as for everything else.")]
    public IReadOnlyDictionary<string, JsonElement> VariablesOf(ProcessState state, int executionId)
    {
        ArgumentNullException.ThrowIfNull(state);
        var execution = state.Find(executionId) ?? throw new UnknownExecutionException(executionId);
        return new Surroundings(state).All(execution);
    }

    /// <summary>Everything that is alive, for pictures and monitors: executions and waits, in order of their ids.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "One asks the machine, as for everything else.")]
    public IReadOnlyList<LiveThing> Live(ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var executions = state.Executions.Select(e => new LiveThing(e.Id, e.NodeId, KindOf(e), e.LoopCounter, null, e.StuckCode));
        var waits = state.Waits.Select(w => new LiveThing(
            w.Id, w.NodeId, w.IsMessage ? LiveKind.Message : LiveKind.Timer, null, w.ExecutionId, null));
        return [.. executions.Concat(waits).OrderBy(l => l.Id)];
    }

    private static LiveKind KindOf(Execution execution) => execution switch
    {
        { StuckCode: not null } => LiveKind.Stuck,
        { Kind: ExecutionKind.Activity } => LiveKind.Activity,
        { Kind: ExecutionKind.Scope } => LiveKind.SubProcess,
        { Kind: ExecutionKind.Loop } => LiveKind.MultiInstance,
        { Kind: ExecutionKind.Join } => LiveKind.Join,
        _ => LiveKind.Event,
    };

    private static Execution Active(ProcessState state, int executionId)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Find(executionId) is { Kind: ExecutionKind.Activity } execution
            ? execution
            : throw new UnknownExecutionException(executionId);
    }

    private static Execution ActiveOrStuck(ProcessState state, int executionId)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Find(executionId) is { } execution && (execution.Kind == ExecutionKind.Activity || execution.StuckCode is not null)
            ? execution
            : throw new UnknownExecutionException(executionId);
    }

    private static Wait Awaited(ProcessState state, int waitId, bool isMessage)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Waits.Find(w => w.Id == waitId && w.IsMessage == isMessage) ?? throw new UnknownExecutionException(waitId);
    }

    private static void ThrowUnlessRunning(ProcessState state)
    {
        if (state.Outcome is not null || state.LastId == 0)
        {
            throw new InvalidOperationException("The instance is not running.");
        }
    }
}

/// <summary>Kinds of living things.</summary>
public enum LiveKind
{
    /// <summary>An activity at work.</summary>
    Activity,

    /// <summary>A sub-process in which things run.</summary>
    SubProcess,

    /// <summary>A multi-instance activity as a whole.</summary>
    MultiInstance,

    /// <summary>A token that waits at a joining gateway.</summary>
    Join,

    /// <summary>A token at a catch event or an event-based gateway.</summary>
    Event,

    /// <summary>A timer that is set.</summary>
    Timer,

    /// <summary>A message that is awaited.</summary>
    Message,

    /// <summary>Something that waits for Retry or Skip.</summary>
    Stuck,
}

/// <summary>Something alive in an instance.</summary>
/// <param name="Id">The execution or wait.</param>
/// <param name="NodeId">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="LoopCounter">For an instance of a multi-instance activity: which, from 0.</param>
/// <param name="ExecutionId">For a wait: whose.</param>
/// <param name="StuckCode">For something stuck: why.</param>
public sealed record LiveThing(int Id, string NodeId, LiveKind Kind, int? LoopCounter, int? ExecutionId, string? StuckCode);

/// <summary>The codes of <see cref="Stuck"/>.</summary>
public static class StuckCodes
{
    /// <summary>No condition holds and there is no default flow.</summary>
    public const string NoConditionHolds = "no-condition-holds";

    /// <summary>An expression cannot be read or its values do not fit.</summary>
    public const string ExpressionFailed = "expression-failed";

    /// <summary>A command entered more nodes than it may: a loop without anything to wait for.</summary>
    public const string EndlessLoop = "endless-loop";

    /// <summary>A timer's text is not ISO 8601 of its kind.</summary>
    public const string TimerInvalid = "timer-invalid";

    /// <summary>A multi-instance activity's count is not a whole number from 0.</summary>
    public const string CountInvalid = "count-invalid";

    /// <summary>A multi-instance activity would have more instances than are allowed.</summary>
    public const string TooManyInstances = "too-many-instances";

    /// <summary>The instance would have more tokens than are allowed: a loop that multiplies them.</summary>
    public const string TooManyTokens = "too-many-tokens";

    /// <summary>Tokens wait at joins, and nothing is left in the scope that could arrive.</summary>
    public const string WaitsForNobody = "waits-for-nobody";

    /// <summary>An event-based gateway leads to something that is no catch event.</summary>
    public const string EventExpected = "event-expected";
}

/// <summary>The execution or wait is not there (any more): done, cancelled, or never was.</summary>
public sealed class UnknownExecutionException(int id) : InvalidOperationException($"There is no execution or wait {id}.")
{
    /// <summary>The id asked for.</summary>
    public int Id { get; } = id;
}
