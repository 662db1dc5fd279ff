using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>抄送, 催办, remarks, batches, lists, counts and the live stream.</summary>
public sealed class InboxTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>, IAsyncLifetime
{
    private const string Key = "test.inbox";
    private const string BatchKey = "test.batch";

    private static readonly string Xml = Of(
        Start() + Task("Work", "coordinator", "Subject") + Task("Check", "leader", "Issuer") + End() + Chain("Start", "Work", "Check", "End"));

    private static readonly string BatchXml = Of(
        Start() + Task("Work", "leader", "Subject", """
            <pilot:form batch="true"><pilot:field name="decision" label="意见" kind="Choice" required="true"><pilot:option value="yes" label="同意" /></pilot:field></pilot:form>
            """) + Task("Other", "leader", "Subject") + End() + Chain("Start", "Work", "Other", "End"),
        variables: Text("decision"));

    public async Task InitializeAsync()
    {
        await app.EnsurePublishedAsync(Key, Xml);
        await app.EnsurePublishedAsync(BatchKey, BatchXml);
    }

    public Task DisposeAsync() => System.Threading.Tasks.Task.CompletedTask;

    [Fact]
    public async Task Copy_IsUnreadUntilOpened_AndGivesNoWork()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var before = await CountsAsync(People.Nantong.Auditor);

        await app.DoAsync(People.Nantong.Coordinator, task, "copy", new { userIds = new[] { People.Nantong.Auditor.Id, People.Jiangsu.Assessor.Id } });
        await app.DoAsync(People.Nantong.Coordinator, task, "copy", new { userIds = new[] { People.Nantong.Auditor.Id } });

        (await CountsAsync(People.Nantong.Auditor)).ShouldBe(before with { CopiedUnread = before.CopiedUnread + 1 });
        var copy = (await app.TasksOfAsync(People.Nantong.Auditor, flow, "Copied")).ShouldHaveSingleItem();
        copy.IsUnread.ShouldBeTrue();
        (await app.TasksOfAsync(People.Nantong.Auditor, flow)).ShouldBeEmpty();
        (await app.PostAsync(People.Nantong.Auditor, copy, "complete", new { values = new { } }).RefusalAsync()).Status.ShouldBe(404);
        (await app.ViewAsync(People.Nantong.Auditor, copy.Id)).May.ShouldBe(new AbilitiesView(false, false, false, false, false, false, false, false, false, true));
        (await app.InstanceAsync(People.Nantong.Auditor, flow)).Instance.Status.ShouldBe("Running");

        await app.DoAsync(People.Nantong.Auditor, copy, "seen", new { });

