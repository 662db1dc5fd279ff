using PilotPlatform.Replication.Drafts;
using PilotPlatform.Workflows;

namespace PilotPlatform.Replication.Flows;

/// <summary>
/// 认定与推广: tells the draft's flow what happened. What is being written shows nowhere before it is certified, so the flow is
/// the certifying region's own and not that of the region whose practice it is.
/// </summary>
internal sealed class CertificationFlow(IWorkflows workflows)
{
    public const string Key = "replication.certification";
    public const string File = "certification.bpmn";
    public const string SubjectType = "practice-draft";

    /// <summary>A draft, or its next version, was certified, on the page or by the flow.</summary>
    public const string Certified = "replication.practice-certified";

    /// <summary>What the decision is called once it is taken; the form's own options are the wish.</summary>
    public const string CertifiedDecision = "certified";

    public Task BegunAsync(PracticeDraft draft, Guid themeId, Guid programmeId, CancellationToken cancellationToken) => workflows.StartAsync(
        Key,
        new WorkflowSubject(SubjectType, draft.Id, draft.Title, $"/replication/drafts/{draft.Id}", draft.Owner, draft.Owner),
        new Dictionary<string, object?> { ["title"] = draft.Title },
        [themeId, programmeId],
        cancellationToken);

    public Task CertifiedAsync(PracticeDraft draft, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(draft.Id, Certified, ValuesOf(draft), null, cancellationToken);

    /// <summary>What the flow knows of a certification.</summary>
    public static Dictionary<string, object?> ValuesOf(PracticeDraft draft) => new() { ["decision"] = CertifiedDecision, ["title"] = draft.Title };
}
