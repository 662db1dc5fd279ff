using System.Net;
using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Versions, whose flow is in force where, and what regions see of one another.</summary>
public sealed class VersionTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private static string Single(string node, string role = "coordinator") => Of(Start() + Task(node, role, "Subject") + End() + Chain("Start", node, "End"));

    private async Task<string> NodeOfAsync(StartedFlow flow) => (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId;

    private Task<PublishedFlow> DraftAsync(RegionPeople region, string key, string? xml, bool allowsOverride = true) =>
        app.As(region.Administrator).PostAsAsync<PublishedFlow>("/api/workflow-definitions", new { key, name = "流程 " + key, allowsOverride, xml });

    private Task<HttpResponseMessage> CreateAsync(RegionPeople region, string key, string xml) =>
        app.As(region.Administrator).PostVerbAsync("/api/workflow-definitions", new { key, name = "流程", allowsOverride = true, xml });

    [Fact]
    public async Task Draft_IsForItsRegionOnly_AndStartsNothing()
    {
        var draft = await DraftAsync(People.Jiangsu, "test.draft", Single("Work"));
        foreach (var persona in new[] { People.Nantong.Administrator, People.Ganzhou.Administrator })
        {
            (await app.As(persona).GetAsync(new Uri($"/api/workflow-versions/{draft.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await app.As(persona).GetAsync(new Uri($"/api/workflow-definitions/{draft.DefinitionId}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        }

        (await app.StartAsync("test.draft")).Id.ShouldBeNull();
        // A city's draft is not the province's to read either.
        var citys = await DraftAsync(People.Nantong, "test.draft-city", Single("Work"));
        (await app.As(People.Jiangsu.Administrator).GetAsync(new Uri($"/api/workflow-versions/{citys.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Nantong.Administrator).GetAsAsync<PublishedFlow>($"/api/workflow-versions/{citys.Id}")).Status.ShouldBe("Draft");
    }

    [Fact]
    public async Task Published_CannotBeChanged()
    {
        var flow = await app.PublishAsync(People.Jiangsu, "test.immutable", Single("Work"));
        var admin = app.As(People.Jiangsu.Administrator);
        (await admin.PutAsJsonAsync($"/api/workflow-definitions/{flow.DefinitionId}/draft", new { xml = Single("Other"), flow.ConcurrencyStamp }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.NoDraft));
        (await admin.PostVerbAsync($"/api/workflow-definitions/{flow.DefinitionId}/publish", new { note = "再发", flow.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await admin.GetAsAsync<VersionView>($"/api/workflow-versions/{flow.Id}")).Xml.ShouldContain("Work");
    }

    [Fact]
    public async Task Instances_StayOnTheirVersion_AndNewOnesTakeTheNext()
    {
        var first = await app.PublishAsync(People.Jiangsu, "test.versions", Single("Old"));
        var old = await app.StartAsync("test.versions");
        var second = await app.RepublishAsync(People.Jiangsu, first, Single("New"));
        var young = await app.StartAsync("test.versions");

        (await NodeOfAsync(old)).ShouldBe("Old");
        (await NodeOfAsync(young)).ShouldBe("New");
        (await app.InstanceAsync(People.Nantong.Coordinator, old)).Instance.Version.ShouldBe(1);
        second.Number.ShouldBe(2);
        await app.CompleteAsync(People.Nantong.Coordinator, old);
        (await app.InstanceAsync(People.Nantong.Coordinator, old)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Retiring_FallsBackToTheVersionBefore_ThenToTheFlowAbove()
    {
        var first = await app.PublishAsync(People.Jiangsu, "test.retire", Single("First"));
        var second = await app.RepublishAsync(People.Jiangsu, first, Single("Second"));
        var running = await app.StartAsync("test.retire");
        await RetireAsync(second);
        (await NodeOfAsync(await app.StartAsync("test.retire"))).ShouldBe("First");
        (await NodeOfAsync(running)).ShouldBe("Second");
        await RetireAsync(first);
        (await app.StartAsync("test.retire")).Id.ShouldBeNull();
        (await NodeOfAsync(running)).ShouldBe("Second");

        async Task RetireAsync(PublishedFlow version)
        {
            var now = await app.As(People.Jiangsu.Administrator).GetAsAsync<PublishedFlow>($"/api/workflow-versions/{version.Id}");
            (await app.As(People.Nantong.Administrator).PostVerbAsync($"/api/workflow-versions/{version.Id}/retire", new { now.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await app.As(People.Jiangsu.Administrator).PostVerbAsync($"/api/workflow-versions/{version.Id}/retire", new { now.ConcurrencyStamp })).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Override_WhereItIsAllowed_TheNearestWins()
    {
        await app.PublishAsync(People.Jiangsu, "test.override", Single("Province"));
        var before = await app.StartAsync("test.override");
        await app.PublishAsync(People.Nantong, "test.override", Single("City"));

        (await NodeOfAsync(await app.StartAsync("test.override"))).ShouldBe("City");
        (await NodeOfAsync(before)).ShouldBe("Province");
        // The sibling goes on with the province's.
        var sibling = await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.override");
        (await app.TaskOfAsync(People.Yangzhou.Coordinator, sibling)).NodeId.ShouldBe("Province");
        (await CreateAsync(People.Nantong, "test.override", Single("Again"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Override_WhereItIsForbidden_IsRejected_AndTakenOutOfForceLater()
    {
        await app.PublishAsync(People.Jiangsu, "test.firm", Single("Province"), allowsOverride: false);
        (await System.Threading.Tasks.Task.FromResult(await CreateAsync(People.Nantong, "test.firm", Single("City"))).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.OverrideNotAllowed));

        var open = await app.PublishAsync(People.Jiangsu, "test.firm-later", Single("Province"));
        await app.PublishAsync(People.Nantong, "test.firm-later", Single("City"));
        (await NodeOfAsync(await app.StartAsync("test.firm-later"))).ShouldBe("City");
        var definition = await app.As(People.Jiangsu.Administrator).GetAsAsync<DefinitionView>($"/api/workflow-definitions/{open.DefinitionId}");
        definition.Definition.IsOwn.ShouldBeTrue();
        await app.ReadAsync(async db =>
        {
            (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.Set<Definitions.WorkflowDefinition>(), d => d.Id == open.DefinitionId)).Rename("流程", allowsOverride: false);
            return await db.SaveChangesAsync();
        });
        (await NodeOfAsync(await app.StartAsync("test.firm-later"))).ShouldBe("Province");
    }

    [Fact]
    public async Task Standard_FlowsOfTheRoot_AreInheritedByAll_AndCopiedWhenOverridden()
    {
        var list = (await app.As(People.Ganzhou.Administrator).GetAsAsync<PagedResult<DefinitionRow>>("/api/workflow-definitions?maxResultCount=200")).Items;
        list.ShouldNotContain(d => d.Key.StartsWith("test.", StringComparison.Ordinal), "another province's flows");
        if (list.FirstOrDefault(d => d.RegionName.Length == 0) is { } standard)
        {
            var copy = await DraftAsync(People.Ganzhou, standard.Key, null);
            copy.Status.ShouldBe("Draft");
        }
    }

    [Fact]
    public async Task Choice_ByTheIssuer_IsTakenForItsThemeOnly()
    {
        var theme = Guid.NewGuid();
        await app.PublishAsync(People.Jiangsu, "test.usual", Single("Usual"));
        await app.PublishAsync(People.Jiangsu, "test.special", Single("Special"));
        (await Should.ThrowAsync<BusinessException>(app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", "test.nowhere", null))).Code.ShouldBe(WorkflowsErrorCodes.NotPublished);
        var stamp = await app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", "test.special", null);

        (await NodeOfAsync(await app.StartAsync("test.usual", chosenFor: [theme]))).ShouldBe("Special");
        (await NodeOfAsync(await app.StartAsync("test.usual", chosenFor: [Guid.NewGuid()]))).ShouldBe("Usual");
        (await NodeOfAsync(await app.StartAsync("test.usual", chosenFor: [Guid.NewGuid(), theme]))).ShouldBe("Special");
        // Whoever saw another choice, or none, does not write over this one.
        await Should.ThrowAsync<StaleStampException>(app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", null, null));
        await Should.ThrowAsync<StaleStampException>(app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", null, "older"));
        (await app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", null, stamp)).ShouldBeNull();
        (await NodeOfAsync(await app.StartAsync("test.usual", chosenFor: [theme]))).ShouldBe("Usual");
        await Should.ThrowAsync<StaleStampException>(app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.usual", "test.special", stamp));
    }

    [Fact]
    public async Task Choice_OfAFlowThatIsRetired_LeavesTheNextInForce()
    {
        var (theme, programme) = (Guid.NewGuid(), Guid.NewGuid());
        await app.PublishAsync(People.Jiangsu, "test.plain", Single("Plain"));
        await app.PublishAsync(People.Jiangsu, "test.wide", Single("Wide"));
        var narrow = await app.PublishAsync(People.Jiangsu, "test.narrow", Single("Narrow"));
        await app.ChooseAsync(People.Jiangsu.Coordinator, programme, "test.plain", "test.wide", null);
        await app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.plain", "test.narrow", null);
        (await NodeOfAsync(await app.StartAsync("test.plain", chosenFor: [theme, programme]))).ShouldBe("Narrow");

        await app.As(People.Jiangsu.Administrator).PostAsAsync<DefinitionView>($"/api/workflow-versions/{narrow.Id}/retire", new { narrow.ConcurrencyStamp });
        (await NodeOfAsync(await app.StartAsync("test.plain", chosenFor: [theme, programme]))).ShouldBe("Wide");
    }

    [Fact]
    public async Task Choice_ByARegionBelow_ChangesNothingForTheIssuersTheme()
    {
        var theme = Guid.NewGuid();
        await app.PublishAsync(People.Jiangsu, "test.binding", Single("Binding"), allowsOverride: false);
        await app.PublishAsync(People.Nantong, "test.lax", Single("Lax"));
        await app.ChooseAsync(People.Nantong.Coordinator, theme, "test.binding", "test.lax", null);

        (await NodeOfAsync(await app.StartAsync("test.binding", chosenFor: [theme]))).ShouldBe("Binding");
        // The issuer is not kept from choosing.
        (await app.ChooseAsync(People.Jiangsu.Coordinator, theme, "test.binding", "test.binding", null)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Ids_OfAnotherRegion_AreNotFoundAnywhere()
    {
        var published = await app.PublishAsync(People.Nantong, "test.ids", Single("Work"));
        var flow = await app.StartAsync("test.ids");
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        foreach (var persona in new[] { People.Yangzhou.Administrator, People.Ganzhou.Administrator })
        {
            var client = app.As(persona);
            foreach (var path in new[]
            {
                $"workflow-instances/{flow.Id}", $"workflow-tasks/{task.Id}", $"workflow-definitions/{published.DefinitionId}", $"workflow-versions/{published.Id}",
                $"workflow-versions/{published.Id}/monitor", $"workflow-versions/{published.Id}/comparison?with={published.Id}", $"workflow-tasks/{task.Id}/people",
            })
            {
                (await client.GetAsync(new Uri("/api/" + path, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404, path);
            }

            object body = new
            {
                concurrencyStamp = published.ConcurrencyStamp, xml = Single("Evil"), note = "x", name = "x", reason = "x", values = new { }, value = "x", userId = persona.Id, position = "After",
                toNodeId = "Work", text = "x", userIds = new[] { persona.Id }, toVersionId = published.Id, mapping = new { }, allowsOverride = true,
            };
            foreach (var path in new[]
            {
                $"workflow-definitions/{published.DefinitionId}/draft", $"workflow-definitions/{published.DefinitionId}/publish", $"workflow-versions/{published.Id}/retire",
                $"workflow-versions/{published.Id}/migration-preview", $"workflow-versions/{published.Id}/migrate", $"workflow-instances/{flow.Id}/variables",
                $"workflow-tasks/{task.Id}/reassign", $"workflow-tasks/{task.Id}/add-signer", $"workflow-tasks/{task.Id}/send-back",
            })
            {
                (await client.PostVerbAsync("/api/" + path, body)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            }
        }

        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).ConcurrencyStamp.ShouldBe(task.ConcurrencyStamp);
    }

    [Fact]
    public async Task Confidential_WhoScores_IsTheIssuersToKnow()
    {
        await app.PublishAsync(People.Jiangsu, "test.confidential", Of(
            Start() + Task("Score", "assessor", "Issuer", "<pilot:confidential /><pilot:form><pilot:field name=\"score\" label=\"分\" kind=\"Number\" /></pilot:form>")
            + Task("After", "coordinator", "Subject") + End() + Chain("Start", "Score", "After", "End"), variables: Variable("score", "Number")));
        var flow = await app.StartAsync("test.confidential");
        var task = await app.TaskOfAsync(People.Jiangsu.Assessor, flow);
        await app.DoAsync(People.Jiangsu.Assessor, task, "claim", new { task.ConcurrencyStamp });

        (await app.InstanceAsync(People.Jiangsu.Leader, flow)).Live.Single().Who.ShouldBe([People.Jiangsu.Assessor.DisplayName]);
        var below = (await app.InstanceAsync(People.Nantong.Leader, flow)).Live.Single();
        (below.Who.Count, below.TaskId).ShouldBe((0, (Guid?)null));
        foreach (var persona in new[] { People.Nantong.Leader, People.Nantong.Administrator })
        {
            (await app.As(persona).GetAsync(new Uri($"/api/workflow-tasks/{task.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await app.PostAsync(persona, task, "comment", new { text = "谁在打分" }).RefusalAsync()).Status.ShouldBe(404);
        }

        await app.CompleteAsync(People.Jiangsu.Assessor, flow, new { score = 61 });
        var history = (await app.InstanceAsync(People.Nantong.Administrator, flow)).History;
        history.Where(h => h.NodeId == "Score").ShouldAllBe(h => h.ActorName.Length == 0 && h.Note.Length == 0);
        (await app.InstanceAsync(People.Nantong.Administrator, flow)).Variables.ShouldBeEmpty();
        (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables["score"]!.ToString().ShouldBe("61");
    }

    private sealed record VersionView(Guid Id, string Xml);

    private sealed record DefinitionView(DefinitionRow Definition);

    private sealed record DefinitionRow(Guid Id, string Key, string RegionName, bool IsOwn);
}
