using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Pilots;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows;

namespace PilotPlatform.Assessment.Flows;

/// <summary>
/// 评估: two flows of one assessment. The one that the region assessed may follow is its own; who scores, and what was said of
/// a spread, lies in a second one that is the issuer's. So no row, log line or count of the first can tell of assessors or scores.
/// </summary>
internal sealed class AssessmentFlow(IWorkflows workflows, IPilotLookup pilots)
{
    public const string Key = "assessment.pilot";
    public const string File = "assessment.bpmn";
    public const string ScoringKey = "assessment.scoring";
    public const string ScoringFile = "scoring.bpmn";
    public const string SubjectType = "assessment";

    public const string PanelAssigned = "assessment.panel-assigned";
    public const string SheetSubmitted = "assessment.score-sheet-submitted";
    public const string ScoringSettled = "assessment.scoring-settled";
    public const string ResultPublished = "assessment.result-published";
    public const string ObjectionRaised = "assessment.objection-raised";
    public const string ObjectionRuled = "assessment.objection-ruled";

    public const string SelfAssessed = "assessment.self-assessment-handed-in";
    public const string SpreadHandled = "assessment.spread-handled";
    public const string AssessorReplaced = "assessment.assessor-replaced";

    public static IReadOnlyList<string> Events =>
    [
        PanelAssigned, SheetSubmitted, ScoringSettled, ResultPublished, ObjectionRaised, ObjectionRuled, SelfAssessed, SpreadHandled, AssessorReplaced,
    ];

    /// <summary>The pilot is accepted: self-assessment and panel may begin.</summary>
    public Task AcceptedAsync(PilotAssessment assessment, string regionName, Guid themeId, CancellationToken cancellationToken) => workflows.StartAsync(
        Key, SubjectOf(assessment, regionName, assessment.PilotRegion), new Dictionary<string, object?> { ["theme"] = assessment.ThemeTitle },
        [themeId, assessment.ProgrammeId], cancellationToken);

    /// <summary>The panel stands: every assessor gets a task of their own, in the issuer's flow.</summary>
    public async Task PanelAssignedAsync(PilotAssessment assessment, string regionName, IReadOnlyList<Guid> assessors, CancellationToken cancellationToken)
    {
        await workflows.HappenedAsync(
            assessment.Id, PanelAssigned, new Dictionary<string, object?> { ["panelAssigned"] = true }, null, cancellationToken);
        IReadOnlyList<Guid> chosenFor = await pilots.FindAsync(assessment.PilotId, cancellationToken) is { } pilot
            ? [pilot.ThemeId, assessment.ProgrammeId] : [assessment.ProgrammeId];
        await workflows.StartAsync(
            ScoringKey, SubjectOf(assessment, regionName, assessment.Owner),
            new Dictionary<string, object?> { ["assessors"] = assessors.Select(a => a.ToString()).ToList(), ["dueOn"] = assessment.DueOn },
            chosenFor, cancellationToken);
    }

    public Task SheetSubmittedAsync(PilotAssessment assessment, Guid assessorId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, SheetSubmitted, new Dictionary<string, object?>(), assessorId, cancellationToken);

    /// <summary>Every sheet is in: whatever task of scoring there still is, such as one that was given to somebody else, asks for nothing any more.</summary>
    public Task AllSubmittedAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, SheetSubmitted, new Dictionary<string, object?>(), null, cancellationToken);

    /// <summary>Every score is in, and a wide spread was talked over: the result may be published.</summary>
    public Task SettledAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, ScoringSettled, new Dictionary<string, object?>(), null, cancellationToken);

    public Task SelfAssessedAsync(Guid assessmentId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessmentId, SelfAssessed, new Dictionary<string, object?>(), null, cancellationToken);

    /// <summary>The assessor has no task any more; their place waits for whoever is named instead.</summary>
    public Task RecusedAsync(PilotAssessment assessment, Guid assessorId, CancellationToken cancellationToken) =>
        workflows.VacateAsync(assessment.Id, SheetSubmitted, assessorId, cancellationToken);

    /// <summary>Everybody else has submitted: a flow that can goes on to ask for somebody in the place of whoever withdrew.</summary>
    public Task WaitForReplacementAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        workflows.GiveUpPlacesAsync(assessment.Id, SheetSubmitted, AssessorReplaced, cancellationToken);

    /// <summary>The newcomer's task comes at once where the place is still there; where the flow waits to be told, it is told.</summary>
    public async Task AssessorReplacedAsync(PilotAssessment assessment, Guid recusedId, Guid assessorId, CancellationToken cancellationToken)
    {
        await workflows.HandOverAsync(assessment.Id, SheetSubmitted, recusedId, assessorId, cancellationToken);
        await workflows.HappenedAsync(
            assessment.Id, AssessorReplaced, new Dictionary<string, object?> { ["assessors"] = new[] { assessorId.ToString() } }, null, cancellationToken);
    }

    public Task ThirdCalledAsync(PilotAssessment assessment, Guid assessorId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(
            assessment.Id, SpreadHandled,
            new Dictionary<string, object?> { ["thirdCalled"] = true, ["thirdAssessor"] = assessorId.ToString(), ["dueOn"] = assessment.DueOn }, null, cancellationToken);

    public Task ModeratedAsync(PilotAssessment assessment, string minutes, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(
            assessment.Id, SpreadHandled, new Dictionary<string, object?> { ["moderated"] = true, ["minutes"] = minutes }, null, cancellationToken);

    /// <summary>Publication with an explanation settles a spread too, wherever the scoring stands with it.</summary>
    public async Task PublishedAsync(PilotAssessment assessment, PanelOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.SpreadAlarm)
        {
            await ModeratedAsync(assessment, outcome.SpreadNote ?? "", cancellationToken);
        }

        await workflows.HappenedAsync(assessment.Id, ResultPublished, new Dictionary<string, object?> { ["published"] = true }, null, cancellationToken);
    }

    public Task ObjectedAsync(Guid assessmentId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessmentId, ObjectionRaised, new Dictionary<string, object?>(), null, cancellationToken);

    public Task RuledAsync(Guid assessmentId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessmentId, ObjectionRuled, new Dictionary<string, object?> { ["ruled"] = true }, null, cancellationToken);

    public Task EndAsync(PilotAssessment assessment, string reason, CancellationToken cancellationToken) =>
        workflows.TerminateAsync(assessment.Id, reason, cancellationToken);

    /// <summary>One link for everybody who works in it: the page behind it leads each to their own.</summary>
    private static WorkflowSubject SubjectOf(PilotAssessment assessment, string regionName, TenantRef region) => new(
        SubjectType, assessment.Id, $"{regionName} · {assessment.ThemeTitle}", $"/assessment/pilot/{assessment.PilotId}", region, assessment.Owner, assessment.PilotId);
}
