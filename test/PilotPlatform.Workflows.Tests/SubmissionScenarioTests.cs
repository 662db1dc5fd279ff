using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>A flow like the submission of deliverables, worked from the inbox.</summary>
public sealed class SubmissionScenarioTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>, IAsyncLifetime
{
    private static readonly string Xml = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject", "<pilot:notWhoDid step=\"Draft\" />") + Service("Submit")
        + Task("Check", "coordinator", "Issuer", Decision("decision", "accept", "return")) + """<bpmn:exclusiveGateway id="Decided" default="Decided_Archive" />"""
        + Service("Archive") + Task("Fix", "coordinator", "Subject") + End()
        + Chain("Start", "Draft", "Sign", "Submit", "Check", "Decided") + Flow("Decided", "Archive") + Flow("Decided", "Fix", "decision == 'return'")
        + Flow("Fix", "Check") + Flow("Archive", "End"),
        variables: """<pilot:variable name="decision" type="Text" label="意见" />""");

    private static string Key => "test.submission";

    public async Task InitializeAsync()
    {
        if ((await app.As(People.Jiangsu.Administrator).GetAsAsync<Data.PagedResult<object>>("/api/workflow-definitions?search=" + Key)).TotalCount == 0)
        {
            await app.PublishAsync(People.Jiangsu, Key, Xml);
        }
    }

    public Task DisposeAsync() => System.Threading.Tasks.Task.CompletedTask;

    [Fact]
    public async Task Flow_ReturnedOnce_EndsAfterTheSecondCheck()
    {
        var flow = await app.StartAsync(Key);
        (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow)).ShouldBeEmpty();
        (await app.TasksOfAsync(People.Yangzhou.Coordinator, flow)).ShouldBeEmpty();

        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow, new { decision = "return" });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow, new { decision = "accept" });

        var view = await app.InstanceAsync(People.Nantong.Coordinator, flow);
        view.Instance.Status.ShouldBe("Completed");
        view.Live.ShouldBeEmpty();
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(2);
        view.History.Select(h => $"{h.Kind} {h.NodeId}").ShouldBe(
        [
            "Started Process_Test", "Completed Draft", "Completed Sign", "ServiceDone Submit", "Completed Check", "Completed Fix", "Completed Check", "ServiceDone Archive",
        ]);
        view.TakenFlows.ShouldContain("Decided_Fix");
        view.TakenFlows.ShouldContain("Decided_Archive");
    }

    [Fact]
    public async Task View_WhileRunning_SaysWhoHasItAndWhatIsExpected()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);

        var view = await app.InstanceAsync(People.Nantong.Coordinator, flow);

        view.Live.ShouldHaveSingleItem().Who.ShouldBe(["南通市领导"]);
        view.Expected.Select(e => e.NodeId).ShouldContain("Check");
        view.DoneNodes.ShouldContain("Draft");
    }
}
