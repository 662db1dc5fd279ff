using System.Collections.Frozen;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>What becomes of each element of the BPMN model namespace, by local name. A name that stands nowhere here is refused as unknown.</summary>
internal static class ElementKinds
{
    /// <summary>Flow nodes that are executed, as far as their attributes and event definitions allow.</summary>
    public static readonly FrozenSet<string> ExecutedNodes = Set(
        "startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent",
        "task", "manualTask", "userTask", "serviceTask", "sendTask", "callActivity", "subProcess",
        "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway");

    /// <summary>Refused as soon as they appear. (An intermediate throw event is refused by its event definition.)</summary>
    public static readonly FrozenSet<string> Refused = Set(
        "scriptTask", "businessRuleTask", "receiveTask", "complexGateway", "transaction", "adHocSubProcess", "implicitThrowEvent",
        "globalScriptTask", "globalBusinessRuleTask",
        "choreography", "choreographyTask", "callChoreography", "subChoreography", "globalChoreographyTask",
        "conversation", "callConversation", "subConversation", "conversationLink", "globalConversation");

    /// <summary>Refused flow nodes: what points at them does not dangle.</summary>
    public static readonly FrozenSet<string> RefusedNodes = Set(
        "scriptTask", "businessRuleTask", "receiveTask", "complexGateway", "transaction", "adHocSubProcess",
        "implicitThrowEvent", "intermediateThrowEvent", "choreographyTask", "callChoreography", "subChoreography");

    /// <summary>Activities: what a boundary event may stand on.</summary>
    public static readonly FrozenSet<string> Activities = Set(
        "task", "manualTask", "userTask", "serviceTask", "sendTask", "callActivity", "subProcess",
        "scriptTask", "businessRuleTask", "receiveTask", "transaction", "adHocSubProcess");

    /// <summary>What holds the flow nodes of a choreography; each is refused, and what it holds is judged for itself.</summary>
    public static readonly FrozenSet<string> Choreographies = Set("choreography", "subChoreography", "globalChoreographyTask");

    /// <summary>Elements that hold flow nodes and sequence flows.</summary>
    public static readonly FrozenSet<string> Containers = Set(["process", "subProcess", "transaction", "adHocSubProcess", .. Choreographies]);

    /// <summary>What holds event definitions. (<c>event</c> is the one of a complex multi-instance.)</summary>
    public static readonly FrozenSet<string> Events = Set(
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "implicitThrowEvent", "event");

    public static readonly FrozenSet<string> EventDefinitions = Set(
        "timerEventDefinition", "messageEventDefinition", "errorEventDefinition", "terminateEventDefinition",
        "signalEventDefinition", "escalationEventDefinition", "compensateEventDefinition", "conditionalEventDefinition",
        "linkEventDefinition", "cancelEventDefinition");

    /// <summary>Parts of what is executed; looked at with the element they belong to.</summary>
    public static readonly FrozenSet<string> Parts = Set(
        "definitions", "process", "sequenceFlow", "conditionExpression", "incoming", "outgoing", "eventDefinitionRef", "intermediateThrowEvent",
        "timeDate", "timeDuration", "timeCycle", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
        "loopCardinality", "completionCondition", "message", "error");

    /// <summary>
    /// Kept as they are and not executed: pools, lanes, data, annotations, resources, correlation, global tasks that a call
    /// activity may name, and the parts of elements that are refused already.
    /// </summary>
    public static readonly FrozenSet<string> Documentary = Set(
        "documentation", "extension", "extensionElements", "import", "relationship", "source", "target", "auditing", "monitoring",
        "collaboration", "participant", "participantMultiplicity", "participantAssociation", "participantRef", "innerParticipantRef",
        "outerParticipantRef", "messageFlow", "messageFlowAssociation", "messageFlowRef", "conversationAssociation", "choreographyRef",
        "laneSet", "childLaneSet", "lane", "flowNodeRef", "partitionElement", "partitionElementRef",
        "dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataState", "dataInput", "dataOutput", "inputSet", "outputSet",
        "dataInputRefs", "dataOutputRefs", "optionalInputRefs", "optionalOutputRefs", "whileExecutingInputRefs", "whileExecutingOutputRefs",
        "inputSetRefs", "outputSetRefs", "ioSpecification", "ioBinding", "property", "dataInputAssociation", "dataOutputAssociation",
        "dataAssociation", "sourceRef", "targetRef", "transformation", "assignment", "from", "to",
        "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem", "complexBehaviorDefinition", "event", "loopCondition",
        "textAnnotation", "text", "group", "association", "category", "categoryValue", "categoryValueRef",
        "resource", "resourceParameter", "resourceRole", "performer", "humanPerformer", "potentialOwner", "resourceRef",
        "resourceParameterBinding", "resourceAssignmentExpression", "expression", "formalExpression", "rendering",
        "itemDefinition", "signal", "escalation", "interface", "interfaceRef", "supportedInterfaceRef", "supports", "operation", "operationRef",
        "inMessageRef", "outMessageRef", "errorRef", "endPoint", "endPointRef", "partnerEntity", "partnerEntityRef", "partnerRole", "partnerRoleRef",
        "correlationKey", "correlationKeyRef", "correlationProperty", "correlationPropertyRef", "correlationPropertyBinding",
        "correlationPropertyRetrievalExpression", "correlationSubscription", "messagePath", "dataPath",
        "globalTask", "globalUserTask", "globalManualTask", "script", "condition", "activationCondition");

    /// <summary>What the graph is made of and refers to by id: one id must mean one of them.</summary>
    public static bool IsReferredTo(XElement element) =>
        element.Name.LocalName is "process" or "sequenceFlow" or "message" or "error" or "globalTask" or "globalUserTask" or "globalManualTask"
        || ExecutedNodes.Contains(element.Name.LocalName) || RefusedNodes.Contains(element.Name.LocalName)
        || (EventDefinitions.Contains(element.Name.LocalName) && element.Parent == element.Document?.Root);

    public static bool IsKnown(string name) =>
        ExecutedNodes.Contains(name) || Parts.Contains(name) || EventDefinitions.Contains(name) || Documentary.Contains(name) || Refused.Contains(name);

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);
}
