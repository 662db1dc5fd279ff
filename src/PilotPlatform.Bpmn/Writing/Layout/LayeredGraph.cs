namespace PilotPlatform.Bpmn.Writing.Layout;

/// <summary>Something that takes a cell of the grid: a node, or the place where a long flow passes a column.</summary>
internal sealed class Cell(FlowNode? node, double width, double height)
{
    /// <summary>Null where a flow only passes.</summary>
    public FlowNode? Node { get; } = node;

    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Room needed above and below the middle line: the shape, its label, boundary events and their flows.</summary>
    public double Above { get; init; } = height / 2;

    public double Below { get; init; } = height / 2;

    public int Column { get; set; }

    public int Order { get; set; }

    public int Row { get; set; }

    public double X { get; set; }

    public double Y { get; set; }
}

/// <summary>A sequence flow between two cells.</summary>
internal sealed class Link(SequenceFlow flow, Cell from, Cell to, BoundaryEvent? boundary)
{
    public SequenceFlow Flow { get; } = flow;

    public Cell From { get; } = from;

    public Cell To { get; } = to;

    /// <summary>The boundary event that the flow leaves, when it does not leave the activity itself.</summary>
    public BoundaryEvent? Boundary { get; } = boundary;

    /// <summary>It leads back to an earlier column (or to its own node).</summary>
    public bool IsBack { get; set; }

    /// <summary>From, the cells it passes, to: one a column. For a link back only the two ends.</summary>
    public List<Cell> Path { get; } = [];
}

/// <summary>
/// Puts the nodes of a scope into columns and rows (Sugiyama's way): flows lead to the right except where they must lead back;
/// columns by the longest path from a start; order within a column by the mean of its neighbours; rows so that flows run straight.
/// </summary>
internal sealed class LayeredGraph
{
    private const int Sweeps = 12;

    private readonly List<List<Cell>> columns = [];
    private readonly List<(Cell From, Cell To)> steps = [];

    public LayeredGraph(IReadOnlyList<Cell> nodes, IReadOnlyList<Link> links)
    {
        Nodes = nodes;
        Links = links;
        MarkBackLinks();
        SetColumns();
        AddPassingCells();
        OrderColumns();
        SetRows();
    }

    public IReadOnlyList<Cell> Nodes { get; }

    public IReadOnlyList<Link> Links { get; }

    public IReadOnlyList<IReadOnlyList<Cell>> Columns => columns;

    public int RowCount { get; private set; }

