using System.Globalization;
using System.Xml.Linq;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>
/// Turns process elements into the graph. It goes through refused containers too, so that what is unsupported inside them is
/// listed; what it builds there is thrown away with the rest.
/// </summary>
internal sealed class ProcessReader(DocumentIndex index, RefusalList refusals)
{
    private readonly EventReader events = new(index, refusals);

    /// <summary>Flow nodes of the whole document by id, with the container each stands in.</summary>
    private readonly Dictionary<string, XElement> nodes = new(StringComparer.Ordinal);

    /// <summary>Sequence flows by the container of their nodes, which some tools do not write them into.</summary>
    private readonly Dictionary<XElement, List<SequenceFlow>> flows = [];

    public IReadOnlyList<ProcessModel> ReadAll()
    {
        var elements = ElementSurvey.ModelElements(index.Root).ToList();
        foreach (var node in elements.Where(IsFlowNode).Where(n => IsContainer(n.Parent!)))
        {
            if (Id(node) is { } id)
            {
                nodes.TryAdd(id, node);
            }
        }

        foreach (var flow in elements.Where(e => e.Name == Model + "sequenceFlow"))
        {
            ReadFlow(flow);
        }

        foreach (var choreography in index.Root.Elements().Where(IsContainer).Where(c => c.Name != Model + "process"))
        {
            ReadScope(choreography); // refused by the survey, and what is unsupported inside it here
        }

        return index.Root.Elements(Model + "process").Select(ReadProcess).ToList();
    }

    private ProcessModel ReadProcess(XElement process)
    {
        RequireId(process);
        var variables = PilotExtensions.Variables(process, refusals);
        return new ProcessModel(Id(process) ?? "", Name(process), Flag(process, "isExecutable", false), variables, ReadScope(process));
    }

    private FlowScope ReadScope(XElement container)
    {
        var read = container.Elements().Where(IsFlowNode).Select(ReadNode).OfType<FlowNode>().DistinctBy(n => n.Id).ToList();
        return new FlowScope(Id(container) ?? "", read, flows.GetValueOrDefault(container) ?? []);
    }

    private void ReadFlow(XElement flow)
    {
        RequireId(flow);
        var source = End(flow, "sourceRef");
        var target = End(flow, "targetRef");
        if (source is null || target is null)
        {
            return;
        }

        if (source.Parent != target.Parent)
        {
            refusals.Add(flow, RefusalReasons.CrossesScope);
            return;
        }

        // A receive task after such a gateway is refused for itself already, and so is a choreography with all that may follow there.
        if (source.Name == Model + "eventBasedGateway" && target.Name.LocalName is not ("intermediateCatchEvent" or "receiveTask")
            && !ElementKinds.Choreographies.Contains(target.Parent!.Name.LocalName))
        {
            refusals.Add(flow, RefusalReasons.EventGatewayTarget);
        }

        if (!flows.TryGetValue(source.Parent!, out var list))
        {
            flows.Add(source.Parent!, list = []);
        }

        list.Add(new SequenceFlow(Id(flow) ?? "", Name(flow), Id(source)!, Id(target)!, TextOf(flow.Element(Model + "conditionExpression"))));
    }

    private XElement? End(XElement flow, string attribute)
    {
        var reference = DocumentIndex.Reference(flow, (string?)flow.Attribute(attribute));
        if (index.IsAmbiguous(reference))
        {
            return null;
        }

        if (reference is not null && nodes.GetValueOrDefault(reference) is { } node)
        {
            return node;
        }

        switch (index.Find(reference))
        {
            case null:
                refusals.Add(flow, RefusalReasons.DanglingReference);
                break;
            case var element when !IsToBlame(element):
                refusals.Add(flow, RefusalReasons.WrongReference);
                break;
        }

        return null;
    }

    private FlowNode? ReadNode(XElement node)
    {
        RequireId(node);
        var id = Id(node) ?? "";
        var name = Name(node);
        PilotExtensions.RefuseUnknown(node, refusals);
        return node.Name.LocalName switch
        {
            "startEvent" => events.Start(node, id, name),
            "endEvent" => events.End(node, id, name),
            "intermediateCatchEvent" => events.Catch(node, id, name),
            "intermediateThrowEvent" => events.RefuseThrow(node),
            "boundaryEvent" => ReadBoundary(node, id, name),
            "exclusiveGateway" => new ExclusiveGateway(id, name, Default(node)),
            "parallelGateway" => new ParallelGateway(id, name),
            "inclusiveGateway" => new InclusiveGateway(id, name, Default(node)),
            "eventBasedGateway" => ReadEventBasedGateway(node, id, name),
            _ => ReadActivity(node, id, name),
        };
    }

    private BoundaryEvent? ReadBoundary(XElement node, string id, string? name)
    {
        var reference = DocumentIndex.Reference(node, (string?)node.Attribute("attachedToRef"));
        if (reference is null || index.Find(reference) is not { } host)
        {
            refusals.Add(node, RefusalReasons.DanglingReference);
        }
        else if (index.IsAmbiguous(reference) || IsToBlame(host))
        {
            return events.Boundary(node, id, name, reference);
        }
        else if (!ElementKinds.Activities.Contains(host.Name.LocalName))
        {
            refusals.Add(node, RefusalReasons.WrongReference);
        }
        else if (host.Parent != node.Parent)
        {
            refusals.Add(node, RefusalReasons.CrossesScope);
        }

        return events.Boundary(node, id, name, reference ?? "");
    }

    private EventBasedGateway ReadEventBasedGateway(XElement node, string id, string? name)
    {
        if (Flag(node, "instantiate", false) || (string?)node.Attribute("eventGatewayType") == "Parallel")
        {
            refusals.Add(node, RefusalReasons.UnsupportedGateway);
        }

        return new EventBasedGateway(id, name);
    }

