using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Flows;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Claims;

/// <summary>The claiming region's side: write, hand in, take back; and reading claims.</summary>
internal sealed class ClaimAppService(
    PlatformDbContext db, ICurrentScope scope, ClaimFlow flow, IRegionDirectory directory, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    private static readonly SortList<Claim> Sorts = new SortList<Claim>()
        .Allow("submittedAt", c => c.SubmittedAt).Allow("decidedAt", c => c.DecidedAt).Allow("status", c => c.Status)
        .Otherwise(q => q.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Id));

    public Task<PagedResult<ClaimListItemDto>> ListAsync(GetClaimsInput input, CancellationToken cancellationToken)
    {
        var claims = db.Set<Claim>().AsNoTracking();
        if (input.ProgrammeId is { } programmeId)
        {
            claims = claims.Where(c => c.ProgrammeId == programmeId);
        }

        if (input.Status is { } status)
        {
            claims = claims.Where(c => c.Status == status);
        }

        return claims.ToPageAsync(
            input, Sorts,
            c => new ClaimListItemDto(
                c.Id, c.ProgrammeId, db.Set<Programme>().Where(p => p.Id == c.ProgrammeId).Select(p => p.Title).First(), c.ThemeId,
                db.Set<Theme>().Where(t => t.Id == c.ThemeId).Select(t => t.Number).First(), db.Set<Theme>().Where(t => t.Id == c.ThemeId).Select(t => t.Title).First(),
                c.TenantId, c.Status, c.SubmittedAt, c.DecidedAt),
            cancellationToken);
    }

    public async Task<ClaimDto> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await DescribeAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<ClaimDto> CreateAsync(CreateClaimDto input, CancellationToken cancellationToken)
    {
        Check(input.Reasons, input.PartName, required: false);
        var theme = await db.Set<Theme>().FirstOrDefaultAsync(t => t.Id == input.ThemeId, cancellationToken) ?? throw new NotFoundException(nameof(Theme), input.ThemeId);
        var programme = await db.Set<Programme>().FirstAsync(p => p.Id == theme.ProgrammeId, cancellationToken);
        var own = scope.RequiredTenant;
        programme.EnsureTakesClaimOf(own, time);
        if (await db.Set<Claim>().AnyAsync(c => c.ThemeId == theme.Id && c.TenantId == own.Id, cancellationToken))
        {
            throw new BusinessException(ProgrammesErrorCodes.AlreadyClaimed).WithData("title", theme.Title);
        }

        if (await db.Set<Assignment>().AnyAsync(a => a.ThemeId == theme.Id && a.RegionId == own.Id && a.RevocationMark == "", cancellationToken))
        {
            var regions = await directory.GetAsync(cancellationToken);
            throw new BusinessException(ProgrammesErrorCodes.AlreadyAssigned).WithData("region", regions.NameOf(own)).WithData("title", theme.Title);
        }

        var claim = new Claim(ids.NewId(), theme, own, input.Reasons.Trim(), Blank(input.PartName));
        db.Add(claim);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> ReviseAsync(Guid id, ReviseClaimDto input, CancellationToken cancellationToken)
    {
        Check(input.Reasons, input.PartName, required: false);
        var claim = await LoadOwnAsync(id, cancellationToken);
        claim.EnsureStamp(input.ConcurrencyStamp);
        claim.Revise(input.Reasons.Trim(), Blank(input.PartName));
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> SubmitAsync(Guid id, ClaimStampDto input, CancellationToken cancellationToken)
    {
        var claim = await LoadOwnAsync(id, cancellationToken);
        claim.EnsureStamp(input.ConcurrencyStamp);
        Check(claim.Reasons, claim.PartName, required: true);
        var programme = await db.Set<Programme>().FirstAsync(p => p.Id == claim.ProgrammeId, cancellationToken);
        claim.Submit(programme, time);
        var (theme, regionName) = await TellIssuerAsync("programmes.claim-submitted", claim, programme, cancellationToken);
        await flow.SubmittedAsync(claim, programme, theme, regionName, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> WithdrawAsync(Guid id, ClaimStampDto input, CancellationToken cancellationToken)
    {
        var claim = await LoadOwnAsync(id, cancellationToken);
        claim.EnsureStamp(input.ConcurrencyStamp);
        claim.Withdraw();
        var programme = await db.Set<Programme>().FirstAsync(p => p.Id == claim.ProgrammeId, cancellationToken);
        await TellIssuerAsync("programmes.claim-withdrawn", claim, programme, cancellationToken);
        await flow.WithdrawnAsync(claim, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> DescribeAsync(Claim claim, CancellationToken cancellationToken)
    {
        var theme = await db.Set<Theme>().AsNoTracking().FirstAsync(t => t.Id == claim.ThemeId, cancellationToken);
        var programme = await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == claim.ProgrammeId, cancellationToken);
        var opinions = await db.Set<Opinion>().AsNoTracking().Where(o => o.ClaimId == claim.Id).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id)
            .Select(o => new OpinionDto(o.Id, o.OfficeName, o.Stance, o.Text, o.RecordedBy, o.CreatedAt)).ToListAsync(cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        return new ClaimDto(
            claim.Id, programme.Id, programme.Title, programme.ClaimsCloseOn, programme.ClaimsAreOpen(time), theme.Id, theme.Number, theme.Title,
            claim.TenantId, regions.NameOf(claim.Owner), claim.TenantId == scope.RequiredTenant.Id, claim.Status, claim.Reasons, Blank(claim.PartName),
            claim.SubmittedAt, claim.DecidedAt, claim.DecisionReason, claim.AssignmentId, opinions, claim.ConcurrencyStamp);
    }

    public async Task<Claim> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Claim>().FirstOrDefaultAsync(c => c.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Claim), id);

    // A region above sees the claim and decides on it; only the region itself writes it, so to others this verb has no such claim.
    private async Task<Claim> LoadOwnAsync(Guid id, CancellationToken cancellationToken)
    {
        var claim = await LoadAsync(id, cancellationToken);
        return claim.TenantId == scope.RequiredTenant.Id ? claim : throw new NotFoundException(nameof(Claim), id);
    }

    private async Task<(Theme Theme, string RegionName)> TellIssuerAsync(string key, Claim claim, Programme programme, CancellationToken cancellationToken)
    {
        var theme = await db.Set<Theme>().AsNoTracking().FirstAsync(t => t.Id == claim.ThemeId, cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        var name = regions.NameOf(claim.Owner);
        var values = new Dictionary<string, string> { ["region"] = name, ["theme"] = theme.Title, ["title"] = programme.Title };
        notifier.Notify(programme.Owner, ProgrammesPermissions.DecideClaims, new NotificationMessage(key, values, $"/programmes/{programme.Id}/claims"));
        return (theme, name);
    }

    private static void Check(string? reasons, string? partName, bool required) =>
        new InputCheck().That(reasons is not null, "reasons", PlatformErrorCodes.Required)
            .Text(reasons, "reasons", Claim.ReasonsLength, required).Text(partName, "partName", 60, required: false).ThrowIfAny();

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
