using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Migrations.Sqlite;

namespace PilotPlatform.Kernel.Tests;

/// <summary>Contexts on SQLite take turns on open connections: nothing of one may reach the next.</summary>
public sealed class KeptConnectionTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"kept-{Guid.NewGuid():N}.db");

    public KeptConnectionTests()
    {
        using var db = Open();
        db.Database.EnsureCreated();
    }

    public void Dispose()
    {
        SqliteProvider.EndIdleConnections();
        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(part);
        }
    }

    [Fact]
    public void Dispose_WhenNothingIsLeftOpen_LendsTheConnectionToTheNextContext()
    {
        var first = Connect();
        Connect().ShouldBeSameAs(first);

        using var holder = Open();
        holder.Database.GetDbConnection().ShouldBeSameAs(first);
        Connect().ShouldNotBeSameAs(first, "one that is held is nobody else's");
    }

    [Fact]
    public void Dispose_WhenTheTransactionWasNotCommitted_UndoesIt()
    {
        using (var db = Open())
        {
            db.Database.BeginTransaction();
            db.Add(new Note { Id = 1, Text = "不应留下" });
            db.SaveChanges();
        }

        using var next = Open();
        next.Notes.ShouldBeEmpty();
        next.Add(new Note { Id = 1, Text = "留下" });
        next.SaveChanges();
        ReadBeside("SELECT Text FROM Notes").ShouldBe("留下");
    }

    [Fact]
    public void Dispose_WhenAQueryIsStillRead_EndsTheConnection()
    {
        Fill(3);
        var db = Open();
        var connection = db.Database.GetDbConnection();
        var reading = db.Notes.AsNoTracking().AsEnumerable().GetEnumerator();
        reading.MoveNext().ShouldBeTrue();
        db.Dispose();

        using var next = Open();
        next.Database.GetDbConnection().ShouldNotBeSameAs(connection);
        next.Notes.Count().ShouldBe(3);
    }

    [Fact]
    public void Query_WhileTheSameIsStillRead_ReadsForItself()
    {
        Fill(3);
        using var db = Open();
        var pairs = new List<(int, int)>();
        foreach (var outer in db.Notes.AsNoTracking().OrderBy(n => n.Id))
        {
            pairs.AddRange(db.Notes.AsNoTracking().OrderBy(n => n.Id).AsEnumerable().Select(inner => (outer.Id, inner.Id)));
        }

        pairs.ShouldBe([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)]);
    }

    [Fact]
    public void Query_OfTheSameText_TakesTheValuesOfThisTime()
    {
        Fill(3);
        foreach (var wanted in new[] { 2, 3, 1 })
        {
            using var db = Open();
            db.Notes.Single(n => n.Id == wanted).Text.ShouldBe($"第{wanted}条");
        }
    }

    [Fact]
    public void Query_AfterTheSchemaChanged_SeesTheNewOne()
    {
        Fill(1);
        using (var db = Open())
        {
            db.Notes.Single().Text.ShouldBe("第1条");
        }

        ReadBeside("DROP TABLE Notes; CREATE TABLE Notes (Text TEXT NOT NULL, Id INTEGER NOT NULL PRIMARY KEY); INSERT INTO Notes VALUES ('另一张表', 7); SELECT 1");
        using var next = Open();
        next.Notes.Single().ShouldSatisfyAllConditions(n => n.Id.ShouldBe(7), n => n.Text.ShouldBe("另一张表"));
    }

    [Fact]
    public void Query_OfManyDifferentTexts_StaysRight()
    {
        Fill(3);
        for (var length = 1; length <= 250; length++)
        {
            using var db = Open();
            var text = $"SELECT COUNT(*) AS Value FROM Notes WHERE Id <> {length} AND Id > 0";
            db.Database.SqlQueryRaw<int>(text).AsEnumerable().Single().ShouldBe(length <= 3 ? 2 : 3);
        }

        using var after = Open();
        after.Notes.Count().ShouldBe(3);
    }

    [Fact]
    public void Query_WithAFunctionOfTheMapper_FindsItOnEveryConnection()
    {
        Fill(12);
        for (var time = 0; time < 2; time++)
        {
            using var db = Open();
            db.Notes.Count(n => Regex.IsMatch(n.Text, "第1[0-9]*条")).ShouldBe(4);
            SqliteProvider.EndIdleConnections();
        }
    }

    [Theory]
    [InlineData(true, 2L)]
    [InlineData(false, 1L)]
    public void Connection_ThatIsLentAgain_KeepsItsSettings(bool syncsEveryCommit, long synchronous)
    {
        for (var time = 0; time < 2; time++)
        {
            using var db = Open(syncsEveryCommit);
            db.Database.SqlQueryRaw<long>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").AsEnumerable().Single().ShouldBe(1);
            db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").AsEnumerable().Single().ShouldBe(synchronous);
        }
    }

    [Fact]
    public void EndIdleConnections_LetsTheFileGo()
    {
        Fill(1);
        SqliteProvider.EndIdleConnections();
        // The last connection merges the log and removes it.
        File.Exists(file + "-wal").ShouldBeFalse();
        File.Delete(file);

        using var db = Open();
        db.Database.EnsureCreated();
        db.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Connection_WhenPoolingIsOff_IsNotKept()
    {
        using var db = Open(pooling: false);
        db.Notes.ShouldBeEmpty();
        db.Database.GetDbConnection().State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Fact]
    public async Task Contexts_ManyAtOnce_EachWriteTheirs()
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, 200), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, cancellationToken) =>
        {
            await using var db = Open();
            db.Add(new Note { Id = id, Text = $"第{id}条" });
            await db.SaveChangesAsync(cancellationToken);
            (await db.Notes.AsNoTracking().SingleAsync(n => n.Id == id, cancellationToken)).Text.ShouldBe($"第{id}条");
        });

        using var after = Open();
        after.Notes.Count().ShouldBe(200);
    }

    private Notebook Open(bool syncsEveryCommit = false, bool pooling = true)
    {
        var options = new DbContextOptionsBuilder<Notebook>();
        new SqliteProvider(syncsEveryCommit).Configure(options, $"Data Source={file};Pooling={pooling}");
        return new Notebook(options.Options);
    }

    private System.Data.Common.DbConnection Connect()
    {
        using var db = Open();
        db.Notes.Count().ShouldBe(0);
        return db.Database.GetDbConnection();
    }

    private void Fill(int count)
    {
        using var db = Open();
        db.AddRange(Enumerable.Range(1, count).Select(id => new Note { Id = id, Text = $"第{id}条" }));
        db.SaveChanges();
    }

    private string? ReadBeside(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    private sealed class Notebook(DbContextOptions<Notebook> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();
    }

    private sealed class Note
    {
        public int Id { get; set; }

        public string Text { get; set; } = "";
    }
}
