namespace PilotPlatform.Bpmn.Execution;

/// <summary>Why an instance cannot move to another version.</summary>
/// <param name="NodeId">The node (or, for a token at a join, the flow) of the old version.</param>
/// <param name="Code">A stable code in kebab case: <c>not-mapped</c>, <c>other-kind</c>, <c>other-scope</c>, <c>other-loop</c>, <c>other-trigger</c>, <c>timer-invalid</c>.</param>
/// <param name="TargetId">What it is mapped to, when there is something.</param>
public sealed record MigrationProblem(string NodeId, string Code, string? TargetId);

/// <summary>Moving an instance to another version of its process.</summary>
public sealed partial class ProcessMachine
{
    /// <summary>
    /// What stands in the way of moving an instance. Ids that are in both versions need no mapping. Only what is alive
    /// matters; a boundary timer that the other version does not have is no problem: it is cleared.
    /// </summary>
    public IReadOnlyList<MigrationProblem> MigrationProblems(
        ProcessState state, ProcessMachine to, IReadOnlyDictionary<string, string> mapping)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(mapping);
        List<MigrationProblem> problems = [];
        foreach (var execution in state.Executions)
        {
            var target = to.Graph.Find(Map(execution.NodeId, mapping));
            var code = target is null ? "not-mapped"
                : target.Node.GetType() != Graph[execution.NodeId].Node.GetType() ? "other-kind"
                : IsInOtherScope(state, execution, target, mapping) ? "other-scope"
                : IsOtherLoop(execution, target) ? "other-loop"
                : execution.Kind == ExecutionKind.Join && Quantity(target) != Quantity(Graph[execution.NodeId]) ? "other-kind" : null;
            if (code is not null)
            {
                problems.Add(new MigrationProblem(execution.NodeId, code, target?.Id));
            }
            // A token that waits at a join, or is about to arrive there, came by a flow that must still lead there.
            else if ((target!.Node is Gateway || execution.Kind == ExecutionKind.Join) && execution.FlowId is { } flowId && !target.Incoming.Any(f => f.Id == Map(flowId, mapping)))
            {
                problems.Add(new MigrationProblem(flowId, "not-mapped", null));
            }
            else if (!CanSetNewTimers(state, execution, target, mapping))
            {
                problems.Add(new MigrationProblem(execution.NodeId, "timer-invalid", target.Id));
            }
        }

        foreach (var wait in state.Waits.Where(w => Graph[w.NodeId].Node is CatchEvent && w.NodeId != state.Find(w.ExecutionId)!.NodeId))
        {
            var gateway = to.Graph.Find(Map(state.Find(wait.ExecutionId)!.NodeId, mapping));
            if (gateway is not null && !gateway.Outgoing.Any(f => f.TargetId == Map(wait.NodeId, mapping)))
            {
                problems.Add(new MigrationProblem(wait.NodeId, "not-mapped", null));
            }
        }

        foreach (var wait in state.Waits)
        {
            if (to.Graph.Find(Map(wait.NodeId, mapping)) is { } target
                && TriggerOf(target.Node) is { } trigger && trigger is MessageTrigger != wait.IsMessage)
            {
                problems.Add(new MigrationProblem(wait.NodeId, "other-trigger", target.Id));
            }
        }

        return [.. problems.Distinct()];
    }

    /// <summary>
    /// Moves an instance to another version; from then on the other machine runs it. Timers that are set stay as they are;
    /// those of boundaries that are gone are cleared, new ones are set, and messages whose names changed are awaited anew.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are problems.</exception>
    public IReadOnlyList<Effect> Migrate(ProcessState state, ProcessMachine to, IReadOnlyDictionary<string, string> mapping)
    {
        if (MigrationProblems(state, to, mapping) is [var problem, ..])
        {
            throw new InvalidOperationException($"{problem.NodeId} → {problem.TargetId}: {problem.Code}");
        }

        ThrowUnlessRunning(state);
        List<Effect> effects = [];
        Dictionary<int, string> awaited = [];
        foreach (var wait in state.Waits.ToList())
        {
            var host = state.Find(wait.ExecutionId)!;
            var place = to.Graph.Find(Map(wait.NodeId, mapping));
            var isThere = place?.Node is not BoundaryEvent boundary || boundary.AttachedToId == Map(host.NodeId, mapping);
            if (place is null || !isThere)
            {
                state.Waits.Remove(wait);
                effects.Add(new TimerCleared(wait.Id, wait.NodeId));
                continue;
            }

            if (TriggerOf(Graph[wait.NodeId].Node) is MessageTrigger old && TriggerOf(place.Node) is MessageTrigger now && old != now)
            {
                effects.Add(new MessageDropped(wait.Id, wait.NodeId));
                awaited[wait.Id] = now.MessageName;
            }

            wait.NodeId = place.Id;
        }

        foreach (var execution in state.Executions)
        {
            execution.NodeId = Map(execution.NodeId, mapping);
            execution.FlowId = execution.FlowId is null ? null : Map(execution.FlowId, mapping);
        }

        for (var index = 0; index < state.Done.Count; index++)
        {
            state.Done[index] = state.Done[index] with { NodeId = Map(state.Done[index].NodeId, mapping) };
        }

        state.Done.RemoveAll(d => to.Graph.Find(d.NodeId)?.Node is not UserTask);
        foreach (var (waitId, name) in awaited)
        {
            var wait = state.Waits.Find(w => w.Id == waitId)!;
            wait.Id = ++state.LastId;
            effects.Add(new MessageAwaited(wait.Id, wait.NodeId, name));
        }

        effects.AddRange(new ProcessRun(to, state).AwaitWhatIsNew());
        return effects;
    }

    internal static Trigger? TriggerOf(FlowNode node) => node switch
    {
        CatchEvent e => e.Trigger,
        BoundaryEvent e => e.Trigger,
        _ => null,
    };

    private static string Map(string id, IReadOnlyDictionary<string, string> mapping) => mapping.GetValueOrDefault(id, id);

    private static bool IsInOtherScope(ProcessState state, Execution execution, Place target, IReadOnlyDictionary<string, string> mapping)
    {
        var around = execution.Parent == 0 ? null : state.Find(execution.Parent);
        if (around is { Kind: ExecutionKind.Loop })
        {
            // An instance and its multi-instance activity are the same node.
            return Map(around.NodeId, mapping) != target.Id;
        }

        return (around is null ? null : Map(around.NodeId, mapping)) != target.Around?.Id;
    }

    private static bool CanSetNewTimers(ProcessState state, Execution execution, Place target, IReadOnlyDictionary<string, string> mapping)
    {
        try
        {
            return ProcessRun.WhatIsNew(
                execution, target, new Surroundings(state),
                n => state.Waits.Exists(w => w.ExecutionId == execution.Id && Map(w.NodeId, mapping) == n)).Count() >= 0;
        }
        catch (Exception problem) when (problem is Expressions.ExpressionException or StuckException)
        {
            return false;
        }
    }

    /// <summary>With how many tokens an activity begins.</summary>
    private static int Quantity(Place place) => place.Node is Activity activity ? activity.StartQuantity : 0;

    private bool IsOtherLoop(Execution execution, Place target) =>
        (Graph[execution.NodeId].Node as Activity)?.Loop?.IsSequential != (target.Node as Activity)?.Loop?.IsSequential;
}
