using System.Net;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>实例迁移: preview, move, undo.</summary>
public sealed class MigrationTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static readonly string Old = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "coordinator", "Subject", NotWhoDid("Draft")) + Boundary("Late", "Draft", Timer("Duration", "P10D"), interrupts: false)
        + Task("Escalate", "leader", "Issuer") + Catch("Wait", Message) + End() + End("End2", "升级结束")
        + Chain("Start", "Draft", "Sign", "Wait", "End") + Chain("Late", "Escalate", "End2"));

    // The first step has another id, its escalation is gone, and the message is awaited elsewhere.
    private static readonly string New = Of(
        Start() + Task("Prepare", "coordinator", "Subject") + Task("Sign", "coordinator", "Subject", NotWhoDid("Prepare")) + Catch("Await", Message) + Task("Last", "leader", "Subject") + End()
        + Chain("Start", "Prepare", "Sign", "Await", "Last", "End"));

    private static readonly Dictionary<string, string> Mapping = new() { ["Draft"] = "Prepare", ["Wait"] = "Await" };

    private async Task<(PublishedFlow From, PublishedFlow To)> VersionsAsync(string key)
    {
        var from = await app.PublishAsync(People.Jiangsu, key, Old);
        return (from, await app.RepublishAsync(People.Jiangsu, from, New));
    }

    private HttpClient Admin => app.As(People.Jiangsu.Administrator);

    private Task<int> TimersAsync(StartedFlow flow) => app.ReadAsync(db => db.Set<WorkflowJob>().CountAsync(j => j.InstanceId == flow.Id && j.Kind == WorkflowJobKind.Timer));

    /// <summary>Starts on the first version, then publishes the second.</summary>
    private async Task<(PublishedFlow From, PublishedFlow To, List<StartedFlow> Flows)> RunningAsync(string key, params int[] steps)
    {
        var from = await app.PublishAsync(People.Jiangsu, key, Old);
        var flows = new List<StartedFlow>();
        foreach (var done in steps)
        {
            var flow = await app.StartAsync(key);
            flows.Add(flow);
            for (var i = 0; i < done; i++)
            {
                await app.CompleteAsync(i == 0 ? People.Nantong.Coordinator : TestPeople.SecondCoordinator, flow);
            }
        }

        return (from, await app.RepublishAsync(People.Jiangsu, from, New), flows);
    }

    [Fact]
    public async Task Preview_NamesWhatDoesNotFit_AndChangesNothing()
    {
        var (from, to, flows) = await RunningAsync("test.preview", 0, 1);
        var bare = await Admin.PostAsAsync<Preview>($"/api/workflow-versions/{from.Id}/migration-preview", new { toVersionId = to.Id, mapping = new { } });
        (bare.Instances, bare.Fitting).ShouldBe((2, 1), "whoever signs already is in a step that both versions have");
        bare.Problems.ShouldContain(p => p.InstanceId == flows[0].Id && p.NodeId == "Draft" && p.Code == "not-mapped");
        var full = await Admin.PostAsAsync<Preview>($"/api/workflow-versions/{from.Id}/migration-preview", new { toVersionId = to.Id, mapping = Mapping });
        (full.Instances, full.Fitting, full.Problems.Count).ShouldBe((2, 2, 0));
        (await app.TaskOfAsync(People.Nantong.Coordinator, flows[0])).NodeId.ShouldBe("Draft");
        (await Admin.PostVerbAsync($"/api/workflow-versions/{from.Id}/migration-preview", new { toVersionId = from.Id, mapping = Mapping })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        // What the province issued is the province's to move.
        (await app.As(People.Nantong.Administrator).PostAsAsync<Preview>($"/api/workflow-versions/{from.Id}/migration-preview", new { toVersionId = to.Id, mapping = Mapping }))
            .Instances.ShouldBe(0);
    }

    [Fact]
    public async Task Migrate_MovesThoseThatFit_AndTheyGoOnInTheNewVersion()
    {
        var (from, to, flows) = await RunningAsync("test.migrate", 0, 2);
        (await TimersAsync(flows[0])).ShouldBe(1);

        var batch = await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = Mapping });

        (batch.Moved, batch.Problems.Count).ShouldBe((2, 0));
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[0])).Instance.Version.ShouldBe(2);
        (await TimersAsync(flows[0])).ShouldBe(0, "the new version does not escalate");
        (await app.TaskOfAsync(People.Nantong.Coordinator, flows[0])).NodeId.ShouldBe("Prepare");
        await app.CompleteAsync(People.Nantong.Coordinator, flows[0]);
        (await app.TasksOfAsync(People.Nantong.Coordinator, flows[0])).ShouldBeEmpty("four eyes");
        await app.CompleteAsync(TestPeople.SecondCoordinator, flows[0]);

        foreach (var flow in flows)
        {
            await app.HappenedAsync(flow, People.Nantong.Coordinator);
            (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Last");
        }
    }

    [Fact]
    public async Task FourEyes_HoldAcrossAMigration()
    {
        static string Flow(string first) => Of(
            Start() + Task(first, "coordinator", "Subject") + Task("Middle", "leader", "Subject") + Task("Sign", "coordinator", "Subject", NotWhoDid(first)) + End()
            + Chain("Start", first, "Middle", "Sign", "End"));
        var from = await app.PublishAsync(People.Jiangsu, "test.migrate-eyes", Flow("Draft"));
        var flow = await app.StartAsync("test.migrate-eyes");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var to = await app.RepublishAsync(People.Jiangsu, from, Flow("Prepare"));
        await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = new Dictionary<string, string> { ["Draft"] = "Prepare" } });

        await app.CompleteAsync(People.Nantong.Leader, flow);

        (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).ShouldBeEmpty("who drafted, under whatever name, does not sign");
        await app.CompleteAsync(TestPeople.SecondCoordinator, flow);
    }

    [Fact]
    public async Task Undo_PutsTasksTimersAndMessagesBack()
    {
        var (from, to, flows) = await RunningAsync("test.undo", 0, 2);
        var before = await app.ReadAsync(db => db.Set<WorkflowJob>().Where(j => j.InstanceId == flows[0].Id).Select(j => j.DueAt).SingleAsync());
        var batch = await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = Mapping });

        (await Admin.PostAsAsync<Batch>($"/api/workflow-migrations/{batch.BatchId}/undo")).Moved.ShouldBe(2);

        (await app.InstanceAsync(People.Nantong.Coordinator, flows[0])).Instance.Version.ShouldBe(1);
        (await app.TaskOfAsync(People.Nantong.Coordinator, flows[0])).NodeId.ShouldBe("Draft");
        (await app.ReadAsync(db => db.Set<WorkflowJob>().Where(j => j.InstanceId == flows[0].Id).Select(j => j.DueAt).SingleAsync())).ShouldBe(before);
        await app.HappenedAsync(flows[1], People.Nantong.Coordinator);
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[1])).Instance.Status.ShouldBe("Completed");
        await app.CompleteAsync(People.Nantong.Coordinator, flows[0]);
        (await app.TasksOfAsync(People.Nantong.Coordinator, flows[0])).ShouldBeEmpty("four eyes");
        (await Admin.PostVerbAsync($"/api/workflow-migrations/{batch.BatchId}/undo", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound, "undone already");
    }

    [Fact]
    public async Task Undo_AfterAStep_IsRefusedForThatInstance()
    {
        var (from, to, flows) = await RunningAsync("test.undo-late", 0, 0);
        var batch = await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = Mapping });
        await app.CompleteAsync(People.Nantong.Coordinator, flows[0]);

        var undone = await Admin.PostAsAsync<Batch>($"/api/workflow-migrations/{batch.BatchId}/undo");

        (undone.Moved, undone.Problems.Single().InstanceId).ShouldBe((1, flows[0].Id!.Value));
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[0])).Instance.Version.ShouldBe(2);
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[1])).Instance.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Migrate_ChosenInstancesOnly_AndNotByThoseBelow()
    {
        var (from, to, flows) = await RunningAsync("test.migrate-some", 0, 0);
        var body = new { toVersionId = to.Id, mapping = Mapping, instanceIds = new[] { flows[1].Id } };
        (await app.As(People.Jiangsu.Coordinator).PostVerbAsync($"/api/workflow-versions/{from.Id}/migrate", body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", body)).Moved.ShouldBe(1);
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[0])).Instance.Version.ShouldBe(1);
        (await app.InstanceAsync(People.Nantong.Coordinator, flows[1])).Instance.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Done_BeforeTheMigration_IsShownAsItWas_AndWhatWasConfidentialStaysSo()
    {
        static string Flow(string node, string field) => Of(
            Start() + Task(node, "assessor", "Issuer", $"<pilot:confidential /><pilot:form><pilot:field name=\"{field}\" label=\"分\" kind=\"Number\" /></pilot:form>")
            + Task("After", "coordinator", "Subject") + End() + Chain("Start", node, "After", "End"), variables: Variable(field, "Number"));
        var from = await app.PublishAsync(People.Jiangsu, "test.migrate-seen", Flow("Score", "score"));
        var flow = await app.StartAsync("test.migrate-seen");
        await app.CompleteAsync(People.Jiangsu.Assessor, flow, new { score = 61 });
        var to = await app.RepublishAsync(People.Jiangsu, from, Flow("Judge", "points"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var mapping = new Dictionary<string, string> { ["Score"] = "Judge" };
        (await Admin.PostAsAsync<Batch>($"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping })).Moved.ShouldBe(1);

        var done = (await app.TasksOfAsync(People.Jiangsu.Assessor, flow, "Done")).ShouldHaveSingleItem();
        (await app.ViewAsync(People.Jiangsu.Assessor, done.Id)).Fields.ShouldHaveSingleItem().Name.ShouldBe("score");
        var below = (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History;
        below.Single(h => h.Kind == "Completed").ShouldSatisfyAllConditions(h => h.NodeName.ShouldBe("环节 Score"), h => h.ActorName.ShouldBeEmpty(), h => h.Note.ShouldBeEmpty());
        (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).History.Single(h => h.Kind == "Completed").ActorName.ShouldBe(People.Jiangsu.Assessor.DisplayName);
    }

    [Fact]
    public async Task Incident_GoesWithItsFlow_AndBack()
    {
        static string Flow(string node) => Of(
            Start() + Task(node, "who", "Issuer", Decision("decision", "yes", "no"), kind: "Expression") + End() + Chain("Start", node, "End"), variables: Text("who") + Text("decision"));
        var from = await app.PublishAsync(People.Jiangsu, "test.migrate-incident", Flow("Draft"));
        var flow = await app.StartAsync("test.migrate-incident", new() { ["who"] = Guid.NewGuid().ToString() });
        var to = await app.RepublishAsync(People.Jiangsu, from, Flow("Prepare"));
        var batch = await Admin.PostAsAsync<Batch>(
            $"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = new Dictionary<string, string> { ["Draft"] = "Prepare" } });

        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        incident.NodeId.ShouldBe("Prepare");
        // By the form of the step where it stands now.
        (await Admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/skip", new { reason = "代为决定", values = new { decision = "maybe" }, incident.ConcurrencyStamp }))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Admin.PostAsAsync<Batch>($"/api/workflow-migrations/{batch.BatchId}/undo")).Moved.ShouldBe(1);
        incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        incident.NodeId.ShouldBe("Draft");
        (await Admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/skip", new { reason = "代为决定", values = new { decision = "yes" }, incident.ConcurrencyStamp }))
            .IsSuccessStatusCode.ShouldBeTrue();
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Migrate_ToAnotherFlow_IsRejected()
    {
        var (from, _) = await VersionsAsync("test.migrate-a");
        var (_, other) = await VersionsAsync("test.migrate-b");
        (await Admin.PostVerbAsync($"/api/workflow-versions/{from.Id}/migration-preview", new { toVersionId = other.Id, mapping = Mapping })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private sealed record Problem(Guid InstanceId, string NodeId, string Code, string? TargetId);

    private sealed record Preview(int Instances, int Fitting, List<Problem> Problems);

    private sealed record Batch(Guid BatchId, int Moved, List<Problem> Problems);
}
