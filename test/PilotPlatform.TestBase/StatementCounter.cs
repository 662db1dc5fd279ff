using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PilotPlatform.Testing;

/// <summary>Counts SQL statements, so that tests of list endpoints can assert that there is no N+1.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private readonly List<string> statements = [];

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

    public void Reset()
    {
        lock (gate)
        {
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
}
