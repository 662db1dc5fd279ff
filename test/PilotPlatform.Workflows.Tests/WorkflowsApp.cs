using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
    private readonly HashSet<string> published = [];

    public TestPeople Accounts { get; } = new();

    public TestAccountChanges AccountChanges { get; } = new();

    public TestServiceTask ServiceTasks { get; } = new();

    public FailingSaves Saves { get; } = new();

    public MomentBeforeSaving Moments { get; } = new();

    public MomentBeforeCommand Commands { get; } = new();

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<IUserDirectory>();
        services.AddSingleton<IUserDirectory>(Accounts);
        services.RemoveAll<IAccountChanges>();
        services.AddSingleton<IAccountChanges>(AccountChanges);
        services.AddSingleton(ServiceTasks);
        services.AddServiceTask<TestServiceTaskHandler>("test.work");
        services.AddWorkflowEvent("test.happened");
        services.ConfigureDbContext<PlatformDbContext>(options => options.AddInterceptors(Saves, Moments, Commands));
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

    /// <summary>Publishes a flow in 江苏 unless it was by another test.</summary>
    public async Task EnsurePublishedAsync(string key, string xml)
    {
        if (published.Add(key))
        {
            await PublishAsync(People.Jiangsu, key, xml);
        }
    }

    /// <summary>Publishes a further version of a flow.</summary>
    public async Task<PublishedFlow> RepublishAsync(RegionPeople region, PublishedFlow flow, string xml)
    {
        var client = As(region.Administrator);
        var draft = await client.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/draft");
        draft = await client.PutAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/draft", new { xml, draft.ConcurrencyStamp });
        return await client.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{flow.DefinitionId}/publish", new { note = "修订", draft.ConcurrencyStamp });
    }

    /// <summary>Chooses a flow for a theme or programme of the persona's region; returns the choice's stamp, null when there is none any more.</summary>
    public Task<string?> ChooseAsync(Persona persona, Guid chosenFor, string kind, string? chosenKey, string? stamp) => AsAsync(persona, async services =>
    {
        var choices = services.GetRequiredService<IWorkflowChoices>();
        await choices.ChooseAsync([new(chosenFor, kind, chosenKey, stamp)], default);
        await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        return (await choices.PlanAsync(persona.Tenant, persona.Tenant, [chosenFor], withOptions: false, default)).Choices.SingleOrDefault(c => c.Kind == kind)?.ConcurrencyStamp;
    });

    /// <summary>Starts a flow for something of Nantong's that Jiangsu issued, as Nantong's coordinator.</summary>
    public Task<StartedFlow> StartAsync(string key, Dictionary<string, object?>? variables = null, IReadOnlyList<Guid>? chosenFor = null) =>
        StartForAsync(People.Nantong, People.Jiangsu, key, variables, chosenFor);

    /// <summary>Starts a flow for something of a region's that another issued, as the region's coordinator.</summary>
    public async Task<StartedFlow> StartForAsync(
        RegionPeople region, RegionPeople issuer, string key, Dictionary<string, object?>? variables = null, IReadOnlyList<Guid>? chosenFor = null)
    {
        var subject = new WorkflowSubject("test", Guid.NewGuid(), "容缺受理 · 制度文件", "/pilots", region.Tenant, issuer.Tenant);
        var id = await AsAsync(region.Coordinator, async services =>
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

    /// <summary>A verb on a task, by somebody who saw it as it stands now unless the body has the stamp of what they saw.</summary>
    public async Task<HttpResponseMessage> PostAsync(Persona persona, TaskItem task, string verb, object body)
    {
        var content = JsonSerializer.SerializeToNode(body, body.GetType(), Json)!.AsObject();
        if (!content.ContainsKey("concurrencyStamp"))
        {
            content["concurrencyStamp"] = await ReadAsync(db => db.Set<Tasks.WorkflowTask>().Where(t => t.Id == task.Id).Select(t => t.ConcurrencyStamp).SingleAsync());
        }

        return await As(persona).PostAsJsonAsync($"/api/workflow-tasks/{task.Id}/{verb}", content, Json);
    }

    /// <summary>A verb on a task that must succeed; runs what it makes due.</summary>
    public async Task DoAsync(Persona persona, TaskItem task, string verb, object body)
    {
        var response = await PostAsync(persona, task, verb, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        await SettleAsync();
    }

    public Task<TaskView> ViewAsync(Persona persona, Guid taskId) => As(persona).GetAsAsync<TaskView>($"/api/workflow-tasks/{taskId}");

    /// <summary>The unsettled incidents of a flow, as an administrator sees them.</summary>
    public async Task<List<IncidentView>> IncidentsAsync(StartedFlow flow, bool settled = false, Persona? persona = null) =>
        (await As(persona ?? People.Jiangsu.Administrator).GetAsAsync<PagedResult<IncidentView>>($"/api/workflow-incidents?settled={settled}&maxResultCount=200"))
            .Items.Where(i => i.InstanceId == flow.Id).ToList();

    /// <summary>Tells the flows of a subject that something happened, as a persona.</summary>
    public async Task HappenedAsync(StartedFlow flow, Persona by, Dictionary<string, object?>? values = null, Guid? byUser = null)
    {
        await AsAsync(by, async services =>
        {
            await services.GetRequiredService<IWorkflows>().HappenedAsync(flow.SubjectId, "test.happened", values ?? [], byUser, default);
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        await SettleAsync();
    }

    /// <summary>Ends the flows of a subject, as its region's coordinator.</summary>
    public async Task TerminateAsync(StartedFlow flow)
    {
        await AsAsync(People.Nantong.Coordinator, async services =>
        {
            await services.GetRequiredService<IWorkflows>().TerminateAsync(flow.SubjectId, "试点已撤回", default);
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        await SettleAsync();
    }

    /// <summary>Reads rows as the system.</summary>
    public async Task<T> ReadAsync<T>(Func<PlatformDbContext, Task<T>> read)
    {
        T result = default!;
        await AsSystemAsync(TenantRef.Root, async services => result = await read(services.GetRequiredService<PlatformDbContext>()));
        return result;
    }

    /// <summary>The titles of somebody's notifications.</summary>
    public async Task<List<string>> NotesOfAsync(Persona persona) =>
        [.. (await As(persona).GetAsAsync<PagedResult<NoteView>>("/api/notifications?maxResultCount=200")).Items.Select(n => n.Title)];

    public Task<InstanceView> InstanceAsync(Persona persona, StartedFlow flow) => As(persona).GetAsAsync<InstanceView>($"/api/workflow-instances/{flow.Id}");
}

internal static class VerbExtensions
{
    /// <summary>POSTs JSON and leaves the answer to the test.</summary>
    public static Task<HttpResponseMessage> PostVerbAsync(this HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(path, body, PilotPlatformApp.Json);
}

public sealed record PublishedFlow(Guid Id, Guid DefinitionId, int Number, string Status, string ConcurrencyStamp);

public sealed record StartedFlow(Guid? Id, Guid SubjectId);

public sealed record TaskItem(
    Guid Id, Guid InstanceId, string NodeId, string Name, DateOnly? DueOn, string OfferedTo, TaskPerson? Assignee, bool ClaimedByMe, string? OnBehalfOf,
    int UrgedTimes, bool IsUnread, string Status, string ConcurrencyStamp);

public sealed record TaskView(
    TaskItem Task, List<FieldView> Fields, string Comment, AbilitiesView May, List<StepView> SendBackTargets, List<CommentView> Comments, string? AddedAs);

public sealed record FieldView(string Name, string Kind, bool IsRequired);

public sealed record AbilitiesView(
    bool Claim, bool Release, bool Complete, bool SendBack, bool Withdraw, bool Reassign, bool AddSigner, bool Copy, bool Urge, bool Comment);

public sealed record StepView(string NodeId, string Name);

public sealed record CommentView(string AuthorName, string Text, List<CommentFile> Files);

public sealed record CommentFile(Guid Id, string Name);

public sealed record IncidentView(
    Guid Id, Guid InstanceId, string Kind, string NodeId, string Code, string Detail, string? Resolution, string SettledByName, string Reason, Guid? TaskId,
    string ConcurrencyStamp);

public sealed record NoteView(string Title, string Body);

/// <summary>What an error answer says.</summary>
public sealed record Problem(int Status, string Code, string Title, Dictionary<string, string[]>? Errors, Dictionary<string, object?>? Data)
{
    public static async Task<Problem> OfAsync(Task<HttpResponseMessage> sent)
    {
        var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeFalse(text);
        return JsonSerializer.Deserialize<Problem>(text, PilotPlatformApp.Json)!;
    }
}

public sealed record TaskPerson(Guid Id, string Name);

public sealed record InstanceView(
    InstanceRow Instance, List<LiveNode> Live, List<string> DoneNodes, List<string> TakenFlows, List<HistoryLine> History, List<ExpectedLine> Expected,
    Dictionary<string, object?> Variables);

public sealed record InstanceRow(Guid Id, string Key, int Version, string Status);

public sealed record LiveNode(string NodeId, string Name, List<string> Who, DateOnly? DueOn, Guid? TaskId);

public sealed record HistoryLine(int Number, string Kind, string NodeId, string NodeName, string ActorName, string Note);

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

    /// <summary>Who sits in which office.</summary>
    public ConcurrentDictionary<Guid, Guid> Offices { get; } = new();

    private IEnumerable<Persona> Active => All.Where(p => !Inactive.ContainsKey(p.Id));

    public Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, UserSummary>>(Active.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, Summary));

    public Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) =>
        Of(p => p.Tenant.Id == regionId);

    public Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        Of(p => p.Tenant.Id == regionId && p.Roles.Contains(role));

    public Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) =>
        Of(p => OfficeOf(p.Id) == officeId);

    public Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) =>
        Of(p => regionIds.Contains(p.Tenant.Id) && p.DisplayName.Contains(text, StringComparison.Ordinal));

    public Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Active.FirstOrDefault(p => p.Id == userId)?.Roles ?? []);

    private Task<IReadOnlyList<UserSummary>> Of(Func<Persona, bool> which) =>
        Task.FromResult<IReadOnlyList<UserSummary>>([.. Active.Where(which).Select(Summary)]);

    private Guid? OfficeOf(Guid userId) => Offices.TryGetValue(userId, out var office) ? office : null;

    private UserSummary Summary(Persona p) => new(p.Id, p.DisplayName, p.Tenant, OfficeOf(p.Id));
}

/// <summary>Whether this node knows that the accounts of the test world changed: another node's changes it does not know.</summary>
public sealed class TestAccountChanges : IAccountChanges
{
    public long Stamp { get; set; }
}

/// <summary>What the service tasks of a test do.</summary>
public sealed class TestServiceTask
{
    public ConcurrentQueue<ServiceTaskContext> Calls { get; } = new();

    /// <summary>By subject: what happens instead of nothing.</summary>
    public ConcurrentDictionary<Guid, Func<ServiceTaskContext, IReadOnlyDictionary<string, object?>?>> Behaviour { get; } = new();

    /// <summary>By subject: the region in whose scope the last call ran.</summary>
    public ConcurrentDictionary<Guid, TenantRef> ActedFor { get; } = new();

    public int CallsFor(Guid subjectId) => Calls.Count(c => c.Subject.Id == subjectId);
}

internal sealed class TestServiceTaskHandler(TestServiceTask tasks, ICurrentScope scope) : IServiceTaskHandler
{
    public Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        tasks.Calls.Enqueue(context);
        tasks.ActedFor[context.Subject.Id] = scope.RequiredTenant;
        return Task.FromResult(tasks.Behaviour.TryGetValue(context.Subject.Id, out var behave) ? behave(context) : null);
    }
}

