using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>委派: who does whose work between which days. Within one region only.</summary>
internal sealed class DelegationAppService(
    PlatformDbContext db, IUserDirectory people, IRegionDirectory regions, DelegationReturns returns, INotifier notifier, ICurrentScope scope, IIdGenerator ids,
    TimeProvider time)
{
    private const int MaxDays = 366;
    private const int Colleagues = 50;

    public async Task<IReadOnlyList<DelegationDto>> ListAsync(CancellationToken cancellationToken)
    {
        var me = scope.RequiredUserId;
        var since = time.Today().AddDays(-90);
        var rows = await db.Set<WorkflowDelegation>().AsNoTracking()
            .Where(d => (d.FromUserId == me || d.ToUserId == me) && d.Last >= since)
            .OrderByDescending(d => d.First).ThenBy(d => d.Id).Take(PagedInput.MaxPage).ToListAsync(cancellationToken);
        return rows.ConvertAll(Dto);
    }

    public async Task<DelegationDto> CreateAsync(CreateDelegationDto input, CancellationToken cancellationToken)
    {
        var today = time.Today();
        if (input.Last < input.First || input.Last < today || input.Last.DayNumber - input.First.DayNumber > MaxDays)
        {
            throw new BusinessException(WorkflowsErrorCodes.PeriodWrong);
        }

        var me = scope.RequiredUserId;
        var user = (await people.FindAsync([input.ToUserId], cancellationToken)).GetValueOrDefault(input.ToUserId);
        if (user is null || user.Id == me || user.Region != scope.RequiredTenant || (await people.RolesOfAsync(user.Id, cancellationToken)).Count == 0)
        {
            throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        }

        // Before the look for what overlaps: whatever is saved after this either is seen there or takes this number.
        var number = 1 + (await db.Set<WorkflowDelegation>().Where(d => d.FromUserId == me).MaxAsync(d => (int?)d.Number, cancellationToken) ?? 0);
        if (await db.Set<WorkflowDelegation>().AnyAsync(
            d => d.FromUserId == me && d.EndedAt == null && d.First <= input.Last && d.Last >= input.First, cancellationToken))
        {
            throw new BusinessException(WorkflowsErrorCodes.DelegationOverlaps);
        }

        var delegation = new WorkflowDelegation(
            ids.NewId(), number, new UserRef(me, scope.Identity.DisplayName), new UserRef(user.Id, user.DisplayName), input.First, input.Last);
        db.Add(delegation);
        notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
            "Workflows.DelegatedToYou",
            new Dictionary<string, string>
            {
                ["from"] = scope.Identity.DisplayName,
                ["first"] = input.First.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["last"] = input.Last.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            },
            "/workflows/inbox"));
        await db.SaveChangesAsync(cancellationToken);
        return Dto(delegation);
    }

    /// <summary>Colleagues who may stand in for the caller: people of the same region.</summary>
    public async Task<IReadOnlyList<ColleagueDto>> PeopleAsync(string? search, CancellationToken cancellationToken)
    {
        new InputCheck().Text(search, "search", 100, required: false).ThrowIfAny();
        var tenant = scope.RequiredTenant;
        var name = (await regions.GetAsync(cancellationToken)).NameOf(tenant);
        var found = await people.SearchAsync([tenant.Id], search?.Trim() ?? "", Colleagues, cancellationToken);
        return [.. found.Where(u => u.Id != scope.RequiredUserId).Select(u => new ColleagueDto(u.Id, u.DisplayName, name))];
    }

    /// <summary>Ends it at once, and gives back what the delegate has claimed by it. What cannot be given back this moment, the next round gives back.</summary>
    public async Task<DelegationDto> EndAsync(Guid id, CancellationToken cancellationToken)
    {
        var delegation = await db.Set<WorkflowDelegation>().FirstOrDefaultAsync(d => d.Id == id && d.FromUserId == scope.RequiredUserId, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowDelegation), id);
        delegation.End(time.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await returns.GiveBackAsync(delegation.Id, scope.Identity, cancellationToken);
        return Dto(delegation);
    }

    private DelegationDto Dto(WorkflowDelegation d)
    {
        var today = time.Today();
        return new(
            d.Id, new(d.FromUserId, d.FromName), new(d.ToUserId, d.ToName), d.First, d.Last,
            d.EndedAt is null && d.First <= today && d.Last >= today, d.FromUserId == scope.RequiredUserId);
    }
}
