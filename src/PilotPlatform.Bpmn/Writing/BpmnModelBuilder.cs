using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using PilotPlatform.Bpmn.Writing;
using PilotPlatform.Bpmn.Writing.Layout;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn;

/// <summary>Makes documents from typed processes, and diagrams for documents that have none.</summary>
public static class BpmnModelBuilder
{
    /// <summary>A document of one process with a diagram.</summary>
    /// <exception cref="ArgumentException">The process is not one that the reader would accept; the message lists why.</exception>
    public static BpmnModel Build(ProcessModel process)
    {
        ArgumentNullException.ThrowIfNull(process);
        foreach (var id in process.AllNodes.Select(n => n.Id).Append(process.Id))
        {
            RequireXmlName(id);
        }

        return WithDiagram(Read(ProcessXml.Write(process)));
    }

    /// <summary>
    /// The model with a new diagram in place of those it has: one a process, from left to right. Pools, lanes, data and notes
    /// are not drawn; whoever needs them draws by hand.
    /// </summary>
    public static BpmnModel WithDiagram(BpmnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var document = new XDocument(model.Document);
        var root = document.Root!;
        root.Elements(Diagram + "BPMNDiagram").Remove();

        // Diagrams stand before relationships in the schema.
        var diagrams = model.Processes.Where(p => p.Scope.Nodes.Count > 0).Select(DiagramOf).ToArray();
        if (root.Element(Model + "relationship") is { } relationship)
        {
            relationship.AddBeforeSelf(diagrams);
        }
        else
        {
            root.Add(diagrams);
        }

        return Read(document);
    }

    private static BpmnModel Read(XDocument document)
    {
        // Indented when it has no white space of its own; read again so that lines and the typed model are those of the text.
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var isOurs = !document.Root!.Nodes().OfType<XText>().Any();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = isOurs, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize }))
        {
            document.Save(writer);
        }

        var reading = BpmnReader.Read(text.ToString());
        return reading.Model ?? throw new ArgumentException(
            "The process is not executable BPMN: " + string.Join("; ", reading.Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}")));
    }

    private static XElement DiagramOf(ProcessModel process)
    {
        var placed = ScopeLayout.Place(process.Scope);
        return new XElement(
            Diagram + "BPMNDiagram",
            new XAttribute("id", "Diagram_" + process.Id),
            new XElement(
                Diagram + "BPMNPlane",
                new XAttribute("id", "Plane_" + process.Id),
                new XAttribute("bpmnElement", process.Id),
                placed.Nodes.Select(Shape),
                placed.Flows.Select(Edge)));
    }

    private static XElement Shape(PlacedNode node) => new(
        Diagram + "BPMNShape",
        new XAttribute("id", node.Node.Id + "_shape"),
        new XAttribute("bpmnElement", node.Node.Id),
        node.Node is SubProcess sub ? new XAttribute("isExpanded", sub.Scope.Nodes.Count > 0) : null,
        node.Node is ExclusiveGateway ? new XAttribute("isMarkerVisible", true) : null,
        Rectangle(node.Bounds),
        Label(node.Label));

    private static XElement Edge(PlacedFlow flow) => new(
        Diagram + "BPMNEdge",
        new XAttribute("id", flow.Flow.Id + "_edge"),
        new XAttribute("bpmnElement", flow.Flow.Id),
        flow.Waypoints.Select(w => new XElement(DiagramInterchange + "waypoint", new XAttribute("x", w.X), new XAttribute("y", w.Y))),
        Label(flow.Label));

    private static XElement? Label(Bounds? bounds) => bounds is { } b ? new XElement(Diagram + "BPMNLabel", Rectangle(b)) : null;

    private static XElement Rectangle(Bounds b) => new(
        DiagramCommon + "Bounds",
        new XAttribute("x", Math.Round(b.X)),
        new XAttribute("y", Math.Round(b.Y)),
        new XAttribute("width", Math.Round(b.Width)),
        new XAttribute("height", Math.Round(b.Height)));

    private static void RequireXmlName(string id)
    {
        try
        {
            XmlConvert.VerifyNCName(id);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            throw new ArgumentException($"“{id}” cannot be an id in XML.", e);
        }
    }
}
