using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IAccountChanges"/>
/// <remarks>It looks at what is saved rather than being told, so that nobody who changes accounts can forget to tell.</remarks>
internal sealed class AccountChanges : SaveChangesInterceptor, IDbTransactionInterceptor, IAccountChanges
{
    private readonly ConditionalWeakTable<DbContext, object> saving = [];
    private readonly ConditionalWeakTable<DbContext, object> uncommitted = [];
    private long stamp;

    public long Stamp => Interlocked.Read(ref stamp);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Count(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Count(eventData.Context);
        return ValueTask.FromResult(result);
    }

    void IDbTransactionInterceptor.TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => CountCommitted(eventData.Context);

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        CountCommitted(eventData.Context);
        return Task.CompletedTask;
    }

    private void Look(DbContext? db)
    {
        if (db is not null && db.ChangeTracker.Entries<User>().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            saving.AddOrUpdate(db, db);
        }
    }

    private void Count(DbContext? db)
    {
        if (db is not null && saving.Remove(db))
        {
            Interlocked.Increment(ref stamp);
            if (db.Database.CurrentTransaction is not null)
            {
                // Others see it only when it is committed: whoever looked since has seen what was before.
                uncommitted.AddOrUpdate(db, db);
            }
        }
    }

    private void CountCommitted(DbContext? db)
    {
        if (db is not null && uncommitted.Remove(db))
        {
            Interlocked.Increment(ref stamp);
        }
    }
}
