namespace PilotPlatform.Bpmn.Expressions;

/// <summary>What operators and functions do. Values that do not fit are errors, never a quiet false.</summary>
internal static class Operators
{
    /// <summary>The functions with the least and the most arguments.</summary>
    public static readonly Dictionary<string, (int Least, int Most, Func<IReadOnlyList<Value>, int, Value> Run)> Functions =
        new(StringComparer.Ordinal)
        {
            ["count"] = (1, 1, (a, at) => Value.Of((decimal)List(a[0], at).Count)),
            ["countOf"] = (2, 2, (a, at) => Value.Of((decimal)List(a[0], at).Count(i => AreEqual(i, a[1], at)))),
            ["contains"] = (2, 2, (a, at) => Contains(a[0], a[1], at)),
            ["min"] = (1, 16, (a, at) => Value.Of(Numbers(a, at, mayBeEmpty: false).Min())),
            ["max"] = (1, 16, (a, at) => Value.Of(Numbers(a, at, mayBeEmpty: false).Max())),
            ["sum"] = (1, 16, (a, at) => Value.Of(Sum(Numbers(a, at, mayBeEmpty: true), at))),
            ["abs"] = (1, 1, (a, at) => Value.Of(Math.Abs(Number(a[0], at)))),
            ["round"] = (1, 2, Round),
        };

    public static bool Boolean(Value value, int position) =>
        value.Kind == ValueKind.Boolean ? value.Boolean : throw new ExpressionException("expected-boolean", position, value.ToString());

    public static decimal Number(Value value, int position) =>
        value.Kind == ValueKind.Number ? value.Number : throw new ExpressionException("expected-number", position, value.ToString());

    public static Value Equal(Value left, Value right, int position) => Value.Of(AreEqual(left, right, position));

    public static Value NotEqual(Value left, Value right, int position) => Value.Of(!AreEqual(left, right, position));

    public static Value Less(Value left, Value right, int position) => Value.Of(Compare(left, right, position) < 0);

    public static Value LessOrEqual(Value left, Value right, int position) => Value.Of(Compare(left, right, position) <= 0);

    public static Value Greater(Value left, Value right, int position) => Value.Of(Compare(left, right, position) > 0);

    public static Value GreaterOrEqual(Value left, Value right, int position) => Value.Of(Compare(left, right, position) >= 0);

    public static Value In(Value left, Value right, int position) => Value.Of(List(right, position).Any(i => AreEqual(i, left, position)));

    public static Value NotIn(Value left, Value right, int position) => Value.Of(!In(left, right, position).Boolean);

    public static Value Add(Value left, Value right, int position) => Calculate(left, right, position, decimal.Add);

    public static Value Subtract(Value left, Value right, int position) => Calculate(left, right, position, decimal.Subtract);

    public static Value Multiply(Value left, Value right, int position) => Calculate(left, right, position, decimal.Multiply);

    public static Value Divide(Value left, Value right, int position) => Calculate(left, right, position, decimal.Divide);

    public static Value Remainder(Value left, Value right, int position) => Calculate(left, right, position, decimal.Remainder);

    private static Value Calculate(Value left, Value right, int position, Func<decimal, decimal, decimal> operation)
    {
        var (a, b) = (Number(left, position), Number(right, position));
        try
        {
            return Value.Of(operation(a, b));
        }
        catch (DivideByZeroException)
        {
            throw new ExpressionException("division-by-zero", position, left.ToString());
        }
        catch (OverflowException)
        {
            throw new ExpressionException("number-too-large", position, left.ToString());
        }
    }

    private static bool AreEqual(Value left, Value right, int position)
    {
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
        {
            return left.Kind == right.Kind;
        }

        if (left.Kind != right.Kind)
        {
            throw new ExpressionException("different-kinds", position, $"{left}, {right}");
        }

        return left.Kind switch
        {
            ValueKind.Boolean => left.Boolean == right.Boolean,
            ValueKind.Number => left.Number == right.Number,
            ValueKind.Text => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            _ => left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(p => AreEqual(p.First, p.Second, position)),
        };
    }

    private static int Compare(Value left, Value right, int position) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Number, ValueKind.Number) => left.Number.CompareTo(right.Number),
        (ValueKind.Text, ValueKind.Text) => string.CompareOrdinal(left.Text, right.Text),
        _ => throw new ExpressionException("cannot-be-ordered", position, $"{left}, {right}"),
    };

    private static Value Contains(Value whole, Value part, int position)
    {
        if (whole.Kind != ValueKind.Text)
        {
            return In(part, whole, position);
        }

        return part.Kind == ValueKind.Text
            ? Value.Of(whole.Text.Contains(part.Text, StringComparison.Ordinal))
            : throw new ExpressionException("different-kinds", position, $"{whole}, {part}");
    }

    private static Value Round(IReadOnlyList<Value> arguments, int position)
    {
        var digits = arguments.Count == 1 ? 0 : Number(arguments[1], position);
        return digits is >= 0 and <= 20 && digits == decimal.Truncate(digits)
            ? Value.Of(Math.Round(Number(arguments[0], position), (int)digits, MidpointRounding.AwayFromZero))
            : throw new ExpressionException("expected-digits", position, arguments[1].ToString());
    }

    private static IReadOnlyList<Value> List(Value value, int position) =>
        value.Kind == ValueKind.List ? value.Items : throw new ExpressionException("expected-list", position, value.ToString());

    private static List<decimal> Numbers(IReadOnlyList<Value> arguments, int position, bool mayBeEmpty)
    {
        var values = arguments is [{ Kind: ValueKind.List } list] ? list.Items : arguments;
        return values.Count > 0 || mayBeEmpty
            ? [.. values.Select(v => Number(v, position))]
            : throw new ExpressionException("list-is-empty", position, "[]");
    }

    private static decimal Sum(List<decimal> numbers, int position)
    {
        try
        {
            return numbers.Sum();
        }
        catch (OverflowException)
        {
            throw new ExpressionException("number-too-large", position, "sum");
        }
    }
}
