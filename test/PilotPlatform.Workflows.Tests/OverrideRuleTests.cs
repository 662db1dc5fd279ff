using System.Net;
using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Name and flag of a definition, and what an issuer says about flows that it did not draw itself.</summary>
public sealed class OverrideRuleTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    /// <summary>Comes with the product: the root owns it and allows everybody to override it.</summary>
    private const string Standard = "pilots.submission";

    private static string Single(string node) => Of(Start() + Task(node, "coordinator", "Subject") + End() + Chain("Start", node, "End"));

    private HttpClient Province => app.As(People.Jiangsu.Administrator);

    private HttpClient City => app.As(People.Nantong.Administrator);

    [Fact]
    public async Task Standard_ForbiddenByTheProvince_CannotBeOverriddenBelow_AndTheListSaysWhoForbidsIt()
    {
        (await RowAsync(City, Standard)).Override.ShouldSatisfyAllConditions(o => o.IsForbiddenHere.ShouldBeFalse(), o => o.ForbiddenBy.ShouldBeNull());

        await DecideAsync(Province, Standard, allows: false);

        var atHome = (await RowAsync(Province, Standard)).Override;
        (atHome.IsForbiddenHere, atHome.IsForbiddenBelow, atHome.ForbiddenBy).ShouldBe((false, true, "江苏省"));
        var below = (await RowAsync(City, Standard)).Override;
        (below.IsForbiddenHere, below.IsForbiddenBelow, below.ForbiddenBy, below.RuleStamp).ShouldBe((true, true, "江苏省", null));
        var problem = await Problem.OfAsync(CreateAsync(City, Standard));
        (problem.Status, problem.Code).ShouldBe((409, WorkflowsErrorCodes.OverrideNotAllowed));
        problem.Title.ShouldContain("江苏省");
        problem.Data!["region"]!.ToString().ShouldBe("江苏省");
        // Another province goes on as it likes.
        (await CreateAsync(app.As(People.Jiangxi.Administrator), Standard)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The one that forbids may still draw its own, and is not asked by its own rule.
        (await CreateAsync(Province, Standard)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await DecideAsync(Province, Standard, allows: true);

        (await CreateAsync(City, Standard)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Draft_BegunBeforeItWasForbidden_CannotBePublished_AndWhatIsPublishedGoesOutOfForce()
    {
        await app.PublishAsync(People.Jiangsu, "test.rule", Single("Province"));
        var citys = await app.PublishAsync(People.Nantong, "test.rule", Single("City"));
        var draft = await City.PostAsAsync<PublishedFlow>($"/api/workflow-definitions/{citys.DefinitionId}/draft");
        (await NodeAsync("test.rule")).ShouldBe("City");
        (await RowAsync(Province, "test.rule")).Override.Overriding.ShouldBe(["南通市"]);

        await DecideAsync(Province, "test.rule", allows: false);

        (await NodeAsync("test.rule")).ShouldBe("Province");
        (await City.PostVerbAsync($"/api/workflow-definitions/{citys.DefinitionId}/publish", new { note = "再发", draft.ConcurrencyStamp }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.OverrideNotAllowed));
        (await City.GetAsAsync<PagedResult<Row>>("/api/workflow-definitions?search=test.rule")).Items.Single(r => r.IsOwn).IsInForceHere.ShouldBeFalse();
        // Nobody below can loosen what is forbidden above.
        (await DecideRawAsync(City, "test.rule", true, null).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.OverrideNotAllowed));

        await DecideAsync(Province, "test.rule", allows: true);

        (await NodeAsync("test.rule")).ShouldBe("City");
        (await City.PostVerbAsync($"/api/workflow-definitions/{citys.DefinitionId}/publish", new { note = "再发", draft.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Rule_NeedsAFlowInForce_ThePermission_AndTheStampThatWasSeen()
    {
        await app.PublishAsync(People.Jiangsu, "test.rule-stamp", Single("Work"));
        (await DecideRawAsync(Province, "test.rule-nowhere", false, null).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NotPublished));
        (await DecideRawAsync(app.As(People.Jiangsu.Coordinator), "test.rule-stamp", false, null).RefusalAsync()).Status.ShouldBe(403);
        await DecideAsync(Province, "test.rule-stamp", allows: false);
        (await DecideRawAsync(Province, "test.rule-stamp", true, null).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await DecideRawAsync(Province, "test.rule-stamp", true, "old").RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await DecideRawAsync(Province, " ", true, null).RefusalAsync()).Status.ShouldBe(400);
        (await RowAsync(Province, "test.rule-stamp")).AllowsOverride.ShouldBeFalse("the rule goes before the flag");
        // A rule of one city is no business of its sibling's.
        await DecideAsync(City, "test.rule-stamp", allows: false);
        (await RowAsync(app.As(People.Yangzhou.Administrator), "test.rule-stamp")).Override.ForbiddenBy.ShouldBe("江苏省");
    }

    [Fact]
    public async Task Definition_NameAndFlag_AreEdited_AndAStaleStampIsRefused()
    {
        var flow = await app.PublishAsync(People.Jiangsu, "test.edit", Single("Work"));
        var before = await RowAsync(Province, "test.edit");
        var path = $"/api/workflow-definitions/{flow.DefinitionId}";

        var blank = await Problem.OfAsync(Province.PutAsJsonAsync(path, new { name = " ", allowsOverride = true, before.ConcurrencyStamp }));
        (blank.Status, blank.Errors!.Keys.Single()).ShouldBe((400, "name"));
        (await City.PutAsJsonAsync(path, new { name = "占用", allowsOverride = true, before.ConcurrencyStamp }).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Jiangsu.Coordinator).PutAsJsonAsync(path, new { name = "占用", allowsOverride = true, before.ConcurrencyStamp }).RefusalAsync()).Status.ShouldBe(403);
        (await Province.PutAsJsonAsync(path, new { name = " 成果报送（省级） ", allowsOverride = false, before.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var after = await RowAsync(Province, "test.edit");
        (after.Name, after.AllowsOverride, after.Override.IsForbiddenBelow, after.CurrentVersionId).ShouldBe(("成果报送（省级）", false, true, before.CurrentVersionId));
        (await CreateAsync(City, "test.edit")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Province.PutAsJsonAsync(path, new { name = "另一个名称", allowsOverride = true, before.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));

        // A rule from before must not go before what the form says last.
        await DecideAsync(Province, "test.edit", allows: false);
        after = await RowAsync(Province, "test.edit");
        (await Province.PutAsJsonAsync(path, new { name = after.Name, allowsOverride = true, after.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RowAsync(Province, "test.edit")).Override.IsForbiddenBelow.ShouldBeFalse();
        (await CreateAsync(City, "test.edit")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task List_NeedsAtMostFourStatements()
    {
        await app.PublishAsync(People.Jiangsu, "test.rule-sql", Single("Work"));
        await DecideAsync(Province, "test.rule-sql", allows: false);
        var address = new Uri("/api/workflow-definitions?maxResultCount=200", UriKind.Relative);
        await Province.GetAsync(address);
        app.Sql.Reset();
        await Province.GetAsync(address);
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(4, string.Join("\n", app.Sql.Statements));
    }

    private async Task<string> NodeAsync(string key) => (await app.TaskOfAsync(People.Nantong.Coordinator, await app.StartAsync(key))).NodeId;

    /// <summary>The row of a key that is in force for the caller's region.</summary>
    private static async Task<Row> RowAsync(HttpClient client, string key) =>
        (await client.GetAsAsync<PagedResult<Row>>($"/api/workflow-definitions?maxResultCount=200&search={key}")).Items.Single(r => r.Key == key && r.IsInForceHere);

    private static async Task DecideAsync(HttpClient client, string key, bool allows)
    {
        var response = await DecideRawAsync(client, key, allows, (await RowAsync(client, key)).Override.RuleStamp);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> DecideRawAsync(HttpClient client, string key, bool allows, string? stamp) =>
        client.PostVerbAsync("/api/workflow-definitions/override-rules", new { key, allows, concurrencyStamp = stamp });

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client, string key) =>
        client.PostVerbAsync("/api/workflow-definitions", new { key, name = "本地区版本", allowsOverride = true, xml = (string?)null });

    private sealed record Row(
        Guid Id, string Key, string Name, bool IsOwn, bool IsInForceHere, bool AllowsOverride, Guid? CurrentVersionId, Override Override, string ConcurrencyStamp);

    private sealed record Override(bool IsForbiddenHere, bool IsForbiddenBelow, string? ForbiddenBy, string? RuleStamp, List<string> Overriding);
}
