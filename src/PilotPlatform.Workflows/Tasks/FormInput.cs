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

    public static InputCheck Check(UserTask node, Dictionary<string, JsonElement> values)
    {
        var check = new InputCheck();
        foreach (var field in node.Work.Fields)
        {
            var name = $"values.{field.Name}";
            var given = values.TryGetValue(field.Name, out var value) && value.ValueKind != JsonValueKind.Null
                && !(value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
            if (!given)
            {
                check.That(!field.IsRequired, name, PlatformErrorCodes.Required);
                continue;
            }

            switch (field.Kind)
            {
                case FieldKind.Choice:
                    check.That(value.ValueKind == JsonValueKind.String && field.Options.Any(o => o.Value == value.GetString()), name, WorkflowsErrorCodes.NotAnOption);
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
}
