using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>What is to be reported by the own region soon or late, and, for the issuer, what regions have not reported in time.</summary>
internal sealed class ReportingWorkItems(PlatformDbContext db, ICurrentScope scope, TimeProvider time) : IWorkItemSource
{
    // Further ahead it stands in the programme's calendar; on the desk it would only be in the way.
    private const int DaysAhead = 30;

    public async Task<(IReadOnlyList<WorkItem> Items, int Total)> ForCurrentUserAsync(IReadOnlySet<string> permissions, int limit, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        var today = time.Today();
        var items = new List<WorkItem>();
        var total = 0;
        if (permissions.Contains(ProgrammesPermissions.Report))
        {
            var until = today.AddDays(DaysAhead);
            var parent = TenantPaths.ParentOf(own.Path);
            var open = Published().Where(d => d.TenantPath == parent && d.DueOn != null && d.DueOn <= until
                && (db.Set<Assignment>().Any(a => a.ProgrammeId == d.ProgrammeId && a.RegionId == own.Id && a.RevocationMark == "")
                    || !db.Set<Assignment>().Any(a => a.ProgrammeId == d.ProgrammeId && a.RevocationMark == ""))
                && !db.Set<DutyReport>().Any(r => r.DutyId == d.Id && r.TenantId == own.Id));
            total += await open.CountAsync(cancellationToken);
            items.AddRange(await ReadAsync(open, "programmes.report-duty", own.Id, today, limit, cancellationToken));
        }

        if (permissions.Contains(ProgrammesPermissions.Manage))
        {
            var missing = Published().Where(d => d.TenantId == own.Id && d.DueOn != null && d.DueOn < today
                && (db.Set<Assignment>().Any(a => a.ProgrammeId == d.ProgrammeId && a.RevocationMark == "" && !db.Set<DutyReport>().Any(r => r.DutyId == d.Id && r.TenantId == a.RegionId))
                    || (!db.Set<Assignment>().Any(a => a.ProgrammeId == d.ProgrammeId && a.RevocationMark == "")
                        && db.Set<AudienceRow>().Any(x => x.SubjectId == d.ProgrammeId && !db.Set<DutyReport>().Any(r => r.DutyId == d.Id && r.TenantId == x.TenantId)))));
            total += await missing.CountAsync(cancellationToken);
            items.AddRange(await ReadAsync(missing, "programmes.duty-missing", own.Id, today, limit, cancellationToken));
        }

        return ([.. items.OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Since).Take(limit)], total);
    }

    private IQueryable<ReportingDuty> Published() => db.Set<ReportingDuty>().AsNoTracking()
        .Where(d => db.Set<Programme>().Any(p => p.Id == d.ProgrammeId && p.Status == ProgrammeStatus.Published));

    private static async Task<IEnumerable<WorkItem>> ReadAsync(
        IQueryable<ReportingDuty> duties, string key, Guid regionId, DateOnly today, int limit, CancellationToken cancellationToken) =>
        (await duties.OrderBy(d => d.DueOn).ThenBy(d => d.Id).Take(limit).Select(d => new { d.ProgrammeId, d.What, d.DueOn, d.CreatedAt }).ToListAsync(cancellationToken))
            .Select(d => new WorkItem(
                key, d.What, regionId, ReportingAppService.LinkTo(d.ProgrammeId), d.DueOn, new Deadline(d.DueOn!.Value, DuePrecision.Day, false).LightOn(today, null), d.CreatedAt));
}
