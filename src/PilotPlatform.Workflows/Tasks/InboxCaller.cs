using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>A delegation that holds today: whose work somebody does.</summary>
internal sealed record DelegationInForce(Guid Id, UserRef From);

/// <summary>Whose work the caller may do: their own, and that of those who delegated theirs to them today.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="Name">Their name.</param>
/// <param name="Keys">Offers that are in their inbox.</param>
/// <param name="Delegators">By offer key, by which delegation it is when it is not their own.</param>
/// <param name="Delegations">What was delegated to the caller for today.</param>
internal sealed record InboxKeys(
    Guid UserId, string Name, IReadOnlyList<string> Keys, IReadOnlyDictionary<string, DelegationInForce> Delegators, IReadOnlyList<DelegationInForce> Delegations)
{
    /// <summary>The caller and those who delegated to them.</summary>
    public IReadOnlyList<Guid> People => [UserId, .. Lenders];

    /// <summary>Those who delegated to the caller.</summary>
    public IEnumerable<Guid> Lenders => Delegations.Select(d => d.From.Id);

    public string? OnBehalfOf(WorkflowTask task) =>
        task.AssigneeId == UserId
            ? (task.DelegationId is { } id ? (Delegations.FirstOrDefault(d => d.Id == id) ?? Delegators.GetValueOrDefault(task.OfferedTo))?.From.Name : null)
            : Delegators.GetValueOrDefault(task.AssigneeId is { } a ? Offer.KeyOfUser(a) : task.OfferedTo)?.From.Name;

    /// <summary>
    /// Whether the task is theirs to do. Four eyes: whoever stands in for somebody who is excluded may do it only when it is
    /// offered to themselves as well. What was claimed by a delegation is theirs while that holds, or as if nobody had it; and it
    /// is not lent on: whoever does another's work cannot have a third do it.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="candidates">Whom an expression named; they need not be of <see cref="People"/>.</param>
    public bool MayDo(WorkflowTask task, IReadOnlyCollection<Guid> candidates)
    {
        if (task.Excludes(UserId))
        {
            return false;
        }

        return task switch
        {
            { AssigneeId: null } => IsOffered(task, candidates),
            { AssigneeId: { } assignee, DelegationId: null } => People.Contains(assignee),
            { DelegationId: { } by } => task.AssigneeId == UserId && (Delegations.Any(d => d.Id == by) || IsOffered(task, candidates)),
        };
    }

    /// <summary>The delegation without which a task that they may claim would not be theirs to claim.</summary>
    public Guid? ClaimsBy(WorkflowTask task, IReadOnlyCollection<Guid> candidates) =>
        IsOwn(task, candidates) ? null
        : (Delegators.GetValueOrDefault(task.OfferedTo) ?? Delegations.FirstOrDefault(d => candidates.Contains(d.From.Id)))?.Id;

    /// <summary>Whether the caller, or somebody whom they stand in for, is among those whom an expression named.</summary>
    public bool AreNamed(IReadOnlyCollection<Guid> candidates) => People.Any(candidates.Contains);

    private bool IsOwn(WorkflowTask task, IReadOnlyCollection<Guid> candidates) =>
        (Keys.Contains(task.OfferedTo) && !Delegators.ContainsKey(task.OfferedTo)) || candidates.Contains(UserId);

    private bool IsOffered(WorkflowTask task, IReadOnlyCollection<Guid> candidates) =>
        IsOwn(task, candidates) || ((Keys.Contains(task.OfferedTo) || AreNamed(candidates)) && !Lenders.Any(task.Excludes));
}

