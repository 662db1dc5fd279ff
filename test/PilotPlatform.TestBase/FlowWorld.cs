using System.Net.Http.Json;
using System.Text.Json;

namespace PilotPlatform.Testing;

/// <summary>Working a flow over HTTP as its people do, from the inbox.</summary>
public static class FlowWorld
{
    /// <summary>The flow of a subject as somebody sees it, or null; the newest of the key.</summary>
    public static async Task<FlowView?> FlowOfAsync(this PilotPlatformApp app, Persona persona, Guid subjectId)
    {
        using var client = app.As(persona);
        var page = await client.GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={subjectId}&maxResultCount=200");
        return page.Items.Count == 0 ? null : await client.GetAsAsync<FlowView>($"/api/workflow-instances/{page.Items[0].Id}");
    }

    /// <summary>The nodes at which a flow stands.</summary>
    public static async Task<IReadOnlyList<string>> StandsAtAsync(this PilotPlatformApp app, Persona persona, Guid subjectId) =>
        [.. (await app.FlowOfAsync(persona, subjectId))!.Live.Where(l => l.TaskId is not null || l.Who.Count > 0).Select(l => l.NodeId).Order(StringComparer.Ordinal)];

    /// <summary>What of a flow lies in somebody's inbox.</summary>
    public static async Task<IReadOnlyList<FlowTask>> InboxAsync(this PilotPlatformApp app, Persona persona, Guid subjectId)
    {
        using var client = app.As(persona);
        var page = await client.GetAsAsync<FlowPage<FlowTask>>("/api/workflow-tasks?box=Todo&maxResultCount=200");
        var found = new List<FlowTask>();
        foreach (var task in page.Items)
        {
            if ((await client.GetAsAsync<FlowTaskDetail>($"/api/workflow-tasks/{task.Id}")).SubjectId == subjectId)
            {
                found.Add(task);
            }
        }

        return found;
    }

    /// <summary>Completes the one task of a flow at a node that lies in somebody's inbox.</summary>
    public static async Task CompleteAsync(this PilotPlatformApp app, Persona persona, Guid subjectId, string nodeId, object? values = null)
    {
        var inbox = await app.InboxAsync(persona, subjectId);
        var task = inbox.SingleOrDefault(t => t.NodeId == nodeId)
            ?? throw new InvalidOperationException($"{persona.DisplayName} has no task {nodeId} of it, but: {string.Join(", ", inbox.Select(t => t.NodeId))}");
        using var client = app.As(persona);
        await client.PostAsAsync<JsonElement>($"/api/workflow-tasks/{task.Id}/complete", new { values = values ?? new { }, comment = "", concurrencyStamp = task.ConcurrencyStamp });
    }

    /// <summary>Open incidents of a flow, as its administrator sees them.</summary>
    public static async Task<IReadOnlyList<FlowIncident>> IncidentsAsync(this PilotPlatformApp app, Persona administrator, Guid instanceId)
    {
        using var client = app.As(administrator);
        return [.. (await client.GetAsAsync<FlowPage<FlowIncident>>("/api/workflow-incidents?maxResultCount=200")).Items.Where(i => i.InstanceId == instanceId)];
    }
}

public sealed record FlowPage<T>(int TotalCount, IReadOnlyList<T> Items);

public sealed record FlowRow(Guid Id, string Key, string Title, string Status, string Link, Guid RegionId);

public sealed record FlowTask(Guid Id, Guid InstanceId, string NodeId, string Name, DateOnly? DueOn, string OfferedTo, string ConcurrencyStamp);

public sealed record FlowTaskDetail(Guid SubjectId, string SubjectType);

public sealed record FlowLive(string NodeId, string Name, DateTime? Since, IReadOnlyList<string> Who, DateOnly? DueOn, Guid? TaskId);

public sealed record FlowHistory(int Number, string Kind, string NodeId, string NodeName, string ActorName, string Note);

public sealed record FlowIncident(Guid Id, Guid InstanceId, string Kind, string NodeId, string Code);

public sealed record FlowView(
    FlowRow Instance, IReadOnlyList<FlowLive> Live, IReadOnlyList<string> DoneNodes, IReadOnlyList<FlowHistory> History, IReadOnlyDictionary<string, JsonElement> Variables);
