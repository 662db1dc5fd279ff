using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Migrations.Sqlite;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Lab;

/// <summary>
/// Steps per second and statements per step of the submission-like flow, beside the bare statements that such a step needs
/// on the same database. Engine and bare take turns in short rounds, so that whatever else the machine does slows both alike;
/// both work one step after the other, and as many at once as there are cores, as a server does.
/// Statements are counted in rounds of their own, since counting costs time. Asserts nothing: figures depend on the machine.
/// </summary>
internal static class Benchmark
{
    private const int StepsPerInstance = 9;
    private const int Together = 100;

    /// <summary>One after the other is measured with this many instances at the most: it shows what one step takes.</summary>
    private const int OneByOne = 1000;
    private const int WarmUp = 500;
    private static readonly int Cores = Environment.ProcessorCount;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] options)
    {
        if (options is ["write-model", var file])
        {
            await File.WriteAllTextAsync(file, LabFlow.Xml);
            return 0;
        }

        var plan = new Plan(
            Number(options, "--instances", 10_000),
            [.. (Text(options, "--live") ?? "1000,10000,100000").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))],
            Number(options, "--rounds", 10), Number(options, "--steps", 200), !options.Contains("--unsynced"), options.Contains("--bare-prepared"));
        if (plan.Live.Min() < plan.FewestLive)
        {
            Console.Error.WriteLine($"--live {plan.Live.Min()} is too few: {plan.Rounds} rounds need {plan.FewestLive} live instances or more; ask for fewer rounds");
            return 2;
        }

        var only = Text(options, "--database");
        var postgres = Environment.GetEnvironmentVariable("PILOT_TEST_POSTGRES");
        Print($"{plan.Instances:N0} instances of {StepsPerInstance} steps; {Environment.ProcessorCount} cores; load average {await LoadAsync()}; {(plan.Synced ? "commits wait for the disk" : "commits do not wait for the disk")}");
        Print($"{"database",-12}{"what",-24}{"at once",8}{"steps",9}{"steps/s",10}{"bare/s",10}{"of bare",9}{"cpu/step",10}{"bare cpu",10}{"stmts/step",12}{"load",7}");

        var directory = Directory.CreateTempSubdirectory("pilot-bench-");
        try
        {
            if (only is null or "sqlite")
            {
                await MeasureAsync("Sqlite", $"Data Source={Path.Combine(directory.FullName, "bench.db")}", plan);
            }

            if (only is null or "postgresql")
            {
                if (postgres is { Length: > 0 })
                {
                    await MeasureAsync("PostgreSql", await CreatePostgresAsync(postgres), plan);
                }
                else
                {
                    Print($"PostgreSQL: not measured, PILOT_TEST_POSTGRES is not set");
                }
            }
        }
        finally
        {
            SqliteProvider.EndIdleConnections();
            directory.Delete(recursive: true);
        }

        Print($"load average after {await LoadAsync()}");
        return 0;
    }

    private static async Task<string> CreatePostgresAsync(string server)
    {
        var name = $"bench_{Environment.ProcessId}";
        await using var admin = new Npgsql.NpgsqlConnection(server);
        await admin.OpenAsync();
        await using var create = admin.CreateCommand();
        create.CommandText = $"CREATE DATABASE {name}";
        await create.ExecuteNonQueryAsync();
        return new Npgsql.NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    private static async Task MeasureAsync(string provider, string connectionString, Plan plan)
    {
        var counter = new StatementCounter();
        using var counting = LabHost.Build(provider, connectionString, plan.Synced, counter);
        using var host = LabHost.Build(provider, connectionString, plan.Synced, null);
        await Worker.PrepareAsync(host);

        // Once, so that queries and code are compiled.
        var next = 0;
        await WorkAsync(host, next, WarmUp, Cores);
        next += WarmUp;
        var template = await Template.ReadAsync(host, next++);
        await using var bare = await BareCrew.OpenAsync(template, host, Cores, plan.BarePrepares);
        var spare = await bare.First.SeedAsync(1000, null);
        await bare.StepAsync(spare, Cores);

        await counter.MeasureAsync(() => WorkAsync(counting, next, Together, 1));
        next += Together;
        var statements = (double)counter.Statements / (Together * StepsPerInstance);
        foreach (var (atOnce, instances) in new[] { (1, Math.Min(OneByOne, plan.Instances)), (Cores, plan.Instances) })
        {
            var (ours, theirs) = (new Taken(), new Taken());
            var progress = new Progress($"{provider}, start to end, {atOnce} at once", instances);
            for (var done = 0; done < instances; done += Together)
            {
                var count = Math.Min(Together, instances - done);
                await ours.AddAsync(count * StepsPerInstance, () => WorkAsync(host, next, count, atOnce));
                next += count;
                // A fifth as many bare steps suffice for a rate.
                var turn = spare.Skip(theirs.Steps % (spare.Count - 2 * Together)).Take(count * StepsPerInstance / 5).ToList();
                await theirs.AddAsync(turn.Count, () => bare.StepAsync(turn, atOnce));
                progress.Reached(done + count);
            }

            await ReportAsync(provider, "start to end", atOnce, ours, theirs, statements);
        }

        var live = 0;
        foreach (var count in plan.Live)
        {
            await bare.First.SeedAsync(count - live, new Progress($"{provider}, filling up to {count:N0} live instances", count - live));
            live = count;
            await MeasureLiveAsync(provider, host, counting, counter, bare, plan, count);
        }
    }

    /// <summary>Completes the first task of instances that wait, in turns with bare steps over others of them.</summary>
    private static async Task MeasureLiveAsync(
        string provider, LabHost host, LabHost counting, StatementCounter counter, BareCrew bare, Plan plan, int live)
    {
        var waiting = await WaitingAsync(host);
        // Spread over all that wait, so that a round does not find its pages warm from the round before.
        new Random(live).Shuffle(waiting);
        int[] ways = [1, Cores];
        var perRound = Math.Min(plan.Steps, waiting.Length / ((2 * plan.Rounds * ways.Length) + 1));
        var turns = waiting.Chunk(perRound).ToList();
        await counter.MeasureAsync(() => CompleteAsync(counting, turns[^1], 1));
        var statements = (double)counter.Statements / turns[^1].Length;
        foreach (var (way, atOnce) in ways.Index())
        {
            var (ours, theirs) = (new Taken(), new Taken());
            for (var round = way * plan.Rounds; round < (way + 1) * plan.Rounds; round++)
            {
                var (mine, others) = (turns[2 * round], turns[(2 * round) + 1].Select(bare.First.Of).ToList());
                await ours.AddAsync(mine.Length, () => CompleteAsync(host, mine, atOnce));
                await theirs.AddAsync(others.Count, () => bare.StepAsync(others, atOnce));
            }

            await ReportAsync(provider, $"{live:N0} live instances", atOnce, ours, theirs, statements);
        }
    }

    /// <summary>Works instances from start to end: five tasks of people, four steps of the engine's own.</summary>
    private static async Task WorkAsync(LabHost host, int first, int count, int atOnce)
    {
        await Worker.EachAsync(Enumerable.Range(first, count), atOnce, index => Worker.StartAsync(host, index));
        while (await Worker.StepAllAsync(host, first, first + count, atOnce))
        {
        }
    }

    private static Task<WorkflowTask[]> WaitingAsync(LabHost host) =>
        host.AsSystemAsync(LabPeople.Province, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowTask>().AsNoTracking()
            .Where(t => t.Status == WorkflowTaskStatus.Open && t.NodeId == "Draft").OrderBy(t => t.Id).ToArrayAsync());

    private static Task CompleteAsync(LabHost host, IEnumerable<WorkflowTask> tasks, int atOnce) =>
        Worker.EachAsync(tasks, atOnce, task => Worker.CompleteAsync(host, task, []));

    private static async Task ReportAsync(string provider, string what, int atOnce, Taken ours, Taken bare, double statements) => Print(
        $"{provider,-12}{what,-24}{atOnce,8}{ours.Steps,9:N0}{ours.Rate,10:N0}{bare.Rate,10:N0}{ours.Rate / bare.Rate,9:P0}{ours.CpuPerStep,10:N2}{bare.CpuPerStep,10:N2}{statements,12:N1}{await LoadAsync(),7}");

    private static int Number(string[] options, string name, int otherwise) =>
        Text(options, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> LoadAsync() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];

    /// <summary>Steps of several rounds and the time they took.</summary>
    private sealed class Taken
    {
        private TimeSpan time;
        private TimeSpan cpu;

        public int Steps { get; private set; }

        public double Rate => Steps / time.TotalSeconds;

        /// <summary>Milliseconds of this process: with SQLite the whole work, with PostgreSQL that of the client.</summary>
        public double CpuPerStep => cpu.TotalMilliseconds / Steps;

        public async Task AddAsync(int steps, Func<Task> work)
        {
            var (cpuBefore, begin) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await work();
            time += Stopwatch.GetElapsedTime(begin);
            cpu += Environment.CpuUsage.TotalTime - cpuBefore;
            Steps += steps;
        }
    }

    /// <summary>How much is measured.</summary>
    /// <param name="Instances">Instances worked from start to end.</param>
    /// <param name="Live">How many wait in the database, one measurement each.</param>
    /// <param name="Rounds">Turns of engine and bare for each of these.</param>
    /// <param name="Steps">Steps in a turn.</param>
    /// <param name="Synced">Whether a commit waits for the disk, as the product's do; the same for engine and bare.</param>
    /// <param name="BarePrepares">SQLite: whether the bare statements are prepared once, as the engine's are, or at every use, as plain code does.</param>
    private sealed record Plan(int Instances, IReadOnlyList<int> Live, int Rounds, int Steps, bool Synced, bool BarePrepares)
    {
        /// <summary>Each round works instances of its own: the engine's and the bare ones, one by one and together, and one round that counts statements.</summary>
        public int FewestLive => (4 * Rounds) + 1;
    }

    /// <summary>Says on the error stream how far it is, now and then.</summary>
    internal sealed class Progress(string what, int of)
    {
        private readonly long begin = Stopwatch.GetTimestamp();
        private TimeSpan said;

        public void Reached(int count)
        {
            var taken = Stopwatch.GetElapsedTime(begin);
            if (taken - said >= ProgressEvery)
            {
                said = taken;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0} of {of:N0} after {taken.TotalSeconds:N0} s"));
            }
        }
    }
}
