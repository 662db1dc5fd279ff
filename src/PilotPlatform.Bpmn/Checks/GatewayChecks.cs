namespace PilotPlatform.Bpmn.Checks;

internal static class GatewayChecks
{
    /// <summary>Whoever chooses by conditions needs a way out when none holds.</summary>
    public static void Defaults(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var (scope, node, defaultFlow) in Choosing(process))
        {
            var outgoing = scope.OutgoingOf(node.Id).ToList();
            if (defaultFlow is not null)
            {
                if (outgoing.TrueForAll(f => f.Id != defaultFlow))
                {
                    findings.Error(FindingCodes.DefaultUnknown, node.Id, ("flow", defaultFlow));
                }

                continue;
            }

            // After an activity a flow without a condition is always taken; after a gateway it is an oversight of its own.
            var canBlock = node is Gateway
                ? outgoing.Count > 1 || outgoing.Exists(f => f.Condition is not null)
                : outgoing.Count > 0 && outgoing.TrueForAll(f => f.Condition is not null);
            if (canBlock)
            {
                findings.Error(FindingCodes.DefaultMissing, node.Id);
            }
        }
    }

    public static void Conditions(ProcessModel process, CheckContext context, FindingList findings)
    {
        var choosing = Choosing(process).ToDictionary(c => c.Node.Id, StringComparer.Ordinal);
        foreach (var scope in Graph.Scopes(process))
        {
            foreach (var flow in scope.Flows)
            {
                var chooser = choosing.GetValueOrDefault(flow.SourceId);
                var isDefault = chooser.Node is not null && chooser.DefaultFlow == flow.Id;
                if (flow.Condition is not null && (chooser.Node is null || isDefault))
                {
                    findings.Warning(FindingCodes.ConditionIgnored, flow.Id);
                }
                else if (flow.Condition is null && !isDefault && chooser.Node is Gateway && scope.OutgoingOf(flow.SourceId).Count() > 1)
                {
                    findings.Error(FindingCodes.ConditionMissing, flow.Id);
                }
            }
        }
    }

    /// <summary>
    /// A parallel gateway that waits for two flows of which a choice before it takes only one. Only the certain case is
    /// reported: the choice is made once, by one token.
    /// </summary>
    public static void Joins(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            var joins = scope.Nodes.OfType<ParallelGateway>().Where(j => scope.IncomingOf(j.Id).Skip(1).Any()).ToList();
            if (joins.Count == 0)
            {
                continue;
            }

            var all = Graph.Reachable(scope, Graph.StartsOf(scope));
            foreach (var (choice, ways) in Choices(scope))
            {
                // What is left when a way is taken away: whoever is not there any more depends on that way.
                var without = ways.Select(w => (Way: w, Left: Graph.Reachable(scope, Graph.StartsOf(scope), w))).ToList();
                foreach (var join in joins.Where(j => without.Count(w => Depends(scope, j, all, w.Way, w.Left)) > 1).ToList())
                {
                    findings.Error(FindingCodes.JoinNeverMet, join.Id, ("choice", choice.Id));
                    joins.Remove(join);
                }
            }
        }
    }

    /// <summary>An activity that begins with several tokens, where only one can ever come. Again only the certain case.</summary>
    public static void Quantities(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            foreach (var activity in scope.Nodes.OfType<Activity>().Where(a => a.StartQuantity > 1 && scope.IncomingOf(a.Id).Any() && IsPassedOnce(scope, a.Id)))
            {
                findings.Error(FindingCodes.Endless, activity.Id);
            }
        }
    }

    public static void EventGateways(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            foreach (var gateway in scope.Nodes.OfType<EventBasedGateway>().Where(g => scope.OutgoingOf(g.Id).Count() < 2))
            {
                findings.Error(FindingCodes.EventGatewayTooFew, gateway.Id);
            }
        }
    }

    private static IEnumerable<(FlowScope Scope, FlowNode Node, string? DefaultFlow)> Choosing(ProcessModel process)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            foreach (var node in scope.Nodes)
            {
                switch (node)
                {
                    case ExclusiveGateway g:
                        yield return (scope, node, g.DefaultFlowId);
                        break;
                    case InclusiveGateway g:
                        yield return (scope, node, g.DefaultFlowId);
                        break;
                    case Activity a:
                        yield return (scope, node, a.DefaultFlowId);
                        break;
                }
            }
        }
    }

    /// <summary>The nodes that take one of several ways, once, with the flows of each way.</summary>
    private static IEnumerable<(FlowNode Node, IReadOnlyList<IReadOnlySet<string>> Ways)> Choices(FlowScope scope)
    {
        foreach (var node in scope.Nodes)
        {
            var interrupting = scope.BoundariesOf(node.Id).Where(b => b.IsInterrupting).ToList();
            var isGateway = node is ExclusiveGateway or EventBasedGateway;
            if ((isGateway || interrupting.Count > 0) && IsPassedOnce(scope, node.Id))
            {
                yield return (node, isGateway
                    ? scope.OutgoingOf(node.Id).Select(f => Ids([f])).ToList()
                    : interrupting.Select(b => Ids(scope.OutgoingOf(b.Id))).Prepend(Ids(scope.OutgoingOf(node.Id))).ToList());
            }
        }

        static IReadOnlySet<string> Ids(IEnumerable<SequenceFlow> flows) => flows.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>True when some flow into the join can only be taken by that way.</summary>
    private static bool Depends(FlowScope scope, ParallelGateway join, HashSet<string> all, IReadOnlySet<string> way, HashSet<string> rest) =>
        scope.IncomingOf(join.Id).Any(f => all.Contains(f.SourceId) && (way.Contains(f.Id) || !rest.Contains(f.SourceId)));

    /// <summary>True when the node stands in no loop and nothing before it makes two tokens of one.</summary>
    private static bool IsPassedOnce(FlowScope scope, string nodeId)
    {
        var before = Graph.Reaching(scope, [nodeId]);
        return scope.Nodes.Where(n => before.Contains(n.Id) && n.Id != nodeId).All(n => !MakesSeveral(scope, n, before))
            && !scope.OutgoingOf(nodeId).Any(f => before.Contains(f.TargetId))
            && !scope.BoundariesOf(nodeId).Any(b => !b.IsInterrupting || scope.OutgoingOf(b.Id).Any(f => before.Contains(f.TargetId)))
            && Graph.StartsOf(scope).Count(before.Contains) <= 1;
    }

    private static bool MakesSeveral(FlowScope scope, FlowNode node, HashSet<string> within) =>
        (node is Activity { CompletionQuantity: > 1 } && scope.OutgoingOf(node.Id).Any(f => within.Contains(f.TargetId)))
        || (node is not (ExclusiveGateway or EventBasedGateway) && scope.OutgoingOf(node.Id).Count(f => within.Contains(f.TargetId)) > 1)
        || scope.BoundariesOf(node.Id).Any(b => !b.IsInterrupting && within.Contains(b.Id));
}
