using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Replication.Drafts;

namespace PilotPlatform.Replication.EventHandlers;

/// <summary>A pilot that passed is worth writing up: its draft waits for the issuing office.</summary>
internal sealed class WhenResultPublished(PlatformDbContext db, DraftAppService drafts, INotifier notifier) : IEventHandler<ResultPublished>
{
    public async Task HandleAsync(ResultPublished platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (!platformEvent.Passed || await db.Set<PracticeDraft>().AnyAsync(d => d.PilotId == platformEvent.PilotId, cancellationToken))
        {
            return;
        }

        var draft = await drafts.BeginAsync(platformEvent.PilotId, cancellationToken);
        notifier.Notify(draft.Owner, ReplicationPermissions.Certify, new NotificationMessage(
            "replication.certify-wanted",
            new Dictionary<string, string> { ["theme"] = draft.ThemeTitle, ["region"] = draft.OriginName },
            $"/replication/drafts/{draft.Id}"));
    }
}
