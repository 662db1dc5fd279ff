using System.Text.Json;

namespace PilotPlatform.Bpmn.Expressions;

internal enum ValueKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
}

/// <summary>A value while an expression is evaluated. Objects do not exist: a variable that holds one is an error.</summary>
internal readonly struct Value
{
    private readonly object? content;
    private readonly decimal number;

    private Value(ValueKind kind, object? content, decimal number)
    {
        Kind = kind;
        this.content = content;
        this.number = number;
    }

    public static readonly Value Null;
    public static readonly Value True = new(ValueKind.Boolean, null, 1);
    public static readonly Value False = new(ValueKind.Boolean, null, 0);

    public ValueKind Kind { get; }

    public bool Boolean => number != 0;

    public decimal Number => number;

    public string Text => (string)content!;

    public IReadOnlyList<Value> Items => (IReadOnlyList<Value>)content!;

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(decimal value) => new(ValueKind.Number, null, value);

    public static Value Of(string value) => new(ValueKind.Text, value, 0);

    public static Value Of(IReadOnlyList<Value> items) => new(ValueKind.List, items, 0);

    public static Value Of(JsonElement? json, int position, string name)
    {
        if (json is not { } value)
        {
            return Null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return Null;
            case JsonValueKind.True:
                return True;
            case JsonValueKind.False:
                return False;
            case JsonValueKind.String:
                return Of(value.GetString()!);
            case JsonValueKind.Number:
                return value.TryGetDecimal(out var number) ? Of(number) : throw new ExpressionException("number-too-large", position, name);
            case JsonValueKind.Array:
                var items = new Value[value.GetArrayLength()];
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    items[index++] = Of(item, position, name);
                }

                return Of(items);
            default:
                throw new ExpressionException("objects-not-supported", position, name);
        }
    }

    public void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ValueKind.Boolean:
                writer.WriteBooleanValue(Boolean);
                break;
            case ValueKind.Number:
                writer.WriteNumberValue(number);
                break;
            case ValueKind.Text:
                writer.WriteStringValue(Text);
                break;
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var item in Items)
                {
                    item.Write(writer);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    public override string ToString() => Kind switch
    {
        ValueKind.Boolean => Boolean ? "true" : "false",
        ValueKind.Number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Text => $"\"{(Text.Length > 40 ? Text[..40] + "…" : Text)}\"",
        ValueKind.List => $"list of {Items.Count}",
        _ => "null",
    };
}
