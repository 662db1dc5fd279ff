using System.Globalization;

namespace PilotPlatform.Bpmn;

/// <summary>What happened to an element between two versions.</summary>
public enum ModelChangeKind
{
    /// <summary>Only the new version has it.</summary>
    Added,

    /// <summary>Only the old version had it.</summary>
    Removed,

    /// <summary>Both have it, and it differs.</summary>
    Changed,
}

/// <summary>A property that differs.</summary>
/// <param name="Property">Its name, such as <c>name</c>, <c>assignee</c> or <c>form.decision</c>.</param>
/// <param name="Before">What it was; null when it was absent.</param>
/// <param name="After">What it is; null when it is absent.</param>
public sealed record PropertyChange(string Property, string? Before, string? After);

/// <summary>An element that was added, removed or changed.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="ElementId">Its id; of a variable its name.</param>
/// <param name="ElementType">BPMN's name for its kind in the newer version that has it; <c>variable</c> for a declared variable.</param>
/// <param name="Name">Its name for people in that version.</param>
/// <param name="Properties">What differs, for a change; empty otherwise.</param>
public sealed record ModelChange(
    ModelChangeKind Kind, string ElementId, string ElementType, string? Name, IReadOnlyList<PropertyChange> Properties);

/// <summary>Compares two versions of a process by what is executed; where things stand in the diagram does not count.</summary>
public static class ModelDiff
{
    /// <summary>The differences: the process, variables, nodes, then flows, each in the order of the new version, removed ones last.</summary>
    public static IReadOnlyList<ModelChange> Compare(ProcessModel before, ProcessModel after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        // A process that was copied under another id is still the same matter.
        var process = Changed(Describe(before), Describe(after));
        return
        [
            .. process is null ? [] : new[] { process },
            .. Between(before.Variables.Select(Describe), after.Variables.Select(Describe)),
            .. Between(Nodes(before), Nodes(after)),
            .. Between(Flows(before), Flows(after)),
        ];
    }

    private static IEnumerable<ModelChange> Between(IEnumerable<Element> before, IEnumerable<Element> after)
    {
        var old = before.ToDictionary(e => e.Id, StringComparer.Ordinal);
        foreach (var element in after)
        {
            if (!old.Remove(element.Id, out var was))
            {
                yield return new ModelChange(ModelChangeKind.Added, element.Id, element.Type, element.Name, []);
            }
            else if (Changed(was, element) is { } change)
            {
                yield return change;
            }
        }

        foreach (var removed in old.Values)
        {
            yield return new ModelChange(ModelChangeKind.Removed, removed.Id, removed.Type, removed.Name, []);
        }
    }

    private static ModelChange? Changed(Element was, Element @is)
    {
        var properties = was.Properties.Keys.Union(@is.Properties.Keys)
            .Select(k => new PropertyChange(k, was.Properties.GetValueOrDefault(k), @is.Properties.GetValueOrDefault(k)))
            .Where(c => c.Before != c.After)
            .ToList();
        return properties.Count == 0 ? null : new ModelChange(ModelChangeKind.Changed, @is.Id, @is.Type, @is.Name, properties);
    }

    private static IEnumerable<Element> Nodes(ProcessModel process) =>
        Scopes(process).SelectMany(s => s.Scope.Nodes.Select(n => Describe(n, s.Holder)));

    private static IEnumerable<Element> Flows(ProcessModel process) =>
        Scopes(process).SelectMany(s => s.Scope.Flows.Select(Describe));

    /// <summary>Every scope with the sub-process that holds it; null for the process, whose id may differ between versions.</summary>
    private static IEnumerable<(FlowScope Scope, string? Holder)> Scopes(ProcessModel process) =>
        process.AllNodes.OfType<SubProcess>().Select(s => (s.Scope, (string?)s.Id)).Prepend((process.Scope, null));

    private static Element Describe(ProcessModel process) =>
        new(process.Id, "process", process.Name, Present(("name", process.Name), ("isExecutable", Flag(process.IsExecutable))));

    private static Element Describe(VariableDeclaration variable) =>
        new(variable.Name, "variable", variable.Label, Present(("type", variable.Type.ToString()), ("label", variable.Label)));

    private static Element Describe(SequenceFlow flow) => new(flow.Id, "sequenceFlow", flow.Name, Present(
        ("name", flow.Name), ("source", flow.SourceId), ("target", flow.TargetId), ("condition", flow.Condition)));

