using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PilotPlatform.Migrations.Sqlite;

/// <summary>
/// Lends each context a connection that is open already and takes it back, and sets what SQLite keeps per connection when one
/// is opened: wait for a writer, a log that readers do not wait for, when to wait for the disk.
/// </summary>
internal sealed class KeptConnections : DbConnectionInterceptor
{
    /// <summary>As many as are worth their memory (SQLite's page cache, 2 MB each); under more load the others are opened and ended.</summary>
    private const int MostIdle = 32;

    private readonly ConcurrentDictionary<string, ConcurrentStack<KeptConnection>> idle = new(StringComparer.Ordinal);
    private readonly string settings;

    public KeptConnections(string synchronous)
    {
        settings = $"PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;";
        // The last connection that ends merges the log into the file.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndIdle();
    }

    /// <summary>Ends what waits for its next use.</summary>
    public void EndIdle()
    {
        foreach (var connections in idle.Values)
        {
            while (connections.TryPop(out var connection))
            {
                connection.End();
            }
        }
    }

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
    {
        var text = eventData.ConnectionString!;
        var waiting = idle.GetOrAdd(text, _ => new());
        if (!waiting.TryPop(out var connection))
        {
            var options = new SqliteConnectionStringBuilder(text);
            if (!options.Pooling)
            {
                return result;
            }

            options.Pooling = false;
            connection = Create(options.ConnectionString, waiting);
        }

        return InterceptionResult<DbConnection>.SuppressWithResult(connection);
    }

    public override InterceptionResult ConnectionDisposing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        if (connection is not KeptConnection kept)
        {
            return result;
        }

        if (kept.Home.Count < MostIdle && kept.TryRelease())
        {
            kept.Home.Push(kept);
        }
        else
        {
            kept.End();
        }

        return InterceptionResult.Suppress();
    }

    public override ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(ConnectionDisposing(connection, eventData, result));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static KeptConnection Create(string connectionString, ConcurrentStack<KeptConnection> home)
    {
        var connection = new KeptConnection(connectionString, home);
        // A context on a given connection tells it the mapper's functions: once for all contexts to come.
        using var context = new DbContext(new DbContextOptionsBuilder().UseSqlite(connection).Options);
        context.Database.GetDbConnection();
        return connection;
    }
}
