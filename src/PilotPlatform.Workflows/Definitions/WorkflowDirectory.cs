using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>What a region has under a key.</summary>
/// <param name="Definition">The definition in force; null when none is published on the way to it.</param>
/// <param name="ForbiddenBy">The path of the region that keeps those below it from having their own; null when they may.</param>
internal sealed record FlowInForce(WorkflowDefinition? Definition, string? ForbiddenBy)
{
    public bool MayBeOverridden => ForbiddenBy is null;
}

/// <summary>Finds the flow that is in force for a region.</summary>
internal sealed class WorkflowDirectory(PlatformDbContext db)
{
    /// <summary>
    /// From the root downwards: each region's own definition replaces the one above when it is allowed there. An issuer's
    /// choice for a theme or programme names another key. Works in the scope of the region or of one above it.
    /// </summary>
    public Task<WorkflowVersion?> FindAsync(string key, TenantRef region, CancellationToken cancellationToken) =>
        FindAsync(key, region, region, [], cancellationToken);

    /// <inheritdoc cref="FindAsync(string, TenantRef, CancellationToken)"/>
    public async Task<WorkflowVersion?> FindAsync(
        string key, TenantRef region, TenantRef issuer, IReadOnlyList<Guid> chosenFor, CancellationToken cancellationToken)
    {
        // Only the issuer chooses for its themes: a region below could otherwise go round a flow that it may not override.
        var choices = chosenFor.Count == 0 ? [] : await db.Set<WorkflowChoice>().AsNoTracking()
            .Where(c => c.Key == key && c.TenantPath == issuer.Path && chosenFor.Contains(c.ChosenFor)).ToListAsync(cancellationToken);
        var keys = KeysInOrder(key, chosenFor, id => choices.FirstOrDefault(c => c.ChosenFor == id)?.ChosenKey);
        List<string> paths = [.. TenantPaths.AncestorsOf(region.Path), region.Path];
        var definitions = await db.Set<WorkflowDefinition>().AsNoTracking()
            .Where(d => keys.Contains(d.Key) && d.CurrentVersionId != null && paths.Contains(d.TenantPath)).ToListAsync(cancellationToken);
        // A single one has no rival that a rule could keep out.
        List<WorkflowOverrideRule> rules = definitions.Count < 2 ? []
            : await db.Set<WorkflowOverrideRule>().AsNoTracking().Where(r => keys.Contains(r.Key) && paths.Contains(r.TenantPath)).ToListAsync(cancellationToken);
        return keys.Select(k => InForce([.. definitions.Where(d => d.Key == k)], [.. rules.Where(r => r.Key == k)]).Definition).FirstOrDefault(d => d is not null) is { } inForce
            ? await db.Set<WorkflowVersion>().AsNoTracking().FirstOrDefaultAsync(v => v.Id == inForce.CurrentVersionId, cancellationToken) : null;
    }

    /// <summary>
    /// Which keys to look for, the nearest first: what was chosen for the theme, for the programme, then the usual one. What was
    /// chosen and is retired by now so leaves the next in force rather than none at all.
    /// </summary>
    public static List<string> KeysInOrder(string key, IEnumerable<Guid> nearestFirst, Func<Guid, string?> chosenFor) =>
        [.. nearestFirst.Select(chosenFor).OfType<string>(), key];

    /// <summary>Whether anybody above a region keeps it from having its own flow of a key.</summary>
    public async Task<FlowInForce> AboveAsync(string key, TenantRef region, CancellationToken cancellationToken)
    {
        List<string> paths = [.. TenantPaths.AncestorsOf(region.Path)];
        return InForce(
            await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.Key == key && d.CurrentVersionId != null && paths.Contains(d.TenantPath)).ToListAsync(cancellationToken),
            await db.Set<WorkflowOverrideRule>().AsNoTracking().Where(r => r.Key == key && paths.Contains(r.TenantPath)).ToListAsync(cancellationToken));
    }

    /// <summary>
    /// The only place that decides what is in force: of the published definitions and the rules of one key on the way from
    /// the root to a region, which definition it takes, and who keeps those below from having their own. A region's rule
    /// goes before the flag of its own definition; what is forbidden above stays forbidden.
    /// </summary>
    public static FlowInForce InForce(IReadOnlyCollection<WorkflowDefinition> definitions, IReadOnlyCollection<WorkflowOverrideRule> rules)
    {
        WorkflowDefinition? inForce = null;
        foreach (var path in definitions.Select(d => d.TenantPath).Concat(rules.Select(r => r.TenantPath)).Distinct().OrderBy(p => p.Length))
        {
            inForce = definitions.FirstOrDefault(d => d.TenantPath == path) ?? inForce;
            var own = inForce?.TenantPath == path ? inForce : null;
            // A rule about a flow that is not there yet waits for it.
            if (inForce is not null && !(rules.FirstOrDefault(r => r.TenantPath == path)?.Allows ?? own?.AllowsOverride ?? true))
            {
                return new(inForce, path);
            }
        }

        return new(inForce, null);
    }
}
