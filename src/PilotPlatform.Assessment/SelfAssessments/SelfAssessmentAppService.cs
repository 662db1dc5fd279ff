using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Flows;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.SelfAssessments;

/// <summary>The region's side of 自评; those above read it once it was handed in.</summary>
internal sealed class SelfAssessmentAppService(PlatformDbContext db, ICurrentScope scope, IRegionDirectory regions, AssessmentFlow flow, TimeProvider time)
{
    private static readonly SortList<SelfAssessment> Sorts = new SortList<SelfAssessment>()
        .Allow("themeOrder", s => s.ThemeOrder).Allow("dueOn", s => s.DueOn)
        .Otherwise(q => q.OrderByDescending(s => s.IsDraft).ThenBy(s => s.DueOn).ThenBy(s => s.ThemeOrder));

    public async Task<PagedResult<SelfAssessmentListItemDto>> ListAsync(GetSelfAssessmentsInput input, CancellationToken cancellationToken)
    {
        var rows = db.Set<SelfAssessment>().AsNoTracking();
        if (input.HandedIn is { } handedIn)
        {
            rows = rows.Where(s => s.IsDraft == !handedIn);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var word = input.Filter.Trim();
            rows = rows.Where(s => s.ThemeTitle.Contains(word));
        }

        var page = await rows.ToPageAsync(
            input, Sorts,
            s => new SelfAssessmentListItemDto(s.Id, s.PilotId, s.ThemeOrder, s.ThemeTitle, s.TenantId, "", s.PartName, s.DueOn, default, s.HandedInAt),
            cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var today = time.Today();
        return page with
        {
            Items =
            [
                .. page.Items.Select(i => i with
                {
                    RegionName = map.Find(i.RegionId)?.Name ?? "",
                    Light = new Deadline(i.DueOn, DuePrecision.Day, IsSoft: true).LightOn(today, i.HandedInAt is { } at ? ChinaTime.DateOf(at) : null),
                }),
            ],
        };
    }

    public async Task<SelfAssessmentDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var self = await db.Set<SelfAssessment>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(SelfAssessment), id);
        return await MapAsync(self, cancellationToken);
    }

    public async Task<SavedSelfAssessmentDto> SaveAsync(Guid id, SaveSelfAssessmentDto input, CancellationToken cancellationToken)
    {
        var self = await LoadOwnAsync(id, cancellationToken);
        self.RequireDraft();
        self.EnsureStamp(input.ConcurrencyStamp);
        Check(self, input);
        self.Save(
            input.Entries.ToDictionary(
                e => e.IndicatorKey,
                e => (e.Points, e.Remark?.Trim() ?? "", (IReadOnlyList<string>)[.. (e.Links ?? []).Select(l => l.Trim()).Where(l => l.Length > 0)])),
            input.Summary?.Trim() ?? "");
        await db.SaveChangesAsync(cancellationToken);
        return new SavedSelfAssessmentDto(self.Id, self.ConcurrencyStamp, self.Total(), time.UtcNow());
    }

    public async Task<SelfAssessmentDto> HandInAsync(Guid id, SelfAssessmentStampDto input, CancellationToken cancellationToken)
    {
        var self = await LoadOwnAsync(id, cancellationToken);
        self.RequireDraft();
        self.EnsureStamp(input.ConcurrencyStamp);
        if (await db.Set<AssessmentResult>().AnyAsync(r => r.PilotId == self.PilotId, cancellationToken))
        {
            throw new BusinessException(AssessmentErrorCodes.AlreadyPublished);
        }

        var check = new InputCheck().Text(self.Summary, "summary", SelfAssessment.SummaryLength);
        foreach (var (entry, index) in self.Entries.Select((x, i) => (x, i)))
        {
            check.That(entry.Points is not null, $"entries[{index}].points", PlatformErrorCodes.Required);
        }

        check.ThrowIfAny();
        self.HandIn(scope.Identity.DisplayName, time.UtcNow());
        await flow.SelfAssessedAsync(self.AssessmentId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(self, cancellationToken);
    }

    public static IReadOnlyList<SelfEntryDto> EntriesOf(SelfAssessment self) =>
    [
        .. self.Entries.Select(e => new SelfEntryDto(e.IndicatorKey, e.Group, e.Name, e.Guidance, e.Weight, e.MaxPoints, e.Points, e.Remark, e.Links)),
    ];

    private async Task<SelfAssessment> LoadOwnAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<SelfAssessment>().FirstOrDefaultAsync(s => s.Id == id && s.TenantId == scope.RequiredTenant.Id, cancellationToken)
        ?? throw new NotFoundException(nameof(SelfAssessment), id);

    private async Task<SelfAssessmentDto> MapAsync(SelfAssessment self, CancellationToken cancellationToken) => new(
        self.Id, self.PilotId, self.ProgrammeId, self.ThemeTitle, self.TenantId, (await regions.GetAsync(cancellationToken)).NameOf(self.Owner), self.PartName, self.DueOn,
        WorkingCalendar.IsProvisional(self.DueOn), self.SchemeId is null ? null : self.SchemeName, self.SchemeVersion, self.IsSchemeSettled, self.TenantId == scope.RequiredTenant.Id,
        self.HandedInAt, self.HandedInByName, self.Summary, self.Total(), EntriesOf(self), self.ConcurrencyStamp);

    private static void Check(SelfAssessment self, SaveSelfAssessmentDto input)
    {
        var entries = self.Entries.ToDictionary(e => e.IndicatorKey);
        var seen = new HashSet<Guid>();
        var check = new InputCheck().Text(input.Summary, "summary", SelfAssessment.SummaryLength, required: false)
            .That(input.Entries is not null, "entries", PlatformErrorCodes.Required);
        foreach (var (given, index) in (input.Entries ?? []).Select((x, i) => (x, i)))
        {
            var field = $"entries[{index}]";
            if (!entries.TryGetValue(given.IndicatorKey, out var entry))
            {
                check.That(false, $"{field}.indicatorKey", AssessmentErrorCodes.UnknownIndicator);
                continue;
            }

            var links = given.Links ?? [];
            var inRange = given.Points is not { } points || (points >= 0 && points <= entry.MaxPoints);
            check.That(seen.Add(given.IndicatorKey), $"{field}.indicatorKey", PlatformErrorCodes.Duplicate)
                .That(inRange, $"{field}.points", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", entry.MaxPoints))
                .That(!inRange || (given.Points ?? 0) % SchemeArithmetic.Step == 0, $"{field}.points", AssessmentErrorCodes.PointsStep)
                .Text(given.Remark, $"{field}.remark", SelfAssessment.RemarkLength, required: false)
                .That(links.Count <= SelfAssessment.MaxLinks, $"{field}.links", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", SelfAssessment.MaxLinks));
            foreach (var (link, place) in links.Select((x, i) => (x, i)))
            {
                check.That(string.IsNullOrWhiteSpace(link) || IsWebAddress(link.Trim()), $"{field}.links[{place}]", AssessmentErrorCodes.LinkInvalid);
            }
        }

        check.ThrowIfAny();
    }

    /// <summary>Assessors open it with one click: nothing but the web's two schemes.</summary>
    private static bool IsWebAddress(string link) =>
        link.Length <= SelfAssessment.LinkLength && Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
