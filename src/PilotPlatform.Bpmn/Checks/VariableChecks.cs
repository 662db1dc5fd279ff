using System.Text.RegularExpressions;

namespace PilotPlatform.Bpmn.Checks;

/// <summary>Expressions can be read and name what is known where they stand.</summary>
internal static partial class VariableChecks
{
    private static readonly string[] Counters = ["nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "nrOfTerminatedInstances"];

    public static void Expressions(ProcessModel process, CheckContext context, FindingList findings)
    {
        var declared = process.Variables.ToDictionary(v => v.Name, v => v.Type, StringComparer.Ordinal);
        Scope(process.Scope, declared.Keys.ToHashSet(StringComparer.Ordinal));

        void Scope(FlowScope scope, HashSet<string> known)
        {
            foreach (var flow in scope.Flows.Where(f => f.Condition is not null))
            {
                Expression(flow.Id, flow.Condition!, known);
            }

            foreach (var node in scope.Nodes)
            {
                var inside = known;
                if (node is Activity { Loop: { } loop })
                {
                    Loop(node, loop, known);
                    inside = [.. known, "loopCounter"];
                    if (loop.ItemVariable is { } item)
                    {
                        inside.Add(item);
                    }
                }

                if (ReferenceChecks.TriggerOf(node) is TimerTrigger timer)
                {
                    // A boundary timer stands beside its activity, not inside an instance of it.
                    AfterEquals(node.Id, timer.Text, known);
                }

                switch (node)
                {
                    case UserTask task:
                        AfterEquals(node.Id, task.Work.Due, inside);
                        Assignee(node.Id, task.Work.Assignee, inside);
                        break;
                    case SendTask task:
                        Assignee(node.Id, task.To, inside);
                        foreach (Match placeholder in PlaceholderPattern().Matches(task.Text ?? ""))
                        {
                            Known(node.Id, placeholder.Groups[1].Value, inside);
                        }

                        break;
                    case SubProcess sub:
                        Scope(sub.Scope, inside);
                        break;
                }
            }
        }

        void Loop(FlowNode node, MultiInstance loop, HashSet<string> known)
        {
            if (loop.Cardinality is { } cardinality)
            {
                Expression(node.Id, cardinality, known);
            }

            if (loop.CompletionCondition is { } condition)
            {
                Expression(node.Id, condition, [.. known, .. Counters]);
            }

            foreach (var list in new[] { loop.Collection, loop.OutputCollection }.OfType<string>())
            {
                if (Known(node.Id, list, known) && declared.TryGetValue(list, out var type) && type != VariableType.List)
                {
                    findings.Error(FindingCodes.VariableNotAList, node.Id, ("variable", list));
                }
            }

            // What is collected is a field of the form, or a variable that the handler or the called process sets.
            if (loop.OutputItem is { } output && !(node is UserTask task && task.Work.Fields.Any(f => f.Name == output)))
            {
                Known(node.Id, output, known);
            }
        }

        void Assignee(string elementId, AssigneeRule? rule, HashSet<string> known)
        {
            if (rule is { Kind: AssigneeKind.Expression, Value.Length: > 0 })
            {
                Expression(elementId, rule.Value, known);
            }
        }

        void AfterEquals(string elementId, string? text, HashSet<string> known)
        {
            if (text?.StartsWith('=') == true && text[1..].Trim() is { Length: > 0 } expression)
            {
                Expression(elementId, expression, known);
            }
        }

        void Expression(string elementId, string expression, HashSet<string> known)
        {
            var (variables, error) = context.ReadExpression(expression);
            if (error is not null)
            {
                findings.Error(FindingCodes.ExpressionInvalid, elementId, ("expression", expression), ("error", error));
                return;
            }

            foreach (var variable in variables)
            {
                Known(elementId, variable, known);
            }
        }

        bool Known(string elementId, string variable, HashSet<string> known)
        {
            if (known.Contains(variable))
            {
                return true;
            }

            findings.Error(FindingCodes.VariableUndeclared, elementId, ("variable", variable));
            return false;
        }
    }

    public static void Counts(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var node in process.AllNodes.OfType<Activity>().Where(a => a.Loop is { Cardinality: null, Collection: null }))
        {
            findings.Error(FindingCodes.CountMissing, node.Id);
        }
    }

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();
}
