using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Workflows.Tests;

/// <summary>The host with people of the test world as accounts, and service tasks whose behaviour a test decides.</summary>
public sealed class WorkflowsApp : PilotPlatformApp
{
    public TestPeople Accounts { get; } = new();

    public TestServiceTask ServiceTasks { get; } = new();

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<IUserDirectory>();
        services.AddSingleton<IUserDirectory>(Accounts);
        services.AddSingleton(ServiceTasks);
        services.AddServiceTask<TestServiceTaskHandler>("test.work");
        services.AddWorkflowEvent("test.happened");
    }

    /// <summary>Runs what is due, and delivers events, until nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        var runner = Services.GetRequiredService<IWorkflowJobRunner>();
        do
        {
            await DeliverEventsAsync();
        }
        while (await runner.RunDueAsync(default) > 0);
        await DeliverEventsAsync();
    }

    /// <summary>Draws and publishes a flow in a region; returns the version.</summary>
    public async Task<PublishedFlow> PublishAsync(RegionPeople region, string key, string xml, bool allowsOverride = true)
    {
        var client = As(region.Administrator);
        var draft = await client.PostAsAsync<PublishedFlow>("/api/workflow-definitions", new { key, name = "流程 " + key, allowsOverride, xml });
        return await client.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{draft.DefinitionId}/publish", new { note = "测试", draft.ConcurrencyStamp });
    }

    /// <summary>Publishes a further version of a flow.</summary>
    public async Task<PublishedFlow> RepublishAsync(RegionPeople region, PublishedFlow flow, string xml)
    {
        var client = As(region.Administrator);
        var draft = await client.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/draft");
        draft = await client.PutAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/draft", new { xml, draft.ConcurrencyStamp });
        return await client.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/publish", new { note = "修订", draft.ConcurrencyStamp });
    }

    /// <summary>Starts a flow for something of Nantong's that Jiangsu issued, as Nantong's coordinator.</summary>
    public async Task<StartedFlow> StartAsync(string key, Dictionary<string, object?>? variables = null, IReadOnlyList<Guid>? chosenFor = null)
    {
        var subject = new WorkflowSubject("test", Guid.NewGuid(), "容缺受理 · 制度文件", "/pilots", People.Nantong.Tenant, People.Jiangsu.Tenant);
        var id = await AsAsync(People.Nantong.Coordinator, async services =>
        {
            var instance = await services.GetRequiredService<IWorkflows>().StartAsync(key, subject, variables ?? [], chosenFor ?? [], default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return instance;
        });
        await SettleAsync();
        return new(id, subject.Id);
    }

    /// <summary>The one task in somebody's inbox that belongs to a flow.</summary>
    public async Task<TaskItem> TaskOfAsync(Persona persona, StartedFlow flow) =>
        (await TasksOfAsync(persona, flow)).ShouldHaveSingleItem();

    public async Task<List<TaskItem>> TasksOfAsync(Persona persona, StartedFlow flow, string box = "Todo") =>
        (await As(persona).GetAsAsync<PagedResult<TaskItem>>($"/api/workflow-tasks?box={box}&maxResultCount=200")).Items.Where(t => t.InstanceId == flow.Id).ToList();

    public async Task CompleteAsync(Persona persona, StartedFlow flow, object? values = null)
    {
        var task = await TaskOfAsync(persona, flow);
        await As(persona).PostAsAsync<object>($"/api/workflow-tasks/{task.Id}/complete", new { values = values ?? new { }, comment = "同意", task.ConcurrencyStamp });
        await SettleAsync();
    }

    public Task<InstanceView> InstanceAsync(Persona persona, StartedFlow flow) => As(persona).GetAsAsync<InstanceView>($"/api/workflow-instances/{flow.Id}");
}

public sealed record PublishedFlow(Guid Id, Guid DefinitionId, int Number, string Status, string ConcurrencyStamp);

public sealed record StartedFlow(Guid? Id, Guid SubjectId);

public sealed record TaskItem(
    Guid Id, Guid InstanceId, string NodeId, string Name, DateOnly? DueOn, string OfferedTo, TaskPerson? Assignee, bool ClaimedByMe, string? OnBehalfOf,
    int UrgedTimes, bool IsUnread, string Status, string ConcurrencyStamp);

public sealed record TaskPerson(Guid Id, string Name);

public sealed record InstanceView(
    InstanceRow Instance, List<LiveNode> Live, List<string> DoneNodes, List<string> TakenFlows, List<HistoryLine> History, List<ExpectedLine> Expected,
    Dictionary<string, object?> Variables);

public sealed record InstanceRow(Guid Id, string Key, int Version, string Status);

public sealed record LiveNode(string NodeId, string Name, List<string> Who, DateOnly? DueOn, Guid? TaskId);

public sealed record HistoryLine(int Number, string Kind, string NodeId, string ActorName, string Note);

public sealed record ExpectedLine(string NodeId, bool Certain);

/// <summary>The accounts of the test world: every persona, active unless a test says otherwise.</summary>
public sealed class TestPeople : IUserDirectory
{
    /// <summary>A colleague of Nantong's coordinator.</summary>
    public static readonly Persona SecondCoordinator = new(
        PilotPlatform.Regions.RegionIds.Of("person:3206:coordinator2"), "南通市coordinator2", People.Nantong.Tenant, RoleNames.Coordinator);

    private static readonly RegionPeople[] Regions = [People.Jiangsu, People.Nanjing, People.Nantong, People.Yangzhou, People.Jiangxi, People.Ganzhou];

    private static readonly Persona[] All = [.. Regions.SelectMany(r => new[]
    {
        r.Coordinator, r.Leader, r.Assessor, r.SecondAssessor, r.ThirdAssessor, r.Administrator, r.Auditor,
    }), SecondCoordinator];

    public ConcurrentDictionary<Guid, bool> Inactive { get; } = new();

    private IEnumerable<Persona> Active => All.Where(p => !Inactive.ContainsKey(p.Id));

    public Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, UserSummary>>(Active.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, Summary));

    public Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) =>
        Of(p => p.Tenant.Id == regionId);

    public Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        Of(p => p.Tenant.Id == regionId && p.Roles.Contains(role));

    public Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) => Of(_ => false);

    public Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) =>
        Of(p => regionIds.Contains(p.Tenant.Id) && p.DisplayName.Contains(text, StringComparison.Ordinal));

    public Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Active.FirstOrDefault(p => p.Id == userId)?.Roles ?? []);

    private Task<IReadOnlyList<UserSummary>> Of(Func<Persona, bool> which) =>
        Task.FromResult<IReadOnlyList<UserSummary>>([.. Active.Where(which).Select(Summary)]);

    private static UserSummary Summary(Persona p) => new(p.Id, p.DisplayName, p.Tenant, null);
}

/// <summary>What the service tasks of a test do.</summary>
public sealed class TestServiceTask
{
    public ConcurrentQueue<ServiceTaskContext> Calls { get; } = new();

    /// <summary>By subject: what happens instead of nothing.</summary>
    public ConcurrentDictionary<Guid, Func<ServiceTaskContext, IReadOnlyDictionary<string, object?>?>> Behaviour { get; } = new();

    public int CallsFor(Guid subjectId) => Calls.Count(c => c.Subject.Id == subjectId);
}

internal sealed class TestServiceTaskHandler(TestServiceTask tasks) : IServiceTaskHandler
{
    public Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        tasks.Calls.Enqueue(context);
        return Task.FromResult(tasks.Behaviour.TryGetValue(context.Subject.Id, out var behave) ? behave(context) : null);
    }
}
