using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Reporting;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Templates;

/// <summary>A template of the list.</summary>
internal sealed record TemplateListItemDto(Guid Id, string Name, int ThemeCount, string MadeBy, DateTime CreatedAt, string ConcurrencyStamp);

/// <summary>Copies a programme into a later year's draft; null means the next.</summary>
internal sealed record CopyProgrammeDto(int? Years);

/// <summary>Makes a template of a programme.</summary>
internal sealed record SaveTemplateDto(string Name);

/// <summary>Begins a draft; dates move with the date of issue, where it is known.</summary>
internal sealed record StartFromTemplateDto(DateOnly? IssueDate);

/// <summary>Drops a template.</summary>
internal sealed record TemplateStampDto(string ConcurrencyStamp);

/// <summary>Copies programmes into new drafts and keeps templates.</summary>
internal sealed class TemplateAppService(
    PlatformDbContext db, ICurrentScope scope, IRegionDirectory directory, NoticeAppService notices, NoticeChoosing choosing, Texts texts, IIdGenerator ids)
{
    private const int MostYears = 5;

    private static readonly SortList<ProgrammeTemplate> Sorts = new SortList<ProgrammeTemplate>()
        .Allow("name", t => t.Name).Allow("createdAt", t => t.CreatedAt).Otherwise(q => q.OrderByDescending(t => t.CreatedAt).ThenBy(t => t.Id));

    public Task<PagedResult<TemplateListItemDto>> ListAsync(PagedInput input, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        return db.Set<ProgrammeTemplate>().AsNoTracking().Where(t => t.TenantId == own)
            .ToPageAsync(input, Sorts, t => new TemplateListItemDto(t.Id, t.Name, t.ThemeCount, t.MadeBy, t.CreatedAt, t.ConcurrencyStamp), cancellationToken);
    }

    public async Task<NoticeDto> CopyAsync(Guid programmeId, CopyProgrammeDto input, CancellationToken cancellationToken)
    {
        var years = input.Years ?? 1;
        new InputCheck().That(years is >= 1 and <= MostYears, "years", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", MostYears)).ThrowIfAny();
        var source = await LoadAsync(programmeId, cancellationToken);
        var copy = ProgrammeCopies.InYears(source.Content, years);
        var moved = texts.Get("Programmes:Question.DatesShifted", new Dictionary<string, object?> { ["years"] = years });
        return await CreateAsync(copy, source, NoticeOrigin.Programme, source.Content.Title, moved, cancellationToken);
    }

    public async Task<TemplateListItemDto> SaveAsync(Guid programmeId, SaveTemplateDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Name, "name", ProgrammeTemplate.NameLength).ThrowIfAny();
        var own = scope.RequiredTenant;
        var name = input.Name.Trim();
        if (await db.Set<ProgrammeTemplate>().AnyAsync(t => t.TenantId == own.Id && t.Name == name, cancellationToken))
        {
            throw new BusinessException(ProgrammesErrorCodes.TemplateNameTaken).WithData("name", name);
        }

        var source = await LoadAsync(programmeId, cancellationToken);
        var template = new ProgrammeTemplate(ids.NewId(), own, name, source.Content, scope.Identity.DisplayName);
        db.Add(template);
        await db.SaveChangesAsync(cancellationToken);
        return new TemplateListItemDto(template.Id, template.Name, template.ThemeCount, template.MadeBy, template.CreatedAt, template.ConcurrencyStamp);
    }

    public async Task<NoticeDto> StartAsync(Guid id, StartFromTemplateDto input, CancellationToken cancellationToken)
    {
        var template = await FindAsync(id, cancellationToken);
        var content = NoticeJson.Read<NoticeContent>(template.ContentJson);
        var days = input.IssueDate is { } issued && content.IssueDate is { } before ? issued.DayNumber - before.DayNumber : 0;
        var copy = ProgrammeCopies.InDays(content, days) with { IssueDate = input.IssueDate };
        var moved = texts.Get("Programmes:Question.DatesMoved", new Dictionary<string, object?> { ["days"] = days });
        var (regions, gone) = await StillThereAsync(content, cancellationToken);
        return await CreateAsync(
            copy with { Themes = regions.Themes.Zip(copy.Themes, (there, theme) => theme with { Regions = there.Regions }).ToList(), Regions = regions.Regions },
            new Source(content, "", gone), NoticeOrigin.Template, template.Name, moved, cancellationToken);
    }

    public async Task DiscardAsync(Guid id, TemplateStampDto input, CancellationToken cancellationToken)
    {
        var template = await FindAsync(id, cancellationToken);
        template.EnsureStamp(input.ConcurrencyStamp);
        db.Remove(template);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<NoticeDto> CreateAsync(NoticeContent copy, Source source, NoticeOrigin origin, string? name, string moved, CancellationToken cancellationToken)
    {
        var questions = ProgrammeCopies.Questions(copy, source.Content.DocumentNumber, source.Content.IssueDate, moved, source.Questions, texts);
        IReadOnlyList<NoticePassage> passages = [];
        if (source.NoticeText.Length > 0 && await notices.TryReadAsync(source.NoticeText, cancellationToken) is { } read)
        {
            passages = read.Passages;
            copy = ProgrammeCopies.Sourced(copy, read.Content);
        }

        return await notices.CreateFromContentAsync(source.NoticeText, name, new NoticeReadingResult(copy, passages, questions), origin, cancellationToken);
    }

    /// <summary>An own programme as the content of a draft, with what a copy has to ask about.</summary>
    private async Task<Source> LoadAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == programmeId, cancellationToken)
            ?? throw new NotFoundException(nameof(Programme), programmeId);
        if (programme.TenantId != scope.RequiredTenant.Id)
        {
            throw new BusinessException(ProgrammesErrorCodes.NotIssuer);
        }

        var themes = await db.Set<Theme>().AsNoTracking().Where(t => t.ProgrammeId == programmeId).OrderBy(t => t.Order).ToListAsync(cancellationToken);
        var assignments = await db.Set<Assignment>().AsNoTracking().Where(a => a.ProgrammeId == programmeId).ToListAsync(cancellationToken);
        var audience = await db.Set<AudienceRow>().AsNoTracking().Where(a => a.SubjectId == programmeId).Select(a => a.TenantId).ToListAsync(cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);

        var standing = regions.InAdministrativeOrder(assignments.Where(a => a.RevokedAt is null), a => a.RegionId).ToLookup(a => a.ThemeId);
        var named = programme.ClaimAudience == ClaimAudience.InvitedRegions ? programme.InvitedRegionIds
            : programme.ClaimAudience == ClaimAudience.None ? [.. audience.Except(assignments.Select(a => a.RegionId))] : [];
        var chosen = await choosing.ChosenAsync(programmeId, [.. themes.Select(x => x.Id)], cancellationToken);
        var content = new NoticeContent(
            programme.Title, programme.DocumentNumber, programme.IssuingBody, programme.IssueDate, DeadlineDto.From(programme.Deadline),
            programme.ClaimAudience, programme.ClaimsCloseOn,
            [.. regions.InAdministrativeOrder(named, id => id).Select(id => RegionOf(id, null, regions))],
            [.. programme.Phases.Select(p => new NoticePhase(p.Name, p.Start, p.End, null))],
            [
                .. themes.Select(t => new NoticeTheme(
                    $"t{t.Order}", t.Number, t.Title, t.Description,
                    // Where regions claim, the next year's claims decide, not those of this year.
                    [.. standing[t.Id].Where(a => a.Origin != AssignmentOrigin.Claim).Select(a => RegionOf(a.RegionId, a.PartName.Length > 0 ? a.PartName : null, regions))],
                    [.. t.Deliverables.Select(d => new NoticeDeliverable(d.Name, d.Kind, null))], t.LeadOffices, DeadlineDto.From(t.Deadline), null, t.AssistingOffices, t.ToolKits,
                    t.ToFacts(), chosen.GetValueOrDefault(t.Id))),
            ],
            programme.FactsWith(await ReportingDuty.OfAsync(db, programme.Id, cancellationToken)),
            chosen.GetValueOrDefault(programmeId));
        var revoked = regions.InAdministrativeOrder(assignments.Where(a => a.RevokedAt is not null), a => a.RegionId)
            .Where(a => standing[a.ThemeId].All(s => s.RegionId != a.RegionId))
            .Select(a => (NoticeQuestions.AssignmentRevoked, texts.Get(
                "Programmes:Question.AssignmentRevoked",
                new Dictionary<string, object?> { ["region"] = regions.NameOf(a.Region), ["title"] = themes.First(t => t.Id == a.ThemeId).Title })))
            .Distinct().ToList();
        var (there, gone) = await StillThereAsync(content, cancellationToken);
        return new Source(there, programme.NoticeText, [.. revoked, .. gone]);
    }

    private async Task<(NoticeContent Content, IReadOnlyList<(string Code, string Text)> Questions)> StillThereAsync(NoticeContent content, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant.Id;
        var gone = content.Themes.SelectMany(t => t.Regions.Where(r => !IsThere(r)).Select(_ => (NoticeQuestions.RegionGone, texts.Get(
            "Programmes:Question.RegionGone", new Dictionary<string, object?> { ["number"] = t.Number, ["title"] = t.Title })))).Distinct().ToList();
        return (content with
        {
            Regions = [.. content.Regions.Where(IsThere)],
            Themes = [.. content.Themes.Select(t => t with { Regions = [.. t.Regions.Where(IsThere)] })],
        }, gone);

        bool IsThere(NoticeRegion region) => region.RegionId is { } id && regions.Find(id)?.ParentId == own;
    }

    private async Task<ProgrammeTemplate> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        return await db.Set<ProgrammeTemplate>().FirstOrDefaultAsync(t => t.Id == id && t.TenantId == own, cancellationToken)
            ?? throw new NotFoundException(nameof(ProgrammeTemplate), id);
    }

    private static NoticeRegion RegionOf(Guid id, string? part, RegionMap regions)
    {
        var name = regions.Find(id)?.Name ?? "";
        return new NoticeRegion(part is null ? name : $"{name}（{part}）", id, part, null);
    }

    private sealed record Source(NoticeContent Content, string NoticeText, IReadOnlyList<(string Code, string Text)> Questions);
}
