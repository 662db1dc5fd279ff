using System.Collections.Concurrent;
using PilotPlatform.Bpmn;

namespace PilotPlatform.Workflows.Choices;

/// <summary>
/// Whether a flow fits what it is chosen for. Its programs and events work on one kind of thing: a flow that hands
/// deliverables in cannot decide claims. So a flow fits unless it names a program or an event that the product's own flows
/// use for other kinds alone.
/// </summary>
internal sealed class FlowFit(IEnumerable<StandardWorkflow> standards)
{
    private readonly Lazy<Dictionary<string, HashSet<string>>> ofKind = new(() => standards.ToDictionary(
        s => s.Key, s => NeedsOf(BpmnReader.Read(s.ReadXml()).Model ?? throw new InvalidOperationException($"The product's flow {s.Key} cannot be read.")), StringComparer.Ordinal));

    // Published versions never change.
    private readonly ConcurrentDictionary<Guid, HashSet<string>> ofVersion = new();

    public bool Fits(string kind, Guid versionId, BpmnModel model)
    {
        var own = ofKind.Value.GetValueOrDefault(kind);
        return own is null || ofVersion.GetOrAdd(versionId, _ => NeedsOf(model)).All(
            need => own.Contains(need) || ofKind.Value.Values.All(needs => !needs.Contains(need)));
    }

    /// <summary>The programs and events of the domain that a model names.</summary>
    private static HashSet<string> NeedsOf(BpmnModel model) => model.Processes.SelectMany(p => p.AllNodes).Select(node => node switch
    {
        ServiceTask task => task.Handler,
        UserTask task => task.Work.CompletedBy,
        CatchEvent { Trigger: MessageTrigger message } => message.MessageName,
        StartEvent { Trigger: MessageTrigger message } => message.MessageName,
        _ => null,
    }).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
