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
    public IReadOnlyList<string> GuardStatements { get; } = [];

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, o => o.MigrationsAssembly(typeof(PostgreSqlProvider).Assembly));

    /// <inheritdoc/>
    public bool IsUniqueViolation(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