    private void MarkBackLinks()
    {
        var outgoing = Links.ToLookup(l => l.From);
        var state = new Dictionary<Cell, bool>(); // false: on the way, true: done
        foreach (var root in Nodes.OrderByDescending(n => n.Node is StartEvent))
        {
            if (state.ContainsKey(root))
            {
                continue;
            }

            // Depth first without recursion: a long chain must not end the process.
            var way = new Stack<(Cell Cell, IEnumerator<Link> Next)>();
            Enter(root);
            while (way.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    state[way.Pop().Cell] = true;
                }
                else if (!state.TryGetValue(top.Next.Current.To, out var done))
                {
                    Enter(top.Next.Current.To);
                }
                else
                {
                    top.Next.Current.IsBack = !done;
                }
            }

            void Enter(Cell cell)
            {
                state[cell] = false;
                way.Push((cell, outgoing[cell].GetEnumerator()));
            }
        }
    }

    private void SetColumns()
    {
        var forward = Links.Where(l => !l.IsBack).ToList();
        var waiting = Nodes.ToDictionary(n => n, n => forward.Count(l => l.To == n));
        var open = new Queue<Cell>(Nodes.Where(n => waiting[n] == 0));
        var byFrom = forward.ToLookup(l => l.From);
        while (open.TryDequeue(out var cell))
        {
            foreach (var link in byFrom[cell])
            {
                link.To.Column = Math.Max(link.To.Column, cell.Column + 1);
                if (--waiting[link.To] == 0)
                {
                    open.Enqueue(link.To);
                }
            }
        }

        foreach (var node in Nodes)
        {
            while (columns.Count <= node.Column)
            {
                columns.Add([]);
            }

            columns[node.Column].Add(node);
        }
    }

    private void AddPassingCells()
    {
        foreach (var link in Links)
        {
            link.Path.Add(link.From);
            if (!link.IsBack)
            {
                for (var column = link.From.Column + 1; column < link.To.Column; column++)
                {
                    var passing = new Cell(null, 0, 0) { Column = column, Above = 8, Below = 8 };
                    columns[column].Add(passing);
                    link.Path.Add(passing);
                }
            }

            link.Path.Add(link.To);
            if (!link.IsBack)
            {
                steps.AddRange(link.Path.Zip(link.Path.Skip(1)));
            }
        }
    }

    private void OrderColumns()
    {
        // To begin with, in the order in which one comes upon them: what leaves first stands above.
        var met = new Dictionary<Cell, int>();
        var following = Links.Where(l => !l.IsBack).SelectMany(l => l.Path.Zip(l.Path.Skip(1))).ToLookup(s => s.First, s => s.Second);
        foreach (var root in columns.SelectMany(c => c).OrderByDescending(c => c.Node is StartEvent))
        {
            var open = new Stack<Cell>([root]);
            while (open.TryPop(out var cell))
            {
                if (met.TryAdd(cell, met.Count))
                {
                    foreach (var next in following[cell].Reverse())
                    {
                        open.Push(next);
                    }
                }
            }
        }

        foreach (var column in columns)
        {
            column.Sort((a, b) => met[a].CompareTo(met[b]));
            Number(column);
        }

        var best = Snapshot();
        var fewest = Crossings();
        var before = steps.ToLookup(s => s.To, s => s.From);
        var after = steps.ToLookup(s => s.From, s => s.To);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var toTheRight = sweep % 2 == 0;
            foreach (var column in toTheRight ? columns : Enumerable.Reverse(columns))
            {
                var neighbours = toTheRight ? before : after;
                var sorted = column
                    .OrderBy(c => neighbours[c].Select(n => (double)n.Order).DefaultIfEmpty(c.Order).Average())
                    .ThenBy(c => c.Order).ToList();
                column.Clear();
                column.AddRange(sorted);
                Number(column);
            }

            if (Crossings() < fewest)
            {
                fewest = Crossings();
                best = Snapshot();
            }
        }

        foreach (var (column, cells) in columns.Zip(best))
        {
            column.Clear();
            column.AddRange(cells);
            Number(column);
        }

        List<List<Cell>> Snapshot() => columns.ConvertAll(c => c.ToList());

        static void Number(List<Cell> column)
        {
            for (var i = 0; i < column.Count; i++)
            {
                column[i].Order = i;
            }
        }
    }

    private int Crossings()
    {
        var crossings = 0;
        foreach (var group in steps.GroupBy(s => s.From.Column))
        {
            var list = group.ToList();
            for (var i = 0; i < list.Count; i++)
            {
                for (var j = i + 1; j < list.Count; j++)
                {
                    crossings += (list[i].From.Order - list[j].From.Order) * (list[i].To.Order - list[j].To.Order) < 0 ? 1 : 0;
                }
            }
        }

        return crossings;
    }

    private void SetRows()
    {
        foreach (var cell in columns.SelectMany(c => c))
        {
            cell.Row = cell.Order;
        }

        var before = steps.ToLookup(s => s.To, s => s.From);
        var after = steps.ToLookup(s => s.From, s => s.To);
        foreach (var neighbours in new[] { before, after, before })
        {
            foreach (var column in neighbours == before ? columns : Enumerable.Reverse(columns))
            {
                Straighten(column, neighbours);
            }
        }

        var cells = columns.SelectMany(c => c).ToList();
        var top = cells.Select(c => c.Row).DefaultIfEmpty(0).Min();
        foreach (var cell in cells)
        {
            cell.Row -= top;
        }

        RowCount = cells.Select(c => c.Row).DefaultIfEmpty(0).Max() + 1;
    }

    /// <summary>
    /// Gives the cells of a column rows as near as possible to those of their neighbours, in their order: the sum of the
    /// distances is least (isotonic regression by medians, pooling neighbours that would overlap).
    /// </summary>
    private static void Straighten(List<Cell> column, ILookup<Cell, Cell> neighbours)
    {
        var pools = new List<(List<int> Wishes, int Count, int Value)>();
        for (var i = 0; i < column.Count; i++)
        {
            var cell = column[i];
            var rows = neighbours[cell].Select(n => n.Row).Order().ToList();
            var wish = (rows.Count == 0 ? cell.Row : rows[(rows.Count - 1) / 2]) - i;

            // A long flow should run straight on once it has begun.
            List<int> wishes = cell.Node is null && neighbours[cell].All(n => n.Node is null) ? [wish, wish, wish] : [wish];
            var pool = (Wishes: wishes, Count: 1, Value: wish);
            while (pools.Count > 0 && pools[^1].Value > pool.Value)
            {
                List<int> merged = [.. pools[^1].Wishes, .. pool.Wishes];
                merged.Sort();
                // The upper of two medians: the first of two ways goes straight on, the second below it.
                pool = (merged, pools[^1].Count + pool.Count, merged[merged.Count / 2]);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        var index = 0;
        foreach (var pool in pools)
        {
            for (var i = 0; i < pool.Count; i++, index++)
            {
                column[index].Row = pool.Value + index;
            }
        }
    }
}
