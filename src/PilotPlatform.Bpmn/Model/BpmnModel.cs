using System.Xml.Linq;

namespace PilotPlatform.Bpmn;

/// <summary>
/// A BPMN 2.0 document (OMG formal/2013-12-09): the graph that is executed, read once, and the document itself, which keeps
/// what is not executed (pools, lanes, data, annotations, others' extensions) and the diagram.
/// </summary>
/// <param name="Document">The document as read; nobody changes it.</param>
/// <param name="Processes">Its processes, in document order.</param>
/// <param name="Shapes">The diagram's shapes, in document order.</param>
/// <param name="Edges">The diagram's edges, in document order.</param>
public sealed record BpmnModel(
    XDocument Document, IReadOnlyList<ProcessModel> Processes, IReadOnlyList<DiagramShape> Shapes, IReadOnlyList<DiagramEdge> Edges)
{
    /// <summary>The process that an engine starts: the one marked executable, else the only one that has nodes; null when that is not clear.</summary>
    public ProcessModel? Main =>
        Processes.Count(p => p.IsExecutable) == 1 ? Processes.Single(p => p.IsExecutable)
        : Processes.Count(p => p.Scope.Nodes.Count > 0) == 1 ? Processes.Single(p => p.Scope.Nodes.Count > 0) : null;
}

/// <summary>A process.</summary>
/// <param name="Id">Its id, unique in the document.</param>
/// <param name="Name">Its name, as shown to people.</param>
/// <param name="IsExecutable">The standard's isExecutable.</param>
/// <param name="Variables">The declared variables.</param>
/// <param name="Scope">Its nodes and flows.</param>
public sealed record ProcessModel(
    string Id, string? Name, bool IsExecutable, IReadOnlyList<VariableDeclaration> Variables, FlowScope Scope)
{
    /// <summary>Every node, those of sub-processes included, parents before children.</summary>
    public IEnumerable<FlowNode> AllNodes => Scope.Nodes.SelectMany(Flatten);

    private static IEnumerable<FlowNode> Flatten(FlowNode node) =>
        node is SubProcess inner ? inner.Scope.Nodes.SelectMany(Flatten).Prepend(node) : [node];
}

/// <summary>Kinds of values that variables hold.</summary>
public enum VariableType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day in China, as yyyy-MM-dd.</summary>
    Date,

    /// <summary>An instant, as ISO 8601 in UTC.</summary>
    DateTime,

    /// <summary>A list of values.</summary>
    List,
}

/// <summary>A declared variable: expressions may name these and the engine's own (loopCounter, nrOfInstances …) only.</summary>
/// <param name="Name">Its name: a letter, then letters, digits and underscores.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Label">Its name for people.</param>
public sealed record VariableDeclaration(string Name, VariableType Type, string? Label);

/// <summary>The inside of a process or of an embedded sub-process.</summary>
/// <param name="Id">The id of the process or sub-process.</param>
/// <param name="Nodes">Its nodes, boundary events included, in document order.</param>
/// <param name="Flows">Its sequence flows.</param>
public sealed record FlowScope(string Id, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<SequenceFlow> Flows)
{
    private readonly Dictionary<string, FlowNode> byId = Nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
    private readonly ILookup<string, SequenceFlow> bySource = Flows.ToLookup(f => f.SourceId, StringComparer.Ordinal);
    private readonly ILookup<string, SequenceFlow> byTarget = Flows.ToLookup(f => f.TargetId, StringComparer.Ordinal);
    private readonly ILookup<string, BoundaryEvent> byHost = Nodes.OfType<BoundaryEvent>().ToLookup(b => b.AttachedToId, StringComparer.Ordinal);

    /// <summary>The node of this scope, or null.</summary>
    public FlowNode? Find(string nodeId) => byId.GetValueOrDefault(nodeId);

    /// <summary>The flows that leave a node, in document order.</summary>
    public IEnumerable<SequenceFlow> OutgoingOf(string nodeId) => bySource[nodeId];

    /// <summary>The flows that enter a node, in document order.</summary>
    public IEnumerable<SequenceFlow> IncomingOf(string nodeId) => byTarget[nodeId];

    /// <summary>The boundary events on an activity, in document order.</summary>
    public IEnumerable<BoundaryEvent> BoundariesOf(string nodeId) => byHost[nodeId];
}

/// <summary>A sequence flow.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="SourceId">The node it leaves.</param>
/// <param name="TargetId">The node it enters.</param>
/// <param name="Condition">Its condition in our expression language, or null.</param>
public sealed record SequenceFlow(string Id, string? Name, string SourceId, string TargetId, string? Condition);

/// <summary>A rectangle of the diagram, in points from the top left.</summary>
public readonly record struct Bounds(double X, double Y, double Width, double Height);

/// <summary>A point of the diagram.</summary>
public readonly record struct Waypoint(double X, double Y);

/// <summary>A shape of the diagram.</summary>
/// <param name="ElementId">What it shows.</param>
/// <param name="Bounds">Where.</param>
/// <param name="LabelBounds">Where its label stands, when the diagram says so.</param>
/// <param name="IsExpanded">For a sub-process: drawn open.</param>
/// <param name="IsHorizontal">For a pool or lane.</param>
public sealed record DiagramShape(string ElementId, Bounds Bounds, Bounds? LabelBounds, bool? IsExpanded, bool? IsHorizontal)
{
    /// <summary>What the plane shows that it is drawn on: the process or collaboration, or the sub-process when it has a diagram of its own.</summary>
    public string? PlaneElementId { get; init; }
}

/// <summary>An edge of the diagram.</summary>
/// <param name="ElementId">What it shows.</param>
/// <param name="Waypoints">Its points, two or more.</param>
/// <param name="LabelBounds">Where its label stands, when the diagram says so.</param>
public sealed record DiagramEdge(string ElementId, IReadOnlyList<Waypoint> Waypoints, Bounds? LabelBounds)
{
    /// <summary>What the plane shows that it is drawn on: the process or collaboration, or the sub-process when it has a diagram of its own.</summary>
    public string? PlaneElementId { get; init; }
}
