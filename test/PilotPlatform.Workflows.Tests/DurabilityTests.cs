using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>One step is one transaction, also when two act at once or the database refuses.</summary>
public sealed class DurabilityTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static readonly string Parallel = Of(
        Start() + Gateway("Split") + Task("Left", "coordinator", "Subject") + Task("Right", "leader", "Subject") + Gateway("Join") + Task("Last", "coordinator", "Issuer") + End()
        + Chain("Start", "Split", "Left", "Join", "Last", "End") + Chain("Split", "Right", "Join"));

    private static readonly string Serving = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + Task("After", "leader", "Subject") + End() + Chain("Start", "Draft", "Serve", "After", "End"));

    private static readonly string Awaiting = Of(
        Start() + Catch("Wait", Message) + Task("After", "coordinator", "Subject", "<pilot:completedBy event=\"test.happened\" />") + End() + Chain("Start", "Wait", "After", "End"),
        variables: Text("note"));

    [Fact]
    public async Task CompletingTwoParallelTasksAtOnce_LosesNothing()
    {
        await app.EnsurePublishedAsync("test.parallel", Parallel);
        for (var round = 0; round < 8; round++)
        {
            var flow = await app.StartAsync("test.parallel");
            var left = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
            var right = await app.TaskOfAsync(People.Nantong.Leader, flow);

            var answers = await System.Threading.Tasks.Task.WhenAll(
                app.PostAsync(People.Nantong.Coordinator, left, "complete", new { values = new { }, left.ConcurrencyStamp }),
                app.PostAsync(People.Nantong.Leader, right, "complete", new { values = new { }, right.ConcurrencyStamp }));

            answers.ShouldContain(a => a.IsSuccessStatusCode);
            foreach (var (answer, persona) in answers.Zip([People.Nantong.Coordinator, People.Nantong.Leader]))
            {
                if (!answer.IsSuccessStatusCode)
                {
                    (await System.Threading.Tasks.Task.FromResult(answer).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
                    await app.CompleteAsync(persona, flow);
                }
            }

            await app.SettleAsync();
            (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).NodeId.ShouldBe("Last");
            (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Count(h => h.Kind == "Completed").ShouldBe(2);
        }
    }

    [Fact]
    public async Task Message_DeliveredTwice_CountsOnce()
    {
        await app.EnsurePublishedAsync("test.awaiting", Awaiting);
        var flow = await app.StartAsync("test.awaiting");
        await app.HappenedAsync(flow, People.Nantong.Coordinator, new() { ["note"] = "第一次" });
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("After");

        // The same event completes the task that it is bound to; a third time nobody waits.
        await app.HappenedAsync(flow, People.Nantong.Coordinator, new() { ["note"] = "第二次" });
        await app.HappenedAsync(flow, People.Nantong.Coordinator, new() { ["note"] = "第三次" });

        var view = await app.InstanceAsync(People.Jiangsu.Administrator, flow);
        view.Instance.Status.ShouldBe("Completed");
        view.History.Select(h => h.Kind).ShouldBe(["Started", "MessageArrived", "DoneElsewhere"]);
        view.Variables["note"]!.ToString().ShouldBe("第二次");
    }

    [Fact]
    public async Task Message_DeliveredByTwoAtOnce_CountsOnce()
    {
        await app.EnsurePublishedAsync("test.awaiting-plain", Of(
            Start() + Catch("Wait", Message) + Task("After", "coordinator", "Subject") + End() + Chain("Start", "Wait", "After", "End")));
        var flow = await app.StartAsync("test.awaiting-plain");

        var failures = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 3).Select(_ => System.Threading.Tasks.Task.Run(async () =>
        {
            try
            {
                await app.HappenedAsync(flow, People.Nantong.Coordinator);
                return null;
            }
            catch (DbUpdateException error)
            {
                return error;
            }
        })));

        failures.ShouldContain(f => f == null);
        await app.SettleAsync();
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Count(h => h.Kind == "MessageArrived").ShouldBe(1);
        (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Step_WhoseCommitFails_LeavesNothingBehind()
    {
        await app.EnsurePublishedAsync("test.serving", Serving);
        var flow = await app.StartAsync("test.serving");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var before = await RowsAsync(flow);

        app.Saves.FailNext(1);
        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", new { values = new { }, task.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        (await RowsAsync(flow)).ShouldBe(before);
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).ConcurrencyStamp.ShouldBe(task.ConcurrencyStamp);
        await app.DoAsync(People.Nantong.Coordinator, task, "complete", new { values = new { }, task.ConcurrencyStamp });
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task ServiceStep_WhoseCommitFails_IsDoneAgainAsAWhole()
    {
        await app.EnsurePublishedAsync("test.serving", Serving);
        var flow = await app.StartAsync("test.serving");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", new { values = new { }, task.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.DeliverEventsAsync();

        app.Saves.FailNext(1);
        await app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        await app.SettleAsync();

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Count(h => h.Kind == "ServiceDone").ShouldBe(1);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(2, "the first run's changes were rolled back with the step");
    }

    [Fact]
    public async Task Runner_ThatDiedWithALease_IsSucceededByAnother()
    {
        await app.EnsurePublishedAsync("test.serving", Serving);
        var flow = await app.StartAsync("test.serving");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", new { values = new { }, task.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var until = app.Clock.GetUtcNow().UtcDateTime.AddMinutes(2);
        await app.ReadAsync(db => db.Set<WorkflowJob>().Where(j => j.InstanceId == flow.Id).ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, until)));

        await app.SettleAsync();
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(0, "another node may be at it");
        app.Clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        await app.SettleAsync();

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task Start_TwiceAtOnce_GivesOneFlow()
    {
        await app.EnsurePublishedAsync("test.serving", Serving);
        var subject = new WorkflowSubject("test", Guid.NewGuid(), "同时发起", "/pilots", People.Nantong.Tenant, People.Jiangsu.Tenant);
        var outcomes = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 4).Select(_ => System.Threading.Tasks.Task.Run(async () =>
        {
            try
            {
                return await app.AsAsync(People.Nantong.Coordinator, async services =>
                {
                    var id = await services.GetRequiredService<IWorkflows>().StartAsync("test.serving", subject, new Dictionary<string, object?>(), [], default);
                    await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
                    return id;
                });
            }
            catch (DbUpdateException)
            {
                return null;
            }
        })));

        outcomes.Count(o => o is not null).ShouldBe(1);
        (await app.ReadAsync(db => db.Set<WorkflowInstance>().CountAsync(i => i.SubjectId == subject.Id))).ShouldBe(1);

        // And once more after it ended.
        var first = new StartedFlow(outcomes.Single(o => o is not null), subject.Id);
        await app.TerminateAsync(first);
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            (await services.GetRequiredService<IWorkflows>().StartAsync("test.serving", subject, new Dictionary<string, object?>(), [], default)).ShouldNotBeNull();
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
    }

    private Task<(int Steps, int Tasks, int Jobs, int Outbox, string State)> RowsAsync(StartedFlow flow) => app.ReadAsync(async db => (
        await db.Set<WorkflowStep>().CountAsync(s => s.InstanceId == flow.Id), await db.Set<WorkflowTask>().CountAsync(t => t.InstanceId == flow.Id),
        await db.Set<WorkflowJob>().CountAsync(j => j.InstanceId == flow.Id), await db.Set<OutboxMessage>().CountAsync(),
        await db.Set<WorkflowInstance>().Where(i => i.Id == flow.Id).Select(i => i.StateJson).SingleAsync()));
}
