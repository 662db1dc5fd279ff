using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Flows;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Claims;

/// <summary>
/// What deciding on a claim means: the claim, the assignment, the notices and the flow. The page and the flow's service task
/// both come here; nothing is saved, so that the flow's own step can be part of the same transaction.
/// </summary>
internal sealed class ClaimDecisions(
    PlatformDbContext db, ProgrammeAppService programmes, ClaimFlow flow, IRegionDirectory directory, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    public const int ReasonLength = 500;

    public async Task AcceptAsync(Claim claim, string? reason, CancellationToken cancellationToken)
    {
        var (programme, theme, region) = await AroundAsync(claim, cancellationToken);
        programme.EnsurePublished();
        var assignment = await db.Set<Assignment>().FirstOrDefaultAsync(
            a => a.ThemeId == theme.Id && a.RegionId == region.Id && a.PartName == claim.PartName && a.RevocationMark == "", cancellationToken);
        if (assignment is null)
        {
            assignment = new Assignment(ids.NewId(), theme, region, claim.PartName.Length == 0 ? null : claim.PartName, AssignmentOrigin.Claim, time);
            db.Add(assignment);
        }

        claim.Accept(assignment.Id, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), time);
        Tell("programmes.claim-accepted", programme, theme, region, reason);
        await flow.DecidedAsync(claim, cancellationToken);
    }

    public async Task DeclineAsync(Claim claim, string reason, CancellationToken cancellationToken)
    {
        var (programme, theme, region) = await AroundAsync(claim, cancellationToken);
        claim.Decline(reason.Trim(), time);
        Tell("programmes.claim-declined", programme, theme, region, reason);
        await flow.DecidedAsync(claim, cancellationToken);
    }

    public void Tell(string key, Programme programme, Theme theme, RegionInfo region, string? reason)
    {
        var values = new Dictionary<string, string> { ["title"] = programme.Title, ["theme"] = theme.Title, ["body"] = programme.IssuingBody, ["reason"] = reason?.Trim() ?? "" };
        notifier.Notify(
            region.Tenant, ProgrammesPermissions.View, new NotificationMessage(key, values, $"/programmes/{programme.Id}", (theme.Deadline ?? programme.Deadline)?.Date));
    }

    public async Task<RegionInfo> RegionAsync(Guid id, CancellationToken cancellationToken) =>
        (await directory.GetAsync(cancellationToken)).Find(id) ?? throw new NotFoundException("Region", id);

    private async Task<(Programme Programme, Theme Theme, RegionInfo Region)> AroundAsync(Claim claim, CancellationToken cancellationToken) => (
        await programmes.LoadOwnAsync(claim.ProgrammeId, cancellationToken),
        await db.Set<Theme>().FirstAsync(t => t.Id == claim.ThemeId, cancellationToken),
        await RegionAsync(claim.TenantId, cancellationToken));
}
