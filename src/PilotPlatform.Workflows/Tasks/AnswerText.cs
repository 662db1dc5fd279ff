using System.Text.Json;
using System.Text.RegularExpressions;
using PilotPlatform.Bpmn;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>How the values of a flow read to people: what was chosen by its label, a list one after the other.</summary>
internal static partial class AnswerText
{
    private const string Nothing = "—";

    public static string Of(JsonElement value, IReadOnlyList<FormOption> options) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Nothing,
        JsonValueKind.String => options.FirstOrDefault(o => o.Value == value.GetString())?.Label ?? value.GetString()!,
        JsonValueKind.Array when value.GetArrayLength() == 0 => Nothing,
        JsonValueKind.Array => string.Join('、', value.EnumerateArray().Select(i => Of(i, options))),
        _ => value.GetRawText(),
    };

    /// <summary>A form's answers in one line, by the labels of their fields; what is no field goes by its own name.</summary>
    public static string Line(IReadOnlyDictionary<string, JsonElement> values, UserTask? node) => string.Join("，", values.Select(v =>
        node?.Work.Fields.FirstOrDefault(f => f.Name == v.Key) is { } field
            ? $"{field.Label} = {Of(v.Value, field.Options)}"
            : $"{v.Key} = {v.Value.GetRawText()}"));

    /// <summary>Fills <c>{name}</c> in the words of a model's author. A variable is read as the forms that set it offer it; what is no variable stays.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, JsonElement> variables, ProcessModel process) => PlaceholderPattern().Replace(text, match =>
        variables.TryGetValue(match.Groups[1].Value, out var value)
            ? Of(value, [.. process.AllNodes.OfType<UserTask>().SelectMany(t => t.Work.Fields).Where(f => f.Name == match.Groups[1].Value).SelectMany(f => f.Options)])
            : match.Value);

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();
}
