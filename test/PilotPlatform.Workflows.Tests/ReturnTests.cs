using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>驳回 and 撤回.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class ReturnTests(WorkflowsApp app)
{
    private static readonly string Line = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject") + Task("Check", "coordinator", "Issuer")
        + End() + Chain("Start", "Draft", "Sign", "Check", "End"));

    private static readonly string Parallel = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Gateway("Split") + Task("Left", "leader", "Subject") + Task("LeftCheck", "coordinator", "Issuer")
        + Task("Right", "leader", "Issuer") + Gateway("Join") + Task("Last", "assessor", "Issuer") + End()
        + Chain("Start", "Draft", "Split", "Left", "LeftCheck", "Join", "Last", "End") + Chain("Split", "Right", "Join"));

    [Fact]
    public async Task SendBack_ToAnyEarlierStep_PutsItThereAndGoesOnFromThere()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Coordinator, flow);
        (await app.ViewAsync(People.Jiangsu.Coordinator, check.Id)).SendBackTargets.Select(t => t.NodeId).ShouldBe(["Sign", "Draft"]);

        await app.DoAsync(People.Jiangsu.Coordinator, check, "send-back", new { toNodeId = "Draft", reason = "附件不清晰", check.ConcurrencyStamp });

        (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow)).ShouldBeEmpty();
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
        (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow, "Done")).ShouldHaveSingleItem().NodeId.ShouldBe("Check");
        var line = (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Single(h => h.Kind == "SentBack");
        (line.NodeId, line.Note, line.ActorName).ShouldBe(("Check", "附件不清晰", People.Jiangsu.Coordinator.DisplayName));

        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Theory]
    [InlineData("Check")]
    [InlineData("Sign")]
    [InlineData("End")]
    [InlineData("Nowhere")]
    public async Task SendBack_ToWhatWasNotDoneBefore_IsRejected(string target)
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var sign = await app.TaskOfAsync(People.Nantong.Leader, flow);

        (await app.PostAsync(People.Nantong.Leader, sign, "send-back", new { toNodeId = target, reason = "理由", sign.ConcurrencyStamp }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.CannotSendBackThere));
        var problem = await Problem.OfAsync(app.PostAsync(People.Nantong.Leader, sign, "send-back", new { toNodeId = "Draft", reason = " ", sign.ConcurrencyStamp }));
        problem.Errors!.Keys.ShouldBe(["reason"]);
    }

    [Fact]
    public async Task SendBack_WithinAParallelBranch_LeavesTheOtherBranchAlone()
    {
        await app.EnsurePublishedAsync("test.parallel", Parallel);
        var flow = await app.StartAsync("test.parallel");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        var right = await app.TaskOfAsync(People.Jiangsu.Leader, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Coordinator, flow);

        await app.DoAsync(People.Jiangsu.Coordinator, check, "send-back", new { toNodeId = "Left", reason = "重签", check.ConcurrencyStamp });

        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).Id.ShouldBe(right.Id);
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Left");
        await app.CompleteAsync(People.Jiangsu.Leader, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        (await app.TaskOfAsync(People.Jiangsu.Assessor, flow)).NodeId.ShouldBe("Last");
    }

    [Fact]
    public async Task SendBack_FromABranchToBeforeTheSplit_TakesBothBranchesBack()
    {
        await app.EnsurePublishedAsync("test.parallel", Parallel);
        var flow = await app.StartAsync("test.parallel");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var left = await app.TaskOfAsync(People.Nantong.Leader, flow);

        await app.DoAsync(People.Nantong.Leader, left, "send-back", new { toNodeId = "Draft", reason = "重拟", left.ConcurrencyStamp });

        (await app.TasksOfAsync(People.Jiangsu.Leader, flow)).ShouldBeEmpty();
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
    }

    [Fact]
    public async Task SendBack_AfterTheJoin_DoesOnlyThatSideAgain()
    {
        await app.EnsurePublishedAsync("test.parallel", Parallel);
        var flow = await app.StartAsync("test.parallel");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        await app.CompleteAsync(People.Jiangsu.Leader, flow);
        var last = await app.TaskOfAsync(People.Jiangsu.Assessor, flow);

        await app.DoAsync(People.Jiangsu.Assessor, last, "send-back", new { toNodeId = "Right", reason = "重审", last.ConcurrencyStamp });

        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
        await app.CompleteAsync(People.Jiangsu.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Assessor, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Withdraw_WhileNobodyLooked_BringsTheStepBack()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).ShouldHaveSingleItem();
        (await app.ViewAsync(People.Nantong.Coordinator, done.Id)).May.Withdraw.ShouldBeTrue();

        await app.DoAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp });

        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
        // Withdrawing again finds nothing to withdraw: the first answer may have been lost.
        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
    }

    [Fact]
    public async Task Withdraw_WhenNextHasOpenedIt_IsRejected()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();
        await app.DoAsync(People.Nantong.Leader, await app.TaskOfAsync(People.Nantong.Leader, flow), "seen", new { });

        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Sign");
    }

    [Fact]
    public async Task Withdraw_WhenNextIsClaimedOrDone_IsRejected()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();
        var sign = await app.TaskOfAsync(People.Nantong.Leader, flow);
        await app.DoAsync(People.Nantong.Leader, sign, "claim", new { });
        await app.DoAsync(People.Nantong.Leader, sign, "release", new { });
        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));

        await app.CompleteAsync(People.Nantong.Leader, flow);
        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
    }

    [Fact]
    public async Task Withdraw_WhenAServiceRan_IsRejected()
    {
        await app.EnsurePublishedAsync("test.line-service", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Service("Submit") + Task("Check", "coordinator", "Issuer") + End() + Chain("Start", "Draft", "Submit", "Check", "End")));
        var flow = await app.StartAsync("test.line-service");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();

        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
    }

    [Fact]
    public async Task Withdraw_WhenTheServiceHasNotRunYet_TakesTheServiceAway()
    {
        await app.EnsurePublishedAsync("test.line-service", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Service("Submit") + Task("Check", "coordinator", "Issuer") + End() + Chain("Start", "Draft", "Submit", "Check", "End")));
        var flow = await app.StartAsync("test.line-service");
        var draft = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        (await app.PostAsync(People.Nantong.Coordinator, draft, "complete", new { values = new { }, draft.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();

        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();
        await app.DoAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp });

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(0);
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
    }

    [Fact]
    public async Task Withdraw_ByAnybodyElse_FindsNothing()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();

        (await app.PostAsync(TestPeople.SecondCoordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
    }

    [Fact]
    public async Task Withdraw_OfTheLastStep_IsRejectedBecauseTheFlowEnded()
    {
        await app.EnsurePublishedAsync("test.one", Of(Start() + Task("Only", "coordinator", "Subject") + End() + Chain("Start", "Only", "End")));
        var flow = await app.StartAsync("test.one");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single();

        (await app.PostAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.InstanceEnded));
    }

    [Fact]
    public async Task Withdraw_OfAStepDoneASecondTime_Works()
    {
        await app.EnsurePublishedAsync("test.line", Line);
        var flow = await app.StartAsync("test.line");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var sign = await app.TaskOfAsync(People.Nantong.Leader, flow);
        await app.DoAsync(People.Nantong.Leader, sign, "send-back", new { toNodeId = "Draft", reason = "补充", sign.ConcurrencyStamp });
        var again = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);

        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).Single(t => t.Id == again.Id);
        await app.DoAsync(People.Nantong.Coordinator, done, "withdraw", new { done.ConcurrencyStamp });

        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
    }
}
