using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PilotPlatform.Migrations.Sqlite;

/// <summary>
/// A connection that outlives the contexts that work on it, with the statements that SQLite has prepared for it. Preparing takes
/// SQLite longer than running what a step writes, and a connection opened anew is told all of the mapper's functions again.
/// </summary>
/// <param name="connectionString">Which database.</param>
/// <param name="home">Where it waits between two contexts.</param>
internal sealed class KeptConnection(string connectionString, ConcurrentStack<KeptConnection> home) : SqliteConnection(connectionString)
{
    /// <summary>More different statements than one connection sees in ordinary work; lists of values make texts without end.</summary>
    private const int MostStatements = 100;

    /// <summary>A connection looks at the planner's statistics when it is opened: it ends now and then, so that it sees newer ones.</summary>
    private const int MostUses = 10_000;

    private readonly Dictionary<string, PreparedCommand> prepared = new(StringComparer.Ordinal);
    private int uses;
    private long clock;

    public ConcurrentStack<KeptConnection> Home { get; } = home;

    /// <summary>For a context that ended. False when something of it is left or the connection has done its time: it must be ended.</summary>
    public bool TryRelease()
    {
        uses++;
        if (uses >= MostUses || State != ConnectionState.Open || Transaction is not null || raw.sqlite3_get_autocommit(Handle) == 0
            || prepared.Values.Any(p => p.IsReading))
        {
            return false;
        }

        foreach (var command in prepared.Values)
        {
            // Values are of the context that ended.
            command.Parameters.Clear();
        }

        return true;
    }

    /// <summary>Closes it for good, and with it what it has prepared.</summary>
    public void End()
    {
        base.Close();
        base.Dispose(true);
    }

    /// <summary>The mapper closes after each query: what is undone is rolled back, as a real close would; the connection stays.</summary>
    public override void Close() => Transaction?.Dispose();

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new ReusingCommand { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>The prepared command of a text, unless the text is better prepared anew or its reader is still open.</summary>
    private bool TryPrepared(string text, [NotNullWhen(true)] out PreparedCommand? command)
    {
        command = null;
        if (!IsRepeated(text))
        {
            return false;
        }

        if (!prepared.TryGetValue(text, out command))
        {
            MakeRoom();
            command = new PreparedCommand { Connection = this, CommandText = text };
            prepared.Add(text, command);
        }

        command.LastUse = clock++;
        return !command.IsReading;
    }

    private void MakeRoom()
    {
        if (prepared.Count >= MostStatements && prepared.Where(p => !p.Value.IsReading).OrderBy(p => p.Value.LastUse).FirstOrDefault() is { Key: { } oldest, Value: { } command })
        {
            prepared.Remove(oldest);
            command.Dispose();
        }
    }

    /// <summary>Questions, changes and transactions; a PRAGMA may act when it is prepared, and a change of the schema comes once.</summary>
    private static bool IsRepeated(string text) =>
        text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal) || text.StartsWith("UPDATE", StringComparison.Ordinal)
        || text.StartsWith("DELETE", StringComparison.Ordinal) || text.StartsWith("BEGIN", StringComparison.Ordinal) || text.StartsWith("COMMIT", StringComparison.Ordinal)
        || text.StartsWith("ROLLBACK", StringComparison.Ordinal);

    /// <summary>What callers get: runs the prepared command of the same text.</summary>
    private sealed class ReusingCommand : SqliteCommand
    {
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            if (Connection is not KeptConnection { State: ConnectionState.Open } connection || !connection.TryPrepared(CommandText, out var command))
            {
                return base.ExecuteReader(behavior);
            }

            command.Transaction = Transaction;
            command.CommandTimeout = CommandTimeout;
            command.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                command.Parameters.Add(parameter);
            }

            return command.ExecuteReader(behavior);
        }
    }

    /// <summary>Keeps what SQLite prepared for its text.</summary>
    private sealed class PreparedCommand : SqliteCommand
    {
        public bool IsReading => DataReader is not null;

        public long LastUse { get; set; }
    }
}
