using PilotPlatform.Bpmn.Checks;

namespace PilotPlatform.Bpmn;

/// <summary>The checks before publishing. Each looks at one thing; none needs another to have passed.</summary>
public static class ModelChecks
{
    private static readonly Action<ProcessModel, CheckContext, FindingList>[] All =
    [
        StructureChecks.Starts,
        StructureChecks.Paths,
        StructureChecks.MisplacedFlows,
        GatewayChecks.Defaults,
        GatewayChecks.Conditions,
        GatewayChecks.Joins,
        GatewayChecks.Quantities,
        GatewayChecks.EventGateways,
        PeopleChecks.Assignees,
        PeopleChecks.Steps,
        PeopleChecks.Forms,
        PeopleChecks.Names,
        ReferenceChecks.Handlers,
        ReferenceChecks.Calls,
        ReferenceChecks.Messages,
        TimeChecks.Timers,
        VariableChecks.Expressions,
        VariableChecks.Counts,
    ];

    /// <summary>Everything found, in the order of the model; empty when there is nothing to say.</summary>
    public static IReadOnlyList<ModelFinding> Check(ProcessModel process, CheckContext context)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(context);
        var findings = new FindingList(process);
        foreach (var check in All)
        {
            check(process, context, findings);
        }

        return findings.InModelOrder();
    }
}
