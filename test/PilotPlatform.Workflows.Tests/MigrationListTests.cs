using System.Net;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>What was moved to another version: who, when, how many, and what of it was undone.</summary>
public sealed class MigrationListTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static readonly string Old = Of(Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject") + End() + Chain("Start", "Draft", "Sign", "End"));

    private static readonly string New = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject") + Task("File", "coordinator", "Subject") + End() + Chain("Start", "Draft", "Sign", "File", "End"));

    private HttpClient Admin => app.As(People.Jiangsu.Administrator);

    private async Task<(PublishedFlow From, PublishedFlow To, StartedFlow[] Flows)> RunningAsync(string key)
    {
        var from = await app.PublishAsync(People.Jiangsu, key, Old);
        var flows = new[] { await app.StartAsync(key), await app.StartAsync(key), await app.StartAsync(key) };
        return (from, await app.RepublishAsync(People.Jiangsu, from, New), flows);
    }

    private Task<Batch> MigrateAsync(PublishedFlow from, PublishedFlow to, params Guid?[] instanceIds) =>
        Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = new { }, instanceIds });

    private Task<PagedResult<Row>> ListAsync(PublishedFlow version, Persona? persona = null, string query = "") =>
        app.As(persona ?? People.Jiangsu.Administrator).GetAsAsync<PagedResult<Row>>($"/api/workflow-versions/{version.Id}/migrations{query}");

    [Fact]
    public async Task List_SaysWhoMovedWhatWhen_AndWhatWasUndone()
    {
        var (from, to, flows) = await RunningAsync("test.moves");
        (await ListAsync(from)).Items.ShouldBeEmpty();
        var first = await MigrateAsync(from, to, flows[0].Id, flows[1].Id);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await MigrateAsync(from, to, flows[2].Id);

        var rows = (await ListAsync(to)).Items;

        rows.Select(r => r.BatchId).ShouldBe([second.BatchId, first.BatchId], "the latest first");
        var row = rows[1];
        (row.FromVersion, row.ToVersion, row.Moved, row.Undone, row.Undoable).ShouldBe((1, 2, 2, 0, 2));
        (row.ByName, row.UndoneAt, row.UndoneByName).ShouldBe((People.Jiangsu.Administrator.DisplayName, null, ""));
        (rows[0].At - row.At).TotalMinutes.ShouldBe(5, 0.01);

        await app.CompleteAsync(People.Nantong.Coordinator, flows[0]);
        (await ListAsync(from)).Items[1].Undoable.ShouldBe(1, "what has gone on stays");
        await Admin.PostAsAsync<Batch>($"/api/workflow-migrations/{first.BatchId}/undo");

        row = (await ListAsync(from)).Items[1];
        (row.Moved, row.Undone, row.Undoable, row.UndoneByName).ShouldBe((2, 1, 0, People.Jiangsu.Administrator.DisplayName));
        row.UndoneAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task List_IsPaged_SortedAndCheap()
    {
        var (from, to, flows) = await RunningAsync("test.moves-paged");
        var batches = new List<Guid>();
        foreach (var flow in flows)
        {
            batches.Add((await MigrateAsync(from, to, flow.Id)).BatchId);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = await ListAsync(from, query: "?maxResultCount=1&skipCount=1&sorting=at");
        (page.TotalCount, page.Items.Single().BatchId).ShouldBe((3, batches[1]));
        app.Sql.Reset();
        await ListAsync(from);
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, string.Join("\n", app.Sql.Statements));
        (await Admin.GetAsync(new Uri($"/api/workflow-versions/{from.Id}/migrations?sorting=byName", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Region_BelowTheIssuer_SeesWhatWasMovedOfItsOwn_AndCannotUndoIt()
    {
        var (from, to, flows) = await RunningAsync("test.moves-below");
        var sibling = await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.moves-below");
        var batch = await MigrateAsync(from, to);

        var row = (await ListAsync(from, People.Nantong.Administrator)).Items.ShouldHaveSingleItem();

        (row.Moved, row.Undoable).ShouldBe((3, 0));
        (await app.As(People.Nantong.Administrator).PostVerbAsync($"/api/workflow-migrations/{batch.BatchId}/undo", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[0])).Instance.Version.ShouldBe(2);
        (await ListAsync(from, People.Yangzhou.Administrator)).Items.ShouldBeEmpty();
        (await app.InstanceAsync(People.Yangzhou.Coordinator, sibling)).Instance.Version.ShouldBe(2, "it began on the new one");
        (await app.As(People.Ganzhou.Administrator).GetAsync(new Uri($"/api/workflow-versions/{from.Id}/migrations", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Nantong.Assessor).GetAsync(new Uri($"/api/workflow-versions/{from.Id}/migrations", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(403);
    }

    private sealed record Batch(Guid BatchId, int Moved);

    private sealed record Row(
        Guid BatchId, int FromVersion, int ToVersion, DateTime At, string ByName, int Moved, int Undone, DateTime? UndoneAt, string UndoneByName, int Undoable);
}
