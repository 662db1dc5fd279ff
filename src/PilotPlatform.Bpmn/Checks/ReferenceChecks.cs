namespace PilotPlatform.Bpmn.Checks;

internal static class ReferenceChecks
{
    public static void Handlers(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var task in process.AllNodes.OfType<ServiceTask>())
        {
            if (task.Handler is null)
            {
                findings.Error(FindingCodes.HandlerMissing, task.Id);
            }
            else if (!context.Handlers.Contains(task.Handler))
            {
                findings.Error(FindingCodes.HandlerUnknown, task.Id, ("handler", task.Handler));
            }
        }
    }

    public static void Calls(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var call in process.AllNodes.OfType<CallActivity>())
        {
            if (call.CalledElement is null)
            {
                findings.Error(FindingCodes.CalledMissing, call.Id);
            }
            else if (!context.CallableKeys.Contains(call.CalledElement))
            {
                findings.Error(FindingCodes.CalledUnknown, call.Id, ("key", call.CalledElement));
            }
        }
    }

    public static void Messages(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var node in process.AllNodes)
        {
            if (TriggerOf(node) is MessageTrigger { MessageName.Length: 0 })
            {
                findings.Error(FindingCodes.MessageMissing, node.Id);
            }

            if (node is EndEvent { Kind: EndKind.Error, ErrorCode: null })
            {
                findings.Warning(FindingCodes.ErrorCodeMissing, node.Id);
            }
        }
    }

    internal static Trigger? TriggerOf(FlowNode node) => node switch
    {
        StartEvent e => e.Trigger,
        CatchEvent e => e.Trigger,
        BoundaryEvent e => e.Trigger,
        _ => null,
    };
}
