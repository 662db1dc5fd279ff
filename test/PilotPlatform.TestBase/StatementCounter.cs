using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PilotPlatform.Testing;

/// <summary>Counts SQL statements, so that tests of list endpoints can assert that there is no N+1.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private readonly List<string> statements = [];
    private int others;

    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (gate)
            {
                return [.. statements];
            }
        }
    }

    /// <summary>How many commands went to the database, those included that answer with a number and not with rows.</summary>
    public int Commands
    {
        get
        {
            lock (gate)
            {
                return statements.Count + others;
            }
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            others = 0;
            statements.Clear();
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            statements.Add(command.CommandText);
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            others++;
        }

        return ValueTask.FromResult(result);
    }
}
