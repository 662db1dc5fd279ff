using System.Text.Json;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>
/// Walks through a model in our machine, choosing by chance what happens next, and writes down the commands. Every answer
/// sets <c>n</c> to 0 … 3, which is what the models' conditions ask for.
/// </summary>
internal static class Walker
{
    private const int Longest = 40;

    public static Walk Go(string id, Drawing drawing, int seed, string? startAt, params (string Name, object? Value)[] variables)
    {
        var random = new Random(seed);
        var instance = new Instance(drawing, [("n", 0), .. variables]);
        var given = instance.State.Variables.ToDictionary(v => v.Key, v => v.Value);
        List<Command> commands = [];
        List<Outcome> outcomes = [];
        Note(() => instance.Start(startAt));
        while (!instance.IsOver && commands.Count < Longest)
        {
            var choices = instance.Live.Where(l => l.Kind is LiveKind.Activity or LiveKind.Timer or LiveKind.Message).ToList();

            // The other engine has one n for all; ours has one for each instance of a repeated sub-process. They agree after an
            // answer, but a timer or an error brings none: these wait until no instance has an n of its own.
            var hasOwn = instance.State.Executions.Exists(e => e.Variables is not null);
            if (hasOwn && choices.Exists(c => c.Kind != LiveKind.Timer))
            {
                choices.RemoveAll(c => c.Kind == LiveKind.Timer);
            }

            if (choices.Count == 0)
            {
                break;
            }

            var thing = choices[random.Next(choices.Count)];
            var alike = choices.FindAll(c => c.NodeId == thing.NodeId && c.LoopCounter == thing.LoopCounter);
            var outputs = Instance.Json([("n", random.Next(4)), ("vote", random.Next(2) == 0 ? "agree" : "oppose")]);
            var code = !hasOwn && thing.Kind == LiveKind.Activity && random.Next(3) == 0 ? Catchable(instance.Machine, thing.NodeId, random) : null;
            var command = (thing.Kind, code) switch
            {
                (LiveKind.Timer, _) => new Command("timer", thing.NodeId, null, alike.IndexOf(thing), null, null),
                (LiveKind.Message, _) => new Command("message", thing.NodeId, null, alike.IndexOf(thing), outputs, null),
                (_, null) => new Command("complete", thing.NodeId, thing.LoopCounter, alike.IndexOf(thing), outputs, null),
                _ => new Command("error", thing.NodeId, thing.LoopCounter, alike.IndexOf(thing), null, code),
            };
            commands.Add(command);
            Note(() => instance.Do((m, s) => command.Do switch
            {
                "timer" => m.FireTimer(s, thing.Id),
                "message" => m.DeliverMessage(s, thing.Id, outputs),
                "error" => m.ThrowError(s, thing.Id, code!),
                _ => m.Complete(s, thing.Id, outputs),
            }));
        }

        return new Walk(id, drawing.ToXml(), given, startAt, commands, outcomes);

        void Note(Action command)
        {
            var before = instance.Effects.Count;
            command();
            outcomes.Add(Outcome.Of(
                instance.Effects.Skip(before).Select(e => Say(instance, e)).OfType<string>(),
                instance.Live.Where(l => l.Kind is LiveKind.Activity or LiveKind.Timer or LiveKind.Message).Select(l => l.NodeId),
                instance.State.Outcome switch { null => null, ProcessOutcome.Failed => "Failed", _ => "Ended" }));
        }
    }

    private static string? Say(Instance instance, Effect effect)
    {
        var node = instance.Machine.Graph.Find(effect.NodeId)?.Node;
        var isRepeated = node is Activity { Loop: not null };
        return effect switch
        {
            // What began and was cancelled by the same command is not told by either side.
            ActivityStarted e => instance.State.Find(e.ExecutionId) is null ? null : $"start {effect.NodeId}",

            // The other engine tells the end of a repeated activity, ours that of each instance.
            _ when isRepeated => null,
            ActivityCompleted => $"done {effect.NodeId}",
            NodePassed => node is SubProcess ? $"enter {effect.NodeId}" : $"pass {effect.NodeId}",
            Stuck stuck => throw new InvalidOperationException($"The model gets stuck: {stuck}"),
            _ => null,
        };
    }

    /// <summary>An error that a service task may throw: one that a boundary on it catches. Deeper ones come from error end events.</summary>
    private static string? Catchable(ProcessMachine machine, string nodeId, Random random)
    {
        var place = machine.Graph[nodeId];
        var codes = place.Boundaries.Select(b => b.Trigger).OfType<ErrorTrigger>().Select(t => t.ErrorCode ?? "Any").ToList();
        return place.Node is ServiceTask && codes.Count > 0 ? codes[random.Next(codes.Count)] : null;
    }
}
