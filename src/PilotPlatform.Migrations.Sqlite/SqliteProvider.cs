using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PilotPlatform.Data;
using SQLitePCL;

namespace PilotPlatform.Migrations.Sqlite;

/// <summary>SQLite: the default on one machine.</summary>
public sealed class SqliteProvider : IDatabaseProvider
{
    private static readonly ConnectionPragmas Pragmas = new();

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
        options.UseSqlite(connectionString, o => o.MigrationsAssembly(typeof(SqliteProvider).Assembly)).AddInterceptors(Pragmas);

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) =>
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    /// <summary>Settings that SQLite keeps per connection: wait for a writer, and sync at checkpoints (safe with WAL).</summary>
    private sealed class ConnectionPragmas : DbConnectionInterceptor
    {
        private const string Text = "PRAGMA busy_timeout=15000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;";

        // A pooled connection keeps its handle and with it its settings; a context opens one for each query.
        private readonly ConditionalWeakTable<sqlite3, object> settled = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (IsSettled(connection))
            {
                return;
            }

            using var command = connection.CreateCommand();
            command.CommandText = Text;
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
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
            Settle(connection);
        }

        private bool IsSettled(DbConnection connection) => settled.TryGetValue(((SqliteConnection)connection).Handle!, out _);

        private void Settle(DbConnection connection) => settled.AddOrUpdate(((SqliteConnection)connection).Handle!, this);
    }
}
