using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Content;
using PilotPlatform.Files.Files;
using PilotPlatform.Files.Scanning;
using PilotPlatform.Files.Uploads;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Files.Tests;

public sealed class UploadTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Nantong => app.As(People.Nantong.Coordinator);

    [Fact]
    public async Task Upload_InThreeChunks_BecomesOneFile()
    {
        var bytes = Samples.Pdf("three chunks", 300_000);
        var upload = await Nantong.BeginAsync("实施方案.pdf", bytes.Length);
        (await Nantong.PatchAsync(upload, 0, bytes[..100_000])).OffsetOf().ShouldBe(100_000);
        var head = await Nantong.TusAsync(HttpMethod.Head, upload);
        head.OffsetOf().ShouldBe(100_000);
        head.Headers.GetValues("Upload-Length").ShouldBe(["300000"]);
        head.Headers.GetValues("Tus-Resumable").ShouldBe(["1.0.0"]);
        (await Nantong.PatchAsync(upload, 100_000, bytes[100_000..200_000])).OffsetOf().ShouldBe(200_000);
        (await Nantong.PatchAsync(upload, 200_000, bytes[200_000..])).OffsetOf().ShouldBe(300_000);

        var file = await Nantong.FileAsync(upload);
        file.ShouldBe(new UploadedFile(file.FileId, "实施方案.pdf", 300_000, "application/pdf", Convert.ToHexStringLower(SHA256.HashData(bytes))));
        (await Nantong.FileAsync(upload)).FileId.ShouldBe(file.FileId, "asking again makes no second file");
    }

    [Fact]
    public async Task Patch_AtWrongOffset_Is409AndTakesNothing()
    {
        var upload = await Nantong.BeginAsync("a.pdf", 1000);
        await Nantong.PatchAsync(upload, 0, Samples.Pdf("", 400));
        (await Nantong.PatchAsync(upload, 100, new byte[10]).RefusalAsync()).ShouldBe((409, FilesErrorCodes.OffsetMismatch));
        (await Nantong.TusAsync(HttpMethod.Head, upload)).OffsetOf().ShouldBe(400);
    }

    [Fact]
    public async Task Patch_WhileAnotherNodeWrites_Is423()
    {
        var upload = await Nantong.BeginAsync("a.pdf", 1000);
        using (app.Services.GetRequiredService<PartialFiles>().Lock(IdOf(upload)))
        {
            (await Nantong.PatchAsync(upload, 0, new byte[10]).RefusalAsync()).ShouldBe((423, FilesErrorCodes.UploadLocked));
        }

        (await Nantong.PatchAsync(upload, 0, new byte[10])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Patch_WithMoreThanAnnounced_Is413AndKeepsTheAnnouncedPart()
    {
        var upload = await Nantong.BeginAsync("a.pdf", 100);
        (await Nantong.PatchAsync(upload, 0, new byte[101]).RefusalAsync()).ShouldBe((413, FilesErrorCodes.MoreThanAnnounced));
        (await Nantong.PatchAsync(upload, 0, new UnknownLengthContent(Samples.Pdf("", 101))).RefusalAsync()).ShouldBe((413, FilesErrorCodes.MoreThanAnnounced));
        new FileInfo(app.Services.GetRequiredService<PartialFiles>().PathOf(IdOf(upload))).Length.ShouldBe(100);
    }

    [Fact]
    public async Task Upload_WhenServerFallsInTheMiddle_IsContinuedByTheNextOneExactly()
    {
        var bytes = Samples.Pdf("killed in the middle", 500_000);
        var upload = await Nantong.BeginAsync("断点续传.pdf", bytes.Length);
        await Nantong.PatchAsync(upload, 0, bytes[..100_000]);
        using var gone = new CancellationTokenSource();
        await Should.ThrowAsync<Exception>(() => Nantong.PatchAsync(upload, 100_000, new BreakingContent(bytes[100_000..200_000], gone), gone.Token));

        await using var restarted = app.WithWebHostBuilder(_ => { });
        var client = On(restarted, Nantong);
        var offset = (await client.TusAsync(HttpMethod.Head, upload)).OffsetOf();
        // What was acknowledged is there; of the broken request, whatever had arrived.
        offset.ShouldBeInRange(100_000, 200_000);
        (await client.PatchAsync(upload, offset, bytes[(int)offset..])).OffsetOf().ShouldBe(500_000);
        (await client.FileAsync(upload)).Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task Upload_WhenServerFallsAfterTheLastByte_IsFinishedByTheNextOne()
    {
        var bytes = Samples.Pdf("fell before checking");
        var upload = await Nantong.BeginAsync("a.pdf", bytes.Length);
        await File.WriteAllBytesAsync(app.Services.GetRequiredService<PartialFiles>().PathOf(IdOf(upload)), bytes);

        await using var restarted = app.WithWebHostBuilder(_ => { });
        (await On(restarted, Nantong).TusAsync(HttpMethod.Head, upload)).OffsetOf().ShouldBe(bytes.Length);
        var file = await On(restarted, Nantong).FileAsync(upload);
        (await DownloadAsync(file.FileId)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Upload_WhenServerFallsBetweenRenameAndCommit_IsFinishedByTheNextOne()
    {
        var bytes = Samples.Pdf("fell between rename and commit");
        var upload = await Nantong.BeginAsync("a.pdf", bytes.Length);
        var partials = app.Services.GetRequiredService<PartialFiles>();
        await File.WriteAllBytesAsync(partials.PathOf(IdOf(upload)), bytes);
        await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var content = new CheckedContent(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), "application/pdf", ScanState.NotScanned);
            (await db.Set<Upload>().SingleAsync(u => u.Id == IdOf(upload))).PassChecks(content);
            await db.SaveChangesAsync();
            services.GetRequiredService<IBlobStore>().TakeOver(partials.PathOf(IdOf(upload)), content.Sha256);
            return true;
        });

        await using var restarted = app.WithWebHostBuilder(_ => { });
        (await On(restarted, Nantong).TusAsync(HttpMethod.Head, upload)).OffsetOf().ShouldBe(bytes.Length);
        var file = await On(restarted, Nantong).FileAsync(upload);
        (await DownloadAsync(file.FileId)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Create_With300Megabytes_IsRefusedInWordsBeforeAnythingIsSent()
    {
        var response = await Nantong.CreateAsync("大文件.pdf", 300L * 1024 * 1024);
        ((int)response.StatusCode).ShouldBe(413);
        response.Headers.GetValues("Tus-Resumable").ShouldBe(["1.0.0"]);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain(FilesErrorCodes.TooLarge);
        text.ShouldContain("200 MB");
        text.ShouldContain("300 MB");
    }

    [Theory]
    [InlineData("empty.pdf", 0, 422, FilesErrorCodes.Empty)]
    [InlineData("setup.exe", 10, 415, FilesErrorCodes.ExtensionNotAllowed)]
    [InlineData("fdp\u202Eexe.", 10, 415, FilesErrorCodes.ExtensionNotAllowed)]
    [InlineData("report.pdf.exe", 10, 415, FilesErrorCodes.ExtensionNotAllowed)]
    public async Task Create_WhenAnnouncementIsWrong_IsRefused(string name, long size, int status, string code) =>
        (await Nantong.CreateAsync(name, size).RefusalAsync()).ShouldBe((status, code));

    [Fact]
    public async Task Upload_OfProgramNamedPdf_IsRefusedNamingBothAndLeavesNothing()
    {
        var upload = await Nantong.BeginAsync("方案.pdf", Samples.Executable().Length);
        var response = await Nantong.PatchAsync(upload, 0, Samples.Executable());
        ((int)response.StatusCode).ShouldBe(415);
        using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("code").GetString().ShouldBe(FilesErrorCodes.ContentMismatch);
        problem.RootElement.GetProperty("title").GetString()!.ShouldContain("可执行程序");
        problem.RootElement.GetProperty("title").GetString()!.ShouldContain(".pdf");

        app.Services.GetRequiredService<PartialFiles>().Exists(IdOf(upload)).ShouldBeFalse();
        // The answer may have been lost on its way; asking again says the same.
        (await Nantong.GetAsync(new Uri($"{upload}/file", UriKind.Relative)).RefusalAsync()).ShouldBe((415, FilesErrorCodes.ContentMismatch));
    }

    [Fact]
    public async Task Upload_OfZipNamedDocx_IsRefused()
    {
        var zip = Samples.Zip(("a.txt", "a"));
        var upload = await Nantong.BeginAsync("a.docx", zip.Length);
        (await Nantong.PatchAsync(upload, 0, zip).RefusalAsync()).ShouldBe((415, FilesErrorCodes.ContentMismatch));
        (await Nantong.UploadAsync("b.docx", Samples.Docx())).ContentType.ShouldBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }

    [Fact]
    public async Task Requests_WithoutTusHeaders_AreRefused()
    {
        (await Nantong.PostAsync(new Uri("/api/uploads", UriKind.Relative), null).RefusalAsync()).ShouldBe((412, FilesErrorCodes.TusVersion));
        var upload = await Nantong.BeginAsync("a.pdf", 10);
        using var request = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = new StringContent("x") };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        (await Nantong.SendAsync(request).RefusalAsync()).ShouldBe((415, FilesErrorCodes.TusContentType));
    }

    [Fact]
    public async Task Upload_OfSomebodyElse_Is404AndUnchanged()
    {
        var upload = await Nantong.BeginAsync("a.pdf", 1000);
        await Nantong.PatchAsync(upload, 0, Samples.Pdf("", 400));
        Persona[] others = [People.Yangzhou.Coordinator, People.Jiangsu.Coordinator, People.Nantong.Coordinator with { Id = Guid.Parse("00000000-0000-4000-8000-000000000001") }];
        foreach (var other in others)
        {
            var client = app.As(other);
            (await client.TusAsync(HttpMethod.Head, upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await client.PatchAsync(upload, 400, new byte[10]).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.TusAsync(HttpMethod.Delete, upload).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await client.GetAsync(new Uri($"{upload}/file", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        }

        (await Nantong.TusAsync(HttpMethod.Head, upload)).OffsetOf().ShouldBe(400);
    }

    [Fact]
    public async Task Terminate_RemovesRowAndBytes()
    {
        var upload = await Nantong.BeginAsync("a.pdf", 1000);
        await Nantong.PatchAsync(upload, 0, Samples.Pdf("", 400));
        (await Nantong.TusAsync(HttpMethod.Delete, upload)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Nantong.TusAsync(HttpMethod.Head, upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        app.Services.GetRequiredService<PartialFiles>().Exists(IdOf(upload)).ShouldBeFalse();
    }

    [Fact]
    public async Task Create_ByLeader_IsForbidden() =>
        ((int)(await app.As(People.Nantong.Leader).CreateAsync("a.pdf", 10)).StatusCode).ShouldBe(403);

    private async Task<byte[]> DownloadAsync(Guid id) => await Nantong.GetByteArrayAsync(new Uri($"/api/files/{id}/content", UriKind.Relative));

    private static Guid IdOf(Uri upload) => Guid.Parse(upload.ToString().Split('/')[^1]);

    private static HttpClient On(WebApplicationFactory<Program> host, HttpClient like)
    {
        var client = host.CreateClient();
        foreach (var (name, values) in like.DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.Add(name, values);
        }

        return client;
    }

    /// <summary>A connection that breaks after some bytes.</summary>
    /// <summary>Sends some of the body and then is gone, connection and all: an error of the body alone would leave the server waiting for the rest.</summary>
    private sealed class BreakingContent(byte[] bytes, CancellationTokenSource gone) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            await gone.CancelAsync();
            throw new IOException("The connection broke.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class UnknownLengthContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
