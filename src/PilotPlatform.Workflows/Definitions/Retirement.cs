using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>A theme or programme that takes the flow. Kind: for what. RegionName: who issued it.</summary>
internal sealed record ChosenForDto(string Title, string Kind, string RegionName);

/// <summary>
/// What retiring a version brings. RunningInstances: on this version, which stay on it. IsInForce: new work takes it now.
/// NextVersion: the earlier version that new work takes then; null where the definition has none left. ChosenForCount: how many
/// themes and programmes that the caller can see chose the flow; ChosenFor: some of them.
/// </summary>
internal sealed record RetirementDto(int RunningInstances, bool IsInForce, int? NextVersion, int ChosenForCount, IReadOnlyList<ChosenForDto> ChosenFor);

/// <summary>Says before a version is retired whom that concerns.</summary>
internal sealed class Retirement(
    PlatformDbContext db, IEnumerable<IFlowChoiceNames> names, IEnumerable<StandardWorkflow> standards, IRegionDirectory regions, Texts texts, ICurrentScope scope)
{
    /// <summary>As many as a dialog shows; the rest is a number.</summary>
    private const int Shown = 5;

    public async Task<RetirementDto> PreviewAsync(Guid versionId, CancellationToken cancellationToken)
    {
        var path = scope.RequiredTenant.Path;
        var version = await db.Set<WorkflowVersion>().AsNoTracking().FirstOrDefaultAsync(v => v.Id == versionId && v.TenantPath == path, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowVersion), versionId);
        var definition = await db.Set<WorkflowDefinition>().AsNoTracking().SingleAsync(d => d.Id == version.DefinitionId, cancellationToken);
        var running = await db.Set<WorkflowInstance>().CountAsync(i => i.VersionId == versionId && i.Status == WorkflowInstanceStatus.Running, cancellationToken);
        if (definition.CurrentVersionId != version.Id)
        {
            return new(running, false, null, 0, []);
        }

        var next = await SuccessorOf(db, version).Select(v => (int?)v.Number).FirstOrDefaultAsync(cancellationToken);
        var chosen = await ChosenAsync(definition, cancellationToken);
        return new(running, true, next, chosen.Count, [.. chosen.Take(Shown)]);
    }

    /// <summary>The version that comes into force again when another of the same definition is retired.</summary>
    public static IQueryable<WorkflowVersion> SuccessorOf(PlatformDbContext db, WorkflowVersion version) => db.Set<WorkflowVersion>()
        .Where(v => v.DefinitionId == version.DefinitionId && v.Id != version.Id && v.Status == WorkflowVersionStatus.Published)
        .OrderByDescending(v => v.Number);

    /// <summary>The choices that lead to this definition today. What its own module does not show the caller is neither named nor counted.</summary>
    private async Task<List<ChosenForDto>> ChosenAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var choices = await db.Set<WorkflowChoice>().AsNoTracking().Where(c => c.ChosenKey == definition.Key).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        if (choices.Count == 0)
        {
            return [];
        }

        var definitions = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.Key == definition.Key && d.CurrentVersionId != null).ToListAsync(cancellationToken);
        var rules = await db.Set<WorkflowOverrideRule>().AsNoTracking().Where(r => r.Key == definition.Key).ToListAsync(cancellationToken);
        var concerned = choices.Where(LeadsHere).ToList();
        var titles = new Dictionary<Guid, string>();
        foreach (var source in names)
        {
            foreach (var (id, title) in await source.NamesAsync([.. concerned.Select(c => c.ChosenFor).Distinct()], cancellationToken))
            {
                titles[id] = title;
            }
        }

        var map = await regions.GetAsync(cancellationToken);
        return
        [
            .. concerned.Where(c => titles.ContainsKey(c.ChosenFor))
                .Select(c => new ChosenForDto(titles[c.ChosenFor], texts.Get("WorkflowKind:" + c.Key), map.NameOf(c.Owner))),
        ];

        bool LeadsHere(WorkflowChoice choice)
        {
            // The issuer's own flows are looked for on the way to the issuer, the others on the way to the region below it.
            var atIssuer = standards.Any(s => s.Key == choice.Key && s.RunsAtIssuer);
            var to = TenantPaths.Covers(definition.TenantPath, choice.TenantPath) ? choice.TenantPath
                : !atIssuer && TenantPaths.Covers(choice.TenantPath, definition.TenantPath) ? definition.TenantPath : null;
            return to is not null && WorkflowDirectory.InForce(
                [.. definitions.Where(d => TenantPaths.Covers(d.TenantPath, to))], [.. rules.Where(r => TenantPaths.Covers(r.TenantPath, to))]).Definition?.Id == definition.Id;
        }
    }
}
