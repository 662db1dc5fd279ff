using PilotPlatform.Programmes.Claims;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Flows;

/// <summary>登记确定结果: accepts or declines, for the issuer. Where it was decided on the page meanwhile, that decision stands and the flow follows it.</summary>
internal sealed class DecideClaimTask(ClaimAppService claims, ClaimDecisions decisions, IFlowActor actor) : IServiceTaskHandler
{
    public const string Name = "programmes.decide-claim";

    /// <summary>The BPMN error of a decision that lacks its reason.</summary>
    public const string Incomplete = "incomplete";

    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var claim = await claims.LoadAsync(context.Subject.Id, cancellationToken);
        if (claim.Status == ClaimStatus.Submitted)
        {
            await actor.RequirePermissionAsync(ProgrammesPermissions.DecideClaims, cancellationToken);
            var reason = context.Text("reason")?.Trim();
            if (reason?.Length > ClaimDecisions.ReasonLength)
            {
                throw new WorkflowErrorException(Incomplete);
            }

            if (context.Text("decision") == "accept")
            {
                await decisions.AcceptAsync(claim, reason, cancellationToken);
            }
            else if (string.IsNullOrEmpty(reason))
            {
                throw new WorkflowErrorException(Incomplete);
            }
            else
            {
                await decisions.DeclineAsync(claim, reason, cancellationToken);
            }
        }

        return ClaimFlow.ValuesOf(claim);
    }
}
