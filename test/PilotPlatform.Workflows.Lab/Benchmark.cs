using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Lab;

/// <summary>
/// Steps per second and statements per step of the submission-like flow, beside the bare statements that such a step needs
/// on the same database in the same run. Asserts nothing: figures depend on the machine.
/// </summary>
internal static class Benchmark
{
    private static readonly string[] Verbs = ["SELECT", "INSERT", "UPDATE", "DELETE"];

    public static async Task<int> RunAsync(string[] options)
    {
        if (options is ["write-model", var file])
        {
            await File.WriteAllTextAsync(file, LabFlow.Xml);
            return 0;
        }

        var instances = Number(options, "--instances", 10_000);
        var live = (Text(options, "--live") ?? "1000,10000,100000").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        var postgres = Environment.GetEnvironmentVariable("PILOT_TEST_POSTGRES");
        Print($"{instances:N0} instances of nine steps; {Environment.ProcessorCount} cores; load average {await LoadAsync()}");
        Print($"{"database",-12}{"what",-34}{"steps",9}{"steps/s",10}{"ms/step",9}{"stmts/step",12}");

        var directory = Directory.CreateTempSubdirectory("pilot-bench-");
        try
        {
            await MeasureAsync("Sqlite", $"Data Source={Path.Combine(directory.FullName, "bench.db")}", instances, live);
            if (postgres is { Length: > 0 })
            {
                var name = $"bench_{Environment.ProcessId}";
                await using (var admin = new Npgsql.NpgsqlConnection(postgres))
                {
                    await admin.OpenAsync();
                    await using var create = admin.CreateCommand();
                    create.CommandText = $"CREATE DATABASE {name}";
                    await create.ExecuteNonQueryAsync();
                }

                var target = new Npgsql.NpgsqlConnectionStringBuilder(postgres) { Database = name };
                await MeasureAsync("PostgreSql", target.ConnectionString, instances, live);
            }
            else
            {
                Print($"PostgreSQL: not measured, PILOT_TEST_POSTGRES is not set");
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }

        Print($"load average after {await LoadAsync()}");
        return 0;
    }

    private static async Task MeasureAsync(string provider, string connectionString, int instances, IReadOnlyList<int> live)
    {
        var counter = new Counter();
        using var host = LabHost.Build(provider, connectionString, counter);
        await Worker.PrepareAsync(host);

        // Once, so that queries and code are compiled.
        await WorkAsync(host, 0, 20);
        counter.Reset();
        var watch = Stopwatch.StartNew();
        await WorkAsync(host, 20, instances);
        Report(provider, "engine, start to end", instances * 9, watch.Elapsed, counter.Statements);

        var template = await Template.ReadAsync(host, 20 + instances);
        foreach (var count in live)
        {
            await template.FillAsync(host, count);
            const int sample = 300;
            counter.Reset();
            watch.Restart();
            await StepsAsync(host, sample);
            Report(provider, $"engine, {count:N0} live instances", sample, watch.Elapsed, counter.Statements);
        }

        const int bare = 2_000;
        watch.Restart();
        var statements = await template.BareStepsAsync(host, bare);
        Report(provider, "bare statements of a step", bare, watch.Elapsed, statements);
    }

    /// <summary>Works instances from start to end: five tasks of people, four steps of the engine's own.</summary>
    private static async Task WorkAsync(LabHost host, int first, int count)
    {
        const int together = 50;
        for (var from = first; from < first + count; from += together)
        {
            var until = Math.Min(from + together, first + count);
            for (var index = from; index < until; index++)
            {
                await Worker.StartAsync(host, index);
            }

            while (await Worker.StepAllAsync(host, from, until))
            {
            }
        }
    }

    /// <summary>Completes tasks among many: the draft step of instances that wait.</summary>
    private static async Task StepsAsync(LabHost host, int count)
    {
        var tasks = await host.AsSystemAsync(LabPeople.Province, services => services.GetRequiredService<PlatformDbContext>().Set<WorkflowTask>().AsNoTracking()
            .Where(t => t.Status == WorkflowTaskStatus.Open && t.NodeId == "Draft").OrderBy(t => t.Id).Take(count).ToListAsync());
        foreach (var task in tasks)
        {
            await Worker.CompleteAsync(host, task, []);
        }
    }

    private static void Report(string provider, string what, int steps, TimeSpan taken, long statements) =>
        Print($"{provider,-12}{what,-34}{steps,9:N0}{steps / taken.TotalSeconds,10:N0}{taken.TotalMilliseconds / steps,9:N2}{(double)statements / steps,12:N1}");

    private static int Number(string[] options, string name, int otherwise) =>
        Text(options, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> LoadAsync() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];

    /// <summary>Counts statements, also those that a provider sends together.</summary>
    private sealed class Counter : DbCommandInterceptor
    {
        private static readonly Regex Statement = new(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        private long statements;

        public long Statements => statements;

        public void Reset() => statements = 0;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        // A line that begins with a verb and ends a former statement: subqueries are indented.
        private void Count(DbCommand command) => Interlocked.Add(ref statements, command.CommandText.Split(";\n").Count(part => Statement.IsMatch(part.TrimStart() is { } text && Verbs.Any(v => text.StartsWith(v, StringComparison.Ordinal)) ? text : "")));
    }

    /// <summary>One waiting instance with its rows, to be multiplied, and to be written bare.</summary>
    private sealed class Template
    {
        private static readonly (string Table, string Key)[] Tables = [("WorkflowsInstances", "Id"), ("WorkflowsTasks", "InstanceId"), ("WorkflowsSteps", "InstanceId")];

        private readonly Dictionary<string, Dictionary<string, object>> rows = [];
        private int filled;

        public static async Task<Template> ReadAsync(LabHost host, int index)
        {
            var template = new Template();
            await Worker.StartAsync(host, index);
            await WithConnectionAsync(host, async connection =>
            {
                foreach (var (table, _) in Tables)
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = $"SELECT * FROM \"{table}\" WHERE \"{(table == "WorkflowsSteps" ? "InstanceId" : "SubjectId")}\" = @id";
                    var subject = Worker.SubjectOf(index).Id;
                    Bind(command, "@id", table == "WorkflowsSteps" ? template.rows["WorkflowsInstances"]["Id"] : connection is Npgsql.NpgsqlConnection ? subject : subject.ToString().ToUpperInvariant());
                    await using var reader = await command.ExecuteReaderAsync();
                    await reader.ReadAsync();
                    template.rows[table] = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue);
                }

                return 0;
            });
            return template;
        }

        /// <summary>Adds copies until so many wait.</summary>
        public Task FillAsync(LabHost host, int count) => WithConnectionAsync(host, async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (; filled < count; filled++)
            {
                await InsertAsync(connection, transaction);
            }

            await transaction.CommitAsync();
            return 0;
        });

