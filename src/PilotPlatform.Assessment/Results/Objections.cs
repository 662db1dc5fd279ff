using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

internal sealed record ObjectionDto(
    Guid Id, string Reason, DateTime RaisedAt, string RaisedByName, ObjectionRuling? Ruling, string RulingText, DateTime? RuledAt, string RuledByName, string ConcurrencyStamp);

internal sealed record RaiseObjectionDto(string Reason);

internal sealed record RuleObjectionDto(ObjectionRuling? Ruling, string Text, string ConcurrencyStamp);

/// <summary>申诉与裁定. The ruling itself is not saved here, so that the flow's own step can be part of the same transaction.</summary>
internal sealed class Objections(
    PlatformDbContext db, AssessmentFlow flow, ICurrentScope scope, IRegionDirectory regions, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    public async Task RaiseAsync(Guid resultId, RaiseObjectionDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", Objection.TextLength).ThrowIfAny();
        var result = await db.Set<AssessmentResult>().FirstOrDefaultAsync(r => r.Id == resultId && r.TenantId == scope.RequiredTenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(AssessmentResult), resultId);
        if (await db.Set<Objection>().AnyAsync(o => o.ResultId == resultId, cancellationToken))
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyObjected);
        }

        var objection = new Objection(ids.NewId(), result, input.Reason.Trim(), scope.Identity.DisplayName, time.UtcNow());
        db.Add(objection);
        notifier.Notify(result.Issuer, AssessmentPermissions.Rule, new NotificationMessage(
            "assessment.objection-raised", await ValuesAsync(result, cancellationToken), $"/assessment/results/{result.Id}"));
        await flow.ObjectedAsync(result.AssessmentId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task RuleAsync(Guid resultId, RuleObjectionDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Text, "text", Objection.TextLength)
            .That(input.Ruling is { } ruling && Enum.IsDefined(ruling), "ruling", PlatformErrorCodes.Required).ThrowIfAny();
        var objection = await db.Set<Objection>().FirstOrDefaultAsync(o => o.ResultId == resultId, cancellationToken)
            ?? throw new NotFoundException(nameof(Objection), resultId);
        objection.EnsureStamp(input.ConcurrencyStamp);
        await RuleAsync(objection, input.Ruling!.Value, input.Text.Trim(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds the ruling to the context; the caller saves.</summary>
    public async Task RuleAsync(Objection objection, ObjectionRuling ruling, string text, CancellationToken cancellationToken)
    {
        // The assessment is the issuer's: who cannot see it, the region assessed among them, has no objection to rule on.
        _ = await db.Set<PilotAssessment>().FirstOrDefaultAsync(a => a.Id == objection.AssessmentId && a.TenantId == scope.RequiredTenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Objection), objection.Id);
        objection.Rule(ruling, text, scope.Identity.DisplayName, time.UtcNow());
        var result = await db.Set<AssessmentResult>().SingleAsync(r => r.Id == objection.ResultId, cancellationToken);
        notifier.Notify(objection.Owner, AssessmentPermissions.View, new NotificationMessage(
            "assessment.objection-ruled", await ValuesAsync(result, cancellationToken), $"/assessment/results/{objection.ResultId}"));
        await flow.RuledAsync(objection.AssessmentId, cancellationToken);
    }

    public async Task<ObjectionDto?> FindAsync(Guid resultId, CancellationToken cancellationToken) =>
        await db.Set<Objection>().AsNoTracking().Where(o => o.ResultId == resultId)
            .Select(o => new ObjectionDto(o.Id, o.Reason, o.RaisedAt, o.RaisedByName, o.Ruling, o.RulingText, o.RuledAt, o.RuledByName, o.ConcurrencyStamp))
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<IReadOnlyDictionary<string, string>> ValuesAsync(AssessmentResult result, CancellationToken cancellationToken) =>
        new Dictionary<string, string> { ["theme"] = result.ThemeTitle, ["region"] = (await regions.GetAsync(cancellationToken)).NameOf(result.Owner) };
}
