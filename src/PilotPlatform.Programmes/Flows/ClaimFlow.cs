using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Flows;

/// <summary>
/// 申领与确定: tells the claim's flow what happened. What offices say of a claim stays out of it: the opinions are the
/// issuer's, and the flow's rows carry the claiming region's path.
/// </summary>
internal sealed class ClaimFlow(IWorkflows workflows)
{
    public const string Key = "programmes.claim";
    public const string File = "claim.bpmn";
    public const string SubjectType = "claim";

    /// <summary>The issuer accepted or declined, on the page or by the flow.</summary>
    public const string Decided = "programmes.claim-decided";

    /// <summary>What a decision is called once it is taken; the form's own options are the wish.</summary>
    public const string Accepted = "accepted";

    /// <summary>See <see cref="Accepted"/>.</summary>
    public const string Declined = "declined";

    public Task SubmittedAsync(Claim claim, Programme programme, Theme theme, string regionName, CancellationToken cancellationToken) => workflows.StartAsync(
        Key,
        new WorkflowSubject(SubjectType, claim.Id, $"{regionName} · {theme.Title}", $"/programmes/{programme.Id}", claim.Owner, programme.Owner, programme.Id),
        new Dictionary<string, object?> { ["region"] = regionName, ["theme"] = theme.Title, ["closedOn"] = programme.ClaimsCloseOn?.AddDays(1) },
        [theme.Id, programme.Id],
        cancellationToken);

    public Task DecidedAsync(Claim claim, CancellationToken cancellationToken) =>
        workflows.HappenedAsync(claim.Id, Decided, ValuesOf(claim), null, cancellationToken);

    public Task WithdrawnAsync(Claim claim, CancellationToken cancellationToken) =>
        workflows.TerminateAsync(claim.Id, "申领已撤回", cancellationToken);

    /// <summary>What the flow knows of a decision.</summary>
    public static Dictionary<string, object?> ValuesOf(Claim claim) =>
        new() { ["decision"] = claim.Status == ClaimStatus.Accepted ? Accepted : Declined };
}
