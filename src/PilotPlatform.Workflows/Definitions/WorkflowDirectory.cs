using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>Finds the flow that is in force for a region.</summary>
internal sealed class WorkflowDirectory(PlatformDbContext db)
{
    /// <summary>
    /// From the root downwards: each region's own definition replaces the one above when that one allows it. An issuer's
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
        // What was chosen and is retired by now leaves the next in force rather than none at all.
        List<string> keys = [.. chosenFor.Select(id => choices.FirstOrDefault(c => c.ChosenFor == id)?.ChosenKey).OfType<string>(), key];
        List<string> paths = [.. TenantPaths.AncestorsOf(region.Path), region.Path];
        var definitions = await db.Set<WorkflowDefinition>().AsNoTracking()
            .Where(d => keys.Contains(d.Key) && d.CurrentVersionId != null && paths.Contains(d.TenantPath)).ToListAsync(cancellationToken);
        return keys.Select(k => InForce(definitions.Where(d => d.Key == k))).FirstOrDefault(d => d is not null) is { } inForce
            ? await db.Set<WorkflowVersion>().AsNoTracking().FirstOrDefaultAsync(v => v.Id == inForce.CurrentVersionId, cancellationToken) : null;
    }

    /// <summary>Of the published definitions of one key on the way from the root to a region, the one that it takes.</summary>
    public static WorkflowDefinition? InForce(IEnumerable<WorkflowDefinition> definitions)
    {
        WorkflowDefinition? inForce = null;
        foreach (var definition in definitions.OrderBy(d => d.TenantPath.Length))
        {
            if (inForce is null || inForce.AllowsOverride)
            {
                inForce = definition;
            }
        }

        return inForce;
    }
}
