using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows;

namespace PilotPlatform.Assessment.Flows;

/// <summary>The names of the module's service tasks.</summary>
internal static class AssessmentTaskNames
{
    public const string RecordSelfAssessment = "assessment.record-self-assessment";
    public const string CheckSpread = "assessment.check-spread";
    public const string SettleScoring = "assessment.settle-scoring";
    public const string Publish = "assessment.publish";
    public const string Rule = "assessment.rule";
    public const string Finalise = "assessment.finalise";

    /// <summary>The BPMN error of a step that lacks something which a person can add.</summary>
    public const string Incomplete = "incomplete";
}

/// <summary>
/// 登记自评: finds that the region has handed its self-assessment in, on its page. Flows of before that had the text in the
/// task's form; theirs is put before the assessors.
/// </summary>
internal sealed class RecordSelfAssessmentTask(PlatformDbContext db, IFlowActor actor) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.AssessmentAsync(context, cancellationToken);
        if (context.Text("selfAssessment")?.Trim() is { Length: > 0 } text)
        {
            await actor.RequireOfAsync(assessment.PilotRegion, cancellationToken);
            assessment.AddSelfAssessment(text);
        }
        else if (!await db.Set<SelfAssessment>().AnyAsync(s => s.AssessmentId == assessment.Id && !s.IsDraft, cancellationToken))
        {
            throw new WorkflowErrorException(AssessmentTaskNames.Incomplete);
        }

        return null;
    }
}

/// <summary>
/// 分差检查: says what the scoring still waits for (somebody in the place of one who withdrew, sheets of those who came
/// later), and whether the scores lie far apart; never how far.
/// </summary>
internal sealed class CheckSpreadTask(PlatformDbContext db) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.OwnAssessmentAsync(context, cancellationToken);
        var members = await db.Set<PanelMember>().AsNoTracking().Where(m => m.AssessmentId == assessment.Id).OrderBy(m => m.Id).ToListAsync(cancellationToken);
        var open = members.Where(m => m.RecusedAt is null && !m.HasSubmitted).Select(m => m.AssessorId.ToString()).ToList();
        var left = members.Where(m => m.RecusedAt is not null && !m.IsReplaced).Select(m => WorkflowPlaces.LeftBy(m.AssessorId)).ToList();
        var facts = new Dictionary<string, object?>
        {
            // Whoever can score goes first: of two who withdrew, the one place that was filled does not wait for the other.
            ["recused"] = open.Count == 0 && left.Count > 0,
            ["outstanding"] = open.Count > 0,
            ["spreadAlarm"] = false,
            // The other place is there as well, so that whoever is named for it has the task in the same step. Nobody, once every
            // sheet is in: sent back to the scoring, the flow asks nobody who cannot score again.
            ["assessors"] = open.Concat(left).ToList(),
        };
        if (open.Count + left.Count > 0)
        {
            return facts;
        }

        var outcome = await db.Set<PanelOutcome>().AsNoTracking().FirstOrDefaultAsync(o => o.AssessmentId == assessment.Id, cancellationToken)
            ?? throw new BusinessException(AssessmentErrorCodes.NotAllSubmitted);
        facts["spreadAlarm"] = outcome.SpreadAlarm && outcome.SpreadNote is null && assessment.Status == AssessmentStatus.Scored;
        return facts;
    }
}

