namespace PilotPlatform.Bpmn.Checks;

internal static class StructureChecks
{
    public static void Starts(ProcessModel process, CheckContext context, FindingList findings)
    {
        var plain = process.Scope.Nodes.OfType<StartEvent>().Where(s => s.Trigger is null).ToList();
        if (!process.Scope.Nodes.OfType<StartEvent>().Any())
        {
            findings.Error(FindingCodes.NoStart, process.Id);
        }

        foreach (var further in plain.Skip(1))
        {
            findings.Error(FindingCodes.SeveralStarts, further.Id);
        }

        foreach (var inner in process.AllNodes.OfType<SubProcess>())
        {
            if (inner.Scope.Nodes.Count == 0)
            {
                findings.Warning(FindingCodes.EmptySubProcess, inner.Id);
                continue;
            }

            var starts = inner.Scope.Nodes.OfType<StartEvent>().ToList();
            if (starts.Count == 0)
            {
                findings.Error(FindingCodes.NoStart, inner.Id);
            }

            foreach (var further in starts.Skip(1))
            {
                findings.Error(FindingCodes.SeveralStarts, further.Id);
            }
        }
    }

    public static void Paths(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            var reachable = Graph.Reachable(scope, Graph.StartsOf(scope));
            var isLast = (FlowNode n) => n is EndEvent || !scope.OutgoingOf(n.Id).Any();
            var ending = Graph.Reaching(scope, scope.Nodes.Where(isLast).Select(n => n.Id));
            foreach (var node in scope.Nodes)
            {
                if (!reachable.Contains(node.Id))
                {
                    findings.Error(FindingCodes.Unreachable, node.Id);
                }

                if (!ending.Contains(node.Id))
                {
                    findings.Error(FindingCodes.Endless, node.Id);
                }

                if (node is not EndEvent && isLast(node))
                {
                    findings.Warning(FindingCodes.ImplicitEnd, node.Id);
                }
            }
        }
    }

    public static void MisplacedFlows(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var scope in Graph.Scopes(process))
        {
            foreach (var flow in scope.Flows.Where(f => scope.Find(f.TargetId) is StartEvent or BoundaryEvent || scope.Find(f.SourceId) is EndEvent))
            {
                findings.Error(FindingCodes.FlowMisplaced, flow.Id);
            }
        }
    }
}
