using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Flows that call flows.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class CallTests(WorkflowsApp app)
{
    private static readonly string Child = Of(
        Start() + Task("ChildWork", "leader", "Subject", Decision("decision", "yes", "no")) + Service("ChildServe") + End() + Chain("Start", "ChildWork", "ChildServe", "End"),
        "Process_Child", Text("decision"));

    private static readonly string Parent = Of(
        Start() + Task("Before", "coordinator", "Subject") + Call("Child", "test.child") + Boundary("ChildFailed", "Child", Error) + Boundary("TooLong", "Child", Timer("Duration", "P400D"))
        + Task("After", "coordinator", "Issuer") + Task("Repair", "assessor", "Subject") + Task("Late", "auditor", "Subject") + End() + End("End2", "修复后结束") + End("End3", "超时结束")
        + Chain("Start", "Before", "Child", "After", "End") + Chain("ChildFailed", "Repair", "End2") + Chain("TooLong", "Late", "End3"),
        variables: Text("decision"));

    private async Task<(StartedFlow Parent, StartedFlow Child)> CalledAsync()
    {
        await app.EnsurePublishedAsync("test.child", Child);
        await app.EnsurePublishedAsync("test.caller", Parent);
        var parent = await app.StartAsync("test.caller");
        await app.CompleteAsync(People.Nantong.Coordinator, parent);
        var child = await app.ReadAsync(db => System.Threading.Tasks.Task.FromResult(
            db.Set<Instances.WorkflowInstance>().Where(i => i.ParentInstanceId == parent.Id).Select(i => i.Id).Single()));
        return (parent, new StartedFlow(child, parent.SubjectId));
    }

    [Fact]
    public async Task Call_RunsTheChild_AndTakesItsVariables()
    {
        var (parent, child) = await CalledAsync();
        (await app.TasksOfAsync(People.Jiangsu.Coordinator, parent)).ShouldBeEmpty();
        await app.CompleteAsync(People.Nantong.Leader, child, new { decision = "yes" });

        (await app.TaskOfAsync(People.Jiangsu.Coordinator, parent)).NodeId.ShouldBe("After");
        var view = await app.InstanceAsync(People.Jiangsu.Administrator, parent);
        view.Variables["decision"]!.ToString().ShouldBe("yes");
        view.History.ShouldContain(h => h.Kind == "CallReturned");
        (await app.InstanceAsync(People.Jiangsu.Administrator, child)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Call_WhoseChildFails_GoesToTheBoundary()
    {
        var (parent, child) = await CalledAsync();
        app.ServiceTasks.Behaviour[parent.SubjectId] = _ => throw new WorkflowErrorException("E1");
        await app.CompleteAsync(People.Nantong.Leader, child, new { decision = "no" });

        (await app.InstanceAsync(People.Jiangsu.Administrator, child)).Instance.Status.ShouldBe("Failed");
        (await app.TaskOfAsync(People.Nantong.Assessor, parent)).NodeId.ShouldBe("Repair");
        (await app.IncidentsAsync(child)).ShouldBeEmpty();
        (await app.IncidentsAsync(parent)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Terminating_TheParent_EndsTheChild()
    {
        var (parent, child) = await CalledAsync();
        var task = await app.TaskOfAsync(People.Nantong.Leader, child);

        await app.TerminateAsync(parent);

        (await app.InstanceAsync(People.Jiangsu.Administrator, parent)).Instance.Status.ShouldBe("Terminated");
        (await app.InstanceAsync(People.Jiangsu.Administrator, child)).Instance.Status.ShouldBe("Terminated");
        (await app.TasksOfAsync(People.Nantong.Leader, child)).ShouldBeEmpty();
        (await app.PostAsync(People.Nantong.Leader, task, "complete", new { values = new { decision = "yes" } }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
    }

    [Fact]
    public async Task Withdrawing_TheStepBeforeTheCall_EndsTheChild()
    {
        await app.EnsurePublishedAsync("test.child", Child);
        await app.EnsurePublishedAsync("test.caller", Parent);
        var parent = await app.StartAsync("test.caller");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, parent);
        await app.CompleteAsync(People.Nantong.Coordinator, parent);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, parent, "Done")).Single(t => t.Id == task.Id);

        await app.DoAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp });

        var children = await app.ReadAsync(db => System.Threading.Tasks.Task.FromResult(
            db.Set<Instances.WorkflowInstance>().Where(i => i.ParentInstanceId == parent.Id).Select(i => i.Status).ToList()));
        children.ShouldBe([Instances.WorkflowInstanceStatus.Terminated]);
        (await app.TaskOfAsync(People.Nantong.Coordinator, parent)).NodeId.ShouldBe("Before");
    }

    [Fact]
    public async Task Call_OfAFlowThatEndsAtOnce_GoesOn()
    {
        await app.EnsurePublishedAsync("test.nothing", Of(Start() + End() + Chain("Start", "End"), "Process_Nothing"));
        await app.EnsurePublishedAsync("test.calls-nothing", Of(
            Start() + Call("Child", "test.nothing") + Task("After", "coordinator", "Issuer") + End() + Chain("Start", "Child", "After", "End")));
        var flow = await app.StartAsync("test.calls-nothing");
        (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).NodeId.ShouldBe("After");
    }
}
