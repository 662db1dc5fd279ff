using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Lab;

/// <summary>One waiting instance with its rows, as the database keeps them: to be multiplied, and to be written bare.</summary>
internal sealed class Template
{
    private static readonly string[] Tables = ["WorkflowsInstances", "WorkflowsTasks", "WorkflowsSteps", "KernelOutbox"];

    private readonly Dictionary<string, Dictionary<string, (object Value, string Type)>> rows = [];

    private Template()
    {
    }

    /// <summary>Starts an instance and reads its rows.</summary>
    public static async Task<Template> ReadAsync(LabHost host, int index)
    {
        var template = new Template();
        await Worker.StartAsync(host, index);
        await using var work = await template.OpenAsync(host, preparesOnce: true);
        foreach (var table in Tables)
        {
            template.rows[table] = await work.ReadNewestAsync(table);
        }

        return template;
    }

    /// <param name="host">The product, by whose context the connection is opened so that its settings of a connection hold.</param>
    /// <param name="preparesOnce">SQLite: on a connection that keeps prepared statements, as the product's do; otherwise on a plain one, which prepares at every use.</param>
    public async Task<BareSteps> OpenAsync(LabHost host, bool preparesOnce)
    {
        var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PlatformDbContext>().Database;
        if (!preparesOnce && database.IsSqlite())
        {
            database.SetConnectionString(database.GetConnectionString() + ";Pooling=False");
        }

        await database.OpenConnectionAsync();
        return new BareSteps(scope, database.GetDbConnection(), this);
    }

    public object this[string table, string column] => rows[table][column].Value;

    public IReadOnlyDictionary<string, (object Value, string Type)> Row(string table) => rows[table];
}

/// <summary>As many bare connections as work at once.</summary>
internal sealed class BareCrew : IAsyncDisposable
{
    private readonly List<BareSteps> crew = [];
    private int number = 1;

    public BareSteps First => crew[0];

    public static async Task<BareCrew> OpenAsync(Template template, LabHost host, int size, bool preparesOnce)
    {
        var bare = new BareCrew();
        for (var one = 0; one < size; one++)
        {
            bare.crew.Add(await template.OpenAsync(host, preparesOnce));
        }

        return bare;
    }

    /// <summary>Takes the step of each, so many at once.</summary>
    public Task StepAsync(IReadOnlyList<(object Instance, object Task)> waiting, int atOnce)
    {
        number++;
        var share = (waiting.Count + atOnce - 1) / atOnce;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(i => Task.Run(() => crew[i].StepAsync(waiting.Skip(i * share).Take(share), number))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in crew)
        {
            await one.DisposeAsync();
        }
    }
}

/// <summary>The database without engine and mapper, on one open connection.</summary>
internal sealed class BareSteps(AsyncServiceScope scope, DbConnection connection, Template template) : IAsyncDisposable
{
    private const int AtOnce = 1000;
    private readonly bool isPostgres = connection is NpgsqlConnection;

    public async ValueTask DisposeAsync() => await scope.DisposeAsync();

    public (object Instance, object Task) Of(WorkflowTask task) => (Stored(task.InstanceId), Stored(task.Id));

