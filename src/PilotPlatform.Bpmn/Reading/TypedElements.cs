using System.Collections.Frozen;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>
/// The schema lets an element be written by its type: <c>&lt;flowElement xsi:type="tUserTask"/&gt;</c>, even
/// <c>&lt;task xsi:type="tScriptTask"/&gt;</c>. Such a document is read as if it were written by names; it is written back as it was.
/// </summary>
internal static class TypedElements
{
    /// <summary>The elements for which the schema has something more particular.</summary>
    private static readonly FrozenSet<string> General = new[]
    {
        "rootElement", "flowElement", "artifact", "eventDefinition", "loopCharacteristics", "conversationNode", "resourceRole", "performer",
        "humanPerformer", "expression", "task", "subProcess", "globalTask", "collaboration", "choreography",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The document itself when nothing in it is written by its type; else a copy that names everything.</summary>
    public static XDocument Named(XDocument document)
    {
        if (!ElementSurvey.ModelElements(document.Root!).Any(e => NameOf(e) is not null))
        {
            return document;
        }

        var copy = new XDocument(document);
        foreach (var (element, original) in copy.Descendants().Zip(document.Descendants()))
        {
            element.AddAnnotation(original); // which knows its line
        }

        // Names are found before any is changed: a type's prefix and the way into an element must not depend on the order.
        foreach (var (element, name) in ElementSurvey.ModelElements(copy.Root!).Select(e => (e, NameOf(e))).Where(e => e.Item2 is not null).ToList())
        {
            element.Name = BpmnNames.Model + name!;
        }

        return copy;
    }

    private static string? NameOf(XElement element)
    {
        if (!General.Contains(element.Name.LocalName) || (string?)element.Attribute(BpmnNames.SchemaInstance + "type") is not { } type)
        {
            return null;
        }

        var parts = type.Trim().Split(':', 2);
        var ns = parts.Length == 2 ? BpmnNames.OfPrefix(element, parts[0]) : element.GetDefaultNamespace();
        if (ns != BpmnNames.Model || parts[^1] is not ['t', var first, .. var rest])
        {
            return null;
        }

        var name = char.ToLowerInvariant(first) + rest;
        return name != element.Name.LocalName && ElementKinds.IsKnown(name) ? name : null;
    }
}
