using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PilotPlatform.Data;
using SQLitePCL;

namespace PilotPlatform.Migrations.Sqlite;

/// <summary>SQLite: the default on one machine.</summary>
/// <param name="syncsEveryCommit">
/// True (the product): a commit waits for the disk, so that what was said to be handed in survives a power cut. False: only
/// checkpoints wait; a power cut may take the last commits, the end of a process takes none.
/// </param>
public sealed class SqliteProvider(bool syncsEveryCommit) : IDatabaseProvider
{
    // One each, so that contexts of one kind share EF Core's services.
    private static readonly ConnectionPragmas Synced = new("FULL");
    private static readonly ConnectionPragmas Unsynced = new("NORMAL");

    /// <inheritdoc/>
    public string Name => "Sqlite";

    /// <inheritdoc/>
    public IReadOnlyList<string> GuardStatements { get; } =
    [
        .. from table in new[] { "KernelAudit", "KernelAuditSeals" }
           from verb in new[] { "UPDATE", "DELETE" }
           select $"CREATE TRIGGER IF NOT EXISTS \"{table}_AppendOnly_{verb}\" BEFORE {verb} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END",
    ];

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString, o => o.MigrationsAssembly(typeof(SqliteProvider).Assembly)).AddInterceptors(syncsEveryCommit ? Synced : Unsynced);

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) =>
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    /// <summary>Settings that SQLite keeps per connection: wait for a writer, a log that readers do not wait for, when to wait for the disk.</summary>
    private sealed class ConnectionPragmas(string synchronous) : DbConnectionInterceptor
    {
        private readonly string text = $"PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;";

        // A pooled connection keeps its handle and with it its settings; a context opens one for each query.
        private readonly ConditionalWeakTable<sqlite3, object> settled = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (IsSettled(connection))
            {
                return;
            }

            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
            Settle(connection);
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (IsSettled(connection))
            {
                return;
            }

            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync(cancellationToken);
            Settle(connection);
        }

        private bool IsSettled(DbConnection connection) => settled.TryGetValue(((SqliteConnection)connection).Handle!, out _);

        private void Settle(DbConnection connection) => settled.AddOrUpdate(((SqliteConnection)connection).Handle!, this);
    }
}
