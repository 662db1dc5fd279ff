using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Narrowing the inbox by flow, by light and by text, and what a batch says of those it could not do.</summary>
public sealed class InboxFilterTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>, IAsyncLifetime
{
    private const string Dated = "test.dated";
    private const string Other = "test.other";
    private const string Batch = "test.reasons";

    private static readonly string DatedXml = Of(
        Start() + Task("Work", "assessor", "Subject", Due("=due")) + Task("Close", "leader", "Subject") + End() + Chain("Start", "Work", "Close", "End"), variables: Variable("due", "Date"));

    private static string BatchXml(string field) => Of(
        Start() + Task("Work", "leader", "Subject", $"""
            <pilot:form batch="true"><pilot:field name="{field}" label="意见" kind="Choice" required="true"><pilot:option value="yes" label="同意" /></pilot:field></pilot:form>
            """) + End() + Chain("Start", "Work", "End"),
        variables: Text(field));

    public async Task InitializeAsync()
    {
        await app.EnsurePublishedAsync(Dated, DatedXml);
        await app.EnsurePublishedAsync(Other, Of(Start() + Task("Else", "assessor", "Subject") + End() + Chain("Start", "Else", "End")));
    }

    public Task DisposeAsync() => System.Threading.Tasks.Task.CompletedTask;

    [Fact]
    public async Task Light_NarrowsToWhatShowsIt_InEveryBox()
    {
        // 2023-06-01 in the test world: soon is up to seven days ahead.
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddHours(8).DateTime);
        var flows = new Dictionary<string, StartedFlow>();
        foreach (var (light, due) in new (string, DateOnly?)[] { ("Red", today.AddDays(-1)), ("Amber", today.AddDays(7)), ("Green", today.AddDays(8)), ("None", null) })
        {
            flows[light] = await app.StartAsync(Dated, new() { ["due"] = due });
        }

        var me = People.Nantong.Assessor;
        foreach (var (light, flow) in flows)
        {
            (await RowsAsync(me, $"box=Todo&light={light}&key={Dated}")).ShouldBe([(flow.Id!.Value, light == "None" ? null : light)], light);
        }

        (await RowsAsync(me, $"box=Todo&light=Yellow&key={Dated}")).ShouldBeEmpty("nothing that is open was made up for");
        var task = await app.TaskOfAsync(me, flows["Red"]);
        await app.DoAsync(me, task, "copy", new { userIds = new[] { People.Nantong.Auditor.Id } });
        (await RowsAsync(People.Nantong.Auditor, "box=Copied&light=Red")).ShouldContain((flows["Red"].Id!.Value, "Red"));

        await app.CompleteAsync(me, flows["Red"]);
        await app.CompleteAsync(me, flows["Amber"]);

