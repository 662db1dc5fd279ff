using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>
/// Reminds regions of what they have to report: a week before, on the day, and the day after; after the day the issuer learns who has
/// not reported. Who has reported is not reminded.
/// </summary>
internal sealed class ReportingReminders(ReminderRounds rounds)
{
    private const int MostNamed = 10;

    private static readonly ReminderStages Stages = new(Deadline.DueSoonDays);

    /// <summary>Sends what is due today; returns how many duties were reminded of.</summary>
    public Task<int> SendAsync(CancellationToken cancellationToken) => rounds.SendAsync(
        Stages, db => db.Set<ReportingDuty>().Where(d => db.Set<Programme>().Any(p => p.Id == d.ProgrammeId && p.Status == ProgrammeStatus.Published)), TellAsync, cancellationToken);

    private static async Task<bool> TellAsync(IServiceProvider services, ReportingDuty duty, bool isOverdue, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var programme = await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == duty.ProgrammeId, cancellationToken);
        var regions = await services.GetRequiredService<IRegionDirectory>().GetAsync(cancellationToken);
        var missing = regions.InAdministrativeOrder(await ReportingAppService.MissingAsync(db, duty, cancellationToken), r => r).Select(regions.Find).OfType<RegionInfo>().ToList();
        var notifier = services.GetRequiredService<INotifier>();
        foreach (var region in missing)
        {
            ReportingAppService.Remind(notifier, region, duty, programme, isOverdue ? "programmes.duty-overdue" : "programmes.duty-due");
        }

        if (isOverdue && missing.Count > 0)
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

        return missing.Count > 0;
    }
}