        /// <summary>What a step needs at least, by hand: read instance and task, update both, add task, log line and message.</summary>
        public async Task<long> BareStepsAsync(LabHost host, int count) => await WithConnectionAsync(host, async connection =>
        {
            var isPostgres = connection is Npgsql.NpgsqlConnection;
            object Id(Guid id) => isPostgres ? id : id.ToString().ToUpperInvariant();
            List<(object Instance, object Task)> waiting = [];
            await using (var find = connection.CreateCommand())
            {
                find.CommandText = $"SELECT \"InstanceId\", \"Id\" FROM \"WorkflowsTasks\" WHERE \"Status\" = 'Open' AND \"NodeId\" = 'Draft' LIMIT {count}";
                await using var reader = await find.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    waiting.Add((reader.GetValue(0), reader.GetValue(1)));
                }
            }

            var statements = 0L;
            async Task Execute(DbTransaction transaction, string sql, params (string Name, object Value)[] values)
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = sql;
                foreach (var (name, value) in values)
                {
                    Bind(command, name, value);
                }

                await command.ExecuteNonQueryAsync();
                statements++;
            }

            foreach (var (instance, task) in waiting)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await using (var read = connection.CreateCommand())
                {
                    read.Transaction = transaction;
                    read.CommandText = "SELECT t.*, i.* FROM \"WorkflowsTasks\" t JOIN \"WorkflowsInstances\" i ON i.\"Id\" = t.\"InstanceId\" WHERE t.\"Id\" = @t";
                    Bind(read, "@t", task);
                    await using var reader = await read.ExecuteReaderAsync();
                    await reader.ReadAsync();
                    statements++;
                }

