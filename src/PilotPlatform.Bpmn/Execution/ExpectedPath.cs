namespace PilotPlatform.Bpmn.Execution;

/// <summary>A user task that may still come.</summary>
/// <param name="NodeId">The user task.</param>
/// <param name="IsCertain">True when the way forward leads through it; false when a condition or an event still decides.</param>
public sealed record ExpectedStep(string NodeId, bool IsCertain);

/// <summary>
/// What probably lies ahead of an instance: the user tasks downstream of its tokens, in order. Only forward: loops back and
/// boundary events are exceptions and not expected. Where conditions decide nothing is guessed: those steps are possible.
/// </summary>
public static class ExpectedPath
{
    /// <summary>The steps ahead, without those that are at work now.</summary>
    public static IReadOnlyList<ExpectedStep> Of(ProcessMachine machine, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(state);
        List<ExpectedStep> steps = [];
        if (state.Outcome is null)
        {
            AddLive(machine.Graph, state, machine.Process.Scope, 0, isCertain: true, steps);
        }

        // A step may be reached from several tokens; it stands where it comes first, and is certain when any of them says so.
        return [.. steps.GroupBy(s => s.NodeId).Select(g => new ExpectedStep(g.Key, g.Any(s => s.IsCertain)))];
    }

    /// <summary>The user tasks of a process that has not begun, in order.</summary>
    public static IReadOnlyList<ExpectedStep> Of(ProcessMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        List<ExpectedStep> steps = [];
        AddAll(machine.Graph, machine.Process.Scope, isCertain: true, steps);
        return steps;
    }

    private static void AddLive(Graph graph, ProcessState state, FlowScope scope, int parent, bool isCertain, List<ExpectedStep> steps)
    {
        var tokens = state.Executions.FindAll(e => e.Parent == parent);
        var ahead = new Ahead(graph, scope, [.. tokens.Where(t => t.Kind != ExecutionKind.StuckBefore).Select(t => t.NodeId)]);
        foreach (var node in ahead.InOrder)
        {
            foreach (var token in tokens.Where(t => t.NodeId == node.Id))
            {
                // An instance of a multi-instance sub-process lies one execution deeper.
                var scopes = token.Kind == ExecutionKind.Loop ? state.Executions.FindAll(e => e.Parent == token.Id) : [token];
                foreach (var inner in scopes.Where(s => s.Kind == ExecutionKind.Scope))
                {
                    AddLive(graph, state, ((SubProcess)node).Scope, inner.Id, isCertain, steps);
                }
            }

            // A token before an activity: it is stuck there, or waits for further ones with which the activity begins.
            if (ahead.IsReached(node.Id)
                || tokens.Exists(t => t.NodeId == node.Id && (t.Kind == ExecutionKind.StuckBefore || (t.Kind == ExecutionKind.Join && node is Activity))))
            {
                AddNode(graph, node, isCertain && ahead.IsCertain(node.Id), steps);
            }
        }
    }

    private static void AddAll(Graph graph, FlowScope scope, bool isCertain, List<ExpectedStep> steps)
    {
        var starts = ProcessRun.StartsOf(scope);
        var ahead = new Ahead(graph, scope, starts);
        foreach (var node in ahead.InOrder.Where(n => ahead.IsReached(n.Id) || starts.Contains(n.Id)))
        {
            AddNode(graph, node, isCertain && (ahead.IsCertain(node.Id) || starts is [var only] && only == node.Id), steps);
        }
    }

    private static void AddNode(Graph graph, FlowNode node, bool isCertain, List<ExpectedStep> steps)
    {
        switch (node)
        {
            case UserTask:
                steps.Add(new ExpectedStep(node.Id, isCertain));
                break;
            case SubProcess inner:
                AddAll(graph, inner.Scope, isCertain, steps);
                break;
        }
    }

    /// <summary>What lies ahead of some nodes within one scope.</summary>
    private sealed class Ahead
    {
        private readonly Graph graph;
        private readonly IReadOnlyList<string> tokens;
        private readonly HashSet<string> reached = new(StringComparer.Ordinal);
        private readonly List<FlowNode> inOrder = [];

        public Ahead(Graph graph, FlowScope scope, IReadOnlyList<string> tokens)
        {
            this.graph = graph;
            this.tokens = tokens;
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (var token in tokens)
            {
                Walk(token, seen);
            }

            // Depth first, so every node stands after what leads to it once the order is turned round.
            inOrder.Reverse();
            inOrder.AddRange(scope.Nodes.Where(n => !seen.Contains(n.Id)));
        }

        public IReadOnlyList<FlowNode> InOrder => inOrder;

        public bool IsReached(string nodeId) => reached.Contains(nodeId);

        public bool IsCertain(string nodeId)
        {
            Dictionary<string, bool> known = new(StringComparer.Ordinal) { [nodeId] = true };
            return tokens.Any(t => t == nodeId ? LeadsOn(t) : Leads(t));

            bool Leads(string from)
            {
                if (!known.TryGetValue(from, out var leads))
                {
                    known[from] = leads = LeadsOn(from);
                }

                return leads;
            }

            bool LeadsOn(string from)
            {
                var (always, choice) = Ways(graph[from]);
                return always.Exists(f => Leads(f.TargetId)) || (choice.Count > 0 && choice.TrueForAll(f => Leads(f.TargetId)));
            }
        }

        /// <summary>The flows forward: those taken in any case, and those of which a condition or an event chooses.</summary>
        private (List<SequenceFlow> Always, List<SequenceFlow> Choice) Ways(Place place)
        {
            var forward = place.Outgoing.Where(f => !graph.IsBackwards(f, place.Scope)).ToList();
            return place.Node switch
            {
                ParallelGateway => (forward, []),
                ExclusiveGateway or EventBasedGateway => ([], forward),
                _ => (forward.FindAll(f => f.Condition is null && f.Id != place.DefaultFlowId),
                    forward.FindAll(f => f.Condition is not null || f.Id == place.DefaultFlowId)),
            };
        }

        private void Walk(string start, HashSet<string> seen)
        {
            if (!seen.Add(start))
            {
                return;
            }

            var path = new Stack<(string Node, Queue<string> Next)>();
            path.Push((start, Next(start)));
            while (path.TryPeek(out var top))
            {
                if (!top.Next.TryDequeue(out var to))
                {
                    path.Pop();
                    inOrder.Add(graph[top.Node].Node);
                    continue;
                }

                reached.Add(to);
                if (seen.Add(to))
                {
                    path.Push((to, Next(to)));
                }
            }
        }

        // The last flow first: turned round, the first one drawn comes first.
        private Queue<string> Next(string node)
        {
            var (always, choice) = Ways(graph[node]);
            return new Queue<string>(always.Concat(choice).Reverse().Select(f => f.TargetId));
        }
    }
}
