using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>What waits in this module: unfinished notices and undecided claims for the issuer, open calls for claims for a region.</summary>
internal sealed class ProgrammesWorkItems(PlatformDbContext db, ICurrentScope scope, TimeProvider time) : IWorkItemSource
{
    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(
        IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        var items = new List<WorkItem>();
        var total = 0;
        if (permissions.Contains(ProgrammesPermissions.DecideClaims))
        {
            var waiting = db.Set<Claim>().AsNoTracking().Where(c => c.Status == ClaimStatus.Submitted)
                .Join(db.Set<Programme>().Where(p => p.TenantId == own.Id && p.Status == ProgrammeStatus.Published), c => c.ProgrammeId, p => p.Id, (Claim, Programme) => new { Claim, Programme })
                .Join(db.Set<Theme>(), x => x.Claim.ThemeId, t => t.Id, (x, t) => new { x.Claim, x.Programme.Id, t.Title });
            total += await waiting.CountAsync(cancellationToken);
            items.AddRange((await waiting.OrderBy(x => x.Claim.SubmittedAt).Take(limit)
                    .Select(x => new { x.Id, x.Title, RegionId = x.Claim.TenantId, x.Claim.SubmittedAt, x.Claim.CreatedAt }).ToListAsync(cancellationToken))
                .Select(x => new WorkItem("programmes.decide-claim", x.Title, x.RegionId, $"/programmes/{x.Id}/claims", null, null, x.SubmittedAt ?? x.CreatedAt)));
        }

        if (permissions.Contains(ProgrammesPermissions.Manage))
        {
            var drafts = db.Set<NoticeDraft>().AsNoTracking().Where(n => n.TenantId == own.Id && n.Status == NoticeStatus.Draft);
            total += await drafts.CountAsync(cancellationToken);
            items.AddRange((await drafts.OrderBy(n => n.CreatedAt).Take(limit)
                    .Select(n => new { n.Id, n.Title, n.SourceName, n.OpenQuestions, n.CreatedAt }).ToListAsync(cancellationToken))
                .Select(n => new WorkItem(
                    n.OpenQuestions > 0 ? "programmes.answer-questions" : "programmes.publish-notice", n.Title ?? n.SourceName ?? "", own.Id,
                    $"/programmes/notices/{n.Id}", null, null, n.CreatedAt)));
        }

        if (permissions.Contains(ProgrammesPermissions.Claim))
        {
            var today = time.Today();
            var parent = TenantPaths.ParentOf(own.Path);

            // Few programmes are open at a time; who is invited is a list in the row, so it is looked at here.
            var open = await db.Set<Programme>().AsNoTracking()
                .Where(p => p.Status == ProgrammeStatus.Published && p.TenantPath == parent && p.ClaimAudience != ClaimAudience.None && p.ClaimsCloseOn >= today
                    && !db.Set<Claim>().Any(c => c.ProgrammeId == p.Id && c.TenantId == own.Id && c.Status != ClaimStatus.Draft))
                .OrderBy(p => p.ClaimsCloseOn).ToListAsync(cancellationToken);
            var invitations = open.Where(p => p.InvitesClaimsOf(own)).ToList();
            total += invitations.Count;
            items.AddRange(invitations.Take(limit).Select(p => new WorkItem(
                "programmes.claim", p.Title, own.Id, $"/programmes/{p.Id}", p.ClaimsCloseOn,
                new Deadline(p.ClaimsCloseOn!.Value, DuePrecision.Day, false).LightOn(today, null), p.PublishedAt ?? p.CreatedAt)));
        }

        return ([.. items.OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Since).Take(limit)], total);
    }
}
