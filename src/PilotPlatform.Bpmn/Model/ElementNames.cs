namespace PilotPlatform.Bpmn;

/// <summary>BPMN's own names for the kinds of nodes.</summary>
public static class ElementNames
{
    /// <summary>The local name of a node's element, such as <c>userTask</c>.</summary>
    public static string Of(FlowNode node) => node switch
    {
        StartEvent => "startEvent",
        EndEvent => "endEvent",
        CatchEvent => "intermediateCatchEvent",
        BoundaryEvent => "boundaryEvent",
        ExclusiveGateway => "exclusiveGateway",
        ParallelGateway => "parallelGateway",
        InclusiveGateway => "inclusiveGateway",
        EventBasedGateway => "eventBasedGateway",
        UserTask => "userTask",
        ServiceTask => "serviceTask",
        SendTask => "sendTask",
        ManualTask { IsAbstract: true } => "task",
        ManualTask => "manualTask",
        CallActivity => "callActivity",
        SubProcess => "subProcess",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node?.GetType().Name, "There is no such kind of node."),
    };
}
