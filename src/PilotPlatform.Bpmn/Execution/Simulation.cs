using System.Text.Json;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>What can be done in a simulation.</summary>
public enum SimulationStepKind
{
    /// <summary>Start, at the start event named by the option.</summary>
    Start,

    /// <summary>Complete an activity.</summary>
    Complete,

    /// <summary>Throw the error named by the option from an activity.</summary>
    Error,

    /// <summary>A timer fires; with a cycle of a non-interrupting boundary it goes on.</summary>
    Timer,

    /// <summary>A message comes.</summary>
    Message,

    /// <summary>A stuck token takes the flow named by the option, or goes on when there is nothing to choose.</summary>
    Skip,

    /// <summary>A stuck token tries again, with the answers as variables.</summary>
    Retry,

    /// <summary>A user task sends the work back to the one named by the option.</summary>
    SendBack,
}

/// <summary>Something that can be done now.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The execution or wait; 0 for a start.</param>
/// <param name="NodeId">Where.</param>
/// <param name="LoopCounter">Which instance of a multi-instance activity, from 0.</param>
/// <param name="Options">The start events, error codes, flows or user tasks to choose from; empty when there is nothing to choose.</param>
public sealed record SimulationChoice(SimulationStepKind Kind, int Id, string NodeId, int? LoopCounter, IReadOnlyList<string> Options);

/// <summary>Something that was done.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The execution or wait; 0 for a start.</param>
/// <param name="Option">What was chosen, or null.</param>
/// <param name="Answers">The variables that it answers, or null.</param>
public sealed record SimulationStep(
    SimulationStepKind Kind, int Id, string? Option, IReadOnlyDictionary<string, JsonElement>? Answers);

/// <summary>A step and what came of it, the flows taken included.</summary>
/// <param name="Step">The step.</param>
/// <param name="Effects">What happened, in order.</param>
public sealed record SimulationTrace(SimulationStep Step, IReadOnlyList<Effect> Effects);

/// <summary>
/// Steps a token through a process by hand, without a database or a clock. The same steps give the same ids: a client that
/// keeps the steps can have them played again, so a server needs to keep nothing.
/// </summary>
public sealed class Simulation
{
    private readonly ProcessMachine machine;
    private readonly List<SimulationTrace> trace = [];

    /// <summary>Prepares a simulation.</summary>
    public Simulation(ProcessModel process, IReadOnlyDictionary<string, JsonElement>? variables = null)
    {
        machine = new ProcessMachine(process);
        foreach (var (name, value) in variables ?? new Dictionary<string, JsonElement>())
        {
            State.Variables[name] = value.Clone();
        }
    }

    /// <summary>Where the instance stands.</summary>
    public ProcessState State { get; } = new();

    /// <summary>What was done so far, and what came of it.</summary>
    public IReadOnlyList<SimulationTrace> Trace => trace;

    /// <summary>Everything alive, for the picture.</summary>
    public IReadOnlyList<LiveThing> Live => machine.Live(State);

    /// <summary>The user tasks ahead.</summary>
    public IReadOnlyList<ExpectedStep> Expected => IsStarted ? ExpectedPath.Of(machine, State) : ExpectedPath.Of(machine);

    private bool IsStarted => State.LastId > 0 || State.Outcome is not null;

    /// <summary>What can be done now; empty when the instance has ended.</summary>
    public IReadOnlyList<SimulationChoice> Choices =>
        IsStarted
            ? [.. Live.SelectMany(ChoicesAt)]
            : [new(SimulationStepKind.Start, 0, machine.Process.Id, null, [.. machine.Process.Scope.Nodes.OfType<StartEvent>().Select(s => s.Id)])];

    /// <summary>Does something.</summary>
    /// <exception cref="UnknownExecutionException">It cannot be done (any more).</exception>
    /// <exception cref="ArgumentException">The option does not fit.</exception>
    public IReadOnlyList<Effect> Do(SimulationStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var answers = step.Answers ?? new Dictionary<string, JsonElement>();
        var effects = step.Kind switch
        {
            SimulationStepKind.Start => machine.Start(State, step.Option),
            SimulationStepKind.Complete => machine.Complete(State, step.Id, answers),
            SimulationStepKind.Error => machine.ThrowError(State, step.Id, step.Option ?? ""),
            SimulationStepKind.Timer => machine.FireTimer(State, step.Id, isLast: !IsCycle(step.Id)),
            SimulationStepKind.Message => machine.DeliverMessage(State, step.Id, answers),
            SimulationStepKind.Skip => machine.Skip(State, step.Id, answers, step.Option),
            SimulationStepKind.SendBack => machine.SendBack(State, step.Id, step.Option ?? ""),
            SimulationStepKind.Retry => Retry(step.Id, answers),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
        trace.Add(new SimulationTrace(step, effects));
        return effects;
    }

    private IReadOnlyList<Effect> Retry(int executionId, IReadOnlyDictionary<string, JsonElement> answers)
    {
        var execution = State.Find(executionId) ?? throw new UnknownExecutionException(executionId);
        new Surroundings(State).Write(execution, answers);
        return machine.Retry(State, executionId);
    }

    private bool IsCycle(int waitId) =>
        State.Waits.Find(w => w.Id == waitId) is { } wait
        && ProcessMachine.TriggerOf(machine.Graph[wait.NodeId].Node) is TimerTrigger { Kind: TimerKind.Cycle };

    private IEnumerable<SimulationChoice> ChoicesAt(LiveThing thing)
    {
        SimulationChoice Choice(SimulationStepKind kind, IReadOnlyList<string> options) =>
            new(kind, thing.Id, thing.NodeId, thing.LoopCounter, options);

        switch (thing.Kind)
        {
            case LiveKind.Activity:
                yield return Choice(SimulationStepKind.Complete, []);
                if (Errors(thing.NodeId) is { Count: > 0 } errors)
                {
                    yield return Choice(SimulationStepKind.Error, errors);
                }

                if (machine.Graph[thing.NodeId].Node is UserTask && machine.SendBackTargets(State, thing.Id) is { Count: > 0 } targets)
                {
                    yield return Choice(SimulationStepKind.SendBack, targets);
                }

                break;
            case LiveKind.Timer:
                yield return Choice(SimulationStepKind.Timer, []);
                break;
            case LiveKind.Message:
                yield return Choice(SimulationStepKind.Message, []);
                break;
            case LiveKind.Stuck:
                yield return Choice(SimulationStepKind.Retry, []);
                yield return Choice(SimulationStepKind.Skip, [.. machine.Graph[thing.NodeId].Outgoing.Select(f => f.Id)]);
                break;
        }
    }

    /// <summary>The error codes that a boundary around an activity names.</summary>
    private List<string> Errors(string nodeId)
    {
        var place = machine.Graph[nodeId];
        return
        [
            .. place.Ancestors.Prepend(place).SelectMany(p => p.Boundaries)
                .Select(b => (b.Trigger as ErrorTrigger)?.ErrorCode).OfType<string>().Distinct(),
        ];
    }
}
