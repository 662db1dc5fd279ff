using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Assessment.Choices;

/// <summary>
/// Schemes that serve several programmes are their issuer's alone; yet a region may read by what a pilot of its own is scored.
/// What is in force for whom is found in the reader's own scope; the scheme is then read in its issuer's, that one version and
/// nothing beside it.
/// </summary>
internal sealed class SchemesOfPilots(PlatformDbContext db, IPilotLookup pilots, IProgrammeLookup programmes, ITenantScopes scopes, ICurrentScope scope)
{
    /// <summary>This version, when it is in force for a pilot of the caller's.</summary>
    public async Task<AssessmentScheme?> FindAsync(Guid versionId, CancellationToken cancellationToken)
    {
        foreach (var (issuer, families) in await ChosenAsync(cancellationToken))
        {
            if (await NewestAsync(issuer, families, cancellationToken) is { Count: > 0 } newest && newest.FirstOrDefault(s => s.Id == versionId) is { } chosen)
            {
                return chosen;
            }
        }

        // The panel may be set with an earlier version: the self-assessment, the region's own, says with which.
        var programmeIds = await db.Set<SelfAssessment>().AsNoTracking().Where(s => s.SchemeId == versionId).Select(s => s.ProgrammeId).Distinct().ToListAsync(cancellationToken);
        foreach (var programmeId in programmeIds)
        {
            if (await programmes.FindAsync(programmeId, cancellationToken) is { } programme
                && await AtAsync(programme.Issuer, schemes => schemes.FirstOrDefaultAsync(s => s.Id == versionId, cancellationToken)) is { } settled)
            {
                return settled;
            }
        }

        return null;
    }

    /// <summary>Of a programme's chosen schemes those in force for a pilot of the caller's, in their newest published version.</summary>
    public async Task<IReadOnlyList<OfferedScheme>> OfProgrammeAsync(ProgrammeSummary programme, IReadOnlyCollection<SchemeChoice> chosen, CancellationToken cancellationToken)
    {
        var families = InForce(chosen, await OwnPilotsAsync(programme.Id, cancellationToken));
        return families.Count == 0 ? []
            : [.. (await NewestAsync(programme.Issuer, families, cancellationToken)).Select(s => new OfferedScheme(s.FamilyId, s.Id, s.Name, s.Version, s.ProgrammeId, s.PublishedAt!.Value))];
    }

    private async Task<Dictionary<TenantRef, HashSet<Guid>>> ChosenAsync(CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        var readable = await db.Set<SchemeChoice>().AsNoTracking().Where(c => c.TenantId != own).ToListAsync(cancellationToken);
        var families = new Dictionary<TenantRef, HashSet<Guid>>();
        foreach (var programme in readable.GroupBy(c => (c.Owner, c.ProgrammeId)))
        {
            if (InForce([.. programme], await OwnPilotsAsync(programme.Key.ProgrammeId, cancellationToken)) is { Count: > 0 } inForce)
            {
                families.TryAdd(programme.Key.Owner, []);
                families[programme.Key.Owner].UnionWith(inForce);
            }
        }

        return families;
    }

    private static HashSet<Guid> InForce(IReadOnlyCollection<SchemeChoice> chosen, IEnumerable<PilotSummary> own) =>
        [.. own.Select(p => chosen.FirstOrDefault(c => c.ChosenFor == p.ThemeId) ?? chosen.FirstOrDefault(c => c.ChosenFor == p.ProgrammeId))
            .OfType<SchemeChoice>().Select(c => c.FamilyId)];

    private async Task<IEnumerable<PilotSummary>> OwnPilotsAsync(Guid programmeId, CancellationToken cancellationToken) =>
        (await pilots.OfProgrammeAsync(programmeId, cancellationToken)).Where(p => scope.RequiredTenant.Covers(p.Region));

    private async Task<List<AssessmentScheme>> NewestAsync(TenantRef issuer, HashSet<Guid> families, CancellationToken cancellationToken) =>
        [.. (await AtAsync(issuer, schemes => schemes.Where(s => families.Contains(s.FamilyId)).ToListAsync(cancellationToken)))
            .GroupBy(s => s.FamilyId).Select(family => family.MaxBy(s => s.Version)!)];

    /// <summary>An issuer's published schemes.</summary>
    private Task<T> AtAsync<T>(TenantRef issuer, Func<IQueryable<AssessmentScheme>, Task<T>> read) => scopes.RunAsync(
        ScopeIdentity.System(issuer), services => read(services.GetRequiredService<PlatformDbContext>().Set<AssessmentScheme>().AsNoTracking()
            .Where(s => s.TenantId == issuer.Id && !s.IsDraft)));
}
