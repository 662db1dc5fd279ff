using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Migrations.Sqlite;

/// <summary>SQLite: the default on one machine.</summary>
/// <param name="syncsEveryCommit">
/// True (the product): a commit waits for the disk, so that what was said to be handed in survives a power cut. False: only
/// checkpoints wait; a power cut may take the last commits, the end of a process takes none.
/// </param>
public sealed class SqliteProvider(bool syncsEveryCommit) : IDatabaseProvider
{
    // One each, so that contexts of one kind share EF Core's services.
    private static readonly KeptConnections Synced = new("FULL");
    private static readonly KeptConnections Unsynced = new("NORMAL");

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

    /// <summary>Ends the connections that wait for their next use, of all databases: before a file is copied or deleted.</summary>
    public static void EndIdleConnections()
    {
        Synced.EndIdle();
        Unsynced.EndIdle();
    }

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) =>
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };
}
