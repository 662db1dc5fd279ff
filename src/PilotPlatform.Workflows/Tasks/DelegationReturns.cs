using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>
/// When a delegation (委派) is over, what its delegate had claimed by it and not done goes back to those it was offered to. Nobody
/// waits for this: from the moment it is over the delegate is refused, whatever stands in the row (<see cref="InboxKeys.MayDo"/>).
/// Each task is a step of its own, and of two nodes that take it the row's stamp and the step's number let one through.
/// </summary>
internal sealed class DelegationReturns(ITenantScopes scopes, StepQueries queries, IDatabaseProvider database, TimeProvider time, ILogger<DelegationReturns> logger)
{
    private const int Batch = 200;

    /// <summary>Gives back what is held by delegations that are over; returns how many tasks went back.</summary>
    public async Task<int> GiveBackAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        return await GiveBackAsync(d => d.Where(x => x.EndedAt != null || x.Last < today), ScopeIdentity.System, cancellationToken);
    }

    /// <summary>Gives back what is held by one delegation, in the name of whoever ended it.</summary>
    public Task<int> GiveBackAsync(Guid delegationId, ScopeIdentity endedBy, CancellationToken cancellationToken) =>
        GiveBackAsync(d => d.Where(x => x.Id == delegationId), _ => endedBy, cancellationToken);

    private async Task<int> GiveBackAsync(
        Func<IQueryable<WorkflowDelegation>, IQueryable<WorkflowDelegation>> which, Func<TenantRef, ScopeIdentity> actorIn, CancellationToken cancellationToken)
    {
        var held = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            return (
                from delegation in which(db.Set<WorkflowDelegation>())
                join task in db.Set<WorkflowTask>() on (Guid?)delegation.Id equals task.DelegationId
                where task.Status == WorkflowTaskStatus.Open || (task.Status == WorkflowTaskStatus.Waiting && task.CompletedBy == null)
                orderby task.Id
                select new { task.Id, delegation.TenantId, delegation.TenantPath }).Take(Batch).ToListAsync(cancellationToken);
        });
        var givenBack = 0;
        foreach (var row in held)
        {
            try
            {
                givenBack += await scopes.RunAsync(actorIn(new TenantRef(row.TenantId, row.TenantPath)), services => GiveBackAsync(services, row.Id, cancellationToken)) ? 1 : 0;
            }
            catch (Exception error) when (database.IsConflict(error))
            {
                // Another node gave it back, or somebody did it this moment; if neither, the next round comes.
                logger.LogInformation("Task {TaskId} changed while it was given back.", row.Id);
            }
        }

        return givenBack;
    }

    private async Task<bool> GiveBackAsync(IServiceProvider services, Guid taskId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        // It may have been done, given back or claimed anew since the look.
        if (await queries.FindTaskAsync(db, taskId, cancellationToken) is not var (task, instance) || !task.IsHeldByDelegation
            || await db.Set<WorkflowDelegation>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == task.DelegationId, cancellationToken) is not { } delegation
            || delegation.OverAt > time.UtcNow())
        {
            return false;
        }

        List<Guid> candidates = task.OfferedTo == Offer.Candidate
            ? await db.Set<WorkflowCandidate>().Where(c => c.TaskId == taskId).Select(c => c.UserId).ToListAsync(cancellationToken) : [];
        var keys = await services.GetRequiredService<InboxCaller>().KeysOfAsync(new UserRef(delegation.ToUserId, delegation.ToName), delegation.Owner, cancellationToken);
        if (keys.MayDo(task, candidates))
        {
            // By a delegation that goes on where this one ended, for another of those it was offered to, or by a role of their own.
            task.HoldBy(keys.ClaimsBy(task, candidates));
            await db.SaveChangesAsync(cancellationToken);
            return false;
        }

        task.TakeBack();
        var engine = services.GetRequiredService<WorkflowEngine>();
        engine.Note(instance, new StepInfo(WorkflowStepKind.DelegationOver, task.NodeId, delegation.ToName));
        if (task.Status == WorkflowTaskStatus.Open)
        {
            engine.Taken(task);
        }

        await TellAsync(services, task, delegation, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Whoever had it, whose work it was, and the others who may claim it.</summary>
    private static async Task TellAsync(IServiceProvider services, WorkflowTask task, WorkflowDelegation delegation, CancellationToken cancellationToken)
    {
        var notifier = services.GetRequiredService<INotifier>();
        var values = new Dictionary<string, string>
        {
            ["from"] = delegation.FromName, ["to"] = delegation.ToName, ["task"] = task.Name, ["subject"] = task.Title,
        };
        // The task itself is not theirs to open any more.
        notifier.NotifyUser(delegation.Owner, delegation.ToUserId, new NotificationMessage("Workflows.DelegationOver", values, "/workflows/inbox"));
        var others = await TaskPeople.OfAsync(task, services.GetRequiredService<IUserDirectory>(), services.GetRequiredService<PlatformDbContext>(), cancellationToken);
        var whose = others.Select(u => (u.Region, u.Id)).Append((Region: delegation.Owner, Id: delegation.FromUserId)).DistinctBy(u => u.Id);
        foreach (var (region, userId) in whose)
        {
            notifier.NotifyUser(region, userId, new NotificationMessage("Workflows.TaskCameBack", values, $"/workflows/tasks/{task.Id}", task.DueOn));
        }
    }
}

internal sealed class DelegationRound(DelegationReturns returns) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public Task RunAsync(CancellationToken cancellationToken) => returns.GiveBackAsync(cancellationToken);
}
