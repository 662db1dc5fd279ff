using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Workflows;

namespace PilotPlatform.Pilots.Flows;

/// <summary>
/// 成果报送: tells the deliverable's flow what happened. The flow follows the deliverable, never the other way round: where no
/// flow is in force or an older deliverable has none, nothing of what is reported here is missed.
/// </summary>
internal sealed class SubmissionFlow(IWorkflows workflows)
{
    public const string Key = "pilots.submission";
    public const string File = "submission.bpmn";
    public const string SubjectType = "deliverable";

    /// <summary>A version was handed in, on the page or by the flow.</summary>
    public const string HandedIn = "pilots.submission-handed-in";

    /// <summary>The formal check was decided, on the page or by the flow.</summary>
    public const string Decided = "pilots.submission-decided";

    /// <summary>What a decision is called once it is taken; the form's own options are the wish.</summary>
    public const string Accepted = "accepted";

    /// <summary>See <see cref="Accepted"/>.</summary>
    public const string Returned = "returned";

    /// <summary>
    /// The checks that failed, as the form names them: a list. In the flow's first version it is a single text, and instances run on
    /// with it; so is <see cref="Section"/>.
    /// </summary>
    public const string FailedCheck = "failedCheck";

    /// <summary>The sections to correct, as the form names them.</summary>
    public const string Section = "section";

    /// <summary>A draft was saved: the flow begins, unless it runs.</summary>
    public Task DraftedAsync(Pilot pilot, Deliverable deliverable, CancellationToken cancellationToken) =>
        StartAsync(pilot, deliverable, handedIn: false, cancellationToken);

    /// <summary>Goes on to the formal check; a deliverable that has no flow yet gets one that begins there.</summary>
    public async Task HandedInAsync(Pilot pilot, Deliverable deliverable, Submission submission, CancellationToken cancellationToken)
    {
        await workflows.HappenedAsync(deliverable.Id, HandedIn, ValuesOfHandedIn(submission.Version), null, cancellationToken);
        await StartAsync(pilot, deliverable, handedIn: true, cancellationToken);
    }

    public Task DecidedAsync(Deliverable deliverable, Submission submission, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(deliverable.Id, Decided, ValuesOf(submission), null, cancellationToken);

    /// <summary>Nothing is asked of these deliverables any more: the pilot was halted or withdrawn, or is assessed with what was accepted.</summary>
    public async Task EndAsync(IEnumerable<Deliverable> deliverables, string reason, CancellationToken cancellationToken)
    {
        foreach (var deliverable in deliverables)
        {
            await workflows.TerminateAsync(deliverable.Id, reason, cancellationToken);
        }
    }

    /// <summary>The pilot goes on: what lies with the issuer or waits for a correction is asked for again. Drafts, which the issuer does not see, join with their next save.</summary>
    public async Task ResumeAsync(Pilot pilot, IEnumerable<Deliverable> deliverables, CancellationToken cancellationToken)
    {
        foreach (var deliverable in deliverables.Where(d => d.Status is DeliverableStatus.Submitted or DeliverableStatus.Returned))
        {
            await StartAsync(pilot, deliverable, deliverable.IsHandedIn, cancellationToken);
        }
    }

    /// <summary>What the flow knows of a version that was handed in: nobody has found anything wrong with it yet.</summary>
    public static Dictionary<string, object?> ValuesOfHandedIn(int version) => new()
    {
        ["handedIn"] = true, ["version"] = version, [FailedCheck] = null, [Section] = null,
    };

    /// <summary>What the flow knows of a decision. The next round begins with nothing handed in.</summary>
    public static Dictionary<string, object?> ValuesOf(Submission submission) => new()
    {
        ["decision"] = submission.Status == SubmissionStatus.Accepted ? Accepted : Returned,
        ["correctionDueOn"] = submission.CorrectionDueOn,
        ["correctionEndsOn"] = submission.CorrectionDueOn?.AddDays(1),
        ["handedIn"] = false,
        ["signature"] = null,
    };

    private Task<Guid?> StartAsync(Pilot pilot, Deliverable deliverable, bool handedIn, CancellationToken cancellationToken) => workflows.StartAsync(
        Key,
        new WorkflowSubject(
            SubjectType, deliverable.Id, $"{pilot.Title} · {deliverable.Name}", $"/pilots/{pilot.Id}/deliverables/{deliverable.Id}", pilot.Owner, pilot.Issuer, pilot.Id),
        new Dictionary<string, object?>
        {
            ["deliverable"] = deliverable.Name, ["version"] = deliverable.LatestVersion + (handedIn ? 0 : 1), ["dueOn"] = deliverable.DueOn, ["handedIn"] = handedIn,
        },
        [pilot.ThemeId, pilot.ProgrammeId],
        cancellationToken);
}