                await Execute(transaction, "UPDATE \"WorkflowsInstances\" SET \"StateJson\" = @s, \"DoersJson\" = '{}', \"StepCount\" = \"StepCount\" + 1, \"LastMove\" = \"StepCount\", \"ConcurrencyStamp\" = @c WHERE \"Id\" = @i",
                    ("@s", rows["WorkflowsInstances"]["StateJson"]), ("@c", Guid.NewGuid().ToString("N")), ("@i", instance));
                await Execute(transaction, "UPDATE \"WorkflowsTasks\" SET \"Status\" = 'Completed', \"CompletedByName\" = 'x', \"ConcurrencyStamp\" = @c WHERE \"Id\" = @t",
                    ("@c", Guid.NewGuid().ToString("N")), ("@t", task));
                await InsertAsync(connection, transaction, "WorkflowsTasks", new() { ["Id"] = Id(Guid.CreateVersion7()), ["InstanceId"] = instance, ["NodeId"] = "Sign" });
                await InsertAsync(connection, transaction, "WorkflowsSteps", new() { ["Id"] = Id(Guid.CreateVersion7()), ["InstanceId"] = instance, ["Number"] = 2L });
                statements += 2;
                await Execute(transaction, "INSERT INTO \"KernelOutbox\" (\"Id\", \"Name\", \"Payload\", \"TenantId\", \"TenantPath\", \"ActorName\", \"OccurredAt\", \"NextAttemptAt\", \"ProcessedAt\", \"Attempts\") SELECT @id, \"Name\", \"Payload\", \"TenantId\", \"TenantPath\", \"ActorName\", \"OccurredAt\", \"NextAttemptAt\", \"OccurredAt\", 0 FROM \"KernelOutbox\" ORDER BY \"Id\" LIMIT 1",
                    ("@id", Id(Guid.CreateVersion7())));
                await transaction.CommitAsync();
            }

            return statements;
        });

        private async Task InsertAsync(DbConnection connection, DbTransaction transaction)
        {
            var isPostgres = connection is Npgsql.NpgsqlConnection;
            object New() => isPostgres ? Guid.CreateVersion7() : Guid.CreateVersion7().ToString().ToUpperInvariant();
            var (instance, subject) = (New(), New());
            await InsertAsync(connection, transaction, "WorkflowsInstances", new() { ["Id"] = instance, ["SubjectId"] = subject });
            await InsertAsync(connection, transaction, "WorkflowsTasks", new() { ["Id"] = New(), ["InstanceId"] = instance, ["SubjectId"] = subject });
            await InsertAsync(connection, transaction, "WorkflowsSteps", new() { ["Id"] = New(), ["InstanceId"] = instance });
        }

        private async Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, Dictionary<string, object> changed)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            var columns = rows[table].Keys.ToList();
            command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))})";
            foreach (var (index, column) in columns.Index())
            {
                Bind(command, "@p" + index, changed.GetValueOrDefault(column, rows[table][column]));
            }

            await command.ExecuteNonQueryAsync();
        }

        private static void Bind(DbCommand command, string name, object value)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value is long number && command is Npgsql.NpgsqlCommand ? (int)number : value;
            command.Parameters.Add(parameter);
        }

        private static async Task<T> WithConnectionAsync<T>(LabHost host, Func<DbConnection, Task<T>> work) => await host.AsSystemAsync(TenantRef.Root, async services =>
        {
            var connection = services.GetRequiredService<PlatformDbContext>().Database.GetDbConnection();
            await connection.OpenAsync();
            try
            {
                return await work(connection);
            }
            finally
            {
                await connection.CloseAsync();
            }
        });
    }
}
