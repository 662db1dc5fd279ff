using System.Globalization;
using System.Net.Http.Json;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>转办, 委派, 加签: a task comes into other hands.</summary>
public sealed class HandOverTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const string Key = "test.hand-over";

    private static readonly string Xml = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject", NotWhoDid("Draft")) + Task("Check", "coordinator", "Issuer")
        + End() + Chain("Start", "Draft", "Sign", "Check", "End"));

    private async Task<StartedFlow> StartAsync()
    {
        await app.EnsurePublishedAsync(Key, Xml);
        return await app.StartAsync(Key);
    }

    [Fact]
    public async Task Reassign_ByHolder_MovesTheTask()
    {
        var flow = await StartAsync();
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);

        await app.DoAsync(People.Nantong.Coordinator, task, "reassign", new { userId = People.Nantong.Leader.Id, reason = "出差", task.ConcurrencyStamp });

        (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).ShouldBeEmpty();
        var theirs = await app.TaskOfAsync(People.Nantong.Leader, flow);
        theirs.Assignee!.Id.ShouldBe(People.Nantong.Leader.Id);
        (await app.NotesOfAsync(People.Nantong.Leader)).ShouldContain(t => t.Contains("转办", StringComparison.Ordinal));
        // Four eyes: whoever did the first step, not whoever it was offered to, is kept from the second.
        await app.CompleteAsync(People.Nantong.Leader, flow);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reassign_ByAdministrator_WhenTheHolderIsAway()
    {
        var flow = await StartAsync();
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, task, "claim", new { task.ConcurrencyStamp });
        var body = new { userId = TestPeople.SecondCoordinator.Id, reason = "原经办人离岗", (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).ConcurrencyStamp };

        (await app.PostAsync(People.Nantong.Auditor, task, "reassign", body).RefusalAsync()).Status.ShouldBe(403);
        await app.DoAsync(People.Nantong.Administrator, task, "reassign", body);

        (await app.TaskOfAsync(TestPeople.SecondCoordinator, flow)).Id.ShouldBe(task.Id);
        (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reassign_OfTheIssuersTaskByTheSubjectsAdministrator_IsRejected()
    {
        var flow = await StartAsync();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Coordinator, flow);
        var body = new { userId = People.Nantong.Leader.Id, reason = "我们自己审" };

        (await app.PostAsync(People.Nantong.Administrator, check, "reassign", body).RefusalAsync()).ShouldBe((403, WorkflowsErrorCodes.NotYours));
        (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).Id.ShouldBe(check.Id);
    }

    [Fact]
    public async Task Reassign_ToUnsuitablePeople_IsRejected()
    {
        var flow = await StartAsync();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var sign = await app.TaskOfAsync(People.Nantong.Leader, flow);
        app.Accounts.Inactive[People.Nantong.ThirdAssessor.Id] = true;
        foreach (var person in new[] { People.Yangzhou.Leader.Id, People.Ganzhou.Leader.Id, People.Nantong.Coordinator.Id, People.Nantong.ThirdAssessor.Id, Guid.NewGuid() })
        {
            (await app.PostAsync(People.Nantong.Leader, sign, "reassign", new { userId = person, reason = "理由", sign.ConcurrencyStamp }).RefusalAsync())
                .ShouldBe((409, WorkflowsErrorCodes.UnsuitablePerson));
        }
    }

    [Fact]
    public async Task Delegation_WithinItsDays_LetsTheColleagueDoTheWork()
    {
        var flow = await StartAsync();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await DelegateAsync(People.Nantong.Coordinator, People.Nantong.SecondAssessor, today.AddDays(1), today.AddDays(2));

        (await app.TasksOfAsync(People.Nantong.SecondAssessor, flow)).ShouldBeEmpty("the day before");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var task = await app.TaskOfAsync(People.Nantong.SecondAssessor, flow);
        task.OnBehalfOf.ShouldBe(People.Nantong.Coordinator.DisplayName);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.TasksOfAsync(People.Nantong.SecondAssessor, flow)).Count.ShouldBe(1, "the last day counts");
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.TasksOfAsync(People.Nantong.SecondAssessor, flow)).ShouldBeEmpty("the day after");
        (await app.PostAsync(People.Nantong.SecondAssessor, task, "complete", new { values = new { } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.DelegationOver));
        app.Clock.Advance(TimeSpan.FromDays(-1));
        await app.CompleteAsync(People.Nantong.SecondAssessor, flow);

        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Single(h => h.Kind == "Completed").ActorName.ShouldBe(People.Nantong.SecondAssessor.DisplayName);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await ListAsync(People.Nantong.Coordinator)).Single(d => d.Id == delegation.Id).IsActive.ShouldBeFalse();
    }

    [Fact]
    public async Task Delegation_WhenEndedEarly_EndsAtOnce()
    {
        var flow = await StartAsync();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await DelegateAsync(TestPeople.SecondCoordinator, People.Nantong.Assessor, today, today.AddDays(5));
        (await app.TasksOfAsync(People.Nantong.Assessor, flow)).Count.ShouldBe(1);

        (await app.As(People.Nantong.Assessor).PostAsJsonAsync($"/api/workflow-delegations/{delegation.Id}/end", new { }).RefusalAsync()).Status.ShouldBe(404);
        await app.As(TestPeople.SecondCoordinator).PostAsAsync<DelegationView>($"/api/workflow-delegations/{delegation.Id}/end");

        (await app.TasksOfAsync(People.Nantong.Assessor, flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delegation_CoversTasksClaimedOrGivenByName()
    {
        var flow = await StartAsync();
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, task, "reassign", new { userId = People.Nantong.Auditor.Id, reason = "转", task.ConcurrencyStamp });
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await DelegateAsync(People.Nantong.Auditor, People.Nantong.Administrator, today, today);

        var seen = await app.TaskOfAsync(People.Nantong.Administrator, flow);
        seen.OnBehalfOf.ShouldBe(People.Nantong.Auditor.DisplayName);
        await app.CompleteAsync(People.Nantong.Administrator, flow);
        await app.As(People.Nantong.Auditor).PostAsAsync<DelegationView>($"/api/workflow-delegations/{delegation.Id}/end");
    }

    /// <summary>The leader drafted in the coordinator's stead; a colleague who stands in for the leader must not sign for them.</summary>
    [Fact]
    public async Task Delegation_FromSomebodyWhomFourEyesExclude_GivesNothing()
    {
        var flow = await StartAsync();
        var draft = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, draft, "reassign", new { userId = People.Nantong.Leader.Id, reason = "转", draft.ConcurrencyStamp });
        await app.CompleteAsync(People.Nantong.Leader, flow);
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await DelegateAsync(People.Nantong.Leader, People.Nantong.Assessor, today, today);
        var sign = await app.ReadAsync(db => System.Threading.Tasks.Task.FromResult(db.Set<Tasks.WorkflowTask>().Single(t => t.InstanceId == flow.Id && t.NodeId == "Sign")));

        (await app.TasksOfAsync(People.Nantong.Assessor, flow)).ShouldBeEmpty();
        (await app.As(People.Nantong.Assessor).PostAsJsonAsync($"/api/workflow-tasks/{sign.Id}/complete", new { values = new { }, sign.ConcurrencyStamp }).RefusalAsync())
            .Status.ShouldBe(404);
        await app.As(People.Nantong.Leader).PostAsAsync<DelegationView>($"/api/workflow-delegations/{delegation.Id}/end");
    }

    [Fact]
    public async Task Delegation_Wrong_IsRejected()
    {
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        foreach (var (to, first, last, code) in new[]
        {
            (People.Yangzhou.Coordinator.Id, today, today, WorkflowsErrorCodes.UnsuitablePerson),
            (People.Jiangsu.Coordinator.Id, today, today, WorkflowsErrorCodes.UnsuitablePerson),
            (People.Nanjing.Assessor.Id, today, today, WorkflowsErrorCodes.UnsuitablePerson),
            (People.Nanjing.Leader.Id, today, today.AddDays(-1), WorkflowsErrorCodes.PeriodWrong),
            (People.Nantong.Leader.Id, today.AddDays(-3), today.AddDays(-1), WorkflowsErrorCodes.PeriodWrong),
            (People.Nantong.Leader.Id, today, today.AddDays(400), WorkflowsErrorCodes.PeriodWrong),
        })
        {
            (await app.As(People.Nantong.ThirdAssessor).PostAsJsonAsync("/api/workflow-delegations", new { toUserId = to, first, last }).RefusalAsync()).ShouldBe((409, code));
        }

        await DelegateAsync(People.Nantong.ThirdAssessor, People.Nantong.Leader, today.AddDays(30), today.AddDays(35));
        (await app.As(People.Nantong.ThirdAssessor).PostAsJsonAsync(
            "/api/workflow-delegations", new { toUserId = TestPeople.SecondCoordinator.Id, first = today.AddDays(35), last = today.AddDays(36) }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.DelegationOverlaps));
    }

    [Fact]
    public async Task SignerBefore_SignsFirst_ThenTheTaskComesBack()
    {
        var flow = await StartAsync();
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await AddSignerAsync(People.Nantong.Coordinator, task, People.Nantong.SecondAssessor, "Before");

        (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).ShouldBeEmpty();
        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", new { values = new { } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
        var signer = await app.TaskOfAsync(People.Nantong.SecondAssessor, flow);
        (await app.ViewAsync(People.Nantong.SecondAssessor, signer.Id)).AddedAs.ShouldBe("Before");
        await app.CompleteAsync(People.Nantong.SecondAssessor, flow);

        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).Id.ShouldBe(task.Id);
        // It was theirs when they asked for the signer, and is theirs again.
        (await app.TasksOfAsync(TestPeople.SecondCoordinator, flow)).ShouldBeEmpty();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Sign");
    }

    [Fact]
    public async Task SignersAfter_SignOneAfterTheOther_ThenTheFlowGoesOn()
    {
        var flow = await StartAsync();
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await AddSignerAsync(People.Nantong.Coordinator, task, People.Nantong.SecondAssessor, "After");
        await AddSignerAsync(People.Nantong.Coordinator, task, People.Nantong.Assessor, "After");
        (await app.TasksOfAsync(People.Nantong.SecondAssessor, flow)).ShouldBeEmpty("the task's own person has not answered yet");

        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.TasksOfAsync(People.Nantong.Assessor, flow)).ShouldBeEmpty("the first signer has not signed yet");
        await app.CompleteAsync(People.Nantong.SecondAssessor, flow);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty("the second signer has not signed yet");
        await app.CompleteAsync(People.Nantong.Assessor, flow);

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Sign");
        var done = (await app.TasksOfAsync(People.Nantong.Coordinator, flow, "Done")).ShouldHaveSingleItem();
        (await app.ViewAsync(People.Nantong.Coordinator, done.Id)).Comment.ShouldBe("同意");
    }

    [Theory]
    [InlineData("Before")]
    [InlineData("After")]
    public async Task SendBack_ByASigner_TakesTheWholeTaskBack(string position)
    {
        var flow = await StartAsync();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        var check = await app.TaskOfAsync(People.Jiangsu.Coordinator, flow);
        await AddSignerAsync(People.Jiangsu.Coordinator, check, People.Jiangsu.Leader, position);
        await AddSignerAsync(People.Jiangsu.Coordinator, check, People.Jiangsu.Assessor, "After", mayFail: position == "Before");
        if (position == "After")
        {
            await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        }

        var signer = await app.TaskOfAsync(People.Jiangsu.Leader, flow);
        await app.DoAsync(People.Jiangsu.Leader, signer, "send-back", new { toNodeId = "Draft", reason = "不同意", signer.ConcurrencyStamp });

        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Draft");
        (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow)).ShouldBeEmpty();
        (await app.TasksOfAsync(People.Jiangsu.Assessor, flow)).ShouldBeEmpty();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task AddSigner_Unsuitable_IsRejected()
    {
        var flow = await StartAsync();
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var sign = await app.TaskOfAsync(People.Nantong.Leader, flow);
        foreach (var person in new[] { People.Nantong.Leader.Id, People.Nantong.Coordinator.Id, People.Yangzhou.Leader.Id })
        {
            (await app.PostAsync(People.Nantong.Leader, sign, "add-signer", new { userId = person, position = "After", reason = "会签" }).RefusalAsync())
                .ShouldBe((409, WorkflowsErrorCodes.UnsuitablePerson));
        }

        await AddSignerAsync(People.Nantong.Leader, sign, People.Nantong.Auditor, "Before");
        var signer = await app.TaskOfAsync(People.Nantong.Auditor, flow);
        (await app.PostAsync(People.Nantong.Auditor, signer, "add-signer", new { userId = People.Nantong.Assessor.Id, position = "After", reason = "再加" }).RefusalAsync())
            .Status.ShouldBe(409);
    }

    /// <summary>The domain says that it was done while a signer is still asked: the flow goes on, and the signer's task is taken away.</summary>
    [Fact]
    public async Task HappenedInTheDomain_WhileASignerIsAsked_GoesOn()
    {
        await app.EnsurePublishedAsync("test.bound", Of(
            Start() + Task("Work", "coordinator", "Subject", """<pilot:completedBy event="test.happened" />""") + Task("Next", "leader", "Subject") + End()
            + Chain("Start", "Work", "Next", "End")));
        var flow = await app.StartAsync("test.bound");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await AddSignerAsync(People.Nantong.Coordinator, task, People.Nantong.Assessor, "Before");

        await app.HappenedAsync(flow, People.Nantong.Coordinator);

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Next");
        (await app.TasksOfAsync(People.Nantong.Assessor, flow)).ShouldBeEmpty();
    }

    private async Task AddSignerAsync(Persona by, TaskItem task, Persona signer, string position, bool mayFail = false)
    {
        var response = await app.PostAsync(by, task, "add-signer", new { userId = signer.Id, position, reason = "请会签" });
        (response.IsSuccessStatusCode || mayFail).ShouldBeTrue(await response.Content.ReadAsStringAsync());
        await app.SettleAsync();
    }

    private Task<DelegationView> DelegateAsync(Persona from, Persona to, DateOnly first, DateOnly last) =>
        app.As(from).PostAsAsync<DelegationView>("/api/workflow-delegations", new
        {
            toUserId = to.Id, first = first.ToString("O", CultureInfo.InvariantCulture), last = last.ToString("O", CultureInfo.InvariantCulture),
        });

    private Task<List<DelegationView>> ListAsync(Persona persona) => app.As(persona).GetAsAsync<List<DelegationView>>("/api/workflow-delegations");

    private sealed record DelegationView(Guid Id, bool IsActive, bool IsMine);
}
