namespace PilotPlatform.Bpmn.Writing.Layout;

/// <summary>Lays a scope out: nodes on a grid from left to right, flows as horizontal and vertical lines, labels where there is room.</summary>
internal sealed class ScopeLayout
{
    private const double EventSize = 36;
    private const double GatewaySize = 50;
    private const double TaskWidth = 120;
    private const double TaskHeight = 80;
    private const double Padding = 30;
    private const double TitleHeight = 30;
    private const double RowGap = 30;
    private const double ChannelMargin = 25;
    private const double TrackGap = 14;
    private const double LaneGap = 18;
    private const double LabelWidth = 96;

    private readonly FlowScope scope;
    private readonly Dictionary<string, PlacedScope> inside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly LayeredGraph graph;
    private readonly double[] channelLeft; // of the channel before each column, and of the one after the last
    private readonly Dictionary<(int Channel, object Owner), double> tracks = [];
    private readonly Dictionary<Link, double> lanes = [];
    private readonly HashSet<Link> lanesAbove = [];
    private readonly double width;
    private readonly double height;

    private ScopeLayout(FlowScope scope)
    {
        this.scope = scope;
        foreach (var node in scope.Nodes.Where(n => n is not BoundaryEvent))
        {
            cells.Add(node.Id, CellOf(node));
        }

        graph = new LayeredGraph(cells.Values.ToList(), LinksOf(scope).ToList());
        channelLeft = new double[graph.Columns.Count + 1];
        (width, height) = SetCoordinates();
    }

    public static PlacedScope Place(FlowScope scope)
    {
        var layout = new ScopeLayout(scope);
        var nodes = new List<PlacedNode>();
        var flows = layout.PlacedFlows();
        var ends = flows.SelectMany(f => new[] { f.Waypoints[0], f.Waypoints[^1] }).ToHashSet();
        foreach (var node in scope.Nodes)
        {
            var bounds = layout.BoundsOf(node);
            nodes.Add(new PlacedNode(node, bounds, LabelOf(node, bounds, ends)));
            if (node is SubProcess && layout.inside.TryGetValue(node.Id, out var inner))
            {
                var moved = inner.MovedBy(bounds.X, bounds.Y + TitleHeight);
                nodes.AddRange(moved.Nodes);
                flows.AddRange(moved.Flows);
            }
        }

        return new PlacedScope(layout.width, layout.height, nodes, flows);
    }

    private Cell CellOf(FlowNode node)
    {
        var (w, h) = SizeOf(node);
        var boundaries = scope.BoundariesOf(node.Id).Count();
        var label = node.Name is { } name && node is not Activity ? TextSize.Broken(name, LabelWidth).Height + 6 : 0;
        return new Cell(node, w, h)
        {
            // A gateway's name stands above it, where no flow leaves when there is room below; an event's below.
            Above = (h / 2) + (node is Gateway ? label : 0),
            Below = (h / 2) + (node is Gateway ? 0 : label) + (boundaries == 0 ? 0 : (EventSize / 2) + 16 + (boundaries * TrackGap)),
        };
    }

    private (double Width, double Height) SizeOf(FlowNode node)
    {
        switch (node)
        {
            case Gateway:
                return (GatewaySize, GatewaySize);
            case SubProcess { Scope.Nodes.Count: > 0 } sub:
                var inner = Place(sub.Scope);
                inside[node.Id] = inner;
                return (Math.Max(TaskWidth, inner.Width), inner.Height + TitleHeight);
            case Activity:
                return (TaskWidth, TaskHeight);
            default:
                return (EventSize, EventSize);
        }
    }

    private IEnumerable<Link> LinksOf(FlowScope scope)
    {
        // What leaves a boundary comes after what leaves the activity itself, so that it tends to run below.
        foreach (var flow in scope.Flows.OrderBy(f => scope.Find(f.SourceId) is BoundaryEvent))
        {
            var boundary = scope.Find(flow.SourceId) as BoundaryEvent;
            var target = scope.Find(flow.TargetId) is BoundaryEvent odd ? odd.AttachedToId : flow.TargetId;
            yield return new Link(flow, cells[boundary?.AttachedToId ?? flow.SourceId], cells[target], boundary);
        }
    }

