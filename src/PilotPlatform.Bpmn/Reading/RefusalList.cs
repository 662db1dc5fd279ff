using System.Xml;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Collects refusals: each offending element once, with the first reason found, in document order.</summary>
internal sealed class RefusalList
{
    private readonly Dictionary<XElement, Refusal> byElement = [];

    public bool IsEmpty => byElement.Count == 0;

    public void Add(XElement offending, string reason, string? type = null) =>
        byElement.TryAdd(offending, new Refusal(ReportedId(offending), type ?? offending.Name.LocalName, reason, Line(offending).Line));

    public bool Contains(XElement element) => byElement.ContainsKey(element);

    public IReadOnlyList<Refusal> InDocumentOrder() =>
        byElement.OrderBy(p => Line(p.Key)).Select(p => p.Value).ToList();

    /// <summary>
    /// The id of what a person would select to remove it: of an event definition, a loop or an extension the flow node that
    /// carries it, even when the part has an id of its own; otherwise the element's id, or of the nearest around it.
    /// </summary>
    private static string ReportedId(XElement offending) =>
        offending.AncestorsAndSelf().Where(e => !IsPart(e)).Select(DocumentIndex.Id).FirstOrDefault(id => id is not null) ?? "-";

    private static bool IsPart(XElement e) =>
        e.Name.Namespace == BpmnNames.Pilot
        || (e.Name.Namespace == BpmnNames.Model
            && ((ElementKinds.EventDefinitions.Contains(e.Name.LocalName) && e.Parent?.Name != BpmnNames.Model + "definitions")
                || e.Name.LocalName is "standardLoopCharacteristics" or "multiInstanceLoopCharacteristics" or "eventDefinitionRef" or "extensionElements"));

    private static (int Line, int Position) Line(XElement e)
    {
        IXmlLineInfo where = e.Annotation<XElement>() ?? e; // see TypedElements
        return (where.LineNumber, where.LinePosition);
    }
}