/// <summary>Breaks transactions at the last moment: everything was sent to the database, and the commit fails. Or lets something happen between two of them.</summary>
public sealed class FailingSaves : DbTransactionInterceptor
{
    private int remaining;
    private Func<Task>? afterNext;

    /// <summary>Does something when the next transaction has been committed, before whoever committed it goes on.</summary>
    public void AfterNextCommit(Func<Task> work) => afterNext = work;

    public override Task TransactionCommittedAsync(
        System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref afterNext, null)?.Invoke() ?? Task.CompletedTask;

    /// <summary>Fails the next commits.</summary>
    public void FailNext(int times) => Interlocked.Exchange(ref remaining, times);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        System.Data.Common.DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref remaining) >= 0
            ? throw new InvalidOperationException("The test breaks this commit.")
            : ValueTask.FromResult(result);
}

/// <summary>Lets something happen between the look and the saving of whoever adds a row of a kind.</summary>
public sealed class MomentBeforeSaving : SaveChangesInterceptor
{
    private (Type Added, Func<Task> Work)? next;

    public void BeforeNext<T>(Func<Task> work) => next = (typeof(T), work);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (next is { } moment && eventData.Context!.ChangeTracker.Entries().Any(e => e.State == EntityState.Added && e.Metadata.ClrType == moment.Added))
        {
            next = null;
            await moment.Work();
        }

        return result;
    }
}

/// <summary>Lets something happen between the look and the change of whoever changes rows without loading them.</summary>
public sealed class MomentBeforeCommand : DbCommandInterceptor
{
    private (string Beginning, Func<Task> Work)? next;

    public void BeforeNext(string beginning, Func<Task> work) => next = (beginning, work);

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (next is { } moment && command.CommandText.StartsWith(moment.Beginning, StringComparison.Ordinal))
        {
            next = null;
            await moment.Work();
        }

        return result;
    }
}

/// <summary>One host for the topics that leave the clock alone.</summary>
[CollectionDefinition(nameof(WorkflowsCollection))]
public sealed class WorkflowsCollection : ICollectionFixture<WorkflowsApp>;
