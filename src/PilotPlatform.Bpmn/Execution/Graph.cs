using System.Collections.Concurrent;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>A node with what stands around it.</summary>
internal sealed class Place(FlowNode node, FlowScope scope, Place? around)
{
    public FlowNode Node { get; } = node;

    public FlowScope Scope { get; } = scope;

    /// <summary>The sub-process around it, or null.</summary>
    public Place? Around { get; } = around;

    public IReadOnlyList<SequenceFlow> Outgoing { get; } = [.. scope.OutgoingOf(node.Id)];

    public IReadOnlyList<SequenceFlow> Incoming { get; } = [.. scope.IncomingOf(node.Id)];

    public IReadOnlyList<BoundaryEvent> Boundaries { get; } = [.. scope.BoundariesOf(node.Id)];

    public string Id => Node.Id;

    public string? DefaultFlowId => Node switch
    {
        Activity a => a.DefaultFlowId,
        ExclusiveGateway g => g.DefaultFlowId,
        InclusiveGateway g => g.DefaultFlowId,
        _ => null,
    };

    /// <summary>Where a token goes from here within the scope: along flows, and over the events on its boundary.</summary>
    public IEnumerable<string> Next => Outgoing.Select(f => f.TargetId).Concat(Boundaries.Select(b => b.Id));

    /// <summary>The sub-processes around it, innermost first.</summary>
    public IEnumerable<Place> Ancestors
    {
        get
        {
            for (var place = Around; place is not null; place = place.Around)
            {
                yield return place;
            }
        }
    }
}

/// <summary>What can be said about a process without running it. Computed when asked, kept, and safe for many threads.</summary>
internal sealed class Graph
{
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HashSet<string>> downstream = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Join, string Flow), HashSet<string>> reaching = new();
    private readonly ConcurrentDictionary<string, HashSet<(string From, string To)>> backEdges = new(StringComparer.Ordinal);

    public Graph(ProcessModel process)
    {
        Add(process.Scope, null);
    }

    public IReadOnlyCollection<Place> Places => places.Values;

    public Place this[string nodeId] => places[nodeId];

    public Place? Find(string nodeId) => places.GetValueOrDefault(nodeId);

    /// <summary>
    /// The nodes of the same scope that come after a node, itself included, over boundaries too, but never backwards: an
    /// edge that closes a loop does not count. So a parallel branch is not "after" its neighbour because a loop surrounds both.
    /// </summary>
    public HashSet<string> Downstream(string nodeId) => downstream.GetOrAdd(nodeId, id =>
    {
        var scope = places[id].Scope;
        var back = backEdges.GetOrAdd(scope.Id, _ => FindBackEdges(scope));
        return Walk([id], from => places[from].Next.Where(to => !back.Contains((from, to))));
    });

    /// <summary>Whether the edge closes a loop.</summary>
    public bool IsBackwards(SequenceFlow flow, FlowScope scope) =>
        backEdges.GetOrAdd(scope.Id, _ => FindBackEdges(scope)).Contains((flow.SourceId, flow.TargetId));

    /// <summary>The nodes from which a token can come to a joining gateway by the given incoming flow without passing the gateway before.</summary>
    public HashSet<string> Reaching(string joinId, SequenceFlow incoming) => reaching.GetOrAdd((joinId, incoming.Id), _ =>
        incoming.SourceId == joinId ? [] : Walk([incoming.SourceId], to => Before(to).Where(from => from != joinId)));

    private IEnumerable<string> Before(string nodeId)
    {
        var place = places[nodeId];
        var sources = place.Incoming.Select(f => f.SourceId);
        return place.Node is BoundaryEvent boundary ? sources.Append(boundary.AttachedToId) : sources;
    }

    private static HashSet<string> Walk(IEnumerable<string> starts, Func<string, IEnumerable<string>> next)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        var open = new Stack<string>(starts);
        while (open.TryPop(out var node))
        {
            if (seen.Add(node))
            {
                foreach (var other in next(node))
                {
                    open.Push(other);
                }
            }
        }

        return seen;
    }

    private HashSet<(string From, string To)> FindBackEdges(FlowScope scope)
    {
        HashSet<(string From, string To)> back = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        HashSet<string> onPath = new(StringComparer.Ordinal);

        // Starts first; what no start reaches is walked too, in document order. No recursion: a flow may be long.
        var starts = scope.Nodes.Where(n => n is StartEvent).Concat(scope.Nodes.Where(n => n is not StartEvent)
            .OrderBy(n => n is BoundaryEvent || scope.IncomingOf(n.Id).Any()));
        foreach (var start in starts)
        {
            if (done.Contains(start.Id))
            {
                continue;
            }

            var path = new Stack<(string Node, IEnumerator<string> Next)>();
            onPath.Add(start.Id);
            path.Push((start.Id, places[start.Id].Next.GetEnumerator()));
            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    path.Pop();
                    onPath.Remove(top.Node);
                    done.Add(top.Node);
                    continue;
                }

                var to = top.Next.Current;
                if (onPath.Contains(to))
                {
                    back.Add((top.Node, to));
                }
                else if (!done.Contains(to))
                {
                    onPath.Add(to);
                    path.Push((to, places[to].Next.GetEnumerator()));
                }
            }
        }

        return back;
    }

    private void Add(FlowScope scope, Place? around)
    {
        if (scope.Flows.FirstOrDefault(f => scope.Find(f.SourceId) is null || scope.Find(f.TargetId) is null) is { } astray)
        {
            throw new ArgumentException($"The flow {astray.Id} does not connect two nodes of {scope.Id}.");
        }

        foreach (var node in scope.Nodes)
        {
            var place = new Place(node, scope, around);
            places.Add(node.Id, place);
            if (node is SubProcess inner)
            {
                Add(inner.Scope, place);
            }
        }
    }
}
