using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Assessment.Panels;

/// <summary>Panels to name, results to publish, sheets to score.</summary>
internal sealed class AssessmentWorkItems(PlatformDbContext db, ICurrentScope scope, TimeProvider time) : IWorkItemSource
{
    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var items = new List<WorkItem>();
        var total = 0;
        if (permissions.Contains(AssessmentPermissions.Score) && scope.Identity.UserId is { } me)
        {
            var open =
                from sheet in db.Set<ScoreSheet>().AsNoTracking()
                join assessment in db.Set<PilotAssessment>().AsNoTracking() on sheet.AssessmentId equals assessment.Id
                where sheet.OwnerUserId == me && sheet.SubmittedAt == null
                select new { sheet.Id, assessment.ThemeTitle, assessment.PilotRegionId, assessment.DueOn, sheet.CreatedAt };
            total += await open.CountAsync(cancellationToken);
            foreach (var row in await open.OrderBy(x => x.DueOn == null).ThenBy(x => x.DueOn).Take(limit).ToListAsync(cancellationToken))
            {
                items.Add(new WorkItem(
                    "assessment.score", row.ThemeTitle, row.PilotRegionId, $"/assessment/sheets/{row.Id}", row.DueOn, LightOf(row.DueOn), row.CreatedAt));
            }
        }

        total += await AddAsync(permissions, AssessmentPermissions.Manage, AssessmentStatus.AwaitingPanel, "assessment.assign-panel", items, limit, cancellationToken);
        total += await AddAsync(permissions, AssessmentPermissions.Publish, AssessmentStatus.Scored, "assessment.publish", items, limit, cancellationToken);
        return ([.. items.OrderBy(i => i.Due is null).ThenBy(i => i.Due).ThenBy(i => i.Since).Take(limit)], total);
    }

    private async Task<int> AddAsync(
        IReadOnlySet<string> permissions, string permission, AssessmentStatus status, string key, List<WorkItem> items, int limit, CancellationToken cancellationToken)
    {
        if (!permissions.Contains(permission) || scope.Identity.Tenant is not { } tenant)
        {
            return 0;
        }

        // Only one's own: a province does not do a city's work towards its counties.
        var waiting = db.Set<PilotAssessment>().AsNoTracking().Where(a => a.TenantId == tenant.Id && a.Status == status);
        var rows = await waiting.OrderBy(a => a.AcceptedAt).Take(limit)
            .Select(a => new { a.Id, a.ThemeTitle, a.PilotRegionId, Since = a.ModifiedAt ?? a.CreatedAt }).ToListAsync(cancellationToken);
        items.AddRange(rows.Select(a => new WorkItem(key, a.ThemeTitle, a.PilotRegionId, $"/assessment/{a.Id}", null, null, a.Since)));
        return await waiting.CountAsync(cancellationToken);
    }

    private StatusLight? LightOf(DateOnly? due) =>
        due is { } date ? new Deadline(date, DuePrecision.Day, IsSoft: false).LightOn(time.Today(), null) : null;
}
