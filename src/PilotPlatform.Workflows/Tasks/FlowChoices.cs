using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>What a list of tasks or instances can be narrowed to: only flows that occur in it.</summary>
internal static class FlowChoices
{
    public static async Task<IReadOnlyList<InboxFlowDto>> OfAsync(PlatformDbContext db, IQueryable<WorkflowInstance> instances, CancellationToken cancellationToken)
    {
        var found = await (
            from instance in instances
            join version in db.Set<WorkflowVersion>() on instance.VersionId equals version.Id
            join definition in db.Set<WorkflowDefinition>() on version.DefinitionId equals definition.Id
            select new { instance.Key, definition.Name, definition.TenantPath }).Distinct().ToListAsync(cancellationToken);
        // Regions may call their own version of a flow otherwise; the choice covers them all under the name from furthest up.
        return [.. found.GroupBy(f => f.Key).Select(g => new InboxFlowDto(g.Key, g.OrderBy(f => f.TenantPath.Length).ThenBy(f => f.TenantPath, StringComparer.Ordinal).First().Name))
            .OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Key, StringComparer.Ordinal)];
    }
}
