using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Jobs;
using static PilotPlatform.Workflows.Tests.FlowXml;
using Work = System.Threading.Tasks.Task;

namespace PilotPlatform.Workflows.Tests;

/// <summary>Several nodes take what is due from one database.</summary>
public sealed class LeaseTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const string Key = "test.leases";
    private const string Leasing = "UPDATE \"WorkflowsJobs\"";
    private const int Nodes = 8;
    private const int Batch = 50;

    private IWorkflowJobRunner Node => app.Services.GetRequiredService<IWorkflowJobRunner>();

    [Fact]
    public async Work ManyNodes_WithHundredsOfJobsDue_DoEachOnce_AndNoneFails()
    {
        var subjects = await DueAsync(400);

        var done = await Work.WhenAll(Enumerable.Range(0, Nodes).Select(_ => Work.Run(() => Node.RunDueAsync(default))));

        done.Sum().ShouldBe(subjects.Count);
        var calls = app.ServiceTasks.Calls.ToLookup(c => c.Subject.Id);
        subjects.ShouldAllBe(s => calls[s].Count() == 1);
        (await DueJobsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Work ABatchThatAnotherNodeTookThisMoment_IsLeftToIt_AndTheRestIsDone()
    {
        var subjects = await DueAsync(Batch + 10);
        app.Commands.BeforeNext(Leasing, () => TakeAsync(Batch));

        (await Node.RunDueAsync(default)).ShouldBe(10);

        subjects.Sum(app.ServiceTasks.CallsFor).ShouldBe(10);
        await AfterTheLeasesAsync();
        subjects.ShouldAllBe(s => app.ServiceTasks.CallsFor(s) == 1);
    }

    /// <summary>Two nodes that take the same jobs in another order each wait for one another, until the database ends one of them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Work ALeaseThatTheDatabaseEnded_SinceTwoWaitedForOneAnother_IsTakenAnew(bool wrapped)
    {
        var subjects = await DueAsync(3);
        // PostgreSQL's provider wraps what may go well the next time.
        app.Commands.BeforeNext(Leasing, () => throw (wrapped ? new InvalidOperationException("transient", new DeadlockException()) : new DeadlockException()));

        (await Node.RunDueAsync(default)).ShouldBe(3);

        subjects.ShouldAllBe(s => app.ServiceTasks.CallsFor(s) == 1);
    }

    /// <summary>The same where the step itself is saved: it is taken anew at once and no failure of the handler's.</summary>
    [Fact]
    public async Work AStepThatTheDatabaseEnded_SinceTwoWaitedForOneAnother_IsTakenAnew()
    {
        var subjects = await DueAsync(1);
        app.Moments.BeforeNext<Instances.WorkflowStep>(() => throw new InvalidOperationException("transient", new DbUpdateException("deadlock", new DeadlockException())));

        (await Node.RunDueAsync(default)).ShouldBe(1);

        app.ServiceTasks.CallsFor(subjects[0]).ShouldBe(2);
        (await DueJobsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Work AJobOfABatchThatTookTooLong_IsLeftToTheNodeThatHasItSince()
    {
        var subjects = await DueAsync(3);
        var first = true;
        foreach (var subject in subjects)
        {
            app.ServiceTasks.Behaviour[subject] = _ =>
            {
                if (first)
                {
                    // The first takes longer than the lease holds; another node has taken the others when this one comes to them.
                    first = false;
                    app.Clock.Advance(TimeSpan.FromMinutes(3));
                    TakeAsync(Batch).GetAwaiter().GetResult();
                }

                return null;
            };
        }

        await Node.RunDueAsync(default);

        subjects.Sum(app.ServiceTasks.CallsFor).ShouldBe(1);
        await AfterTheLeasesAsync();
        subjects.Count(s => app.ServiceTasks.CallsFor(s) == 1).ShouldBeGreaterThanOrEqualTo(2);
        (await DueJobsAsync()).ShouldBe(0);
    }

    /// <summary>Flows that stand at a service task, which nobody has done yet.</summary>
    private async Task<List<Guid>> DueAsync(int count)
    {
        await app.EnsurePublishedAsync(Key, Of(Start() + Service("Serve") + Task("After", "leader", "Subject") + End() + Chain("Start", "Serve", "After", "End")));
        var subjects = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToList();
        foreach (var some in subjects.Chunk(Batch))
        {
            await app.AsAsync(People.Nantong.Coordinator, async services =>
            {
                var workflows = services.GetRequiredService<IWorkflows>();
                foreach (var subject in some)
                {
                    await workflows.StartAsync(
                        Key, new WorkflowSubject("test", subject, "同时到期", "/pilots", People.Nantong.Tenant, People.Jiangsu.Tenant), new Dictionary<string, object?>(), [], default);
                }

                return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            });
        }

        return subjects;
    }

    /// <summary>Another node takes what is due first.</summary>
    private Task<int> TakeAsync(int count) => app.ReadAsync(async db =>
    {
        var now = app.Clock.UtcNow();
        var until = now.AddMinutes(2);
        var other = Guid.NewGuid();
        var ids = await db.Set<WorkflowJob>().Where(j => j.DueAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now))
            .OrderBy(j => j.DueAt).ThenBy(j => j.Id).Take(count).Select(j => j.Id).ToListAsync();
        return await db.Set<WorkflowJob>().Where(j => ids.Contains(j.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.LeaseId, other));
    });

    /// <summary>The other node died; its leases run out.</summary>
    private async Work AfterTheLeasesAsync()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.SettleAsync();
    }

    private Task<int> DueJobsAsync() => app.ReadAsync(db => db.Set<WorkflowJob>().CountAsync(j => j.DueAt != null));

    /// <summary>As PostgreSQL says it.</summary>
    private sealed class DeadlockException : DbException
    {
        public override string SqlState => "40P01";
    }
}
