using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>A command as both engines are given it.</summary>
internal sealed record Command(string Do, string Node, int? Index, int Nth, IReadOnlyDictionary<string, JsonElement>? Outputs, string? Code);

/// <summary>What a command led to: what happened, sorted, because the order between branches is not defined; and what waits afterwards, sorted.</summary>
internal sealed record Outcome(IReadOnlyList<string> Events, IReadOnlyList<string> Waiting, string? End)
{
    public static Outcome Of(IEnumerable<string> events, IEnumerable<string> waiting, string? end) =>
        new([.. events.Order(StringComparer.Ordinal)], [.. waiting.Order(StringComparer.Ordinal)], end);

    public Outcome Only(Func<string, bool> isTold) => this with { Events = [.. Events.Where(isTold)] };

    public bool Equals(Outcome? other) =>
        other is not null && Events.SequenceEqual(other.Events) && Waiting.SequenceEqual(other.Waiting) && End == other.End;

    public override int GetHashCode() => HashCode.Combine(Events.Count, Waiting.Count, End);

    public override string ToString() => $"{string.Join(", ", Events)}; waiting: {string.Join(", ", Waiting)}{(End is null ? "" : "; " + End)}";
}

/// <summary>One run of one model: the commands, and what came of the start and of each of them.</summary>
internal sealed record Walk(
    string Id, string Xml, IReadOnlyDictionary<string, JsonElement> Variables, string? StartAt,
    IReadOnlyList<Command> Commands, IReadOnlyList<Outcome> Outcomes);

/// <summary>The other engine: bpmn-engine in one Node process that is given every walk as a line of JSON.</summary>
internal static class OtherEngine
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public sealed record Answer(string Id, IReadOnlyList<Step> Steps, string? Error);

    public sealed record Step(IReadOnlyList<string> Events, IReadOnlyList<string> Waiting, string? Outcome);

    public static IReadOnlyDictionary<string, Answer> Run(IReadOnlyList<Walk> walks)
    {
        var folder = Install();
        using var node = Start("node", folder, "driver.mjs");
        var errors = node.StandardError.ReadToEndAsync();
        var writing = Task.Run(() =>
        {
            foreach (var walk in walks)
            {
                node.StandardInput.WriteLine(Line(walk));
            }

            node.StandardInput.Close();
        });
        Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
        while (node.StandardOutput.ReadLine() is { } line)
        {
            var answer = JsonSerializer.Deserialize<Answer>(line, Web)!;
            answers.Add(answer.Id, answer);
        }

        writing.GetAwaiter().GetResult();
        node.WaitForExit();
        node.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
        return answers;
    }

    private static string Line(Walk walk)
    {
        var document = XElement.Parse(walk.Xml);
        var loops = Translate(document);
        return JsonSerializer.Serialize(
            new { walk.Id, Xml = document.ToString(SaveOptions.DisableFormatting), walk.Variables, walk.StartAt, walk.Commands, loops }, Web);
    }

    /// <summary>Says in the other engine's words what is said in ours: conditions, services, repetitions.</summary>
    private static Dictionary<string, object> Translate(XElement document)
    {
        foreach (var condition in document.Descendants(Drawing.Bpmn + "conditionExpression"))
        {
            condition.SetAttributeValue("language", "javascript");
            condition.Value = $"next(null, (function (v, f) {{ return {JavaScript.From(condition.Value)}; }})(environment.variables.run, environment.variables.f));";
        }

        foreach (var task in document.Descendants().Where(e => e.Name.LocalName is "serviceTask" or "sendTask"))
        {
            task.SetAttributeValue("implementation", "${environment.services.task}");
        }

        Dictionary<string, object> loops = [];
        foreach (var loop in document.Descendants(Drawing.Bpmn + "multiInstanceLoopCharacteristics").ToList())
        {
            var id = loop.Parent!.Attribute("id")!.Value;
            var (count, until) = (loop.Element(Drawing.Bpmn + "loopCardinality"), loop.Element(Drawing.Bpmn + "completionCondition"));
            var over = loop.Attribute(Drawing.Pilot + "collection")?.Value;
            loops[id] = new
            {
                id,
                count = count is null ? null : JavaScript.From(count.Value),
                until = until is null ? null : JavaScript.From(until.Value),
                over = over is null ? null : JavaScript.From(over),
                into = loop.Attribute(Drawing.Pilot + "outputCollection")?.Value,
                output = loop.Attribute(Drawing.Pilot + "outputItem")?.Value,
            };
            loop.Attributes().Where(a => a.Name.Namespace == Drawing.Pilot).Remove();
            count?.SetValue($"${{environment.services.count('{id}')}}");
            until?.SetValue($"${{environment.services.until('{id}')}}");
            if (over is not null)
            {
                loop.SetAttributeValue(Drawing.Pilot + "collection", $"${{environment.services.items('{id}')}}");
            }
        }

        return loops;
    }

    /// <summary>Installs the driver's packages once; the folder is kept beside the driver and not committed.</summary>
    private static string Install([CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "driver");
        var wanted = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        var mark = Path.Combine(folder, "node_modules", ".installed-for");
        if (!File.Exists(mark) || File.ReadAllText(mark) != wanted)
        {
            using var npm = Start("npm", folder, "ci", "--prefer-offline", "--ignore-scripts");
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            npm.ExitCode.ShouldBe(0, output.GetAwaiter().GetResult() + errors);
            File.WriteAllText(mark, wanted);
        }

        return folder;
    }

    private static Process Start(string program, string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
