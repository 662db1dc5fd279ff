using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Tests.Schema;

/// <summary>
/// The design document's list of what is executed, read off a document by another road than the reader's: one look at each
/// element and its parent, without building anything.
/// </summary>
internal static class Judge
{
    private static readonly string[] Unsupported =
    [
        "scriptTask", "businessRuleTask", "receiveTask", "complexGateway", "transaction", "adHocSubProcess", "implicitThrowEvent",
        "globalScriptTask", "globalBusinessRuleTask", "choreography", "choreographyTask", "callChoreography", "subChoreography",
        "globalChoreographyTask", "conversation", "callConversation", "subConversation", "conversationLink", "globalConversation",
    ];

    private static readonly string[] SubProcesses = ["subProcess", "transaction", "adHocSubProcess"];

    private static readonly Dictionary<string, string[]> Events = new(StringComparer.Ordinal)
    {
        ["startEvent"] = ["timer", "message"],
        ["endEvent"] = ["terminate", "error"],
        ["intermediateCatchEvent"] = ["timer", "message"],
        ["intermediateThrowEvent"] = [],
        ["boundaryEvent"] = ["timer", "error"],
    };

    public static bool IsActivity(string name) =>
        name is "task" or "manualTask" or "userTask" or "serviceTask" or "sendTask" or "receiveTask" or "scriptTask" or "businessRuleTask" or "callActivity"
        || SubProcesses.Contains(name);

    /// <summary>Each element that must be refused, with its line, in document order.</summary>
    public static IReadOnlyList<(XElement Element, string Line)> Refusals(XDocument document) =>
        Elements(document.Root!).Select(e => (e, Line(document, e))).Where(r => r.Item2 is not null).Select(r => (r.e, r.Item2!)).ToList();

    private static IEnumerable<XElement> Elements(XElement element) =>
        element.Name.LocalName is "extensionElements" or "documentation" or "text" or "script" ? [element]
        : element.Elements().Where(e => e.Name.Namespace == BpmnSchema.Model).SelectMany(Elements).Prepend(element);

    private static string? Line(XDocument document, XElement element)
    {
        var name = element.Name.LocalName;
        var id = (string?)element.Attribute("id");
        var parent = element.Parent!;
        if (Unsupported.Contains(name))
        {
            return $"{id} {name} unsupported-element";
        }

        if (Events.TryGetValue(name, out var _))
        {
            return Definitions(element).Count() switch
            {
                0 when name is "intermediateCatchEvent" or "boundaryEvent" => $"{id} {name} missing-event-definition",
                0 when name is "intermediateThrowEvent" => $"{id} {name} unsupported-element",
                > 1 => $"{id} {name} several-event-definitions",
                _ => null,
            };
        }

        if (IsDefinition(element) && Events.TryGetValue(parent.Name.LocalName, out var allowed) && Definitions(parent).Count() == 1)
        {
            var kind = name == "eventDefinitionRef"
                ? document.Descendants().Single(e => (string?)e.Attribute("id") == element.Value.Trim().Split(':')[^1]).Name.LocalName : name;
            var holder = parent.Parent!;
            return !allowed.Contains(kind.Replace("EventDefinition", "", StringComparison.Ordinal)) ? $"{(string?)parent.Attribute("id")} {kind} unsupported-event-definition"
                : parent.Name.LocalName == "startEvent" && SubProcesses.Contains(holder.Name.LocalName) && !Says(holder, "triggeredByEvent") ? $"{(string?)parent.Attribute("id")} {kind} triggered-start-in-sub-process"
                : null;
        }

        return name switch
        {
            "standardLoopCharacteristics" or "multiInstanceLoopCharacteristics" when Unsupported.Contains(parent.Name.LocalName) || Says(parent, "triggeredByEvent") || Says(parent, "isForCompensation") => null,
            "standardLoopCharacteristics" => $"{(string?)parent.Attribute("id")} {name} unsupported-loop",
            "multiInstanceLoopCharacteristics" when ((string?)element.Attribute("behavior") ?? "All") != "All" => $"{(string?)parent.Attribute("id")} {name} unsupported-loop",
            "subProcess" when Says(element, "triggeredByEvent") => $"{id} {name} event-sub-process",
            "eventBasedGateway" when Says(element, "instantiate") || (string?)element.Attribute("eventGatewayType") == "Parallel" => $"{id} {name} unsupported-gateway-type",
            "sequenceFlow" when Sibling(element, "sourceRef").Name.LocalName == "eventBasedGateway" && Sibling(element, "targetRef").Name.LocalName is not ("intermediateCatchEvent" or "receiveTask")
                && parent.Name.LocalName is not ("choreography" or "globalChoreographyTask" or "subChoreography") => $"{id} {name} event-gateway-target",
            _ when IsActivity(name) && Says(element, "isForCompensation") => $"{id} {name} compensation-activity",
            _ => null,
        };
    }

    private static XElement Sibling(XElement flow, string end) => flow.Parent!.Elements().Single(e => (string?)e.Attribute("id") == (string?)flow.Attribute(end));

    private static IEnumerable<XElement> Definitions(XElement node) => node.Elements().Where(IsDefinition);

    private static bool IsDefinition(XElement element) =>
        element.Name.Namespace == BpmnSchema.Model && (element.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal) || element.Name.LocalName == "eventDefinitionRef");

    private static bool Says(XElement element, string attribute) => (string?)element.Attribute(attribute) is "true" or "1";
}
