using System.Text.RegularExpressions;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>Our conditions as JavaScript. Enough for the models here; lists on the right of <c>in</c> are not among them.</summary>
internal static partial class JavaScript
{
    public static string From(string expression) => Token().Replace(expression, m => m.Value switch
    {
        "and" => "&&",
        "or" => "||",
        "not" => "!",
        "=" or "==" => "===",
        "!=" => "!==",
        "true" or "false" or "null" => m.Value,
        _ when m.Groups["function"].Success => "f." + m.Value,
        _ when m.Groups["name"].Success => "v." + m.Value,
        _ => m.Value,
    });

    [GeneratedRegex("""'[^']*'|"[^"]*"|(?<function>[a-zA-Z]\w*(?=\())|(?<name>[a-zA-Z]\w*)|==|!=|<=|>=|=|[^\s]""")]
    private static partial Regex Token();
}
