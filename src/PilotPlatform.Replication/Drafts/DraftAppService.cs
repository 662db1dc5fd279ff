using AutoMapper;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Replication.Flows;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Replication.Drafts;

/// <summary>Writing a practice up and certifying it.</summary>
internal sealed class DraftAppService(
    PlatformDbContext db, IIdGenerator ids, TimeProvider time, IPilotLookup pilots, IPilotVerbs pilotVerbs, IProgrammeLookup programmes,
    IAssessmentLookup results, IRegionDirectory regions, CertificationFlow flow, INotifier notifier, IMapper mapper)
{
    private static readonly SortList<PracticeDraft> Sorts = new SortList<PracticeDraft>()
        .Allow("title", d => d.Title).Allow("region", d => d.OriginRegionPath).Allow("createdAt", d => d.CreatedAt)
        .Otherwise(q => q.OrderBy(d => d.PracticeId != null).ThenByDescending(d => d.CreatedAt));

    public Task<PagedResult<DraftListItemDto>> ListAsync(GetDraftsInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<PracticeDraft>().AsNoTracking();
        if (input.Uncertified == true)
        {
            query = query.Where(d => d.PracticeId == null);
        }

        return query.ToPageAsync<PracticeDraft, DraftListItemDto>(input, Sorts, mapper, cancellationToken);
    }

    public async Task<DraftDto> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await MapAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<DraftDto> CreateAsync(CreateDraftDto input, CancellationToken cancellationToken)
    {
        var draft = await BeginAsync(input.PilotId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(draft, cancellationToken);
    }

    /// <summary>Adds the draft to the context; the caller saves.</summary>
    public async Task<PracticeDraft> BeginAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await pilots.FindAsync(pilotId, cancellationToken) ?? throw new NotFoundException("Pilot", pilotId);
        await RequirePassingResultAsync(pilotId, cancellationToken);
        if (await db.Set<PracticeDraft>().AnyAsync(d => d.PilotId == pilotId, cancellationToken))
        {
            throw new BusinessException(ReplicationErrorCodes.DraftExists);
        }

        var programme = await programmes.FindAsync(pilot.ProgrammeId, cancellationToken) ?? throw new NotFoundException("Programme", pilot.ProgrammeId);
        var map = await regions.GetAsync(cancellationToken);
        var draft = new PracticeDraft(ids.NewId(), programme.Issuer, pilot, map.NameOf(pilot.Region), programme.IssuingBody, programme.DocumentNumber);
        db.Add(draft);
        await flow.BegunAsync(draft, pilot.ThemeId, pilot.ProgrammeId, cancellationToken);
        return draft;
    }

    public async Task<DraftDto> UpdateAsync(Guid id, UpdateDraftDto input, CancellationToken cancellationToken)
    {
        var draft = await LoadAsync(id, cancellationToken);
        draft.EnsureStamp(input.ConcurrencyStamp);
        Check(input);
        draft.Edit(new PracticeTextInput(
            input.Title, input.Summary, input.Keywords, input.ReportNumber, input.Background, input.Measures, input.Results, input.Conditions));
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(draft, cancellationToken);
    }

    public async Task<DraftDto> CertifyAsync(Guid id, CertifyDraftDto input, CancellationToken cancellationToken)
    {
        var draft = await LoadAsync(id, cancellationToken);
        draft.EnsureStamp(input.ConcurrencyStamp);
        await CertifyAsync(draft, input.Maturity, input.IsPublic, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await MapAsync(draft, cancellationToken);
    }

    /// <summary>Adds the certification to the context; the caller saves, so that the flow's own step can be part of the same transaction.</summary>
    public async Task CertifyAsync(PracticeDraft draft, MaturityLevel? maturity, bool isPublic, CancellationToken cancellationToken)
    {
        RequireComplete(draft, maturity);
        await RequirePassingResultAsync(draft.PilotId, cancellationToken);

        var practice = draft.PracticeId is { } practiceId
            ? await db.Set<Practice>().SingleAsync(p => p.Id == practiceId, cancellationToken)
            : null;
        if (practice is null)
        {
            practice = new Practice(ids.NewId(), draft);
            db.Add(practice);
            await pilotVerbs.CertifyAsync(draft.PilotId, cancellationToken);
            db.Add(new PracticeCertified(practice.Id, draft.PilotId));
            notifier.Notify(draft.Origin, ReplicationPermissions.View, new NotificationMessage(
                "replication.practice-certified", new Dictionary<string, string> { ["title"] = draft.Title }, $"/replication/{practice.Id}"));
        }

        practice.Certify(draft, maturity!.Value, isPublic, time.UtcNow());
        draft.MarkCertified(practice.Id, time);
        await flow.CertifiedAsync(draft, cancellationToken);
    }

    private async Task<PracticeDraft> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<PracticeDraft>().FirstOrDefaultAsync(d => d.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(PracticeDraft), id);

    private async Task RequirePassingResultAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        if (await results.FindPublishedAsync(pilotId, cancellationToken) is not { Passed: true })
        {
            throw new BusinessException(ReplicationErrorCodes.NoPassingResult);
        }
    }

    private static void Check(UpdateDraftDto input) => new InputCheck()
        .Text(input.Title, "title", PracticeText.TitleLength)
        .Text(input.Summary, "summary", PracticeText.SummaryLength, required: false)
        .Text(input.Keywords, "keywords", PracticeText.KeywordsLength, required: false)
        .Text(input.ReportNumber, "reportNumber", 100, required: false)
        .Text(input.Background, "background", PracticeText.SectionLength, required: false)
        .Text(input.Measures, "measures", PracticeText.SectionLength, required: false)
        .Text(input.Results, "results", PracticeText.SectionLength, required: false)
        .Text(input.Conditions, "conditions", PracticeText.SectionLength, required: false)
        .ThrowIfAny();

    /// <summary>A draft may have gaps; what every region is to read may not.</summary>
    private static void RequireComplete(PracticeDraft draft, MaturityLevel? maturity) => new InputCheck()
        .That(maturity is { } level && Enum.IsDefined(level), "maturity", ReplicationErrorCodes.MaturityNeeded)
        .Text(draft.Title, "title", PracticeText.TitleLength)
        .Text(draft.Summary, "summary", PracticeText.SummaryLength)
        .Text(draft.Background, "background", PracticeText.SectionLength)
        .Text(draft.Measures, "measures", PracticeText.SectionLength)
        .Text(draft.Results, "results", PracticeText.SectionLength)
        .Text(draft.Conditions, "conditions", PracticeText.SectionLength)
        .ThrowIfAny();

    private async Task<DraftDto> MapAsync(PracticeDraft d, CancellationToken cancellationToken)
    {
        var practice = d.PracticeId is { } practiceId
            ? await db.Set<Practice>().AsNoTracking().SingleAsync(p => p.Id == practiceId, cancellationToken)
            : null;
        return new DraftDto(
            d.Id, d.PilotId, d.ThemeTitle, d.OriginRegionId, d.OriginName, d.IssuingBody, d.NoticeNumber, d.Title, d.Summary, d.Keywords, d.ReportNumber,
            d.Background, d.Measures, d.Results, d.Conditions, d.PracticeId, practice?.Maturity, practice?.IsPublic ?? false, practice?.Version ?? 0,
            d.HasChanges, d.ConcurrencyStamp);
    }
}
