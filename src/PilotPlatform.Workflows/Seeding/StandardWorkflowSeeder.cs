using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;

namespace PilotPlatform.Workflows.Seeding;

/// <summary>
/// Publishes the flows that come with the product, owned by the root and overridable. A release that changes a file
/// publishes a further version; running instances stay on theirs.
/// </summary>
internal sealed class StandardWorkflowSeeder(
    PlatformDbContext db, IEnumerable<StandardWorkflow> flows, ModelInspector inspector, IIdGenerator ids, TimeProvider time) : IDataSeeder
{
    public int Order => 15;

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        // Call activities name flows that come before theirs in the list or after: all rows first, then the checks.
        var published = new List<(WorkflowDefinition Definition, WorkflowVersion Draft)>();
        foreach (var flow in flows)
        {
            var xml = flow.ReadXml();
            var definition = await db.Set<WorkflowDefinition>()
                .FirstOrDefaultAsync(d => d.Key == flow.Key && d.TenantPath == TenantRef.Root.Path, cancellationToken);
            if (definition is null)
            {
                definition = new WorkflowDefinition(ids.NewId(), TenantRef.Root, flow.Key, flow.Name, allowsOverride: true);
                db.Add(definition);
            }
            else if (definition.CurrentVersionId is { } current
                && await db.Set<WorkflowVersion>().AnyAsync(v => v.Id == current && v.Xml == xml, cancellationToken))
            {
                continue;
            }

            var draft = new WorkflowVersion(ids.NewId(), definition, xml);
            db.Add(draft);
            published.Add((definition, draft));
        }

        foreach (var (definition, draft) in published)
        {
            definition.Publish(draft, "随产品发布", time.UtcNow(), "系统");
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var (_, draft) in published)
        {
            await inspector.RequirePublishableAsync(draft.Xml, cancellationToken);
        }
    }
}
