using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Results;

/// <summary>异议与复核. The ruling itself is not saved here, so that the flow's own step can be part of the same transaction.</summary>
internal sealed class Objections(
    PlatformDbContext db, AssessmentFlow flow, IPilotVerbs pilots, ICurrentScope scope, IRegionDirectory regions, INotifier notifier, IFileLibrary files, IIdGenerator ids,
    TimeProvider time)
{
    public async Task<PagedResult<ObjectionListItemDto>> ListAsync(GetObjectionsInput input, CancellationToken cancellationToken)
    {
        var rows =
            from objection in db.Set<Objection>().AsNoTracking()
            join result in db.Set<AssessmentResult>().AsNoTracking() on objection.ResultId equals result.Id
            select new ObjectionRow { Objection = objection, Result = result };
        rows = input.State switch
        {
            ObjectionState.Waiting => rows.Where(x => x.Objection.Ruling == null && x.Objection.WithdrawnAt == null),
            ObjectionState.Withdrawn => rows.Where(x => x.Objection.WithdrawnAt != null),
            ObjectionState.Upheld => rows.Where(x => x.Objection.Ruling == ObjectionRuling.Upheld),
            ObjectionState.Dismissed => rows.Where(x => x.Objection.Ruling == ObjectionRuling.Dismissed),
            _ => rows,
        };
        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var word = input.Filter.Trim();
            rows = rows.Where(x => x.Result.ThemeTitle.Contains(word));
        }

        var page = await rows.ToPageAsync(
            input,
            Sorts,
            x => new ObjectionListItemDto(
                x.Result.Id, x.Result.ThemeOrder, x.Result.ThemeTitle, x.Result.TenantId, "", x.Result.PartName, x.Objection.RaisedAt, default,
                x.Objection.Ruling, x.Objection.WithdrawnAt, default, x.Objection.RuledAt, x.Result.OriginalTotal ?? x.Result.Total, x.Result.Total),
            cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return page with
        {
            Items =
            [
                .. page.Items.Select(i => i with
                {
                    RegionName = map.Find(i.RegionId)?.Name ?? "",
                    State = Objection.StateOf(i.Ruling, i.WithdrawnAt),
                    DueOn = Objection.RulingDueOn(i.RaisedAt),
                }),
            ],
        };
    }

    public async Task RaiseAsync(Guid resultId, RaiseObjectionDto input, CancellationToken cancellationToken)
    {
        var result = await db.Set<AssessmentResult>().FirstOrDefaultAsync(r => r.Id == resultId && r.TenantId == scope.RequiredTenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(AssessmentResult), resultId);
        if (await db.Set<Objection>().AnyAsync(o => o.ResultId == resultId, cancellationToken))
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyObjected);
        }

        result.EnsureStamp(input.ConcurrencyStamp);
        // On the last day the flow makes it final at any moment: of the two, one finds the row changed.
        result.Touch(time);
        var points = CheckPoints(input, result);
        var fileIds = await ReleasedAsync(input.FileIds, cancellationToken);
        db.Add(new Objection(ids.NewId(), result, input.Reason.Trim(), points, fileIds, scope.Identity.DisplayName, time.UtcNow()));
        notifier.Notify(result.Issuer, AssessmentPermissions.Rule, new NotificationMessage(
            "assessment.objection-raised", await ValuesAsync(result, cancellationToken), LinkTo(result), Objection.RulingDueOn(time.UtcNow())));
        await flow.ObjectedAsync(result.AssessmentId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>撤回异议: the region accepts the result after all, which is final from then on.</summary>
    public async Task WithdrawAsync(Guid resultId, ObjectionStampDto input, CancellationToken cancellationToken)
    {
        var objection = await db.Set<Objection>().FirstOrDefaultAsync(o => o.ResultId == resultId && o.TenantId == scope.RequiredTenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Objection), resultId);
        objection.EnsureStamp(input.ConcurrencyStamp);
        objection.Withdraw(scope.Identity.DisplayName, time.UtcNow());
        var result = await db.Set<AssessmentResult>().SingleAsync(r => r.Id == resultId, cancellationToken);
        result.Finalise(objection, time.UtcNow());
        notifier.Notify(result.Issuer, AssessmentPermissions.Rule, new NotificationMessage(
            "assessment.objection-withdrawn", await ValuesAsync(result, cancellationToken), LinkTo(result)));
        await flow.RuledAsync(objection.AssessmentId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task RuleAsync(Guid resultId, RuleObjectionDto input, CancellationToken cancellationToken)
    {
        var objection = await db.Set<Objection>().FirstOrDefaultAsync(o => o.ResultId == resultId, cancellationToken)
            ?? throw new NotFoundException(nameof(Objection), resultId);
        objection.EnsureStamp(input.ConcurrencyStamp);
        await RuleAsync(objection, input, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds the ruling to the context; the caller saves.</summary>
    public async Task RuleAsync(Objection objection, RuleObjectionDto input, CancellationToken cancellationToken)
    {
        // The assessment is the issuer's: who cannot see it, the region assessed among them, has no objection to rule on.
        var assessment = await db.Set<PilotAssessment>().FirstOrDefaultAsync(a => a.Id == objection.AssessmentId && a.TenantId == scope.RequiredTenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Objection), objection.Id);
        new InputCheck().Text(input.Text, "text", Objection.TextLength)
            .That(input.Ruling is { } given && Enum.IsDefined(given), "ruling", PlatformErrorCodes.Required).ThrowIfAny();
        await RequireUninvolvedAsync(assessment, cancellationToken);
        objection.RequireWaiting();
        var result = await db.Set<AssessmentResult>().SingleAsync(r => r.Id == objection.ResultId, cancellationToken);
        if (input.Ruling == ObjectionRuling.Upheld)
        {
            await AdjustAsync(assessment, result, input.Points ?? [], cancellationToken);
        }

        objection.Rule(input.Ruling!.Value, input.Text.Trim(), scope.Identity.DisplayName, time.UtcNow());

        result.Finalise(objection, time.UtcNow());
        notifier.Notify(objection.Owner, AssessmentPermissions.View, new NotificationMessage(
            "assessment.objection-ruled", await ValuesAsync(result, cancellationToken), LinkTo(result)));
        await flow.RuledAsync(objection.AssessmentId, cancellationToken);
    }

    public async Task<ObjectionDto?> FindAsync(Guid resultId, CancellationToken cancellationToken)
    {
        var o = await db.Set<Objection>().AsNoTracking().FirstOrDefaultAsync(x => x.ResultId == resultId, cancellationToken);
        if (o is null)
        {
            return null;
        }

        var found = o.FileIds.Count == 0 ? new Dictionary<Guid, StoredFileInfo>() : await files.FindAsync(o.FileIds, cancellationToken);
        return new ObjectionDto(
            o.Id, o.State, o.Reason, [.. o.Points.Select(p => new ObjectionPointDto(p.IndicatorKey, p.IndicatorName, p.Reason))],
            [.. o.FileIds.Where(found.ContainsKey).Select(f => new ObjectionFileDto(f, found[f].Name, found[f].Size))],
            o.RaisedAt, o.RaisedByName, Objection.RulingDueOn(o.RaisedAt), o.Ruling, o.RulingText, o.RuledAt, o.RuledByName, o.WithdrawnAt, o.WithdrawnByName,
            o.ConcurrencyStamp);
    }

    private static readonly SortList<ObjectionRow> Sorts = new SortList<ObjectionRow>()
        .Allow("themeOrder", x => x.Result.ThemeOrder).Allow("region", x => x.Result.TenantPath).Allow("raisedAt", x => x.Objection.RaisedAt)
        .Otherwise(q => q.OrderBy(x => x.Objection.Ruling != null || x.Objection.WithdrawnAt != null).ThenBy(x => x.Objection.RaisedAt).ThenBy(x => x.Objection.Id));

    private static List<ObjectionPoint> CheckPoints(RaiseObjectionDto input, AssessmentResult result)
    {
        var indicators = result.Indicators.Where(i => i.Key != Guid.Empty).ToDictionary(i => i.Key);
        var seen = new HashSet<Guid>();
        var check = new InputCheck().Text(input.Reason, "reason", Objection.TextLength);
        foreach (var (point, index) in (input.Points ?? []).Select((x, i) => (x, i)))
        {
            check.That(indicators.ContainsKey(point.IndicatorKey), $"points[{index}].indicatorKey", AssessmentErrorCodes.UnknownIndicator)
                .That(seen.Add(point.IndicatorKey), $"points[{index}].indicatorKey", PlatformErrorCodes.Duplicate)
                .Text(point.Reason, $"points[{index}].reason", Objection.PointLength);
        }

        check.ThrowIfAny();
        return
        [
            .. (input.Points ?? []).Select(p => new ObjectionPoint
            {
                IndicatorKey = p.IndicatorKey,
                IndicatorName = indicators[p.IndicatorKey].Name,
                Reason = p.Reason.Trim(),
            }),
        ];
    }

    private async Task<IReadOnlyList<Guid>> ReleasedAsync(IReadOnlyList<Guid>? given, CancellationToken cancellationToken)
    {
        var fileIds = (given ?? []).Distinct().ToList();
        new InputCheck().That(fileIds.Count <= Objection.MaxFiles, "fileIds", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", Objection.MaxFiles)).ThrowIfAny();
        if (fileIds.Count > 0)
        {
            await files.FindOwnAsync(fileIds, "fileIds", AssessmentErrorCodes.UnknownFile, cancellationToken);
            await files.ReleaseAsync(fileIds, cancellationToken);
        }

        return fileIds;
    }

    /// <summary>四眼: the published word is not judged by whoever gave it.</summary>
    private async Task RequireUninvolvedAsync(PilotAssessment assessment, CancellationToken cancellationToken)
    {
        var me = scope.Identity.UserId;
        if (me is not null && (assessment.PublishedById == me
            || await db.Set<PanelMember>().AnyAsync(m => m.AssessmentId == assessment.Id && m.AssessorId == me, cancellationToken)))
        {
            throw new BusinessException(AssessmentErrorCodes.RulerInvolved);
        }
    }

    private async Task AdjustAsync(PilotAssessment assessment, AssessmentResult result, IReadOnlyList<RuledPointsDto> points, CancellationToken cancellationToken)
    {
        var scheme = await db.Set<AssessmentScheme>().SingleAsync(s => s.Id == assessment.SchemeId, cancellationToken);
        var outcome = await db.Set<PanelOutcome>().SingleAsync(o => o.AssessmentId == assessment.Id, cancellationToken);
        var indicators = scheme.Indicators.ToDictionary(i => i.Key);
        var seen = new HashSet<Guid>();
        var check = new InputCheck();
        foreach (var (point, index) in points.Select((x, i) => (x, i)))
        {
            var field = $"points[{index}]";
            if (!indicators.TryGetValue(point.IndicatorKey, out var indicator))
            {
                check.That(false, $"{field}.indicatorKey", AssessmentErrorCodes.UnknownIndicator);
                continue;
            }

            var inRange = point.Points >= 0 && point.Points <= indicator.MaxPoints;
            check.That(seen.Add(point.IndicatorKey), $"{field}.indicatorKey", PlatformErrorCodes.Duplicate)
                .That(inRange, $"{field}.points", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", indicator.MaxPoints))
                .That(!inRange || point.Points % SchemeArithmetic.Step == 0, $"{field}.points", AssessmentErrorCodes.PointsStep);
        }

        check.That(points.Any(p => indicators.ContainsKey(p.IndicatorKey) && p.Points != outcome.MeanOf(p.IndicatorKey)), "points", AssessmentErrorCodes.NothingAdjusted)
            .ThrowIfAny();
        var ruled = points.ToDictionary(p => p.IndicatorKey, p => p.Points);
        var passed = result.Passed;
        result.Adjust(outcome.TotalWith(scheme, ruled), ruled);
        if (result.Passed != passed)
        {
            await pilots.CorrectOutcomeAsync(assessment.PilotId, result.Passed ? PilotOutcome.Completed : PilotOutcome.NotPassed, cancellationToken);
        }

        db.Add(new ResultAdjusted(assessment.PilotId, assessment.PilotRegionId, assessment.PilotRegionPath, result.Total, result.Passed, passed));
    }

    private static string LinkTo(AssessmentResult result) => $"/assessment/results/{result.Id}";

    private async Task<IReadOnlyDictionary<string, string>> ValuesAsync(AssessmentResult result, CancellationToken cancellationToken) =>
        new Dictionary<string, string> { ["theme"] = result.ThemeTitle, ["region"] = (await regions.GetAsync(cancellationToken)).NameOf(result.Owner) };

    private sealed class ObjectionRow
    {
        public required Objection Objection { get; init; }

        public required AssessmentResult Result { get; init; }
    }
}
