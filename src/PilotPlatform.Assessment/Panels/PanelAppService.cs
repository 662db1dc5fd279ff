using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Choices;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Panels;

/// <summary>The issuing office's side: who scores, what came out, publication.</summary>
internal sealed class PanelAppService(
    PlatformDbContext db, IIdGenerator ids, TimeProvider time, IRegionDirectory regions, IUserDirectory users, IPilotVerbs pilots, INotifier notifier,
    ResultPublishing publishing, AssessmentFlow flow, SchemeChoices choices)
{
    // Nothing that a score decides may be sorted by.
    private static readonly SortList<PilotAssessment> Sorts = new SortList<PilotAssessment>()
        .Allow("themeOrder", a => a.ThemeOrder).Allow("region", a => a.PilotRegionPath).Allow("acceptedAt", a => a.AcceptedAt).Allow("dueOn", a => a.DueOn)
        .Otherwise(q => q.OrderBy(a => a.ThemeOrder).ThenBy(a => a.PilotRegionPath));

    public async Task<PagedResult<AssessmentListItemDto>> ListAsync(GetAssessmentsInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<PilotAssessment>().AsNoTracking();
        if (input.Status is { } status)
        {
            query = query.Where(a => a.Status == status);
        }

        if (input.ProgrammeId is { } programmeId)
        {
            query = query.Where(a => a.ProgrammeId == programmeId);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var word = input.Filter.Trim();
            query = query.Where(a => a.ThemeTitle.Contains(word));
        }

        var members = db.Set<PanelMember>();
        var page = await query.ToPageAsync(
            input,
            Sorts,
            a => new AssessmentListItemDto(
                a.Id, a.PilotId, a.ProgrammeId, a.ThemeOrder, a.ThemeTitle, a.PilotRegionId, "", a.PartName, a.Status, a.AcceptedAt, a.DueOn,
                members.Count(m => m.AssessmentId == a.Id && m.RecusedAt == null), members.Count(m => m.AssessmentId == a.Id && m.HasSubmitted)),
            cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return page with { Items = [.. page.Items.Select(i => i with { RegionName = map.Find(i.RegionId)?.Name ?? "" })] };
    }

    public async Task<AssessmentDto> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await MapAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<CandidateDto>> CandidatesAsync(Guid id, CancellationToken cancellationToken)
    {
        var assessment = await LoadAsync(id, cancellationToken);
        var candidates = await users.WithPermissionAsync(assessment.TenantId, AssessmentPermissions.Score, cancellationToken);
        var onPanel = (await db.Set<PanelMember>().Where(m => m.AssessmentId == id).Select(m => m.AssessorId).ToListAsync(cancellationToken)).ToHashSet();
        var open = await db.Set<PanelMember>().Where(m => !m.HasSubmitted && m.RecusedAt == null).GroupBy(m => m.AssessorId)
            .Select(g => new { AssessorId = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.AssessorId, g => g.Count, cancellationToken);
        return
        [
            .. candidates.OrderBy(c => c.DisplayName, StringComparer.Ordinal)
                .Select(c => new CandidateDto(c.Id, c.DisplayName, HasConflict(assessment, c), open.GetValueOrDefault(c.Id), onPanel.Contains(c.Id))),
        ];
    }

    public async Task<AssessmentDto> AssignPanelAsync(Guid id, AssignPanelDto input, CancellationToken cancellationToken)
    {
        var assessment = await LoadAsync(id, cancellationToken);
        assessment.EnsureStamp(input.ConcurrencyStamp);
        CheckPanel(input);
        var scheme = await db.Set<AssessmentScheme>().FirstOrDefaultAsync(s => s.Id == input.SchemeId && s.TenantId == assessment.TenantId, cancellationToken)
            ?? throw new NotFoundException(nameof(AssessmentScheme), input.SchemeId);
        await choices.RequireAsync(assessment, scheme, cancellationToken);
        var assessors = await EligibleAsync(assessment, input.AssessorIds, cancellationToken);

        assessment.SetPanel(scheme, input.DueOn);
        foreach (var assessor in assessors)
        {
            await SeatAsync(assessment, scheme, assessor, isThird: false, cancellationToken);
        }

        db.AddFor(assessment.PilotRegion, SelfAssessmentWanted.Of(assessment, scheme, isSettled: true));

        await pilots.BeginAssessmentAsync(assessment.PilotId, cancellationToken);
        await flow.PanelAssignedAsync(
            assessment, (await regions.GetAsync(cancellationToken)).NameOf(assessment.PilotRegion), [.. assessors.Select(a => a.Id)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(assessment, cancellationToken);
    }

    public async Task<AssessmentDto> PublishAsync(Guid id, PublishResultDto input, CancellationToken cancellationToken)
    {
        var assessment = await LoadAsync(id, cancellationToken);
        assessment.EnsureStamp(input.ConcurrencyStamp);
        await publishing.PublishAsync(assessment, input.Comment, input.SpreadNote, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(assessment, cancellationToken);
    }

    /// <summary>A place on the panel, its sheet, and a word to the assessor.</summary>
    public async Task SeatAsync(PilotAssessment assessment, AssessmentScheme scheme, UserSummary assessor, bool isThird, CancellationToken cancellationToken)
    {
        db.Add(new PanelMember(ids.NewId(), assessment, assessor.Id, assessor.DisplayName, isThird));
        var sheet = new ScoreSheet(ids.NewId(), assessment, assessor.Id, scheme.Indicators);
        db.Add(sheet);
        notifier.NotifyUser(assessment.Owner, assessor.Id, new NotificationMessage(
            "assessment.score-wanted", NotificationValues.Of(assessment, await regions.GetAsync(cancellationToken)), $"/assessment/sheets/{sheet.Id}", assessment.DueOn));
    }

    public async Task<PilotAssessment> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<PilotAssessment>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken)
        ?? throw new NotFoundException(nameof(PilotAssessment), id);

    private void CheckPanel(AssignPanelDto input)
    {
        var assessorIds = input.AssessorIds ?? [];
        new InputCheck()
            .That(assessorIds.Count >= PilotAssessment.MinAssessors, "assessorIds", AssessmentErrorCodes.PanelTooSmall, ("min", PilotAssessment.MinAssessors))
            .That(assessorIds.Count <= PilotAssessment.MaxAssessors, "assessorIds", PlatformErrorCodes.OutOfRange, ("min", PilotAssessment.MinAssessors), ("max", PilotAssessment.MaxAssessors))
            .That(assessorIds.Distinct().Count() == assessorIds.Count, "assessorIds", AssessmentErrorCodes.AssessorTwice)
            .That(input.DueOn is not { } due || due >= time.Today(), "dueOn", AssessmentErrorCodes.DueInPast)
            .ThrowIfAny();
    }

    /// <summary>Those named, when each may score this pilot.</summary>
    public async Task<IReadOnlyList<UserSummary>> EligibleAsync(PilotAssessment assessment, IReadOnlyList<Guid> assessorIds, CancellationToken cancellationToken)
    {
        var named = await users.FindAsync(assessorIds, cancellationToken);
        var holders = (await users.WithPermissionAsync(assessment.TenantId, AssessmentPermissions.Score, cancellationToken)).ToDictionary(u => u.Id);
        var eligible = new List<UserSummary>();
        foreach (var id in assessorIds)
        {
            if ((holders.GetValueOrDefault(id) ?? named.GetValueOrDefault(id)) is { } person && HasConflict(assessment, person))
            {
                throw new BusinessException(AssessmentErrorCodes.AssessorConflict).WithData("name", person.DisplayName);
            }

            eligible.Add(holders.GetValueOrDefault(id) ?? throw new BusinessException(AssessmentErrorCodes.NotAnAssessor));
        }

        return eligible;
    }

    /// <summary>Whoever belongs to the region assessed, or to a region below it, has an interest in its score.</summary>
    private static bool HasConflict(PilotAssessment assessment, UserSummary person) => assessment.PilotRegion.Covers(person.Region);

    public async Task<AssessmentDto> MapAsync(PilotAssessment a, CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        var scheme = a.SchemeId is { } schemeId
            ? await db.Set<AssessmentScheme>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == schemeId, cancellationToken)
            : null;
        var members = await db.Set<PanelMember>().AsNoTracking().Where(m => m.AssessmentId == a.Id).OrderBy(m => m.IsThird).ThenBy(m => m.AssessorName)
            .Select(m => new PanelMemberDto(m.AssessorId, m.AssessorName, m.HasSubmitted, m.IsThird, m.RecusedAt, m.RecusalReason, m.IsReplaced))
            .ToListAsync(cancellationToken);
        var outcome = await db.Set<PanelOutcome>().AsNoTracking().FirstOrDefaultAsync(o => o.AssessmentId == a.Id, cancellationToken);
        var result = await db.Set<AssessmentResult>().AsNoTracking().FirstOrDefaultAsync(r => r.AssessmentId == a.Id, cancellationToken);
        var self = await db.Set<SelfAssessment>().AsNoTracking().FirstOrDefaultAsync(s => s.AssessmentId == a.Id && !s.IsDraft, cancellationToken);
        return new AssessmentDto(
            a.Id, a.PilotId, a.ProgrammeId, a.ThemeOrder, a.ThemeTitle, a.PilotRegionId, map.NameOf(a.PilotRegion), a.PartName, a.Status, a.AcceptedAt, a.DueOn,
            a.SchemeId, scheme?.Name, scheme?.Version, self?.Summary ?? a.SelfAssessment, self?.HandedInAt, members, outcome is null ? null : Map(outcome, scheme!),
            result?.Id, result?.OriginalTotal is null ? null : result.Total, a.ConcurrencyStamp);
    }

    private static PanelOutcomeDto Map(PanelOutcome o, AssessmentScheme scheme) => new(
        o.Total, o.Passes, scheme.PassMark, o.Spread, scheme.SpreadThreshold, o.SpreadAlarm, o.SpreadNote, scheme.ThirdScoreRule, o.ThirdRule,
        [
            .. o.Sheets.OrderBy(s => s.IsThird).ThenBy(s => s.AssessorName, StringComparer.Ordinal)
                .Select(s => new AssessorTotalDto(s.AssessorId, s.AssessorName, s.Total, s.IsThird, s.IsExcluded, s.Comment)),
        ],
        [
            .. scheme.Indicators.Select(i => new OutcomeIndicatorDto(
                i.Key, i.Group, i.Name, i.Weight, i.MaxPoints, o.MeanOf(i.Key),
                [
                    .. o.Sheets.OrderBy(s => s.IsThird).ThenBy(s => s.AssessorName, StringComparer.Ordinal).Select(s => (s.AssessorId, Score: s.Scores.Single(x => x.IndicatorKey == i.Key)))
                        .Select(x => new OutcomePointsDto(x.AssessorId, x.Score.Points, x.Score.Comment)),
                ])),
        ]);
}

/// <summary>What the module's notifications say of an assessment; never a score.</summary>
internal static class NotificationValues
{
    public static IReadOnlyDictionary<string, string> Of(PilotAssessment assessment, RegionMap regions) => new Dictionary<string, string>
    {
        ["theme"] = assessment.ThemeTitle,
        ["region"] = regions.NameOf(assessment.PilotRegion),
    };
}
