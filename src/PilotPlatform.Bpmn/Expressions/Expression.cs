using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PilotPlatform.Bpmn.Expressions;

/// <summary>
/// An expression of the conditions' language: literals, variables, comparisons, <c>and or not</c>, arithmetic, <c>in</c> and
/// a few pure functions. There is no code, no assignment and no way out of the variables it is given.
/// </summary>
/// <remarks>
/// Values are null, booleans, decimal numbers, text and lists; dates are ISO 8601 text and compare as text.
/// <list type="bullet">
/// <item>A variable without a value is null. Null equals null only; it may stand in <c>=</c>, <c>!=</c>, <c>in</c>,
/// <c>contains</c> and <c>countOf</c>. Anything else on null (ordering, arithmetic, <c>and</c>, <c>count</c>) is an error.</item>
/// <item>Values of different kinds do not compare: <c>1 = "1"</c> is an error, not false.</item>
/// <item><c>and</c> and <c>or</c> look at their right side only when the left does not decide, so
/// <c>score != null and score &gt;= 60</c> is safe.</item>
/// <item><c>round</c> rounds half away from zero (四舍五入).</item>
/// </list>
/// </remarks>
public sealed class Expression
{
    /// <summary>The longest text that is read.</summary>
    public const int MaxLength = 2000;

    /// <summary>How deep parentheses, lists, functions and signs may nest.</summary>
    public const int MaxDepth = 40;

    // Text stays as it is; the result is a value, not part of a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int CacheSize = 4096;
    private static readonly ConcurrentDictionary<string, Expression> Cache = new(StringComparer.Ordinal);

    private readonly Node root;

    private Expression(string text, Node root, IReadOnlyList<string> variables)
    {
        Text = text;
        this.root = root;
        Variables = variables;
    }

    /// <summary>The text as written.</summary>
    public string Text { get; }

    /// <summary>The variables that it names, each once, in order of appearance.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Reads an expression. Expressions are immutable and shared.</summary>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Cache.TryGetValue(text, out var known))
        {
            return known;
        }

        var parser = new Parser(text);
        var expression = new Expression(text, parser.Parse(), parser.Variables);

        // Models are written by many hands for years: the cache must not grow with them.
        if (Cache.Count >= CacheSize)
        {
            Cache.Clear();
        }

        Cache[text] = expression;
        return expression;
    }

    /// <summary>Evaluates it. A variable for which the function answers null is null.</summary>
    /// <exception cref="ExpressionException">The values do not fit.</exception>
    public JsonElement Evaluate(Func<string, JsonElement?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var value = root.Evaluate(variable);
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            value.Write(writer);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Evaluates a condition: anything but true or false is an error.</summary>
    /// <exception cref="ExpressionException">The values do not fit.</exception>
    public bool IsTrue(Func<string, JsonElement?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return Operators.Boolean(root.Evaluate(variable), root.Position);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
