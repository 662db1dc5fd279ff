using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

/// <summary>Published results, as the region assessed and those above it read them.</summary>
internal sealed class ResultAppService(PlatformDbContext db, Objections objections, IRegionDirectory regions, ICurrentScope scope, TimeProvider time)
{
    private static readonly SortList<AssessmentResult> Sorts = new SortList<AssessmentResult>()
        .Allow("themeOrder", r => r.ThemeOrder).Allow("region", r => r.TenantPath).Allow("total", r => r.Total).Allow("publishedAt", r => r.PublishedAt)
        .Otherwise(q => q.OrderBy(r => r.ThemeOrder).ThenBy(r => r.TenantPath));

    public async Task<PagedResult<ResultListItemDto>> ListAsync(GetResultsInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<AssessmentResult>().AsNoTracking();
        if (input.ProgrammeId is { } programmeId)
        {
            query = query.Where(r => r.ProgrammeId == programmeId);
        }

        if (input.Passed is { } passed)
        {
            query = query.Where(r => r.Passed == passed);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var word = input.Filter.Trim();
            query = query.Where(r => r.ThemeTitle.Contains(word));
        }

        var waiting = db.Set<Objection>().Where(o => o.Ruling == null && o.WithdrawnAt == null);
        var page = await query.ToPageAsync(
            input,
            Sorts,
            r => new ResultRow(
                new ResultListItemDto(
                    r.Id, r.PilotId, r.ProgrammeId, r.ThemeOrder, r.ThemeTitle, r.TenantId, "", r.PartName, r.Total, r.OriginalTotal, r.Passed, r.PublishedAt, r.FinalAt, default),
                waiting.Any(o => o.ResultId == r.Id)),
            cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new PagedResult<ResultListItemDto>(
            page.TotalCount,
            [
                .. page.Items.Select(i => i.Row with
                {
                    RegionName = map.Find(i.Row.RegionId)?.Name ?? "",
                    State = StateOf(i.Row.FinalAt, i.IsWaiting, Objection.LastDayOf(i.Row.PublishedAt)),
                }),
            ]);
    }

    public async Task<ResultDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var r = await db.Set<AssessmentResult>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(AssessmentResult), id);
        var map = await regions.GetAsync(cancellationToken);
        var objection = await objections.FindAsync(id, cancellationToken);
        var until = Objection.LastDayOf(r);
        return new ResultDto(
            r.Id, r.AssessmentId, r.PilotId, r.ProgrammeId, r.ThemeTitle, r.TenantId, map.NameOf(r.Owner), r.PartName, r.SchemeName, r.SchemeVersion,
            r.PassMark, r.Total, r.Passed, r.OriginalTotal, r.OriginalPassed, r.Comment, r.PublishedAt,
            StateOf(r.FinalAt, objection?.State == ObjectionState.Waiting, until), r.FinalAt, until, WorkingCalendar.IsProvisional(until), WorkingDaysUntil(until),
            r.TenantId == scope.RequiredTenant.Id, r.IssuerId == scope.RequiredTenant.Id, objection,
            [.. r.Indicators.Select(i => new ResultIndicatorDto(i.Key, i.Group, i.Name, i.Weight, i.MaxPoints, i.Mean, i.OriginalMean, i.Comments))],
            r.AssessorComments, r.ConcurrencyStamp);
    }

    private sealed record ResultRow(ResultListItemDto Row, bool IsWaiting);

    private ResultState StateOf(DateTime? finalAt, bool isWaiting, DateOnly until) =>
        finalAt is not null ? ResultState.Final
        : isWaiting ? ResultState.UnderObjection
        : time.Today() > until ? ResultState.WindowOver : ResultState.Open;

    /// <summary>Working days that are left after today; none on the last day.</summary>
    private int WorkingDaysUntil(DateOnly until)
    {
        var left = 0;
        for (var day = time.Today().AddDays(1); day <= until; day = day.AddDays(1))
        {
            left += WorkingCalendar.IsWorkingDay(day) ? 1 : 0;
        }

        return left;
    }
}

/// <inheritdoc cref="IAssessmentLookup"/>
internal sealed class AssessmentLookup(PlatformDbContext db) : IAssessmentLookup
{
    public async Task<PublishedResult?> FindPublishedAsync(Guid pilotId, CancellationToken cancellationToken) =>
        (await FindPublishedAsync([pilotId], cancellationToken)).GetValueOrDefault(pilotId);

    public async Task<IReadOnlyDictionary<Guid, PublishedResult>> FindPublishedAsync(
        IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        await db.Set<AssessmentResult>().AsNoTracking().Where(r => pilotIds.Contains(r.PilotId))
            .Select(r => new PublishedResult(r.PilotId, r.Total, r.Passed, r.Comment, r.PublishedAt))
            .ToDictionaryAsync(r => r.PilotId, cancellationToken);
}