        (await RowsAsync(me, $"box=Done&light=Yellow&key={Dated}")).ShouldBe([(flows["Red"].Id!.Value, "Yellow")], "done, but late");
        (await RowsAsync(me, $"box=Done&light=Green&key={Dated}")).ShouldBe([(flows["Amber"].Id!.Value, "Green")], "done in time");
        (await RowsAsync(me, $"box=Done&light=Red&key={Dated}")).ShouldBeEmpty();
        (await RowsAsync(People.Nantong.Auditor, "box=Copied&light=Red")).ShouldNotContain((flows["Red"].Id!.Value, "Red"));
        (await RowsAsync(People.Nantong.Auditor, "box=Copied&light=Yellow")).ShouldContain((flows["Red"].Id!.Value, "Yellow"));
        (await app.As(me).GetAsync(new Uri("/api/workflow-tasks?light=Purple", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Light_OfWorkDoneAtNightInChina_GoesByTheDayThere()
    {
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddHours(8).DateTime);
        var flow = await app.StartAsync(Dated, new() { ["due"] = today });
        // 00:30 of the next day in China is still the same day in UTC.
        var midnight = new DateTimeOffset(today.AddDays(1).ToDateTime(new TimeOnly(0, 30)), TimeSpan.FromHours(8));
        app.Clock.Advance(midnight - app.Clock.GetUtcNow());

        await app.CompleteAsync(People.Nantong.ThirdAssessor, flow);

        (await RowsAsync(People.Nantong.ThirdAssessor, $"box=Done&light=Yellow&key={Dated}")).ShouldBe([(flow.Id!.Value, "Yellow")]);
        (await RowsAsync(People.Nantong.ThirdAssessor, $"box=Done&light=Green&key={Dated}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Flows_AreThoseOfTheCallersOwnList()
    {
        var me = People.Yangzhou.Assessor;
        (await FlowsAsync(me, "workflow-tasks/flows?box=Todo")).ShouldBeEmpty();
        var dated = await app.StartForAsync(People.Yangzhou, People.Jiangsu, Dated);
        (await FlowsAsync(me, "workflow-tasks/flows?box=Todo")).ShouldBe([new(Dated, "流程 " + Dated)]);
        await app.StartForAsync(People.Yangzhou, People.Jiangsu, Other);
        await app.StartForAsync(People.Yangzhou, People.Jiangsu, Other);
        (await FlowsAsync(me, "workflow-tasks/flows")).ShouldBe([new(Dated, "流程 " + Dated), new(Other, "流程 " + Other)]);
        (await FlowsAsync(me, "workflow-tasks/flows?box=Done")).ShouldBeEmpty();
        (await FlowsAsync(me, "workflow-tasks/flows?box=Copied")).ShouldBeEmpty();
        (await FlowsAsync(me, "workflow-instances/flows")).ShouldBeEmpty("the coordinator started them");
        (await FlowsAsync(People.Yangzhou.Coordinator, "workflow-instances/flows")).Select(f => f.Key).ShouldBe([Dated, Other]);

        await app.CompleteAsync(me, dated);

        (await FlowsAsync(me, "workflow-tasks/flows?box=Todo")).ShouldBe([new(Other, "流程 " + Other)]);
        (await FlowsAsync(me, "workflow-tasks/flows?box=Done")).ShouldBe([new(Dated, "流程 " + Dated)]);
        (await FlowsAsync(People.Ganzhou.Assessor, "workflow-tasks/flows")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_WithEveryFilter_NeedAtMostThreeStatements()
    {
        await app.StartAsync(Dated, new() { ["due"] = new DateOnly(2023, 5, 1) });
        var client = app.As(People.Nantong.Assessor);
        foreach (var path in new[]
        {
            "workflow-tasks?box=Todo&light=Red&key=test.dated&search=x", "workflow-tasks?box=Done&light=Yellow&key=test.dated&search=x",
            "workflow-tasks?box=Copied&light=None&key=test.dated&search=x", "workflow-instances?startedByMe=true&key=test.dated&status=Running&search=x",
            "workflow-tasks/flows?box=Todo", "workflow-tasks/flows?box=Copied", "workflow-instances/flows",
        })
        {
            var address = new Uri("/api/" + path, UriKind.Relative);
            await client.GetAsync(address);
            app.Sql.Reset();
            (await client.GetAsync(address)).IsSuccessStatusCode.ShouldBeTrue(path);
            app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, path + "\n" + string.Join("\n", app.Sql.Statements));
        }
    }

    [Fact]
    public async Task Batch_SaysOfEachRowWhyItWasNotDone()
    {
        await app.EnsurePublishedAsync(Batch, BatchXml("decision"));
        var (done, taken) = (await app.StartAsync(Batch), await app.StartAsync(Batch));
        var leader = People.Nantong.Leader;
        var tasks = new[] { await app.TaskOfAsync(leader, done), await app.TaskOfAsync(leader, taken) };
        await app.CompleteAsync(leader, taken, new { decision = "yes" });

        var results = await app.As(leader).PostAsAsync<List<BatchRow>>(
            "/api/workflow-tasks/complete-batch", new { taskIds = tasks.Select(t => t.Id).Append(Guid.NewGuid()), values = new { decision = "yes" } });

        results.Select(r => r.Done).ShouldBe([true, false, false]);
        results[0].Reason.ShouldBeNull();
        results[1].Reason!.ShouldContain("已经办结");
        results[2].Reason!.ShouldContain("没有找到");
    }

    [Fact]
    public async Task Batch_WhereOneVersionAsksForMore_DoesTheOthersAndSaysWhichField()
    {
        const string Key = "test.reasons-versions";
        var first = await app.PublishAsync(People.Jiangsu, Key, BatchXml("decision"));
        var old = await app.StartAsync(Key);
        await app.RepublishAsync(People.Jiangsu, first, BatchXml("verdict"));
        var young = await app.StartAsync(Key);
        var leader = People.Nantong.Leader;
        var ids = new[] { (await app.TaskOfAsync(leader, old)).Id, (await app.TaskOfAsync(leader, young)).Id };

        var results = await app.As(leader).PostAsAsync<List<BatchRow>>("/api/workflow-tasks/complete-batch", new { taskIds = ids, values = new { decision = "yes" } });

        results.Select(r => (r.Done, r.ErrorCode)).ShouldBe([(true, null), (false, "Platform:InvalidInput")]);
        results[1].Reason!.ShouldNotBeNullOrWhiteSpace();
        (await app.TasksOfAsync(leader, young)).Count.ShouldBe(1, "it waits as before");
        var problem = await Problem.OfAsync(app.As(leader).PostAsJsonAsync("/api/workflow-tasks/complete-batch", new { taskIds = new[] { ids[1] }, values = new { decision = "yes" } }));
        (problem.Status, problem.Errors!.Keys.Order().First()).ShouldBe((400, "values.decision"));
    }

    private async Task<List<(Guid, string?)>> RowsAsync(Persona persona, string query) =>
        [.. (await app.As(persona).GetAsAsync<PagedResult<LitTask>>($"/api/workflow-tasks?maxResultCount=200&{query}")).Items.Select(t => (t.InstanceId, t.Light))];

    private Task<List<Choice>> FlowsAsync(Persona persona, string path) => app.As(persona).GetAsAsync<List<Choice>>("/api/" + path);

    private sealed record LitTask(Guid InstanceId, string? Light);

    private sealed record Choice(string Key, string Name);

    private sealed record BatchRow(Guid TaskId, bool Done, string? ErrorCode, string? Reason);
}
