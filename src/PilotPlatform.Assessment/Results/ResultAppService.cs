using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions;

namespace PilotPlatform.Assessment.Results;

internal sealed record ResultListItemDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    decimal Total, bool Passed, DateTime PublishedAt);

internal sealed record ResultDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, string ThemeTitle, Guid RegionId, string RegionName, string? PartName, string SchemeName, int SchemeVersion,
    decimal PassMark, decimal Total, bool Passed, string Comment, DateTime PublishedAt,
    DateTime? FinalAt, DateOnly ObjectionsUntil, ObjectionDto? Objection, IReadOnlyList<ResultIndicatorDto> Indicators, IReadOnlyList<string> AssessorComments);

internal sealed record ResultIndicatorDto(string? Group, string Name, decimal Weight, decimal MaxPoints, decimal Mean, IReadOnlyList<string> Comments);

internal sealed class GetResultsInput : PagedInput
{
    /// <summary>Only those of one programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }

    /// <summary>Only passed, or only not passed.</summary>
    public bool? Passed { get; init; }
}

/// <summary>Published results, as the region assessed and those above it read them.</summary>
internal sealed class ResultAppService(PlatformDbContext db, Objections objections, IRegionDirectory regions)
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

        var page = await query.ToPageAsync(
            input,
            Sorts,
            r => new ResultListItemDto(r.Id, r.PilotId, r.ProgrammeId, r.ThemeOrder, r.ThemeTitle, r.TenantId, "", r.PartName, r.Total, r.Passed, r.PublishedAt),
            cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return page with { Items = [.. page.Items.Select(i => i with { RegionName = map.Find(i.RegionId)?.Name ?? "" })] };
    }

    public async Task<ResultDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var r = await db.Set<AssessmentResult>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(AssessmentResult), id);
        var map = await regions.GetAsync(cancellationToken);
        return new ResultDto(
            r.Id, r.PilotId, r.ProgrammeId, r.ThemeTitle, r.TenantId, map.NameOf(r.Owner), r.PartName, r.SchemeName, r.SchemeVersion,
            r.PassMark, r.Total, r.Passed, r.Comment, r.PublishedAt,
            r.FinalAt, Objection.LastDayOf(r), await objections.FindAsync(id, cancellationToken),
            [.. r.Indicators.Select(i => new ResultIndicatorDto(i.Group, i.Name, i.Weight, i.MaxPoints, i.Mean, i.Comments))], r.AssessorComments);
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
