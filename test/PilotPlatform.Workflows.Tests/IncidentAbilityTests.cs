using System.Net;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>What an incident offers to whom, and skipping a step with what it would have answered.</summary>
public sealed class IncidentAbilityTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const string Key = "test.abilities";
    private const string FormKey = "test.skip-form";

    private static readonly string Xml = Of(
        Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + Task("After", "leader", "Subject") + End() + Chain("Start", "Draft", "Serve", "After", "End"));

    // Nobody has the role at the subject, so the step waits for an administrator; a gateway behind it needs its answer.
    private static readonly string FormXml = Of(
        Start() + Task("Review", "nobody.has.this", "Subject", """
            <pilot:form><pilot:field name="decision" label="意见" kind="Choice" required="true"><pilot:option value="yes" label="同意" /><pilot:option value="no" label="退回" /></pilot:field>
            <pilot:field name="points" label="得分" kind="Number" /></pilot:form>
            """) + Gateway("Choice", "exclusive", "Choice_Low") + Task("High", "leader", "Subject") + Task("Low", "coordinator", "Subject") + End() + End("End2", "未通过")
        + Chain("Start", "Review", "Choice") + Flow("Choice", "High", "decision = \"yes\"") + Flow("Choice", "Low") + Chain("High", "End") + Chain("Low", "End2"),
        variables: Text("decision") + Variable("points", "Number") + Variable("other", "Number"));

    private async Task<(StartedFlow Flow, Incident Incident)> FailedAsync()
    {
        await app.EnsurePublishedAsync(Key, Xml);
        var flow = await app.StartAsync(Key);
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ => throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        return (flow, await IncidentAsync(flow, People.Jiangsu.Administrator));
    }

    private async Task<Incident> IncidentAsync(StartedFlow flow, Persona persona, bool settled = false) =>
        (await app.As(persona).GetAsAsync<PagedResult<Incident>>($"/api/workflow-incidents?instanceId={flow.Id}&settled={settled}")).Items.ShouldHaveSingleItem();

    private Task<HttpResponseMessage> SkipAsync(Incident incident, object? values, Persona? persona = null) =>
        app.As(persona ?? People.Jiangsu.Administrator).PostVerbAsync($"/api/workflow-incidents/{incident.Id}/skip", new { reason = "线下已审", values, incident.ConcurrencyStamp });

    [Fact]
    public async Task May_OfARegionBelowTheIssuer_IsToTryAgainOnly_AndTheApiAgrees()
    {
        var (flow, atIssuer) = await FailedAsync();
        atIssuer.May.ShouldBe(new(true, true, true));
        var below = await IncidentAsync(flow, People.Nantong.Administrator);
        (below.May, below.IssuerName).ShouldBe((new(true, false, false), "江苏省"));

        (await SkipAsync(below, null, People.Nantong.Administrator)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.As(People.Nantong.Administrator).PostVerbAsync($"/api/workflow-incidents/{below.Id}/retry", new { below.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.SettleAsync();
        var settled = (await app.As(People.Nantong.Administrator).GetAsAsync<PagedResult<Incident>>($"/api/workflow-incidents?settled=true&instanceId={flow.Id}")).Items.Single();
        settled.May.ShouldBe(new(false, false, false));
    }

    [Fact]
    public async Task May_OfAFlowThatFailed_IsToTakeNoticeOnly()
    {
        await app.EnsurePublishedAsync(Key, Xml);
        var flow = await app.StartAsync(Key);
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ => throw new WorkflowErrorException("E9");
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await IncidentAsync(flow, People.Jiangsu.Administrator)).May.ShouldBe(new(false, true, false));
    }

    [Fact]
    public async Task Skip_OfAStepWithAForm_TakesItsAnswersByTheFormsRules()
    {
        await app.EnsurePublishedAsync(FormKey, FormXml);
        var flow = await app.StartAsync(FormKey);
        var incident = await IncidentAsync(flow, People.Jiangsu.Administrator);
        var step = await app.As(People.Jiangsu.Administrator).GetAsAsync<Step>($"/api/workflow-incidents/{incident.Id}/step");
        (step.NodeId, step.Name).ShouldBe(("Review", "环节 Review"));
        step.Fields.ShouldBe([new("decision", "Choice", true), new("points", "Number", false)]);

        foreach (var (values, field) in new (object, string)[]
        {
            (new { points = 80 }, "values.decision"), (new { decision = "perhaps" }, "values.decision"), (new { decision = "yes", points = "多" }, "values.points"),
            (new { decision = "yes", other = 1 }, "values.other"),
        })
        {
            var problem = await Problem.OfAsync(SkipAsync(incident, values));
            (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, field));
        }

        (await SkipAsync(incident, new { decision = "yes", points = 80 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.SettleAsync();

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("High");
        var view = await app.InstanceAsync(People.Jiangsu.Administrator, flow);
        (view.Variables["decision"]!.ToString(), view.Variables["points"]!.ToString()).ShouldBe(("yes", "80"));
        view.History.Single(h => h.Kind == "IncidentSkipped").Note.ShouldBe("线下已审（意见 = 同意，得分 = 80）");
    }

    [Fact]
    public async Task Skip_OfAStepWithAForm_WithoutValues_TakesTheUsualWay()
    {
        await app.EnsurePublishedAsync(FormKey, FormXml);
        var flow = await app.StartAsync(FormKey);
        (await SkipAsync(await IncidentAsync(flow, People.Jiangsu.Administrator), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.SettleAsync();
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Low");
    }

    [Fact]
    public async Task Step_IsForThoseWhoSeeTheIncident_AndHasNoFieldsWhereThereIsNoForm()
    {
        var (_, incident) = await FailedAsync();
        var address = $"/api/workflow-incidents/{incident.Id}/step";
        (await app.As(People.Jiangsu.Administrator).GetAsAsync<Step>(address)).Fields.ShouldBeEmpty();
        (await app.As(People.Jiangsu.Coordinator).GetAsync(new Uri(address, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(403);
        (await app.As(People.Yangzhou.Administrator).GetAsync(new Uri(address, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
    }

    private sealed record Incident(Guid Id, Guid InstanceId, string NodeId, string IssuerName, Abilities May, string ConcurrencyStamp);

    private sealed record Abilities(bool Retry, bool Skip, bool SetVariable);

    private sealed record Step(string NodeId, string Name, List<Field> Fields);

    private sealed record Field(string Name, string Kind, bool IsRequired);
}
