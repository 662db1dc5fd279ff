namespace PilotPlatform.Bpmn.Execution;

/// <summary>Events, joins, and what happens when nothing moves.</summary>
internal sealed partial class ProcessRun
{
    private void AwaitAnyOf(Place gateway, Execution token)
    {
        List<(string NodeId, Trigger Trigger)> events = [];
        foreach (var flow in gateway.Outgoing)
        {
            events.Add(Graph[flow.TargetId].Node is CatchEvent caught
                ? (caught.Id, caught.Trigger)
                : throw new StuckException(StuckCodes.EventExpected, flow.TargetId));
        }

        if (events.Count == 0)
        {
            throw new StuckException(StuckCodes.EventExpected, gateway.Id);
        }

        Await(token, events);
    }

    private void Await(Execution token, List<(string NodeId, Trigger Trigger)> events)
    {
        var variable = surroundings.Of(token);
        events = events.ConvertAll(e => (e.NodeId, e.Trigger is TimerTrigger timer ? TimerText.Evaluate(timer, variable) : e.Trigger));
        Rest(token, ExecutionKind.Event);
        foreach (var (nodeId, trigger) in events)
        {
            if (trigger is TimerTrigger timer)
            {
                effects.Add(new TimerSet(AddWait(nodeId, token, isMessage: false), nodeId, timer, null));
            }
            else
            {
                var message = ((MessageTrigger)trigger).MessageName;
                effects.Add(new MessageAwaited(AddWait(nodeId, token, isMessage: true), nodeId, message));
            }
        }
    }

    private List<(string NodeId, TimerTrigger Timer)> BoundaryTimers(Place place, Execution token)
    {
        List<(string NodeId, TimerTrigger Timer)> timers = [];
        foreach (var boundary in place.Boundaries)
        {
            if (boundary.Trigger is TimerTrigger timer)
            {
                timers.Add((boundary.Id, TimerText.Evaluate(timer, surroundings.Of(token))));
            }
        }

        return timers;
    }

    private void SetTimers(Execution host, List<(string NodeId, TimerTrigger Timer)> timers)
    {
        foreach (var (nodeId, timer) in timers)
        {
            effects.Add(new TimerSet(AddWait(nodeId, host, isMessage: false), nodeId, timer, host.Id));
        }
    }

    private int AddWait(string nodeId, Execution host, bool isMessage)
    {
        state.Waits.Add(new Wait { Id = ++state.LastId, NodeId = nodeId, ExecutionId = host.Id, IsMessage = isMessage });
        return state.LastId;
    }

    private List<Execution> WaitingAt(Place join, int parent) =>
        state.Executions.FindAll(e => e.Kind == ExecutionKind.Join && e.Parent == parent && e.NodeId == join.Id);

    private void TryParallelJoin(Place join, int parent)
    {
        var waiting = WaitingAt(join, parent);
        if (join.Incoming.All(f => waiting.Exists(w => w.FlowId == f.Id)))
        {
            PassJoin(join, parent);
        }
    }

    /// <summary>An activity begins with several tokens: the last that comes becomes one with those that wait.</summary>
    private void Gather(Place place, Activity activity, Execution token)
    {
        var others = activity.StartQuantity - 1;
        var waiting = WaitingAt(place, token.Parent);
        if (waiting.Count < others)
        {
            Rest(token, ExecutionKind.Join);
            return;
        }

        foreach (var other in waiting.Take(others))
        {
            state.Executions.Remove(other);
        }

        token.FlowId = null; // it has arrived: should it get stuck now, it is not counted again
        Enter(place, activity, token);
    }

    /// <summary>
    /// One token of each incoming flow that has any becomes one token that goes on; of an activity that waits for several, all that came.
    /// </summary>
    private void PassJoin(Place join, int parent, string? flowId = null)
    {
        var waiting = WaitingAt(join, parent);
        foreach (var used in join.Node is Gateway ? waiting.DistinctBy(w => w.FlowId) : waiting)
        {
            state.Executions.Remove(used);
        }

        Pass(join, parent, flowId);
    }

