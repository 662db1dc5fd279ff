namespace PilotPlatform.Bpmn.Execution;

/// <summary>Going back to an earlier activity.</summary>
internal sealed partial class ProcessRun
{
    public IReadOnlyList<Effect> GoBack(WayBack way)
    {
        if (way.From is not null)
        {
            Cancel(way.From, CancelReason.SentBack);
        }

        var after = Graph.Downstream(way.Path[0].Id);
        foreach (var execution in state.Executions.FindAll(e => e.Parent == way.Common))
        {
            // A token at a join came by its flow: it stays when that flow does not come from the target.
            var at = execution is { Kind: ExecutionKind.Join, FlowId: { } flowId }
                ? Graph[execution.NodeId].Incoming.First(f => f.Id == flowId).SourceId
                : execution.NodeId;
            if (after.Contains(at) || way.Withdrawn.LedTo(execution))
            {
                Cancel(execution, CancelReason.SentBack);
            }
        }

        var instance = way.Common == 0 ? 0 : surroundings.Chain(state.Find(way.Common)!).FirstOrDefault(e => e.LoopCounter is not null)?.Id ?? 0;
        state.Done.RemoveAll(d => d.Instance == instance && IsDoneAgain(d.NodeId, way.Path));

        var parent = way.Common;
        foreach (var place in way.Path)
        {
            KeepOtherSides(place, parent);
            var token = new Execution { NodeId = place.Id, Parent = parent };
            if (place == way.Path[^1])
            {
                moving.Add(new Move(token, 0));
                break;
            }

            if (!Reenter(place, token))
            {
                break;
            }

            parent = token.Id;
        }

        return Finish();
    }

    private bool Reenter(Place place, Execution token)
    {
        try
        {
            var timers = BoundaryTimers(place, token);
            Rest(token, ExecutionKind.Scope);
            effects.Add(new NodePassed(place.Id));
            SetTimers(token, timers);
            return true;
        }
        catch (Exception problem) when (problem is Expressions.ExpressionException or StuckException)
        {
            Halt(token, ExecutionKind.StuckBefore, (problem as StuckException)?.Code ?? StuckCodes.ExpressionFailed, problem.Message);
            return false;
        }
    }

    /// <summary>
    /// Parallel joins after the target take part again. A side that does not come from the target was used up when the join
    /// passed, and nobody would bring it again: it is put back.
    /// </summary>
    private void KeepOtherSides(Place target, int parent)
    {
        var after = Graph.Downstream(target.Id);
        foreach (var join in after.Select(id => Graph[id]).Where(p => p.Node is ParallelGateway && p.Incoming.Count > 1))
        {
            foreach (var flow in join.Incoming.Where(f => !after.Contains(f.SourceId)))
            {
                var comes = state.Executions.Exists(e => e.Parent == parent
                    && (e.Kind == ExecutionKind.Join && e.NodeId == join.Id
                        ? e.FlowId == flow.Id
                        : Graph.Downstream(e.NodeId).Contains(flow.SourceId)));
                if (!comes)
                {
                    Rest(new Execution { NodeId = join.Id, Parent = parent, FlowId = flow.Id }, ExecutionKind.Join);
                }
            }
        }
    }

    /// <summary>Whether a completed step comes after the target of a way back, or is the target.</summary>
    private bool IsDoneAgain(string nodeId, IReadOnlyList<Place> path)
    {
        var done = Graph[nodeId];
        foreach (var place in path)
        {
            var same = done.Ancestors.Prepend(done).FirstOrDefault(p => p.Scope == place.Scope);
            if (same is null || same != place)
            {
                return same is not null && Graph.Downstream(place.Id).Contains(same.Id);
            }
        }

        return true;
    }
}
