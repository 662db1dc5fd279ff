using System.Xml;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn;

/// <summary>The namespaces of a BPMN 2.0 document.</summary>
internal static class BpmnNames
{
    public static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static readonly XNamespace Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    public static readonly XNamespace DiagramCommon = "http://www.omg.org/spec/DD/20100524/DC";
    public static readonly XNamespace DiagramInterchange = "http://www.omg.org/spec/DD/20100524/DI";
    public static readonly XNamespace SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Our extension elements; see the README.</summary>
    public static readonly XNamespace Pilot = "urn:pilotplatform:bpmn";

    /// <summary>What a prefix stands for at an element; null when it stands for nothing or could be no prefix, as in <c>${a:b}</c>.</summary>
    public static XNamespace? OfPrefix(XElement element, string prefix)
    {
        try
        {
            return prefix.Length == 0 ? null : element.GetNamespaceOfPrefix(prefix);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