    private Activity? ReadActivity(XElement node, string id, string? name) =>
        ReadKind(node, id, name) is { } activity
            ? activity with { StartQuantity = Quantity(node, "startQuantity") ?? 1, CompletionQuantity = Quantity(node, "completionQuantity") ?? 1 }
            : null;

    private Activity? ReadKind(XElement node, string id, string? name)
    {
        if (!ElementKinds.Activities.Contains(node.Name.LocalName))
        {
            // A complex gateway, an implicit throw event, a part of a choreography: refused by the survey.
            if (IsContainer(node))
            {
                ReadScope(node);
            }

            return null;
        }

        var isRefused = RefuseActivity(node);
        var loop = ReadLoop(node, isRefused);
        var defaultFlow = Default(node);
        switch (node.Name.LocalName)
        {
            case "task":
                return new ManualTask(id, name, loop, defaultFlow, IsAbstract: true);
            case "manualTask":
                return new ManualTask(id, name, loop, defaultFlow, IsAbstract: false);
            case "userTask":
                return new UserTask(id, name, loop, defaultFlow, PilotExtensions.Work(node, refusals));
            case "serviceTask":
                var (handler, actsFor, retry) = PilotExtensions.Service(node, refusals);
                return new ServiceTask(id, name, loop, defaultFlow, handler, actsFor, retry);
            case "sendTask":
                return new SendTask(id, name, loop, defaultFlow, PilotExtensions.Assignee(node, refusals), PilotExtensions.Text(node));
            case "callActivity":
                return new CallActivity(id, name, loop, defaultFlow, DocumentIndex.Reference(node, (string?)node.Attribute("calledElement")));
            case "subProcess" or "transaction" or "adHocSubProcess":
                return new SubProcess(id, name, loop, defaultFlow, ReadScope(node));
            default:
                return null; // refused by the survey
        }
    }

    /// <summary>True for an activity that is not executed as a whole: how often it would repeat is no mistake of its own then.</summary>
    private bool RefuseActivity(XElement node)
    {
        if (ElementKinds.Refused.Contains(node.Name.LocalName))
        {
            return true; // by the survey
        }

        if (node.Name.LocalName == "subProcess" && Flag(node, "triggeredByEvent", false))
        {
            refusals.Add(node, RefusalReasons.EventSubProcess);
            return true;
        }

        if (Flag(node, "isForCompensation", false))
        {
            refusals.Add(node, RefusalReasons.Compensation);
            return true;
        }

        if (Quantity(node, "startQuantity") is null || Quantity(node, "completionQuantity") is null)
        {
            refusals.Add(node, RefusalReasons.UnsupportedQuantity);
        }

        return false;
    }

    private MultiInstance? ReadLoop(XElement activity, bool isRefused)
    {
        if (isRefused)
        {
            return null;
        }

        if (activity.Element(Model + "standardLoopCharacteristics") is { } standard)
        {
            refusals.Add(standard, RefusalReasons.UnsupportedLoop);
        }

        if (activity.Element(Model + "multiInstanceLoopCharacteristics") is not { } loop)
        {
            return null;
        }

        if ((string?)loop.Attribute("behavior") is not (null or "All"))
        {
            refusals.Add(loop, RefusalReasons.UnsupportedLoop);
        }

        return new MultiInstance(
            Flag(loop, "isSequential", false),
            TextOf(loop.Element(Model + "loopCardinality")),
            PilotAttribute(loop, "collection"),
            PilotAttribute(loop, "itemVariable"),
            TextOf(loop.Element(Model + "completionCondition")),
            PilotAttribute(loop, "outputCollection"),
            PilotAttribute(loop, "outputItem"));
    }

    /// <summary>True when what is referred to is refused itself, being of no known kind or standing where it must not: that is one mistake, not two.</summary>
    private static bool IsToBlame(XElement target) => !ElementKinds.IsKnown(target.Name.LocalName) || ElementSurvey.IsMisplaced(target);

    private void RequireId(XElement element)
    {
        if (Id(element) is null)
        {
            refusals.Add(element, RefusalReasons.MissingId);
        }
    }

    private static bool IsContainer(XElement e) => e.Name.Namespace == Model && ElementKinds.Containers.Contains(e.Name.LocalName);

    private static bool IsFlowNode(XElement e) =>
        e.Name.Namespace == Model && (ElementKinds.ExecutedNodes.Contains(e.Name.LocalName) || ElementKinds.RefusedNodes.Contains(e.Name.LocalName));

    private static string? Id(XElement element) => DocumentIndex.Id(element);

    private static string? Name(XElement element) => (string?)element.Attribute("name") is { Length: > 0 } name ? name : null;

    private static string? Default(XElement node) => DocumentIndex.Reference(node, (string?)node.Attribute("default"));

    /// <summary>A number of tokens; null when it is none that the engine minds.</summary>
    private static int? Quantity(XElement node, string attribute)
    {
        if (((string?)node.Attribute(attribute))?.Trim() is not { } text)
        {
            return 1;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= BpmnReader.MaximumQuantity
            ? number : null;
    }

    private static string? PilotAttribute(XElement element, string name) =>
        ((string?)element.Attribute(Pilot + name))?.Trim() is { Length: > 0 } value ? value : null;

    internal static bool Flag(XElement element, string attribute, bool otherwise) => ((string?)element.Attribute(attribute))?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => otherwise,
    };

    /// <summary>What an element says itself; the documentation or the extensions that an expression may hold are no part of it.</summary>
    internal static string? TextOf(XElement? element) =>
        element is not null && string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value)).Trim() is { Length: > 0 } text ? text : null;
}
