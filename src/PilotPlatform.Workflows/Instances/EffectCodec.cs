using System.Buffers;
using System.Text;
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
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<Effect> effects)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, Json);
        writer.WriteStartArray();
        foreach (var effect in effects.Select(Stored).OfType<StoredEffect>())
        {
            writer.WriteStartArray();
            writer.WriteStringValue(effect.Kind);
            writer.WriteStringValue(effect.NodeId);
            if (effect.Id is { } id)
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static IReadOnlyList<StoredEffect> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => new StoredEffect(
            e[0].GetString()!, e[1].GetString()!, e.GetArrayLength() > 2 ? e[2].GetInt32() : null))];
    }

    private static StoredEffect? Stored(Effect effect) => effect switch
    {
        ActivityStarted x => new(StoredEffect.Started, x.NodeId, x.ExecutionId),
        ActivityCompleted x => new(StoredEffect.Completed, x.NodeId, x.ExecutionId),
        ActivityCancelled x => new(StoredEffect.Cancelled, x.NodeId, x.ExecutionId),
        NodePassed x => new(StoredEffect.Passed, x.NodeId, null),
        FlowTaken x => new(StoredEffect.Flow, x.NodeId, null),
        // Waits, incidents and the end have rows of their own.
        _ => null,
    };
}
