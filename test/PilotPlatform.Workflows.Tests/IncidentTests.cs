using Microsoft.EntityFrameworkCore;
using PilotPlatform.Audit;
using PilotPlatform.Errors;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>异常处理: what fails waits for an administrator, and nothing is lost.</summary>
public sealed class IncidentTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static readonly string Serving = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + Task("After", "leader", "Subject") + End() + Chain("Start", "Draft", "Serve", "After", "End"),
        variables: Text("decision") + Variable("points", "Number") + Variable("ready", "Boolean"));

    private static readonly string Caught = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + Boundary("Failed", "Serve", Error) + Task("After", "leader", "Subject")
        + Task("Repair", "assessor", "Subject") + End() + End("End2", "已修复") + Chain("Start", "Draft", "Serve", "After", "End") + Chain("Failed", "Repair", "End2"));

    private static readonly string Choosing = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Gateway("Choice", "exclusive", "Choice_Low") + Task("High", "leader", "Subject") + Task("Low", "assessor", "Subject")
        + End() + End("End2", "低分") + Chain("Start", "Draft", "Choice") + Flow("Choice", "High", "points * 2 > 10") + Flow("Choice", "Low") + Chain("High", "End") + Chain("Low", "End2"),
        variables: Variable("points", "Number"));

    private async Task<StartedFlow> BeforeServiceAsync(string key, string xml, Exception? failure)
    {
        await app.EnsurePublishedAsync(key, xml);
        var flow = await app.StartAsync(key);
        if (failure is not null)
        {
            app.ServiceTasks.Behaviour[flow.SubjectId] = _ => throw failure;
        }

        return flow;
    }

    private async Task AdvanceAsync(int seconds)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await app.SettleAsync();
    }

    private async Task<HttpResponseMessage> VerbAsync(IncidentView incident, string verb, object body, Persona? persona = null)
    {
        var response = await app.As(persona ?? People.Jiangsu.Administrator).PostVerbAsync($"/api/workflow-incidents/{incident.Id}/{verb}", body);
        await app.SettleAsync();
        return response;
    }

    [Fact]
    public async Task Service_Failing_IsTriedAgainLaterAndLater_ThenAnAdministratorIsAsked()
    {
        var flow = await BeforeServiceAsync("test.serving", Serving, new InvalidOperationException("接口没有应答"));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
        await AdvanceAsync(9);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
        await AdvanceAsync(1);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(2, "ten seconds after the first");
        await AdvanceAsync(19);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(2);
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        await AdvanceAsync(1);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(3, "twenty seconds after the second");

        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Kind, incident.NodeId).ShouldBe(("Failed", "Serve"));
        incident.Detail.ShouldContain("接口没有应答");
        await AdvanceAsync(100_000);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(3);
        (await app.NotesOfAsync(People.Nantong.Administrator)).ShouldContain(n => n.Contains("异常", StringComparison.Ordinal));

        app.ServiceTasks.Behaviour.TryRemove(flow.SubjectId, out _);
        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(4);
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
        var settled = (await app.IncidentsAsync(flow, settled: true)).ShouldHaveSingleItem();
        (settled.Resolution, settled.SettledByName).ShouldBe(("Retried", People.Jiangsu.Administrator.DisplayName));
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.ShouldContain(h => h.Kind == "IncidentRetried" && h.ActorName == People.Jiangsu.Administrator.DisplayName);
        (await AuditAsync(incident.Id)).ShouldBeGreaterThanOrEqualTo(2, "opened and settled");
        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Service_FailingOnceThenWorking_NeedsNobody()
    {
        var flow = await BeforeServiceAsync("test.serving", Serving, new TimeoutException());
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ => new Dictionary<string, object?> { ["decision"] = "yes" };
        await AdvanceAsync(10);
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables["decision"]!.ToString().ShouldBe("yes");
    }

    [Fact]
    public async Task Service_BreakingARule_AsksAtOnce()
    {
        var flow = await BeforeServiceAsync("test.serving", Serving, new BusinessException(WorkflowsErrorCodes.UnsuitablePerson));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        incident.Code.ShouldBe(WorkflowsErrorCodes.UnsuitablePerson);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
    }

    [Fact]
    public async Task Skip_NeedsAReason_AndPutsValuesInItsStead()
    {
        var flow = await BeforeServiceAsync("test.serving", Serving, new BusinessException(WorkflowsErrorCodes.UnsuitablePerson));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var incident = (await app.IncidentsAsync(flow)).Single();

        (await VerbAsync(incident, "skip", new { reason = " ", incident.ConcurrencyStamp })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        foreach (var values in new object[] { new { unknown = 1 }, new { points = "九十" }, new { ready = "true" } })
        {
            (await VerbAsync(incident, "skip", new { reason = "线下办理", values, incident.ConcurrencyStamp })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        }

        (await VerbAsync(incident, "skip", new { reason = "我们自己说了算", incident.ConcurrencyStamp }, People.Nantong.Administrator)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await VerbAsync(incident, "skip", new { reason = "线下办理", concurrencyStamp = "old" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await VerbAsync(incident, "skip", new { reason = "线下办理", values = new { points = 90 }, incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
        var view = await app.InstanceAsync(People.Jiangsu.Administrator, flow);
        view.Variables["points"]!.ToString().ShouldBe("90");
        var line = view.History.Single(h => h.Kind == "IncidentSkipped");
        (line.Note, line.ActorName).ShouldBe(("线下办理（points = 90）", People.Jiangsu.Administrator.DisplayName));
        (await app.IncidentsAsync(flow, settled: true)).Single().Reason.ShouldBe("线下办理");
        await AdvanceAsync(100);
        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
    }

    [Fact]
    public async Task StuckGateway_GoesOnAfterTheVariableIsMended()
    {
        await app.EnsurePublishedAsync("test.choosing", Choosing);
        var flow = await app.StartAsync("test.choosing", new() { ["points"] = "很多" });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Kind, incident.NodeId).ShouldBe(("Stuck", "Choice"));
        var admin = app.As(People.Jiangsu.Administrator);
        var path = $"/api/workflow-instances/{flow.Id}/variables";

        (await admin.PostVerbAsync(path, new { name = "points", value = 8 })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await admin.PostVerbAsync(path, new { name = "points", value = "八", reason = "更正" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await admin.PostVerbAsync(path, new { name = "other", value = 8, reason = "更正" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await app.As(People.Nantong.Administrator).PostVerbAsync(path, new { name = "points", value = 8, reason = "更正" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await admin.PostVerbAsync(path, new { name = "points", value = 8, reason = "录入有误" })).IsSuccessStatusCode.ShouldBeTrue();
        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp }, People.Nantong.Administrator)).IsSuccessStatusCode.ShouldBeTrue();

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("High");
        (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).History.Single(h => h.Kind == "VariableChanged").Note.ShouldContain("录入有误");
        (await app.InstanceAsync(People.Nantong.Administrator, flow)).History.Single(h => h.Kind == "VariableChanged").Note.ShouldBeEmpty("what it was changed to is the issuer's to know");
    }

    [Fact]
    public async Task StuckGateway_Skipped_TakesTheFlowThatIsNamed()
    {
        await app.EnsurePublishedAsync("test.choosing", Choosing);
        var flow = await app.StartAsync("test.choosing", new() { ["points"] = "很多" });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var incident = (await app.IncidentsAsync(flow)).Single();
        (await VerbAsync(incident, "skip", new { reason = "选高分", flowId = "Start_Draft", incident.ConcurrencyStamp })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await VerbAsync(incident, "skip", new { reason = "选高分", flowId = "Choice_High", incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("High");
    }

    [Fact]
    public async Task StuckGateway_WhenTheFlowIsEnded_VanishesFromTheList()
    {
        await app.EnsurePublishedAsync("test.choosing", Choosing);
        var flow = await app.StartAsync("test.choosing", new() { ["points"] = "很多" });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.IncidentsAsync(flow)).Count.ShouldBe(1);
        await app.TerminateAsync(flow);
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow, settled: true)).Single().Resolution.ShouldBe("Vanished");
    }

    [Fact]
    public async Task Error_ThatABoundaryCatches_GoesThere()
    {
        var flow = await BeforeServiceAsync("test.caught", Caught, new WorkflowErrorException("E1"));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.TaskOfAsync(People.Nantong.Assessor, flow)).NodeId.ShouldBe("Repair");
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Error_ThatNothingCatches_FailsTheFlow_AndIsAcknowledged()
    {
        var flow = await BeforeServiceAsync("test.caught", Caught, new WorkflowErrorException("E2"));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Failed");
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Code, incident.Detail).ShouldBe(("uncaught-error", "E2"));

        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await VerbAsync(incident, "skip", new { reason = "已线下处理", incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Incident_OfWorkThatIsSentBack_VanishesWithIt()
    {
        await app.EnsurePublishedAsync("test.beside", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Gateway("Split") + Service("Serve") + Task("Look", "leader", "Subject") + Gateway("Join") + End()
            + Chain("Start", "Draft", "Split", "Serve", "Join", "End") + Chain("Split", "Look", "Join")));
        var flow = await app.StartAsync("test.beside");
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ => throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await app.IncidentsAsync(flow)).Count.ShouldBe(1);
        var look = await app.TaskOfAsync(People.Nantong.Leader, flow);

        await app.DoAsync(People.Nantong.Leader, look, "send-back", new { toNodeId = "Draft", reason = "重报", look.ConcurrencyStamp });

        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        app.ServiceTasks.Behaviour.TryRemove(flow.SubjectId, out _);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        await app.CompleteAsync(People.Nantong.Leader, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    /// <summary>One event of the domain: the flow that waits for it finds nobody for its next step, and the task bound to it ends everything.</summary>
    [Fact]
    public async Task Incident_OpenedByAnEarlierStepOfTheSameTransaction_VanishesWithTheFlow()
    {
        await app.EnsurePublishedAsync("test.same-transaction", Of(
            Start() + Gateway("Split") + Catch("Wait", Message) + Task("Nobody", "nobody.has.this", "Subject") + End()
            + Task("Bound", "coordinator", "Subject", "<pilot:completedBy event=\"test.happened\" />")
            + """<bpmn:endEvent id="All" name="全部结束"><bpmn:terminateEventDefinition /></bpmn:endEvent>"""
            + Chain("Start", "Split", "Wait", "Nobody", "End") + Chain("Split", "Bound", "All")));
        var flow = await app.StartAsync("test.same-transaction");

        await app.HappenedAsync(flow, People.Nantong.Coordinator);

        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldNotBe("Running");
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow, settled: true)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => i.NodeId.ShouldBe("Nobody"), i => i.Resolution.ShouldBe("Vanished"));
    }

    [Fact]
    public async Task Send_TellsThePeople_OrAsksAnAdministratorWhenThereAreNone()
    {
        await app.EnsurePublishedAsync("test.send", Of(
            Start() + """
                <bpmn:sendTask id="Tell" name="结果告知"><bpmn:extensionElements><pilot:assignee kind="Expression" value="who" region="Subject" /><pilot:text>得分{points}分</pilot:text></bpmn:extensionElements></bpmn:sendTask>
                """ + Task("After", "leader", "Subject") + End() + Chain("Start", "Tell", "After", "End"),
            variables: Text("who") + Variable("points", "Number")));
        var told = await app.StartAsync("test.send", new() { ["who"] = People.Nantong.SecondAssessor.Id, ["points"] = 92 });
        (await app.TaskOfAsync(People.Nantong.Leader, told)).NodeId.ShouldBe("After");
        (await app.As(People.Nantong.SecondAssessor).GetAsAsync<Data.PagedResult<NoteView>>("/api/notifications")).Items
            .ShouldContain(n => n.Title.Contains("结果告知", StringComparison.Ordinal) && n.Body.Contains("得分92分", StringComparison.Ordinal));

        // A sibling is nobody to this flow: they are not told, and the administrator sees that nobody was.
        foreach (var who in new object?[] { null, People.Yangzhou.Leader.Id })
        {
            var nobody = await app.StartAsync("test.send", new() { ["who"] = who, ["points"] = 92 });
            (await app.IncidentsAsync(nobody)).ShouldHaveSingleItem().NodeId.ShouldBe("Tell");
        }

        (await app.NotesOfAsync(People.Yangzhou.Leader)).ShouldNotContain(n => n.Contains("结果告知", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Incidents_AreNobodysBusinessElse()
    {
        var flow = await BeforeServiceAsync("test.serving", Serving, new BusinessException(WorkflowsErrorCodes.UnsuitablePerson));
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        var incident = (await app.IncidentsAsync(flow)).Single();
        (await app.IncidentsAsync(flow, persona: People.Nantong.Administrator)).Count.ShouldBe(1);
        (await app.IncidentsAsync(flow, persona: People.Yangzhou.Administrator)).ShouldBeEmpty();
        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp }, People.Yangzhou.Administrator)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await VerbAsync(incident, "retry", new { incident.ConcurrencyStamp }, People.Nantong.Coordinator)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    private Task<int> AuditAsync(Guid id) => app.ReadAsync(db => db.Set<AuditEntry>().CountAsync(a => a.SubjectId == id.ToString()));
}
