using System.Xml.Linq;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Reads events and refuses the definitions that are not executed where they stand.</summary>
internal sealed class EventReader(DocumentIndex index, RefusalList refusals)
{
    public StartEvent? Start(XElement node, string id, string? name)
    {
        if (!TryDefinition(node, out var definition))
        {
            return null;
        }

        if (definition is null)
        {
            return new StartEvent(id, name, null);
        }

        if (definition.Kind is not ("timerEventDefinition" or "messageEventDefinition"))
        {
            return Refuse<StartEvent>(definition, RefusalReasons.UnsupportedEvent);
        }

        // The start of an event sub-process has a trigger by right; the sub-process itself is refused.
        var isInner = ElementKinds.Activities.Contains(node.Parent!.Name.LocalName) && !ProcessReader.Flag(node.Parent, "triggeredByEvent", false);
        return isInner
            ? Refuse<StartEvent>(definition, RefusalReasons.TriggeredInnerStart)
            : new StartEvent(id, name, TriggerOf(definition));
    }

    public EndEvent? End(XElement node, string id, string? name)
    {
        if (!TryDefinition(node, out var definition))
        {
            return null;
        }

        return definition?.Kind switch
        {
            null => new EndEvent(id, name, EndKind.None, null),
            "terminateEventDefinition" => new EndEvent(id, name, EndKind.Terminate, null),
            "errorEventDefinition" => new EndEvent(id, name, EndKind.Error, ErrorCode(definition.Element)),
            _ => Refuse<EndEvent>(definition, RefusalReasons.UnsupportedEvent),
        };
    }

    public CatchEvent? Catch(XElement node, string id, string? name)
    {
        if (!TryDefinition(node, out var definition))
        {
            return null;
        }

        return definition?.Kind switch
        {
            null => RefuseMissing<CatchEvent>(node),
            "timerEventDefinition" or "messageEventDefinition" => new CatchEvent(id, name, TriggerOf(definition)),
            _ => Refuse<CatchEvent>(definition, RefusalReasons.UnsupportedEvent),
        };
    }

    public BoundaryEvent? Boundary(XElement node, string id, string? name, string attachedTo)
    {
        if (!TryDefinition(node, out var definition))
        {
            return null;
        }

        return definition?.Kind switch
        {
            null => RefuseMissing<BoundaryEvent>(node),
            "timerEventDefinition" => new BoundaryEvent(id, name, attachedTo, ProcessReader.Flag(node, "cancelActivity", true), TriggerOf(definition)),
            "errorEventDefinition" => new BoundaryEvent(id, name, attachedTo, IsInterrupting: true, TriggerOf(definition)),
            _ => Refuse<BoundaryEvent>(definition, RefusalReasons.UnsupportedEvent),
        };
    }

    /// <summary>No intermediate throw event is executed: the definition is what is refused, or the event when it has none.</summary>
    public FlowNode? RefuseThrow(XElement node)
    {
        if (TryDefinition(node, out var definition))
        {
            if (definition is null)
            {
                refusals.Add(node, RefusalReasons.UnsupportedElement);
            }
            else
            {
                refusals.Add(definition.Holder, RefusalReasons.UnsupportedEvent, definition.Kind);
            }
        }

        return null;
    }

    private Trigger TriggerOf(Definition definition) => definition.Kind switch
    {
        "timerEventDefinition" => Timer(definition.Element),
        "messageEventDefinition" => new MessageTrigger(Named(definition.Element, "messageRef", "name") ?? ""),
        _ => new ErrorTrigger(ErrorCode(definition.Element)),
    };

    private static TimerTrigger Timer(XElement definition)
    {
        foreach (var (name, kind) in new[] { ("timeDate", TimerKind.Date), ("timeDuration", TimerKind.Duration), ("timeCycle", TimerKind.Cycle) })
        {
            if (definition.Element(Model + name) is { } time)
            {
                return new TimerTrigger(kind, ProcessReader.TextOf(time) ?? "", (string?)time.Attribute(Pilot + "calendar") == "working");
            }
        }

        return new TimerTrigger(TimerKind.Date, "", InWorkingDays: false);
    }

    private string? ErrorCode(XElement definition) => Named(definition, "errorRef", "errorCode");

    /// <summary>What a reference leads to, by the given attribute of the element, else by its id; the reference itself when it leads outside.</summary>
    private string? Named(XElement definition, string referenceName, string attribute)
    {
        var value = (string?)definition.Attribute(referenceName);
        return DocumentIndex.Reference(definition, value) is { } reference
            ? (string?)index.Find(reference)?.Attribute(attribute) is { Length: > 0 } name ? name : reference
            : null;
    }

    /// <summary>The one event definition of an event, its own or one it refers to. False when the event is refused already.</summary>
    private bool TryDefinition(XElement node, out Definition? definition)
    {
        definition = null;
        var holders = node.Elements()
            .Where(e => e.Name.Namespace == Model && (ElementKinds.EventDefinitions.Contains(e.Name.LocalName) || e.Name.LocalName == "eventDefinitionRef"))
            .ToList();
        if (holders.Count == 0)
        {
            return true;
        }

        if (holders.Count > 1)
        {
            refusals.Add(node, RefusalReasons.SeveralEvents);
            return false;
        }

        var holder = holders[0];
        if (holder.Name.LocalName != "eventDefinitionRef")
        {
            definition = new Definition(holder, holder);
            return true;
        }

        var element = index.Find(DocumentIndex.Reference(holder, holder.Value));
        if (element is null || !ElementKinds.EventDefinitions.Contains(element.Name.LocalName))
        {
            refusals.Add(holder, element is null ? RefusalReasons.DanglingReference : RefusalReasons.WrongReference);
            return false;
        }

        definition = new Definition(holder, element);
        return true;
    }

    private T? Refuse<T>(Definition definition, string reason)
        where T : FlowNode
    {
        refusals.Add(definition.Holder, reason, definition.Kind);
        return null;
    }

    private T? RefuseMissing<T>(XElement node)
        where T : FlowNode
    {
        refusals.Add(node, RefusalReasons.MissingEvent);
        return null;
    }

    /// <param name="Holder">The child of the event: the definition or the reference to it.</param>
    /// <param name="Element">The definition.</param>
    private sealed record Definition(XElement Holder, XElement Element)
    {
        public string Kind => Element.Name.LocalName;
    }
}
