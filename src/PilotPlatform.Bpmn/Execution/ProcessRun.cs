using System.Text.Json;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>
/// One command at work. Tokens that move stand on a stack (the first flow of a split runs until it waits, then the next);
/// what waits stands in the state. When nothing moves any more, inclusive joins are looked at, because only then is it known
/// what can still arrive.
/// </summary>
internal sealed partial class ProcessRun(ProcessMachine machine, ProcessState state)
{
    // A single token that runs in circles stops before it uses up what other tokens need.
    private const int MaxChain = ProcessMachine.MaxSteps / 2;

    private readonly List<Effect> effects = [];
    private readonly List<Move> moving = [];
    private readonly Surroundings surroundings = new(state);
    private readonly int lastIdBefore = state.LastId;
    private int steps;
    private int chain;

    /// <summary>A token about to enter its node, and how many nodes it and its forebears entered in this command.</summary>
    private readonly record struct Move(Execution Token, int Chain);

    private Graph Graph => machine.Graph;

    public static IReadOnlyList<string> StartsOf(FlowScope scope)
    {
        List<string> starts = [.. scope.Nodes.OfType<StartEvent>().Select(s => s.Id)];

        // Without a start event, whatever nothing leads to begins (BPMN 2.0 § 13.3.4).
        return starts.Count > 0
            ? starts
            : [.. scope.Nodes.Where(n => n is not BoundaryEvent && !scope.IncomingOf(n.Id).Any()).Select(n => n.Id)];
    }

    public IReadOnlyList<Effect> Start(IReadOnlyList<string> nodeIds)
    {
        Begin(nodeIds, parent: 0);
        return Finish();
    }

    public IReadOnlyList<Effect> Complete(Execution activity, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        surroundings.Write(activity, outputs);
        effects.Add(new ActivityCompleted(activity.Id, activity.NodeId, activity.LoopCounter));
        Completed(activity, flowId: null);
        return Finish();
    }

    public IReadOnlyList<Effect> ThrowError(Execution activity, string errorCode)
    {
        Throw(activity, errorCode);
        return Finish();
    }

    public IReadOnlyList<Effect> Happen(Wait wait, IReadOnlyDictionary<string, JsonElement> outputs, bool isLast)
    {
        var place = Graph[wait.NodeId];
        var host = state.Find(wait.ExecutionId)!;
        surroundings.Write(host, outputs);
        var goesOn = !isLast && place.Node is BoundaryEvent { IsInterrupting: false };
        if (!goesOn)
        {
            state.Waits.Remove(wait);
            if (!isLast)
            {
                effects.Add(new TimerCleared(wait.Id, wait.NodeId));
            }
        }

        switch (place.Node)
        {
            case BoundaryEvent { IsInterrupting: true }:
                Cancel(host, CancelReason.Interrupted);
                break;
            case CatchEvent:
                ClearWaits(host);
                state.Executions.Remove(host);
                if (host.NodeId != wait.NodeId)
                {
                    effects.Add(new NodePassed(host.NodeId));
                    effects.Add(new FlowTaken(Graph[host.NodeId].Outgoing.First(f => f.TargetId == wait.NodeId).Id));
                }

                break;
        }

        effects.Add(new NodePassed(wait.NodeId));
        Leave(place, host.Parent);
        return Finish();
    }

    public IReadOnlyList<Effect> Retry(Execution execution)
    {
        if (execution.Kind == ExecutionKind.Activity)
        {
            effects.Add(new ActivityStarted(execution.Id, execution.NodeId, execution.LoopCounter));
            return Finish();
        }

        (execution.StuckCode, execution.StuckDetail) = (null, null);
        switch (execution.Kind)
        {
            case ExecutionKind.StuckBefore:
                state.Executions.Remove(execution);
                moving.Add(new Move(execution, 0));
                break;
            case ExecutionKind.StuckAfter:
                state.Executions.Remove(execution);
                Leave(Graph[execution.NodeId], execution.Parent, stuckId: execution.Id);
                break;
            case ExecutionKind.Loop:
                GoOn(execution, execution);
                break;
        }

        return Finish();
    }

