namespace PilotPlatform.Bpmn;

/// <summary>Why an element is refused: stable codes, listed with their meaning in the README.</summary>
public static class RefusalReasons
{
    /// <summary>The file is not well-formed XML.</summary>
    public const string NotXml = "not-xml";

    /// <summary>The file has a document type declaration, which BPMN never needs and which is a known way to attack readers.</summary>
    public const string DocumentType = "document-type-forbidden";

    /// <summary>The file is larger than <see cref="BpmnReader.MaximumBytes"/>, or has more than <see cref="BpmnReader.MaximumAttributes"/> at one place.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Elements are nested deeper than <see cref="BpmnReader.MaximumDepth"/>.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>The root element is not BPMN 2.0's <c>definitions</c>.</summary>
    public const string NotBpmn = "not-bpmn";

    /// <summary>BPMN 2.0 has no element of this name.</summary>
    public const string UnknownElement = "unknown-element";

    /// <summary>It stands where BPMN 2.0 has no place for it, and would be lost.</summary>
    public const string Misplaced = "misplaced-element";

    /// <summary>BPMN 2.0 knows it, the engine does not execute it.</summary>
    public const string UnsupportedElement = "unsupported-element";

    /// <summary>The engine does not execute this kind of event at this place.</summary>
    public const string UnsupportedEvent = "unsupported-event-definition";

    /// <summary>An event with more than one event definition.</summary>
    public const string SeveralEvents = "several-event-definitions";

    /// <summary>A catch or boundary event that does not say what it waits for.</summary>
    public const string MissingEvent = "missing-event-definition";

    /// <summary>A timer or message start inside a sub-process, where only a plain start is meaningful.</summary>
    public const string TriggeredInnerStart = "triggered-start-in-sub-process";

    /// <summary>A sub-process that an event starts (triggeredByEvent).</summary>
    public const string EventSubProcess = "event-sub-process";

    /// <summary>An activity that exists to compensate another (isForCompensation).</summary>
    public const string Compensation = "compensation-activity";

    /// <summary>A standard loop, or a multi-instance that throws events of its own (behavior other than All).</summary>
    public const string UnsupportedLoop = "unsupported-loop";

    /// <summary>A start or completion quantity that is no number from 1 to <see cref="BpmnReader.MaximumQuantity"/>.</summary>
    public const string UnsupportedQuantity = "unsupported-quantity";

    /// <summary>An event-based gateway that starts a process or waits for all of its events.</summary>
    public const string UnsupportedGateway = "unsupported-gateway-type";

    /// <summary>An event-based gateway leads to something that is not a catch event.</summary>
    public const string EventGatewayTarget = "event-gateway-target";

    /// <summary>A process, node or flow without an id.</summary>
    public const string MissingId = "missing-id";

    /// <summary>The id belongs to an element before this one.</summary>
    public const string DuplicateId = "duplicate-id";

    /// <summary>It refers to an element that does not exist.</summary>
    public const string DanglingReference = "dangling-reference";

    /// <summary>It refers to an element of a wrong kind.</summary>
    public const string WrongReference = "wrong-reference";

    /// <summary>A sequence flow or a boundary event connects nodes of different processes or sub-processes.</summary>
    public const string CrossesScope = "crosses-scope";

    /// <summary>One of our own extension elements has a value that it cannot have.</summary>
    public const string InvalidExtension = "invalid-extension";

    /// <summary>An element of our own extension namespace that this version does not know.</summary>
    public const string UnknownExtension = "unknown-extension";
}
