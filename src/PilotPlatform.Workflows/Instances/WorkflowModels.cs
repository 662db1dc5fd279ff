using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Workflows.Definitions;

namespace PilotPlatform.Workflows.Instances;

/// <summary>A published version as the engine runs it.</summary>
internal sealed record WorkflowModel(Guid VersionId, BpmnModel Bpmn, ProcessMachine Machine)
{
    private readonly Dictionary<string, FlowNode> nodes = Machine.Process.AllNodes.ToDictionary(n => n.Id, StringComparer.Ordinal);

    public ProcessModel Process => Machine.Process;

    public FlowNode Node(string id) => nodes.TryGetValue(id, out var node) ? node : throw new InvalidOperationException($"The flow has no node {id}.");

    public FlowNode? FindNode(string id) => nodes.GetValueOrDefault(id);

    public string NameOf(string nodeId) => nodes.GetValueOrDefault(nodeId)?.Name is { Length: > 0 } name ? name : nodeId;
}

/// <summary>Published versions never change, so each is read once a process. Whether a caller may see one is the query's to say.</summary>
internal sealed class WorkflowModelCache
{
    private readonly ConcurrentDictionary<Guid, WorkflowModel> models = new();

    public WorkflowModel? Find(Guid versionId) => models.GetValueOrDefault(versionId);

    public void Keep(WorkflowModel model) => models[model.VersionId] = model;
}

internal sealed class WorkflowModels(PlatformDbContext db, WorkflowModelCache cache)
{
    /// <summary>The model of a version that an instance which the caller may see is pinned to.</summary>
    public async Task<WorkflowModel> GetAsync(Guid versionId, CancellationToken cancellationToken)
    {
        if (cache.Find(versionId) is { } kept)
        {
            return kept;
        }

        var xml = await db.Set<WorkflowVersion>().AsNoTracking().Where(v => v.Id == versionId && !v.IsDraft).Select(v => v.Xml).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowVersion), versionId);
        var model = Read(versionId, xml);
        cache.Keep(model);
        return model;
    }

    /// <summary>Reads a document that was checked when it was published.</summary>
    public static WorkflowModel Read(Guid versionId, string xml)
    {
        var reading = BpmnReader.Read(xml);
        var process = reading.Model?.Main
            ?? throw new InvalidOperationException($"Version {versionId} cannot be executed: {string.Join(", ", reading.Refusals)}.");
        return new WorkflowModel(versionId, reading.Model!, new ProcessMachine(process));
    }
}
