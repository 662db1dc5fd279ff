using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PilotPlatform.Data;

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

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
