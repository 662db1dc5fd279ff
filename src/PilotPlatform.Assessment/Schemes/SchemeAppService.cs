using AutoMapper;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Choices;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Schemes;

internal sealed class SchemeAppService(
    PlatformDbContext db, ICurrentScope scope, IIdGenerator ids, TimeProvider time, IProgrammeLookup programmes, SchemesOfPilots ofPilots, IMapper mapper)
{
    private const int MaxIndicators = 60;

    private static readonly SortList<AssessmentScheme> Sorts = new SortList<AssessmentScheme>()
        .Allow("name", s => s.Name).Allow("version", s => s.Version).Allow("publishedAt", s => s.PublishedAt)
        .Otherwise(q => q.OrderBy(s => s.Name).ThenByDescending(s => s.Version));

    public Task<PagedResult<SchemeListItemDto>> ListAsync(GetSchemesInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<AssessmentScheme>().AsNoTracking();
        if (input.PublishedOnly == true)
        {
            query = query.Where(s => !s.IsDraft);
        }

        if (!string.IsNullOrWhiteSpace(input.Filter))
        {
            var word = input.Filter.Trim();
            query = query.Where(s => s.Name.Contains(word));
        }

        return query.ToPageAsync<AssessmentScheme, SchemeListItemDto>(input, Sorts, mapper, cancellationToken);
    }

    public async Task<SchemeDto> GetAsync(Guid id, CancellationToken cancellationToken) => Map(
        await db.Set<AssessmentScheme>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken)
        ?? await ofPilots.FindAsync(id, cancellationToken)
        ?? throw new NotFoundException(nameof(AssessmentScheme), id));

    public async Task<SchemeDto> CreateAsync(CreateSchemeDto input, CancellationToken cancellationToken)
    {
        var indicators = Check(input.Name, input.PassMark, input.SpreadThreshold, input.Indicators);
        if (input.ProgrammeId is { } programmeId && await programmes.FindAsync(programmeId, cancellationToken) is null)
        {
            throw new NotFoundException("Programme", programmeId);
        }

        var scheme = new AssessmentScheme(ids.NewId(), input.ProgrammeId);
        scheme.Edit(input.Name.Trim(), input.PassMark, input.SpreadThreshold, input.ThirdScoreRule ?? ThirdScoreRule.Closest, indicators);
        db.Add(scheme);
        await db.SaveChangesAsync(cancellationToken);
        return Map(scheme);
    }

    public async Task<SchemeDto> UpdateAsync(Guid id, UpdateSchemeDto input, CancellationToken cancellationToken)
    {
        var scheme = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        var indicators = Check(input.Name, input.PassMark, input.SpreadThreshold, input.Indicators);
        scheme.Edit(input.Name.Trim(), input.PassMark, input.SpreadThreshold, input.ThirdScoreRule ?? scheme.ThirdScoreRule, indicators);
        await db.SaveChangesAsync(cancellationToken);
        return Map(scheme);
    }

    public async Task<SchemeDto> PublishAsync(Guid id, SchemeStampDto input, CancellationToken cancellationToken)
    {
        var scheme = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        scheme.Publish(time.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Map(scheme);
    }

    public async Task<SchemeDto> ReviseAsync(Guid id, SchemeStampDto input, CancellationToken cancellationToken)
    {
        var scheme = await LoadOwnAsync(id, input.ConcurrencyStamp, cancellationToken);
        if (await db.Set<AssessmentScheme>().AnyAsync(s => s.FamilyId == scheme.FamilyId && s.Version > scheme.Version, cancellationToken))
        {
            throw new BusinessException(AssessmentErrorCodes.RevisionExists);
        }

        var next = scheme.Revise(ids.NewId());
        db.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        return Map(next);
    }

    private async Task<AssessmentScheme> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<AssessmentScheme>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken)
        ?? throw new NotFoundException(nameof(AssessmentScheme), id);

    /// <summary>A scheme that is merely shared with the caller is there to be read.</summary>
    private async Task<AssessmentScheme> LoadOwnAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        var scheme = await LoadAsync(id, cancellationToken);
        if (scheme.TenantId != scope.RequiredTenant.Id)
        {
            throw new NotFoundException(nameof(AssessmentScheme), id);
        }

        scheme.EnsureStamp(stamp);
        return scheme;
    }

    private List<Indicator> Check(string? name, decimal passMark, decimal spreadThreshold, IReadOnlyList<IndicatorInputDto>? indicators)
    {
        var check = new InputCheck().Text(name, "name", 100)
            .That(passMark is > 0 and <= 100, "passMark", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", 100))
            .That(spreadThreshold is > 0 and <= 100, "spreadThreshold", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", 100))
            .That(indicators is { Count: > 0 and <= MaxIndicators }, "indicators", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", MaxIndicators));
        var keys = new HashSet<Guid>();
        foreach (var (indicator, index) in (indicators ?? []).Select((x, i) => (x, i)))
        {
            var field = $"indicators[{index}]";
            check.Text(indicator.Name, $"{field}.name", 100)
                .Text(indicator.Group, $"{field}.group", 100, required: false)
                .Text(indicator.Guidance, $"{field}.guidance", 1000, required: false)
                .That(indicator.Weight is > 0 and <= 100 && HasTwoDecimals(indicator.Weight), $"{field}.weight", PlatformErrorCodes.OutOfRange, ("min", 0.01m), ("max", 100))
                .That(indicator.MaxPoints is >= 1 and <= 100 && indicator.MaxPoints % SchemeArithmetic.Step == 0, $"{field}.maxPoints", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", 100))
                .That(indicator.Key is not { } key || keys.Add(key), $"{field}.key", PlatformErrorCodes.Duplicate);
        }

        check.ThrowIfAny();
        return
        [
            .. indicators!.Select(i => new Indicator
            {
                Key = i.Key ?? ids.NewId(),
                Group = string.IsNullOrWhiteSpace(i.Group) ? null : i.Group.Trim(),
                Name = i.Name.Trim(),
                Guidance = i.Guidance?.Trim() ?? "",
                Weight = i.Weight,
                MaxPoints = i.MaxPoints,
            }),
        ];
    }

    private static bool HasTwoDecimals(decimal value) => value == Math.Round(value, 2);

    private SchemeDto Map(AssessmentScheme s) => new(
        s.Id, s.FamilyId, s.Version, s.Name, s.ProgrammeId, s.IsDraft, s.PublishedAt, s.PassMark, s.SpreadThreshold, s.ThirdScoreRule,
        SchemeArithmetic.WeightSum(s.Indicators),
        [.. s.Indicators.Select(i => new IndicatorDto(i.Key, i.Group, i.Name, i.Guidance, i.Weight, i.MaxPoints))],
        s.TenantId == scope.RequiredTenant.Id, s.ConcurrencyStamp);
}
