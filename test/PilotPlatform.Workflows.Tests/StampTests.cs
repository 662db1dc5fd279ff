using System.Net.Http.Json;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>No verb that changes what a person saw goes through without saying what they saw.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class StampTests(WorkflowsApp app)
{
    private static readonly string Xml = Of(Start() + Task("Work", "coordinator", "Subject") + End() + Chain("Start", "Work", "End"));

    public static TheoryData<string, bool> Verbs => new()
    {
        { "workflow-tasks/{task}/claim", false }, { "workflow-tasks/{task}/release", false }, { "workflow-tasks/{task}/complete", false },
        { "workflow-tasks/{task}/send-back", false }, { "workflow-tasks/{task}/withdraw", false }, { "workflow-tasks/{task}/reassign", false },
        { "workflow-tasks/{task}/add-signer", false }, { "workflow-definitions/{definition}", true }, { "workflow-definitions/{definition}/draft", true },
        { "workflow-definitions/{definition}/publish", false }, { "workflow-versions/{version}/retire", false }, { "workflow-incidents/{task}/retry", false },
        { "workflow-incidents/{task}/skip", false },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Verb_WithoutStamp_IsRefusedBesideTheField(string path, bool replaces)
    {
        await app.EnsurePublishedAsync("test.stamps", Xml);
        var flow = await app.StartAsync("test.stamps");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var definition = (await app.As(People.Jiangsu.Administrator).GetAsAsync<Data.PagedResult<Row>>("/api/workflow-definitions?search=test.stamps")).Items.Single();
        var address = "/api/" + path.Replace("{task}", task.Id.ToString(), StringComparison.Ordinal)
            .Replace("{definition}", definition.Id.ToString(), StringComparison.Ordinal).Replace("{version}", definition.CurrentVersionId.ToString(), StringComparison.Ordinal);
        var client = path.StartsWith("workflow-tasks", StringComparison.Ordinal) ? app.As(People.Nantong.Coordinator) : app.As(People.Jiangsu.Administrator);
        foreach (var stamp in new[] { "", "  " })
        {
            var body = new
            {
                concurrencyStamp = stamp, values = new { }, toNodeId = "Work", reason = "理由", userId = People.Nantong.Leader.Id, position = "After", name = "名称", allowsOverride = true,
                xml = Xml, note = "说明",
            };
            var problem = await Problem.OfAsync(replaces ? client.PutAsJsonAsync(address, body) : client.PostVerbAsync(address, body));
            (problem.Status, problem.Errors!.Keys.Single()).ShouldBe((400, "concurrencyStamp"));
        }

        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).ConcurrencyStamp.ShouldBe(task.ConcurrencyStamp, "nothing happened");
    }

    private sealed record Row(Guid Id, Guid? CurrentVersionId);
}
