using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Claims;

/// <summary>The issuer's side: opinions, decisions, direct assignments, revocations.</summary>
internal sealed class AssignmentAppService(
    PlatformDbContext db, ICurrentScope scope, ProgrammeAppService programmes, ClaimAppService claims, ClaimDecisions decisions, ProgrammeIssuing issuing,
    IRegionDirectory directory, IIdGenerator ids, TimeProvider time)
{
    public async Task<ClaimDto> RecordOpinionAsync(Guid claimId, RecordOpinionDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.OfficeName, "officeName", 100).Text(input.Text, "text", Opinion.TextLength, required: input.Stance == OpinionStance.Object).ThrowIfAny();
        var (claim, programme) = await LoadForDecisionAsync(claimId, cancellationToken);
        if (claim.Status != ClaimStatus.Submitted)
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimNotAwaitingDecision);
        }

        db.Add(new Opinion(
            ids.NewId(), programme.Owner, claim, input.OfficeName.Trim(), input.Stance, (input.Text ?? "").Trim(), scope.Identity.DisplayName));
        await db.SaveChangesAsync(cancellationToken);
        return await claims.DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> AcceptAsync(Guid claimId, DecideClaimDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", ClaimDecisions.ReasonLength, required: false).ThrowIfAny();
        var (claim, _) = await LoadForDecisionAsync(claimId, cancellationToken);
        if (claim.Status == ClaimStatus.Accepted)
        {
            // Two people, or one person twice: the decision stands as it was taken.
            return await claims.DescribeAsync(claim, cancellationToken);
        }

        claim.EnsureStamp(input.ConcurrencyStamp);
        await decisions.AcceptAsync(claim, input.Reason, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await claims.DescribeAsync(claim, cancellationToken);
    }

    public async Task<ClaimDto> DeclineAsync(Guid claimId, DecideClaimDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", ClaimDecisions.ReasonLength).ThrowIfAny();
        var (claim, _) = await LoadForDecisionAsync(claimId, cancellationToken);
        claim.EnsureStamp(input.ConcurrencyStamp);
        await decisions.DeclineAsync(claim, input.Reason!, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await claims.DescribeAsync(claim, cancellationToken);
    }

    public async Task<AssignmentDto> AssignAsync(Guid programmeId, AssignThemeDto input, CancellationToken cancellationToken)
    {
        var programme = await programmes.LoadOwnAsync(programmeId, cancellationToken);
        programme.EnsurePublished();
        var theme = await db.Set<Theme>().FirstOrDefaultAsync(t => t.Id == input.ThemeId && t.ProgrammeId == programmeId, cancellationToken)
            ?? throw new NotFoundException(nameof(Theme), input.ThemeId);
        var regions = await directory.GetAsync(cancellationToken);
        var region = regions.Find(input.RegionId);
        new InputCheck().Text(input.PartName, "partName", 60, required: false)
            .That(region?.ParentId == programme.TenantId, "regionId", ProgrammesErrorCodes.RegionNotBelow, ("name", region?.Name ?? "")).ThrowIfAny();
        var part = Blank(input.PartName);
        var mark = part ?? "";
        if (await db.Set<Assignment>().AnyAsync(a => a.ThemeId == theme.Id && a.RegionId == region!.Id && a.PartName == mark && a.RevocationMark == "", cancellationToken))
        {
            throw new BusinessException(ProgrammesErrorCodes.AlreadyAssigned).WithData("region", region!.Name).WithData("title", theme.Title);
        }

        var assignment = new Assignment(ids.NewId(), theme, region!, part, AssignmentOrigin.Direct, time);
        db.Add(assignment);
        await issuing.EnsureAudienceAsync(programme, region!, cancellationToken);
        decisions.Tell("programmes.assigned", programme, theme, region!, null);
        await db.SaveChangesAsync(cancellationToken);
        return ProgrammeAppService.Describe(assignment, regions);
    }

    public async Task<AssignmentDto> RevokeAsync(Guid assignmentId, RevokeAssignmentDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", ClaimDecisions.ReasonLength).ThrowIfAny();
        var assignment = await db.Set<Assignment>().FirstOrDefaultAsync(a => a.Id == assignmentId, cancellationToken)
            ?? throw new NotFoundException(nameof(Assignment), assignmentId);
        var programme = await programmes.LoadOwnAsync(assignment.ProgrammeId, cancellationToken);
        assignment.EnsureStamp(input.ConcurrencyStamp);
        assignment.Revoke(input.Reason.Trim(), time);
        var theme = await db.Set<Theme>().FirstAsync(t => t.Id == assignment.ThemeId, cancellationToken);
        decisions.Tell("programmes.assignment-revoked", programme, theme, await decisions.RegionAsync(assignment.RegionId, cancellationToken), input.Reason);
        await db.SaveChangesAsync(cancellationToken);
        return ProgrammeAppService.Describe(assignment, await directory.GetAsync(cancellationToken));
    }

    private async Task<(Claim Claim, Programme Programme)> LoadForDecisionAsync(Guid claimId, CancellationToken cancellationToken)
    {
        var claim = await claims.LoadAsync(claimId, cancellationToken);
        return (claim, await programmes.LoadOwnAsync(claim.ProgrammeId, cancellationToken));
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
