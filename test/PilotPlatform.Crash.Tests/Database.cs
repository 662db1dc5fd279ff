using Microsoft.Data.Sqlite;

namespace PilotPlatform.Crash.Tests;

/// <summary>The installation's database file, read past the product.</summary>
internal sealed class Database(string file)
{
    private readonly string log = file + "-wal";

    /// <summary>How many bytes the write-ahead log has grown to: the progress of whoever writes.</summary>
    public long Written => new FileInfo(log) is { Exists: true } found ? found.Length : 0;

    public long Count(string sql, params (string Name, string Value)[] values) => (long)Scalar(sql, values)!;

    public string Text(string sql, params (string Name, string Value)[] values) => (string)Scalar(sql, values)!;

    public void Execute(string sql) => Scalar(sql, []);

    /// <summary>Empties the log, so that <see cref="Written"/> tells only of what comes now.</summary>
    public void EmptyLog()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            // 0: nobody was in the way
            if (Convert.ToInt64(Scalar("PRAGMA wal_checkpoint(TRUNCATE)", []), System.Globalization.CultureInfo.InvariantCulture) == 0 && Written == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("The log could not be emptied.");
    }

    private object? Scalar(string sql, (string Name, string Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=15000";
        command.ExecuteNonQuery();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue("$" + name, value);
        }

        return command.ExecuteScalar();
    }
}
