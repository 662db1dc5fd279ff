using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Choices;

/// <summary>Where the scheme of a theme comes from.</summary>
internal enum SchemeSource
{
    /// <summary>Nobody chose: the issuer's usual scheme is suggested.</summary>
    Usual,

    /// <summary>Chosen for the whole programme.</summary>
    Programme,

    /// <summary>Chosen for the theme.</summary>
    Theme,
}

/// <summary>A scheme that may be chosen. Id: the same for all its versions; VersionId: the newest published version.</summary>
internal sealed record SchemeOptionDto(Guid Id, Guid VersionId, string Name, int Version);

/// <summary>The scheme of a theme. Version and VersionId: null where the reader may not read the scheme itself. Since: null while it is only usual.</summary>
internal sealed record SchemeInForceDto(Guid Id, string Name, int? Version, Guid? VersionId, SchemeSource Source, DateTime? Since);

/// <summary>What somebody chose.</summary>
internal sealed record SchemeChoiceDto(Guid SchemeId, string Name, DateTime ChosenAt, string ChosenBy, string ConcurrencyStamp);

/// <summary>The scheme of a theme; of the whole programme where ThemeId is null. Scheme: null where there is none.</summary>
internal sealed record SchemeScopeDto(Guid? ThemeId, int Order, SchemeInForceDto? Scheme, SchemeChoiceDto? Choice);

/// <summary>The schemes of a programme and its themes. Options: none for whoever may not choose.</summary>
internal sealed record ProgrammeSchemesDto(Guid ProgrammeId, bool MayChoose, IReadOnlyList<SchemeOptionDto> Options, IReadOnlyList<SchemeScopeDto> Scopes);

/// <summary>ThemeId: null for the whole programme. SchemeId: null takes the choice back. ConcurrencyStamp: that of the choice seen, null where there was none.</summary>
internal sealed record ChooseSchemeDto(Guid? ThemeId, Guid? SchemeId, string? ConcurrencyStamp);

/// <summary>Chooses beforehand which scheme will score a programme's themes.</summary>
internal sealed class SchemeChoiceAppService(
    PlatformDbContext db, SchemeChoices choices, SchemesOfPilots ofPilots, IProgrammeLookup programmes, ICurrentPermissions permissions, IUserDirectory people, ICurrentScope scope, IIdGenerator ids)
{
    public async Task<ProgrammeSchemesDto> GetAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await FindAsync(programmeId, cancellationToken);
        var themes = await programmes.ThemesOfAsync(programmeId, cancellationToken);
        var mayChoose = programme.Issuer.Id == scope.RequiredTenant.Id && programme.Status == ProgrammeStatus.Published
            && (await permissions.GetAsync(cancellationToken)).Contains(AssessmentPermissions.Manage);
        var offered = await choices.OfferedAsync(programme.Issuer, cancellationToken);
        var chosen = (await choices.OfProgrammeAsync(programmeId, cancellationToken)).ToDictionary(c => c.ChosenFor);
        var names = await people.FindAsync([.. chosen.Values.Select(c => c.ModifiedBy ?? c.CreatedBy).OfType<Guid>().Distinct()], cancellationToken);
        var usual = SchemeChoices.UsualOf(offered, programmeId);
        if (programme.Issuer.Id != scope.RequiredTenant.Id)
        {
            offered = [.. offered, .. await ofPilots.OfProgrammeAsync(programme, chosen.Values, cancellationToken)];
        }

        return new ProgrammeSchemesDto(
            programmeId, mayChoose, mayChoose ? [.. offered.Select(o => new SchemeOptionDto(o.FamilyId, o.Id, o.Name, o.Version))] : [],
            [ScopeOf(null, 0), .. themes.Select(t => ScopeOf(t.Id, t.Order))]);

        SchemeScopeDto ScopeOf(Guid? themeId, int order)
        {
            var own = chosen.GetValueOrDefault(themeId ?? programmeId);
            return new(
                themeId, order, InForce(own ?? chosen.GetValueOrDefault(programmeId)),
                own is null ? null : new SchemeChoiceDto(
                    own.FamilyId, own.SchemeName, own.ModifiedAt ?? own.CreatedAt,
                    (own.ModifiedBy ?? own.CreatedBy) is { } by && names.TryGetValue(by, out var person) ? person.DisplayName : "", own.ConcurrencyStamp));
        }

        SchemeInForceDto? InForce(SchemeChoice? choice)
        {
            var readable = choice is null ? usual : offered.FirstOrDefault(o => o.FamilyId == choice.FamilyId);
            return choice is null
                ? readable is null ? null : new(readable.FamilyId, readable.Name, readable.Version, readable.Id, SchemeSource.Usual, null)
                : new(
                    choice.FamilyId, readable?.Name ?? choice.SchemeName, readable?.Version, readable?.Id,
                    choice.ChosenFor == programmeId ? SchemeSource.Programme : SchemeSource.Theme, choice.ModifiedAt ?? choice.CreatedAt);
        }
    }

    public async Task<ProgrammeSchemesDto> ChooseAsync(Guid programmeId, ChooseSchemeDto input, CancellationToken cancellationToken)
    {
        var programme = await FindAsync(programmeId, cancellationToken);
        if (programme.Issuer.Id != scope.RequiredTenant.Id)
        {
            throw new BusinessException(AssessmentErrorCodes.NotIssuer);
        }

        if (programme.Status != ProgrammeStatus.Published)
        {
            throw new BusinessException(ProgrammesErrorCodes.ProgrammeNotPublished).WithData("title", programme.Title);
        }

        if (input.ThemeId is { } themeId && (await programmes.ThemesOfAsync(programmeId, cancellationToken)).All(t => t.Id != themeId))
        {
            throw new NotFoundException("Theme", themeId);
        }

        await KeepAsync(programme, input.ThemeId ?? programmeId, input, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(programmeId, cancellationToken);
    }

    private async Task KeepAsync(ProgrammeSummary programme, Guid chosenFor, ChooseSchemeDto input, CancellationToken cancellationToken)
    {
        var choice = await db.Set<SchemeChoice>().FirstOrDefaultAsync(c => c.ChosenFor == chosenFor && c.TenantId == programme.Issuer.Id, cancellationToken);
        if (choice is not null || input.ConcurrencyStamp is not null)
        {
            (choice ?? throw new StaleStampException(nameof(SchemeChoice), chosenFor)).EnsureStamp(input.ConcurrencyStamp);
        }

        if (input.SchemeId is not { } schemeId)
        {
            if (choice is not null)
            {
                db.Remove(choice);
            }

            return;
        }

        var scheme = (await choices.OfferedAsync(programme.Issuer, cancellationToken)).FirstOrDefault(o => o.FamilyId == schemeId)
            ?? throw new BusinessException(AssessmentErrorCodes.SchemeNotOffered);
        if (choice is null)
        {
            db.Add(new SchemeChoice(ids.NewId(), programme.Issuer, programme.Id, chosenFor, scheme.FamilyId, scheme.Name));
        }
        else
        {
            choice.Choose(scheme.FamilyId, scheme.Name);
        }
    }

    private async Task<ProgrammeSummary> FindAsync(Guid programmeId, CancellationToken cancellationToken) =>
        await programmes.FindAsync(programmeId, cancellationToken) ?? throw new NotFoundException("Programme", programmeId);
}
