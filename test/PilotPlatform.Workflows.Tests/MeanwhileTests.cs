using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Events;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;
using Work = System.Threading.Tasks.Task;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Two things happen to one flow at the same moment, or one while another is half done.</summary>
public sealed class MeanwhileTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const int Rounds = 6;
    private static readonly Persona City = People.Nantong.Coordinator;
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona[] Signers = [People.Jiangsu.Assessor, People.Jiangsu.SecondAssessor, People.Jiangsu.ThirdAssessor];

    private HttpClient Admin => app.As(People.Jiangsu.Administrator);

    [Fact]
    public async Work Migrating_AFlowThatTookAStepMeanwhile_LeavesItWhereItIs_AndMovesTheOthers()
    {
        var from = await app.PublishAsync(People.Jiangsu, "test.meanwhile-moved", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Task("Extra", "leader", "Subject") + End() + Chain("Start", "Draft", "Extra", "End")));
        var flows = new[] { await app.StartAsync("test.meanwhile-moved"), await app.StartAsync("test.meanwhile-moved") };
        var to = await app.RepublishAsync(People.Jiangsu, from, Of(Start() + Task("Prepare", "coordinator", "Subject") + End() + Chain("Start", "Prepare", "End")));
        StartedFlow? ahead = null;
        app.Saves.AfterNextCommit(async () =>
        {
            // The one that is moved second is done by its person in between, and stands where the new version has nothing.
            ahead = (await app.InstanceAsync(City, flows[0])).Instance.Version == 1 ? flows[0] : flows[1];
            var task = await app.TaskOfAsync(City, ahead);
            (await app.PostAsync(City, task, "complete", new { values = new { } })).IsSuccessStatusCode.ShouldBeTrue();
        });

        var batch = await Admin.PostAsAsync<Batch>(
            $"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = new Dictionary<string, string> { ["Draft"] = "Prepare" } });

        (batch.Moved, batch.Problems.Single().InstanceId, batch.Problems.Single().Code).ShouldBe((1, ahead!.Id!.Value, "moved-on"));
        (await app.InstanceAsync(City, ahead)).Instance.Version.ShouldBe(1);
        (await app.TaskOfAsync(People.Nantong.Leader, ahead)).NodeId.ShouldBe("Extra");
        await SoundAsync(ahead);
    }

    [Fact]
    public async Work Migrating_WhileThePersonCompletes_LosesNothing()
    {
        static string Flow(string first) => Of(
            Start() + Task(first, "coordinator", "Subject") + Boundary("Late", first, Timer("Duration", "P10D"), interrupts: false) + Task("Escalate", "leader", "Issuer")
            + Task("Sign", "leader", "Subject") + End() + End("End2") + Chain("Start", first, "Sign", "End") + Chain("Late", "Escalate", "End2"));
        for (var round = 0; round < Rounds; round++)
        {
            var from = await app.PublishAsync(People.Jiangsu, $"test.meanwhile-complete-{round}", Flow("Draft"));
            var flow = await app.StartAsync($"test.meanwhile-complete-{round}");
            var to = await app.RepublishAsync(People.Jiangsu, from, Flow("Prepare"));
            var task = await app.TaskOfAsync(City, flow);

            var completing = app.PostAsync(City, task, "complete", new { values = new { }, task.ConcurrencyStamp });
            var moving = Admin.PostAsAsync<Batch>(
                $"/api/workflow-versions/{from.Id}/migrate", new { toVersionId = to.Id, mapping = new Dictionary<string, string> { ["Draft"] = "Prepare" } });
            await Work.WhenAll(completing, moving);
            if (!(await completing).IsSuccessStatusCode)
            {
                (await completing.RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
                await app.CompleteAsync(City, flow);
            }

            await app.SettleAsync();
            (await app.InstanceAsync(City, flow)).Instance.Version.ShouldBe((await moving).Moved == 1 ? 2 : 1);
            (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("Sign");
            await SoundAsync(flow);
        }
    }

    [Fact]
    public async Work Migrating_BetweenTheLookAndTheDoing_OfAJob_DoesItForTheRegionThatTheNewVersionSays()
    {
        static string Flow(string actsFor) => Of(
            Start() + Task("Draft", "coordinator", "Subject") + Service("Serve").Replace("Issuer", actsFor, StringComparison.Ordinal) + Task("After", "leader", "Subject") + End()
            + Chain("Start", "Draft", "Serve", "After", "End"));
        var from = await app.PublishAsync(People.Jiangsu, "test.meanwhile-job", Flow("Issuer"));
        var flows = new[] { await app.StartAsync("test.meanwhile-job"), await app.StartAsync("test.meanwhile-job") };
        var to = await app.RepublishAsync(People.Jiangsu, from, Flow("Subject"));
        StartedFlow? moved = null;
        foreach (var (flow, other) in new[] { (flows[0], flows[1]), (flows[1], flows[0]) })
        {
            app.ServiceTasks.Behaviour[flow.SubjectId] = _ =>
            {
                // Both jobs were taken together; while the first is done, an administrator moves the other's flow.
                if (moved is null)
                {
                    moved = other;
                    Admin.PostAsAsync<Batch>(
                        $"/api/workflow-versions/{from.Id}/migrate",
                        new { toVersionId = to.Id, mapping = new Dictionary<string, string>(), instanceIds = new[] { other.Id } }).GetAwaiter().GetResult().Moved.ShouldBe(1);
                }

                return null;
            };
            (await app.PostAsync(City, await app.TaskOfAsync(City, flow), "complete", new { values = new { } })).IsSuccessStatusCode.ShouldBeTrue();
        }

        await app.SettleAsync();

        app.ServiceTasks.ActedFor[moved!.SubjectId].ShouldBe(People.Nantong.Tenant);
        app.ServiceTasks.ActedFor[flows.Single(f => f != moved).SubjectId].ShouldBe(People.Jiangsu.Tenant);
        foreach (var flow in flows)
        {
            (await app.TaskOfAsync(People.Nantong.Leader, flow)).NodeId.ShouldBe("After");
            app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(1);
        }
    }

    [Fact]
    public async Work Terminating_BetweenTheLookAndTheDoing_OfATimer_LeavesTheFlowEnded()
    {
        await app.EnsurePublishedAsync("test.meanwhile-timer", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Boundary("Late", "Draft", Timer("Duration", "PT1H")) + Task("Escalate", "leader", "Issuer") + End() + End("End2")
            + Chain("Start", "Draft", "End") + Chain("Late", "Escalate", "End2")));
        var flows = new[] { await app.StartAsync("test.meanwhile-timer"), await app.StartAsync("test.meanwhile-timer") };
        app.Clock.Advance(TimeSpan.FromHours(1));
        // After the first timer has fired, the flow of the other, which was taken with it, is ended.
        StartedFlow? ended = null;
        app.Saves.AfterNextCommit(async () =>
        {
            ended = (await app.InstanceAsync(City, flows[0])).History.Any(h => h.Kind == "TimerFired") ? flows[1] : flows[0];
            await app.AsAsync(City, async services =>
            {
                await services.GetRequiredService<IWorkflows>().TerminateAsync(ended.SubjectId, "试点已撤回", default);
                return await services.GetRequiredService<Data.PlatformDbContext>().SaveChangesAsync();
            });
        });

        await app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default);
        await app.SettleAsync();

        (await app.InstanceAsync(City, ended!)).ShouldSatisfyAllConditions(
            i => i.Instance.Status.ShouldBe("Terminated"), i => i.History.ShouldNotContain(h => h.Kind == "TimerFired"));
        (await app.TaskOfAsync(People.Jiangsu.Leader, flows.Single(f => f != ended))).NodeId.ShouldBe("Escalate");
        await SoundAsync(flows);
    }

    [Fact]
    public async Work Terminating_WhileATimerFires_LeavesNothingOpen()
    {
        await app.EnsurePublishedAsync("test.meanwhile-fires", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Boundary("Late", "Draft", Timer("Duration", "PT1H"), interrupts: false) + Task("Escalate", "leader", "Issuer") + End() + End("End2")
            + Chain("Start", "Draft", "End") + Chain("Late", "Escalate", "End2")));
        for (var round = 0; round < Rounds; round++)
        {
            var flow = await app.StartAsync("test.meanwhile-fires");
            app.Clock.Advance(TimeSpan.FromHours(1));
            var firing = Work.Run(() => app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default));
            var ending = Work.Run(async () =>
            {
                try
                {
                    await app.TerminateAsync(flow);
                }
                catch (DbUpdateException)
                {
                    // The timer was first; whoever ends it is told so and does it again.
                    await app.TerminateAsync(flow);
                }
            });
            await Work.WhenAll(firing, ending);
            await app.SettleAsync();
            (await app.InstanceAsync(City, flow)).Instance.Status.ShouldBe("Terminated");
            (await app.IncidentsAsync(flow)).ShouldBeEmpty();
            await SoundAsync(flow);
        }
    }

    [Fact]
    public async Work Veto_AndConsent_AtOnce_EndTheVoteOnce()
    {
        await app.EnsurePublishedAsync("test.meanwhile-veto", Of(
            Start() + Task("Vote", "person", "Subject", Decision("vote", "yes", "no"), Each("people", "person", "vote == 'no'"), kind: "Expression")
            + Task("After", "coordinator", "Issuer") + End() + Chain("Start", "Vote", "After", "End"),
            variables: Variable("people", "List") + Text("person") + Text("vote")));
        for (var round = 0; round < Rounds; round++)
        {
            var flow = await app.StartAsync("test.meanwhile-veto", new() { ["people"] = Signers.Select(s => s.Id).ToArray() });
            var votes = new[] { "no", "yes", "no" };
            var tasks = new List<TaskItem>();
            foreach (var signer in Signers)
            {
                tasks.Add(await app.TaskOfAsync(signer, flow));
            }

            var answers = await Work.WhenAll(Enumerable.Range(0, 3).Select(i => app.PostAsync(Signers[i], tasks[i], "complete", new { values = new { vote = votes[i] }, tasks[i].ConcurrencyStamp })));
            answers.ShouldAllBe(a => a.IsSuccessStatusCode || a.StatusCode == System.Net.HttpStatusCode.Conflict);
            for (var i = 0; i < 3; i++)
            {
                if (!answers[i].IsSuccessStatusCode && (await app.TasksOfAsync(Signers[i], flow)) is [var open])
                {
                    await app.DoAsync(Signers[i], open, "complete", new { values = new { vote = votes[i] } });
                }
            }

            await app.SettleAsync();
            (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
            (await app.InstanceAsync(Office, flow)).DoneNodes.ShouldBe(["Vote", "Start"], ignoreOrder: true);
            await SoundAsync(flow);
        }
    }

    [Theory]
    [InlineData("add-signer")]
    [InlineData("urge")]
    [InlineData("reassign")]
    [InlineData("send-back")]
    [InlineData("claim")]
    public async Work Verb_WhileAColleagueCompletes_NeverHoldsTheFlowUp(string verb)
    {
        await app.EnsurePublishedAsync("test.meanwhile-verbs", Of(
            Start() + Task("Begin", "coordinator", "Subject") + Task("Draft", "coordinator", "Subject") + Task("Last", "leader", "Issuer") + End() + Chain("Start", "Begin", "Draft", "Last", "End")));
        for (var round = 0; round < Rounds; round++)
        {
            var flow = await app.StartAsync("test.meanwhile-verbs");
            await app.CompleteAsync(City, flow);
            var task = await app.TaskOfAsync(City, flow);
            object body = verb switch
            {
                "add-signer" => new { userId = People.Nantong.Leader.Id, position = "Before", reason = "先看", task.ConcurrencyStamp },
                "reassign" => new { userId = TestPeople.SecondCoordinator.Id, reason = "外出", task.ConcurrencyStamp },
                "send-back" => new { toNodeId = "Begin", reason = "材料不全", task.ConcurrencyStamp },
                "urge" => new { text = "快" },
                _ => new { task.ConcurrencyStamp },
            };
            var answers = await Work.WhenAll(
                app.PostAsync(City, task, verb, body), app.PostAsync(TestPeople.SecondCoordinator, task, "complete", new { values = new { }, task.ConcurrencyStamp }));
            answers.ShouldContain(a => a.IsSuccessStatusCode);
            answers.ShouldAllBe(a => a.IsSuccessStatusCode || a.StatusCode == System.Net.HttpStatusCode.Conflict);
            await app.SettleAsync();
            await SoundAsync(flow);
            // Whichever came first, the flow goes on to its end.
            if ((await app.TasksOfAsync(People.Nantong.Leader, flow)) is [var signing])
            {
                await app.DoAsync(People.Nantong.Leader, signing, "complete", new { values = new { } });
            }

            while ((await app.TasksOfAsync(City, flow)).Concat(await app.TasksOfAsync(TestPeople.SecondCoordinator, flow)).FirstOrDefault() is { } left)
            {
                await app.DoAsync(left.Assignee?.Id == TestPeople.SecondCoordinator.Id ? TestPeople.SecondCoordinator : City, left, "complete", new { values = new { } });
            }

            await app.CompleteAsync(People.Jiangsu.Leader, flow);
            (await app.InstanceAsync(City, flow)).Instance.Status.ShouldBe("Completed");
            await SoundAsync(flow);
        }
    }

    [Fact]
    public async Work Delegate_WhoseDelegationEnds_WhileTheFormIsOpen_IsRefused()
    {
        await app.EnsurePublishedAsync("test.meanwhile-delegate", Of(Start() + Task("Draft", "leader", "Subject") + End() + Chain("Start", "Draft", "End")));
        var flow = await app.StartAsync("test.meanwhile-delegate");
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime.AddHours(8));
        var delegation = await app.As(People.Nantong.Leader).PostAsAsync<Id>("/api/workflow-delegations", new { toUserId = City.Id, first = today, last = today });
        var task = await app.TaskOfAsync(City, flow);
        await app.As(People.Nantong.Leader).PostAsAsync<Id>($"/api/workflow-delegations/{delegation.Value}/end");
        (await app.PostAsync(City, task, "complete", new { values = new { }, task.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.DelegationOver));

        var again = await app.As(People.Nantong.Leader).PostAsAsync<Id>("/api/workflow-delegations", new { toUserId = City.Id, first = today, last = today });
        again.Value.ShouldNotBe(delegation.Value);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.PostAsync(City, task, "complete", new { values = new { }, task.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.DelegationOver));
        await app.CompleteAsync(People.Nantong.Leader, flow);
    }

    [Fact]
    public async Work Terminating_WhileAServiceFails_LeavesNoIncident_AndTheOthersAreServed()
    {
        await app.EnsurePublishedAsync("test.meanwhile-fails", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + Task("After", "leader", "Subject") + End() + Chain("Start", "Draft", "Serve", "After", "End")));
        var flows = new[] { await app.StartAsync("test.meanwhile-fails"), await app.StartAsync("test.meanwhile-fails") };
        app.ServiceTasks.Behaviour[flows[0].SubjectId] = _ => throw new Errors.BusinessException(WorkflowsErrorCodes.NotYours);
        app.Moments.BeforeNext<Incidents.WorkflowIncident>(() => app.AsAsync(City, async services =>
        {
            await services.GetRequiredService<IWorkflows>().TerminateAsync(flows[0].SubjectId, "试点已撤回", default);
            return await services.GetRequiredService<Data.PlatformDbContext>().SaveChangesAsync();
        }));
        foreach (var flow in flows)
        {
            (await app.PostAsync(City, await app.TaskOfAsync(City, flow), "complete", new { values = new { } })).IsSuccessStatusCode.ShouldBeTrue();
        }

        await app.SettleAsync();

        (await app.InstanceAsync(City, flows[0])).Instance.Status.ShouldBe("Terminated");
        (await app.IncidentsAsync(flows[0])).ShouldBeEmpty();
        (await app.TaskOfAsync(People.Nantong.Leader, flows[1])).NodeId.ShouldBe("After");
        await SoundAsync(flows);
    }

    [Fact]
    public async Work Service_ThatGivesUpWaiting_IsAFailureLikeAnyOther()
    {
        await app.EnsurePublishedAsync("test.meanwhile-timeout", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Service("Serve") + End() + Chain("Start", "Draft", "Serve", "End")));
        var flow = await app.StartAsync("test.meanwhile-timeout");
        // As an HTTP client does when the other side does not answer in time.
        app.ServiceTasks.Behaviour[flow.SubjectId] = _ => throw new TaskCanceledException("The request timed out.");
        await app.CompleteAsync(City, flow);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.SettleAsync();
        }

        app.ServiceTasks.CallsFor(flow.SubjectId).ShouldBe(3);
        (await app.IncidentsAsync(flow)).ShouldHaveSingleItem().Code.ShouldBe(nameof(TaskCanceledException));
    }

    [Fact]
    public async Work Cycle_WhoseWaitIsGone_DoesNotComeAgain()
    {
        await app.EnsurePublishedAsync("test.meanwhile-cycle", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Boundary("Often", "Draft", Timer("Cycle", "R/PT1H"), interrupts: false) + Task("Escalate", "leader", "Issuer")
            + Task("Last", "leader", "Subject") + End() + End("End2") + Chain("Start", "Draft", "Last", "End") + Chain("Often", "Escalate", "End2")));
        var flow = await app.StartAsync("test.meanwhile-cycle");
        // As if the wait had ended and the timer had been left behind.
        await app.ReadAsync(db => db.Set<WorkflowJob>().Where(j => j.InstanceId == flow.Id).ExecuteUpdateAsync(s => s.SetProperty(j => j.ExecutionId, 9999)));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.SettleAsync();
        (await app.ReadAsync(db => db.Set<WorkflowJob>().CountAsync(j => j.InstanceId == flow.Id))).ShouldBe(0);
        (await app.InstanceAsync(City, flow)).History.ShouldNotContain(h => h.Kind == "TimerFired");
    }

    [Fact]
    public async Work Incident_OfARoleWithoutHolders_IsNotOpened_ForWorkThatIsDoneAtThatMoment()
    {
        await app.EnsurePublishedAsync("test.meanwhile-role", Of(
            Start() + Task("Score", "auditor", "Subject", "<pilot:completedBy event=\"test.happened\" />") + Task("After", "coordinator", "Issuer") + End()
            + Chain("Start", "Score", "After", "End")));
        // Remembered as held.
        await app.TerminateAsync(await app.StartAsync("test.meanwhile-role"));
        var done = false;
        app.Accounts.Inactive[People.Nantong.Auditor.Id] = true;
        try
        {
            var subject = Guid.Empty;
            app.Moments.BeforeNext<Incidents.WorkflowIncident>(async () =>
            {
                done = true;
                await app.AsAsync(City, async services =>
                {
                    await services.GetRequiredService<IWorkflows>().HappenedAsync(subject, "test.happened", new Dictionary<string, object?>(), null, default);
                    return await services.GetRequiredService<Data.PlatformDbContext>().SaveChangesAsync();
                });
            });
            var id = await app.AsAsync(City, async services =>
            {
                subject = Guid.NewGuid();
                var started = await services.GetRequiredService<IWorkflows>().StartAsync(
                    "test.meanwhile-role", new WorkflowSubject("test", subject, "容缺受理", "/pilots", People.Nantong.Tenant, People.Jiangsu.Tenant), new Dictionary<string, object?>(), [], default);
                await services.GetRequiredService<Data.PlatformDbContext>().SaveChangesAsync();
                return started;
            });
            var flow = new StartedFlow(id, subject);
            // Told that the work is done, the message is delivered again a little later.
            await app.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
            await app.SettleAsync();

            done.ShouldBeTrue();
            (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
            (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        }
        finally
        {
            app.Accounts.Inactive.TryRemove(People.Nantong.Auditor.Id, out _);
        }
    }

    [Fact]
    public async Work Incident_OfWorkThatTheDomainDid_VanishesWithIt()
    {
        await app.EnsurePublishedAsync("test.meanwhile-nobody", Of(
            Start() + Task("Score", "who", "Issuer", "<pilot:completedBy event=\"test.happened\" />", kind: "Expression") + Task("After", "coordinator", "Issuer") + End()
            + Chain("Start", "Score", "After", "End"), variables: Text("who")));
        var flow = await app.StartAsync("test.meanwhile-nobody", new() { ["who"] = Guid.NewGuid().ToString() });
        (await app.IncidentsAsync(flow)).ShouldHaveSingleItem().Kind.ShouldBe("NoAssignee");
        await app.HappenedAsync(flow, City);
        (await app.TaskOfAsync(Office, flow)).NodeId.ShouldBe("After");
        (await app.IncidentsAsync(flow)).ShouldBeEmpty();
        (await app.IncidentsAsync(flow, settled: true)).ShouldHaveSingleItem().Resolution.ShouldBe("Vanished");
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("retry")]
    public async Work Incident_OfWorkThatWaitsForASigner_TakesBothAway(string verb)
    {
        await app.EnsurePublishedAsync("test.meanwhile-signer", Of(
            Start() + Task("Draft", "coordinator", "Subject", Due("=day")) + Task("After", "leader", "Subject") + End() + Chain("Start", "Draft", "After", "End"), variables: Text("day")));
        var flow = await app.StartAsync("test.meanwhile-signer", new() { ["day"] = "某日" });
        var incident = (await app.IncidentsAsync(flow)).ShouldHaveSingleItem();
        await app.DoAsync(City, await app.TaskOfAsync(City, flow), "add-signer", new { userId = Office.Id, position = "Before", reason = "先看" });
        (await app.TasksOfAsync(Office, flow)).Count.ShouldBe(1);

        (await Admin.PostVerbAsync($"/api/workflow-incidents/{incident.Id}/{verb}", new { reason = "不再需要", incident.ConcurrencyStamp })).IsSuccessStatusCode.ShouldBeTrue();
        await app.SettleAsync();

        (await app.TasksOfAsync(Office, flow)).ShouldBeEmpty();
        (await app.InstanceAsync(City, flow)).Live.ShouldHaveSingleItem().NodeId.ShouldBe(verb == "skip" ? "After" : "Draft");
        await SoundAsync(flow);
    }

    [Theory]
    [InlineData("seen")]
    [InlineData("complete")]
    public async Work Withdraw_WhenSomebodyBeganInTheCalledFlow_IsRejected(string verb)
    {
        await app.EnsurePublishedAsync("test.meanwhile-called", Of(
            Start() + Task("One", "leader", "Subject") + Task("Two", "leader", "Issuer") + End() + Chain("Start", "One", "Two", "End"), "Process_Called"));
        await app.EnsurePublishedAsync("test.meanwhile-calls", Of(
            Start() + Task("Before", "coordinator", "Subject") + Call("Child", "test.meanwhile-called") + End() + Chain("Start", "Before", "Child", "End")));
        var flow = await app.StartAsync("test.meanwhile-calls");
        await app.CompleteAsync(City, flow);
        var done = (await app.TasksOfAsync(City, flow, "Done")).Single();
        var child = new StartedFlow(await app.ReadAsync(db => db.Set<WorkflowInstance>().Where(i => i.ParentInstanceId == flow.Id).Select(i => (Guid?)i.Id).SingleAsync()), flow.SubjectId);
        await app.DoAsync(People.Nantong.Leader, await app.TaskOfAsync(People.Nantong.Leader, child), verb, new { values = new { } });

        (await app.PostAsync(City, done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
        (await app.InstanceAsync(City, child)).Instance.Status.ShouldBe("Running");
    }

    /// <summary>Rows and tokens say the same: what is open has a token, and of a flow that ended nothing is open.</summary>
    private async Work SoundAsync(params StartedFlow[] flows)
    {
        foreach (var flow in flows)
        {
            var (instance, tasks, jobs, waits, steps) = await app.ReadAsync(async db => (
                await db.Set<WorkflowInstance>().AsNoTracking().SingleAsync(i => i.Id == flow.Id),
                await db.Set<WorkflowTask>().AsNoTracking().Where(t => t.InstanceId == flow.Id && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting)).ToListAsync(),
                await db.Set<WorkflowJob>().AsNoTracking().Where(j => j.InstanceId == flow.Id).ToListAsync(),
                await db.Set<WorkflowMessageWait>().AsNoTracking().CountAsync(w => w.InstanceId == flow.Id),
                await db.Set<WorkflowStep>().AsNoTracking().Where(s => s.InstanceId == flow.Id).OrderBy(s => s.Number).Select(s => s.Number).ToListAsync()));
            steps.ShouldBe(Enumerable.Range(1, instance.StepCount));
            if (instance.Status != WorkflowInstanceStatus.Running)
            {
                (tasks.Count, jobs.Count, waits).ShouldBe((0, 0, 0));
                continue;
            }

            IReadOnlyList<LiveThing> live = [];
            await app.AsSystemAsync(TenantRef.Root, async services =>
                live = (await services.GetRequiredService<WorkflowModels>().GetAsync(instance.VersionId, default)).Machine.Live(instance.State()));
            tasks.ShouldAllBe(t => live.Any(l => l.Id == t.ExecutionId && l.NodeId == t.NodeId));
            tasks.Where(t => t.AddedToTaskId == null).Select(t => t.ExecutionId).ShouldBeUnique();
            jobs.ShouldAllBe(j => live.Any(l => l.Id == j.ExecutionId));
        }
    }

    private sealed record Batch(Guid BatchId, int Moved, List<MovedOn> Problems);

    private sealed record MovedOn(Guid InstanceId, string Code);

    private sealed record Id
    {
        [System.Text.Json.Serialization.JsonPropertyName("id")]
        public required Guid Value { get; init; }
    }
}
