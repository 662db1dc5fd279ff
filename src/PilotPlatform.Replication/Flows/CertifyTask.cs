using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Workflows;

namespace PilotPlatform.Replication.Flows;

/// <summary>收入经验库: certifies the draft, for the issuer. What was certified on the page meanwhile stays as it is.</summary>
internal sealed class CertifyTask(PlatformDbContext db, DraftAppService drafts, IFlowActor actor) : IServiceTaskHandler
{
    public const string Name = "replication.certify";

    /// <summary>The BPMN error of a draft with gaps: for whoever writes it.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>The BPMN error of a decision that lacks the level: for whoever decides.</summary>
    public const string NoMaturity = "no-maturity";

    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var draft = await db.Set<PracticeDraft>().FirstOrDefaultAsync(d => d.Id == context.Subject.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(PracticeDraft), context.Subject.Id);
        if (draft.PracticeId is null || draft.HasChanges)
        {
            // Who of the region signs is for the region's flow to say; nobody else does.
            await actor.RequireOfAsync(draft.Owner, cancellationToken);
            if (!Enum.TryParse<MaturityLevel>(context.Text("maturity"), out var maturity))
            {
                throw new WorkflowErrorException(NoMaturity);
            }

            var isPublic = context.Variables.TryGetValue("isPublic", out var given) && given.ValueKind == System.Text.Json.JsonValueKind.True;
            try
            {
                await drafts.CertifyAsync(draft, maturity, isPublic, cancellationToken);
            }
            catch (InputException)
            {
                throw new WorkflowErrorException(Incomplete);
            }
        }

        return CertificationFlow.ValuesOf(draft);
    }
}
