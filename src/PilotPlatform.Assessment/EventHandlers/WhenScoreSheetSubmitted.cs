using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.EventHandlers;

/// <summary>An assessor submitted, or (without a name) withdrew; carries no score.</summary>
[EventName("assessment.score-sheet-submitted.v1")]
internal sealed record ScoreSheetSubmitted(Guid AssessmentId, Guid? AssessorId = null) : IPlatformEvent;

/// <summary>
/// Takes the flow along, and when the last sheet of a panel is in, puts copies of all of them side by side for the issuing office.
/// Told twice it finds everything done.
/// </summary>
internal sealed class WhenScoreSheetSubmitted(PlatformDbContext db, IIdGenerator ids, IRegionDirectory regions, AssessmentFlow flow, INotifier notifier)
    : IEventHandler<ScoreSheetSubmitted>
{
    public async Task HandleAsync(ScoreSheetSubmitted platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.Set<PilotAssessment>().SingleAsync(a => a.Id == platformEvent.AssessmentId, cancellationToken);
        var members = await db.Set<PanelMember>().Where(m => m.AssessmentId == assessment.Id).OrderBy(m => m.Id).ToListAsync(cancellationToken);
        if (assessment.Status is not (AssessmentStatus.Scoring or AssessmentStatus.ThirdScoring))
        {
            return;
        }

        // Here and not when submitting: there every answer, and its time, must be the same for the first and the last.
        if (platformEvent.AssessorId is { } assessorId)
        {
            await flow.SheetSubmittedAsync(assessment, assessorId, cancellationToken);
        }

        // So too a withdrawal: of two at the same moment neither may be refused for what the other's changed in the flow.
        foreach (var left in members.Where(m => m.RecusedAt is not null && !m.IsReplaced))
        {
            await flow.RecusedAsync(assessment, left.AssessorId, cancellationToken);
        }

        if (members.Any(m => m.IsOutstanding))
        {
            if (!members.Any(m => m.RecusedAt is null && m.IsOutstanding))
            {
                await flow.WaitForReplacementAsync(assessment, cancellationToken);
            }

            return;
        }

        await flow.AllSubmittedAsync(assessment, cancellationToken);
        var seated = members.Where(m => m.RecusedAt is null).ToList();
        var sheets = await db.Set<ScoreSheet>().AsNoTracking().IncludingDrafts("every sheet is in: the issuing office may now read what they say")
            .Where(s => s.AssessmentId == assessment.Id && s.RecusedAt == null).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var scheme = await db.Set<AssessmentScheme>().SingleAsync(s => s.Id == assessment.SchemeId, cancellationToken);
        if (assessment.Status == AssessmentStatus.ThirdScoring)
        {
            var third = seated.Single(m => m.IsThird);
            (await db.Set<PanelOutcome>().SingleAsync(o => o.AssessmentId == assessment.Id, cancellationToken))
                .AddThird(scheme, third, sheets.Single(s => s.OwnerUserId == third.AssessorId));
        }
        else
        {
            db.Add(new PanelOutcome(ids.NewId(), assessment, scheme, seated, sheets));
        }

        assessment.Complete();
        notifier.Notify(assessment.Owner, AssessmentPermissions.Publish, new NotificationMessage(
            "assessment.all-scored", NotificationValues.Of(assessment, await regions.GetAsync(cancellationToken)), $"/assessment/{assessment.Id}"));
    }
}
