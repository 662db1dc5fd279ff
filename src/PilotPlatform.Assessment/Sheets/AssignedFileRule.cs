using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Files;
using PilotPlatform.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Sheets;

/// <summary>An assessor reads the accepted deliverables of the pilots on their own panels. About all other files it has nothing to say.</summary>
internal sealed class AssignedFileRule(PlatformDbContext db, ICurrentScope scope, IPilotLookup pilots) : IFileAccessRule
{
    public async Task<bool?> MayReadAsync(StoredFileInfo file, CancellationToken cancellationToken)
    {
        if (scope.Identity.UserId is not { } me)
        {
            return null;
        }

        var assigned = await (
            from sheet in db.Set<ScoreSheet>()
            join assessment in db.Set<Panels.PilotAssessment>() on sheet.AssessmentId equals assessment.Id
            where sheet.OwnerUserId == me && sheet.RecusedAt == null && assessment.PilotRegionId == file.Owner.Id
            select sheet.PilotId).ToListAsync(cancellationToken);
        foreach (var pilotId in assigned)
        {
            var deliverables = await pilots.AcceptedDeliverablesAsync(pilotId, cancellationToken);
            if (deliverables.Any(d => d.FileIds.Contains(file.Id)))
            {
                return true;
            }
        }

        return null;
    }
}
