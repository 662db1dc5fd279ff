using PilotPlatform.Assessment.Panels;
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

    public static IReadOnlyList<string> Events => [PanelAssigned, SheetSubmitted, ScoringSettled, ResultPublished, ObjectionRaised, ObjectionRuled];

    /// <summary>The pilot is accepted: self-assessment and panel may begin.</summary>
    public Task AcceptedAsync(PilotAssessment assessment, string regionName, Guid themeId, CancellationToken cancellationToken) => workflows.StartAsync(
        Key, SubjectOf(assessment, regionName, assessment.PilotRegion, $"/pilots/{assessment.PilotId}"), new Dictionary<string, object?> { ["theme"] = assessment.ThemeTitle },
        [themeId, assessment.ProgrammeId], cancellationToken);

    /// <summary>The panel stands: every assessor gets a task of their own, in the issuer's flow.</summary>
    public async Task PanelAssignedAsync(PilotAssessment assessment, string regionName, IReadOnlyList<Guid> assessors, CancellationToken cancellationToken)
    {
        await workflows.HappenedAsync(
            assessment.Id, PanelAssigned, new Dictionary<string, object?> { ["panelAssigned"] = true }, null, cancellationToken);
        IReadOnlyList<Guid> chosenFor = await pilots.FindAsync(assessment.PilotId, cancellationToken) is { } pilot
            ? [pilot.ThemeId, assessment.ProgrammeId] : [assessment.ProgrammeId];
        await workflows.StartAsync(
            ScoringKey, SubjectOf(assessment, regionName, assessment.Owner, "/assessment"),
            new Dictionary<string, object?> { ["assessors"] = assessors.Select(a => a.ToString()).ToList(), ["dueOn"] = assessment.DueOn },
            chosenFor, cancellationToken);
    }

    public Task SheetSubmittedAsync(PilotAssessment assessment, Guid assessorId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, SheetSubmitted, new Dictionary<string, object?>(), assessorId, cancellationToken);

    /// <summary>Every score is in, and a wide spread was talked over: the result may be published.</summary>
    public Task SettledAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, ScoringSettled, new Dictionary<string, object?>(), null, cancellationToken);

    public Task PublishedAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessment.Id, ResultPublished, new Dictionary<string, object?> { ["published"] = true }, null, cancellationToken);

    public Task ObjectedAsync(Guid assessmentId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessmentId, ObjectionRaised, new Dictionary<string, object?>(), null, cancellationToken);

    public Task RuledAsync(Guid assessmentId, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(assessmentId, ObjectionRuled, new Dictionary<string, object?> { ["ruled"] = true }, null, cancellationToken);

    public Task EndAsync(PilotAssessment assessment, string reason, CancellationToken cancellationToken) =>
        workflows.TerminateAsync(assessment.Id, reason, cancellationToken);

    private static WorkflowSubject SubjectOf(PilotAssessment assessment, string regionName, TenantRef region, string link) => new(
        SubjectType, assessment.Id, $"{regionName} · {assessment.ThemeTitle}", link, region, assessment.Owner, assessment.PilotId);
}
