namespace PilotPlatform.Bpmn.Expressions;

/// <summary>An expression that cannot be read, or whose values do not fit. Codes are stable, so that texts can be localised.</summary>
/// <param name="code">A stable code in kebab case, such as <c>expected-number</c>.</param>
/// <param name="position">Where in the text, from 0.</param>
/// <param name="near">The part of the text or the value concerned.</param>
public sealed class ExpressionException(string code, int position, string near)
    : FormatException($"{code} at {position}: {near}")
{
    /// <summary>A stable code in kebab case.</summary>
    public string Code { get; } = code;

    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>The part of the text or the value concerned.</summary>
    public string Near { get; } = near;
}
