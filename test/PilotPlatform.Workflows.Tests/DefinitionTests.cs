using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Drawing: what is refused, what the checks find, comparing, monitoring, the catalogue.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class DefinitionTests(WorkflowsApp app)
{
    private static readonly string Good = Of(Start() + Task("Work", "coordinator", "Subject") + End() + Chain("Start", "Work", "End"));

    private HttpClient Admin => app.As(People.Jiangsu.Administrator);

    [Fact]
    public async Task Create_WithElementsThatCannotRun_NamesEachOfThem()
    {
        var xml = Of(
            Start() + """<bpmn:scriptTask id="Script_1" name="脚本" /><bpmn:complexGateway id="Complex_1" />""" + End()
            + Chain("Start", "Script_1", "Complex_1", "End"));
        var check = await Admin.PostAsAsync<Check>("/api/workflow-definitions/check", new { xml });
        check.Refusals.Select(r => r.ElementId).ShouldBe(["Script_1", "Complex_1"], ignoreOrder: true);
        check.Refusals.ShouldAllBe(r => r.Reason.Length > 0 && r.Line > 0 && r.ElementType.Length > 0);

        var problem = await Problem.OfAsync(Admin.PostVerbAsync("/api/workflow-definitions", new { key = "test.refused", name = "拒绝", allowsOverride = true, xml }));
        problem.Status.ShouldBe(400);
        problem.Errors!["xml"].Length.ShouldBe(2);
        problem.Errors["xml"].ShouldContain(e => e.Contains("Script_1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("这不是 XML")]
    [InlineData("<a><b></a>")]
    [InlineData("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>""")]
    [InlineData("")]
    public async Task Create_WithoutBpmn_IsBadInput(string xml) =>
        (await Admin.PostVerbAsync("/api/workflow-definitions", new { key = "test.no-bpmn", name = "无", allowsOverride = true, xml })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("Test.Upper")]
    [InlineData("")]
    [InlineData("带 空格")]
    public async Task Create_WithAWrongKey_IsBadInput(string key)
    {
        var problem = await Problem.OfAsync(Admin.PostVerbAsync("/api/workflow-definitions", new { key, name = "名", allowsOverride = true, xml = Good }));
        (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, "key"));
    }

    [Fact]
    public async Task Check_FindsMistakes_WithTextsInTheCallersLanguage()
    {
        var xml = Of(
            Start() + """<bpmn:userTask id="NoRule" name="无规则" />""" + Service("Serve").Replace("test.work", "test.unknown", StringComparison.Ordinal)
            + Gateway("Choice", "exclusive") + Task("Left", "coordinator", "Subject") + Task("Alone", "coordinator", "Subject") + End() + Chain("Start", "NoRule", "Serve", "Choice")
            + Flow("Choice", "Left", "undeclared > 5") + Flow("Choice", "End", "undeclared < 5") + Chain("Left", "End"));
        var chinese = (await Admin.PostAsAsync<Check>("/api/workflow-definitions/check", new { xml })).Findings;
        var client = Admin;
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        var english = (await client.PostAsAsync<Check>("/api/workflow-definitions/check", new { xml })).Findings;

        chinese.Select(f => f.ElementId).ShouldContain("NoRule");
        chinese.Where(f => f.Severity == "Error").Select(f => f.ElementId).Distinct().ShouldBe(["NoRule", "Serve", "Choice", "Alone", "Choice_Left", "Choice_End"], ignoreOrder: true);
        chinese.Select(f => f.Code).ShouldBe(english.Select(f => f.Code));
        chinese.ShouldAllBe(f => f.Text.Any(c => c >= 0x4E00 && c <= 0x9FFF) && !f.Text.Contains('{', StringComparison.Ordinal));
        english.ShouldAllBe(f => !f.Text.Contains('{', StringComparison.Ordinal) && !f.Text.StartsWith("Finding:", StringComparison.Ordinal));
        english.Select(f => f.Text).ShouldNotBe(chinese.Select(f => f.Text));

        var draft = await Admin.PostAsAsync<PublishedFlow>("/api/workflow-definitions", new { key = "test.findings", name = "有错", allowsOverride = true, xml });
        var problem = await Problem.OfAsync(Admin.PostVerbAsync($"/api/workflow-definitions/{draft.DefinitionId}/publish", new { note = "试发", draft.ConcurrencyStamp }));
        problem.Status.ShouldBe(400);
        problem.Errors!["xml"].Length.ShouldBe(chinese.Count(f => f.Severity == "Error"));
    }

    [Fact]
    public async Task SaveDraft_Stale_IsRejected_AndNeedsThePermission()
    {
        var draft = await Admin.PostAsAsync<PublishedFlow>("/api/workflow-definitions", new { key = "test.stale", name = "并发", allowsOverride = true, xml = Good });
        var path = $"/api/workflow-definitions/{draft.DefinitionId}/draft";
        (await app.As(People.Jiangsu.Coordinator).PutAsJsonAsync(path, new { xml = Good, draft.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Admin.PutAsAsync<PublishedFlow>(path, new { xml = Good.Replace("测试流程", "改名", StringComparison.Ordinal), draft.ConcurrencyStamp });
        (await Admin.PutAsJsonAsync(path, new { xml = Good, draft.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await Admin.PostVerbAsync($"/api/workflow-definitions/{draft.DefinitionId}/publish", new { note = "", draft.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Create_WithoutADocument_BeginsWithAnEmptyFlow()
    {
        var draft = await Admin.PostAsAsync<VersionView>("/api/workflow-definitions", new { key = "test.empty", name = "空白 <&>", allowsOverride = true });
        draft.Xml.ShouldContain("BPMNShape");
        (await Admin.PostAsAsync<Check>("/api/workflow-definitions/check", new { xml = draft.Xml })).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compare_SaysWhatDiffers()
    {
        var first = await app.PublishAsync(People.Jiangsu, "test.compare", Good);
        var second = await app.RepublishAsync(People.Jiangsu, first, Of(
            Start() + Task("Work", "leader", "Subject") + Task("More", "coordinator", "Issuer") + End() + Chain("Start", "Work", "More", "End")));

        var differences = (await Admin.GetAsAsync<Comparison>($"/api/workflow-versions/{second.Id}/comparison?with={first.Id}")).Differences;

        differences.ShouldContain(d => d.ElementId == "Work" && d.Kind == "Changed");
        differences.ShouldContain(d => d.ElementId == "More" && d.Kind == "Added");
        differences.ShouldContain(d => d.ElementId == "Work_End" && d.Kind == "Removed");
        (await Admin.GetAsAsync<Comparison>($"/api/workflow-versions/{second.Id}/comparison?with={second.Id}")).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Monitor_CountsWhereInstancesStand()
    {
        var version = await app.PublishAsync(People.Jiangsu, "test.monitor", Of(
            Start() + Task("Draft", "coordinator", "Subject", Due("2023-05-01")) + Service("Serve") + End() + Chain("Start", "Draft", "Serve", "End")));
        var flows = new[] { await app.StartAsync("test.monitor"), await app.StartAsync("test.monitor"), await app.StartAsync("test.monitor"), await app.StartAsync("test.monitor") };
        await app.CompleteAsync(People.Nantong.Coordinator, flows[0]);
        app.ServiceTasks.Behaviour[flows[1].SubjectId] = _ => throw new Errors.BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        await app.CompleteAsync(People.Nantong.Coordinator, flows[1]);

        var monitor = await Admin.GetAsAsync<Monitor>($"/api/workflow-versions/{version.Id}/monitor");

        (monitor.Running, monitor.Completed, monitor.Failed).ShouldBe((3, 1, 0));
        monitor.Nodes.ShouldBe([new("Draft", "环节 Draft", 2, 2, 0), new("Serve", "服务 Serve", 0, 0, 1)]);
        // The sibling has none of its own and does not count those of others.
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<Monitor>($"/api/workflow-versions/{version.Id}/monitor")).Running.ShouldBe(0);
    }

    [Fact]
    public async Task Catalogue_NamesWhatAModelMayName()
    {
        await app.EnsurePublishedAsync("test.catalogue", Good);
        var catalogue = await Admin.GetAsAsync<Catalogue>("/api/workflow-catalogue");
        catalogue.Handlers.ShouldContain(h => h.Name == "test.work");
        catalogue.Events.ShouldContain(e => e.Name == "test.happened");
        catalogue.Roles.ShouldContain(r => r.Name == "coordinator" && r.Label.Length > 0 && r.Label != r.Name);
        catalogue.Keys.ShouldContain(k => k.Name == "test.catalogue");
        (await app.As(People.Jiangsu.Assessor).GetAsync(new Uri("/api/workflow-catalogue", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private sealed record Check(List<Refusal> Refusals, List<Finding> Findings);

    private sealed record Refusal(string ElementId, string ElementType, string Reason, int Line);

    private sealed record Finding(string Code, string Severity, string ElementId, string Text);

    private sealed record VersionView(Guid Id, string Xml);

    private sealed record Comparison(List<Difference> Differences);

    private sealed record Difference(string ElementId, string Kind, string ElementType);

    private sealed record Monitor(int Running, int Completed, int Failed, List<NodeLoad> Nodes);

    private sealed record NodeLoad(string NodeId, string Name, int Open, int Overdue, int Incidents);

    private sealed record Catalogue(List<JsonItem> Handlers, List<JsonItem> Events, List<JsonItem> Roles, List<JsonItem> Keys);

    private sealed record JsonItem(string Name, string Label);
}
