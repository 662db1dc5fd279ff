using System.Text.Json;
using PilotPlatform.Bpmn.Checks;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>Evaluates and checks the text of a timer at the moment when it is set.</summary>
internal static class TimerText
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
            TimerKind.Duration => Iso8601.IsDuration(text),
            TimerKind.Cycle => Iso8601.IsCycle(text),
            _ => Iso8601.IsDate(text),
        };
        return isWellFormed ? timer with { Text = text } : throw new StuckException(StuckCodes.TimerInvalid, $"{timer.Kind}: {text}");
    }
}

/// <summary>A token cannot go on, for a reason that an administrator must see. Never leaves the machine.</summary>
internal sealed class StuckException(string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;
}
