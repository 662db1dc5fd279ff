using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PilotPlatform.Data;

/// <summary>What differs between databases; each Migrations project brings one. No other folder knows a provider.</summary>
public interface IDatabaseProvider
{
    /// <summary><c>Sqlite</c>, <c>PostgreSql</c> or <c>SqlServer</c>.</summary>
    string Name { get; }

    /// <summary>Points the options at a database of this kind, with this provider's migrations.</summary>
    void Configure(DbContextOptionsBuilder options, string connectionString);

    /// <summary>True when the error says that a unique index refused a row.</summary>
    bool IsUniqueViolation(DbException error);

    /// <summary>
    /// Statements run after the migrations, each safe to run again: what the model cannot say (append-only triggers of
    /// the audit log, row-level security).
    /// </summary>
    IReadOnlyList<string> GuardStatements { get; }
}
