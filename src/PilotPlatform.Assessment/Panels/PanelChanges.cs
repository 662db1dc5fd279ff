using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Panels;

/// <summary>What happens to a panel after it was set: a spread that is decided on, an assessor who withdraws and is replaced.</summary>
internal sealed class PanelChanges(PlatformDbContext db, PanelAppService panels, IUserDirectory users, ICurrentScope scope, AssessmentFlow flow, TimeProvider time)
{
    public const int ReasonLength = 500;

    /// <summary>加评.</summary>
    public async Task<AssessmentDto> CallThirdAsync(Guid id, CallThirdDto input, CancellationToken cancellationToken)
    {
        var assessment = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        new InputCheck().That(input.AssessorId is not null, "assessorId", PlatformErrorCodes.Required)
            .That(input.DueOn is not { } due || due >= time.Today(), "dueOn", AssessmentErrorCodes.DueInPast).ThrowIfAny();
        var outcome = await OutcomeAsync(assessment, cancellationToken);
        assessment.CallThird(outcome, input.DueOn);
        var third = await NewcomerAsync(assessment, input.AssessorId!.Value, cancellationToken);
        // The panel's scores lie open to the office by now: whoever can read them is not blind to them.
        if ((await users.WithPermissionAsync(assessment.TenantId, AssessmentPermissions.View, cancellationToken)).Any(u => u.Id == third.Id))
        {
            throw new BusinessException(AssessmentErrorCodes.AssessorNotBlind).WithData("name", third.DisplayName);
        }

        await panels.SeatAsync(assessment, await SchemeAsync(assessment, cancellationToken), third, isThird: true, cancellationToken);
        await flow.ThirdCalledAsync(assessment, third.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await panels.MapAsync(assessment, cancellationToken);
    }

    /// <summary>复核会商.</summary>
    public async Task<AssessmentDto> ModerateAsync(Guid id, ModerateDto input, CancellationToken cancellationToken)
    {
        var assessment = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        new InputCheck().Text(input.Minutes, "minutes", PanelOutcome.NoteLength).ThrowIfAny();
        assessment.Moderate(await OutcomeAsync(assessment, cancellationToken), input.Minutes.Trim(), time);
        await flow.ModeratedAsync(assessment, input.Minutes.Trim(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await panels.MapAsync(assessment, cancellationToken);
    }

    /// <summary>替换回避专家.</summary>
    public async Task<AssessmentDto> ReplaceAsync(Guid id, ReplaceAssessorDto input, CancellationToken cancellationToken)
    {
        var assessment = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        new InputCheck().That(input.AssessorId is not null, "assessorId", PlatformErrorCodes.Required).ThrowIfAny();
        assessment.RequireScoring();
        var recused = await db.Set<PanelMember>().FirstOrDefaultAsync(m => m.AssessmentId == id && m.AssessorId == input.RecusedId, cancellationToken)
            ?? throw new NotFoundException(nameof(PanelMember), input.RecusedId);
        recused.MarkReplaced();
        var newcomer = await NewcomerAsync(assessment, input.AssessorId!.Value, cancellationToken);
        if (recused.IsThird && (await users.WithPermissionAsync(assessment.TenantId, AssessmentPermissions.View, cancellationToken)).Any(u => u.Id == newcomer.Id))
        {
            throw new BusinessException(AssessmentErrorCodes.AssessorNotBlind).WithData("name", newcomer.DisplayName);
        }

        await panels.SeatAsync(assessment, await SchemeAsync(assessment, cancellationToken), newcomer, recused.IsThird, cancellationToken);
        assessment.Touch(time);
        await flow.AssessorReplacedAsync(assessment, recused.AssessorId, newcomer.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await panels.MapAsync(assessment, cancellationToken);
    }

    private async Task<PilotAssessment> LoadOwnAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        var assessment = await panels.LoadAsync(id, cancellationToken);
        if (assessment.TenantId != scope.RequiredTenant.Id)
        {
            // A province reads a city's assessments of its counties; the panel is the city's.
            throw new NotFoundException(nameof(PilotAssessment), id);
        }

        assessment.EnsureStamp(stamp);
        return assessment;
    }

    private async Task<PanelOutcome> OutcomeAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        await db.Set<PanelOutcome>().FirstOrDefaultAsync(o => o.AssessmentId == assessment.Id, cancellationToken)
        ?? throw new BusinessException(AssessmentErrorCodes.NotAllSubmitted);

    private Task<AssessmentScheme> SchemeAsync(PilotAssessment assessment, CancellationToken cancellationToken) =>
        db.Set<AssessmentScheme>().SingleAsync(s => s.Id == assessment.SchemeId, cancellationToken);

    private async Task<UserSummary> NewcomerAsync(PilotAssessment assessment, Guid assessorId, CancellationToken cancellationToken)
    {
        if (await db.Set<PanelMember>().AnyAsync(m => m.AssessmentId == assessment.Id && m.AssessorId == assessorId, cancellationToken))
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyOnPanel);
        }

        return (await panels.EligibleAsync(assessment, [assessorId], cancellationToken)).Single();
    }
}