    public IReadOnlyList<Effect> Skip(Execution execution, IReadOnlyDictionary<string, JsonElement> outputs, string? flowId)
    {
        surroundings.Write(execution, outputs);
        var place = Graph[execution.NodeId];
        (execution.StuckCode, execution.StuckDetail) = (null, null);
        switch (execution.Kind)
        {
            case ExecutionKind.Activity:
                effects.Add(new ActivityCompleted(execution.Id, execution.NodeId, execution.LoopCounter));
                Completed(execution, flowId);
                break;
            case ExecutionKind.Loop:
                FinishLoop(execution, flowId);
                break;
            case ExecutionKind.Join:
                PassJoin(place, execution.Parent, flowId);
                break;
            case ExecutionKind.StuckBefore:
                effects.Add(new NodePassed(execution.NodeId));
                if (execution.LoopCounter is not null)
                {
                    Completed(execution, flowId);
                    break;
                }

                state.Executions.Remove(execution);
                Leave(place, execution.Parent, flowId);
                break;
            default:
                state.Executions.Remove(execution);
                Leave(place, execution.Parent, flowId);
                break;
        }

        return Finish();
    }

    public IReadOnlyList<Effect> Terminate()
    {
        CancelAllIn(0, CancelReason.Administrator);
        End(ProcessOutcome.Terminated, null);
        return Finish();
    }

    private List<Effect> Finish()
    {
        do
        {
            while (moving.Count > 0)
            {
                var move = moving[^1];
                moving.RemoveAt(moving.Count - 1);
                chain = move.Chain;
                Enter(move.Token);
            }

            chain = 0;
        }
        while (Settle());

        for (var index = 0; index < state.Done.Count; index++)
        {
            if (state.Done[index].Until == DoneStep.Open)
            {
                state.Done[index] = state.Done[index] with { Until = state.LastId };
            }
        }

        return effects;
    }

    private void Begin(IEnumerable<string> nodeIds, int parent)
    {
        foreach (var nodeId in nodeIds.Reverse())
        {
            moving.Add(new Move(new Execution { NodeId = nodeId, Parent = parent }, chain + 1));
        }
    }

    private void Enter(Execution token)
    {
        var place = Graph[token.NodeId];
        if (++steps > ProcessMachine.MaxSteps || chain > MaxChain)
        {
            Halt(token, ExecutionKind.StuckBefore, StuckCodes.EndlessLoop, $"{ProcessMachine.MaxSteps}");
            return;
        }

        if (state.Executions.Count + moving.Count > ProcessMachine.MaxTokens)
        {
            Halt(token, ExecutionKind.StuckBefore, StuckCodes.TooManyTokens, $"{ProcessMachine.MaxTokens}");
            return;
        }

        try
        {
            switch (place.Node)
            {
                case ParallelGateway or InclusiveGateway when place.Incoming.Count > 1 && token.FlowId is not null:
                    Rest(token, ExecutionKind.Join);
                    if (place.Node is ParallelGateway)
                    {
                        TryParallelJoin(place, token.Parent);
                    }

                    break;
                case EventBasedGateway:
                    AwaitAnyOf(place, token);
                    break;
                case CatchEvent { Trigger: var trigger }:
                    Await(token, [(place.Id, trigger)]);
                    break;
                case EndEvent end:
                    effects.Add(new NodePassed(place.Id));
                    Reach(end, token.Parent);
                    break;
                case Activity { StartQuantity: > 1 } activity when token is { FlowId: not null, LoopCounter: null }:
                    Gather(place, activity, token);
                    break;
                case Activity activity:
                    Enter(place, activity, token);
                    break;
                default:
                    Pass(place, token.Parent);
                    break;
            }
        }
        catch (ExpressionException problem)
        {
            Halt(token, ExecutionKind.StuckBefore, StuckCodes.ExpressionFailed, problem.Message);
        }
        catch (StuckException problem)
        {
            Halt(token, ExecutionKind.StuckBefore, problem.Code, problem.Message);
        }
    }

