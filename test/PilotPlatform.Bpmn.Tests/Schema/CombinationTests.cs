using System.Xml.Linq;
using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Schema;

/// <summary>
/// Every kind of event at every place, alone, by reference and in pairs; every loop and every odd attribute on every activity:
/// refused or taken as the design says, and what is taken comes out of the reader as what it was.
/// </summary>
public sealed class CombinationTests
{
    private static readonly string[] Kinds =
        ["timer", "message", "error", "terminate", "signal", "escalation", "compensate", "conditional", "link", "cancel"];

    private static readonly string[] Events = ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"];

    private static readonly string[] Activities =
    [
        "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity",
        "subProcess", "transaction", "adHocSubProcess",
    ];

    private static readonly string[] Containers =
        ["{0}", "<subProcess id='s'>{0}</subProcess>", "<subProcess id='s' triggeredByEvent='true'>{0}</subProcess>", "<transaction id='s'>{0}</transaction>", "<adHocSubProcess id='s'>{0}</adHocSubProcess>"];

    [Fact]
    public void Read_EveryKindOfEventAtEveryPlace_AsTheDesignSays()
    {
        var alone = Kinds.Select(k => $"<{k}EventDefinition id='own'/>")
            .Concat(Kinds.Select(k => $"<eventDefinitionRef>root_{k}</eventDefinitionRef>"))
            .Append("")
            .ToList();
        var pairs = Kinds.SelectMany(one => Kinds.Select(other => $"<{one}EventDefinition/><{other}EventDefinition/>"))
            .Concat(Kinds.Select(k => $"<{k}EventDefinition/><eventDefinitionRef>root_{k}</eventDefinitionRef>"))
            .ToList();
        var attributes = new[] { "", "cancelActivity='false' isInterrupting='false' parallelMultiple='true'", "cancelActivity='1' isInterrupting='1' parallelMultiple='0'" };
        var accepted = Compare(
            from place in Containers
            from name in Events
            from attribute in attributes
            from definition in place == Containers[0] && attribute.Length == 0 ? [.. alone, .. pairs] : alone
            let node = $"<task id='t'/><{name} id='x' {(name == "boundaryEvent" ? "attachedToRef='t'" : "")} {attribute}>{definition}</{name}>"
            select (place, node));

        // Per place that executes anything: none, timer, message start; none, terminate, error end; timer, message catch; boundary timer, error; each also by reference, plain or with attributes.
        // Inside a sub-process the triggered starts fall away.
        accepted.ShouldBe((3 * ((1 + 4) + (1 + 4) + 4 + 4)) + (3 * (1 + (1 + 4) + 4 + 4)));
    }

    [Fact]
    public void Read_EveryLoopAndAttributeOnEveryActivity_AsTheDesignSays()
    {
        string[] loops =
        [
            "", "<standardLoopCharacteristics testBefore='true'><loopCondition/></standardLoopCharacteristics>", "<multiInstanceLoopCharacteristics/>",
            .. new[] { "All", "None", "One", "Complex" }.Select(b => $"<multiInstanceLoopCharacteristics isSequential='true' behavior='{b}'><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"),
        ];
        string[] attributes =
            ["", "isForCompensation='true'", "isForCompensation='0'", "startQuantity='2'", "completionQuantity='2'", "startQuantity='1' completionQuantity='1'", "isForCompensation='1' startQuantity='3'"];
        var accepted = Compare(
            from place in Containers
            from name in Activities
            from attribute in attributes
            from loop in loops
            select (place, $"<{name} id='x' {attribute}>{loop}</{name}>"));

        // Two places, seven activities, five ways to say nothing odd, three loops (none, parallel, sequential with All).
        accepted.ShouldBe(2 * 7 * 5 * 3);
    }

    private static int Compare(IEnumerable<(string Place, string Node)> models)
    {
        var accepted = 0;
        var roots = string.Concat(Kinds.Select(k => $"<{k}EventDefinition id='root_{k}'/>"));
        foreach (var (place, node) in models)
        {
            var xml = Source.Definitions($"{roots}<process id='p'>{place.Replace("{0}", node, StringComparison.Ordinal)}</process>");
            var document = XDocument.Parse(xml);
            var reading = BpmnReader.Read(xml);

            reading.Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}").ShouldBe(Judge.Refusals(document).Select(r => r.Line), place + node);
            if (reading.Model is { } model)
            {
                accepted++;
                var x = model.Processes[0].AllNodes.Single(n => n.Id == "x");
                var element = document.Descendants().Single(e => (string?)e.Attribute("id") == "x");
                ElementNames.Of(x).ShouldBe(element.Name.LocalName);
                Said(x).ShouldBe(Said(element), node);
            }
        }

        return accepted;
    }

    private static string Said(FlowNode node) => node switch
    {
        StartEvent { Trigger: null } or EndEvent { Kind: EndKind.None } => "",
        StartEvent { Trigger: { } t } => Said(t),
        EndEvent e => e.Kind.ToString(),
        CatchEvent c => Said(c.Trigger),
        BoundaryEvent b => Said(b.Trigger) + (b.IsInterrupting ? "!" : ""),
        Activity a => $"{a.StartQuantity}>{a.CompletionQuantity}" + (a.Loop is null ? "" : a.Loop.IsSequential ? "sequential" : "parallel"),
        _ => "",
    };

    private static string Said(Trigger trigger) => trigger.GetType().Name.Replace("Trigger", "", StringComparison.Ordinal);

    private static string Said(XElement element)
    {
        if (Judge.IsActivity(element.Name.LocalName))
        {
            var loop = element.Element(BpmnSchema.Model + "multiInstanceLoopCharacteristics");
            return $"{(string?)element.Attribute("startQuantity") ?? "1"}>{(string?)element.Attribute("completionQuantity") ?? "1"}"
                + (loop is null ? "" : (string?)loop.Attribute("isSequential") == "true" ? "sequential" : "parallel");
        }

        var definition = element.Elements().FirstOrDefault(e => e.Name.LocalName.StartsWith("eventDefinitionRef", StringComparison.Ordinal) || e.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal));
        var kind = definition is null ? "" : definition.Name.LocalName == "eventDefinitionRef" ? definition.Value["root_".Length..] : definition.Name.LocalName.Replace("EventDefinition", "", StringComparison.Ordinal);
        // An error always interrupts, whatever the attribute says.
        var interrupts = element.Name.LocalName == "boundaryEvent" && (kind == "error" || (string?)element.Attribute("cancelActivity") != "false");
        return kind.Length == 0 ? "" : char.ToUpperInvariant(kind[0]) + kind[1..] + (interrupts ? "!" : "");
    }
}
