using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Panels;

/// <summary>The pages that a pilot's assessment has for the caller; null where there is none, or none for them.</summary>
internal sealed record AssessmentPagesDto(Guid? SheetId, Guid? SelfAssessmentId, Guid? AssessmentId, Guid? ResultId);

/// <summary>A flow has one link for everybody who works in it; behind it stands the page that is each person's own.</summary>
internal static class WhereToEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/assessment").WithTags("Assessments").MapGet("of-pilot/{pilotId:guid}", FindAsync)
            .RequireSignIn().WithName("FindAssessmentPages").WithSummary("Where the caller works on a pilot's assessment.");

    private static async Task<Ok<AssessmentPagesDto>> FindAsync(
        Guid pilotId, PlatformDbContext db, ICurrentScope scope, ICurrentPermissions permissions, CancellationToken cancellationToken)
    {
        var held = await permissions.GetAsync(cancellationToken);
        var me = scope.RequiredUserId;
        // Only the caller's own sheet passes the draft filter; what an assessor may not open is not named to them either.
        var sheet = held.Contains(AssessmentPermissions.Score)
            ? await db.Set<ScoreSheet>().Where(s => s.PilotId == pilotId && s.OwnerUserId == me).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancellationToken)
            : null;
        Guid? self = null, assessment = null, result = null;
        if (held.Contains(AssessmentPermissions.View))
        {
            self = await db.Set<SelfAssessment>().Where(s => s.PilotId == pilotId).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancellationToken);
            assessment = await db.Set<PilotAssessment>().Where(a => a.PilotId == pilotId).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellationToken);
            result = await db.Set<AssessmentResult>().Where(r => r.PilotId == pilotId).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken);
        }

        return sheet is null && self is null && assessment is null && result is null
            ? throw new NotFoundException(nameof(PilotAssessment), pilotId)
            : TypedResults.Ok(new AssessmentPagesDto(sheet, self, assessment, result));
    }
}
