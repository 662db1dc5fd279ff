using System.Text.Json;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>The document, start values, and everything done so far: the server plays it anew and keeps nothing.</summary>
internal sealed record SimulateDto(string Xml, Dictionary<string, JsonElement>? Variables, IReadOnlyList<SimulationStep> Steps);

internal sealed record SimulationLiveDto(int Id, string NodeId, string Name, LiveKind Kind, int? LoopCounter, string? StuckCode);

/// <summary>Trace: by step, the nodes done and the flows taken.</summary>
internal sealed record SimulationDto(
    IReadOnlyList<SimulationChoice> Choices, IReadOnlyList<SimulationLiveDto> Live, IReadOnlyList<IReadOnlyList<StoredEffect>> Trace,
    IReadOnlyList<ExpectedNodeDto> Expected, IReadOnlyDictionary<string, JsonElement> Variables, ProcessOutcome? Outcome);

/// <summary>Steps a token through a draft, so that its author sees what it does before anybody works by it.</summary>
internal static class ModelSimulator
{
    private const int MaxSteps = 500;

    public static SimulationDto Run(SimulateDto input)
    {
        new InputCheck().That(input.Steps.Count <= MaxSteps, "steps", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MaxSteps)).ThrowIfAny();
        var process = ModelInspector.Read(input.Xml).Main ?? throw new InputException("xml", WorkflowsErrorCodes.ModelHasErrors, ("element", ""), ("text", ""));
        var simulation = new Simulation(process, input.Variables);
        foreach (var (index, step) in input.Steps.Index())
        {
            try
            {
                simulation.Do(step);
            }
            catch (Exception error) when (error is UnknownExecutionException or ArgumentException or InvalidOperationException)
            {
                throw new InputException($"steps[{index}]", PlatformErrorCodes.InvalidInput);
            }
        }

        var names = process.AllNodes.ToDictionary(n => n.Id, n => n.Name is { Length: > 0 } name ? name : n.Id, StringComparer.Ordinal);
        return new(
            simulation.Choices,
            [.. simulation.Live.Select(l => new SimulationLiveDto(l.Id, l.NodeId, names.GetValueOrDefault(l.NodeId, l.NodeId), l.Kind, l.LoopCounter, l.StuckCode))],
            [.. simulation.Trace.Select(t => EffectCodec.Read(EffectCodec.Write(t.Effects)))],
            [.. simulation.Expected.Select(e => new ExpectedNodeDto(e.NodeId, names.GetValueOrDefault(e.NodeId, e.NodeId), e.IsCertain))],
            simulation.State.Variables, simulation.State.Outcome);
    }
}
