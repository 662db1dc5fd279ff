using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.EventHandlers;

/// <summary>Withdraws the pilot of an assignment that was taken back. A pilot that is over stays as it is.</summary>
internal sealed class WhenAssignmentRevoked(PlatformDbContext db, PilotDesk desk, SubmissionFlow flow) : IEventHandler<AssignmentRevoked>
{
    public async Task HandleAsync(AssignmentRevoked platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var pilot = await db.Set<Pilot>().FirstOrDefaultAsync(p => p.AssignmentId == platformEvent.AssignmentId, cancellationToken)
            ?? throw new InvalidOperationException($"The pilot of assignment {platformEvent.AssignmentId} has not been created yet; the message will be tried again.");
        if (pilot.Status is PilotStatus.Concluded or PilotStatus.Withdrawn)
        {
            return;
        }

        pilot.Withdraw();
        await desk.RecordAsync(pilot, PilotHistoryKind.Withdrawn, cancellationToken, ("reason", platformEvent.Reason));
        await flow.EndAsync(await desk.DeliverablesOfAsync(pilot.Id, cancellationToken), "试点已撤销", cancellationToken);
        desk.TellRegion(pilot, PilotsPermissions.Plan, "Pilots.Withdrawn", null, $"/pilots/{pilot.Id}", ("reason", platformEvent.Reason));
    }
}
