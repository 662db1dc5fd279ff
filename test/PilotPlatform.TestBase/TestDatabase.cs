using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Npgsql;
using PilotPlatform.Data;
using PilotPlatform.Migrations.PostgreSql;
using PilotPlatform.Migrations.Sqlite;

namespace PilotPlatform.Testing;

/// <summary>
/// A database of one test class: a SQLite file, or, when PILOT_TEST_POSTGRES holds a connection string of a server's
/// superuser, a database on that server. etc/test.sh runs the use cases once with each. Schema and first rows are made
/// once for each kind of app and process; later classes start from a copy.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("PILOT_TEST_POSTGRES");
    private static readonly ConcurrentDictionary<Type, Template> Templates = [];

    private readonly string name = $"pilot_{Guid.NewGuid():N}";

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var template in Templates.Values)
        {
            template.Filled?.Dispose();
        }
    };

    public TestDatabase()
    {
        if (string.IsNullOrEmpty(Postgres))
        {
            // A test's database need not outlive a power cut.
            Provider = new SqliteProvider(syncsEveryCommit: false);
            ConnectionString = $"Data Source={FileName};Pooling=True";
        }
        else
        {
            Provider = new PostgreSqlProvider();
            ConnectionString = new NpgsqlConnectionStringBuilder(Postgres) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        }
    }

    public IDatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    private string FileName => Path.Combine(Path.GetTempPath(), name + ".db");

    /// <summary>Has the database filled, or copies one that was filled for the same kind of app.</summary>
    public async Task FillAsync(Type kind, Func<Task> fill)
    {
        var template = Templates.GetOrAdd(kind, _ => new Template());
        await template.Gate.WaitAsync();
        try
        {
            if (template.Filled is { } filled)
            {
                filled.CopyTo(this);
                return;
            }

            await fill();
            var copy = new TestDatabase();
            CopyTo(copy);
            template.Filled = copy;
        }
        finally
        {
            template.Gate.Release();
        }
    }

    public void Dispose()
    {
        Disconnect();
        if (Provider is SqliteProvider)
        {
            foreach (var file in new[] { FileName, FileName + "-wal", FileName + "-shm" })
            {
                File.Delete(file);
            }
        }
        else
        {
            Administer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private void CopyTo(TestDatabase other)
    {
        Disconnect();
        if (Provider is SqliteProvider)
        {
            // Reads through the log, which File.Copy would leave behind.
            using var connection = new SqliteConnection($"Data Source={FileName};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $target";
            command.Parameters.AddWithValue("$target", other.FileName);
            command.ExecuteNonQuery();
        }
        else
        {
            // Refused while anybody is connected to the one that is copied.
            Administer($"CREATE DATABASE {other.name} TEMPLATE {name}");
        }
    }

    private void Disconnect()
    {
        if (Provider is SqliteProvider)
        {
            SqliteProvider.EndIdleConnections();
        }
        else
        {
            using var connection = new NpgsqlConnection(ConnectionString);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private static void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(Postgres);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Template
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public TestDatabase? Filled { get; set; }
    }
}
