using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Pilots;

namespace PilotPlatform.Assessment.EventHandlers;

/// <summary>Nobody is asked to assess a pilot that was taken back.</summary>
internal sealed class WhenPilotWithdrawn(PlatformDbContext db, AssessmentFlow flow) : IEventHandler<PilotWithdrawn>
{
    public async Task HandleAsync(PilotWithdrawn platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (await db.Set<PilotAssessment>().FirstOrDefaultAsync(a => a.PilotId == platformEvent.PilotId, cancellationToken) is { } assessment)
        {
            await flow.EndAsync(assessment, "试点已撤销", cancellationToken);
        }
    }
}