    public async Task<Dictionary<string, (object Value, string Type)>> ReadNewestAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY \"Id\" DESC LIMIT 1";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => (reader.GetValue(i), reader.GetDataTypeName(i)));
    }

    /// <summary>Adds copies of the waiting instance; many rows a transaction, since this is not what is measured.</summary>
    public async Task<List<(object Instance, object Task)>> SeedAsync(int count, Benchmark.Progress? progress)
    {
        List<(object Instance, object Task)> added = [];
        while (added.Count < count)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var instances = new Insert(connection, transaction, template.Row("WorkflowsInstances"), "WorkflowsInstances", ["Id", "SubjectId"]);
            await using var tasks = new Insert(connection, transaction, template.Row("WorkflowsTasks"), "WorkflowsTasks", ["Id", "InstanceId", "SubjectId"]);
            await using var steps = new Insert(connection, transaction, template.Row("WorkflowsSteps"), "WorkflowsSteps", ["Id", "InstanceId"]);
            // Each runs a thousand times.
            await instances.PrepareAsync();
            await tasks.PrepareAsync();
            await steps.PrepareAsync();
            for (var some = 0; some < AtOnce && added.Count < count; some++)
            {
                var (instance, subject, task) = (NewId(), NewId(), NewId());
                await instances.RunAsync(instance, subject);
                await tasks.RunAsync(task, instance, subject);
                await steps.RunAsync(NewId(), instance);
                added.Add((instance, task));
            }

            await transaction.CommitAsync();
            progress?.Reached(added.Count);
        }

        // The planner's statistics: PostgreSQL would gather them by itself a minute later, in the middle of the measurement.
        await using var analyze = connection.CreateCommand();
        analyze.CommandText = "ANALYZE";
        await analyze.ExecuteNonQueryAsync();
        return added;
    }

    /// <summary>What a step needs at least, by hand: read instance and task, update both, add task, log line and message.</summary>
    /// <param name="waiting">Instances with their tasks.</param>
    /// <param name="number">The log line's number, which is unique within its instance: an instance may come again in a later turn.</param>
    public async Task StepAsync(IEnumerable<(object Instance, object Task)> waiting, int number)
    {
        foreach (var (instance, task) in waiting)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var read = Command(
                transaction, "SELECT t.*, i.* FROM \"WorkflowsTasks\" t JOIN \"WorkflowsInstances\" i ON i.\"Id\" = t.\"InstanceId\" WHERE t.\"Id\" = @t", ("@t", task)))
            {
                await using var reader = await read.ExecuteReaderAsync();
                if (!await reader.ReadAsync())
                {
                    throw new InvalidOperationException($"Task {task} is not there.");
                }

                reader.GetValues(new object[reader.FieldCount]);
            }

            await ExecuteAsync(
                transaction, "UPDATE \"WorkflowsInstances\" SET \"StateJson\" = @s, \"DoersJson\" = '{}', \"StepCount\" = \"StepCount\" + 1, \"LastMove\" = \"StepCount\", \"ConcurrencyStamp\" = @c WHERE \"Id\" = @i",
                ("@s", template["WorkflowsInstances", "StateJson"]), ("@c", Guid.NewGuid().ToString("N")), ("@i", instance));
            await ExecuteAsync(
                transaction, "UPDATE \"WorkflowsTasks\" SET \"Status\" = 'Completed', \"CompletedByName\" = 'x', \"ConcurrencyStamp\" = @c WHERE \"Id\" = @t",
                ("@c", Guid.NewGuid().ToString("N")), ("@t", task));
            await InsertAsync(transaction, "WorkflowsTasks", ("Id", NewId()), ("InstanceId", instance), ("NodeId", "Sign"));
            await InsertAsync(transaction, "WorkflowsSteps", ("Id", NewId()), ("InstanceId", instance), ("Number", number));
            // Done already, so that nobody delivers it.
            await InsertAsync(transaction, "KernelOutbox", ("Id", NewId()), ("ProcessedAt", template["KernelOutbox", "OccurredAt"]));
            await transaction.CommitAsync();
        }
    }

    private async Task InsertAsync(DbTransaction transaction, string table, params (string Column, object Value)[] changed)
    {
        await using var insert = new Insert(connection, transaction, template.Row(table), table, [.. changed.Select(c => c.Column)]);
        await insert.RunAsync([.. changed.Select(c => c.Value)]);
    }

    private async Task ExecuteAsync(DbTransaction transaction, string sql, params (string Name, object Value)[] values)
    {
        await using var command = Command(transaction, sql, values);
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException("A bare statement changed no row.");
        }
    }

    private DbCommand Command(DbTransaction transaction, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private object NewId() => Stored(Guid.CreateVersion7());

    private object Stored(Guid id) => isPostgres ? id : id.ToString().ToUpperInvariant();

    /// <summary>An INSERT of a copied row in which some columns differ.</summary>
    private sealed class Insert : IAsyncDisposable
    {
        private readonly DbCommand command;
        private readonly List<DbParameter> changing = [];

        public Insert(
            DbConnection connection, DbTransaction transaction, IReadOnlyDictionary<string, (object Value, string Type)> row, string table, IReadOnlyList<string> changed)
        {
            command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                $"INSERT INTO \"{table}\" ({string.Join(", ", row.Keys.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", row.Keys.Select((_, i) => "@p" + i))})";
            var parameters = new Dictionary<string, DbParameter>(StringComparer.Ordinal);
            foreach (var (index, (column, (value, type))) in row.Index())
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@p" + index, value);
                if (parameter is NpgsqlParameter typed)
                {
                    typed.DataTypeName = type;
                }

                command.Parameters.Add(parameter);
                parameters.Add(column, parameter);
            }

            changing.AddRange(changed.Select(c => parameters[c]));
        }

        public Task PrepareAsync() => command.PrepareAsync();

        public async Task RunAsync(params object[] values)
        {
            foreach (var (parameter, value) in changing.Zip(values))
            {
                parameter.Value = value;
            }

            await command.ExecuteNonQueryAsync();
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
