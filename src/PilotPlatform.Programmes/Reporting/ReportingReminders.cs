using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>
/// Reminds regions of what they have to report: a week before, on the day, and the day after; after the day the issuer learns who has
/// not reported. Who has reported is not reminded. The duty's stamp sees to it that only one node reminds.
/// </summary>
internal sealed class ReportingReminders(ITenantScopes scopes, TimeProvider time)
{
    private const int Batch = 200;
    private const int MostNamed = 10;

    /// <summary>Sends what is due today; returns how many duties were reminded of.</summary>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var (id, owner) in await DueAsync(cancellationToken))
        {
            sent += await scopes.RunAsync(ScopeIdentity.System(owner), services => RemindAsync(services, id, cancellationToken)) ? 1 : 0;
        }

        return sent;
    }

    private Task<List<(Guid Id, TenantRef Owner)>> DueAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var today = time.Today();
            var soon = today.AddDays(Deadlines.Deadline.DueSoonDays);
            var db = services.GetRequiredService<PlatformDbContext>();
            var rows = await db.Set<ReportingDuty>().AsNoTracking()
                .Where(d => d.DueOn != null
                    && ((d.DueOn <= soon && d.RemindersSent < 1) || (d.DueOn <= today && d.RemindersSent < 2) || (d.DueOn < today && d.RemindersSent < ReportingDuty.Overdue))
                    && db.Set<Programme>().Any(p => p.Id == d.ProgrammeId && p.Status == ProgrammeStatus.Published))
                .OrderBy(d => d.DueOn).ThenBy(d => d.Id).Take(Batch).Select(d => new { d.Id, d.TenantId, d.TenantPath }).ToListAsync(cancellationToken);
            return rows.ConvertAll(r => (r.Id, new TenantRef(r.TenantId, r.TenantPath)));
        });

    private async Task<bool> RemindAsync(IServiceProvider services, Guid dutyId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var duty = await db.Set<ReportingDuty>().FirstOrDefaultAsync(d => d.Id == dutyId, cancellationToken);
        var stage = duty?.StageOn(time.Today()) ?? 0;
        if (duty is null || stage <= duty.RemindersSent)
        {
            return false;
        }

        var programme = await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == duty.ProgrammeId, cancellationToken);
        var regions = await services.GetRequiredService<IRegionDirectory>().GetAsync(cancellationToken);
        var missing = regions.InAdministrativeOrder(await ReportingAppService.MissingAsync(db, duty, cancellationToken), r => r).Select(regions.Find).OfType<RegionInfo>().ToList();
        var notifier = services.GetRequiredService<INotifier>();
        foreach (var region in missing)
        {
            ReportingAppService.Remind(notifier, region, duty, programme, stage == ReportingDuty.Overdue ? "programmes.duty-overdue" : "programmes.duty-due");
        }

        if (stage == ReportingDuty.Overdue && missing.Count > 0)
        {
            var named = string.Join('、', missing.Take(MostNamed).Select(r => r.Name)) + (missing.Count > MostNamed ? "…" : "");
            notifier.Notify(duty.Owner, ProgrammesPermissions.Manage, new NotificationMessage(
                "programmes.duty-missing",
                new Dictionary<string, string>
                {
                    ["title"] = programme.Title, ["what"] = duty.What, ["regions"] = named, ["count"] = missing.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
                ReportingAppService.LinkTo(programme.Id), duty.DueOn));
        }

        duty.Reminded(stage);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return missing.Count > 0;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node reminds.
            return false;
        }
    }
}