    private static Element Describe(FlowNode node, string? holder)
    {
        var properties = Present([("kind", ElementNames.Of(node)), ("name", node.Name), ("subProcess", holder), .. Specific(node)]);
        return new Element(node.Id, ElementNames.Of(node), node.Name, properties);
    }

    private static IEnumerable<(string, string?)> Specific(FlowNode node) => node switch
    {
        StartEvent e => Trigger(e.Trigger),
        CatchEvent e => Trigger(e.Trigger),
        BoundaryEvent e => [("attachedTo", e.AttachedToId), ("isInterrupting", Flag(e.IsInterrupting)), .. Trigger(e.Trigger)],
        EndEvent e => [("end", e.Kind.ToString()), ("errorCode", e.ErrorCode)],
        ExclusiveGateway g => [("default", g.DefaultFlowId)],
        InclusiveGateway g => [("default", g.DefaultFlowId)],
        Activity a =>
        [
            ("default", a.DefaultFlowId), ("startQuantity", Quantity(a.StartQuantity)), ("completionQuantity", Quantity(a.CompletionQuantity)),
            .. Loop(a.Loop), .. Work(a),
        ],
        _ => [],
    };

    private static IEnumerable<(string, string?)> Work(Activity activity) => activity switch
    {
        UserTask { Work: var work } =>
        [
            ("assignee", Rule(work.Assignee)), ("due", work.Due), ("dueInWorkingDays", Flag(work.DueInWorkingDays)), ("batch", Flag(work.AllowsBatch)),
            ("completedBy", work.CompletedBy), ("confidential", Flag(work.IsConfidential)),
            .. work.Fields.Select((f, i) => ("form." + f.Name, (string?)Field(f, i))),
        ],
        ServiceTask task =>
        [
            ("handler", task.Handler), ("actsFor", task.ActsFor.ToString()), ("attempts", task.Retry.Attempts.ToString(CultureInfo.InvariantCulture)),
            ("firstWait", task.Retry.FirstWait.ToString("c", CultureInfo.InvariantCulture)),
        ],
        SendTask task => [("assignee", Rule(task.To)), ("text", task.Text)],
        CallActivity task => [("calledElement", task.CalledElement)],
        _ => [],
    };

    private static IEnumerable<(string, string?)> Trigger(Trigger? trigger) => trigger switch
    {
        TimerTrigger t => [("timer", $"{t.Kind} {t.Text}"), ("timerInWorkingDays", Flag(t.InWorkingDays))],
        MessageTrigger m => [("message", m.MessageName)],
        ErrorTrigger e => [("error", e.ErrorCode ?? "*")],
        _ => [],
    };

    private static IEnumerable<(string, string?)> Loop(MultiInstance? loop) => loop is null ? [] :
    [
        ("loop", loop.IsSequential ? "sequential" : "parallel"), ("loop.cardinality", loop.Cardinality), ("loop.collection", loop.Collection),
        ("loop.item", loop.ItemVariable), ("loop.completion", loop.CompletionCondition), ("loop.outputCollection", loop.OutputCollection),
        ("loop.outputItem", loop.OutputItem),
    ];

    private static string? Rule(AssigneeRule? rule)
    {
        if (rule is null)
        {
            return null;
        }

        var where = rule.Kind == AssigneeKind.Role ? $" @{rule.Region}" : "";
        return $"{rule.Kind} {rule.Value}{where}" + string.Concat(rule.NotWhoDid.Select(s => $" !{s}"));
    }

    private static string Field(FormField field, int position) =>
        $"{(position + 1).ToString(CultureInfo.InvariantCulture)} {field.Label} {field.Kind}{(field.IsRequired ? " *" : "")}"
        + string.Concat(field.Options.Select(o => $" {o.Value}={o.Label}"));

    private static string? Quantity(int value) => value == 1 ? null : value.ToString(CultureInfo.InvariantCulture);

    private static string? Flag(bool value) => value ? "true" : null;

    private static Dictionary<string, string> Present(params IEnumerable<(string Name, string? Value)> properties) =>
        properties.Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value!, StringComparer.Ordinal);

    private sealed record Element(string Id, string Type, string? Name, Dictionary<string, string> Properties);
}
