using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>The domain takes a task from one person and gives it to another, while others of the same step still work.</summary>
public sealed class TaskPlaceTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const string Event = "test.happened";
    private static readonly Persona First = People.Jiangsu.Assessor;
    private static readonly Persona Second = People.Jiangsu.SecondAssessor;
    private static readonly Persona Newcomer = People.Jiangsu.ThirdAssessor;
    private static readonly Persona Office = People.Jiangsu.Coordinator;

    private static string Xml(string node) => Of(
        Start() + Task(node, "assessor", "Issuer", Due("2031-05-20") + "<pilot:completedBy event=\"test.happened\" /><pilot:confidential />", Each("assessors", "assessor"), "Expression")
        + Task("After", "coordinator", "Issuer") + End() + Chain("Start", node, "After", "End"), variables: Variable("assessors", "List"));

    [Fact]
    public async Task HandOver_OfAnOpenTask_TakesItFromOneAndGivesItToTheOther_InOneStep()
    {
        var flow = await StartAsync();
        var before = await app.TaskOfAsync(First, flow);
        await app.DoAsync(First, before, "comment", new { text = "我的看法" });
        var steps = (await app.InstanceAsync(Office, flow)).History.Count;

        await HandOverAsync(flow, First, Newcomer);

        (await app.TasksOfAsync(First, flow)).ShouldBeEmpty();
        var theirs = await app.TaskOfAsync(Newcomer, flow);
        (theirs.NodeId, theirs.DueOn, theirs.Assignee!.Id, theirs.IsUnread).ShouldBe(("Score", new DateOnly(2031, 5, 20), Newcomer.Id, true));
        // Independent of each other: what the one wrote is not for the other.
        theirs.Id.ShouldNotBe(before.Id);
        (await app.ViewAsync(Newcomer, theirs.Id)).Comments.ShouldBeEmpty();
        (await app.PostAsync(First, before, "complete", new { values = new { } }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
        var history = (await app.InstanceAsync(Office, flow)).History;
        history.Count.ShouldBe(steps + 1);
        history[^1].ShouldSatisfyAllConditions(h => h.Kind.ShouldBe("HandedOver"), h => h.NodeId.ShouldBe("Score"), h => h.Note.ShouldBe(Newcomer.DisplayName));
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).History[^1].Note.ShouldBeEmpty();
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Live.ShouldAllBe(l => l.Who.Count == 0);

        await HappenedAsync(flow, Newcomer);
        await HappenedAsync(flow, Second);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Vacate_ThenHandOver_FillsThePlace_WhicheverComesFirst()
    {
        var flow = await StartAsync();
        await VacateAsync(flow, First);
        (await app.TasksOfAsync(First, flow)).ShouldBeEmpty();
        (await app.InstanceAsync(Office, flow)).Live.Select(l => string.Join('、', l.Who)).ShouldBe(["待另行指定", Second.DisplayName], ignoreOrder: true);
        // Whoever left cannot come back by the event that others complete with, and the flow waits for the place.
        await HappenedAsync(flow, First);
        await HappenedAsync(flow, Second);
        (await app.TasksOfAsync(Office, flow)).ShouldBeEmpty();

        await HandOverAsync(flow, First, Newcomer);
        (await app.TaskOfAsync(Newcomer, flow)).NodeId.ShouldBe("Score");
        await HappenedAsync(flow, Newcomer);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task Vacating_AndHandingOver_Twice_DoesItOnce()
    {
        var flow = await StartAsync();
        await VacateAsync(flow, First);
        await VacateAsync(flow, First);
        await VacateAsync(flow, Second);
        await HandOverAsync(flow, First, Newcomer);
        await HandOverAsync(flow, First, Newcomer);
        // The place that the second left is not the first's to give: nobody comes into it by the repetition.
        (await app.TasksOfAsync(Newcomer, flow)).Count.ShouldBe(1);
        (await app.InstanceAsync(Office, flow)).History.Select(h => h.Kind).ShouldBe(["Started", "Vacated", "Vacated", "HandedOver"]);
        await HandOverAsync(flow, Second, Newcomer);
        (await app.TasksOfAsync(Newcomer, flow)).Count.ShouldBe(1, "one person has one place");
        await HandOverAsync(flow, Second, First);
        (await app.TasksOfAsync(First, flow)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Vacate_AndHandOver_InOneTransaction_IsAsOneAfterTheOther()
    {
        var flow = await StartAsync();
        await DoAsync(async workflows =>
        {
            await workflows.VacateAsync(flow.SubjectId, Event, First.Id, default);
            await workflows.HandOverAsync(flow.SubjectId, Event, First.Id, Newcomer.Id, default);
        });
        (await app.TasksOfAsync(Newcomer, flow)).Count.ShouldBe(1);
        (await app.ReadAsync(db => db.Set<WorkflowTask>().CountAsync(t => t.InstanceId == flow.Id && t.Status == WorkflowTaskStatus.Waiting))).ShouldBe(0);
    }

    [Fact]
    public async Task GiveUp_LetsTheFlowGoOnWithoutWhoLeft_Once()
    {
        var flow = await StartAsync();
        await VacateAsync(flow, First);
        await HappenedAsync(flow, Second);
        await GiveUpAsync(flow);
        await GiveUpAsync(flow);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
        (await app.InstanceAsync(Office, flow)).History.Count(h => h.Kind == "PlaceGivenUp").ShouldBe(1);
        await HandOverAsync(flow, First, Newcomer);
        (await app.TasksOfAsync(Newcomer, flow)).ShouldBeEmpty("the place is gone");
    }

    [Fact]
    public async Task GiveUp_WhereTheFlowAsksForNobody_KeepsThePlace()
    {
        var flow = await StartAsync();
        await VacateAsync(flow, First);
        await HappenedAsync(flow, Second);
        await GiveUpAsync(flow, "test.nobody-asks");
        (await app.TasksOfAsync(Office, flow)).ShouldBeEmpty();
        await HandOverAsync(flow, First, Newcomer);
        (await app.TaskOfAsync(Newcomer, flow)).NodeId.ShouldBe("Score");
    }

    [Fact]
    public async Task GiveUp_OfPlacesLeftInTheSameTransaction_WhereOneIsEnough_EndsTheStepOnce()
    {
        await app.EnsurePublishedAsync("test.places-enough", Of(
            Start() + Task("Score", "assessor", "Issuer", "<pilot:completedBy event=\"test.happened\" />", Each("assessors", "assessor", "nrOfCompletedInstances >= 1"), "Expression")
            + Task("After", "coordinator", "Issuer") + End() + Chain("Start", "Score", "After", "End"), variables: Variable("assessors", "List")));
        var flow = await app.StartAsync("test.places-enough", Assessors());
        await DoAsync(async workflows =>
        {
            await workflows.VacateAsync(flow.SubjectId, Event, First.Id, default);
            await workflows.VacateAsync(flow.SubjectId, Event, Second.Id, default);
            await workflows.GiveUpPlacesAsync(flow.SubjectId, Event, Event, default);
        });
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
        (await app.InstanceAsync(Office, flow)).Live.ShouldHaveSingleItem().NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task Place_NamedInTheList_IsNobodysUntilItIsFilled()
    {
        await app.EnsurePublishedAsync("test.places", Xml("Score"));
        var flow = await app.StartAsync("test.places", new() { ["assessors"] = new[] { WorkflowPlaces.LeftBy(First.Id), Second.Id.ToString() } });
        (await app.InstanceAsync(Office, flow)).Live.Select(l => string.Join('、', l.Who)).ShouldBe(["待另行指定", Second.DisplayName], ignoreOrder: true);
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        await VacateAsync(flow, First);
        await HandOverAsync(flow, First, Newcomer);
        (await app.TaskOfAsync(Newcomer, flow)).ShouldSatisfyAllConditions(t => t.NodeId.ShouldBe("Score"), t => t.DueOn.ShouldBe(new DateOnly(2031, 5, 20)));
        await HappenedAsync(flow, Newcomer);
        await HappenedAsync(flow, Second);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task Place_NamedForWorkThatTheDomainDoesNotKnow_IsAnIncident()
    {
        await app.EnsurePublishedAsync("test.places-unknown", Of(
            Start() + Task("Work", "who", "Issuer", kind: "Expression") + End() + Chain("Start", "Work", "End"), variables: Variable("who", "Text")));
        var flow = await app.StartAsync("test.places-unknown", new() { ["who"] = WorkflowPlaces.LeftBy(First.Id) });
        (await app.IncidentsAsync(flow)).ShouldHaveSingleItem().Kind.ShouldBe("NoAssignee");
    }

    [Theory]
    [InlineData("leaves")]
    [InlineData("replaced")]
    [InlineData("done")]
    public async Task Change_WhileTheFlowAsksWhosePlacesThereAre_MakesItAskAgain(string change)
    {
        var bound = "<pilot:completedBy event=\"test.happened\" />";
        await app.EnsurePublishedAsync("test.places-asked", Of(
            Start() + Task("Score", "assessor", "Issuer", bound, Each("assessors", "assessor"), "Expression") + Service("Ask")
            + Task("Judge", "assessor", "Issuer", bound, Each("assessors", "assessor"), "Expression") + End() + Chain("Start", "Score", "Ask", "Judge", "End"),
            variables: Variable("assessors", "List")));
        var flow = await app.StartAsync("test.places-asked", new() { ["assessors"] = new[] { First.Id.ToString() } });
        string[] places = [Second.Id.ToString(), Office.Id.ToString()];
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ =>
        {
            var read = places;
            if (app.ServiceTasks.CallsFor(flow.SubjectId) == 1)
            {
                // Between its look and its commit.
                places = change switch
                {
                    "leaves" => [WorkflowPlaces.LeftBy(Second.Id), Office.Id.ToString()],
                    "replaced" => [Newcomer.Id.ToString(), Office.Id.ToString()],
                    _ => [Office.Id.ToString()],
                };
                CommitAsync(workflows => change switch
                {
                    "leaves" => workflows.VacateAsync(flow.SubjectId, Event, Second.Id, default),
                    "replaced" => workflows.HandOverAsync(flow.SubjectId, Event, Second.Id, Newcomer.Id, default),
                    _ => workflows.HappenedAsync(flow.SubjectId, Event, new Dictionary<string, object?>(), Second.Id, default),
                }).GetAwaiter().GetResult();
            }

            return new Dictionary<string, object?> { ["assessors"] = read };
        };
        await HappenedAsync(flow, First);

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(2);
        string[] who = change switch
        {
            "leaves" => ["待另行指定", Office.DisplayName],
            "replaced" => [Newcomer.DisplayName, Office.DisplayName],
            _ => [Office.DisplayName],
        };
        (await app.InstanceAsync(Office, flow)).Live.SelectMany(l => l.Who).ShouldBe(who, ignoreOrder: true);
        (await app.TasksOfAsync(Second, flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task HandOver_WhenTheWorkIsDoneOrNotThereYet_DoesNothing()
    {
        var flow = await StartAsync();
        await HappenedAsync(flow, First);
        await HandOverAsync(flow, First, Newcomer);
        await VacateAsync(flow, First);
        (await app.TasksOfAsync(Newcomer, flow)).ShouldBeEmpty();
        (await app.InstanceAsync(Office, flow)).History.ShouldNotContain(h => h.Kind == "HandedOver" || h.Kind == "Vacated");

        await DoAsync(workflows => workflows.HandOverAsync(Guid.NewGuid(), Event, First.Id, Newcomer.Id, default));
        await HappenedAsync(flow, Second);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
    }

    [Fact]
    public async Task HandOver_TakesDelegatesAndAddedSignersAway()
    {
        var flow = await StartAsync();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await app.As(First).PostAsAsync<DelegationId>("/api/workflow-delegations", new { toUserId = People.Jiangsu.Leader.Id, first = today, last = today });
        (await app.TasksOfAsync(People.Jiangsu.Leader, flow)).Count.ShouldBe(1);
        var task = await app.TaskOfAsync(First, flow);
        await app.DoAsync(First, task, "add-signer", new { userId = Office.Id, position = "Before", reason = "先看" });
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("Score");

        await HandOverAsync(flow, First, Newcomer);

        foreach (var person in new[] { First, People.Jiangsu.Leader, Office })
        {
            (await app.TasksOfAsync(person, flow)).ShouldBeEmpty(person.DisplayName);
        }

        await HappenedAsync(flow, Newcomer);
        await HappenedAsync(flow, Second);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
        await app.As(First).PostAsAsync<DelegationId>($"/api/workflow-delegations/{delegation.Id}/end");
    }

    [Fact]
    public async Task HandOver_ToSomebodyOfAnotherRegion_IsAnIncident_AndNobodyOfThatRegionSeesIt()
    {
        var flow = await StartAsync();
        await HandOverAsync(flow, First, People.Yangzhou.Assessor);
        (await app.TasksOfAsync(People.Yangzhou.Assessor, flow)).ShouldBeEmpty();
        (await app.TasksOfAsync(First, flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow)).ShouldHaveSingleItem().Kind.ShouldBe("NoAssignee");
    }

    [Fact]
    public async Task Places_OfAnInstanceMovedToAnotherVersion_AreFoundThereToo()
    {
        const string Key = "test.places-moved";
        var published = await app.PublishAsync(People.Jiangsu, Key, Xml("Score"));
        var flow = await app.StartAsync(Key, Assessors());
        await VacateAsync(flow, First);
        var second = await app.RepublishAsync(People.Jiangsu, published, Xml("Judge"));
        var moved = await app.As(People.Jiangsu.Administrator).PostAsJsonAsync(
            $"/api/workflow-versions/{published.Id}/migrate", new { toVersionId = second.Id, mapping = new Dictionary<string, string> { ["Score"] = "Judge" } }, PilotPlatformApp.Json);
        moved.IsSuccessStatusCode.ShouldBeTrue(await moved.Content.ReadAsStringAsync());
        await app.SettleAsync();

        await HandOverAsync(flow, First, Newcomer);
        (await app.TaskOfAsync(Newcomer, flow)).NodeId.ShouldBe("Judge");
        await HappenedAsync(flow, Newcomer);
        await HappenedAsync(flow, Second);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
    }

    private static Dictionary<string, object?> Assessors() => new() { ["assessors"] = new[] { First.Id.ToString(), Second.Id.ToString() } };

    private async Task<StartedFlow> StartAsync()
    {
        await app.EnsurePublishedAsync("test.places", Xml("Score"));
        return await app.StartAsync("test.places", Assessors());
    }

    private Task HappenedAsync(StartedFlow flow, Persona by) => app.HappenedAsync(flow, by, byUser: by.Id);

    private Task VacateAsync(StartedFlow flow, Persona who) => DoAsync(workflows => workflows.VacateAsync(flow.SubjectId, Event, who.Id, default));

    private Task GiveUpAsync(StartedFlow flow, string answerEvent = Event) =>
        DoAsync(workflows => workflows.GiveUpPlacesAsync(flow.SubjectId, Event, answerEvent, default));

    private Task HandOverAsync(StartedFlow flow, Persona from, Persona to) =>
        DoAsync(workflows => workflows.HandOverAsync(flow.SubjectId, Event, from.Id, to.Id, default));

    private async Task DoAsync(Func<IWorkflows, Task> work)
    {
        await CommitAsync(work);
        await app.SettleAsync();
    }

    private Task CommitAsync(Func<IWorkflows, Task> work) => app.AsAsync(Office, async services =>
    {
        await work(services.GetRequiredService<IWorkflows>());
        return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
    });

    private sealed record DelegationId(Guid Id);
}
