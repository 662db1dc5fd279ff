using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PilotPlatform.Data;

/// <summary>
/// Inserts rows many to a statement, as the model maps them, within the current transaction. EF Core tracks every row and every
/// value of it and writes one statement a row on SQLite; for a list of ten thousand items that is most of the time that issuing
/// it takes. Statements are told to EF Core's log and interceptors like its own.
/// </summary>
internal sealed class RowWriter
{
    // SQL Server takes 2,100 parameters and 1,000 rows a statement. SQLite looks for each parameter among all of them, so that
    // a statement of ten times as many rows takes a hundred times as long; there is no way to its server that would be saved.
    private const int MostParameters = 2000;
    private const int MostParametersOfSqlite = 200;
    private const int MostRows = 1000;

    private readonly DbContext db;
    private readonly TimeProvider time;
    private readonly IIdGenerator ids;
    private readonly IEntityType type;
    private readonly List<Column> columns;
    private readonly ISqlGenerationHelper sql;
    private readonly string into;
    private readonly bool isSqlite;
    private readonly int rowsAtOnce;

    public RowWriter(DbContext db, Type rows, TimeProvider time, IIdGenerator ids)
    {
        this.db = db;
        this.time = time;
        this.ids = ids;
        type = db.Model.FindEntityType(rows) ?? throw new InvalidOperationException($"{rows.Name} is not in the model.");
        if (type.GetNavigations().Any() || type.GetProperties().Any(p => p.IsShadowProperty() || p.ValueGenerated != ValueGenerated.Never))
        {
            throw new InvalidOperationException($"{rows.Name} has parts or values that only EF Core writes.");
        }

        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table) ?? throw new InvalidOperationException($"{rows.Name} has no table.");
        sql = db.GetService<ISqlGenerationHelper>();
        columns = [.. type.GetProperties().Select(p => new Column(sql.DelimitIdentifier(p.GetColumnName(table)!), p.GetGetter(), p.GetRelationalTypeMapping(), p.IsNullable))];
        into = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ";
        isSqlite = db.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true;
        rowsAtOnce = Math.Clamp((isSqlite ? MostParametersOfSqlite : MostParameters) / columns.Count, 1, MostRows);
    }

    /// <summary>Writes the rows; returns how many.</summary>
    public async Task<int> InsertAsync(IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        DbCommand? command = null;
        try
        {
            foreach (var chunk in rows.Chunk(rowsAtOnce))
            {
                // SQLite reads the text once and then only takes values. The others get parameters of their own each time: SQL Server's
                // bear the length of the value that they were made with, and would cut a longer one.
                if (isSqlite && command?.Parameters.Count == chunk.Length * columns.Count)
                {
                    Refill(command, chunk);
                }
                else
                {
                    await Gone(command);
                    command = CommandFor(chunk);
                }

                await RunAsync(command, cancellationToken);
            }
        }
        finally
        {
            await Gone(command);
        }

        return rows.Count;

        static ValueTask Gone(DbCommand? command) => command?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void Refill(DbCommand command, object[] rows)
    {
        var place = 0;
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                command.Parameters[place++].Value = column.ValueOf(row);
            }
        }
    }

    private DbCommand CommandFor(object[] rows)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        if (db.Database.GetCommandTimeout() is { } seconds)
        {
            command.CommandTimeout = seconds;
        }

        var text = new StringBuilder(into);
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var place = 0; place < columns.Count; place++)
            {
                var name = sql.GenerateParameterName("p" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture));
                text.Append(place == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(columns[place].Mapping.CreateParameter(command, name, columns[place].Getter.GetClrValue(rows[row]), columns[place].IsNullable));
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
        return command;
    }

    private async Task RunAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var connection = db.GetService<IRelationalConnection>();
        var log = db.GetService<IRelationalCommandDiagnosticsLogger>();
        var (id, started, watch) = (ids.NewId(), time.GetUtcNow(), Stopwatch.StartNew());
        try
        {
            await log.CommandNonQueryExecutingAsync(connection, command, command.CommandText, db, id, connection.ConnectionId, started, CommandSource.SaveChanges, cancellationToken);
            var written = await command.ExecuteNonQueryAsync(cancellationToken);
            await log.CommandNonQueryExecutedAsync(
                connection, command, command.CommandText, db, id, connection.ConnectionId, written, started, watch.Elapsed, CommandSource.SaveChanges, cancellationToken);
        }
        catch (DbException error)
        {
            await log.CommandErrorAsync(
                connection, command, command.CommandText, db, DbCommandMethod.ExecuteNonQuery, id, connection.ConnectionId, error, started, watch.Elapsed, CommandSource.SaveChanges,
                cancellationToken);
            // As SaveChanges has it, so that whoever looks for a broken unique index finds it.
            throw new DbUpdateException($"Rows of {type.DisplayName()} could not be written.", error);
        }
    }

    private sealed record Column(string Name, IClrPropertyGetter Getter, RelationalTypeMapping Mapping, bool IsNullable)
    {
        public object ValueOf(object row)
        {
            var value = Getter.GetClrValue(row);
            return (Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
        }
    }
}
