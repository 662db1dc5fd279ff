using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Identity.Audit;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

public sealed class AuditTests : IAsyncLifetime, IDisposable
{
    // A database of its own for each test: the chain is one for the whole installation.
    private readonly PilotPlatformApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)app).DisposeAsync();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Verify_AfterSealing_IsIntactAndCoversEverything()
    {
        await GivenEntriesAsync();
        (await SealAsync()).ShouldBeGreaterThan(3);
        (await SealAsync()).ShouldBe(0);
        await app.GivenAccountAsync("later", People.Nantong, RoleNames.Leader);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await SealAsync()).ShouldBeGreaterThan(0);
        var result = await app.As(People.Jiangsu.Auditor).PostAsAsync<AuditVerificationDto>("/api/audit/verify");
        result.IsIntact.ShouldBeTrue();
        result.CheckedLinks.ShouldBeGreaterThan(4);
        result.LastHash.Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("""UPDATE "KernelAudit" SET "ActorName" = 'somebody else' WHERE "Id" = {0}""", AuditFault.HashDiffers)]
    [InlineData("""UPDATE "KernelAudit" SET "Details" = '[]' WHERE "Id" = {0}""", AuditFault.HashDiffers)]
    [InlineData("""DELETE FROM "KernelAudit" WHERE "Id" = {0}""", AuditFault.EntryMissing)]
    [InlineData("""DELETE FROM "KernelAuditSeals" WHERE "EntryId" = {0}""", AuditFault.LinkMissing)]
    public async Task Verify_AfterTamperingPastTheApplication_NamesTheLink(string tampering, AuditFault fault)
    {
        await GivenEntriesAsync();
        await SealAsync();
        long sequence = 0;
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var seal = await db.Set<AuditSeal>().AsNoTracking().OrderBy(s => s.Sequence).Skip(2).FirstAsync();
            sequence = seal.Sequence;
            (await db.Database.ExecuteSqlRawAsync(tampering, seal.EntryId)).ShouldBe(1);
        });
        var result = await app.Services.GetRequiredService<IAuditVerifier>().VerifyAsync(default);
        result.IsIntact.ShouldBeFalse();
        result.BrokenSequence.ShouldBe(sequence);
        result.Fault.ShouldBe(fault);
        result.CheckedLinks.ShouldBe(sequence - 1);
    }

    [Fact]
    public async Task GuardStatements_RunTwice_RefuseChangesInTheDatabaseItself()
    {
        await GivenEntriesAsync();
        await SealAsync();
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            foreach (var statement in services.GetRequiredService<IDatabaseProvider>().GuardStatements.Concat(services.GetRequiredService<IDatabaseProvider>().GuardStatements))
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }

            string[] attempts =
            [
                "UPDATE \"KernelAudit\" SET \"ActorName\" = 'x'", "DELETE FROM \"KernelAudit\"",
                "UPDATE \"KernelAuditSeals\" SET \"Hash\" = 'x'", "DELETE FROM \"KernelAuditSeals\"",
            ];
            foreach (var attempt in attempts)
            {
                (await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(attempt))).Message.ShouldContain("append-only");
            }
        });

        // Adding still works, by rows and by seals.
        await app.GivenAccountAsync("after.guard", People.Nantong, RoleNames.Leader);
        (await SealAsync()).ShouldBeGreaterThan(0);
        (await app.Services.GetRequiredService<IAuditVerifier>().VerifyAsync(default)).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task Context_RefusesToChangeTheLog()
    {
        await GivenEntriesAsync();
        await Should.ThrowAsync<Errors.TenantWriteRefusedException>(() => app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Remove(await db.Set<AuditEntry>().FirstAsync());
            await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task List_IsFilteredAndShowsNoSiblings()
    {
        await GivenEntriesAsync();
        var nantong = await app.As(People.Nantong.Auditor).GetAsAsync<PagedResult<AuditEntryDto>>("/api/audit?kind=Security&subject=aud.nt");
        nantong.Items.Single().Subject.ShouldBe("AccountCreated");
        nantong.Items[0].RegionName.ShouldBe("南通市");
        (await app.As(People.Yangzhou.Auditor).GetAsAsync<PagedResult<AuditEntryDto>>("/api/audit?subject=aud.nt")).TotalCount.ShouldBe(0);
        (await app.As(People.Jiangsu.Auditor).GetAsAsync<PagedResult<AuditEntryDto>>("/api/audit?subject=aud.nt")).TotalCount.ShouldBe(1);
        (await app.As(People.Nantong.Auditor).GetAsAsync<PagedResult<AuditEntryDto>>("/api/audit?subject=aud.nt&from=2023-06-02T00:00:00Z")).TotalCount.ShouldBe(0);
        (await app.As(People.Nantong.Auditor).GetRefusalAsync("/api/audit?from=2023-06-02T00:00:00Z&to=2023-06-01T00:00:00Z")).Status.ShouldBe(400);
        foreach (var other in new[] { People.Nantong.Administrator, People.Nantong.SecurityAdministrator, People.Nantong.Coordinator })
        {
            (await app.As(other).GetRefusalAsync("/api/audit")).Status.ShouldBe(403);
        }
    }

    [Fact]
    public async Task Export_IsCsvWithMarkAndIsItselfLogged()
    {
        await GivenEntriesAsync();
        var bytes = await app.As(People.Nantong.Auditor).GetByteArrayAsync(new Uri("/api/audit/export?kind=Security", UriKind.Relative));
        bytes.Take(3).ShouldBe(new byte[] { 0xEF, 0xBB, 0xBF });
        var text = Encoding.UTF8.GetString(bytes);
        text.ShouldContain("aud.nt");
        text.ShouldNotContain("aud.yz");
        var logged = await app.As(People.Nantong.Auditor).GetAsAsync<PagedResult<AuditEntryDto>>("/api/audit?subject=export");
        logged.Items.ShouldContain(e => e.Kind == AuditKind.Request && e.SubjectId == "/api/audit/export");
        (await app.As(People.Nantong.Auditor).GetRefusalAsync("/api/audit/export?from=2023-06-02T00:00:00Z&to=2023-06-01T00:00:00Z")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("南通\"市\"", "\"南通\"\"市\"\"\"")]
    public void Cell_IsNeverAFormula(string text, string cell) => AuditAppService.Cell(text).ShouldBe(cell);

    private Task<int> SealAsync() => app.Services.GetRequiredService<IAuditSealer>().SealAsync(default);

    private async Task GivenEntriesAsync()
    {
        await app.GivenAccountAsync("aud.nt", People.Nantong, RoleNames.Leader);
        await app.GivenAccountAsync("aud.yz", People.Yangzhou, RoleNames.Leader);
    }
}