        (await app.TasksOfAsync(People.Nantong.Auditor, flow, "Copied")).Single().IsUnread.ShouldBeFalse();
        (await CountsAsync(People.Nantong.Auditor)).CopiedUnread.ShouldBe(before.CopiedUnread);
        (await app.As(People.Nantong.Auditor).GetAsAsync<PagedResult<TaskItem>>("/api/workflow-tasks?box=Copied&unread=true")).Items.ShouldNotContain(t => t.Id == copy.Id);
        // Reading a copy is not beginning the work: the step before may still be withdrawn.
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).IsUnread.ShouldBeTrue();
        (await app.NotesOfAsync(People.Nantong.Auditor)).ShouldContain(n => n.Contains("抄送", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Copy_ToAnotherRegion_IsRejected()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        (await app.PostAsync(People.Nantong.Coordinator, task, "copy", new { userIds = new[] { People.Yangzhou.Coordinator.Id } }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.UnsuitablePerson));
    }

    [Fact]
    public async Task Urge_ByStarterOrIssuer_OncePerHour()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Leader, flow);
        (await app.PostAsync(TestPeople.SecondCoordinator, check, "urge", new { text = "快" }).RefusalAsync()).Status.ShouldBe(404);
        (await app.PostAsync(People.Nantong.Leader, check, "urge", new { text = "快" }).RefusalAsync()).Status.ShouldBe(404);

        await app.DoAsync(People.Nantong.Coordinator, check, "urge", new { text = "请于今日办结" });

        (await app.NotesOfAsync(People.Jiangsu.Leader)).ShouldContain(n => n.Contains("催办", StringComparison.Ordinal));
        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).UrgedTimes.ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        (await app.PostAsync(People.Jiangsu.Coordinator, check, "urge", new { }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.UrgedAlready));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.DoAsync(People.Jiangsu.Coordinator, check, "urge", new { });
        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).UrgedTimes.ShouldBe(2);
        await app.CompleteAsync(People.Jiangsu.Leader, flow);
        (await app.PostAsync(People.Nantong.Coordinator, check, "urge", new { }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
    }

    [Fact]
    public async Task Complete_WithAFormOpenSinceBeforeAnUrge_IsTaken()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var open = await app.ViewAsync(People.Jiangsu.Leader, (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).Id);
        var check = await app.TaskOfAsync(People.Jiangsu.Leader, flow);
        await app.DoAsync(People.Nantong.Coordinator, check, "urge", new { text = "请于今日办结" });
        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).UrgedTimes.ShouldBe(1);

        await app.DoAsync(People.Jiangsu.Leader, check, "complete", new { values = new { }, comment = "同意", open.Task.ConcurrencyStamp });
    }

    [Fact]
    public async Task Urge_ByTwoAtTheSameMoment_CountsOnce()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Leader, flow);

        var answers = await System.Threading.Tasks.Task.WhenAll(
            app.PostAsync(People.Nantong.Coordinator, check, "urge", new { text = "快" }), app.PostAsync(People.Jiangsu.Coordinator, check, "urge", new { text = "快" }));

        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        answers.Count(a => (int)a.StatusCode == 409).ShouldBe(1);
        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).UrgedTimes.ShouldBe(1);
    }

    [Fact]
    public async Task Comment_WithFile_IsSeenByTheNextReader()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var file = await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes("会议纪要"));
            var stored = await services.GetRequiredService<IFileLibrary>().StoreAsync(content, "会议纪要.txt", isDraft: true, default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return stored;
        });

        await app.DoAsync(People.Nantong.Coordinator, task, "comment", new { text = "附会议纪要", fileIds = new[] { file.Id } });

        var comment = (await app.ViewAsync(People.Nantong.Leader, task.Id)).Comments.ShouldHaveSingleItem();
        (comment.Text, comment.AuthorName).ShouldBe(("附会议纪要", People.Nantong.Coordinator.DisplayName));
        comment.Files.ShouldHaveSingleItem().Name.ShouldBe("会议纪要.txt");
        (await app.As(People.Jiangsu.Leader).GetAsync(new Uri($"/api/files/{file.Id}/content", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Comment_WithAnothersFile_IsRejectedBesideTheField()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var problem = await Problem.OfAsync(app.PostAsync(People.Nantong.Coordinator, task, "comment", new { text = "附件", fileIds = new[] { Guid.NewGuid() } }));
        (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, "fileIds"));
        (await app.ViewAsync(People.Nantong.Coordinator, task.Id)).Comments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_WithMixedResults_DoesThoseItCan()
    {
        var flows = new[] { await app.StartAsync(BatchKey), await app.StartAsync(BatchKey), await app.StartAsync(BatchKey) };
        var tasks = new List<TaskItem>();
        foreach (var flow in flows)
        {
            tasks.Add(await app.TaskOfAsync(People.Nantong.Leader, flow));
        }

        await app.CompleteAsync(People.Nantong.Leader, flows[1], new { decision = "yes" });
        var nobodys = Guid.NewGuid();

        var results = await app.As(People.Nantong.Leader).PostAsAsync<List<BatchResult>>(
            "/api/workflow-tasks/complete-batch", new { taskIds = tasks.Select(t => t.Id).Append(nobodys), values = new { decision = "yes" }, comment = "批量" });

        results.ShouldBe(
        [
            new(tasks[0].Id, true, null), new(tasks[1].Id, false, WorkflowsErrorCodes.TaskNotOpen), new(tasks[2].Id, true, null), new(nobodys, false, "Platform:NotFound"),
        ]);
        foreach (var flow in flows)
        {
            (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Other");
        }
    }

    [Fact]
    public async Task Batch_WithWrongForm_OtherStepsOrNothing_IsRejected()
    {
        var batch = await app.TaskOfAsync(People.Nantong.Leader, await app.StartAsync(BatchKey));
        var flow = await app.StartAsync(Key);
        var single = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var client = app.As(People.Nantong.Leader);
        const string Path = "/api/workflow-tasks/complete-batch";

        var problem = await Problem.OfAsync(client.PostAsJsonAsync(Path, new { taskIds = new[] { batch.Id }, values = new { } }));
        (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, "values.decision"));
        (await client.PostAsJsonAsync(Path, new { taskIds = new[] { batch.Id, single.Id }, values = new { decision = "yes" } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.BatchNotAllowed));
        (await client.PostAsJsonAsync(Path, new { taskIds = new[] { single.Id }, values = new { } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.BatchNotAllowed));
        (await client.PostAsJsonAsync(Path, new { values = new { } }).RefusalAsync()).Status.ShouldBe(400);
        (await client.PostAsJsonAsync(Path, new { taskIds = Array.Empty<Guid>(), values = new { } }).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task List_FiltersSortsAndPages()
    {
        await app.EnsurePublishedAsync("test.due", Of(
            Start() + Task("Work", "assessor", "Subject", Due("=due")) + End() + Chain("Start", "Work", "End"), variables: Variable("due", "Date")));
        var late = await app.StartAsync("test.due", new() { ["due"] = new DateOnly(2023, 5, 20) });
        var soon = await app.StartAsync("test.due", new() { ["due"] = new DateOnly(2023, 6, 9) });
        var never = await app.StartAsync("test.due", new() { ["due"] = null });
        var client = app.As(People.Nantong.SecondAssessor);

        (await IdsAsync("")).ShouldBe([late.Id!.Value, soon.Id!.Value, never.Id!.Value], "what is due first comes first, what never is comes last");
        (await IdsAsync("&sorting=dueOn%20desc")).First().ShouldBe(soon.Id!.Value);
        (await IdsAsync("&light=Red")).ShouldBe([late.Id!.Value]);
        (await IdsAsync("&nodeId=Work&search=%E5%AE%B9%E7%BC%BA")).Count.ShouldBe(3);
        (await IdsAsync("&search=%E6%B2%A1%E6%9C%89")).ShouldBeEmpty();
        (await IdsAsync($"&regionId={People.Yangzhou.Tenant.Id}")).ShouldBeEmpty();
        var page = await client.GetAsAsync<PagedResult<TaskItem>>("/api/workflow-tasks?key=test.due&maxResultCount=1&skipCount=1");
        (page.TotalCount, page.Items.Single().InstanceId).ShouldBe((3, soon.Id!.Value));
        (await client.GetAsync(new Uri("/api/workflow-tasks?sorting=valuesJson", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
        (await client.GetAsync(new Uri("/api/workflow-tasks?maxResultCount=1000", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
        (await client.GetAsAsync<Counts>("/api/workflow-tasks/counts")).ShouldBe(new Counts(3, 1, 0));

        async Task<List<Guid>> IdsAsync(string filter) =>
            [.. (await client.GetAsAsync<PagedResult<TaskItem>>("/api/workflow-tasks?key=test.due" + filter)).Items.Select(t => t.InstanceId)];
    }

    [Fact]
    public async Task Instances_StartedByMe_AreListed()
    {
        var flow = await app.StartAsync(Key);
        var mine = await app.As(People.Nantong.Coordinator).GetAsAsync<PagedResult<InstanceRow>>($"/api/workflow-instances?startedByMe=true&subjectId={flow.SubjectId}");
        mine.Items.ShouldHaveSingleItem().Id.ShouldBe(flow.Id!.Value);
        (await app.As(People.Nantong.Leader).GetAsAsync<PagedResult<InstanceRow>>($"/api/workflow-instances?startedByMe=true&subjectId={flow.SubjectId}")).Items.ShouldBeEmpty();
        (await app.As(People.Nantong.Leader).GetAsAsync<PagedResult<InstanceRow>>($"/api/workflow-instances?subjectId={flow.SubjectId}")).Items.Count.ShouldBe(1);
        // Without the permission to see flows one sees one's own.
        (await app.As(People.Nantong.Assessor).GetAsAsync<PagedResult<InstanceRow>>($"/api/workflow-instances?subjectId={flow.SubjectId}")).Items.ShouldBeEmpty();
        (await app.As(People.Nantong.Assessor).GetAsync(new Uri($"/api/workflow-instances/{flow.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Lists_NeedFewStatements()
    {
        for (var i = 0; i < 5; i++)
        {
            await app.StartAsync(Key);
        }

        foreach (var (path, most) in new[]
        {
            ("/api/workflow-tasks?box=Todo", 3), ("/api/workflow-tasks?box=Done", 3), ("/api/workflow-tasks?box=Copied", 3), ("/api/workflow-tasks/counts", 3),
            ("/api/workflow-instances", 3), ("/api/workflow-definitions", 4),
        })
        {
            await app.As(People.Nantong.Coordinator).GetAsync(new Uri(path, UriKind.Relative));
            app.Sql.Reset();
            (await app.As(People.Nantong.Coordinator).GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
            app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(most, path + "\n" + string.Join("\n", app.Sql.Statements));
        }

        app.Sql.Reset();
        await app.As(People.Jiangsu.Administrator).GetAsync(new Uri("/api/workflow-incidents", UriKind.Relative));
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Stream_TellsTheInboxCount_AsItChanges()
    {
        // A role of its own, so that other tests do not change the count.
        await app.EnsurePublishedAsync("test.stream", Of(Start() + Task("Work", "auditor", "Subject") + End() + Chain("Start", "Work", "End")));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var stream = await app.As(People.Nantong.Auditor).GetStreamAsync(new Uri("/api/notifications/stream", UriKind.Relative), limit.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        var first = await NextAsync(_ => true);
        // Nothing is left to be asked for: a page that asked at each event would never be idle.
        foreach (var name in new[] { "tasks-overdue", "tasks-copied" })
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
            events.Current.EventType.ShouldBe(name);
        }

        var flow = await app.StartAsync("test.stream");
        await NextAsync(n => n == first + 1);
        await app.CompleteAsync(People.Nantong.Auditor, flow);
        await NextAsync(n => n == first);

        async Task<int> NextAsync(Func<int, bool> wanted)
        {
            while (await events.MoveNextAsync())
            {
                if (events.Current.EventType == "tasks"
                    && JsonSerializer.Deserialize<JsonElement>(events.Current.Data).GetProperty("count").GetInt32() is var count && wanted(count))
                {
                    return count;
                }
            }

            throw new InvalidOperationException("The stream ended.");
        }
    }

    private Task<Counts> CountsAsync(Persona persona) => app.As(persona).GetAsAsync<Counts>("/api/workflow-tasks/counts");

    private sealed record Counts(int Todo, int Overdue, int CopiedUnread);

    private sealed record BatchResult(Guid TaskId, bool Done, string? ErrorCode);
}

/// <summary>The inbox with the real directory of accounts, whose look-ups are statements too.</summary>
public sealed class InboxStatementTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Inbox_OfSomebodyWhoStandsInForAnother_NeedsAtMostFiveStatements()
    {
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new Tasks.WorkflowDelegation(
                Guid.NewGuid(), 1, new(People.Nantong.Leader.Id, "领导"), new(People.Nantong.Coordinator.Id, "处长"), new(2023, 6, 1), new(2023, 6, 30)));
            return await db.SaveChangesAsync();
        });
        var client = app.As(People.Nantong.Coordinator);
        await client.GetAsync(new Uri("/api/workflow-tasks", UriKind.Relative));

        app.Sql.Reset();
        (await client.GetAsync(new Uri("/api/workflow-tasks", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(5, string.Join("\n\n", app.Sql.Statements));
        app.Sql.Statements.ShouldContain(s => s.Contains("WorkflowsDelegations", StringComparison.Ordinal));
    }
}
