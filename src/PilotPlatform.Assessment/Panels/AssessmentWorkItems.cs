using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.SelfAssessments;
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
                where sheet.OwnerUserId == me && sheet.SubmittedAt == null && sheet.RecusedAt == null
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
        total += await AddRecusalsAsync(permissions, items, limit, cancellationToken);
        total += await AddObjectionsAsync(permissions, items, limit, cancellationToken);
        total += await AddSelfAssessmentsAsync(permissions, items, limit, cancellationToken);
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

    private async Task<int> AddRecusalsAsync(IReadOnlySet<string> permissions, List<WorkItem> items, int limit, CancellationToken cancellationToken)
    {
        if (!permissions.Contains(AssessmentPermissions.Manage) || scope.Identity.Tenant is not { } tenant)
        {
            return 0;
        }

        var waiting =
            from member in db.Set<PanelMember>().AsNoTracking()
            join assessment in db.Set<PilotAssessment>().AsNoTracking() on member.AssessmentId equals assessment.Id
            where member.TenantId == tenant.Id && member.RecusedAt != null && !member.IsReplaced
                && (assessment.Status == AssessmentStatus.Scoring || assessment.Status == AssessmentStatus.ThirdScoring)
            select new { assessment.Id, assessment.ThemeTitle, assessment.PilotRegionId, member.RecusedAt };
        var rows = await waiting.OrderBy(x => x.RecusedAt).Take(limit).ToListAsync(cancellationToken);
        items.AddRange(rows.Select(x => new WorkItem(
            "assessment.replace-assessor", x.ThemeTitle, x.PilotRegionId, $"/assessment/{x.Id}", null, null, x.RecusedAt!.Value)));
        return await waiting.CountAsync(cancellationToken);
    }

    private async Task<int> AddObjectionsAsync(IReadOnlySet<string> permissions, List<WorkItem> items, int limit, CancellationToken cancellationToken)
    {
        if (!permissions.Contains(AssessmentPermissions.Rule) || scope.Identity.Tenant is not { } tenant)
        {
            return 0;
        }

        var waiting =
            from objection in db.Set<Objection>().AsNoTracking()
            join result in db.Set<AssessmentResult>().AsNoTracking() on objection.ResultId equals result.Id
            where result.IssuerId == tenant.Id && objection.Ruling == null && objection.WithdrawnAt == null
            select new { result.Id, result.ThemeTitle, RegionId = result.TenantId, objection.RaisedAt };
        foreach (var row in await waiting.OrderBy(x => x.RaisedAt).Take(limit).ToListAsync(cancellationToken))
        {
            var due = Objection.RulingDueOn(row.RaisedAt);
            items.Add(new WorkItem(
                "assessment.rule-objection", row.ThemeTitle, row.RegionId, $"/assessment/results/{row.Id}", due, LightOf(due), row.RaisedAt));
        }

        return await waiting.CountAsync(cancellationToken);
    }

    private async Task<int> AddSelfAssessmentsAsync(IReadOnlySet<string> permissions, List<WorkItem> items, int limit, CancellationToken cancellationToken)
    {
        if (!permissions.Contains(AssessmentPermissions.SelfAssess) || scope.Identity.Tenant is not { } tenant)
        {
            return 0;
        }

        // After publication nobody asks for it any more.
        var published = db.Set<AssessmentResult>();
        var open = db.Set<SelfAssessment>().AsNoTracking()
            .Where(s => s.TenantId == tenant.Id && s.IsDraft && !published.Any(r => r.PilotId == s.PilotId));
        var rows = await open.OrderBy(s => s.DueOn).Take(limit)
            .Select(s => new { s.Id, s.ThemeTitle, s.TenantId, s.DueOn, s.CreatedAt }).ToListAsync(cancellationToken);
        items.AddRange(rows.Select(s => new WorkItem(
            "assessment.self-assess", s.ThemeTitle, s.TenantId, $"/assessment/self/{s.Id}", s.DueOn, LightOf(s.DueOn), s.CreatedAt)));
        return await open.CountAsync(cancellationToken);
    }

    private StatusLight? LightOf(DateOnly? due) =>
        due is { } date ? new Deadline(date, DuePrecision.Day, IsSoft: false).LightOn(time.Today(), null) : null;
}
