using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;

namespace PilotPlatform.Assessment.EventHandlers;

/// <summary>An accepted pilot waits for its panel.</summary>
internal sealed class WhenPilotAccepted(
    PlatformDbContext db, IIdGenerator ids, IPilotLookup pilots, IProgrammeLookup programmes, IRegionDirectory regions, AssessmentFlow flow, INotifier notifier)
    : IEventHandler<PilotAccepted>
{
    public async Task HandleAsync(PilotAccepted platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (await db.Set<PilotAssessment>().AnyAsync(a => a.PilotId == platformEvent.PilotId, cancellationToken))
        {
            // A deliverable can be returned and accepted again; the pilot is assessed once.
            return;
        }

        var pilot = await pilots.FindAsync(platformEvent.PilotId, cancellationToken)
            ?? throw new InvalidOperationException($"The accepted pilot {platformEvent.PilotId} is not in the reviewer's scope.");
        // The reviewer may act for a region above the issuer; the assessment belongs to whoever issued the programme.
        var programme = await programmes.FindAsync(pilot.ProgrammeId, cancellationToken);
        var assessment = new PilotAssessment(ids.NewId(), programme?.Issuer ?? context.Tenant, pilot, context.OccurredAt);
        db.Add(assessment);
        db.AddFor(assessment.PilotRegion, SelfAssessmentWanted.Of(assessment, await SchemeOfProgrammeAsync(assessment, cancellationToken), isSettled: false));
        var map = await regions.GetAsync(cancellationToken);
        notifier.Notify(assessment.Owner, AssessmentPermissions.Manage, new NotificationMessage(
            "assessment.panel-wanted", NotificationValues.Of(assessment, map), $"/assessment/{assessment.Id}"));
        await flow.AcceptedAsync(assessment, map.NameOf(assessment.PilotRegion), platformEvent.ThemeId, cancellationToken);
    }

    /// <summary>Where the issuer has published one scheme for the programme, the region may assess itself by it before the panel is set.</summary>
    private Task<AssessmentScheme?> SchemeOfProgrammeAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        db.Set<AssessmentScheme>().AsNoTracking()
            .Where(s => s.ProgrammeId == assessment.ProgrammeId && s.TenantId == assessment.TenantId && !s.IsDraft)
            .OrderByDescending(s => s.PublishedAt).FirstOrDefaultAsync(cancellationToken);
}
