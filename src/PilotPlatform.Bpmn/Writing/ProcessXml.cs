using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn.Writing;

/// <summary>Writes a typed process as elements, in the order that the standard's schema asks for.</summary>
internal sealed class ProcessXml
{
    private readonly Dictionary<string, XElement> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> errors = new(StringComparer.Ordinal);
    private readonly HashSet<string> ids;

    private ProcessXml(ProcessModel process) => ids = process.AllNodes.Select(n => n.Id).Append(process.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>The definitions with what the process needs beside it; no diagram.</summary>
    public static XDocument Write(ProcessModel process)
    {
        var writer = new ProcessXml(process);
        var element = writer.Process(process);
        return new XDocument(
            new XDeclaration("1.0", "utf-8", null),
            new XElement(
                Model + "definitions",
                new XAttribute(XNamespace.Xmlns + "bpmn", Model),
                new XAttribute(XNamespace.Xmlns + "bpmndi", Diagram),
                new XAttribute(XNamespace.Xmlns + "dc", DiagramCommon),
                new XAttribute(XNamespace.Xmlns + "di", DiagramInterchange),
                new XAttribute(XNamespace.Xmlns + "xsi", SchemaInstance),
                new XAttribute(XNamespace.Xmlns + "pilot", Pilot),
                new XAttribute("id", writer.FreeId("Definitions", process.Id)),
                new XAttribute("targetNamespace", Pilot.NamespaceName),
                writer.messages.Values,
                writer.errors.Values,
                element));
    }

    private XElement Process(ProcessModel process) => new(
        Model + "process",
        new XAttribute("id", process.Id),
        Optional("name", process.Name),
        new XAttribute("isExecutable", process.IsExecutable),
        process.Variables.Count == 0 ? null : Extensions(new XElement(Pilot + "variables", process.Variables.Select(v => new XElement(
            Pilot + "variable", new XAttribute("name", v.Name), new XAttribute("type", v.Type), Optional("label", v.Label))))),
        Content(process.Scope));

    private IEnumerable<XElement> Content(FlowScope scope) => scope.Nodes.Select(n => Node(n, scope)).Concat(scope.Flows.Select(Flow));

    private static XElement Flow(SequenceFlow flow) => new(
        Model + "sequenceFlow",
        new XAttribute("id", flow.Id),
        Optional("name", flow.Name),
        new XAttribute("sourceRef", flow.SourceId),
        new XAttribute("targetRef", flow.TargetId),
        flow.Condition is null ? null : Formal("conditionExpression", flow.Condition));

    private XElement Node(FlowNode node, FlowScope scope)
    {
        var element = new XElement(Model + ElementNames.Of(node), new XAttribute("id", node.Id), Optional("name", node.Name));
        element.Add(Attributes(node));
        element.Add(Extensions(ExtensionsOf(node).ToArray()));
        element.Add(scope.IncomingOf(node.Id).Select(f => new XElement(Model + "incoming", f.Id)));
        element.Add(scope.OutgoingOf(node.Id).Select(f => new XElement(Model + "outgoing", f.Id)));
        element.Add(Definition(node));
        if (node is Activity { Loop: { } loop })
        {
            element.Add(Loop(loop));
        }

        if (node is SubProcess sub)
        {
            element.Add(Content(sub.Scope));
        }

        return element;
    }

    private static IEnumerable<XAttribute?> Attributes(FlowNode node)
    {
        yield return Optional("default", node switch
        {
            ExclusiveGateway g => g.DefaultFlowId,
            InclusiveGateway g => g.DefaultFlowId,
            Activity a => a.DefaultFlowId,
            _ => null,
        });
        if (node is Activity activity)
        {
            yield return Quantity("startQuantity", activity.StartQuantity);
            yield return Quantity("completionQuantity", activity.CompletionQuantity);
        }

        if (node is BoundaryEvent boundary)
        {
            yield return new XAttribute("attachedToRef", boundary.AttachedToId);
            yield return boundary.IsInterrupting ? null : new XAttribute("cancelActivity", false);
        }
        else if (node is CallActivity call)
        {
            yield return Optional("calledElement", call.CalledElement);
        }
    }

    private XElement? Definition(FlowNode node) => node switch
    {
        StartEvent e => Definition(e.Trigger),
        CatchEvent e => Definition(e.Trigger),
        BoundaryEvent e => Definition(e.Trigger),
        EndEvent { Kind: EndKind.Terminate } => new XElement(Model + "terminateEventDefinition"),
        EndEvent { Kind: EndKind.Error } e => Definition(new ErrorTrigger(e.ErrorCode)),
        _ => null,
    };

    private XElement? Definition(Trigger? trigger)
    {
        switch (trigger)
        {
            case TimerTrigger timer:
                var time = Formal("time" + timer.Kind, timer.Text);
                time.Add(timer.InWorkingDays ? new XAttribute(Pilot + "calendar", "working") : null);
                return new XElement(Model + "timerEventDefinition", time);
            case MessageTrigger message:
                return new XElement(Model + "messageEventDefinition", Reference("messageRef", message.MessageName, messages, "Message", "message", "name"));
            case ErrorTrigger error:
                return new XElement(Model + "errorEventDefinition", Reference("errorRef", error.ErrorCode, errors, "Error", "error", "errorCode"));
            default:
                return null;
        }
    }

    /// <summary>A reference to a root element that carries the text; it is made when first asked for.</summary>
    private XAttribute? Reference(string attribute, string? text, Dictionary<string, XElement> made, string idStem, string element, string carrier)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!made.TryGetValue(text, out var root))
        {
            root = new XElement(Model + element, new XAttribute("id", FreeId(idStem, (made.Count + 1).ToString(CultureInfo.InvariantCulture))), new XAttribute(carrier, text));
            made.Add(text, root);
        }

