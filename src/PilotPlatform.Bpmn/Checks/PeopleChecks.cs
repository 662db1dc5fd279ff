namespace PilotPlatform.Bpmn.Checks;

internal static class PeopleChecks
{
    public static void Assignees(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var (node, rule) in Rules(process).Where(r => r.Rule is null || r.Rule.Value.Length == 0))
        {
            findings.Error(FindingCodes.AssigneeMissing, node.Id);
        }
    }

    /// <summary>Whoever did a step can be named only after that step.</summary>
    public static void Steps(ProcessModel process, CheckContext context, FindingList findings)
    {
        var tasks = process.AllNodes.OfType<UserTask>().Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (node, rule) in Rules(process))
        {
            foreach (var step in Steps(rule))
            {
                if (!tasks.Contains(step))
                {
                    findings.Error(FindingCodes.StepUnknown, node.Id, ("step", step));
                }
                else if (!Graph.CanPrecede(process, step, node.Id))
                {
                    findings.Error(FindingCodes.StepNotEarlier, node.Id, ("step", step));
                }
            }
        }
    }

    public static void Forms(ProcessModel process, CheckContext context, FindingList findings)
    {
        var declared = process.Variables.ToDictionary(v => v.Name, v => v.Type, StringComparer.Ordinal);
        foreach (var task in process.AllNodes.OfType<UserTask>())
        {
            foreach (var field in task.Work.Fields)
            {
                // What an instance of a multi-instance hands over is collected by its name and needs no declaration of its own.
                if (declared.TryGetValue(field.Name, out var type))
                {
                    if (!Fits(field.Kind, type))
                    {
                        findings.Error(FindingCodes.FieldTypeDiffers, task.Id, ("variable", field.Name), ("type", type.ToString()));
                    }
                }
                else if (task.Loop?.OutputItem != field.Name)
                {
                    findings.Error(FindingCodes.VariableUndeclared, task.Id, ("variable", field.Name));
                }

                var values = field.Options.Select(o => o.Value).ToList();
                if (field.TakesOptions != (values.Count > 0) || values.Distinct(StringComparer.Ordinal).Count() != values.Count)
                {
                    findings.Error(FindingCodes.OptionsWrong, task.Id, ("field", field.Name));
                }
            }
        }
    }

    /// <summary>Lists, timelines and slips show steps by name.</summary>
    public static void Names(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var node in process.AllNodes.Where(n => n is UserTask or SendTask && n.Name is null))
        {
            findings.Warning(FindingCodes.NameMissing, node.Id);
        }

        var groups = process.AllNodes.Where(n => n is Activity && n.Name is not null).GroupBy(n => n.Name!.Trim(), StringComparer.Ordinal);
        foreach (var (name, further) in groups.SelectMany(g => g.Skip(1).Select(n => (g.Key, n))))
        {
            findings.Warning(FindingCodes.NameTwice, further.Id, ("name", name));
        }
    }

    private static IEnumerable<(FlowNode Node, AssigneeRule? Rule)> Rules(ProcessModel process) => process.AllNodes
        .Where(n => n is UserTask or SendTask)
        .Select(n => (n, n is UserTask task ? task.Work.Assignee : ((SendTask)n).To));

    private static IEnumerable<string> Steps(AssigneeRule? rule)
    {
        if (rule is null)
        {
            return [];
        }

        return rule.Kind == AssigneeKind.SameAs && rule.Value.Length > 0 ? rule.NotWhoDid.Prepend(rule.Value) : rule.NotWhoDid;
    }

    private static bool Fits(FieldKind kind, VariableType type) => kind switch
    {
        FieldKind.Number => type == VariableType.Number,
        FieldKind.Boolean => type == VariableType.Boolean,
        FieldKind.Date => type == VariableType.Date,
        FieldKind.Choices => type == VariableType.List,
        _ => type == VariableType.Text,
    };
}
