namespace PilotPlatform.Bpmn.Checks;

/// <summary>Collects findings; the same said twice counts once.</summary>
internal sealed class FindingList(ProcessModel process)
{
    private readonly List<ModelFinding> found = [];
    private readonly HashSet<(string Code, string Element, string Values)> said = [];

    public void Error(string code, string elementId, params (string Name, string Value)[] values) =>
        Add(code, FindingSeverity.Error, elementId, values);

    public void Warning(string code, string elementId, params (string Name, string Value)[] values) =>
        Add(code, FindingSeverity.Warning, elementId, values);

    public IReadOnlyList<ModelFinding> InModelOrder()
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal) { [process.Id] = 0 };
        foreach (var id in process.AllNodes.Select(n => n.Id).Concat(Graph.Scopes(process).SelectMany(s => s.Flows).Select(f => f.Id)))
        {
            order.TryAdd(id, order.Count);
        }

        return found.OrderBy(f => order.GetValueOrDefault(f.ElementId, int.MaxValue)).ToList(); // stable: by check within an element
    }

    private void Add(string code, FindingSeverity severity, string elementId, (string Name, string Value)[] values)
    {
        if (said.Add((code, elementId, string.Join('\n', values))))
        {
            found.Add(new ModelFinding(code, severity, elementId, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal)));
        }
    }
}
