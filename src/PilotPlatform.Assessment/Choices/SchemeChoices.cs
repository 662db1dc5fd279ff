using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Choices;

/// <summary>A scheme that can be chosen: its newest published version.</summary>
internal sealed record OfferedScheme(Guid FamilyId, Guid Id, string Name, int Version, Guid? ProgrammeId, DateTime PublishedAt);

/// <summary>Which scheme scores a theme. What was chosen holds when the panel is set.</summary>
internal sealed class SchemeChoices(PlatformDbContext db, IPilotLookup pilots, ICurrentScope scope, IIdGenerator ids) : IThemeSchemes
{
    public string ChoosePermission => AssessmentPermissions.Manage;

    public async Task<IReadOnlyList<ThemeScheme>> OptionsAsync(CancellationToken cancellationToken)
    {
        var offered = await OfferedAsync(scope.RequiredTenant, cancellationToken);
        var usual = UsualOf(offered, null);
        return [.. offered.Select(o => new ThemeScheme(o.FamilyId, o.Name, o.Version, o == usual))];
    }

    public async Task<IReadOnlyDictionary<Guid, Guid>> ChosenAsync(Guid programmeId, CancellationToken cancellationToken) =>
        (await OfProgrammeAsync(programmeId, cancellationToken)).ToDictionary(c => c.ChosenFor, c => c.FamilyId);

    public void Choose(Guid programmeId, Guid chosenFor, ThemeScheme scheme) =>
        db.Add(new SchemeChoice(ids.NewId(), scope.RequiredTenant, programmeId, chosenFor, scheme.Id, scheme.Name));

    /// <summary>The choices of a programme and its themes that the caller may read.</summary>
    public Task<List<SchemeChoice>> OfProgrammeAsync(Guid programmeId, CancellationToken cancellationToken) =>
        db.Set<SchemeChoice>().AsNoTracking().Where(c => c.ProgrammeId == programmeId).ToListAsync(cancellationToken);

    /// <summary>An issuer's schemes in their newest published version, the newest first, as far as the caller may read them.</summary>
    public async Task<IReadOnlyList<OfferedScheme>> OfferedAsync(TenantRef issuer, CancellationToken cancellationToken) =>
    [
        .. (await db.Set<AssessmentScheme>().AsNoTracking().Where(s => s.TenantId == issuer.Id && !s.IsDraft)
                .Select(s => new OfferedScheme(s.FamilyId, s.Id, s.Name, s.Version, s.ProgrammeId, s.PublishedAt!.Value)).ToListAsync(cancellationToken))
            .GroupBy(s => s.FamilyId).Select(family => family.MaxBy(s => s.Version)!).OrderByDescending(s => s.PublishedAt).ThenBy(s => s.Name, StringComparer.Ordinal),
    ];

    /// <summary>What is taken where nobody chose: the programme's own scheme, or else the newest that serves several.</summary>
    public static OfferedScheme? UsualOf(IReadOnlyList<OfferedScheme> offered, Guid? programmeId) =>
        offered.FirstOrDefault(o => programmeId is not null && o.ProgrammeId == programmeId) ?? offered.FirstOrDefault(o => o.ProgrammeId is null);

    /// <summary>Refuses to score a theme by another scheme than the one that was chosen for it.</summary>
    public async Task RequireAsync(PilotAssessment assessment, AssessmentScheme scheme, CancellationToken cancellationToken)
    {
        var chosen = await OfProgrammeAsync(assessment.ProgrammeId, cancellationToken);
        var themeId = chosen.Count == 0 ? null : (await pilots.FindAsync(assessment.PilotId, cancellationToken))?.ThemeId;
        if ((chosen.FirstOrDefault(c => c.ChosenFor == themeId) ?? chosen.FirstOrDefault(c => c.ChosenFor == assessment.ProgrammeId)) is { } choice
            && choice.FamilyId != scheme.FamilyId)
        {
            throw new BusinessException(AssessmentErrorCodes.OtherSchemeChosen).WithData("name", choice.SchemeName);
        }
    }
}
