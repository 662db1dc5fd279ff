using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>What the issuer and the audience read of programmes, and closing one.</summary>
internal sealed class ProgrammeAppService(PlatformDbContext db, ICurrentScope scope, IRegionDirectory directory, NoticeLinks links, TimeProvider time)
{
    private static readonly SortList<Programme> Sorts = new SortList<Programme>()
        .Allow("title", p => p.Title).Allow("documentNumber", p => p.DocumentNumber).Allow("issueDate", p => p.IssueDate)
        .Allow("deadline", p => p.DueDate).Allow("status", p => p.Status).Allow("themeCount", p => p.ThemeCount)
        .Otherwise(q => q.OrderByDescending(p => p.IssueDate).ThenByDescending(p => p.Id));

    public async Task<PagedResult<ProgrammeListItemDto>> ListAsync(GetProgrammesInput input, CancellationToken cancellationToken)
    {
        var programmes = db.Set<Programme>().AsNoTracking();
        if (input.Status is { } status)
        {
            programmes = programmes.Where(p => p.Status == status);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var part = input.Filter.Trim();
            programmes = programmes.Where(p => p.Title.Contains(part) || (p.DocumentNumber != null && p.DocumentNumber.Contains(part)));
        }

        var page = await programmes.ToPageAsync(
            input, Sorts,
            p => new ListRow(
                p.Id, p.Title, p.DocumentNumber, p.IssuingBody, p.TenantId, p.TenantPath, p.Status, p.IssueDate, p.DueDate, p.DuePrecision, p.DueIsSoft, p.ThemeCount,
                db.Set<Assignment>().Count(a => a.ProgrammeId == p.Id && a.RevocationMark == ""), p.ClaimAudience, p.ClaimsCloseOn, p.ClosedAt),
            cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant.Id;
        return new PagedResult<ProgrammeListItemDto>(page.TotalCount, [.. page.Items.Select(r =>
        {
            var deadline = r.DueDate is { } date ? new Deadline(date, r.DuePrecision ?? DuePrecision.Day, r.DueIsSoft) : (Deadline?)null;
            return new ProgrammeListItemDto(
                r.Id, r.Title, r.DocumentNumber, r.IssuingBody, regions.NameOf(new TenantRef(r.IssuerId, r.IssuerPath)), r.IssuerId == own, r.Status, r.IssueDate,
                DeadlineDto.From(deadline), LightOf(deadline, r.ClosedAt), r.ThemeCount, r.AssignmentCount, r.ClaimAudience, r.ClaimsCloseOn,
                r.Status == ProgrammeStatus.Published && r.ClaimAudience != ClaimAudience.None && r.ClaimsCloseOn is { } last && time.UtcNow() < ChinaTime.EndOf(last));
        })]);
    }

    public async Task<ProgrammeDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var programme = await LoadAsync(id, tracked: false, cancellationToken);
        var own = scope.RequiredTenant;
        var themes = await db.Set<Theme>().AsNoTracking().Where(t => t.ProgrammeId == id).OrderBy(t => t.Order).ToListAsync(cancellationToken);
        var isIssuer = programme.TenantId == own.Id;
        var assignments = await db.Set<Assignment>().AsNoTracking()
            .Where(a => a.ProgrammeId == id && (a.RevocationMark == "" || isIssuer || a.RegionId == own.Id)).ToListAsync(cancellationToken);
        var claims = await db.Set<Claim>().AsNoTracking().Where(c => c.ProgrammeId == id && c.TenantId == own.Id)
            .Select(c => new { c.ThemeId, c.Id, c.Status }).ToDictionaryAsync(c => c.ThemeId, cancellationToken);

        var linked = await links.NamesAsync([.. themes.SelectMany(t => t.Links.Select(l => (l.LinkedProgrammeId, l.LinkedThemeId)))], cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var byTheme = InOrder(assignments, regions).ToLookup(a => a.ThemeId);
        var standing = assignments.Where(a => a.RevokedAt is null).ToList();
        var today = time.Today();
        return new ProgrammeDto(
            programme.Id, programme.Title, programme.DocumentNumber, programme.IssuingBody, programme.TenantId, regions.NameOf(programme.Owner), isIssuer,
            programme.Status, programme.IssueDate, DeadlineDto.From(programme.Deadline), LightOf(programme.Deadline, programme.ClosedAt),
            [.. programme.Phases.Select(p => new PhaseDto(p.Name, p.Start, p.End, (p.Start is null || p.Start <= today) && p.End >= today))],
            [.. themes.Select(t => new ThemeDto(
                t.Id, t.Order, t.Number, t.Title, t.Description, [.. t.Deliverables.Select(d => new DeliverableRequirement(d.RequirementId, d.Name, d.Kind))],
                t.LeadOffices, DeadlineDto.From(t.Deadline), [.. byTheme[t.Id].Select(a => Describe(a, regions))],
                claims.TryGetValue(t.Id, out var claim) ? new OwnClaimDto(claim.Id, claim.Status) : null,
                t.AssistingOffices, t.ToolKits,
                [.. NoticeGaps.Of(byTheme[t.Id].Count(a => a.RevokedAt is null), t.LeadOffices.Count, (t.Deadline ?? programme.Deadline) is not null, programme.ClaimAudience, t.Withheld)],
                [.. t.Targets.Select(x => new TargetDto(x.Value, x.What))], [.. t.Links.Select(l => linked.GetValueOrDefault((l.LinkedProgrammeId, l.LinkedThemeId))).OfType<LinkDto>()]))],
            standing.Count, standing.Select(a => a.RegionId).Distinct().Count(), programme.ClaimAudience, programme.ClaimsCloseOn, programme.ClaimsAreOpen(time),
            programme.ClaimsAreOpen(time) && programme.InvitesClaimsOf(own), programme.PublishedAt, programme.ClosedAt,
            standing.Count + themes.Sum(t => t.LeadOffices.Distinct().Count()),
            isIssuer ? [.. programme.Decisions.OrderBy(d => d.DecidedAt).Select(d => new ProgrammeDecisionDto(d.Kind, d.Question, d.Answer, d.DecidedBy, d.DecidedAt))] : [],
            [.. programme.Targets.Select(t => new TargetDto(t.Value, t.What))],
            [.. programme.Counts.OrderBy(c => c.Order).Select(c => new CountDto(c.Order, c.Number, c.Unit, c.What, c.PartOf))],
            [.. programme.Practices.Select(p => new PracticeSourceDto(p.Region, p.RegionId is { } from ? regions.Find(from)?.Name : null, p.What))],
            programme.ConcurrencyStamp);
    }

    public async Task<ProgrammeNoticeDto> GetNoticeAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Programme>().AsNoTracking().Where(p => p.Id == id).Select(p => new ProgrammeNoticeDto(p.Id, p.NoticeText)).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException(nameof(Programme), id);

    public async Task<ProgrammeDto> CloseAsync(Guid id, CloseProgrammeDto input, CancellationToken cancellationToken)
    {
        var programme = await LoadOwnAsync(id, cancellationToken);
        programme.EnsureStamp(input.ConcurrencyStamp);
        programme.Close(time);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    public async Task<ProgrammeMatrixDto> MatrixAsync(Guid id, CancellationToken cancellationToken)
    {
        var programme = await LoadOwnAsync(id, cancellationToken, tracked: false);
        var themes = await db.Set<Theme>().AsNoTracking().Where(t => t.ProgrammeId == id).OrderBy(t => t.Order)
            .Select(t => new { t.Id, t.Order, t.Number, t.Title }).ToListAsync(cancellationToken);
        var claims = await db.Set<Claim>().AsNoTracking().Where(c => c.ProgrammeId == id).Select(c => new
        {
            c.Id,
            c.ThemeId,
            RegionId = c.TenantId,
            c.Status,
            Supports = db.Set<Opinion>().Count(o => o.ClaimId == c.Id && o.Stance == OpinionStance.Support),
            Neutrals = db.Set<Opinion>().Count(o => o.ClaimId == c.Id && o.Stance == OpinionStance.Neutral),
            Objections = db.Set<Opinion>().Count(o => o.ClaimId == c.Id && o.Stance == OpinionStance.Object),
        }).ToListAsync(cancellationToken);
        var assignments = await db.Set<Assignment>().AsNoTracking().Where(a => a.ProgrammeId == id && a.RevocationMark == "").ToListAsync(cancellationToken);

        var map = await directory.GetAsync(cancellationToken);
        var columns = map.ChildrenOf(programme.TenantId).Where(r => r.IsActive).Select(r => r.Id)
            .Concat(claims.Select(c => c.RegionId)).Concat(assignments.Select(a => a.RegionId)).Distinct();

        // A claim that was taken back is shown in its cell and counts nowhere.
        var standing = claims.Where(c => c.Status != ClaimStatus.Withdrawn).ToList();
        var cells = claims.Select(c => (c.ThemeId, c.RegionId)).Concat(assignments.Select(a => (a.ThemeId, a.RegionId))).Distinct().Select(key =>
        {
            var claim = claims.FirstOrDefault(c => c.ThemeId == key.ThemeId && c.RegionId == key.RegionId);
            return new MatrixCellDto(
                key.ThemeId, key.RegionId, claim?.Id, claim?.Status, claim?.Supports ?? 0, claim?.Neutrals ?? 0, claim?.Objections ?? 0,
                [.. assignments.Where(a => a.ThemeId == key.ThemeId && a.RegionId == key.RegionId).Select(a => Describe(a, map))]);
        });
        return new ProgrammeMatrixDto(
            programme.Id, programme.Title, programme.Status, programme.ClaimsCloseOn, programme.ClaimsAreOpen(time),
            [.. themes.Select(t => new MatrixThemeDto(
                t.Id, t.Order, t.Number, t.Title, standing.Count(c => c.ThemeId == t.Id), assignments.Count(a => a.ThemeId == t.Id)))],
            [.. map.InAdministrativeOrder(columns, c => c).Select(c => (Id: c, Region: map.Find(c))).Select(c => new MatrixRegionDto(
                c.Id, c.Region?.Name ?? "", c.Region?.ShortName ?? "", standing.Count(x => x.RegionId == c.Id), assignments.Count(a => a.RegionId == c.Id)))],
            [.. cells], standing.Count, standing.Count(c => c.Status == ClaimStatus.Submitted), assignments.Count);
    }

    /// <summary>A programme that the caller's region issued; others who see it are told that this is the issuer's.</summary>
    public async Task<Programme> LoadOwnAsync(Guid id, CancellationToken cancellationToken, bool tracked = true)
    {
        var programme = await LoadAsync(id, tracked, cancellationToken);
        return programme.TenantId == scope.RequiredTenant.Id ? programme : throw new BusinessException(ProgrammesErrorCodes.NotIssuer);
    }

    public static AssignmentDto Describe(Assignment assignment, RegionMap regions)
    {
        var region = regions.Find(assignment.RegionId);
        return new AssignmentDto(
            assignment.Id, assignment.ThemeId, assignment.RegionId, region?.Name ?? assignment.Region.Code, region?.ShortName ?? assignment.Region.Code,
            assignment.PartName.Length == 0 ? null : assignment.PartName, assignment.Origin, assignment.AssignedAt, assignment.RevokedAt,
            assignment.RevocationReason, assignment.ConcurrencyStamp);
    }

    private static IEnumerable<Assignment> InOrder(IEnumerable<Assignment> assignments, RegionMap regions) =>
        regions.InAdministrativeOrder(assignments, a => a.RegionId);

    private async Task<Programme> LoadAsync(Guid id, bool tracked, CancellationToken cancellationToken)
    {
        var programmes = tracked ? db.Set<Programme>() : db.Set<Programme>().AsNoTracking();
        return await programmes.FirstOrDefaultAsync(p => p.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Programme), id);
    }

    private StatusLight? LightOf(Deadline? deadline, DateTime? closedAt) =>
        deadline?.LightOn(time.Today(), closedAt is { } closed ? ChinaTime.DateOf(closed) : null);

    private sealed record ListRow(
        Guid Id, string Title, string? DocumentNumber, string IssuingBody, Guid IssuerId, string IssuerPath, ProgrammeStatus Status, DateOnly? IssueDate,
        DateOnly? DueDate, DuePrecision? DuePrecision, bool DueIsSoft, int ThemeCount, int AssignmentCount, ClaimAudience ClaimAudience, DateOnly? ClaimsCloseOn,
        DateTime? ClosedAt);
}