    private void Enter(Place place, Activity activity, Execution token)
    {
        var isInstance = token.LoopCounter is not null;
        if (activity.Loop is not null && !isInstance)
        {
            BeginLoop(place, activity.Loop, token);
            return;
        }

        // What can fail comes first, so that a token that gets stuck has begun nothing.
        var timers = isInstance ? [] : BoundaryTimers(place, token);
        switch (activity)
        {
            case ManualTask:
                effects.Add(new NodePassed(place.Id));
                Completed(token, flowId: null);
                break;
            case SubProcess inner:
                Rest(token, ExecutionKind.Scope);
                effects.Add(new NodePassed(place.Id));
                SetTimers(token, timers);
                Begin(StartsOf(inner.Scope), token.Id);
                ConsumedIn(token.Id);
                break;
            default:
                Rest(token, ExecutionKind.Activity);
                effects.Add(new ActivityStarted(token.Id, place.Id, token.LoopCounter));
                SetTimers(token, timers);
                break;
        }
    }

    private void Pass(Place place, int parent, string? flowId = null)
    {
        effects.Add(new NodePassed(place.Id));
        Leave(place, parent, flowId);
    }

    /// <summary>Takes the flows that a node which is done offers.</summary>
    private void Leave(Place place, int parent, string? flowId = null, int stuckId = 0)
    {
        if (place.Outgoing.Count == 0)
        {
            ConsumedIn(parent);
            return;
        }

        var token = new Execution { Id = stuckId, NodeId = place.Id, Parent = parent };
        List<SequenceFlow> taken;
        try
        {
            taken = flowId is null ? Choose(place, surroundings.Of(token)) : [place.Outgoing.First(f => f.Id == flowId)];
        }
        catch (ExpressionException problem)
        {
            Halt(token, ExecutionKind.StuckAfter, StuckCodes.ExpressionFailed, problem.Message);
            return;
        }

        if (taken.Count == 0)
        {
            Halt(token, ExecutionKind.StuckAfter, StuckCodes.NoConditionHolds, string.Join("; ", place.Outgoing.Select(f => $"{f.Id}: {f.Condition}")));
            return;
        }

        if (place.Node is Activity { CompletionQuantity: var quantity and > 1 })
        {
            taken = [.. taken.SelectMany(f => Enumerable.Repeat(f, quantity))];
        }

        effects.AddRange(taken.Select(f => new FlowTaken(f.Id)));
        foreach (var flow in Enumerable.Reverse(taken))
        {
            moving.Add(new Move(new Execution { NodeId = flow.TargetId, Parent = parent, FlowId = flow.Id }, chain + 1));
        }
    }

    private static List<SequenceFlow> Choose(Place place, Func<string, JsonElement?> variable)
    {
        if (place.Node is ParallelGateway)
        {
            return [.. place.Outgoing];
        }

        var isExclusive = place.Node is ExclusiveGateway;
        List<SequenceFlow> taken = [];
        foreach (var flow in place.Outgoing.Where(f => f.Id != place.DefaultFlowId))
        {
            if (flow.Condition is null || Expression.Parse(flow.Condition).IsTrue(variable))
            {
                taken.Add(flow);
                if (isExclusive)
                {
                    break;
                }
            }
        }

        return taken.Count > 0 ? taken : [.. place.Outgoing.Where(f => f.Id == place.DefaultFlowId)];
    }

    /// <summary>A token came to its end in a scope; with the last one the scope ends.</summary>
    private void ConsumedIn(int parent)
    {
        if (state.Outcome is not null || state.Executions.Exists(e => e.Parent == parent) || moving.Exists(m => m.Token.Parent == parent))
        {
            return;
        }

        if (parent == 0)
        {
            End(ProcessOutcome.Completed, null);
        }
        else
        {
            Completed(state.Find(parent)!, flowId: null);
        }
    }

    private void Reach(EndEvent end, int parent)
    {
        switch (end.Kind)
        {
            case EndKind.Terminate:
                CancelAllIn(parent, CancelReason.ScopeEnded);
                if (parent == 0)
                {
                    End(ProcessOutcome.Terminated, null);
                }
                else
                {
                    Completed(state.Find(parent)!, flowId: null);
                }

                break;
            case EndKind.Error when parent == 0:
                Fail(end.ErrorCode);
                break;
            case EndKind.Error:
                Throw(state.Find(parent)!, end.ErrorCode);
                break;
            default:
                ConsumedIn(parent);
                break;
        }
    }