internal sealed class InboxCaller(
    PlatformDbContext db, ICurrentScope scope, IHttpContextAccessor http, IUserDirectory people, IMemoryCache cache, TimeProvider time)
{
    /// <summary>For so long somebody who stood in for another is told why they may not go on.</summary>
    private const int RememberedDays = 90;

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
        return Own(new UserRef(userId, scope.Identity.DisplayName), KeysOf(userId, tenant, roles, await OfficeOfAsync(userId, cancellationToken)));
    }

    /// <summary>Adds what was delegated to the caller for today.</summary>
    public Task<InboxKeys> WithDelegatedAsync(InboxKeys own, CancellationToken cancellationToken) => WithDelegatedAsync(own, scope.RequiredTenant, cancellationToken);

    /// <summary>Everything that is somebody else's to do today.</summary>
    /// <param name="user">The person.</param>
    /// <param name="tenant">Their region.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<InboxKeys> KeysOfAsync(UserRef user, TenantRef tenant, CancellationToken cancellationToken) =>
        await WithDelegatedAsync(Own(user, await KeysOfAsync(user.Id, tenant, cancellationToken)), tenant, cancellationToken);

    /// <summary>The delegation to the caller, over by now, by which a task that they may not do was theirs to do while it held; the latest of several.</summary>
    public async Task<WorkflowDelegation?> OverAsync(WorkflowTask task, IReadOnlyCollection<Guid> candidates, CancellationToken cancellationToken)
    {
        var (userId, tenant, today) = (scope.RequiredUserId, scope.RequiredTenant, time.Today());
        var since = today.AddDays(-RememberedDays);
        var over = await db.Set<WorkflowDelegation>().AsNoTracking()
            .Where(d => d.ToUserId == userId && d.First <= today && d.Last >= since && (d.Last < today || d.EndedAt != null)).ToListAsync(cancellationToken);
        // What came after it had ended was never theirs to see; nor anything by one that was ended before its first day.
        foreach (var delegation in over.Where(d => d.OverAt >= task.OpenedAt && d.OverAt > ChinaTime.StartOf(d.First)).OrderByDescending(d => d.OverAt))
        {
            var from = delegation.FromUserId;
            var wasTheirs = (task.DelegationId == delegation.Id && task.AssigneeId == userId) || task.AssigneeId == from || candidates.Contains(from)
                || (await KeysOfAsync(from, tenant, cancellationToken)).Contains(task.OfferedTo);
            if (wasTheirs && !task.Excludes(userId) && !task.Excludes(from))
            {
                return delegation;
            }
        }

        return null;
    }

    private static InboxKeys Own(UserRef user, List<string> keys) => new(user.Id, user.Name, keys, new Dictionary<string, DelegationInForce>(), []);

    private async Task<InboxKeys> WithDelegatedAsync(InboxKeys own, TenantRef tenant, CancellationToken cancellationToken)
    {
        var userId = own.UserId;
        List<string> keys = [.. own.Keys];
        var delegators = new Dictionary<string, DelegationInForce>(StringComparer.Ordinal);
        List<DelegationInForce> all = [];
        var today = time.Today();
        var delegations = await db.Set<WorkflowDelegation>().AsNoTracking()
            .Where(d => d.ToUserId == userId && d.First <= today && d.Last >= today && d.EndedAt == null).ToListAsync(cancellationToken);
        foreach (var delegation in delegations)
        {
            var from = new DelegationInForce(delegation.Id, new UserRef(delegation.FromUserId, delegation.FromName));
            all.Add(from);
            foreach (var key in (await KeysOfAsync(from.From.Id, tenant, cancellationToken)).Where(k => !keys.Contains(k)))
            {
                keys.Add(key);
                delegators[key] = from;
            }
        }

        return own with { Keys = keys, Delegators = delegators, Delegations = all };
    }

    private async Task<List<string>> KeysOfAsync(Guid userId, TenantRef tenant, CancellationToken cancellationToken) =>
        KeysOf(userId, tenant, await people.RolesOfAsync(userId, cancellationToken), await OfficeOfAsync(userId, cancellationToken));

    private static List<string> KeysOf(Guid userId, TenantRef tenant, IReadOnlyList<string> roles, Guid? officeId) =>
        [Offer.KeyOfUser(userId), .. roles.Select(r => Offer.KeyOfRole(tenant.Id, r)), .. officeId is { } office ? [Offer.KeyOfOffice(office)] : Array.Empty<string>()];

    private async Task<Guid?> OfficeOfAsync(Guid userId, CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync((nameof(InboxCaller), userId), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Remember;
            return (await people.FindAsync([userId], cancellationToken)).GetValueOrDefault(userId)?.OfficeId;
        });
}