        return new XAttribute(attribute, (string)root.Attribute("id")!);
    }

    private static XElement Loop(MultiInstance loop) => new(
        Model + "multiInstanceLoopCharacteristics",
        loop.IsSequential ? new XAttribute("isSequential", true) : null,
        Optional(Pilot + "collection", loop.Collection),
        Optional(Pilot + "itemVariable", loop.ItemVariable),
        Optional(Pilot + "outputCollection", loop.OutputCollection),
        Optional(Pilot + "outputItem", loop.OutputItem),
        loop.Cardinality is null ? null : Formal("loopCardinality", loop.Cardinality),
        loop.CompletionCondition is null ? null : Formal("completionCondition", loop.CompletionCondition));

    private static IEnumerable<XElement> ExtensionsOf(FlowNode node) => node switch
    {
        UserTask task => Work(task.Work),
        ServiceTask task => Service(task),
        SendTask task => Assignee(task.To).Concat(task.Text is null ? [] : [new XElement(Pilot + "text", task.Text)]),
        _ => [],
    };

    private static IEnumerable<XElement> Work(HumanWork work)
    {
        foreach (var assignee in Assignee(work.Assignee))
        {
            yield return assignee;
        }

        if (work.Fields.Count > 0 || work.AllowsBatch)
        {
            yield return new XElement(Pilot + "form", work.AllowsBatch ? new XAttribute("batch", true) : null, work.Fields.Select(Field));
        }

        if (work.Due is not null)
        {
            yield return new XElement(Pilot + "due", new XAttribute("value", work.Due), work.DueInWorkingDays ? new XAttribute("calendar", "working") : null);
        }

        if (work.CompletedBy is not null)
        {
            yield return new XElement(Pilot + "completedBy", new XAttribute("event", work.CompletedBy));
        }

        if (work.IsConfidential)
        {
            yield return new XElement(Pilot + "confidential");
        }
    }

    private static XElement Field(FormField field) => new(
        Pilot + "field",
        new XAttribute("name", field.Name),
        new XAttribute("label", field.Label),
        new XAttribute("kind", field.Kind),
        field.IsRequired ? new XAttribute("required", true) : null,
        field.Options.Select(o => new XElement(Pilot + "option", new XAttribute("value", o.Value), new XAttribute("label", o.Label))));

    private static IEnumerable<XElement> Assignee(AssigneeRule? rule) => rule is null ? [] :
    [
        new XElement(
            Pilot + "assignee",
            new XAttribute("kind", rule.Kind),
            new XAttribute("value", rule.Value),
            rule.Kind == AssigneeKind.Role || rule.Region != RegionRole.Subject ? new XAttribute("region", rule.Region) : null,
            rule.NotWhoDid.Select(s => new XElement(Pilot + "notWhoDid", new XAttribute("step", s)))),
    ];

    private static IEnumerable<XElement> Service(ServiceTask task) =>
        task.Handler is null && task.ActsFor == RegionRole.Subject && task.Retry == RetryRule.Default ? [] :
        [
            new XElement(
                Pilot + "service",
                Optional("handler", task.Handler),
                task.ActsFor == RegionRole.Subject ? null : new XAttribute("actsFor", task.ActsFor),
                task.Retry == RetryRule.Default ? null : new XAttribute("attempts", task.Retry.Attempts),
                task.Retry == RetryRule.Default ? null : new XAttribute("firstWait", XmlConvert.ToString(task.Retry.FirstWait))),
        ];

    private static XElement? Extensions(params XElement[] extensions) =>
        extensions.Length == 0 ? null : new XElement(Model + "extensionElements", extensions);

    private static XElement Formal(string name, string text) =>
        new(Model + name, new XAttribute(SchemaInstance + "type", "bpmn:tFormalExpression"), text);

    private static XAttribute? Quantity(string name, int value) => value == 1 ? null : new XAttribute(name, value);

    private static XAttribute? Optional(XName name, string? value) => value is null ? null : new XAttribute(name, value);

    private string FreeId(string stem, string tail)
    {
        var id = $"{stem}_{tail}";
        while (!ids.Add(id))
        {
            id += "_";
        }

        return id;
    }
}