    /// <summary>An activity or a sub-process is done; an instance tells its multi-instance activity, anything else goes on.</summary>
    private void Completed(Execution done, string? flowId)
    {
        if (done.LoopCounter is not null)
        {
            Forget(done);
            InstanceDone(state.Find(done.Parent)!, done);
            return;
        }

        var place = Graph[done.NodeId];
        ClearWaits(done);
        Forget(done);
        Note(place, done);
        Leave(place, done.Parent, flowId);
    }

    private void Note(Place place, Execution done)
    {
        if (place.Node is UserTask)
        {
            var instance = InstanceAround(done);
            state.Done.RemoveAll(d => d.NodeId == place.Id && d.Instance == instance);
            state.Done.Add(new DoneStep(place.Id, instance, lastIdBefore, DoneStep.Open));
        }
    }

    private int InstanceAround(Execution token) =>
        surroundings.Chain(token).Skip(1).FirstOrDefault(e => e.LoopCounter is not null)?.Id ?? 0;

    private void Throw(Execution thrower, string? errorCode)
    {
        for (var at = thrower; ;)
        {
            if (at.LoopCounter is not null)
            {
                at = state.Find(at.Parent)!;
            }

            var boundaries = Graph[at.NodeId].Boundaries;
            var catching = boundaries.FirstOrDefault(b => b.Trigger is ErrorTrigger { ErrorCode: { } code } && code == errorCode)
                ?? boundaries.FirstOrDefault(b => b.Trigger is ErrorTrigger { ErrorCode: null });
            if (catching is not null)
            {
                Cancel(at, CancelReason.Interrupted);
                Pass(Graph[catching.Id], at.Parent);
                return;
            }

            if (at.Parent == 0)
            {
                Fail(errorCode);
                return;
            }

            at = state.Find(at.Parent)!;
        }
    }

    private void Fail(string? errorCode)
    {
        CancelAllIn(0, CancelReason.ScopeEnded);
        End(ProcessOutcome.Failed, errorCode);
    }

    private void End(ProcessOutcome outcome, string? errorCode)
    {
        state.Outcome = outcome;
        effects.Add(new ProcessEnded(machine.Process.Id, outcome, errorCode));
    }

    private void Rest(Execution token, ExecutionKind kind)
    {
        if (token.Id == 0)
        {
            token.Id = ++state.LastId;
        }

        token.Kind = kind;
        if (kind != ExecutionKind.Join)
        {
            token.FlowId = null;
        }

        state.Executions.Add(token);
    }

    private void Halt(Execution token, ExecutionKind kind, string code, string detail)
    {
        var flowId = token.FlowId;
        Rest(token, kind);
        token.FlowId = flowId;
        MarkStuck(token, code, detail);
    }

    private void MarkStuck(Execution execution, string code, string detail)
    {
        (execution.StuckCode, execution.StuckDetail) = (code, detail);
        effects.Add(new Stuck(execution.Id, execution.NodeId, code, detail));
    }

    private void CancelAllIn(int parent, CancelReason reason)
    {
        moving.RemoveAll(m => m.Token.Parent == parent);
        foreach (var execution in state.Executions.FindAll(e => e.Parent == parent))
        {
            Cancel(execution, reason);
        }
    }

    private void Cancel(Execution execution, CancelReason reason)
    {
        CancelAllIn(execution.Id, reason);
        ClearWaits(execution);
        Forget(execution);
        if (execution.Kind == ExecutionKind.Activity || execution.StuckCode is not null)
        {
            effects.Add(new ActivityCancelled(execution.Id, execution.NodeId, reason));
        }
    }

    private void Forget(Execution execution)
    {
        state.Executions.Remove(execution);
        if (execution.LoopCounter is not null)
        {
            state.Done.RemoveAll(d => d.Instance == execution.Id);
        }
    }

    private void ClearWaits(Execution execution)
    {
        foreach (var wait in state.Waits.FindAll(w => w.ExecutionId == execution.Id))
        {
            state.Waits.Remove(wait);
            effects.Add(wait.IsMessage ? new MessageDropped(wait.Id, wait.NodeId) : new TimerCleared(wait.Id, wait.NodeId));
        }
    }
}