/// <summary>
/// 评分办结: keeps the minutes of the moderation with the outcome and lets the region's flow go on. That flow's rows belong to
/// the region assessed and would name whoever moves it: here it may be the last assessor, so the system moves it, in a
/// transaction of its own. Doing it again finds nothing that waits.
/// </summary>
internal sealed class SettleScoringTask(PlatformDbContext db, ITenantScopes scopes) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.OwnAssessmentAsync(context, cancellationToken);
        var minutes = context.Text("minutes")?.Trim();
        if (!string.IsNullOrEmpty(minutes) && assessment.Status == AssessmentStatus.Scored)
        {
            if (minutes.Length > PanelOutcome.NoteLength)
            {
                throw new WorkflowErrorException(AssessmentTaskNames.Incomplete);
            }

            var outcome = await db.Set<PanelOutcome>().SingleAsync(o => o.AssessmentId == assessment.Id, cancellationToken);
            // The page may have kept them already.
            outcome.ExplainSpread(outcome.SpreadNote ?? minutes);
        }

        await scopes.RunAsync(ScopeIdentity.System(assessment.Owner), async services =>
        {
            await services.GetRequiredService<AssessmentFlow>().SettledAsync(assessment, cancellationToken);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync(cancellationToken);
        });
        return null;
    }
}

/// <summary>公布结果.</summary>
internal sealed class PublishTask(PlatformDbContext db, ResultPublishing publishing, IFlowActor actor) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.AssessmentAsync(context, cancellationToken);
        if (assessment.Status != AssessmentStatus.Published)
        {
            await actor.RequirePermissionAsync(AssessmentPermissions.Publish, cancellationToken);
            try
            {
                await publishing.PublishAsync(assessment, context.Text("comment") ?? "", spreadNote: null, cancellationToken);
            }
            catch (InputException)
            {
                // A wide spread that nobody has explained, or no comment: for whoever publishes, not for an administrator.
                throw new WorkflowErrorException(AssessmentTaskNames.Incomplete);
            }
        }

        return new Dictionary<string, object?> { ["published"] = true };
    }
}

/// <summary>登记裁定.</summary>
internal sealed class RuleTask(PlatformDbContext db, Objections objections, IFlowActor actor) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.AssessmentAsync(context, cancellationToken);
        var objection = await db.Set<Objection>().SingleAsync(o => o.AssessmentId == assessment.Id, cancellationToken);
        if (objection.IsWaiting)
        {
            await actor.RequirePermissionAsync(AssessmentPermissions.Rule, cancellationToken);
            var text = context.Text("rulingText")?.Trim() ?? "";
            ObjectionRuling? ruling = Enum.TryParse<ObjectionRuling>(context.Text("ruling"), out var given) ? given : null;
            try
            {
                await objections.RuleAsync(objection, new RuleObjectionDto(ruling, text, objection.ConcurrencyStamp), cancellationToken);
            }
            catch (InputException)
            {
                // Too long, or an adjustment without its new points, which are given on the result's page: for whoever rules.
                throw new WorkflowErrorException(AssessmentTaskNames.Incomplete);
            }
        }

        return new Dictionary<string, object?> { ["ruled"] = true };
    }
}

/// <summary>结果生效: the time for objections is over, or the objection is settled.</summary>
internal sealed class FinaliseTask(PlatformDbContext db, TimeProvider time) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var result = await db.Set<AssessmentResult>().SingleAsync(r => r.AssessmentId == context.Subject.Id, cancellationToken);
        var objection = await db.Set<Objection>().FirstOrDefaultAsync(o => o.ResultId == result.Id, cancellationToken);
        result.Finalise(objection, time.UtcNow());
        return null;
    }
}

internal static class AssessmentOfFlow
{
    /// <summary>What is said of scores stays in a flow of the issuer's own, whoever draws the flows.</summary>
    public static async Task<PilotAssessment> OwnAssessmentAsync(this PlatformDbContext db, ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var assessment = await db.AssessmentAsync(context, cancellationToken);
        return context.Subject.Region.Id == assessment.TenantId ? assessment : throw new BusinessException(WorkflowsErrorCodes.NotYours);
    }

    public static async Task<PilotAssessment> AssessmentAsync(this PlatformDbContext db, ServiceTaskContext context, CancellationToken cancellationToken) =>
        await db.Set<PilotAssessment>().FirstOrDefaultAsync(a => a.Id == context.Subject.Id, cancellationToken)
        ?? throw new NotFoundException(nameof(PilotAssessment), context.Subject.Id);
}