    private (double Width, double Height) SetCoordinates()
    {
        var back = graph.Links.Where(l => l.IsBack).ToList();
        var above = back.Where(l => l.Boundary is null && (l.From.Row + l.To.Row) / 2.0 <= (graph.RowCount - 1) / 2.0).ToList();
        lanesAbove.UnionWith(above);

        // Rows.
        var y = Padding + (above.Count * LaneGap);
        for (var i = 0; i < above.Count; i++)
        {
            lanes[above[i]] = Padding + (i * LaneGap);
        }

        for (var row = 0; row < graph.RowCount; row++)
        {
            var inRow = graph.Columns.SelectMany(c => c).Where(c => c.Row == row).ToList();
            y += inRow.Select(c => c.Above).DefaultIfEmpty(0).Max();
            inRow.ForEach(c => c.Y = y);
            y += inRow.Select(c => c.Below).DefaultIfEmpty(0).Max() + RowGap;
        }

        foreach (var link in back.Except(above))
        {
            lanes[link] = y - (RowGap / 2);
            y += LaneGap;
        }

        // Columns and the channels between them.
        var x = Padding;
        for (var column = 0; column <= graph.Columns.Count; column++)
        {
            channelLeft[column] = x;
            x = SetTracks(column, x);
            if (column < graph.Columns.Count)
            {
                var wide = graph.Columns[column].Select(WidthWithLabel).DefaultIfEmpty(0).Max();
                foreach (var cell in graph.Columns[column])
                {
                    cell.X = x + (wide / 2);
                }

                x += wide;
            }
        }

        return (x + Padding, y - RowGap + Padding);
    }

    private static double WidthWithLabel(Cell cell) => cell.Node is { Name: { } name } and not Activity
        ? Math.Max(cell.Width, TextSize.Broken(name, LabelWidth).Width + 20)
        : cell.Width;

    /// <summary>Gives every bundle of vertical lines in a channel its own track, and says where the channel ends.</summary>
    private double SetTracks(int channel, double left)
    {
        // A bundle: what leaves one cell to the right, or one link that leads back. Rows it comes from and goes to.
        var bundles = new Dictionary<object, (HashSet<int> From, HashSet<int> To)>();
        var label = 0.0;
        foreach (var link in graph.Links)
        {
            if (link.IsBack)
            {
                if (link.From.Column + 1 == channel && !LeavesUpright(link))
                {
                    Bundle((link, "out")).From.Add(link.From.Row);
                }

                if (link.To.Column == channel && !EntersUpright(link))
                {
                    Bundle((link, "in")).To.Add(link.To.Row);
                }

                continue;
            }

            if (link.From.Column + 1 == channel && link.Flow.Name is { } name)
            {
                label = Math.Max(label, TextSize.Broken(name, LabelWidth).Width + 10);
            }

            var at = channel - 1 - link.From.Column;
            if (at >= 0 && at < link.Path.Count - 1 && (link.Path[at].Row != link.Path[at + 1].Row || (at == 0 && link.Boundary is not null)))
            {
                var bundle = Bundle(at == 0 && link.Boundary is { } b ? b : link.Path[at]);
                bundle.From.Add(link.Path[at].Row);
                bundle.To.Add(link.Path[at + 1].Row);
            }
        }

        var x = left + (channel == 0 ? 0 : ChannelMargin);
        foreach (var owner in InOrder(bundles))
        {
            tracks[(channel, owner)] = x;
            x += TrackGap;
        }

        // The outermost channels take no room unless a flow runs there.
        var isOuter = channel == 0 || channel == graph.Columns.Count;
        return isOuter && bundles.Count == 0 ? left
            : isOuter ? x + ChannelMargin : x + Math.Max(ChannelMargin, label);

        (HashSet<int> From, HashSet<int> To) Bundle(object owner)
        {
            if (!bundles.TryGetValue(owner, out var bundle))
            {
                bundles.Add(owner, bundle = ([], []));
            }

            return bundle;
        }
    }

    /// <summary>
    /// A bundle that ends in a row stands to the right of one that begins in it, so that their horizontal parts do not lie on
    /// one another; where that goes round in a circle, the first found comes first.
    /// </summary>
    private static List<object> InOrder(Dictionary<object, (HashSet<int> From, HashSet<int> To)> bundles)
    {
        var ordered = new List<object>();
        var rest = bundles.ToList();
        while (rest.Count > 0)
        {
            var next = rest.FindIndex(b => rest.TrueForAll(o => ReferenceEquals(o.Key, b.Key) || !o.Value.From.Overlaps(b.Value.To)));
            next = Math.Max(next, 0);
            ordered.Add(rest[next].Key);
            rest.RemoveAt(next);
        }

        return ordered;
    }

