using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PilotPlatform.Workflows.Lab;

/// <summary>Counts statements, also those that a provider sends together.</summary>
internal sealed class StatementCounter : DbCommandInterceptor
{
    // A line that begins with a verb and follows the end of a former statement: subqueries are indented.
    private static readonly Regex Statement = new(@"(?:\A|;\n)\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private long statements;

    public long Statements => statements;

    /// <summary>Counts what <paramref name="work"/> sends.</summary>
    public async Task MeasureAsync(Func<Task> work)
    {
        statements = 0;
        await work();
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return ValueTask.FromResult(result);
    }

    private void Count(DbCommand command) => Interlocked.Add(ref statements, Statement.Count(command.CommandText));
}
