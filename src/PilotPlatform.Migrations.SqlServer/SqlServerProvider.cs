using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Migrations.SqlServer;

/// <summary>SQL Server 2019 or later. No server can run where this is built: the script is checked by Microsoft's parser only.</summary>
public sealed class SqlServerProvider : IDatabaseProvider
{
    /// <inheritdoc/>
    public string Name => "SqlServer";

    /// <inheritdoc/>
    public IReadOnlyList<string> GuardStatements { get; } =
    [
        .. from table in new[] { "KernelAudit", "KernelAuditSeals" }
           select $"CREATE OR ALTER TRIGGER [{table}_AppendOnly] ON [{table}] INSTEAD OF UPDATE, DELETE AS BEGIN SET NOCOUNT ON; THROW 51000, 'The audit log is append-only.', 1; END",
    ];

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(connectionString, o => o.MigrationsAssembly(typeof(SqlServerProvider).Assembly));

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) => error is SqlException { Number: 2601 or 2627 };
}
