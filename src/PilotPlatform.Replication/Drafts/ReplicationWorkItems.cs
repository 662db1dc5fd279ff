using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Replication.Drafts;

/// <summary>Pilots that passed and whose practice is not certified yet.</summary>
internal sealed class ReplicationWorkItems(PlatformDbContext db, ICurrentScope scope) : IWorkItemSource
{
    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        if (!permissions.Contains(ReplicationPermissions.Certify) || scope.Identity.Tenant is not { } tenant)
        {
            return ([], 0);
        }

        var waiting = db.Set<PracticeDraft>().AsNoTracking().Where(d => d.TenantId == tenant.Id && d.PracticeId == null);
        var rows = await waiting.OrderBy(d => d.CreatedAt).Take(limit)
            .Select(d => new { d.Id, d.ThemeTitle, d.OriginRegionId, d.CreatedAt }).ToListAsync(cancellationToken);
        return (
            [.. rows.Select(d => new WorkItem("replication.certify", d.ThemeTitle, d.OriginRegionId, $"/replication/drafts/{d.Id}", null, null, d.CreatedAt))],
            await waiting.CountAsync(cancellationToken));
    }
}
