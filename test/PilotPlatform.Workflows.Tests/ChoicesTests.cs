using System.Net.Http.Json;
using System.Text.Json;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>A field of which several options may be chosen: what is taken, what it becomes, and how it reads to people.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class ChoicesTests(WorkflowsApp app) : IAsyncLifetime
{
    private const string Key = "test.choices";
    private const string SkipKey = "test.choices-skipped";

    private static readonly string Form = """
        <pilot:form batch="true">
          <pilot:field name="failed" label="不合格项" kind="Choices" required="true">
            <pilot:option value="whole" label="材料齐全" /><pilot:option value="legible" label="内容清晰" /><pilot:option value="secret" label="不涉密" />
          </pilot:field>
          <pilot:field name="parts" label="需补正的部分" kind="Choices"><pilot:option value="a" label="甲" /><pilot:option value="b" label="乙" /></pilot:field>
        </pilot:form>
        """;

    private static readonly string Variables = Variable("failed", "List") + Variable("parts", "List");

    private static readonly string Xml = Of(
        Start() + Task("Work", "coordinator", "Subject", Form)
        + """
        <bpmn:sendTask id="Tell" name="结果告知"><bpmn:extensionElements><pilot:assignee kind="Role" value="leader" region="Subject" /><pilot:text>不合格：{failed}；补正：{parts}</pilot:text></bpmn:extensionElements></bpmn:sendTask>
        """
        + Gateway("Secret", "exclusive", "Secret_Low") + Task("High", "leader", "Subject") + Task("Low", "leader", "Subject") + End() + End("End2")
        + Chain("Start", "Work", "Tell", "Secret") + Flow("Secret", "High", "failed != null and contains(failed, \"secret\") and count(parts) = 0") + Flow("Secret", "Low")
        + Chain("High", "End") + Chain("Low", "End2"),
        variables: Variables);

    // Nobody has the role, so the step waits for an administrator.
    private static readonly string SkipXml = Of(
        Start() + Task("Work", "nobody.has.this", "Subject", Form) + Task("Next", "leader", "Subject") + End() + Chain("Start", "Work", "Next", "End"), variables: Variables);

    private static Persona Worker => People.Nantong.Coordinator;

    public Task InitializeAsync() => app.EnsurePublishedAsync(Key, Xml);

    public Task DisposeAsync() => System.Threading.Tasks.Task.CompletedTask;

    [Theory]
    [InlineData("""{}""", "此项必填", "values.failed")]
    [InlineData("""{"failed":null}""", "此项必填", "values.failed")]
    [InlineData("""{"failed":[]}""", "此项必填", "values.failed")]
    [InlineData("""{"failed":["whole","late"]}""", "请从列出的选项中选择", "values.failed")]
    [InlineData("""{"failed":["whole","legible","whole"]}""", "同一选项只能选择一次", "values.failed")]
    [InlineData("""{"failed":"whole"}""", "格式不正确", "values.failed")]
    [InlineData("""{"failed":["whole",1]}""", "格式不正确", "values.failed")]
    [InlineData("""{"failed":{"whole":true}}""", "格式不正确", "values.failed")]
    [InlineData("""{"failed":["whole"],"parts":["c"]}""", "请从列出的选项中选择", "values.parts")]
    public async Task Complete_WithWrongChoices_SaysSoBesideTheField(string values, string reason, string field)
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(Worker, flow);

        var problem = await Problem.OfAsync(app.PostAsync(Worker, task, "complete", new { values = JsonSerializer.Deserialize<object>(values) }));

        problem.Status.ShouldBe(400);
        problem.Errors!.Keys.ShouldBe([field]);
        problem.Errors[field].ShouldHaveSingleItem().ShouldContain(reason);
        (await app.TaskOfAsync(Worker, flow)).NodeId.ShouldBe("Work");
    }

    [Fact]
    public async Task Complete_WithSeveral_KeepsThemInTheOrderOfTheOptions()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(Worker, flow);
        (await app.ViewAsync(Worker, task.Id)).Fields.ShouldBe([new FieldView("failed", "Choices", true), new FieldView("parts", "Choices", false)]);

        await app.CompleteAsync(Worker, flow, new { failed = new[] { "secret", "whole" } });

        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("High", "the list is there for conditions, and so is the empty one that was left out");
        var variables = (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables;
        variables["failed"]!.ToString().ShouldBe("""["whole","secret"]""");
        variables["parts"]!.ToString().ShouldBe("[]");
        var done = await app.As(Worker).GetAsAsync<Answered>($"/api/workflow-tasks/{task.Id}");
        done.Values.GetRawText().ShouldBe("""{"failed":["whole","secret"],"parts":[]}""");
    }

    [Fact]
    public async Task Notice_NamesWhatWasChosenByItsLabels()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(Worker, flow, new { failed = new[] { "legible", "whole" }, parts = Array.Empty<string>() });

        var notes = await app.As(People.Nantong.Leader).GetAsAsync<Data.PagedResult<NoteView>>("/api/notifications?maxResultCount=200");

        notes.Items.ShouldContain(n => n.Title == "结果告知" && n.Body.EndsWith("不合格：材料齐全、内容清晰；补正：—", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batch_GivesTheSameChoicesToEach()
    {
        var flows = new[] { await app.StartAsync(Key), await app.StartAsync(Key) };
        var ids = new List<Guid>();
        foreach (var flow in flows)
        {
            ids.Add((await app.TaskOfAsync(Worker, flow)).Id);
        }

        var client = app.As(Worker);
        var problem = await Problem.OfAsync(client.PostAsJsonAsync("/api/workflow-tasks/complete-batch", new { taskIds = ids, values = new { failed = new[] { "whole", "whole" } } }));
        (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, "values.failed"));
        var results = await client.PostAsAsync<List<Outcome>>(
            "/api/workflow-tasks/complete-batch", new { taskIds = ids, values = new { failed = new[] { "legible", "whole" } } });

        results.ShouldAllBe(r => r.Done);
        foreach (var flow in flows)
        {
            (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables["failed"]!.ToString().ShouldBe("""["whole","legible"]""");
        }
    }

    [Fact]
    public async Task Skip_OfTheStep_TakesChoicesByTheSameRules_AndTheHistoryNamesThem()
    {
        await app.EnsurePublishedAsync(SkipKey, SkipXml);
        var flow = await app.StartAsync(SkipKey);
        var incident = (await app.IncidentsAsync(flow)).Single();
        var admin = app.As(People.Jiangsu.Administrator);
        Task<HttpResponseMessage> SkipAsync(object values) => admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/skip", new { reason = "线下已审", values, incident.ConcurrencyStamp });

        (await Problem.OfAsync(SkipAsync(new { failed = Array.Empty<string>() }))).Errors!.Keys.ShouldBe(["values.failed"]);
        (await SkipAsync(new { failed = new[] { "secret", "legible" } })).IsSuccessStatusCode.ShouldBeTrue();
        await app.SettleAsync();

        var view = await app.InstanceAsync(People.Jiangsu.Administrator, flow);
        view.Variables["failed"]!.ToString().ShouldBe("""["legible","secret"]""");
        view.History.Single(h => h.Kind == "IncidentSkipped").Note.ShouldBe("线下已审（不合格项 = 内容清晰、不涉密，需补正的部分 = —）");
    }

    [Fact]
    public async Task Publish_WhenTheVariableIsNoList_SaysWhatItShouldBe()
    {
        var xml = Of(Start() + Task("Work", "coordinator", "Subject", Form) + End() + Chain("Start", "Work", "End"), variables: Text("failed") + Variable("parts", "List"));

        var result = await app.As(People.Jiangsu.Administrator).PostAsAsync<Checked>("/api/workflow-definitions/check", new { xml });

        result.Findings.Single().ShouldBe(new("field-type-differs", "Work", "表单字段与变量“failed”的类型不一致（应为文字）。"));
    }

    private sealed record Answered(JsonElement Values);

    private sealed record Outcome(Guid TaskId, bool Done);

    private sealed record Checked(List<Finding> Findings);

    private sealed record Finding(string Code, string ElementId, string Text);
}
