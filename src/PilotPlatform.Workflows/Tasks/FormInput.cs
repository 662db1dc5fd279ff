using System.Globalization;
using System.Text.Json;
using PilotPlatform.Bpmn;
using PilotPlatform.Errors;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>Checks a form's answers against its fields.</summary>
internal static class FormInput
{
    private const int ShortText = 200;
    private const int LongText = 4000;

    /// <summary>
    /// The answers as they are kept: what is chosen of several options stands in their order, and is an empty list where nothing
    /// is, so that an earlier round's answer does not stay and a condition can always ask what the list contains.
    /// </summary>
    /// <exception cref="InputException">They do not fit the fields; each says so beside its own.</exception>
    public static Dictionary<string, JsonElement> Accept(UserTask node, Dictionary<string, JsonElement> values)
    {
        Check(node, values).ThrowIfAny();
        var kept = new Dictionary<string, JsonElement>(values, StringComparer.Ordinal);
        foreach (var field in node.Work.Fields.Where(f => f.Kind == FieldKind.Choices))
        {
            var chosen = IsGiven(field, values, out var value) ? Texts(value) : [];
            kept[field.Name] = JsonSerializer.SerializeToElement(field.Options.Select(o => o.Value).Where(chosen.Contains));
        }

        return kept;
    }

    private static InputCheck Check(UserTask node, Dictionary<string, JsonElement> values)
    {
        var check = new InputCheck();
        foreach (var field in node.Work.Fields)
        {
            var name = $"values.{field.Name}";
            if (!IsGiven(field, values, out var value))
            {
                check.That(!field.IsRequired, name, PlatformErrorCodes.Required);
                continue;
            }

            switch (field.Kind)
            {
                case FieldKind.Choice:
                    check.That(value.ValueKind == JsonValueKind.String && IsOption(field, value.GetString()), name, WorkflowsErrorCodes.NotAnOption);
                    break;
                case FieldKind.Choices:
                    Several(check, field, value, name);
                    break;
                case FieldKind.Number:
                    check.That(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _), name, WorkflowsErrorCodes.WrongKind);
                    break;
                case FieldKind.Boolean:
                    check.That(value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, WorkflowsErrorCodes.WrongKind);
                    break;
                case FieldKind.Date:
                    check.That(
                        value.ValueKind == JsonValueKind.String
                        && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                        name, WorkflowsErrorCodes.WrongKind);
                    break;
                default:
                    check.That(value.ValueKind == JsonValueKind.String, name, WorkflowsErrorCodes.WrongKind);
                    if (value.ValueKind == JsonValueKind.String)
                    {
                        check.Text(value.GetString(), name, field.Kind == FieldKind.Text ? ShortText : LongText, required: false);
                    }

                    break;
            }
        }

        foreach (var unknown in values.Keys.Where(k => node.Work.Fields.All(f => f.Name != k)))
        {
            check.That(false, $"values.{unknown}", PlatformErrorCodes.InvalidInput);
        }

        return check;
    }

    private static bool IsGiven(FormField field, Dictionary<string, JsonElement> values, out JsonElement value) =>
        values.TryGetValue(field.Name, out value) && value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.String => !string.IsNullOrWhiteSpace(value.GetString()),
            JsonValueKind.Array => field.Kind != FieldKind.Choices || value.GetArrayLength() > 0,
            _ => true,
        };

    private static void Several(InputCheck check, FormField field, JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String))
        {
            check.That(false, name, WorkflowsErrorCodes.WrongKind);
            return;
        }

        var chosen = Texts(value);
        check.That(chosen.All(c => IsOption(field, c)), name, WorkflowsErrorCodes.NotAnOption);
        check.That(chosen.Distinct(StringComparer.Ordinal).Count() == chosen.Count, name, WorkflowsErrorCodes.OptionTwice);
    }

    private static bool IsOption(FormField field, string? value) => field.Options.Any(o => o.Value == value);

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(i => i.GetString()!)];
}