    /// <summary>Nothing moves: inclusive joins that wait for nobody pass. True when something moves again.</summary>
    private bool Settle()
    {
        if (state.Outcome is not null)
        {
            return false;
        }

        var waiting = state.Executions.FindAll(e => e.Kind == ExecutionKind.Join);
        if (waiting.Count == 0)
        {
            return false;
        }

        foreach (var (nodeId, parent) in waiting.Select(w => (w.NodeId, w.Parent)).Distinct())
        {
            if (Graph[nodeId] is { Node: InclusiveGateway } join && !IsAnyoneExpected(join, parent))
            {
                PassJoin(join, parent);
                return true;
            }
        }

        foreach (var scope in waiting.GroupBy(w => w.Parent))
        {
            if (state.Executions.Exists(e => e.Parent == scope.Key && e.Kind != ExecutionKind.Join))
            {
                foreach (var token in scope.Where(t => t.StuckCode is not null))
                {
                    (token.StuckCode, token.StuckDetail) = (null, null);
                }

                continue;
            }

            // Inclusive joins that wait for one another: the standard leaves them standing, which helps nobody.
            if (scope.FirstOrDefault(t => Graph[t.NodeId].Node is InclusiveGateway) is { } oldest)
            {
                PassJoin(Graph[oldest.NodeId], oldest.Parent);
                return true;
            }

            if (scope.All(t => t.StuckCode is null))
            {
                var first = scope.First();
                var place = Graph[first.NodeId];
                var came = WaitingAt(place, scope.Key);
                MarkStuck(first, StuckCodes.WaitsForNobody, place.Node is Activity activity
                    ? $"{came.Count} < {activity.StartQuantity}"
                    : string.Join(", ", place.Incoming.Select(f => f.Id).Except(came.Select(w => w.FlowId))));
            }
        }

        return false;
    }

    /// <summary>
    /// BPMN 2.0 § 13.4.3: the join waits for a token that can come, without passing the join, by an incoming flow that has none,
    /// unless that token can also come by one that has one.
    /// </summary>
    private bool IsAnyoneExpected(Place join, int parent)
    {
        var came = WaitingAt(join, parent).Select(w => w.FlowId).ToHashSet(StringComparer.Ordinal);
        var filled = join.Incoming.Where(f => came.Contains(f.Id)).ToList();
        var empty = join.Incoming.Except(filled).ToList();
        return empty.Count > 0 && state.Executions
            .Where(e => e.Parent == parent)
            .SelectMany(e => e.Kind == ExecutionKind.StuckAfter ? Graph[e.NodeId].Outgoing.Select(f => f.TargetId) : [e.NodeId])
            .Distinct()
            .Where(at => at != join.Id)
            .Any(at => empty.Exists(f => Graph.Reaching(join.Id, f).Contains(at))
                && !filled.Exists(f => Graph.Reaching(join.Id, f).Contains(at)));
    }

    /// <summary>After a migration: boundary timers and events of gateways that the old version did not have.</summary>
    public IReadOnlyList<Effect> AwaitWhatIsNew()
    {
        foreach (var execution in state.Executions.ToList())
        {
            var place = Graph[execution.NodeId];
            foreach (var (nodeId, trigger) in WhatIsNew(execution, place, surroundings, n => state.Waits.Exists(w => w.ExecutionId == execution.Id && w.NodeId == n)))
            {
                if (trigger is TimerTrigger timer)
                {
                    int? attachedTo = execution.Kind == ExecutionKind.Event ? null : execution.Id;
                    effects.Add(new TimerSet(AddWait(nodeId, execution, isMessage: false), nodeId, timer, attachedTo));
                }
                else
                {
                    var message = ((MessageTrigger)trigger).MessageName;
                    effects.Add(new MessageAwaited(AddWait(nodeId, execution, isMessage: true), nodeId, message));
                }
            }
        }

        return effects;
    }

    /// <summary>What an execution at a place should wait for besides what it does; timers are evaluated.</summary>
    public static IEnumerable<(string NodeId, Trigger Trigger)> WhatIsNew(
        Execution execution, Place place, Surroundings surroundings, Func<string, bool> isAwaited)
    {
        IEnumerable<string> nodes = execution switch
        {
            // A boundary stands on the activity as a whole, so instances have none.
            { LoopCounter: null, Kind: ExecutionKind.Activity or ExecutionKind.Scope or ExecutionKind.Loop } => place.Boundaries.Select(b => b.Id),
            { Kind: ExecutionKind.Event } when place.Node is EventBasedGateway => place.Outgoing.Select(f => f.TargetId),
            _ => [],
        };
        foreach (var node in nodes.Where(n => !isAwaited(n)).Select(n => place.Scope.Find(n)!))
        {
            switch (ProcessMachine.TriggerOf(node))
            {
                case TimerTrigger timer:
                    yield return (node.Id, TimerText.Evaluate(timer, surroundings.Of(execution)));
                    break;
                case MessageTrigger message:
                    yield return (node.Id, message);
                    break;
            }
        }
    }
}
