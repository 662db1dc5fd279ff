using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>Who has to report what, who has, and who has not.</summary>
internal sealed class ReportingAppService(
    PlatformDbContext db, ICurrentScope scope, ICurrentPermissions permissions, IRegionDirectory directory, IFileLibrary files, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    public async Task<ProgrammeReportingDto> GetAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == programmeId, cancellationToken)
            ?? throw new NotFoundException(nameof(Programme), programmeId);
        var duties = await db.Set<ReportingDuty>().AsNoTracking().Where(d => d.ProgrammeId == programmeId).OrderBy(d => d.Order).ThenBy(d => d.DueOn).ToListAsync(cancellationToken);
        var own = scope.RequiredTenant;
        var isIssuer = programme.TenantId == own.Id;
        var isOpen = programme.Status == ProgrammeStatus.Published;
        var held = await permissions.GetAsync(cancellationToken);
        var expected = await ExpectedAsync(db, programmeId, cancellationToken);
        var reports = (await db.Set<DutyReport>().AsNoTracking().Where(r => r.ProgrammeId == programmeId).OrderBy(r => r.ReportedAt).ToListAsync(cancellationToken)).ToLookup(r => r.DutyId);
        var named = await files.FindAsync([.. reports.SelectMany(g => g).Select(r => r.FileId).OfType<Guid>()], cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var today = time.Today();
        return new ProgrammeReportingDto(programmeId, isIssuer, isIssuer && isOpen && held.Contains(ProgrammesPermissions.Manage), [.. duties.Select(duty =>
        {
            var done = reports[duty.Id].ToList();
            var asked = isIssuer ? expected : [.. expected.Where(r => r == own.Id)];
            // What has no day (及时) is reported as it comes: nobody is late with it, and nobody is missing.
            var missing = duty.DueOn is null ? [] : regions.InAdministrativeOrder(asked.Where(r => done.All(d => d.TenantId != r)), r => r).ToList();
            var lastReport = done.Count > 0 ? ChinaTime.DateOf(done.Max(d => d.ReportedAt)) : (DateOnly?)null;
            return new ReportingDutyDto(
                duty.Id, duty.Order, duty.What, Blank(duty.To), Blank(duty.When), duty.DueOn,
                asked.Count == 0 ? null : duty.Deadline?.LightOn(today, missing.Count == 0 ? lastReport : null),
                isOpen && !isIssuer && held.Contains(ProgrammesPermissions.Report) && asked.Contains(own.Id) && (duty.DueOn is null || missing.Contains(own.Id)),
                asked.Count,
                [.. regions.InAdministrativeOrder(done, d => d.TenantId).Select(d => new DutyReportDto(
                    d.Id, d.TenantId, regions.NameOf(d.Owner), d.Number, d.Text, d.FileId, d.FileId is { } file ? named.GetValueOrDefault(file)?.Name : null, d.ReportedBy, d.ReportedAt,
                    duty.DueOn is { } due && ChinaTime.DateOf(d.ReportedAt) > due, d.TenantId == own.Id, d.ConcurrencyStamp))],
                [.. missing.Select(r => new MissingReportDto(r, regions.Find(r)?.Name ?? ""))],
                isIssuer ? duty.LastRemindedAt : null, isIssuer ? duty.MayRemindFrom : null);
        })]);
    }

    public async Task<ProgrammeReportingDto> ReportAsync(Guid dutyId, ReportDutyDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Text, "text", DutyReport.TextLength, required: false).ThrowIfAny();
        var (duty, programme) = await LoadAsync(dutyId, cancellationToken);
        programme.EnsurePublished();
        var own = scope.RequiredTenant;
        if (!(await ExpectedAsync(db, programme.Id, cancellationToken)).Contains(own.Id) || programme.TenantId == own.Id)
        {
            throw new BusinessException(ProgrammesErrorCodes.NotToReport).WithData("title", programme.Title);
        }

        var before = await db.Set<DutyReport>().AsNoTracking().Where(r => r.DutyId == dutyId && r.TenantId == own.Id).Select(r => (int?)r.Number).MaxAsync(cancellationToken) ?? 0;
        if (before > 0 && duty.DueOn is not null)
        {
            throw new BusinessException(ProgrammesErrorCodes.AlreadyReported).WithData("what", duty.What);
        }

        if (input.FileId is { } fileId)
        {
            // A file of another region is not there for this one; from now on the issuer may read it.
            await files.ReleaseAsync([fileId], cancellationToken);
        }

        db.Add(new DutyReport(ids.NewId(), duty, own, before + 1, input.Text?.Trim() ?? "", input.FileId, scope.Identity.DisplayName, time));
        await TellIssuerAsync("programmes.duty-reported", duty, programme, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(programme.Id, cancellationToken);
    }

    public async Task<ProgrammeReportingDto> WithdrawAsync(Guid reportId, DutyReportStampDto input, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        var report = await db.Set<DutyReport>().FirstOrDefaultAsync(r => r.Id == reportId && r.TenantId == own.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(DutyReport), reportId);
        report.EnsureStamp(input.ConcurrencyStamp);
        var (duty, programme) = await LoadAsync(report.DutyId, cancellationToken);
        programme.EnsurePublished();
        db.Remove(report);
        await TellIssuerAsync("programmes.duty-report-withdrawn", duty, programme, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(programme.Id, cancellationToken);
    }

    /// <summary>The issuer reminds whoever has not reported, now.</summary>
    public async Task<RemindedDto> RemindAsync(Guid dutyId, CancellationToken cancellationToken)
    {
        var (duty, programme) = await LoadAsync(dutyId, cancellationToken);
        if (programme.TenantId != scope.RequiredTenant.Id)
        {
            throw new BusinessException(ProgrammesErrorCodes.NotIssuer);
        }

        programme.EnsurePublished();
        var missing = duty.DueOn is null ? [] : await MissingAsync(db, duty, cancellationToken);
        if (missing.Count == 0)
        {
            return new RemindedDto(0, null, null);
        }

        duty.Urge(time);
        var regions = await directory.GetAsync(cancellationToken);
        foreach (var region in missing.Select(regions.Find).OfType<RegionInfo>())
        {
            Remind(notifier, region, duty, programme, "programmes.duty-urged");
        }

        await db.SaveChangesAsync(cancellationToken);
        return new RemindedDto(missing.Count, duty.LastRemindedAt, duty.MayRemindFrom);
    }

    /// <summary>Who has to report: the regions that carry out a theme; while there is none, everyone who was sent the programme.</summary>
    public static async Task<IReadOnlyList<Guid>> ExpectedAsync(PlatformDbContext db, Guid programmeId, CancellationToken cancellationToken)
    {
        var assigned = await db.Set<Assignment>().AsNoTracking().Where(a => a.ProgrammeId == programmeId && a.RevocationMark == "")
            .Select(a => a.RegionId).Distinct().ToListAsync(cancellationToken);
        return assigned.Count > 0
            ? assigned
            : await db.Set<AudienceRow>().AsNoTracking().Where(a => a.SubjectId == programmeId).Select(a => a.TenantId).ToListAsync(cancellationToken);
    }

    /// <summary>Who has to report and has not; in the issuer's scope.</summary>
    public static async Task<IReadOnlyList<Guid>> MissingAsync(PlatformDbContext db, ReportingDuty duty, CancellationToken cancellationToken)
    {
        var done = await db.Set<DutyReport>().AsNoTracking().Where(r => r.DutyId == duty.Id).Select(r => r.TenantId).Distinct().ToListAsync(cancellationToken);
        return [.. (await ExpectedAsync(db, duty.ProgrammeId, cancellationToken)).Except(done)];
    }

    public static void Remind(INotifier notifier, RegionInfo region, ReportingDuty duty, Programme programme, string key) => notifier.Notify(
        region.Tenant, ProgrammesPermissions.Report,
        new NotificationMessage(
            key, new Dictionary<string, string> { ["title"] = programme.Title, ["what"] = duty.What, ["body"] = programme.IssuingBody }, LinkTo(programme.Id), duty.DueOn));

    public static string LinkTo(Guid programmeId) => $"/programmes/{programmeId}?tab=reporting";

    private async Task TellIssuerAsync(string key, ReportingDuty duty, Programme programme, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var values = new Dictionary<string, string> { ["region"] = regions.NameOf(scope.RequiredTenant), ["title"] = programme.Title, ["what"] = duty.What };
        notifier.Notify(programme.Owner, ProgrammesPermissions.Manage, new NotificationMessage(key, values, LinkTo(programme.Id)));
    }

    private async Task<(ReportingDuty Duty, Programme Programme)> LoadAsync(Guid dutyId, CancellationToken cancellationToken)
    {
        var duty = await db.Set<ReportingDuty>().FirstOrDefaultAsync(d => d.Id == dutyId, cancellationToken) ?? throw new NotFoundException(nameof(ReportingDuty), dutyId);
        return (duty, await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == duty.ProgrammeId, cancellationToken));
    }

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
