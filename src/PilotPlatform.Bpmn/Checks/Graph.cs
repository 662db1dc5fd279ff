namespace PilotPlatform.Bpmn.Checks;

/// <summary>Questions about paths.</summary>
internal static class Graph
{
    /// <summary>The scope of the process and of every sub-process, parents first.</summary>
    public static IEnumerable<FlowScope> Scopes(ProcessModel process) =>
        process.AllNodes.OfType<SubProcess>().Select(s => s.Scope).Prepend(process.Scope);

    /// <summary>The nodes of a scope that a token can come to. An activity leads to its boundary events too.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="from">Where tokens begin.</param>
    /// <param name="without">Flows that are taken away.</param>
    public static HashSet<string> Reachable(FlowScope scope, IEnumerable<string> from, IReadOnlySet<string>? without = null)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var id))
        {
            var next = scope.OutgoingOf(id).Where(f => without?.Contains(f.Id) != true).Select(f => f.TargetId)
                .Concat(scope.BoundariesOf(id).Select(b => b.Id));
            foreach (var target in next.Where(reached.Add))
            {
                open.Enqueue(target);
            }
        }

        return reached;
    }

    /// <summary>The nodes of a scope from which a token can come to one of the given.</summary>
    public static HashSet<string> Reaching(FlowScope scope, IEnumerable<string> goals)
    {
        var reaching = new HashSet<string>(goals, StringComparer.Ordinal);
        var open = new Queue<string>(reaching);
        while (open.TryDequeue(out var id))
        {
            var before = scope.IncomingOf(id).Select(f => f.SourceId);
            if (scope.Find(id) is BoundaryEvent boundary)
            {
                before = before.Append(boundary.AttachedToId);
            }

            foreach (var source in before.Where(reaching.Add))
            {
                open.Enqueue(source);
            }
        }

        return reaching;
    }

    public static IEnumerable<string> StartsOf(FlowScope scope) => scope.Nodes.OfType<StartEvent>().Select(s => s.Id);

    /// <summary>True when a token can have passed one node, in whatever scope, before it comes to another.</summary>
    public static bool CanPrecede(ProcessModel process, string earlier, string later)
    {
        // The scopes that hold the later node, from the outside in, with what stands for it in each.
        var paths = new Dictionary<string, List<(FlowScope Scope, string Node)>>(StringComparer.Ordinal);
        Trace(process.Scope, []);
        if (!paths.TryGetValue(earlier, out var one) || !paths.TryGetValue(later, out var other))
        {
            return false;
        }

        // In the innermost scope they share, what stands for the earlier leads to what stands for the later; or a loop further out repeats both.
        for (var depth = 0; depth < Math.Min(one.Count, other.Count) && ReferenceEquals(one[depth].Scope, other[depth].Scope); depth++)
        {
            var (scope, from) = one[depth];
            var next = scope.OutgoingOf(from).Select(f => f.TargetId).Concat(scope.BoundariesOf(from).Select(b => b.Id));
            if (Reachable(scope, next).Contains(other[depth].Node))
            {
                return true;
            }
        }

        return false;

        void Trace(FlowScope scope, List<(FlowScope, string)> above)
        {
            foreach (var node in scope.Nodes)
            {
                List<(FlowScope, string)> path = [.. above, (scope, node.Id)];
                paths.TryAdd(node.Id, path);
                if (node is SubProcess inner)
                {
                    Trace(inner.Scope, path);
                }
            }
        }
    }
}
