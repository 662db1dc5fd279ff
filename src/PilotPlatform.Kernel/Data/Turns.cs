using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace PilotPlatform.Data;

/// <summary>
/// Turns at a row. Where what somebody does depends on what others have done (who is the last, or the first, or the only one),
/// a stamp would refuse the second of two; here it waits, on whichever node it is, and then sees what the first has left.
/// </summary>
public static class Turns
{
    /// <summary>
    /// Does work in one transaction that nobody else does at the same time for the same row. Whatever it depends on is to be read
    /// within. The row itself stays as it is, its stamp too.
    /// </summary>
    /// <param name="db">The context; what the work saves through it is committed at the end.</param>
    /// <param name="row">The row; where there is none, the work is done all the same and finds that out.</param>
    /// <param name="work">The work; no other context may write meanwhile.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TResult> InTurnAsync<TRow, TResult>(
        this PlatformDbContext db, Expression<Func<TRow, bool>> row, Func<Task<TResult>> work, CancellationToken cancellationToken)
        where TRow : Entity
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Writing the row as it is holds it until the transaction ends, on every database.
        await db.Set<TRow>().Where(row).ExecuteUpdateAsync(s => s.SetProperty(r => r.ConcurrencyStamp, r => r.ConcurrencyStamp), cancellationToken);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        db.SignalAfterCommit();
        return result;
    }
}
