namespace PilotPlatform.Bpmn.Execution;

/// <summary>Sending work back (驳回) and withdrawing it (撤回).</summary>
public sealed partial class ProcessMachine
{
    /// <summary>
    /// Sends the work back: the execution ends, with every token of the common scope that comes after the target; a token is
    /// placed at the target, whose timers start anew. Branches that do not come after the target go on undisturbed, and a
    /// parallel join that they had already passed keeps their side: only the target's side is done again.
    /// </summary>
    /// <remarks>"After" follows the flows forward: an edge that closes a loop does not count, so the neighbours of a parallel branch do not come after it because a loop surrounds both.</remarks>
    /// <exception cref="ArgumentException">The target is not an activity that can be gone back to from there.</exception>
    public IReadOnlyList<Effect> SendBack(ProcessState state, int executionId, string toNodeId)
    {
        ArgumentNullException.ThrowIfNull(state);
        var execution = state.Find(executionId) ?? throw new UnknownExecutionException(executionId);
        var way = WayTo(state, execution, toNodeId)
            ?? throw new ArgumentException($"{toNodeId} cannot be gone back to from {execution.NodeId}.", nameof(toNodeId));
        return new ProcessRun(this, state).GoBack(way);
    }

    /// <summary>The user tasks that an execution may be sent back to: completed, and upstream of it; the one completed last comes first.</summary>
    public IReadOnlyList<string> SendBackTargets(ProcessState state, int executionId)
    {
        ArgumentNullException.ThrowIfNull(state);
        var execution = state.Find(executionId) ?? throw new UnknownExecutionException(executionId);
        var instances = new Surroundings(state).Chain(execution).Select(e => e.Id).Append(0).ToHashSet();
        return
        [
            .. Enumerable.Reverse(state.Done)
                .Where(d => instances.Contains(d.Instance) && IsUpstream(state, execution, d.NodeId))
                .Select(d => d.NodeId)
                .Distinct(),
        ];
    }

    /// <summary>
    /// Withdraws a completed step: as <see cref="SendBack"/>, but named from the step. The caller makes sure that nothing after
    /// it has begun: a loop back that went through further activities is not unrolled.
    /// </summary>
    /// <exception cref="ArgumentException">The step was not completed, or in several instances at once.</exception>
    /// <exception cref="InvalidOperationException">The instance is not running.</exception>
    public IReadOnlyList<Effect> Rewind(ProcessState state, string toNodeId)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowUnlessRunning(state);
        var steps = state.Done.FindAll(d => d.NodeId == toNodeId);
        if (steps.Count != 1)
        {
            throw new ArgumentException($"{toNodeId} was completed {steps.Count} times.", nameof(toNodeId));
        }

        // Downwards from the process, or from the instance that the step belongs to, as far as scopes are alive. One that
        // the step itself led into, by a loop back, is not the one it was done in: it goes with all else that the step led to.
        var target = Graph[toNodeId];
        var instance = steps[0].Instance;
        var scopes = target.Ancestors.TakeWhile(p => instance == 0 || p.Id != state.Find(instance)!.NodeId).Reverse().ToList();
        var common = instance;
        while (scopes.Count > 0
            && state.Executions.Find(e => e.Parent == common && e.NodeId == scopes[0].Id && e.Kind == ExecutionKind.Scope && !steps[0].LedTo(e)) is { } alive)
        {
            common = alive.Id;
            scopes.RemoveAt(0);
        }

        return new ProcessRun(this, state).GoBack(new WayBack(null, common, [.. scopes, target], steps[0]));
    }

    private bool IsUpstream(ProcessState state, Execution execution, string nodeId) =>
        WayTo(state, execution, nodeId) is { } way
        && way.Path[0].Id != way.From!.NodeId
        && Graph.Downstream(way.Path[0].Id).Contains(way.From.NodeId);

    /// <summary>The way from an execution to an activity: the innermost scope that holds both; null when there is none.</summary>
    private WayBack? WayTo(ProcessState state, Execution execution, string nodeId)
    {
        if (Graph.Find(nodeId) is not { Node: Activity } target)
        {
            return null;
        }

        List<Place> around = [.. target.Ancestors];
        for (var from = execution; ;)
        {
            if (from.LoopCounter is not null)
            {
                from = state.Find(from.Parent)!;
            }

            var scope = from.Parent == 0 ? null : state.Find(from.Parent);
            var depth = scope is null ? around.Count : around.FindIndex(p => p.Id == scope.NodeId);
            if (depth >= 0)
            {
                // A multi-instance sub-process that would have to be entered anew has no instance to enter.
                List<Place> path = [.. around.Take(depth).Reverse(), target];
                return path.SkipLast(1).Any(p => p.Node is Activity { Loop: not null }) ? null : new WayBack(from, from.Parent, path);
            }

            from = scope!;
        }
    }
}

/// <summary>A way back.</summary>
/// <param name="From">What is sent back, as it stands in the common scope; null when nothing in particular.</param>
/// <param name="Common">The execution of the common scope, or 0.</param>
/// <param name="Path">From the common scope to the target: sub-processes to enter anew, then the target.</param>
/// <param name="Withdrawn">The completed step that is withdrawn, if one is: what its completion led to goes, by a loop back too.</param>
internal sealed record WayBack(Execution? From, int Common, IReadOnlyList<Place> Path, DoneStep Withdrawn = default);
