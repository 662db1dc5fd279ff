using System.Text.Json;
using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>
/// An instance under test. After every command the state goes through JSON, so nothing may live outside it, and the rules
/// that hold for every instance are checked.
/// </summary>
internal sealed class Instance
{
    private readonly HashSet<int> begun = [];

    public Instance(Drawing drawing, params (string Name, object? Value)[] variables)
        : this(new ProcessMachine(drawing.Read()), variables)
    {
    }

    public Instance(ProcessMachine machine, params (string Name, object? Value)[] variables)
    {
        Machine = machine;
        foreach (var (name, value) in variables)
        {
            State.Variables[name] = JsonSerializer.SerializeToElement(value);
        }
    }

    public ProcessMachine Machine { get; set; }

    public ProcessState State { get; set; } = new();

    public List<Effect> Effects { get; } = [];

    public string Start(string? at = null) => Do((m, s) => m.Start(s, at));

    public string Complete(string nodeId, params (string Name, object? Value)[] outputs) => Complete(Id(nodeId), outputs);

    public string Complete(int executionId, params (string Name, object? Value)[] outputs) => Do((m, s) => m.Complete(s, executionId, Json(outputs)));

    public string CompleteInstance(string nodeId, int counter, params (string Name, object? Value)[] outputs) =>
        Complete(Live.Single(l => l.NodeId == nodeId && l.Kind == LiveKind.Activity && l.LoopCounter == counter).Id, outputs);

    public string Throw(string nodeId, string code) => Do((m, s) => m.ThrowError(s, Id(nodeId), code));

    public string Fire(string nodeId, bool isLast = true) => Do((m, s) => m.FireTimer(s, WaitId(nodeId, LiveKind.Timer), isLast));

    public string Deliver(string nodeId, params (string Name, object? Value)[] outputs) =>
        Do((m, s) => m.DeliverMessage(s, WaitId(nodeId, LiveKind.Message), Json(outputs)));

    public string SendBack(string fromId, string toId) => Do((m, s) => m.SendBack(s, Id(fromId), toId));

    public IReadOnlyList<string> Targets(string fromId) => Machine.SendBackTargets(State, Id(fromId));

    public string Rewind(string toId) => Do((m, s) => m.Rewind(s, toId));

    public string Retry(string nodeId) => Do((m, s) => m.Retry(s, Id(nodeId)));

    public string Skip(string nodeId, string? flowId = null, params (string Name, object? Value)[] outputs) =>
        Do((m, s) => m.Skip(s, Id(nodeId), Json(outputs), flowId));

    public string Terminate() => Do((m, s) => m.Terminate(s));

    public IReadOnlyList<LiveThing> Live => Machine.Live(State);

    /// <summary>What is at work, in order of ids: <c>a b[1]</c>.</summary>
    public string AtWork => string.Join(' ', Live.Where(l => l.Kind == LiveKind.Activity).Select(l => l.NodeId + (l.LoopCounter is { } c ? $"[{c}]" : "")));

    public bool IsOver => State.Outcome is not null;

    public int Id(string nodeId) =>
        Live.First(l => l.NodeId == nodeId && l.Kind is not (LiveKind.Timer or LiveKind.Message or LiveKind.MultiInstance)).Id;

    public int WaitId(string nodeId, LiveKind kind) => Live.First(l => l.NodeId == nodeId && l.Kind == kind).Id;

    public object? this[string variable] => State.Variables.TryGetValue(variable, out var value) ? value.GetRawText() : null;

    public string Do(Func<ProcessMachine, ProcessState, IReadOnlyList<Effect>> command)
    {
        var effects = command(Machine, State);
        var json = State.ToJson();
        State = ProcessState.FromJson(json);
        State.ToJson().ShouldBe(json);
        Effects.AddRange(effects);
        Check(effects);
        return Say(effects);
    }

    public static string Say(IEnumerable<Effect> effects) => string.Join(", ", effects.Select(Say).OfType<string>());

    public static Dictionary<string, JsonElement> Json(IEnumerable<(string Name, object? Value)> values) =>
        values.ToDictionary(v => v.Name, v => JsonSerializer.SerializeToElement(v.Value));

    private static string? Say(Effect effect) => effect switch
    {
        ActivityStarted e => $"start {e.NodeId}" + (e.LoopCounter is { } c ? $"[{c}]" : ""),
        ActivityCompleted e => $"done {e.NodeId}" + (e.LoopCounter is { } c ? $"[{c}]" : ""),
        ActivityCancelled e => $"cancel {e.NodeId} {e.Reason}",
        NodePassed e => $"pass {e.NodeId}",
        FlowTaken => null,
        TimerSet e => $"timer {e.NodeId} {e.Trigger.Text}",
        TimerCleared e => $"clear {e.NodeId}",
        MessageAwaited e => $"await {e.NodeId} {e.MessageName}",
        MessageDropped e => $"drop {e.NodeId}",
        Stuck e => $"stuck {e.NodeId} {e.Code}",
        ProcessEnded e => $"end {e.Outcome}" + (e.ErrorCode is null ? "" : " " + e.ErrorCode),
        _ => throw new InvalidOperationException(effect.ToString()),
    };

    /// <summary>Token conservation, and the story that the effects tell agrees with the state.</summary>
    private void Check(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ActivityStarted e:
                    begun.Add(e.ExecutionId);
                    break;
                case Stuck e:
                    begun.Add(e.ExecutionId);
                    break;
                case TimerSet e:
                    begun.Add(e.WaitId).ShouldBeTrue();
                    break;
                case MessageAwaited e:
                    begun.Add(e.WaitId).ShouldBeTrue();
                    break;
                case ActivityCompleted e:
                    begun.ShouldContain(e.ExecutionId);
                    break;
                case ActivityCancelled e:
                    begun.ShouldContain(e.ExecutionId);
                    break;
                case TimerCleared e:
                    begun.Remove(e.WaitId).ShouldBeTrue();
                    break;
                case MessageDropped e:
                    begun.Remove(e.WaitId).ShouldBeTrue();
                    break;
            }
        }

        (State.Outcome is null).ShouldBe(Live.Count > 0, $"Outcome {State.Outcome}, {State.ToJson()}");
        effects.OfType<ProcessEnded>().Count().ShouldBe(effects.Count > 0 && State.Outcome is not null ? 1 : 0);
        foreach (var thing in Live.Where(l => l.Kind is LiveKind.Activity or LiveKind.Timer or LiveKind.Message or LiveKind.Stuck))
        {
            begun.ShouldContain(thing.Id, $"{thing} was never told");
        }

        Live.Select(l => l.Id).ShouldBeUnique();
        foreach (var wait in Live.Where(l => l.ExecutionId is not null))
        {
            Live.ShouldContain(l => l.Id == wait.ExecutionId && l.ExecutionId == null, $"{wait} belongs to nobody");
        }
    }
}
