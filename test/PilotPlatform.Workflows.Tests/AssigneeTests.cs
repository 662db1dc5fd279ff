using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Who gets a task.</summary>
public sealed class AssigneeTests : IClassFixture<WorkflowsApp>
{
    private static readonly Guid Office = new("01890000-0000-7000-8000-000000000001");

    private readonly WorkflowsApp app;

    public AssigneeTests(WorkflowsApp app)
    {
        this.app = app;
        // From the beginning: the inbox remembers for a while who sits where.
        app.Accounts.Offices[People.Nantong.Auditor.Id] = Office;
    }

    private static readonly Persona[] Everybody =
    [
        .. new[] { People.Jiangsu, People.Nanjing, People.Nantong, People.Yangzhou, People.Jiangxi, People.Ganzhou }
            .SelectMany(r => new[] { r.Coordinator, r.Leader, r.Assessor, r.SecondAssessor, r.Administrator, r.Auditor }),
        TestPeople.SecondCoordinator,
    ];

    private static string One(string assignee, string variables = "", string kind = "Role", string region = "Subject") =>
        Of(Start() + Task("Work", assignee, region, kind: kind) + End() + Chain("Start", "Work", "End"), variables: variables);

    [Theory]
    [InlineData("Subject", "南通市coordinator", "南通市coordinator2")]
    [InlineData("Parent", "江苏省coordinator")]
    [InlineData("Issuer", "江苏省coordinator")]
    public async Task Role_AtARegion_IsOfferedToItsPeopleOnly(string region, params string[] names)
    {
        var key = $"test.role-{region}".ToLowerInvariant();
        await app.EnsurePublishedAsync(key, One("coordinator", region: region));
        (await HoldersAsync(await app.StartAsync(key))).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task Role_AtTheParentOfAProvince_FindsNobody()
    {
        await app.EnsurePublishedAsync("test.parent", One("coordinator", region: "Parent"));
        var flow = await app.StartForAsync(People.Jiangsu, People.Jiangsu, "test.parent");
        (await HoldersAsync(flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow)).ShouldHaveSingleItem().Kind.ShouldBe("NoAssignee");
    }

    [Fact]
    public async Task Role_ThatLostItsLastHolderAMomentAgo_IsAnIncident()
    {
        await app.EnsurePublishedAsync("test.last-holder", One("leader"));
        // The first look is remembered, on this node and on any other.
        (await app.IncidentsAsync(await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.last-holder"))).ShouldBeEmpty();
        app.Accounts.Inactive[People.Yangzhou.Leader.Id] = true;
        try
        {
            var flow = await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.last-holder");

            var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
            (incident.Kind, incident.NodeId).ShouldBe(("NoAssignee", "Work"));
            var task = await app.ViewAsync(People.Jiangsu.Administrator, incident.TaskId!.Value);
            await app.DoAsync(
                People.Jiangsu.Administrator, task.Task, "reassign", new { userId = People.Yangzhou.Coordinator.Id, reason = "负责人调离", task.Task.ConcurrencyStamp });
            (await app.IncidentsAsync(flow)).ShouldBeEmpty();
            await app.CompleteAsync(People.Yangzhou.Coordinator, flow);
        }
        finally
        {
            app.Accounts.Inactive.TryRemove(People.Yangzhou.Leader.Id, out _);
        }
    }

    /// <summary>No event is delivered in between: the step itself finds nobody where this node knows of the change, and remembers where it does not.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Role_ThatLostItsLastHolderOnThisNode_IsAnIncidentInTheStepItself(bool knownHere, int incidents)
    {
        await app.EnsurePublishedAsync("test.last-holder", One("leader"));
        await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.last-holder");
        app.Accounts.Inactive[People.Yangzhou.Leader.Id] = true;
        try
        {
            app.AccountChanges.Stamp += knownHere ? 1 : 0;
            var subject = new WorkflowSubject("test", Guid.NewGuid(), "容缺受理", "/pilots", People.Yangzhou.Tenant, People.Jiangsu.Tenant);
            var id = await app.AsAsync(People.Yangzhou.Coordinator, async services =>
            {
                var started = await services.GetRequiredService<IWorkflows>().StartAsync("test.last-holder", subject, new Dictionary<string, object?>(), [], default);
                await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
                return started;
            });
            (await app.IncidentsAsync(new(id, subject.Id))).Count.ShouldBe(incidents);
            await app.SettleAsync();
            (await app.IncidentsAsync(new(id, subject.Id))).Count.ShouldBe(1, "at the latest when the task is told of, once");
        }
        finally
        {
            app.Accounts.Inactive.TryRemove(People.Yangzhou.Leader.Id, out _);
        }
    }

    [Fact]
    public async Task Office_IsOfferedToThoseWhoSitInIt()
    {
        await app.EnsurePublishedAsync("test.office", One(Office.ToString(), kind: "Office"));
        (await HoldersAsync(await app.StartAsync("test.office"))).ShouldBe([People.Nantong.Auditor.DisplayName]);
        // The same office is nobody to a region that it has nothing to do with.
        var other = await app.StartForAsync(People.Yangzhou, People.Jiangsu, "test.office");
        (await HoldersAsync(other)).ShouldBeEmpty();
        (await app.IncidentsAsync(other)).Single().Kind.ShouldBe("NoAssignee");
    }

    [Fact]
    public async Task Person_HasItAtOnce()
    {
        await app.EnsurePublishedAsync("test.person", One(People.Jiangsu.Leader.Id.ToString(), kind: "Person"));
        var flow = await app.StartAsync("test.person");
        (await HoldersAsync(flow)).ShouldBe([People.Jiangsu.Leader.DisplayName]);
        (await app.TaskOfAsync(People.Jiangsu.Leader, flow)).Assignee!.Id.ShouldBe(People.Jiangsu.Leader.Id);
    }

    [Fact]
    public async Task SameAs_GoesToWhoeverDidTheStep()
    {
        await app.EnsurePublishedAsync("test.same", Of(
            Start() + Task("First", "coordinator", "Subject") + Task("Again", "First", "Subject", kind: "SameAs") + End() + Chain("Start", "First", "Again", "End")));
        var flow = await app.StartAsync("test.same");
        await app.CompleteAsync(TestPeople.SecondCoordinator, flow);
        (await HoldersAsync(flow)).ShouldBe([TestPeople.SecondCoordinator.DisplayName]);
    }

    [Fact]
    public async Task NotWhoDid_HidesItFromThemAndRefusesThem()
    {
        await app.EnsurePublishedAsync("test.eyes", Of(
            Start() + Task("First", "coordinator", "Subject") + Task("Second", "coordinator", "Subject", NotWhoDid("First")) + End() + Chain("Start", "First", "Second", "End")));
        var flow = await app.StartAsync("test.eyes");
        var bells = (await app.NotesOfAsync(People.Nantong.Coordinator)).Count;
        await app.CompleteAsync(People.Nantong.Coordinator, flow);

        (await HoldersAsync(flow)).ShouldBe([TestPeople.SecondCoordinator.DisplayName]);
        (await app.NotesOfAsync(People.Nantong.Coordinator)).Count.ShouldBe(bells, "no bell for work that they must not do");
        var task = await app.TaskOfAsync(TestPeople.SecondCoordinator, flow);
        foreach (var verb in new[] { "claim", "complete", "seen", "send-back" })
        {
            (await app.PostAsync(People.Nantong.Coordinator, task, verb, new { values = new { }, toNodeId = "First", reason = "理由" }).RefusalAsync())
                .Status.ShouldBe(404, verb);
        }

        // Also after it was claimed: who has it is not told to whom it was never offered.
        await app.DoAsync(TestPeople.SecondCoordinator, task, "claim", new { });
        (await app.PostAsync(People.Nantong.Coordinator, task, "complete", new { values = new { } }).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task NotWhoDid_WhenNobodyElseIsThere_IsAnIncident()
    {
        await app.EnsurePublishedAsync("test.eyes-alone", Of(
            Start() + Task("First", "leader", "Subject") + Task("Second", "leader", "Subject", NotWhoDid("First")) + End() + Chain("Start", "First", "Second", "End")));
        var flow = await app.StartAsync("test.eyes-alone");
        await app.CompleteAsync(People.Nantong.Leader, flow);

        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Kind, incident.NodeId).ShouldBe(("NoAssignee", "Second"));
        (await HoldersAsync(flow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Expression_OnePerson_HasIt()
    {
        await app.EnsurePublishedAsync("test.expression", One("who", Text("who"), "Expression"));
        var flow = await app.StartAsync("test.expression", new() { ["who"] = People.Nantong.ThirdAssessor.Id });
        (await app.TaskOfAsync(People.Nantong.ThirdAssessor, flow)).Assignee!.Id.ShouldBe(People.Nantong.ThirdAssessor.Id);
    }

    [Fact]
    public async Task Expression_SeveralPeople_AreCandidatesUntilOneClaims()
    {
        await app.EnsurePublishedAsync("test.candidates", One("people", Variable("people", "List"), "Expression"));
        var flow = await app.StartAsync("test.candidates", new() { ["people"] = new[] { People.Nantong.Assessor.Id, People.Jiangsu.Assessor.Id } });
        (await HoldersAsync(flow)).ShouldBe([People.Nantong.Assessor.DisplayName, People.Jiangsu.Assessor.DisplayName], ignoreOrder: true);
        var task = await app.TaskOfAsync(People.Nantong.Assessor, flow);
        task.OfferedTo.ShouldBe("people");
        (await app.NotesOfAsync(People.Jiangsu.Assessor)).ShouldContain(n => n.Contains("环节 Work", StringComparison.Ordinal));

        foreach (var verb in new[] { "claim", "complete", "seen", "copy" })
        {
            (await app.PostAsync(People.Nantong.SecondAssessor, task, verb, new { values = new { }, userIds = new[] { People.Nantong.Leader.Id } }).RefusalAsync())
                .ShouldBe((404, "Platform:NotFound"), verb);
        }

        await app.DoAsync(People.Jiangsu.Assessor, task, "claim", new { task.ConcurrencyStamp });

        (await HoldersAsync(flow)).ShouldBe([People.Jiangsu.Assessor.DisplayName]);
        var problem = await Problem.OfAsync(app.PostAsync(People.Nantong.Assessor, task, "claim", new { }));
        problem.Code.ShouldBe(WorkflowsErrorCodes.ClaimedByOther);
        problem.Title.ShouldContain(People.Jiangsu.Assessor.DisplayName);
        (await app.PostAsync(People.Nantong.SecondAssessor, task, "claim", new { }).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        await app.CompleteAsync(People.Jiangsu.Assessor, flow);
    }

    [Fact]
    public async Task Expression_Candidate_MayBeStoodInFor()
    {
        await app.EnsurePublishedAsync("test.candidates", One("people", Variable("people", "List"), "Expression"));
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        (await app.As(People.Nantong.SecondAssessor).PostAsJsonAsync(
            "/api/workflow-delegations", new { toUserId = People.Nantong.Administrator.Id, first = today, last = today }, PilotPlatformApp.Json)).IsSuccessStatusCode.ShouldBeTrue();
        var flow = await app.StartAsync("test.candidates", new() { ["people"] = new[] { People.Nantong.SecondAssessor.Id, People.Jiangsu.SecondAssessor.Id } });

        (await app.TasksOfAsync(People.Nantong.Administrator, flow)).ShouldHaveSingleItem();
        await app.CompleteAsync(People.Nantong.Administrator, flow);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("sibling")]
    [InlineData("elsewhere")]
    [InlineData("inactive")]
    [InlineData("number")]
    public async Task Expression_ToNobodySuitable_IsAnIncidentThatAnAdministratorSettles(string whom)
    {
        app.Accounts.Inactive[People.Jiangsu.ThirdAssessor.Id] = true;
        object? who = whom switch
        {
            "sibling" => People.Yangzhou.Coordinator.Id,
            "elsewhere" => People.Ganzhou.Coordinator.Id,
            "inactive" => People.Jiangsu.ThirdAssessor.Id,
            "number" => "12",
            _ => null,
        };
        await app.EnsurePublishedAsync("test.expression", One("who", Text("who"), "Expression"));
        var flow = await app.StartAsync("test.expression", new() { ["who"] = who });

        (await HoldersAsync(flow)).ShouldBeEmpty();
        (await app.TasksOfAsync(People.Yangzhou.Coordinator, flow)).ShouldBeEmpty();
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        (incident.Kind, incident.NodeId).ShouldBe(("NoAssignee", "Work"));
        (await app.NotesOfAsync(People.Jiangsu.Administrator)).ShouldContain(n => n.Contains("异常", StringComparison.Ordinal));
        (await app.NotesOfAsync(People.Nantong.Administrator)).ShouldContain(n => n.Contains("异常", StringComparison.Ordinal));

        var task = await app.ViewAsync(People.Jiangsu.Administrator, incident.TaskId!.Value);
        await app.DoAsync(People.Jiangsu.Administrator, task.Task, "reassign", new { userId = People.Nantong.Leader.Id, reason = "指定经办人", task.Task.ConcurrencyStamp });

        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        var settled = (await app.IncidentsAsync(flow, settled: true)).ShouldHaveSingleItem();
        (settled.Resolution, settled.SettledByName, settled.Reason).ShouldBe(("Assigned", People.Jiangsu.Administrator.DisplayName, "指定经办人"));
        await app.CompleteAsync(People.Nantong.Leader, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Expression_WithSuitableAndOthers_OffersItToTheSuitableOnly()
    {
        await app.EnsurePublishedAsync("test.candidates", One("people", Variable("people", "List"), "Expression"));
        var flow = await app.StartAsync("test.candidates", new() { ["people"] = new[] { People.Yangzhou.Assessor.Id, People.Nantong.Assessor.Id, People.Ganzhou.Assessor.Id } });
        (await HoldersAsync(flow)).ShouldBe([People.Nantong.Assessor.DisplayName]);
    }

    private async Task<List<string>> HoldersAsync(StartedFlow flow)
    {
        var names = new List<string>();
        foreach (var persona in Everybody)
        {
            if ((await app.TasksOfAsync(persona, flow)).Count > 0)
            {
                names.Add(persona.DisplayName);
            }
        }

        return names;
    }
}
