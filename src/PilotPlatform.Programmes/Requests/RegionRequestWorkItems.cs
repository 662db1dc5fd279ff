using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Programmes.Requests;

/// <summary>Requests for further items that wait: for the issuer to be decided, for the region to be mended.</summary>
internal sealed class RegionRequestWorkItems(PlatformDbContext db, ICurrentScope scope) : IWorkItemSource
{
    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        var decides = permissions.Contains(ProgrammesPermissions.EditItemLists);
        var mends = permissions.Contains(ProgrammesPermissions.RequestItems);
        if (!decides && !mends)
        {
            return ([], 0);
        }

        var waiting = db.Set<RegionRequest>().AsNoTracking().Where(r =>
            (decides && r.IssuerId == own && r.Status == RegionRequestStatus.Submitted) || (mends && r.TenantId == own && r.Status == RegionRequestStatus.Returned));
        var total = await waiting.CountAsync(cancellationToken);
        if (total == 0)
        {
            return ([], 0);
        }

        var items = await waiting.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id).Take(limit)
            .Select(r => new { r.Id, r.ListTitle, r.TenantId, r.Status, r.SubmittedAt, r.DecidedAt, r.CreatedAt }).ToListAsync(cancellationToken);
        return (
            [
                .. items.Select(r => r.Status == RegionRequestStatus.Submitted
                    ? new WorkItem("programmes.decide-region-request", r.ListTitle, r.TenantId, $"/programmes/items/requests/{r.Id}", null, null, r.SubmittedAt ?? r.CreatedAt)
                    : new WorkItem("programmes.mend-region-request", r.ListTitle, r.TenantId, $"/programmes/items/requests/{r.Id}", null, null, r.DecidedAt ?? r.CreatedAt)),
            ],
            total);
    }
}
