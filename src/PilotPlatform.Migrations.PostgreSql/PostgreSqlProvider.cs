using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PilotPlatform.Data;

namespace PilotPlatform.Migrations.PostgreSql;

/// <summary>PostgreSQL 15 or later: several application nodes on one database.</summary>
public sealed class PostgreSqlProvider : IDatabaseProvider
{
    /// <inheritdoc/>
    public string Name => "PostgreSql";

    /// <inheritdoc/>
    public IReadOnlyList<string> GuardStatements { get; } =
    [
        "CREATE OR REPLACE FUNCTION kernel_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$",
        .. from table in new[] { "KernelAudit", "KernelAuditSeals" }
           from statement in new[]
           {
               $"CREATE OR REPLACE TRIGGER \"{table}_AppendOnly\" BEFORE UPDATE OR DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION kernel_audit_append_only()",
               $"CREATE OR REPLACE TRIGGER \"{table}_AppendOnly_Truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION kernel_audit_append_only()",
           }
           select statement,
    ];

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, o => o.MigrationsAssembly(typeof(PostgreSqlProvider).Assembly));

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
