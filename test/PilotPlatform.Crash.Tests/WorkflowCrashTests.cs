using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace PilotPlatform.Crash.Tests;

/// <summary>
/// The workflow engine, killed at random points through 1,000 steps: each time somewhere after a random statement, so
/// between and within steps. What it leaves at the end must be what an undisturbed run leaves.
/// </summary>
public sealed class WorkflowCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Instances = 112; // of nine steps each
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("PILOT_TEST_KILLS") ?? "12", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly string directory = Directory.CreateTempSubdirectory("pilot-lab-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task ThousandSteps_KilledAtRandomPoints_LeaveWhatAnUndisturbedRunLeaves()
    {
        var undisturbed = Path.Combine(directory, "undisturbed.db");
        var ticks = await WorkAsync(undisturbed, int.MaxValue);
        ticks.ShouldNotBeNull();
        var expected = Read(undisturbed);
        expected.Count(line => line.StartsWith("step", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(1000);

        var disturbed = Path.Combine(directory, "disturbed.db");
        var random = new Random(20261122);
        var killed = 0;
        for (; killed < Kills; killed++)
        {
            // On average the kills are spread over the whole work.
            if (await WorkAsync(disturbed, random.Next(1, 2 * ticks.Value / (Kills + 1))) is not null)
            {
                break;
            }
        }

        output.WriteLine($"{killed} kills, {ticks} statements undisturbed");
        killed.ShouldBeGreaterThan(Kills / 3);
        await WorkAsync(disturbed, int.MaxValue);
        Read(disturbed).ShouldBe(expected);
    }

    /// <summary>Lets the worker work until so many statements began, then kills it; returns how many there were when it was let finish, else null.</summary>
    private async Task<int?> WorkAsync(string file, int killAfter)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "PilotPlatform.Workflows.Lab.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "work", file, Instances.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            // A killed process leaves its debugger's pipes behind.
            Environment = { ["TMPDIR"] = directory },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        var statements = 0;
        var working = false;
        var done = false;
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            working |= line == "working";
            done |= line == "done";
            if (working && line == "." && ++statements == killAfter)
            {
                process.Kill();
                await process.WaitForExitAsync(limit.Token);
                return null;
            }
        }

        await process.WaitForExitAsync(limit.Token);
        done.ShouldBeTrue(await errors);
        return statements;
    }

    /// <summary>Everything that must not depend on how often the process fell, as lines.</summary>
    private static List<string> Read(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        List<string> lines = [];
        foreach (var sql in new[]
        {
            "SELECT 'instance', SubjectId, Status, StepCount, StateJson FROM WorkflowsInstances ORDER BY SubjectId",
            "SELECT 'step', i.SubjectId, s.Number, s.Kind, s.NodeId, s.ActorName, s.EffectsJson FROM WorkflowsSteps s JOIN WorkflowsInstances i ON i.Id = s.InstanceId ORDER BY i.SubjectId, s.Number",
            "SELECT 'task', SubjectId, ExecutionId, NodeId, Status, CompletedByName FROM WorkflowsTasks ORDER BY SubjectId, ExecutionId",
            "SELECT 'job', COUNT(*) FROM WorkflowsJobs",
            "SELECT 'incident', COUNT(*) FROM WorkflowsIncidents",
            "SELECT 'domain', SubjectId, COUNT(*) FROM KernelAudience GROUP BY SubjectId ORDER BY SubjectId",
            "SELECT 'outbox left', COUNT(*) FROM KernelOutbox WHERE ProcessedAt IS NULL",
            "SELECT 'outbox', Name, COUNT(*) FROM KernelOutbox GROUP BY Name ORDER BY Name",
            "SELECT 'told', Key, UserId, COUNT(*) FROM NotificationsNotifications GROUP BY Key, UserId ORDER BY Key, UserId",
        })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }
        }

        return lines;
    }
}
