using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Choices;

/// <inheritdoc cref="IWorkflowChoices"/>
internal sealed class WorkflowChoices(
    PlatformDbContext db, WorkflowModels models, FlowFit fit, IEnumerable<StandardWorkflow> standards, Texts texts, ICurrentScope scope, IIdGenerator ids)
    : IWorkflowChoices
{
    public IReadOnlyList<FlowKind> Kinds => [.. standards.Select(s => new FlowKind(s.Key, texts.Get("WorkflowKind:" + s.Key), s.RunsAtIssuer))];

    public async Task<IFlowPlan> PlanAsync(
        TenantRef region, TenantRef issuer, IReadOnlyCollection<Guid> chosenFor, bool withOptions, CancellationToken cancellationToken)
    {
        var choices = chosenFor.Count == 0 ? [] : await db.Set<WorkflowChoice>().AsNoTracking()
            .Where(c => c.TenantPath == issuer.Path && chosenFor.Contains(c.ChosenFor))
            .Select(c => new FlowChoice(c.ChosenFor, c.Key, c.ChosenKey, c.ModifiedAt ?? c.CreatedAt, c.ModifiedBy ?? c.CreatedBy, c.ConcurrencyStamp))
            .ToListAsync(cancellationToken);
        List<string> paths = [.. TenantPaths.AncestorsOf(region.Path), region.Path];
        var definitions = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => paths.Contains(d.TenantPath)).ToListAsync(cancellationToken);
        var rules = await db.Set<WorkflowOverrideRule>().AsNoTracking().Where(r => paths.Contains(r.TenantPath)).ToListAsync(cancellationToken);
        var current = definitions.Select(d => d.CurrentVersionId).OfType<Guid>().ToList();
        var versions = await db.Set<WorkflowVersion>().AsNoTracking().Where(v => current.Contains(v.Id))
            .Select(v => new { v.Id, v.Number, v.PublishedAt }).ToDictionaryAsync(v => v.Id, v => (v.Number, v.PublishedAt!.Value), cancellationToken);
        var plan = new FlowPlan(Kinds, choices, definitions, rules, versions, issuer);
        if (withOptions)
        {
            await plan.OfferAsync(FitsAsync, cancellationToken);
        }

        return plan;
    }

    public async Task ChooseAsync(IReadOnlyCollection<ChosenFlow> chosen, CancellationToken cancellationToken)
    {
        var tenant = scope.RequiredTenant;
        var chosenFor = chosen.Select(c => c.ChosenFor).Distinct().ToList();
        var before = await db.Set<WorkflowChoice>().Where(c => c.TenantPath == tenant.Path && chosenFor.Contains(c.ChosenFor))
            .ToDictionaryAsync(c => (c.ChosenFor, c.Key), cancellationToken);
        var plan = await PlanAsync(tenant, tenant, [], withOptions: false, cancellationToken);
        foreach (var wish in chosen)
        {
            var choice = before.GetValueOrDefault((wish.ChosenFor, wish.Kind));
            if (choice is not null || wish.Stamp is not null)
            {
                (choice ?? throw new StaleStampException(nameof(WorkflowChoice), wish.ChosenFor)).EnsureStamp(wish.Stamp);
            }

            if (wish.Key is null)
            {
                if (choice is not null)
                {
                    db.Remove(choice);
                }

                continue;
            }

            await RequireAsync(plan, wish.Kind, wish.Key, cancellationToken);
            if (choice is null)
            {
                db.Add(new WorkflowChoice(ids.NewId(), tenant, wish.Kind, wish.ChosenFor, wish.Key));
            }
            else
            {
                choice.Choose(wish.Key);
            }
        }
    }

    private async Task RequireAsync(IFlowPlan plan, string kind, string key, CancellationToken cancellationToken)
    {
        var flow = plan.Find(kind, key) ?? throw new BusinessException(WorkflowsErrorCodes.NotPublished);
        if (!await FitsAsync(kind, flow, cancellationToken))
        {
            throw new BusinessException(WorkflowsErrorCodes.DoesNotFit).WithData("name", flow.Name);
        }
    }

    private async Task<bool> FitsAsync(string kind, FlowSummary flow, CancellationToken cancellationToken) =>
        fit.Fits(kind, flow.VersionId, (await models.GetAsync(flow.VersionId, cancellationToken)).Bpmn);
}

/// <inheritdoc cref="IFlowPlan"/>
internal sealed class FlowPlan(
    IReadOnlyList<FlowKind> kinds, IReadOnlyList<FlowChoice> choices, IReadOnlyList<WorkflowDefinition> definitions,
    IReadOnlyList<WorkflowOverrideRule> rules, IReadOnlyDictionary<Guid, (int Number, DateTime PublishedAt)> versions, TenantRef issuer) : IFlowPlan
{
    private readonly Dictionary<string, IReadOnlyList<FlowSummary>> options = new(StringComparer.Ordinal);

    public IReadOnlyList<FlowKind> Kinds => kinds;

    public IReadOnlyList<FlowChoice> Choices => choices;

    public FlowSummary? InForce(string kind, params IReadOnlyList<Guid> nearestFirst) =>
        WorkflowDirectory.KeysInOrder(kind, nearestFirst, id => choices.FirstOrDefault(c => c.Kind == kind && c.ChosenFor == id)?.ChosenKey)
            .Select(key => Find(kind, key)).FirstOrDefault(flow => flow is not null);

    public FlowSummary? Find(string kind, string key)
    {
        var atIssuer = kinds.Any(k => k.Key == kind && k.RunsAtIssuer);
        bool Counts(string path) => !atIssuer || TenantPaths.Covers(path, issuer.Path);
        return WorkflowDirectory.InForce(
            [.. definitions.Where(d => d.Key == key && d.CurrentVersionId is not null && Counts(d.TenantPath))],
            [.. rules.Where(r => r.Key == key && Counts(r.TenantPath))]).Definition is { CurrentVersionId: { } versionId } d
            ? new FlowSummary(d.Key, d.Name, d.Id, versionId, versions[versionId].Number, d.Owner, versions[versionId].PublishedAt) : null;
    }

    public string NameOf(string key) => definitions.Where(d => d.Key == key).OrderBy(d => d.TenantPath.Length).LastOrDefault()?.Name ?? key;

    public IReadOnlyList<FlowSummary> OptionsFor(string kind) => options.GetValueOrDefault(kind) ?? [];

    /// <summary>Works out what may be chosen: what is in force, is not the product's flow of another kind, and fits.</summary>
    public async Task OfferAsync(Func<string, FlowSummary, CancellationToken, Task<bool>> fits, CancellationToken cancellationToken)
    {
        var keys = definitions.Where(d => d.CurrentVersionId is not null).Select(d => d.Key).Distinct().ToList();
        foreach (var kind in kinds)
        {
            var offered = new List<FlowSummary>();
            foreach (var key in keys.Where(k => k == kind.Key || kinds.All(other => other.Key != k)))
            {
                if (Find(kind.Key, key) is { } flow && await fits(kind.Key, flow, cancellationToken))
                {
                    offered.Add(flow);
                }
            }

            options[kind.Key] = [.. offered.OrderBy(f => f.Key != kind.Key).ThenBy(f => f.Name, StringComparer.Ordinal)];
        }
    }
}
