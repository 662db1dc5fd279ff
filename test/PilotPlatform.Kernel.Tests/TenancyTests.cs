using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Kernel.Tests;

public sealed class TenancyTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Regions_AsCity_AreOwnAndThoseBelow()
    {
        var regions = await app.As(People.Nantong.Coordinator).GetAsAsync<List<RegionInfo>>("/api/regions");
        regions[0].Name.ShouldBe("南通市");
        regions.Skip(1).ShouldAllBe(r => r.ParentId == People.Nantong.Tenant.Id);
        regions.ShouldContain(r => r.Name == "如皋市");
    }

    [Fact]
    public async Task Regions_WhenNotSignedIn_Are401WithProblem() =>
        (await app.As(null).GetAsync(new Uri("/api/regions", UriKind.Relative)).RefusalAsync()).ShouldBe((401, "Platform:NotSignedIn"));

    [Fact]
    public async Task AudienceRow_OfSibling_IsInvisibleAndCannotBeWritten()
    {
        var subject = Guid.NewGuid();
        await app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new AudienceRow(Guid.NewGuid(), People.Nantong.Tenant, subject));
            await db.SaveChangesAsync();
        });

        (await CountAsync(People.Nantong.Coordinator)).ShouldBe(1);
        (await CountAsync(People.Jiangsu.Coordinator)).ShouldBe(1);
        (await CountAsync(People.Yangzhou.Coordinator)).ShouldBe(0);
        (await CountAsync(People.Jiangxi.Coordinator)).ShouldBe(0);

        await Should.ThrowAsync<TenantWriteRefusedException>(() => app.AsAsync(People.Yangzhou.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new AudienceRow(Guid.NewGuid(), People.Nantong.Tenant, Guid.NewGuid()));
            return await db.SaveChangesAsync();
        }));

        Task<int> CountAsync(Persona persona) => app.AsAsync(persona, services =>
            services.GetRequiredService<PlatformDbContext>().Set<AudienceRow>().CountAsync(a => a.SubjectId == subject));
    }
}
