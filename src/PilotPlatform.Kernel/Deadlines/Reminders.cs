using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Deadlines;

/// <summary>The reminders of something that has a day, from the first to the last; a row counts how far it has come.</summary>
internal enum ReminderStage
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>The day is near.</summary>
    Soon = 1,

    /// <summary>It is the day.</summary>
    Today = 2,

    /// <summary>The day has passed.</summary>
    Overdue = 3,
}

/// <summary>A row of whose day people are reminded.</summary>
public interface IReminded
{
    /// <summary>The day, in China; of what has none nobody is reminded.</summary>
    DateOnly? DueOn { get; }

    /// <summary>How many of the three reminders were sent or passed over; 0 for a new row.</summary>
    int RemindersSent { get; }

    /// <summary>Keeps how far the reminders have come.</summary>
    void Reminded(int remindersSent);
}

/// <summary>When which reminder is due: some days before the day, on it, and the day after.</summary>
/// <param name="DaysBefore">How many days before the day the first one comes.</param>
public sealed record ReminderStages(int DaysBefore)
{
    /// <summary>Which reminder is due on a day, whether it was sent or not; a later one stands for those before it.</summary>
    internal ReminderStage On(DateOnly today, DateOnly? dueOn)
    {
        var stage = ReminderStage.Overdue;
        while (stage > ReminderStage.None && !(dueOn <= LastDay(stage, today)))
        {
            stage--;
        }

        return stage;
    }

    /// <summary>The rows of which a reminder is due on a day and was not sent.</summary>
    internal IQueryable<T> Awaited<T>(IQueryable<T> rows, DateOnly today)
        where T : class, IReminded
    {
        var (soon, now, late) = (LastDay(ReminderStage.Soon, today), LastDay(ReminderStage.Today, today), LastDay(ReminderStage.Overdue, today));
        // Each stage lies within the one before it: one range of days for an index, whatever the stage.
        return rows.Where(r => r.DueOn <= soon
            && (r.RemindersSent < (int)ReminderStage.Soon
                || (r.DueOn <= now
                    && (r.RemindersSent < (int)ReminderStage.Today
                        || (r.DueOn <= late && r.RemindersSent < (int)ReminderStage.Overdue)))));
    }

    private DateOnly LastDay(ReminderStage stage, DateOnly today) => today.AddDays(stage switch
    {
        ReminderStage.Soon => DaysBefore,
        ReminderStage.Today => 0,
        _ => -1,
    });
}

/// <summary>
/// Sends the reminders that are due, each in a scope of its row's region. What a stopped server missed is sent when it is up again,
/// and of several stages missed the last alone. The row's stamp sees to it that only one node reminds.
/// </summary>
public sealed class ReminderRounds(ITenantScopes scopes, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Sends what is due today; returns of how many rows somebody was reminded.</summary>
    /// <param name="stages">When which reminder is due.</param>
    /// <param name="open">The rows of which people are still to be reminded.</param>
    /// <param name="tellAsync">Tells them, within the changes that are saved with the row; true for a row that is overdue. Answers whether there was anybody to tell.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task<int> SendAsync<T>(
        ReminderStages stages, Func<PlatformDbContext, IQueryable<T>> open, Func<IServiceProvider, T, bool, CancellationToken, Task<bool>> tellAsync,
        CancellationToken cancellationToken)
        where T : TenantEntity, IReminded
    {
        var due = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
            await stages.Awaited(open(services.GetRequiredService<PlatformDbContext>()), time.Today())
                .OrderBy(r => r.DueOn).ThenBy(r => r.Id).Take(Batch).Select(r => new { r.Id, r.TenantId, r.TenantPath }).ToListAsync(cancellationToken));
        var sent = 0;
        foreach (var row in due)
        {
            sent += await scopes.RunAsync(
                ScopeIdentity.System(new TenantRef(row.TenantId, row.TenantPath)),
                services => RemindAsync(services, row.Id, stages, open, tellAsync, cancellationToken)) ? 1 : 0;
        }

        return sent;
    }

    private async Task<bool> RemindAsync<T>(
        IServiceProvider services, Guid id, ReminderStages stages, Func<PlatformDbContext, IQueryable<T>> open,
        Func<IServiceProvider, T, bool, CancellationToken, Task<bool>> tellAsync, CancellationToken cancellationToken)
        where T : TenantEntity, IReminded
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        // It may have been done, or reminded of by another node, since the look.
        if (await open(db).FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } row
            || stages.On(time.Today(), row.DueOn) is var stage && (int)stage <= row.RemindersSent)
        {
            return false;
        }

        var isAnybodyTold = await tellAsync(services, row, stage == ReminderStage.Overdue, cancellationToken);
        row.Reminded((int)stage);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return isAnybodyTold;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node reminds, or the row was done this moment.
            return false;
        }
    }
}
