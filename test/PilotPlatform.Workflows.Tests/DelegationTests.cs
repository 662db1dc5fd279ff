using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;
using Work = System.Threading.Tasks.Task;

namespace PilotPlatform.Workflows.Tests;

/// <summary>委派 at its edges: two made at once, and what becomes of claimed work when one is over.</summary>
public sealed class DelegationTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const string Key = "test.delegations";
    private static readonly Persona Lender = People.Nantong.Leader;
    private static readonly Persona Delegate = People.Nantong.Assessor;

    // Offered to the leaders, of whom the test world has one in a region; the next step is the coordinator's.
    private static readonly string Xml = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject") + Task("Check", "coordinator", "Issuer") + End()
        + Chain("Start", "Draft", "Sign", "Check", "End"));

    private DateOnly Today => app.Clock.Today();

    [Fact]
    public async Work Create_TwiceAtTheSameMoment_LetsOneThrough()
    {
        // Between the look of one and its saving the other is made.
        app.Moments.BeforeNext<WorkflowDelegation>(async () =>
            (await SendAsync(People.Nanjing.Leader, People.Nanjing.Assessor, Today, Today.AddDays(3))).IsSuccessStatusCode.ShouldBeTrue());

        (await SendAsync(People.Nanjing.Leader, People.Nanjing.Coordinator, Today.AddDays(1), Today.AddDays(2)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));

        (await OfAsync(People.Nanjing.Leader)).ShouldHaveSingleItem().ToUserId.ShouldBe(People.Nanjing.Assessor.Id);
        // One after the other they are as many as one likes.
        (await SendAsync(People.Nanjing.Leader, People.Nanjing.Coordinator, Today.AddDays(4), Today.AddDays(5))).IsSuccessStatusCode.ShouldBeTrue();
        (await SendAsync(People.Nanjing.Assessor, People.Nanjing.Coordinator, Today, Today.AddDays(5))).IsSuccessStatusCode.ShouldBeTrue();
        (await OfAsync(People.Nanjing.Leader)).Select(d => d.Number).Order().ShouldBe([1, 2]);
    }

    [Fact]
    public async Work Create_ByManyAtOnce_NeverOverlaps()
    {
        for (var round = 0; round < 6; round++)
        {
            var day = Today.AddDays(10 + round);
            var answers = await Work.WhenAll(Enumerable.Range(0, 4).Select(i => SendAsync(
                People.Yangzhou.Leader, i % 2 == 0 ? People.Yangzhou.Assessor : People.Yangzhou.Coordinator, day, day)));
            answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
            answers.ShouldAllBe(a => a.IsSuccessStatusCode || a.StatusCode == System.Net.HttpStatusCode.Conflict);
        }

        var all = await OfAsync(People.Yangzhou.Leader);
        all.Count.ShouldBe(6);
        all.Select(d => d.First).ShouldBeUnique();
    }

    [Fact]
    public async Work ClaimedByTheDelegate_GoesBackAtMidnightInChina_AndBothAreTold()
    {
        var (flow, task, _) = await ClaimedAsync(days: 1);
        var told = await ToldAsync();
        task.OnBehalfOf.ShouldBe(Lender.DisplayName);
        (await app.TasksOfAsync(Lender, flow)).ShouldBeEmpty("the delegate has it");
        app.Clock.Advance(UntilMidnight() - TimeSpan.FromSeconds(1));
        (await RoundAsync()).ShouldBe(0);
        (await app.TaskOfAsync(Delegate, flow)).Id.ShouldBe(task.Id, "the last day counts to its end");

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.TasksOfAsync(Delegate, flow)).ShouldBeEmpty("from midnight on, whether a round came or not");
        (await RoundAsync()).ShouldBe(1);
        (await RoundAsync()).ShouldBe(0);
        await app.SettleAsync();

        (await app.TaskOfAsync(Lender, flow)).ShouldSatisfyAllConditions(t => t.Id.ShouldBe(task.Id), t => t.Assignee.ShouldBeNull(), t => t.OfferedTo.ShouldBe("role"));
        var line = (await app.InstanceAsync(Lender, flow)).History.Single(h => h.Kind == "DelegationOver");
        (line.NodeId, line.Note, line.ActorName).ShouldBe(("Sign", Delegate.DisplayName, "系统"));
        (await ToldAsync()).ShouldBe((told.Delegate + 1, told.Lender + 1));
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        await app.CompleteAsync(Lender, flow);
        (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).NodeId.ShouldBe("Check");
    }

    [Fact]
    public async Work FormOfTheDelegate_WhenTheDelegationIsOver_IsRefusedWithTheReason()
    {
        var (flow, task, _) = await ClaimedAsync(days: 1);
        var open = await app.ViewAsync(Delegate, task.Id);
        var lastDay = Today;
        app.Clock.Advance(UntilMidnight());
        foreach (var afterTheRound in new[] { false, true })
        {
            if (afterTheRound)
            {
                (await RoundAsync()).ShouldBe(1);
            }

            foreach (var (verb, body) in new (string, object)[]
            {
                ("complete", new { values = new { }, open.Task.ConcurrencyStamp }), ("release", new { open.Task.ConcurrencyStamp }), ("claim", new { open.Task.ConcurrencyStamp }),
                ("send-back", new { toNodeId = "Draft", reason = "重报", open.Task.ConcurrencyStamp }),
                ("reassign", new { userId = People.Nantong.Coordinator.Id, reason = "转", open.Task.ConcurrencyStamp }),
                ("add-signer", new { userId = People.Nantong.Coordinator.Id, position = "Before", reason = "签", open.Task.ConcurrencyStamp }),
                ("copy", new { userIds = new[] { People.Nantong.Auditor.Id } }),
            })
            {
                var problem = await Problem.OfAsync(app.PostAsync(Delegate, task, verb, body));
                (problem.Status, problem.Code).ShouldBe((409, WorkflowsErrorCodes.DelegationOver), verb);
                problem.Title.ShouldContain(Lender.DisplayName);
                problem.Title.ShouldContain(lastDay.ToString("O", CultureInfo.InvariantCulture));
            }
        }

        // What came later was never theirs to know of.
        var later = await AtSignAsync();
        var theirs = await app.TaskOfAsync(Lender, later);
        (await app.PostAsync(Delegate, theirs, "complete", new { values = new { } }).RefusalAsync()).Status.ShouldBe(404);
        (await app.PostAsync(People.Yangzhou.Assessor, task, "complete", new { values = new { } }).RefusalAsync()).Status.ShouldBe(404);
        await app.CompleteAsync(Lender, flow);
    }

    [Fact]
    public async Work EndedEarly_GivesBackAtOnce_InTheNameOfWhoeverEndedIt()
    {
        var (flow, task, delegation) = await ClaimedAsync(days: 5);

        await EndAsync(delegation);

        (await app.TaskOfAsync(Lender, flow)).Id.ShouldBe(task.Id);
        (await app.InstanceAsync(Lender, flow)).History.Single(h => h.Kind == "DelegationOver").ActorName.ShouldBe(Lender.DisplayName);
        var problem = await Problem.OfAsync(app.PostAsync(Delegate, task, "complete", new { values = new { }, task.ConcurrencyStamp }));
        problem.Code.ShouldBe(WorkflowsErrorCodes.DelegationOver);
        problem.Title.ShouldContain(Today.ToString("O", CultureInfo.InvariantCulture), customMessage: "the day on which it was ended, not its last");
        (await RoundAsync()).ShouldBe(0);
        await app.CompleteAsync(Lender, flow);
    }

    [Fact]
    public async Work RenewedWithoutAGap_StaysWithTheDelegate_AndAnOpenFormIsTaken()
    {
        var (flow, task, _) = await ClaimedAsync(days: 1);
        var told = await ToldAsync();
        var next = await DelegateAsync(Lender, Delegate, Today.AddDays(1), Today.AddDays(1));
        var open = await app.ViewAsync(Delegate, task.Id);
        app.Clock.Advance(UntilMidnight());

        (await app.TaskOfAsync(Delegate, flow)).OnBehalfOf.ShouldBe(Lender.DisplayName, "before the round");
        (await RoundAsync()).ShouldBe(0);
        (await app.TaskOfAsync(Delegate, flow)).OnBehalfOf.ShouldBe(Lender.DisplayName, "after the round");
        (await app.ReadAsync(db => db.Set<WorkflowTask>().Where(t => t.Id == task.Id).Select(t => t.DelegationId).SingleAsync())).ShouldBe(next);
        (await ToldAsync()).ShouldBe(told);

        await app.DoAsync(Delegate, task, "complete", new { values = new { }, open.Task.ConcurrencyStamp });
        (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).NodeId.ShouldBe("Check");
        await EndAsync(next);
    }

    [Fact]
    public async Work WhatTheDelegateMayDoInTheirOwnRight_Stays()
    {
        // Both coordinators have the role; one stands in for the other as well.
        var (first, second) = (People.Nantong.Coordinator, TestPeople.SecondCoordinator);
        await app.EnsurePublishedAsync(Key, Xml);
        var flow = await app.StartAsync(Key);
        var delegation = await DelegateAsync(first, second, Today, Today.AddDays(1));
        var task = await app.TaskOfAsync(second, flow);
        await app.DoAsync(second, task, "claim", new { task.ConcurrencyStamp });

        await EndAsync(delegation, first);

        (await RoundAsync()).ShouldBe(0);
        (await app.TaskOfAsync(second, flow)).ClaimedByMe.ShouldBeTrue();
        (await app.TasksOfAsync(first, flow)).ShouldBeEmpty();
        await app.CompleteAsync(second, flow);
    }

    [Fact]
    public async Work WhileASignerIsAsked_ItIsTakenFromTheDelegate_AndComesBackToThoseItWasOfferedTo()
    {
        var (flow, task, delegation) = await ClaimedAsync(days: 5);
        await app.DoAsync(Delegate, task, "add-signer", new { userId = People.Nantong.SecondAssessor.Id, position = "Before", reason = "请先看" });

        await EndAsync(delegation);

        (await app.TasksOfAsync(Lender, flow)).ShouldBeEmpty("it waits for the signer");
        (await app.PostAsync(Delegate, task, "complete", new { values = new { } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.DelegationOver));
        await app.CompleteAsync(People.Nantong.SecondAssessor, flow);
        (await app.TasksOfAsync(Delegate, flow)).ShouldBeEmpty();
        (await app.TaskOfAsync(Lender, flow)).ShouldSatisfyAllConditions(t => t.Id.ShouldBe(task.Id), t => t.Assignee.ShouldBeNull());
        await app.CompleteAsync(Lender, flow);
    }

    [Fact]
    public async Work AnsweredByTheDelegate_WhileASignerAfterThemIsAsked_StaysAnswered()
    {
        var (flow, task, delegation) = await ClaimedAsync(days: 5);
        await app.DoAsync(Delegate, task, "add-signer", new { userId = People.Nantong.SecondAssessor.Id, position = "After", reason = "请会签" });
        await app.CompleteAsync(Delegate, flow);

        await EndAsync(delegation);
        await app.CompleteAsync(People.Nantong.SecondAssessor, flow);

        (await app.TaskOfAsync(People.Jiangsu.Coordinator, flow)).NodeId.ShouldBe("Check");
        var history = (await app.InstanceAsync(Lender, flow)).History;
        history.ShouldNotContain(h => h.Kind == "DelegationOver");
        (await app.TasksOfAsync(Delegate, flow, "Done")).ShouldContain(t => t.Id == task.Id);
    }

    [Fact]
    public async Work TwoNodesAtOnce_GiveBackOnce()
    {
        for (var round = 0; round < 4; round++)
        {
            var (flow, _, _) = await ClaimedAsync(days: 1);
            var told = await ToldAsync();
            app.Clock.Advance(UntilMidnight());

            var given = await Work.WhenAll(Enumerable.Range(0, 3).Select(_ => Work.Run(RoundAsync)));

            given.Sum().ShouldBe(1);
            (await app.InstanceAsync(Lender, flow)).History.Count(h => h.Kind == "DelegationOver").ShouldBe(1);
            await app.SettleAsync();
            (await ToldAsync()).ShouldBe((told.Delegate + 1, told.Lender + 1));
            await app.CompleteAsync(Lender, flow);
        }
    }

    /// <summary>The delegate sends the form in the same second in which the delegation is ended: one of the two is first, and nothing is done twice.</summary>
    [Fact]
    public async Work CompletingAndEndingAtOnce_DoesOneOfTheTwo()
    {
        for (var round = 0; round < 4; round++)
        {
            var (flow, task, delegation) = await ClaimedAsync(days: 5);

            var completing = app.PostAsync(Delegate, task, "complete", new { values = new { }, task.ConcurrencyStamp });
            await Work.WhenAll(completing, EndAsync(delegation));
            var done = (await completing).IsSuccessStatusCode;
            if (!done)
            {
                (await completing).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
                await RoundAsync();
                await app.CompleteAsync(Lender, flow);
            }

            await app.SettleAsync();
            var history = (await app.InstanceAsync(Lender, flow)).History;
            history.Count(h => h.Kind == "DelegationOver").ShouldBe(done ? 0 : 1);
            history.Count(h => h.Kind == "Completed" && h.NodeId == "Sign").ShouldBe(1);
        }
    }

    /// <summary>受委托人不得再委托: what was claimed for somebody is not lent on to a third.</summary>
    [Fact]
    public async Work WhatWasClaimedForAnother_IsNotLentOn()
    {
        var third = People.Nantong.ThirdAssessor;
        var (flow, task, delegation) = await ClaimedAsync(days: 5);
        var onwards = await DelegateAsync(Delegate, third, Today, Today.AddDays(2));

        (await app.TasksOfAsync(third, flow)).ShouldBeEmpty();
        (await app.PostAsync(third, task, "complete", new { values = new { } }).RefusalAsync()).Status.ShouldBe(404);

        await EndAsync(onwards, Delegate);
        await EndAsync(delegation);
        await app.CompleteAsync(Lender, flow);
    }

    [Fact]
    public async Work ReleasedOrReassigned_IsNotTakenBackAgain()
    {
        var (released, task, delegation) = await ClaimedAsync(days: 5);
        await app.DoAsync(Delegate, task, "release", new { });
        var reassigned = await AtSignAsync();
        var other = await app.TaskOfAsync(Delegate, reassigned);
        await app.DoAsync(Delegate, other, "claim", new { other.ConcurrencyStamp });
        await app.DoAsync(Delegate, other, "reassign", new { userId = People.Nantong.Auditor.Id, reason = "转" });

        await EndAsync(delegation);

        (await app.TaskOfAsync(Lender, released)).Id.ShouldBe(task.Id);
        (await app.TaskOfAsync(People.Nantong.Auditor, reassigned)).Id.ShouldBe(other.Id);
        foreach (var flow in new[] { released, reassigned })
        {
            (await app.InstanceAsync(Lender, flow)).History.ShouldNotContain(h => h.Kind == "DelegationOver");
        }
    }

    private Task<int> RoundAsync() => app.Services.GetRequiredService<DelegationReturns>().GiveBackAsync(default);

    private TimeSpan UntilMidnight() => ChinaTime.EndOf(Today) - app.Clock.UtcNow();

    private async Task<StartedFlow> AtSignAsync()
    {
        // Not in the same instant in which another test's delegation was over: the clock stands still.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.EnsurePublishedAsync(Key, Xml);
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        return flow;
    }

    /// <summary>A flow whose task the delegate has claimed in the leader's stead, and the delegation.</summary>
    private async Task<(StartedFlow Flow, TaskItem Task, Guid Delegation)> ClaimedAsync(int days)
    {
        var flow = await AtSignAsync();
        var delegation = await DelegateAsync(Lender, Delegate, Today, Today.AddDays(days - 1));
        var task = await app.TaskOfAsync(Delegate, flow);
        await app.DoAsync(Delegate, task, "claim", new { task.ConcurrencyStamp });
        return (flow, await app.TaskOfAsync(Delegate, flow), delegation);
    }

    private Task<HttpResponseMessage> SendAsync(Persona from, Persona to, DateOnly first, DateOnly last) =>
        app.As(from).PostAsJsonAsync("/api/workflow-delegations", new { toUserId = to.Id, first, last }, PilotPlatformApp.Json);

    private async Task<Guid> DelegateAsync(Persona from, Persona to, DateOnly first, DateOnly last) =>
        (await app.As(from).PostAsAsync<DelegationId>("/api/workflow-delegations", new { toUserId = to.Id, first, last })).Id;

    private async Work EndAsync(Guid delegation, Persona? by = null)
    {
        await app.As(by ?? Lender).PostAsAsync<DelegationId>($"/api/workflow-delegations/{delegation}/end");
        await app.DeliverEventsAsync();
    }

    private Task<List<WorkflowDelegation>> OfAsync(Persona persona) =>
        app.ReadAsync(db => db.Set<WorkflowDelegation>().AsNoTracking().Where(d => d.FromUserId == persona.Id).ToListAsync());

    /// <summary>How often the two were told so far that a task went back, and that one came back.</summary>
    private async Task<(int Delegate, int Lender)> ToldAsync() => (
        (await app.NotesOfAsync(Delegate)).Count(t => t.Contains("代办的待办已退回", StringComparison.Ordinal)),
        (await app.NotesOfAsync(Lender)).Count(t => t.Contains("请重新领取", StringComparison.Ordinal)));

    private sealed record DelegationId(Guid Id);
}
