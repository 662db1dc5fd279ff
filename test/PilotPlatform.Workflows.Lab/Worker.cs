using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Lab;

/// <summary>
/// Works a number of instances to their ends, deciding from nothing but what the database says: so it may be killed at any
/// instruction and started again. Prints a line for every statement, by which whoever watches chooses when to kill.
/// </summary>
internal static class Worker
{
    public static async Task<int> RunAsync(string databaseFile, int instances)
    {
        using var host = LabHost.Build("Sqlite", $"Data Source={databaseFile}", syncsEveryCommit: false, new Ticker());
        await PrepareAsync(host);
        Console.WriteLine("working");
        // A lease that a killed worker left behind would be waited for; its time is taken as over.
        await host.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            await db.Set<WorkflowJob>().ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, (DateTime?)null));
            await db.Set<OutboxMessage>().Where(m => m.ProcessedAt == null).ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, (DateTime?)null).SetProperty(m => m.NextAttemptAt, m => m.OccurredAt));
            return true;
        });
        for (var index = 0; index < instances; index++)
        {
            if (!await IsStartedAsync(host, index))
            {
                await StartAsync(host, index);
            }

            while (await StepAsync(host, SubjectOf(index).Id))
            {
            }
        }

        await host.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default);
        Console.WriteLine("done");
        return 0;
    }

    public static WorkflowSubject SubjectOf(int index) => new(
        "lab", new Guid(index + 1, 0, 0, new byte[8]), $"成果{index}", "/pilots", LabPeople.City, LabPeople.Province);

    /// <summary>Makes schema and flow unless a former life did.</summary>
    public static async Task PrepareAsync(LabHost host)
    {
        await host.PrepareAsync();
        await host.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            if (await db.Set<WorkflowDefinition>().AnyAsync(d => d.Key == LabFlow.Key))
            {
                return true;
            }

            var ids = services.GetRequiredService<IIdGenerator>();
            var definition = new WorkflowDefinition(ids.NewId(), TenantRef.Root, LabFlow.Key, "成果报送", true);
            var version = new WorkflowVersion(ids.NewId(), definition, LabFlow.Xml);
            db.AddRange(definition, version);
            definition.Publish(version, "", services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, "");
            await db.SaveChangesAsync();
            return true;
        });
    }

    public static Task<bool> StartAsync(LabHost host, int index) => host.AsAsync(LabPeople.CityClerk, async services =>
    {
        await services.GetRequiredService<IWorkflows>().StartAsync(LabFlow.Key, SubjectOf(index), new Dictionary<string, object?>(), [], default);
        await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        return true;
    });

    private static Task<bool> IsStartedAsync(LabHost host, int index) => host.AsSystemAsync(LabPeople.Province, services =>
    {
        var subjectId = SubjectOf(index).Id;
        return services.GetRequiredService<PlatformDbContext>().Set<WorkflowInstance>().AnyAsync(i => i.SubjectId == subjectId);
    });

    /// <summary>The next step of an instance; false when it has ended.</summary>
    private static async Task<bool> StepAsync(LabHost host, Guid subjectId)
    {
        await host.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default);
        var (task, returned) = await host.AsSystemAsync(LabPeople.Province, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            return (
                await db.Set<WorkflowTask>().AsNoTracking().FirstOrDefaultAsync(t => t.SubjectId == subjectId && t.Status == WorkflowTaskStatus.Open),
                await db.Set<WorkflowTask>().AnyAsync(t => t.SubjectId == subjectId && t.NodeId == "Fix" && t.Status == WorkflowTaskStatus.Completed));
        });
        if (task is null)
        {
            return false;
        }

        await CompleteAsync(host, task, AnswersTo(task, returned));
        return true;
    }

    /// <summary>One step of each of some instances: what is due, then every open task; so many at once.</summary>
    public static async Task<bool> StepAllAsync(LabHost host, int from, int until, int atOnce)
    {
        var runner = host.Services.GetRequiredService<IWorkflowJobRunner>();
        var ran = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => runner.RunDueAsync(default))));
        var subjects = Enumerable.Range(from, until - from).Select(i => SubjectOf(i).Id).ToList();
        var tasks = await host.AsSystemAsync(LabPeople.Province, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowTask>().AsNoTracking()
            .Where(t => subjects.Contains(t.SubjectId) && (t.Status == WorkflowTaskStatus.Open || t.NodeId == "Fix")).ToListAsync());
        var returned = tasks.Where(t => t.NodeId == "Fix" && t.Status == WorkflowTaskStatus.Completed).Select(t => t.SubjectId).ToHashSet();
        var open = tasks.Where(t => t.Status == WorkflowTaskStatus.Open).ToList();
        await EachAsync(open, atOnce, task => CompleteAsync(host, task, AnswersTo(task, returned.Contains(task.SubjectId))));
        return ran.Sum() > 0 || open.Count > 0;
    }

    /// <summary>Does something with each, so many at once.</summary>
    public static Task EachAsync<T>(IEnumerable<T> all, int atOnce, Func<T, Task> work) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (one, _) => await work(one));

    public static Task CompleteAsync(LabHost host, WorkflowTask task, Dictionary<string, JsonElement> values) =>
        host.AsAsync(LabPeople.Holder(task.OfferedTo), async services =>
        {
            await services.GetRequiredService<TaskVerbs>().CompleteAsync(task.Id, new CompleteWorkflowTaskDto(values, null, task.ConcurrencyStamp), default);
            return true;
        });

    private static Dictionary<string, JsonElement> AnswersTo(WorkflowTask task, bool returned) =>
        task.NodeId == "Check" ? new() { ["decision"] = JsonSerializer.SerializeToElement(returned ? "accept" : "return") } : [];

    /// <summary>Says that a statement begins, and that a transaction was committed.</summary>
    private sealed class Ticker : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Console.WriteLine(".");
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Console.WriteLine(".");
            return ValueTask.FromResult(result);
        }
    }
}
