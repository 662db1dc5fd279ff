using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Files.Files;
using PilotPlatform.Files.Uploads;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Files.Tests;

/// <summary>Two at once at two nodes: one file, no more uploads than allowed, every download in the log.</summary>
public sealed class FilesAtOnceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Create_AtTwoNodesAtOnce_NeverOpensMoreThanAllowed()
    {
        // Somebody of their own, so that nobody else's uploads are among them.
        var person = People.Yangzhou.Leader with { Id = Guid.CreateVersion7(), Roles = People.Yangzhou.Coordinator.Roles };
        var client = app.As(person);
        var max = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<FilesOptions>>().Value.MaxOpenUploads;
        for (var i = 0; i < max - 1; i++)
        {
            await client.BeginAsync("a.pdf", 10);
        }

        var (first, second) = await app.AtOnceAsync<Upload>(node => node.ClientOf(person).CreateAsync("last.pdf", 10));
        var opened = await app.AsAsync(person, services => services.GetRequiredService<PlatformDbContext>().Set<Upload>().CountAsync(u => u.OwnerUserId == person.Id));
        opened.ShouldBeLessThanOrEqualTo(max, $"{first} {second}");
        new[] { first, second }.ShouldContain(a => a.Status == 409 && a.Code == FilesErrorCodes.TooManyUploads);
    }

    [Fact]
    public async Task LastBytes_AtTwoNodesAtOnce_MakeOneFile()
    {
        var bytes = Samples.Pdf("two nodes", 20_000);
        var upload = await app.As(People.Nantong.Coordinator).BeginAsync("两个节点.pdf", bytes.Length);
        var (first, second) = await app.AtOnceAsync<Upload>(node => node.ClientOf(People.Nantong.Coordinator).PatchAsync(upload, 0, bytes));
        first.Status.ShouldBe(204);
        second.ShouldBe((423, FilesErrorCodes.UploadLocked));
        var file = await app.As(People.Nantong.Coordinator).FileAsync(upload);
        (await app.AsAsync(People.Nantong.Coordinator, services => services.GetRequiredService<PlatformDbContext>().Set<StoredFile>().CountAsync(f => f.Sha256 == file.Sha256))).ShouldBe(1);

        // Sent again after a lost answer: the offset says that it is all there.
        (await app.As(People.Nantong.Coordinator).PatchAsync(upload, 0, bytes).RefusalAsync()).ShouldBe((409, FilesErrorCodes.OffsetMismatch));
        (await app.As(People.Nantong.Coordinator).FileAsync(upload)).FileId.ShouldBe(file.FileId);
    }

    [Fact]
    public async Task Terminate_TwiceAtOnce_OrWhileItIsFinished_IsNeverAServersFault()
    {
        var city = app.As(People.Nantong.Coordinator);
        var twice = await city.BeginAsync("b.pdf", 100);
        var (first, second) = await app.AtOnceAsync<Upload>(node => node.ClientOf(People.Nantong.Coordinator).TusAsync(HttpMethod.Delete, twice));
        (first.Status, second.Status).ShouldBe((204, 423));

        var bytes = Samples.Pdf("finished", 5_000);
        var finished = await city.BeginAsync("c.pdf", bytes.Length);
        var (sent, ended) = await app.AtOnceAsync<StoredFile>(
            node => node.ClientOf(People.Nantong.Coordinator).PatchAsync(finished, 0, bytes), node => node.ClientOf(People.Nantong.Coordinator).TusAsync(HttpMethod.Delete, finished));
        (sent.Status, ended.Status).ShouldBe((204, 423));
    }

    [Fact]
    public async Task Sweep_AtTwoNodesAtOnce_AndWhileAnUploadIsFinished_TakesNothingThatIsWanted()
    {
        var bytes = Samples.Pdf("swept meanwhile", 5_000);
        var upload = await app.As(People.Nantong.Coordinator).BeginAsync("d.pdf", bytes.Length);
        var sweeper = app.Services.GetRequiredService<FileSweeper>();
        var meanwhile = Meanwhile.BeforeSaving<StoredFile>(() => Task.WhenAll(sweeper.SweepAsync(default), sweeper.SweepAsync(default)));
        await using var node = app.With(meanwhile);
        (await node.ClientOf(People.Nantong.Coordinator).PatchAsync(upload, 0, bytes)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await meanwhile.Ended;
        var file = await app.As(People.Nantong.Coordinator).FileAsync(upload);
        (await app.As(People.Nantong.Coordinator).GetByteArrayAsync(new Uri($"/api/files/{file.FileId}/content", UriKind.Relative))).ShouldBe(bytes);
    }

    [Fact]
    public async Task Download_ByManyAtOnce_IsLoggedForEach_WithTheOwner()
    {
        var file = await app.As(People.Nantong.Coordinator).UploadAsync("下载.pdf", Samples.Pdf("logged", 2_000));
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            await services.GetRequiredService<IFileLibrary>().ReleaseAsync([file.FileId], default);
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        await using var other = app.WithWebHostBuilder(_ => { });
        var path = new Uri($"/api/files/{file.FileId}/content", UriKind.Relative);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? app : other).ClientOf(People.Jiangsu.Coordinator).GetAsync(path)));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        var lines = await app.AsAsync(People.Nantong.Auditor, services => services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().AsNoTracking()
            .Where(e => e.Kind == AuditKind.Request && e.SubjectId == path.ToString()).ToListAsync());
        lines.Count.ShouldBe(6);
        lines.ShouldAllBe(l => l.TenantId == People.Nantong.Tenant.Id && l.ActorTenantPath == People.Jiangsu.Tenant.Path && l.Details.Contains(file.Sha256));
    }
}
