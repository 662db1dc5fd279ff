using System.Text.Json;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>
/// What a token sees, and where what it writes goes. An instance of a multi-instance activity works on its own variables,
/// so that parallel ones do not disturb one another; everything else writes to the process.
/// </summary>
internal sealed class Surroundings(ProcessState state)
{
    private const string LoopCounterName = "loopCounter";

    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null, ProcessStateJson.Compact.Object);

    public Func<string, JsonElement?> Of(Execution token) => name =>
    {
        for (var at = token; at is not null; at = Around(at))
        {
            if (Own(at, name) is { } value)
            {
                return value;
            }
        }

        return state.Variables.TryGetValue(name, out var outer) ? outer : null;
    };

    public Dictionary<string, JsonElement> All(Execution token)
    {
        Dictionary<string, JsonElement> all = new(state.Variables, StringComparer.Ordinal);
        foreach (var at in Chain(token).Reverse())
        {
            foreach (var (name, value) in at.Variables ?? [])
            {
                all[name] = value;
            }

            foreach (var name in (string[])[LoopCounterName, "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "nrOfTerminatedInstances"])
            {
                if (Own(at, name) is { } value)
                {
                    all[name] = value;
                }
            }
        }

        return all;
    }

    public void Write(Execution token, IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var owner = Chain(token).FirstOrDefault(e => e.LoopCounter is not null);
        var target = owner is null ? state.Variables : owner.Variables ??= new(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            // A copy: the caller's document may be pooled.
            target[name] = value.ValueKind == JsonValueKind.Undefined ? Null : value.Clone();
        }
    }

    /// <summary>The execution around, or null when that is the process.</summary>
    public Execution? Around(Execution token) => token.Parent == 0 ? null : state.Find(token.Parent);

    public IEnumerable<Execution> Chain(Execution token)
    {
        for (var at = token; at is not null; at = Around(at))
        {
            yield return at;
        }
    }

    public static JsonElement NumberOf(int value) => JsonSerializer.SerializeToElement(value, ProcessStateJson.Compact.Int32);

    public static JsonElement ListOf(List<JsonElement> items) => JsonSerializer.SerializeToElement(items, ProcessStateJson.Compact.ListJsonElement);

    public static JsonElement NullValue => Null;

    private static JsonElement? Own(Execution at, string name)
    {
        if (at.Variables is not null && at.Variables.TryGetValue(name, out var value))
        {
            return value;
        }

        if (name == LoopCounterName)
        {
            return at.LoopCounter is { } counter ? NumberOf(counter) : null;
        }

        // Instances cannot end singly other than by completing, so none is ever terminated while the condition is asked.
        return at.Loop is { } loop
            ? name switch
            {
                "nrOfInstances" => NumberOf(loop.Total),
                "nrOfActiveInstances" => NumberOf(loop.Started - loop.Completed),
                "nrOfCompletedInstances" => NumberOf(loop.Completed),
                "nrOfTerminatedInstances" => NumberOf(0),
                _ => null,
            }
            : null;
    }
}