    private Bounds BoundsOf(FlowNode node)
    {
        if (node is BoundaryEvent boundary)
        {
            var host = BoundsOf(scope.Find(boundary.AttachedToId)!);
            var siblings = scope.BoundariesOf(boundary.AttachedToId).ToList();
            var position = siblings.FindIndex(b => b.Id == boundary.Id) + 1;
            return new Bounds(
                Math.Round(host.X + (host.Width * position / (siblings.Count + 1)) - (EventSize / 2)), host.Y + host.Height - (EventSize / 2), EventSize, EventSize);
        }

        var cell = cells[node.Id];
        return new Bounds(cell.X - (cell.Width / 2), cell.Y - (cell.Height / 2), cell.Width, cell.Height);
    }

    private static Bounds? LabelOf(FlowNode node, Bounds bounds, HashSet<Waypoint> ends)
    {
        if (node.Name is not { } name || node is Activity)
        {
            return null;
        }

        var (w, h) = TextSize.Broken(name, LabelWidth);
        var middle = bounds.X + (bounds.Width / 2);
        return node switch
        {
            // Left of the line that leaves a gateway upwards, if there is one.
            Gateway when ends.Contains(new Waypoint(Math.Round(middle), Math.Round(bounds.Y))) => new Bounds(middle - w - 5, bounds.Y - h - 4, w, h),
            Gateway => new Bounds(middle - (w / 2), bounds.Y - h - 4, w, h),

            // Left of the line that leaves a boundary event downwards and may turn right.
            BoundaryEvent => new Bounds(middle - w - 6, bounds.Y + bounds.Height + 1, w, h),
            _ => new Bounds(middle - (w / 2), bounds.Y + bounds.Height + 4, w, h),
        };
    }

    private List<PlacedFlow> PlacedFlows()
    {
        var drawn = graph.Links.Select(l => (Link: l, Points: Tidied(l.IsBack ? BackPoints(l) : ForwardPoints(l)))).ToList();
        var begins = drawn.ToLookup(d => d.Points[0]);
        return drawn.ConvertAll(d => new PlacedFlow(d.Link.Flow, d.Points, FlowLabel(d.Link, d.Points, begins[d.Points[0]].Count() > 1)));
    }

    private List<Waypoint> ForwardPoints(Link link)
    {
        var points = new List<Waypoint>();
        var channel = link.From.Column + 1;
        var next = link.Path[1];
        var start = StartOf(link);

        if (link.Boundary is not null && next.Row > link.From.Row && IsFree(link.From, next.Row))
        {
            points.AddRange([start, new Waypoint(start.X, next.Y)]);
        }
        else if (link.Boundary is { } boundary)
        {
            var below = StubOf(boundary, start);
            points.AddRange([start, new Waypoint(start.X, below), new Waypoint(tracks[(channel, boundary)], below), new Waypoint(tracks[(channel, boundary)], next.Y)]);
        }
        else if (link.From.Node is Gateway && next.Row != link.From.Row && IsFree(link.From, next.Row))
        {
            var side = next.Row > link.From.Row ? 1 : -1;
            points.AddRange([new Waypoint(link.From.X, link.From.Y + (side * GatewaySize / 2)), new Waypoint(link.From.X, next.Y)]);
        }
        else
        {
            points.Add(start);
            Step(link.From, next, channel);
        }

        for (var i = 1; i < link.Path.Count - 1; i++)
        {
            Step(link.Path[i], link.Path[i + 1], channel + i);
        }

        points.Add(new Waypoint(link.To.X - (link.To.Width / 2), link.To.Y));
        return points;

        void Step(Cell from, Cell to, int through)
        {
            if (from.Node is null)
            {
                points.Add(new Waypoint(from.X, from.Y));
            }

            if (from.Row != to.Row)
            {
                var track = tracks[(through, from)];
                points.AddRange([new Waypoint(track, from.Y), new Waypoint(track, to.Y)]);
            }
        }
    }

