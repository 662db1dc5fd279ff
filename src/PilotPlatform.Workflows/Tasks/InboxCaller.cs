using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>Whose work the caller may do: their own, and that of those who delegated theirs to them today.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="Name">Their name.</param>
/// <param name="Keys">Offers that are in their inbox.</param>
/// <param name="Delegators">By offer key, whose it is when it is not their own.</param>
/// <param name="People">The caller and those who delegated to them.</param>
internal sealed record InboxKeys(
    Guid UserId, string Name, IReadOnlyList<string> Keys, IReadOnlyDictionary<string, UserRef> Delegators, IReadOnlyList<Guid> People)
{
    public string? OnBehalfOf(WorkflowTask task) =>
        task.AssigneeId == UserId ? null
        : Delegators.TryGetValue(task.AssigneeId is { } a ? Offer.KeyOfUser(a) : task.OfferedTo, out var delegator) ? delegator.Name : null;

    /// <summary>Those who delegated to the caller.</summary>
    public IEnumerable<Guid> Lenders => People.Where(p => p != UserId);

    /// <summary>
    /// Whether the task is theirs to do. Four eyes: whoever stands in for somebody who is excluded may do it only when it is
    /// offered to themselves as well.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="candidates">Whom an expression named; they need not be of <see cref="People"/>.</param>
    public bool MayDo(WorkflowTask task, IReadOnlyCollection<Guid> candidates)
    {
        if (task.Excludes(UserId))
        {
            return false;
        }

        if (task.AssigneeId is { } assignee)
        {
            return People.Contains(assignee);
        }

        var own = (Keys.Contains(task.OfferedTo) && !Delegators.ContainsKey(task.OfferedTo)) || candidates.Contains(UserId);
        return own || ((Keys.Contains(task.OfferedTo) || AreNamed(candidates)) && !Lenders.Any(task.Excludes));
    }

    /// <summary>Whether the caller, or somebody whom they stand in for, is among those whom an expression named.</summary>
    public bool AreNamed(IReadOnlyCollection<Guid> candidates) => People.Any(candidates.Contains);
}

internal sealed class InboxCaller(
    PlatformDbContext db, ICurrentScope scope, IHttpContextAccessor http, IUserDirectory people, IMemoryCache cache, TimeProvider time)
{
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(1);

    /// <summary>Everything that is the caller's to do, by themselves or for somebody who delegated to them.</summary>
    public async Task<InboxKeys> KeysAsync(CancellationToken cancellationToken) => await WithDelegatedAsync(await OwnKeysAsync(cancellationToken), cancellationToken);

    /// <summary>What is the caller's own to do: enough for most verbs, and one statement less.</summary>
    public async Task<InboxKeys> OwnKeysAsync(CancellationToken cancellationToken)
    {
        var userId = scope.RequiredUserId;
        var tenant = scope.RequiredTenant;
        var roles = http.HttpContext?.User.FindAll(PlatformClaims.Role).Select(c => c.Value).ToList()
            ?? [.. await people.RolesOfAsync(userId, cancellationToken)];
        var keys = KeysOf(userId, tenant, roles, await OfficeOfAsync(userId, cancellationToken));
        return new InboxKeys(userId, scope.Identity.DisplayName, keys, new Dictionary<string, UserRef>(), [userId]);
    }

    /// <summary>Adds what was delegated to the caller for today.</summary>
    public async Task<InboxKeys> WithDelegatedAsync(InboxKeys own, CancellationToken cancellationToken)
    {
        var userId = own.UserId;
        var tenant = scope.RequiredTenant;
        List<string> keys = [.. own.Keys];
        var delegators = new Dictionary<string, UserRef>(StringComparer.Ordinal);
        List<Guid> everybody = [userId];
        var today = time.Today();
        var delegations = await db.Set<WorkflowDelegation>().AsNoTracking()
            .Where(d => d.ToUserId == userId && d.First <= today && d.Last >= today && d.EndedAt == null).ToListAsync(cancellationToken);
        foreach (var delegation in delegations)
        {
            var from = new UserRef(delegation.FromUserId, delegation.FromName);
            everybody.Add(from.Id);
            var theirs = KeysOf(
                from.Id, tenant, await people.RolesOfAsync(from.Id, cancellationToken), await OfficeOfAsync(from.Id, cancellationToken));
            foreach (var key in theirs.Where(k => !keys.Contains(k)))
            {
                keys.Add(key);
                delegators[key] = from;
            }
        }

        return own with { Keys = keys, Delegators = delegators, People = everybody };
    }

    private static List<string> KeysOf(Guid userId, TenantRef tenant, IReadOnlyList<string> roles, Guid? officeId) =>
        [Offer.KeyOfUser(userId), .. roles.Select(r => Offer.KeyOfRole(tenant.Id, r)), .. officeId is { } office ? [Offer.KeyOfOffice(office)] : Array.Empty<string>()];

    private async Task<Guid?> OfficeOfAsync(Guid userId, CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync((nameof(InboxCaller), userId), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Remember;
            return (await people.FindAsync([userId], cancellationToken)).GetValueOrDefault(userId)?.OfficeId;
        });
}
