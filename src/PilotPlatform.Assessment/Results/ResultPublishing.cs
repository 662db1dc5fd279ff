using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

/// <summary>
/// What publishing means: the result, the pilot's conclusion, the notices and the flow. The page and the flow's service task
/// both come here; nothing is saved, so that the flow's own step can be part of the same transaction.
/// </summary>
internal sealed class ResultPublishing(
    PlatformDbContext db, AssessmentFlow flow, IPilotVerbs pilots, IRegionDirectory regions, INotifier notifier, ICurrentScope scope,
    IIdGenerator ids, TimeProvider time)
{
    /// <param name="assessment">The assessment.</param>
    /// <param name="comment">The issuing office's own words.</param>
    /// <param name="spreadNote">How a wide spread is judged; null where the moderation has said so already.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task PublishAsync(PilotAssessment assessment, string comment, string? spreadNote, CancellationToken cancellationToken)
    {
        assessment.Publish(scope.Identity.UserId);
        var outcome = await db.Set<PanelOutcome>().SingleAsync(o => o.AssessmentId == assessment.Id, cancellationToken);
        var note = string.IsNullOrWhiteSpace(spreadNote) ? outcome.SpreadNote : spreadNote.Trim();
        new InputCheck().Text(comment, "comment", 4000).Text(note, "spreadNote", PanelOutcome.NoteLength, required: false)
            .That(!outcome.SpreadAlarm || !string.IsNullOrEmpty(note), "spreadNote", AssessmentErrorCodes.SpreadNoteNeeded)
            .ThrowIfAny();
        outcome.ExplainSpread(note);
        var scheme = await db.Set<AssessmentScheme>().SingleAsync(s => s.Id == assessment.SchemeId, cancellationToken);
        var result = new AssessmentResult(ids.NewId(), assessment, scheme, outcome, comment.Trim(), time.UtcNow());
        db.Add(result);
        db.Add(new ResultPublished(assessment.PilotId, assessment.PilotRegionId, assessment.PilotRegionPath, outcome.Total, outcome.Passes));
        notifier.Notify(assessment.PilotRegion, AssessmentPermissions.View, new NotificationMessage(
            "assessment.result-published", NotificationValues.Of(assessment, await regions.GetAsync(cancellationToken)), $"/assessment/results/{result.Id}"));
        await pilots.ConcludeAsync(assessment.PilotId, outcome.Passes ? PilotOutcome.Completed : PilotOutcome.NotPassed, cancellationToken);
        await flow.PublishedAsync(assessment, outcome, cancellationToken);
    }
}
