using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Replication.Reports;

namespace PilotPlatform.Replication.EventHandlers;

/// <summary>Another region adopted or gave up a practice: the certifying region's notice and count follow.</summary>
internal sealed class WhenAdoptionChanged(PlatformDbContext db, IIdGenerator ids, INotifier notifier) : IEventHandler<AdoptionChanged>
{
    public async Task HandleAsync(AdoptionChanged platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var practice = await db.Set<Practice>().SingleAsync(p => p.Id == platformEvent.PracticeId, cancellationToken);
        var notice = await db.Set<AdoptionNotice>()
            .FirstOrDefaultAsync(n => n.PracticeId == practice.Id && n.RegionId == platformEvent.RegionId, cancellationToken);
        if (notice is null)
        {
            notice = new AdoptionNotice(ids.NewId(), practice, platformEvent.RegionId);
            db.Add(notice);
        }

        if (!notice.Apply(platformEvent))
        {
            return;
        }

        var others = await db.Set<AdoptionNotice>().CountAsync(
            n => n.PracticeId == practice.Id && n.RegionId != platformEvent.RegionId && n.Status == AdoptionStatus.Declared, cancellationToken);
        practice.CountAdoptions(others + (platformEvent.Status == AdoptionStatus.Declared ? 1 : 0));
        notifier.Notify(practice.Owner, ReplicationPermissions.Certify, new NotificationMessage(
            platformEvent.Status == AdoptionStatus.Declared ? "replication.adopted" : "replication.adoption-withdrawn",
            new Dictionary<string, string> { ["region"] = platformEvent.RegionName, ["title"] = practice.Title },
            $"/replication/{practice.Id}"));
    }
}

/// <summary>A region downloaded the report: the certifying region's books say which and which version.</summary>
internal sealed class WhenReportDownloaded(PlatformDbContext db, IIdGenerator ids) : IEventHandler<ReportDownloaded>
{
    public async Task HandleAsync(ReportDownloaded platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var practice = await db.Set<Practice>().SingleAsync(p => p.Id == platformEvent.PracticeId, cancellationToken);
        db.Add(new DownloadNotice(ids.NewId(), practice, platformEvent.RegionId, platformEvent.RegionName, platformEvent.Version, platformEvent.At));
        practice.CountDownload();
    }
}
