using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Practices;

/// <summary>The experience library: certified practices of every province, for every region.</summary>
internal sealed class PracticeLibrary(PlatformDbContext db, ICurrentScope scope, IRegionDirectory regions)
{
    private static readonly SortList<Practice> Sorts = new SortList<Practice>()
        .Allow("certifiedAt", p => p.CertifiedAt).Allow("title", p => p.Title).Allow("adoptionCount", p => p.AdoptionCount)
        .Otherwise(q => q.OrderByDescending(p => p.CertifiedAt).ThenBy(p => p.Id));

    public async Task<PagedResult<PracticeListItemDto>> ListAsync(GetPracticesInput input, CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        var page = await Matching(input).ToPageAsync(input, Sorts, p => p, cancellationToken);
        return new PagedResult<PracticeListItemDto>(page.TotalCount,
        [
            .. page.Items.Select(p => new PracticeListItemDto(
                p.Id, p.Title, p.Summary, p.ThemeTitle, p.OriginName, p.OriginProvince, ProvinceName(p, map), p.Maturity, KeywordsOf(p), p.CertifiedAt,
                p.AdoptionCount, p.IsPublic)),
        ]);
    }

    public async Task<PagedResult<PublicPracticeListItemDto>> ListPublicAsync(GetPracticesInput input, CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        var page = await Matching(input).Where(p => p.IsPublic).ToPageAsync(input, Sorts, p => p, cancellationToken);
        return new PagedResult<PublicPracticeListItemDto>(page.TotalCount,
        [
            .. page.Items.Select(p => new PublicPracticeListItemDto(
                p.Id, p.Title, p.Summary, p.ThemeTitle, p.OriginName, ProvinceName(p, map), p.Maturity, KeywordsOf(p), p.CertifiedAt)),
        ]);
    }

    public async Task<PracticeDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var p = await LoadAsync(id, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var tenant = scope.RequiredTenant;
        var isOwner = tenant.Covers(p.Owner);
        var isInvolved = isOwner || tenant.Covers(new TenantRef(p.OriginRegionId, p.OriginRegionPath));
        var draftId = isOwner
            ? await db.Set<PracticeDraft>().Where(d => d.PracticeId == id).Select(d => (Guid?)d.Id).FirstOrDefaultAsync(cancellationToken)
            : null;
        var ownAdoption = await db.Set<Adoption>().Where(a => a.PracticeId == id && a.TenantId == tenant.Id && a.Status == AdoptionStatus.Declared)
            .Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellationToken);
        return new PracticeDto(
            p.Id, p.Title, p.Summary, p.ThemeTitle, p.OriginName, ProvinceName(p, map), p.Maturity, KeywordsOf(p), p.IssuingBody, p.NoticeNumber,
            p.ReportNumber, p.Background, p.Measures, p.Results, p.Conditions, p.Version, p.CertifiedAt, p.IsPublic, p.AdoptionCount,
            isOwner ? p.DownloadCount : null, isInvolved ? p.PilotId : null, draftId, Adoption.MayAdopt(p, tenant) && ownAdoption is null, ownAdoption);
    }

    public async Task<PublicPracticeDto> GetPublicAsync(Guid id, CancellationToken cancellationToken)
    {
        var p = await LoadAsync(id, cancellationToken);
        if (!p.IsPublic)
        {
            throw new NotFoundException(nameof(Practice), id);
        }

        return new PublicPracticeDto(
            p.Id, p.Title, p.Summary, p.ThemeTitle, p.OriginName, ProvinceName(p, await regions.GetAsync(cancellationToken)), p.Maturity, KeywordsOf(p),
            p.IssuingBody, p.Background, p.Measures, p.Results, p.Conditions, p.Version, p.CertifiedAt);
    }

    public async Task<Practice> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Practice>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Practice), id);

    /// <summary>Contains() becomes a search for the literal text on every database: %, _ and [ mean themselves.</summary>
    private IQueryable<Practice> Matching(GetPracticesInput input)
    {
        new InputCheck().Text(input.Filter, "filter", 200, required: false).Text(input.Theme, "theme", 200, required: false)
            .Text(input.Province, "province", 12, required: false).ThrowIfAny();
        var query = db.Set<Practice>().AsNoTracking();
        foreach (var word in SearchWords.Of(input.Filter))
        {
            query = query.Where(p => p.SearchText.Contains(word));
        }

        foreach (var word in (input.Theme ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(SearchWords.MaxWords))
        {
            query = query.Where(p => p.ThemeTitle.Contains(word));
        }

        if (input.Maturity is { } maturity)
        {
            query = query.Where(p => p.Maturity == maturity);
        }

        return string.IsNullOrWhiteSpace(input.Province) ? query : query.Where(p => p.OriginProvince == input.Province);
    }

    private static string[] KeywordsOf(Practice p) => p.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string ProvinceName(Practice p, RegionMap map) => map.FindByCode(p.OriginProvince)?.Name ?? p.OriginProvince;
}

/// <inheritdoc cref="IPracticeLookup"/>
internal sealed class PracticeLookup(PlatformDbContext db) : IPracticeLookup
{
    public async Task<IReadOnlyList<PracticeCount>> OfPilotsAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        await db.Set<Practice>().AsNoTracking().Where(p => p.IsShared && pilotIds.Contains(p.PilotId)).OrderBy(p => p.CertifiedAt)
            .Select(p => new PracticeCount(p.PilotId, p.Id, p.AdoptionCount)).ToListAsync(cancellationToken);
}
