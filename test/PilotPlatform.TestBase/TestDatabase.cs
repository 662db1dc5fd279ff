using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Migrations.PostgreSql;
using PilotPlatform.Migrations.Sqlite;

namespace PilotPlatform.Testing;

/// <summary>
/// A database of one test class: a SQLite file, or, when PILOT_TEST_POSTGRES holds a connection string of a server's
/// superuser, a database on that server. etc/test.sh runs the use cases once with each.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("PILOT_TEST_POSTGRES");
    private readonly string name = $"pilot_{Environment.ProcessId}_{Interlocked.Increment(ref counter)}";
    private static int counter;

    public TestDatabase()
    {
        if (string.IsNullOrEmpty(Postgres))
        {
            Provider = new SqliteProvider();
            ConnectionString = $"Data Source={FileName};Pooling=True";
        }
        else
        {
            Provider = new PostgreSqlProvider();
            ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(Postgres) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        }
    }

    public IDatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    private string FileName => Path.Combine(Path.GetTempPath(), name + ".db");

    public void Dispose()
    {
        if (Provider is SqliteProvider)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (var file in new[] { FileName, FileName + "-wal", FileName + "-shm" })
            {
                File.Delete(file);
            }
        }
        else
        {
            using var connection = new Npgsql.NpgsqlConnection(Postgres);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";
            command.ExecuteNonQuery();
        }
    }
}
