using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>Evaluates and checks the text of a timer at the moment when it is set.</summary>
internal static partial class TimerText
{
    /// <summary>The timer with its text as ISO 8601.</summary>
    /// <exception cref="StuckException">It has none.</exception>
    public static TimerTrigger Evaluate(TimerTrigger timer, Func<string, JsonElement?> variable)
    {
        var text = timer.Text.Trim();
        if (text.StartsWith('='))
        {
            var value = Expression.Parse(text[1..]).Evaluate(variable);
            text = value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new StuckException(StuckCodes.TimerInvalid, $"{timer.Text} → {value.GetRawText()}");
        }

        var isWellFormed = timer.Kind switch
        {
            TimerKind.Duration => Duration().IsMatch(text),
            TimerKind.Cycle => Cycle().IsMatch(text),
            _ => Date().IsMatch(text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        };
        return isWellFormed ? timer with { Text = text } : throw new StuckException(StuckCodes.TimerInvalid, $"{timer.Kind}: {text}");
    }

    private const string DurationPattern =
        @"P(?=\d|T\d)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(?=\d)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?";

    private const string DatePattern = @"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?";

    [GeneratedRegex($"^{DurationPattern}$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex($"^{DatePattern}$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex($@"^R\d*/({DatePattern}/)?{DurationPattern}(/{DatePattern})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Cycle();
}

/// <summary>A token cannot go on, for a reason that an administrator must see. Never leaves the machine.</summary>
internal sealed class StuckException(string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;
}
