using System.Net;
using System.Net.Http.Json;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>领取、退还、办结：one task and its form.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class HumanTaskTests(WorkflowsApp app) : IAsyncLifetime
{
    private const string Key = "test.human-task";

    private static readonly string Form = """
        <pilot:form>
          <pilot:field name="decision" label="意见" kind="Choice" required="true"><pilot:option value="yes" label="同意" /><pilot:option value="no" label="不同意" /></pilot:field>
          <pilot:field name="points" label="得分" kind="Number" />
          <pilot:field name="seen" label="已查看原件" kind="Boolean" />
          <pilot:field name="held" label="召开日期" kind="Date" />
          <pilot:field name="note" label="说明" kind="Text" required="true" />
          <pilot:field name="report" label="报告" kind="LongText" />
        </pilot:form>
        """;

    private static readonly string Xml = Of(
        Start() + Task("Work", "coordinator", "Subject", Form) + Task("Next", "leader", "Subject") + End() + Chain("Start", "Work", "Next", "End"),
        variables: Text("decision") + Variable("points", "Number") + Variable("seen", "Boolean") + Variable("held", "Date") + Text("note") + Text("report"));

    private static readonly object Good = new { decision = "yes", note = "属实" };

    public Task InitializeAsync() => app.EnsurePublishedAsync(Key, Xml);

    public Task DisposeAsync() => System.Threading.Tasks.Task.CompletedTask;

    [Fact]
    public async Task Claim_WhenTwoAskAtOnce_OneHasItAndTheOtherIsToldWho()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);

        var answers = await System.Threading.Tasks.Task.WhenAll(
            app.PostAsync(People.Nantong.Coordinator, task, "claim", new { }),
            app.PostAsync(TestPeople.SecondCoordinator, task, "claim", new { }));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        var winner = answers[0].IsSuccessStatusCode ? People.Nantong.Coordinator : TestPeople.SecondCoordinator;
        var loser = answers[0].IsSuccessStatusCode ? TestPeople.SecondCoordinator : People.Nantong.Coordinator;
        var problem = await Problem.OfAsync(app.PostAsync(loser, task, "claim", new { }));
        problem.Code.ShouldBe(WorkflowsErrorCodes.ClaimedByOther);
        problem.Title.ShouldContain(winner.DisplayName);
        (await app.TasksOfAsync(loser, flow)).ShouldBeEmpty();
        (await app.TaskOfAsync(winner, flow)).ClaimedByMe.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_WhenClaimedByAnother_IsRejectedWithTheName()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, task, "claim", new { task.ConcurrencyStamp });

        var problem = await Problem.OfAsync(app.PostAsync(TestPeople.SecondCoordinator, task, "complete", new { values = Good }));

        (problem.Status, problem.Code).ShouldBe((409, WorkflowsErrorCodes.ClaimedByOther));
        problem.Title.ShouldContain(People.Nantong.Coordinator.DisplayName);
    }

    [Fact]
    public async Task Release_ByHolder_OffersItToAllAgain()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, task, "claim", new { task.ConcurrencyStamp });
        (await app.PostAsync(TestPeople.SecondCoordinator, task, "release", new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        await app.DoAsync(People.Nantong.Coordinator, task, "release", new { });

        (await app.TaskOfAsync(TestPeople.SecondCoordinator, flow)).Assignee.ShouldBeNull();
        var refusal = await app.PostAsync(People.Nantong.Coordinator, task, "release", new { }).RefusalAsync();
        refusal.ShouldBe((403, WorkflowsErrorCodes.NotYours));
    }

    [Theory]
    [InlineData("""{}""", "values.decision", "values.note")]
    [InlineData("""{"decision":"perhaps","note":"好"}""", "values.decision")]
    [InlineData("""{"decision":"yes","note":"  "}""", "values.note")]
    [InlineData("""{"decision":"yes","note":"好","points":"九十"}""", "values.points")]
    [InlineData("""{"decision":"yes","note":"好","seen":"true"}""", "values.seen")]
    [InlineData("""{"decision":"yes","note":"好","held":"2023-02-30"}""", "values.held")]
    [InlineData("""{"decision":"yes","note":5}""", "values.note")]
    [InlineData("""{"decision":"yes","note":"好","smuggled":"x"}""", "values.smuggled")]
    public async Task Complete_WithWrongForm_SaysSoBesideEachField(string values, params string[] fields)
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);

        var problem = await Problem.OfAsync(app.PostAsync(
            People.Nantong.Coordinator, task, "complete", new { values = System.Text.Json.JsonSerializer.Deserialize<object>(values), task.ConcurrencyStamp }));

        problem.Status.ShouldBe(400);
        problem.Errors!.Keys.Order().ShouldBe(fields.Order());
        problem.Errors.Values.SelectMany(e => e).ShouldAllBe(e => !e.Contains("Workflows:", StringComparison.Ordinal) && !e.Contains('{', StringComparison.Ordinal));
        (await app.TaskOfAsync(People.Nantong.Coordinator, flow)).NodeId.ShouldBe("Work");
    }

    [Fact]
    public async Task Complete_WithTooLongText_IsRejected()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var problem = await Problem.OfAsync(app.PostAsync(
            People.Nantong.Coordinator, task, "complete", new { values = new { decision = "yes", note = new string('长', 201) }, task.ConcurrencyStamp }));
        problem.Errors!.Keys.ShouldBe(["values.note"]);
    }

    [Fact]
    public async Task Complete_WithGoodForm_KeepsAnswersAsVariables()
    {
        var flow = await app.StartAsync(Key);
        await app.CompleteAsync(
            People.Nantong.Coordinator, flow,
            new { decision = "no", note = "属实", points = 90.5, seen = true, held = "2023-06-01", report = (string?)null });

        var variables = (await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables;
        variables.ShouldContainKey("decision");
        variables["decision"]!.ToString().ShouldBe("no");
        variables["points"]!.ToString().ShouldBe("90.5");
        variables["held"]!.ToString().ShouldBe("2023-06-01");
        (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Next");
    }

    [Fact]
    public async Task Complete_Twice_IsToldThatItIsDone()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var body = new { values = Good, task.ConcurrencyStamp };
        await app.DoAsync(People.Nantong.Coordinator, task, "complete", body);

        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", body).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
        (await app.PostAsync(TestPeople.SecondCoordinator, task, "complete", body).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Count(h => h.Kind == "Completed").ShouldBe(1);
    }

    [Fact]
    public async Task Complete_ByTwoAtOnce_HappensOnce()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        var body = new { values = Good };

        var answers = await System.Threading.Tasks.Task.WhenAll(
            app.PostAsync(People.Nantong.Coordinator, task, "complete", body), app.PostAsync(TestPeople.SecondCoordinator, task, "complete", body));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History.Count(h => h.Kind == "Completed").ShouldBe(1);
        (await app.TasksOfAsync(People.Nantong.Leader, flow)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Complete_WithStaleStamp_IsRejected()
    {
        var flow = await app.StartAsync(Key);
        var before = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        await app.DoAsync(People.Nantong.Coordinator, before, "claim", new { before.ConcurrencyStamp });

        (await app.PostAsync(People.Nantong.Coordinator, before, "complete", new { values = Good, before.ConcurrencyStamp }).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("copy")]
    [InlineData("send-back")]
    [InlineData("reassign")]
    [InlineData("add-signer")]
    [InlineData("comment")]
    public async Task Verb_WithEmptyBody_IsBadInput(string verb)
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        ((int)(await app.PostAsync(People.Nantong.Coordinator, task, verb, new { })).StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Verbs_ByPeopleNotConcerned_FindNothing()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);
        foreach (var (persona, verb) in new[] { People.Nantong.Assessor, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator, People.Jiangsu.Assessor }
            .SelectMany(p => new[] { "claim", "release", "complete", "seen", "withdraw", "copy", "comment", "urge" }.Select(v => (p, v))))
        {
            object body = new { values = Good, text = "好", userIds = new[] { People.Nantong.Leader.Id } };
            (await app.PostAsync(persona, task, verb, body).RefusalAsync()).ShouldBe((404, "Platform:NotFound"), $"{persona.DisplayName} {verb}");
        }

        (await app.As(People.Nantong.Assessor).GetAsync(new Uri($"/api/workflow-tasks/{task.Id}/people", UriKind.Relative)).RefusalAsync())
            .ShouldBe((404, "Platform:NotFound"));
        (await app.As(null).GetAsync(new Uri("/api/workflow-tasks", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task View_OfOpenTask_HasTheFormAndWhatMayBeDone()
    {
        var flow = await app.StartAsync(Key);
        var task = await app.TaskOfAsync(People.Nantong.Coordinator, flow);

        var mine = await app.ViewAsync(People.Nantong.Coordinator, task.Id);
        mine.Fields.Select(f => f.Name).ShouldBe(["decision", "points", "seen", "held", "note", "report"]);
        mine.May.ShouldBe(new AbilitiesView(Claim: true, Release: false, Complete: true, SendBack: false, Withdraw: false, Reassign: true, AddSigner: true, Copy: true, Urge: false, Comment: true));

        // The leader may look at the region's flows, and do nothing with this one but remark.
        var others = await app.ViewAsync(People.Nantong.Leader, task.Id);
        others.May.ShouldBe(new AbilitiesView(false, false, false, false, false, false, false, false, false, Comment: true));
    }
}
