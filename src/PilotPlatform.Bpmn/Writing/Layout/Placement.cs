namespace PilotPlatform.Bpmn.Writing.Layout;

/// <summary>Where a node stands.</summary>
internal sealed record PlacedNode(FlowNode Node, Bounds Bounds, Bounds? Label);

/// <summary>How a flow runs.</summary>
internal sealed record PlacedFlow(SequenceFlow Flow, IReadOnlyList<Waypoint> Waypoints, Bounds? Label);

/// <summary>A scope laid out from (0, 0), what stands in its sub-processes included.</summary>
internal sealed record PlacedScope(double Width, double Height, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedFlow> Flows)
{
    public PlacedScope MovedBy(double x, double y)
    {
        return this with
        {
            Nodes = Nodes.Select(n => n with { Bounds = Move(n.Bounds), Label = n.Label is { } l ? Move(l) : null }).ToList(),
            Flows = Flows.Select(f => f with { Waypoints = f.Waypoints.Select(w => new Waypoint(w.X + x, w.Y + y)).ToList(), Label = f.Label is { } l ? Move(l) : null }).ToList(),
        };

        Bounds Move(Bounds b) => b with { X = b.X + x, Y = b.Y + y };
    }
}
