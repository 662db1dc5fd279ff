using System.Globalization;
using System.Xml.Linq;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Reads the shapes and edges of every diagram. One without usable coordinates stays in the document only.</summary>
internal sealed class DiagramReader(DocumentIndex index)
{
    public (IReadOnlyList<DiagramShape> Shapes, IReadOnlyList<DiagramEdge> Edges) Read()
    {
        var shapes = new List<DiagramShape>();
        var edges = new List<DiagramEdge>();
        foreach (var plane in index.Root.Elements(Diagram + "BPMNDiagram").Elements(Diagram + "BPMNPlane"))
        {
            var planeElement = ElementOf(plane);
            foreach (var element in plane.Descendants())
            {
                if (element.Name == Diagram + "BPMNShape" && ElementOf(element) is { } shown && BoundsOf(element) is { } bounds)
                {
                    shapes.Add(new DiagramShape(shown, bounds, LabelOf(element), Flag(element, "isExpanded"), Flag(element, "isHorizontal"))
                    {
                        PlaneElementId = planeElement,
                    });
                }
                else if (element.Name == Diagram + "BPMNEdge" && ElementOf(element) is { } line && WaypointsOf(element) is { Count: >= 2 } waypoints)
                {
                    edges.Add(new DiagramEdge(line, waypoints, LabelOf(element)) { PlaneElementId = planeElement });
                }
            }
        }

        return (shapes, edges);
    }

    private string? ElementOf(XElement element)
    {
        if ((string?)element.Attribute("bpmnElement") is not { } value || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        // A stray shape of an exporter is no element that anybody executes: it is kept in the document and not drawn.
        if (index.Dangles(element, value.Trim()))
        {
            return null;
        }

        return DocumentIndex.Reference(element, value);
    }

    private static Bounds? LabelOf(XElement element) =>
        element.Element(Diagram + "BPMNLabel") is { } label ? BoundsOf(label) : null;

    private static Bounds? BoundsOf(XElement element) =>
        element.Element(DiagramCommon + "Bounds") is { } b
        && Number(b, "x") is { } x && Number(b, "y") is { } y && Number(b, "width") is { } width && Number(b, "height") is { } height
            ? new Bounds(x, y, width, height)
            : null;

    private static List<Waypoint> WaypointsOf(XElement edge) =>
        edge.Elements(DiagramInterchange + "waypoint")
            .Where(p => Number(p, "x") is not null && Number(p, "y") is not null)
            .Select(p => new Waypoint(Number(p, "x")!.Value, Number(p, "y")!.Value))
            .ToList();

    private static double? Number(XElement element, string attribute) =>
        double.TryParse((string?)element.Attribute(attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : null;

    private static bool? Flag(XElement element, string attribute) => ((string?)element.Attribute(attribute))?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
