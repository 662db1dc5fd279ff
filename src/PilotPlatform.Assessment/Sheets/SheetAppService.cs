using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.EventHandlers;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Sheets;

/// <summary>The assessor's side. Every answer depends on the caller's own sheet only, so that it tells nothing of another's.</summary>
internal sealed class SheetAppService(
    PlatformDbContext db, ICurrentScope scope, TimeProvider time, IRegionDirectory regions, IPilotLookup pilots, IFileLibrary files,
    INotifier notifier)
{
    public async Task<IReadOnlyList<MySheetDto>> MineAsync(CancellationToken cancellationToken)
    {
        var me = scope.RequiredUserId;
        var rows = await (
            from sheet in db.Set<ScoreSheet>().AsNoTracking()
            join assessment in db.Set<PilotAssessment>().AsNoTracking() on sheet.AssessmentId equals assessment.Id
            where sheet.OwnerUserId == me && sheet.RecusedAt == null
            orderby sheet.SubmittedAt != null, assessment.DueOn, assessment.ThemeOrder, assessment.PilotRegionPath
            select new { Sheet = sheet, Assessment = assessment }).Take(PagedInput.MaxPage).ToListAsync(cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new MySheetDto(
                r.Sheet.Id, r.Assessment.ThemeTitle, map.NameOf(r.Assessment.PilotRegion), r.Assessment.PartName, r.Assessment.DueOn,
                r.Sheet.SubmittedAt is not null, r.Sheet.SubmittedAt, r.Sheet.Entries.Count(e => e.Points is not null), r.Sheet.Entries.Count)),
        ];
    }

    public async Task<SheetDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var (sheet, assessment, scheme) = await LoadAsync(id, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var entryOf = sheet.Entries.ToDictionary(e => e.IndicatorKey);
        // The region's draft does not pass the filter; what has been handed in does.
        var self = await db.Set<SelfAssessment>().AsNoTracking().FirstOrDefaultAsync(s => s.AssessmentId == assessment.Id && !s.IsDraft, cancellationToken);
        return new SheetDto(
            sheet.Id, sheet.PilotId, assessment.ThemeTitle, map.NameOf(assessment.PilotRegion), assessment.PartName, scheme.Name, scheme.Version,
            assessment.DueOn, sheet.SubmittedAt is not null, sheet.SubmittedAt, sheet.RecusedAt,
            [
                .. scheme.Indicators.Select(i => new SheetIndicatorDto(
                    i.Key, i.Group, i.Name, i.Guidance, i.Weight, i.MaxPoints, entryOf[i.Key].Points, entryOf[i.Key].Comment)),
            ],
            sheet.Comment, SchemeArithmetic.Round(sheet.TotalUnder(scheme)),
            self?.Summary ?? assessment.SelfAssessment, self?.HandedInAt, self is null ? [] : SelfAssessmentAppService.EntriesOf(self),
            sheet.RecusedAt is null ? await DeliverablesAsync(sheet.PilotId, cancellationToken) : [], sheet.ConcurrencyStamp);
    }

    public async Task<SavedSheetDto> SaveAsync(Guid id, SaveSheetDto input, CancellationToken cancellationToken)
    {
        var (sheet, _, scheme) = await LoadAsync(id, cancellationToken);
        sheet.EnsureStamp(input.ConcurrencyStamp);
        var entries = Check(input, scheme);
        sheet.Save(entries, input.Comment?.Trim() ?? "");
        await db.SaveChangesAsync(cancellationToken);
        return new SavedSheetDto(sheet.Id, sheet.ConcurrencyStamp, SchemeArithmetic.Round(sheet.TotalUnder(scheme)), time.UtcNow());
    }

    public async Task<SheetDto> SubmitAsync(Guid id, SheetStampDto input, CancellationToken cancellationToken)
    {
        var (sheet, assessment, scheme) = await LoadAsync(id, cancellationToken);
        if (sheet.SubmittedAt is null && sheet.RecusedAt is null)
        {
            // After submitting, the stamp in the form is old by nature: a second click is told that the sheet is in.
            sheet.EnsureStamp(input.ConcurrencyStamp);
            RequireComplete(sheet, scheme);
        }

        sheet.Submit(time.UtcNow());
        var me = scope.RequiredUserId;
        var member = await db.Set<PanelMember>().SingleAsync(m => m.AssessmentId == assessment.Id && m.AssessorId == me, cancellationToken);
        member.MarkSubmitted();
        // Whether it is the last one is found out after the commit: the answer here, and its time, are the same either way.
        db.Add(new ScoreSheetSubmitted(assessment.Id, me));
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>申请回避: a conflict of interest that the assessor knows of; the office names somebody else.</summary>
    public async Task<SheetDto> RecuseAsync(Guid id, RecuseDto input, CancellationToken cancellationToken)
    {
        var (sheet, assessment, _) = await LoadAsync(id, cancellationToken);
        if (sheet.SubmittedAt is null && sheet.RecusedAt is null)
        {
            sheet.EnsureStamp(input.ConcurrencyStamp);
        }

        new InputCheck().Text(input.Reason, "reason", PanelChanges.ReasonLength).ThrowIfAny();
        sheet.Recuse(time.UtcNow());
        var me = scope.RequiredUserId;
        var member = await db.Set<PanelMember>().SingleAsync(m => m.AssessmentId == assessment.Id && m.AssessorId == me, cancellationToken);
        member.Recuse(input.Reason.Trim(), time.UtcNow());
        var values = new Dictionary<string, string>(NotificationValues.Of(assessment, await regions.GetAsync(cancellationToken))) { ["name"] = member.AssessorName };
        notifier.Notify(assessment.Owner, AssessmentPermissions.Manage, new NotificationMessage("assessment.assessor-recused", values, $"/assessment/{assessment.Id}"));
        // As with a submission: the flow, and whether anybody else is still to submit, are looked at after the commit, never in the answer's time.
        db.Add(new ScoreSheetSubmitted(assessment.Id));
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    private async Task<(ScoreSheet Sheet, PilotAssessment Assessment, AssessmentScheme Scheme)> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var me = scope.RequiredUserId;
        var sheet = await db.Set<ScoreSheet>().FirstOrDefaultAsync(s => s.Id == id && s.OwnerUserId == me, cancellationToken)
            ?? throw new NotFoundException(nameof(ScoreSheet), id);
        var assessment = await db.Set<PilotAssessment>().SingleAsync(a => a.Id == sheet.AssessmentId, cancellationToken);
        var scheme = await db.Set<AssessmentScheme>().SingleAsync(s => s.Id == assessment.SchemeId, cancellationToken);
        return (sheet, assessment, scheme);
    }

    private async Task<IReadOnlyList<SheetDeliverableDto>> DeliverablesAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var deliverables = await pilots.AcceptedDeliverablesAsync(pilotId, cancellationToken);
        var found = await files.FindAsync([.. deliverables.SelectMany(d => d.FileIds).Distinct()], cancellationToken);
        return
        [
            .. deliverables.Select(d => new SheetDeliverableDto(
                d.DeliverableId, d.Name, d.Kind, d.Version, d.Summary,
                [.. d.FileIds.Where(found.ContainsKey).Select(f => found[f]).Select(f => new SheetFileDto(f.Id, f.Name, f.Size, f.ContentType))])),
        ];
    }

    private static List<ScoreEntry> Check(SaveSheetDto input, AssessmentScheme scheme)
    {
        var indicators = scheme.Indicators.ToDictionary(i => i.Key);
        var seen = new HashSet<Guid>();
        var check = new InputCheck().Text(input.Comment, "comment", 4000, required: false);
        foreach (var (entry, index) in (input.Entries ?? []).Select((x, i) => (x, i)))
        {
            var field = $"entries[{index}]";
            if (!indicators.TryGetValue(entry.IndicatorKey, out var indicator))
            {
                check.That(false, $"{field}.indicatorKey", AssessmentErrorCodes.UnknownIndicator);
                continue;
            }

            var inRange = entry.Points is not { } points || (points >= 0 && points <= indicator.MaxPoints);
            check.That(seen.Add(entry.IndicatorKey), $"{field}.indicatorKey", PlatformErrorCodes.Duplicate)
                .That(inRange, $"{field}.points", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", indicator.MaxPoints))
                .That(!inRange || (entry.Points ?? 0) % SchemeArithmetic.Step == 0, $"{field}.points", AssessmentErrorCodes.PointsStep)
                .Text(entry.Comment, $"{field}.comment", 1000, required: false);
        }

        check.ThrowIfAny();
        return [.. (input.Entries ?? []).Select(e => new ScoreEntry { IndicatorKey = e.IndicatorKey, Points = e.Points, Comment = e.Comment?.Trim() ?? "" })];
    }

    private static void RequireComplete(ScoreSheet sheet, AssessmentScheme scheme)
    {
        var given = sheet.Entries.Where(e => e.Points is not null).Select(e => e.IndicatorKey).ToHashSet();
        var check = new InputCheck();
        foreach (var (indicator, index) in scheme.Indicators.Select((x, i) => (x, i)))
        {
            check.That(given.Contains(indicator.Key), $"entries[{index}].points", PlatformErrorCodes.Required);
        }

        check.ThrowIfAny();
    }
}