    private List<Waypoint> BackPoints(Link link)
    {
        var lane = lanes[link];
        var side = lanesAbove.Contains(link) ? -1 : 1;
        var points = new List<Waypoint>();
        if (LeavesUpright(link))
        {
            points.AddRange([new Waypoint(link.From.X, link.From.Y + (side * link.From.Height / 2)), new Waypoint(link.From.X, lane)]);
        }
        else
        {
            var right = tracks[(link.From.Column + 1, (link, "out"))];
            var start = StartOf(link);
            var turn = link.Boundary is { } boundary ? StubOf(boundary, start) : start.Y;
            points.AddRange([start, new Waypoint(start.X, turn), new Waypoint(right, turn), new Waypoint(right, lane)]);
        }

        if (EntersUpright(link))
        {
            points.AddRange([new Waypoint(link.To.X, lane), new Waypoint(link.To.X, link.To.Y + (side * link.To.Height / 2))]);
        }
        else
        {
            var left = tracks[(link.To.Column, (link, "in"))];
            points.AddRange([new Waypoint(left, lane), new Waypoint(left, link.To.Y), new Waypoint(link.To.X - (link.To.Width / 2), link.To.Y)]);
        }

        return points;
    }

    private bool LeavesUpright(Link link) => link.Boundary is null && link.From != link.To && IsOpen(link.From, lanesAbove.Contains(link));

    private bool EntersUpright(Link link) => IsOpen(link.To, lanesAbove.Contains(link));

    /// <summary>True when no node stands between a cell and the lanes above or below, and no boundary event on that side of it.</summary>
    private bool IsOpen(Cell cell, bool above) =>
        graph.Columns[cell.Column].All(c => c == cell || c.Node is null || (above ? c.Row > cell.Row : c.Row < cell.Row))
        && (above || !scope.BoundariesOf(cell.Node!.Id).Any());

    private Waypoint StartOf(Link link)
    {
        if (link.Boundary is { } boundary)
        {
            var bounds = BoundsOf(boundary);
            return new Waypoint(bounds.X + (EventSize / 2), bounds.Y + EventSize);
        }

        return new Waypoint(link.From.X + (link.From.Width / 2), link.From.Y);
    }

    /// <summary>How far down a flow leaves a boundary event before it turns right: each of an activity at its own height.</summary>
    private double StubOf(BoundaryEvent boundary, Waypoint start)
    {
        var siblings = scope.BoundariesOf(boundary.AttachedToId).ToList();
        return start.Y + 12 + ((siblings.Count - 1 - siblings.FindIndex(b => b.Id == boundary.Id)) * TrackGap);
    }

    /// <summary>True when nothing stands or passes in the cell's column in that row, and no node between.</summary>
    private bool IsFree(Cell cell, int row) => graph.Columns[cell.Column].All(c =>
        c == cell || (c.Row != row && (c.Node is null || c.Row < Math.Min(cell.Row, row) || c.Row > Math.Max(cell.Row, row))));

    /// <summary>Without points that do not turn; coordinates in whole points.</summary>
    private static List<Waypoint> Tidied(List<Waypoint> points)
    {
        var tidy = new List<Waypoint>();
        foreach (var point in points.Select(p => new Waypoint(Math.Round(p.X), Math.Round(p.Y))))
        {
            if (tidy.Count > 0 && tidy[^1] == point)
            {
                continue;
            }

            if (tidy.Count > 1 && ((tidy[^2].X == tidy[^1].X && tidy[^1].X == point.X) || (tidy[^2].Y == tidy[^1].Y && tidy[^1].Y == point.Y)))
            {
                tidy[^1] = point;
                continue;
            }

            tidy.Add(point);
        }

        return tidy;
    }

    private static Bounds? FlowLabel(Link link, List<Waypoint> points, bool beginIsShared)
    {
        if (link.Flow.Name is not { } name)
        {
            return null;
        }

        // Above the first horizontal part that is long enough, near where it begins; of a flow that leads back, the long part.
        var (w, h) = TextSize.Broken(name, LabelWidth);
        var all = points.Zip(points.Skip(1)).Where(p => p.First.Y == p.Second.Y).ToList();
        var parts = all.ToList();
        if (beginIsShared && parts.Count > 1 && parts[0].First == points[0])
        {
            parts.RemoveAt(0); // that part belongs to the sibling that goes straight on
        }

        var (from, to) = parts.Where(p => Length(p) >= w).Concat(all.OrderByDescending(Length)).FirstOrDefault((points[0], points[^1]));
        var x = to.X >= from.X ? from.X + 4 : from.X - w - 4;
        return new Bounds(x, from.Y - h - 2, w, h);

        static double Length((Waypoint First, Waypoint Second) part) => Math.Abs(part.Second.X - part.First.X);
    }
}
