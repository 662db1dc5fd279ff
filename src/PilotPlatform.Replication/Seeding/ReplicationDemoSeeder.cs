using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Identity;
using PilotPlatform.Regions;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Seeding;

/// <summary>The demo: up to two certified practices of Jiangsu, one of them adopted by 赣州 in Jiangxi.</summary>
internal sealed class ReplicationDemoSeeder(ITenantScopes scopes, IOutboxDispatcher dispatcher) : IDemoSeeder
{
    private const string IssuerCode = "32";
    private const string AdopterCode = "3607";
    private const int Practices = 2;

    public int Order => 50;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        await dispatcher.DispatchDueAsync(cancellationToken);
        if (await CoordinatorAsync(IssuerCode, ReplicationPermissions.Certify, cancellationToken) is not { } office
            || await scopes.RunAsync(office, s => s.GetRequiredService<PlatformDbContext>().Set<Practice>().AnyAsync(p => p.TenantId == office.Tenant!.Value.Id, cancellationToken)))
        {
            return;
        }

        var drafts = await scopes.RunAsync(office, s => s.GetRequiredService<PlatformDbContext>().Set<PracticeDraft>().AsNoTracking()
            .OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(Practices).Select(d => d.Id).ToListAsync(cancellationToken));
        var certified = new List<Guid>();
        foreach (var (draftId, maturity) in drafts.Zip([MaturityLevel.Mature, MaturityLevel.Exemplary]))
        {
            certified.Add(await CertifyAsync(office, draftId, maturity, cancellationToken));
        }

        await dispatcher.DispatchDueAsync(cancellationToken);
        if (certified.Count > 0 && await CoordinatorAsync(AdopterCode, ReplicationPermissions.Adopt, cancellationToken) is { } adopter)
        {
            await scopes.RunAsync(adopter, s => s.GetRequiredService<AdoptionAppService>().DeclareAsync(
                certified[0], new DeclareAdoptionDto(DemoPractice.AdaptationNotes), cancellationToken));
            await dispatcher.DispatchDueAsync(cancellationToken);
        }
    }

    private Task<Guid> CertifyAsync(ScopeIdentity office, Guid draftId, MaturityLevel maturity, CancellationToken cancellationToken) =>
        scopes.RunAsync(office, async services =>
        {
            var drafts = services.GetRequiredService<DraftAppService>();
            var draft = await drafts.GetAsync(draftId, cancellationToken);
            var written = await drafts.UpdateAsync(draftId, DemoPractice.TextFor(draft), cancellationToken);
            var certified = await drafts.CertifyAsync(draftId, new CertifyDraftDto(maturity, maturity == MaturityLevel.Exemplary, written.ConcurrencyStamp), cancellationToken);
            return certified.PracticeId!.Value;
        });

    private Task<ScopeIdentity?> CoordinatorAsync(string code, string permission, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var region = (await services.GetRequiredService<IRegionDirectory>().GetAsync(cancellationToken)).FindByCode(code);
            if (region is null)
            {
                return null;
            }

            var people = await services.GetRequiredService<IUserDirectory>().WithPermissionAsync(region.Id, permission, cancellationToken);
            return people.OrderBy(p => p.DisplayName, StringComparer.Ordinal).Select(p => new ScopeIdentity(p.Id, p.DisplayName, region.Tenant)).FirstOrDefault();
        });
}
