using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Timers, dates and reminders, by a clock that the test moves.</summary>
public sealed class TimerTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static string Waiting(string definition, string variables = "") => Of(
        Start() + Catch("Wait", definition) + Task("After", "coordinator", "Subject") + End() + Chain("Start", "Wait", "After", "End"), variables: variables);

    private static string Watched(string definition, bool interrupts, string variables = "") => Of(
        Start() + Task("Work", "leader", "Subject") + Boundary("Late", "Work", definition, interrupts) + Task("Escalate", "coordinator", "Issuer")
        + End() + End("Aside", "升级处理完毕") + Chain("Start", "Work", "End") + Chain("Late", "Escalate", "Aside"), variables: variables);

    private async Task AdvanceAsync(TimeSpan by)
    {
        app.Clock.Advance(by);
        await app.SettleAsync();
    }

    private async Task<bool> WentOnAsync(StartedFlow flow) => (await app.TasksOfAsync(People.Nantong.Coordinator, flow)).Count == 1;

    private async Task<int> EscalationsAsync(StartedFlow flow) => (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow)).Count;

    private DateTimeOffset China => app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));

    [Fact]
    public async Task Duration_FiresWhenItHasPassed_NotBefore()
    {
        await app.EnsurePublishedAsync("test.duration", Waiting(Timer("Duration", "PT2H")));
        var flow = await app.StartAsync("test.duration");
        await AdvanceAsync(TimeSpan.FromMinutes(119));
        (await WentOnAsync(flow)).ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeTrue();
    }

    [Fact]
    public async Task Date_FiresAtThatDaysBeginningInChina()
    {
        var day = DateOnly.FromDateTime(China.DateTime).AddDays(2);
        await app.EnsurePublishedAsync("test.date", Waiting(Timer("Date", "=day"), Variable("day", "Date")));
        var flow = await app.StartAsync("test.date", new() { ["day"] = day });
        await AdvanceAsync(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8)) - app.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("T09:30", 9.5)]
    [InlineData("T09:30:00+08:00", 9.5)]
    [InlineData("T09:30:00Z", 17.5)]
    public async Task Date_WithATime_IsChinasUnlessItSaysItsZone(string time, double chinaHours)
    {
        var day = DateOnly.FromDateTime(China.DateTime).AddDays(1);
        await app.EnsurePublishedAsync("test.instant", Waiting(Timer("Date", "=at"), Text("at")));
        var flow = await app.StartAsync("test.instant", new() { ["at"] = $"{day:yyyy-MM-dd}{time}" });

        var due = await app.ReadAsync(db => db.Set<WorkflowJob>().Where(j => j.InstanceId == flow.Id).Select(j => j.DueAt).SingleAsync());

        due.ShouldBe(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8)).UtcDateTime.AddHours(chinaHours));
    }

    [Fact]
    public async Task Date_InThePast_FiresAtOnce()
    {
        await app.EnsurePublishedAsync("test.past", Waiting(Timer("Date", "2020-01-01")));
        (await WentOnAsync(await app.StartAsync("test.past"))).ShouldBeTrue();
    }

    [Fact]
    public async Task WorkingDays_PassOverTheWeekend()
    {
        // 2031 has no table of holidays yet: Monday to Friday. The 5th of June is a Thursday.
        app.Clock.SetChina(2031, 6, 5, 10);
        await app.EnsurePublishedAsync("test.working", Waiting(Timer("Duration", "P3D", "working")));
        var flow = await app.StartAsync("test.working");
        await AdvanceAsync(TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeFalse("Thursday, Friday, Monday are not over on Tuesday before ten");
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeTrue();
    }

    [Fact]
    public async Task WorkingDays_PassOverHolidays_AndCountWorkedWeekends()
    {
        // 端午 2023: off from Thursday the 22nd to Saturday the 24th, and Sunday the 25th is worked.
        app.Clock.SetChina(2023, 6, 21, 10);
        await app.EnsurePublishedAsync("test.working", Waiting(Timer("Duration", "P3D", "working")));
        var flow = await app.StartAsync("test.working");
        await AdvanceAsync(TimeSpan.FromDays(6) - TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeFalse("the 25th, 26th and 27th");
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await WentOnAsync(flow)).ShouldBeTrue();

        // 中秋、国庆 2023: off from the 29th of September to the 6th of October; the 7th and 8th are worked.
        app.Clock.SetChina(2023, 9, 28);
        await app.EnsurePublishedAsync("test.due-working", Of(
            Start() + Task("Counted", "leader", "Subject", Due("P5D", "working")) + End() + Chain("Start", "Counted", "End")));
        var counted = await app.TaskOfAsync(People.Nantong.Leader, await app.StartAsync("test.due-working"));
        counted.DueOn.ShouldBe(new DateOnly(2023, 10, 11));
        (await IsProvisionalAsync(counted)).ShouldBeFalse();
    }

    [Fact]
    public async Task Escalation_WithoutInterrupting_LeavesTheWorkWhereItIs()
    {
        await app.EnsurePublishedAsync("test.escalation", Watched(Timer("Duration", "P2D"), interrupts: false));
        var flow = await app.StartAsync("test.escalation");
        await AdvanceAsync(TimeSpan.FromDays(3));
        (await EscalationsAsync(flow)).ShouldBe(1);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).Count.ShouldBe(1);
        await AdvanceAsync(TimeSpan.FromDays(30));
        (await EscalationsAsync(flow)).ShouldBe(1);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await app.CompleteAsync(People.Jiangsu.Coordinator, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Escalation_WhenTheWorkIsDoneInTime_NeverComes()
    {
        await app.EnsurePublishedAsync("test.escalation", Watched(Timer("Duration", "P2D"), interrupts: false));
        var flow = await app.StartAsync("test.escalation");
        await app.CompleteAsync(People.Nantong.Leader, flow);
        await AdvanceAsync(TimeSpan.FromDays(3));
        (await EscalationsAsync(flow)).ShouldBe(0);
        (await app.ReadAsync(db => db.Set<WorkflowJob>().CountAsync(j => j.InstanceId == flow.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task Timeout_Interrupting_TakesTheWorkAway()
    {
        await app.EnsurePublishedAsync("test.timeout", Watched(Timer("Duration", "P2D"), interrupts: true));
        var flow = await app.StartAsync("test.timeout");
        var task = await app.TaskOfAsync(People.Nantong.Leader, flow);
        await AdvanceAsync(TimeSpan.FromDays(2));
        (await EscalationsAsync(flow)).ShouldBe(1);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).ShouldBeEmpty();
        (await app.PostAsync(People.Nantong.Leader, task, "complete", new { values = new { }, task.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
    }

    [Fact]
    public async Task Cycle_FiresAsOftenAsItSays()
    {
        await app.EnsurePublishedAsync("test.cycle", Watched(Timer("Cycle", "R3/P1D"), interrupts: false));
        var flow = await app.StartAsync("test.cycle");
        for (var day = 1; day <= 5; day++)
        {
            await AdvanceAsync(TimeSpan.FromDays(1));
            (await EscalationsAsync(flow)).ShouldBe(Math.Min(day, 3));
        }
    }

    [Fact]
    public async Task Cycle_WithAStart_BeginsThere()
    {
        var start = DateOnly.FromDateTime(China.DateTime).AddDays(10);
        await app.EnsurePublishedAsync("test.cycle-start", Watched(Timer("Cycle", "=cycle"), interrupts: false, variables: Text("cycle")));
        var flow = await app.StartAsync("test.cycle-start", new() { ["cycle"] = $"R2/{start:yyyy-MM-dd}/P1D" });
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        await AdvanceAsync(TimeSpan.FromDays(9));
        (await EscalationsAsync(flow)).ShouldBe(0);
        await AdvanceAsync(TimeSpan.FromDays(1));
        (await EscalationsAsync(flow)).ShouldBe(1);
        await AdvanceAsync(TimeSpan.FromDays(5));
        (await EscalationsAsync(flow)).ShouldBe(2);
        await AdvanceAsync(TimeSpan.FromDays(5));
        (await EscalationsAsync(flow)).ShouldBe(2);
    }

    [Fact]
    public async Task Downtime_OfAWeek_FiresOnce_AndCyclesDoNotPileUp()
    {
        await app.EnsurePublishedAsync("test.duration", Waiting(Timer("Duration", "PT2H")));
        await app.EnsurePublishedAsync("test.hourly", Watched(Timer("Cycle", "R/PT1H"), interrupts: false));
        var once = await app.StartAsync("test.duration");
        var hourly = await app.StartAsync("test.hourly");

        await AdvanceAsync(TimeSpan.FromDays(7));

        (await app.InstanceAsync(People.Nantong.Coordinator, once)).History.Count(h => h.Kind == "TimerFired").ShouldBe(1);
        (await EscalationsAsync(hourly)).ShouldBe(1);
        await AdvanceAsync(TimeSpan.FromMinutes(59));
        (await EscalationsAsync(hourly)).ShouldBe(1);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await EscalationsAsync(hourly)).ShouldBe(2);
        await app.CompleteAsync(People.Nantong.Leader, hourly);
        await AdvanceAsync(TimeSpan.FromHours(5));
        (await EscalationsAsync(hourly)).ShouldBe(2);
    }

    [Fact]
    public async Task TwoRunnersAtOnce_DoEverythingOnce()
    {
        await app.EnsurePublishedAsync("test.two-runners", Of(
            Start() + Catch("Wait", Timer("Duration", "PT1H")) + Service("Serve") + Task("After", "coordinator", "Subject") + End()
            + Chain("Start", "Wait", "Serve", "After", "End")));
        var flows = new List<StartedFlow>();
        for (var i = 0; i < 12; i++)
        {
            flows.Add(await app.StartAsync("test.two-runners"));
        }

        app.Clock.Advance(TimeSpan.FromHours(1));
        var runners = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<WorkflowJobRunner>(app.Services)).ToList();
        await System.Threading.Tasks.Task.WhenAll(runners.Select(r => System.Threading.Tasks.Task.Run(() => r.RunDueAsync(default))));
        await app.SettleAsync();

        foreach (var flow in flows)
        {
            app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
            (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Select(h => h.Kind).ShouldBe(["Started", "TimerFired", "ServiceDone"]);
            (await WentOnAsync(flow)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EventGateway_TakesWhatComesFirst(bool message)
    {
        await app.EnsurePublishedAsync("test.either", Of(
            Start() + """<bpmn:eventBasedGateway id="Either" />""" + Catch("Objection", Message) + Catch("Over", Timer("Duration", "P7D"))
            + Task("Ruling", "coordinator", "Issuer") + Task("After", "coordinator", "Subject") + End() + End("End2", "异议结束")
            + Chain("Start", "Either", "Objection", "Ruling", "End2") + Chain("Either", "Over", "After", "End")));
        var flow = await app.StartAsync("test.either");
        if (message)
        {
            await app.HappenedAsync(flow, People.Nantong.Coordinator);
            await AdvanceAsync(TimeSpan.FromDays(8));
        }
        else
        {
            await AdvanceAsync(TimeSpan.FromDays(7));
            await app.HappenedAsync(flow, People.Nantong.Coordinator);
        }

        ((await EscalationsAsync(flow)) == 1, await WentOnAsync(flow)).ShouldBe((message, !message));
        (await app.ReadAsync(db => db.Set<WorkflowJob>().CountAsync(j => j.InstanceId == flow.Id))).ShouldBe(0);
        (await app.ReadAsync(db => db.Set<Instances.WorkflowMessageWait>().CountAsync(j => j.InstanceId == flow.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task DueDate_FollowsTheVariable_OrWorkingDays()
    {
        app.Clock.SetChina(2032, 6, 3, 16); // A Thursday.
        await app.EnsurePublishedAsync("test.due-both", Of(
            Start() + Task("Fixed", "leader", "Subject", Due("=due")) + Task("Counted", "leader", "Subject", Due("P5D", "working")) + End() + Chain("Start", "Fixed", "Counted", "End"),
            variables: Variable("due", "Date")));
        var flow = await app.StartAsync("test.due-both", new() { ["due"] = new DateOnly(2032, 7, 15) });
        var task = await app.TaskOfAsync(People.Nantong.Leader, flow);
        (task.DueOn, await IsProvisionalAsync(task)).ShouldBe((new DateOnly(2032, 7, 15), false));
        await app.CompleteAsync(People.Nantong.Leader, flow);
        task = await app.TaskOfAsync(People.Nantong.Leader, flow);
        // The holidays of 2032 are not known: whoever sees the counted day is told so; a day that the domain set needs no count.
        (task.DueOn, await IsProvisionalAsync(task)).ShouldBe((new DateOnly(2032, 6, 10), true));
    }

    private async Task<bool> IsProvisionalAsync(TaskItem task) =>
        (await app.As(People.Nantong.Leader).GetAsAsync<TaskDto>($"/api/workflow-tasks/{task.Id}")).DueIsProvisional;

    [Fact]
    public async Task DueDate_ThatCannotBeRead_IsAnIncidentAndTheWorkGoesOn()
    {
        await app.EnsurePublishedAsync("test.due-text", Of(
            Start() + Task("Work", "leader", "Subject", Due("=due")) + End() + Chain("Start", "Work", "End"), variables: Text("due")));
        var flow = await app.StartAsync("test.due-text", new() { ["due"] = "下周三" });
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).DueOn.ShouldBeNull();
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Kind, incident.Code).ShouldBe(("BadTimer", "bad-due"));

        // Mended and tried again, the task comes anew, with its date; the old one is gone.
        var admin = app.As(People.Jiangsu.Administrator);
        (await admin.PostVerbAsync($"/api/workflow-instances/{flow.Id}/variables", new { name = "due", value = "2040-01-02", reason = "更正" })).IsSuccessStatusCode.ShouldBeTrue();
        (await admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/retry", new { incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).DueOn.ShouldBe(new DateOnly(2040, 1, 2));
    }

    [Fact]
    public async Task Timer_ThatCannotBeRead_IsStuckUntilTheVariableIsMended()
    {
        await app.EnsurePublishedAsync("test.wait-text", Waiting(Timer("Duration", "=wait"), Text("wait")));
        var flow = await app.StartAsync("test.wait-text", new() { ["wait"] = "三天" });
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        var admin = app.As(People.Jiangsu.Administrator);
        (await admin.PostVerbAsync($"/api/workflow-instances/{flow.Id}/variables", new { name = "wait", value = "P1D", reason = "更正" })).IsSuccessStatusCode.ShouldBeTrue();
        (await admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/retry", new { incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();
        await AdvanceAsync(TimeSpan.FromDays(1));
        (await WentOnAsync(flow)).ShouldBeTrue();
    }

    [Fact]
    public async Task Reminders_ComeInStages_AndAnewAfterAReturn()
    {
        app.Clock.SetChina(2033, 3, 1);
        await app.EnsurePublishedAsync("test.remind", Of(
            Start() + Task("Work", "secondLeader", "Subject", Due("=due")).Replace("secondLeader", "auditor", StringComparison.Ordinal) + Task("Check", "coordinator", "Issuer") + End()
            + Chain("Start", "Work", "Check", "End"), variables: Variable("due", "Date")));
        var flow = await app.StartAsync("test.remind", new() { ["due"] = new DateOnly(2033, 3, 10) });
        var open = await app.TaskOfAsync(People.Nantong.Auditor, flow);
        (await RemindersOnAsync(6)).ShouldBe(0);
        (await RemindersOnAsync(7)).ShouldBe(1, "three days before");
        (await RemindersOnAsync(8)).ShouldBe(1);
        (await RemindersOnAsync(10)).ShouldBe(2, "on the day");
        (await RemindersOnAsync(11)).ShouldBe(3, "the day after");
        (await RemindersOnAsync(20)).ShouldBe(3, "and no more");

        // A form that has been open since before the reminders is taken.
        await app.DoAsync(People.Nantong.Auditor, open, "complete", new { values = new { }, comment = "", open.ConcurrencyStamp });
        var check = await app.TaskOfAsync(People.Jiangsu.Coordinator, flow);
        await app.DoAsync(People.Jiangsu.Coordinator, check, "send-back", new { toNodeId = "Work", reason = "重报", check.ConcurrencyStamp });
        (await RemindersOnAsync(21)).ShouldBe(4, "a return begins anew");

        async Task<int> RemindersOnAsync(int day)
        {
            app.Clock.SetChina(2033, 3, day);
            await app.Services.GetRequiredService<DueReminders>().SendAsync(default);
            await app.SettleAsync();
            return (await app.NotesOfAsync(People.Nantong.Auditor)).Count(n => n.Contains("到期", StringComparison.Ordinal) || n.Contains("逾期", StringComparison.Ordinal));
        }
    }
}
