using System.Text.Encodings.Web;
using System.Text.Json;
using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Workflows.Instances;

/// <summary>One effect as a step keeps it: a letter, the node or flow, and the execution or wait where there is one.</summary>
internal readonly record struct StoredEffect(string Kind, string NodeId, int? Id)
{
    public const string Started = "s";
    public const string Completed = "c";
    public const string Cancelled = "x";
    public const string Passed = "p";
    public const string Flow = "f";
}

/// <summary>Keeps what pictures and histories need of the machine's effects: some 30 bytes each.</summary>
internal static class EffectCodec
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<Effect> effects) =>
        JsonSerializer.Serialize(effects.Select(Cells).Where(c => c is not null), Json);

    public static IReadOnlyList<StoredEffect> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => new StoredEffect(
            e[0].GetString()!, e[1].GetString()!, e.GetArrayLength() > 2 ? e[2].GetInt32() : null))];
    }

    private static object[]? Cells(Effect effect) => effect switch
    {
        ActivityStarted x => [StoredEffect.Started, x.NodeId, x.ExecutionId],
        ActivityCompleted x => [StoredEffect.Completed, x.NodeId, x.ExecutionId],
        ActivityCancelled x => [StoredEffect.Cancelled, x.NodeId, x.ExecutionId],
        NodePassed x => [StoredEffect.Passed, x.NodeId],
        FlowTaken x => [StoredEffect.Flow, x.NodeId],
        // Waits, incidents and the end have rows of their own.
        _ => null,
    };
}
