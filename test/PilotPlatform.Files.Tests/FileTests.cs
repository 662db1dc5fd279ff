using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Uploads;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Files.Tests;

public sealed class FileTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Nantong => app.As(People.Nantong.Coordinator);

    [Fact]
    public async Task File_WhileDraft_IsItsRegionsAlone()
    {
        var file = await Nantong.UploadAsync("草稿.pdf", Samples.Pdf("draft"));
        (await StatusAsync(People.Nantong.Leader, file)).ShouldBe(200);
        (await StatusAsync(People.Jiangsu.Coordinator, file)).ShouldBe(404);
        (await StatusAsync(People.Yangzhou.Coordinator, file)).ShouldBe(404);
        (await StatusAsync(People.Jiangxi.Coordinator, file)).ShouldBe(404);
    }

    [Fact]
    public async Task File_OnceReleased_IsReadByProvinceAndNotBySibling()
    {
        var file = await Nantong.UploadAsync("报送.pdf", Samples.Pdf("released"));
        await ReleaseAsync(People.Nantong.Coordinator, file.FileId);
        (await StatusAsync(People.Jiangsu.Coordinator, file)).ShouldBe(200);
        (await StatusAsync(People.Yangzhou.Coordinator, file)).ShouldBe(404);
        (await app.As(People.Yangzhou.Coordinator).GetAsync(new Uri($"/api/files/{file.FileId}", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
    }

    [Fact]
    public async Task Release_OfAnothersFile_IsNotFound()
    {
        var file = await Nantong.UploadAsync("a.pdf", Samples.Pdf("not yours"));
        await Should.ThrowAsync<NotFoundException>(() => ReleaseAsync(People.Yangzhou.Coordinator, file.FileId));
        await Should.ThrowAsync<NotFoundException>(() => ReleaseAsync(People.Jiangsu.Coordinator, file.FileId));
        (await StatusAsync(People.Jiangsu.Coordinator, file)).ShouldBe(404);
    }

    [Fact]
    public async Task Download_IsAnAttachmentNamedInChinese_AndAuditedForBothRegions()
    {
        var bytes = Samples.Pdf("audited");
        var file = await Nantong.UploadAsync("总结报告.pdf", bytes);
        await ReleaseAsync(People.Nantong.Coordinator, file.FileId);
        var response = await app.As(People.Jiangsu.Coordinator).GetAsync(ContentOf(file.FileId));
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("总结报告.pdf");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        AuditEntry? entry = null;
        await app.AsSystemAsync(TenantRef.Root, async services => entry = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .SingleAsync(a => a.SubjectId == ContentOf(file.FileId).ToString()));
        entry!.ActorTenantPath.ShouldBe("/32/");
        entry.TenantPath.ShouldBe("/32/3206/");
        entry.Details.ShouldContain(file.Sha256);
    }

    [Fact]
    public async Task Download_OfARange_AnswersThatPart()
    {
        var bytes = Samples.Pdf("0123456789 range", 5000);
        var file = await Nantong.UploadAsync("a.pdf", bytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, ContentOf(file.FileId));
        request.Headers.Range = new RangeHeaderValue(9, 18);
        var response = await Nantong.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await response.Content.ReadAsStringAsync()).ShouldBe("0123456789");
        response.Content.Headers.ContentRange!.Length.ShouldBe(5000);
    }

    [Fact]
    public async Task SameContent_OfTwoRegions_IsOneBlobAndTwoFiles()
    {
        var bytes = Samples.Pdf("the same bytes in two cities");
        var first = await Nantong.UploadAsync("南通.pdf", bytes);
        var second = await app.As(People.Yangzhou.Coordinator).UploadAsync("扬州.pdf", bytes);
        second.Sha256.ShouldBe(first.Sha256);
        second.FileId.ShouldNotBe(first.FileId);
        Directory.GetFiles(app.FilesDirectory, first.Sha256, SearchOption.AllDirectories).Length.ShouldBe(1);
        (await StatusAsync(People.Yangzhou.Coordinator, first)).ShouldBe(404);
        (await StatusAsync(People.Yangzhou.Coordinator, second)).ShouldBe(200);
    }

    [Fact]
    public async Task Assessor_ReadsOnlyWhatARuleGrants()
    {
        var granted = await Nantong.UploadAsync("分配.pdf", Samples.Pdf("assigned"));
        var other = await Nantong.UploadAsync("未分配.pdf", Samples.Pdf("not assigned"));
        var denied = await Nantong.UploadAsync("回避.pdf", Samples.Pdf("recused"));
        await ReleaseAsync(People.Nantong.Coordinator, granted.FileId, other.FileId, denied.FileId);

        (await StatusAsync(People.Jiangsu.Assessor, granted)).ShouldBe(404, "no rule speaks for anybody yet");

        await using var host = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IFileAccessRule>(new Rule((granted.FileId, true), (denied.FileId, true)));
            services.AddSingleton<IFileAccessRule>(new Rule((denied.FileId, false)));
        }));
        (await StatusAsync(People.Jiangsu.Assessor, granted, host)).ShouldBe(200);
        (await StatusAsync(People.Jiangsu.Assessor, other, host)).ShouldBe(404);
        (await StatusAsync(People.Jiangsu.Assessor, denied, host)).ShouldBe(404);
        (await StatusAsync(People.Jiangsu.Coordinator, other, host)).ShouldBe(200);
        (await StatusAsync(People.Jiangsu.Coordinator, denied, host)).ShouldBe(404, "one no is enough for everybody");
        (await StatusAsync(People.Ganzhou.Coordinator, granted, host)).ShouldBe(404, "a rule grants nothing beyond the tenant filter");
    }

    [Fact]
    public async Task Library_StoresGeneratedContentWithTheSameChecks()
    {
        await Should.ThrowAsync<BusinessException>(() => StoreAsync(Samples.Executable(), "a.pdf"));
        var bytes = Encoding.UTF8.GetBytes("序号,事项\n1,一业一证\n");
        var info = await StoreAsync(bytes, "../清单.csv");
        info.Name.ShouldBe("清单.csv");
        info.Owner.ShouldBe(People.Nantong.Tenant);
        var read = await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var library = services.GetRequiredService<IFileLibrary>();
            (await library.FindAsync([info.Id], default))[info.Id].Sha256.ShouldBe(info.Sha256);
            await using var stream = await library.OpenReadAsync(info.Id, default);
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        });
        read.ShouldBe(bytes);
        (await app.AsAsync(People.Yangzhou.Coordinator, services => services.GetRequiredService<IFileLibrary>().FindAsync([info.Id], default))).ShouldBeEmpty();
        new DirectoryInfo(Path.Combine(app.FilesDirectory, "partial")).EnumerateFiles(info.Id.ToString("N") + "*").ShouldBeEmpty();

        Task<StoredFileInfo> StoreAsync(byte[] content, string name) => app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var stored = await services.GetRequiredService<IFileLibrary>().StoreAsync(new MemoryStream(content), name, isDraft: true, default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return stored;
        });
    }

    [Fact]
    public async Task Own_AreTheCallersRegionsFilesInTheOrderGiven_AndNobodyElsesHoweverVisible()
    {
        var (first, second) = (await StoreAsync("一.txt"), await StoreAsync("二.txt"));
        (await OwnAsync(People.Nantong.Coordinator, second, first)).Select(f => f.Name).ShouldBe(["二.txt", "一.txt"]);
        (await OwnAsync(People.Nantong.Coordinator)).ShouldBeEmpty();
        // The province reads both, and they are still not its own.
        (await app.AsAsync(People.Jiangsu.Coordinator, s => s.GetRequiredService<IFileLibrary>().FindAsync([first, second], default))).Count.ShouldBe(2);
        foreach (var (persona, ids) in new (Persona, Guid[])[]
        {
            (People.Jiangsu.Coordinator, [first]), (People.Yangzhou.Coordinator, [first]), (People.Nantong.Coordinator, [first, Guid.NewGuid()]),
        })
        {
            var refused = await Should.ThrowAsync<InputException>(() => OwnAsync(persona, ids));
            (refused.Errors.Single().Field, refused.Errors.Single().Code).ShouldBe(("fileIds", "Test:UnknownFile"));
        }

        Task<IReadOnlyList<StoredFileInfo>> OwnAsync(Persona persona, params Guid[] ids) =>
            app.AsAsync(persona, s => s.GetRequiredService<IFileLibrary>().FindOwnAsync(ids, "fileIds", "Test:UnknownFile", default));

        Task<Guid> StoreAsync(string name) => app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var stored = await services.GetRequiredService<IFileLibrary>().StoreAsync(new MemoryStream(Encoding.UTF8.GetBytes(name)), name, isDraft: false, default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return stored.Id;
        });
    }

    [Fact]
    public async Task Sweep_RemovesAbandonedUploadsAndOrphans_AndNothingElse()
    {
        var kept = await Nantong.UploadAsync("留.pdf", Samples.Pdf("kept by the sweeper"));
        var abandoned = await Nantong.BeginAsync("弃.pdf", 1000);
        await Nantong.PatchAsync(abandoned, 0, Samples.Pdf("", 100));
        var partials = app.Services.GetRequiredService<PartialFiles>();
        var blobs = app.Services.GetRequiredService<IBlobStore>();
        var orphan = new string('a', 64);
        var stray = Guid.Parse("00000000-0000-4000-8000-0000000000aa");
        await File.WriteAllTextAsync(partials.PathOf(stray), "orphan");
        blobs.TakeOver(partials.PathOf(stray), orphan);
        var sweeper = app.Services.GetRequiredService<FileSweeper>();

        (await sweeper.SweepAsync(default)).Blobs.ShouldBe(0, "a young orphan may belong to a transaction under way");
        blobs.Exists(orphan).ShouldBeTrue();

        app.Clock.Advance(TimeSpan.FromHours(25));
        // The partial file's time is the machine's; the test's clock lives in 2023.
        File.SetLastWriteTimeUtc(partials.PathOf(IdOf(abandoned)), app.Clock.GetUtcNow().UtcDateTime.AddHours(-25));
        foreach (var lockFile in Directory.GetFiles(Path.Combine(app.FilesDirectory, "partial"), "*.lock"))
        {
            File.SetLastWriteTimeUtc(lockFile, app.Clock.GetUtcNow().UtcDateTime.AddHours(-25));
        }

        (await Nantong.TusAsync(HttpMethod.Head, abandoned)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "expired uploads are gone even before the sweep");
        var swept = await sweeper.SweepAsync(default);
        swept.Blobs.ShouldBe(1);
        swept.Uploads.ShouldBeGreaterThanOrEqualTo(1);
        blobs.Exists(orphan).ShouldBeFalse();
        partials.Exists(IdOf(abandoned)).ShouldBeFalse();
        (await StatusAsync(People.Nantong.Coordinator, kept)).ShouldBe(200);
    }

    private static Uri ContentOf(Guid id) => new($"/api/files/{id}/content", UriKind.Relative);

    private static Guid IdOf(Uri upload) => Guid.Parse(upload.ToString().Split('/')[^1]);

    private async Task<int> StatusAsync(Persona persona, UploadedFile file, WebApplicationFactory<Program>? host = null)
    {
        var like = app.As(persona);
        var client = host?.CreateClient() ?? like;
        if (host is not null)
        {
            foreach (var (name, values) in like.DefaultRequestHeaders)
            {
                client.DefaultRequestHeaders.Add(name, values);
            }
        }

        var content = (int)(await client.GetAsync(ContentOf(file.FileId))).StatusCode;
        ((int)(await client.GetAsync(new Uri($"/api/files/{file.FileId}", UriKind.Relative))).StatusCode).ShouldBe(content);
        return content;
    }

    private Task<bool> ReleaseAsync(Persona persona, params Guid[] ids) => app.AsAsync(persona, async services =>
    {
        await services.GetRequiredService<IFileLibrary>().ReleaseAsync(ids, default);
        await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        return true;
    });

    private sealed class Rule(params (Guid Id, bool Answer)[] answers) : IFileAccessRule
    {
        public Task<bool?> MayReadAsync(StoredFileInfo file, CancellationToken cancellationToken) =>
            Task.FromResult(answers.Where(a => a.Id == file.Id).Select(a => (bool?)a.Answer).FirstOrDefault());
    }
}
