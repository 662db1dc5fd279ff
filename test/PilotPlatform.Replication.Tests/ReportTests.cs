using System.Diagnostics;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Replication.Reports;
using PilotPlatform.Testing;

namespace PilotPlatform.Replication.Tests;

public sealed class ReportTests(ReplicationWorld world) : IClassFixture<ReplicationWorld>
{
    private static readonly string[] Expected =
    [
        "江苏省政务服务管理办公室文件", "苏政务办发〔2023〕46号", "关于复制推广容缺受理经验做法的报告", "试点基本情况", "南通市", "成熟", "改革背景",
        "群众多次往返。", "主要做法", "编制清单。", "闭环补正。", "工作成效", "适用条件", "复制推广建议", "2023年6月1日",
    ];

    [Fact]
    public async Task Report_OpensWithTitleAndSections_AndIsTheSameBytesEachTime()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var (content, name) = await DownloadAsync(People.Ganzhou.Coordinator, practice);
        name.ShouldBe("容缺受理经验做法复制推广报告（第1版）.docx");
        using var stream = new MemoryStream(content);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        var text = document.MainDocumentPart!.Document!.Body!.InnerText + string.Concat(document.MainDocumentPart.FooterParts.Select(f => f.Footer!.InnerText));
        foreach (var phrase in Expected)
        {
            text.ShouldContain(phrase);
        }

        (await DownloadAsync(People.Yangzhou.Coordinator, practice)).Content.ShouldBe(content);
    }

    [Fact]
    public async Task Download_IsInBothRegionsBooks_AndInTheAuditLog()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        await DownloadAsync(People.Ganzhou.Coordinator, practice);
        await world.DeliverEventsAsync();

        var record = await world.AsAsync(People.Ganzhou.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<DownloadRecord>().SingleAsync(d => d.PracticeId == practice));
        (record.UserId, record.Version, record.Sha256.Length, record.TenantId).ShouldBe((People.Ganzhou.Coordinator.Id, 1, 64, People.Ganzhou.Tenant.Id));

        var downloads = await world.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<DownloadDto>>($"/api/practices/{practice}/downloads");
        downloads.Items.Select(d => (d.RegionName, d.Version)).ShouldBe([("赣州市", 1)]);
        (await world.As(People.Jiangsu.Coordinator).GetAsAsync<PracticeDto>($"/api/practices/{practice}")).DownloadCount.ShouldBe(1);
        (await world.As(People.Yangzhou.Coordinator).GetAsAsync<PagedResult<DownloadDto>>($"/api/practices/{practice}/downloads")).TotalCount.ShouldBe(0);
        (await world.AsAsync(People.Jiangsu.Coordinator, s => s.GetRequiredService<PlatformDbContext>().Set<DownloadRecord>().CountAsync(d => d.PracticeId == practice))).ShouldBe(0);

        var lines = await world.AsAsync(People.Jiangsu.Auditor, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .Where(e => e.Kind == AuditKind.Request && e.SubjectId == $"/api/practices/{practice}/report").ToListAsync());
        lines.Single().ActorTenantPath.ShouldBe(People.Ganzhou.Tenant.Path);
        lines.Single().Details.ShouldContain(record.Sha256);
    }

    [Fact]
    public async Task Report_OfAnUncertifiedDraft_Is404_AndNobodyIs401()
    {
        var draft = await world.WrittenDraftAsync(await world.GivenPublishedResultAsync(People.Nantong, passed: true));
        (await world.As(People.Ganzhou.Coordinator).GetAsync(new Uri($"/api/practices/{draft.Id}/report", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        var practice = await world.GivenPracticeAsync(People.Nantong, isPublic: true);
        (await world.As(null).GetAsync(new Uri($"/api/practices/{practice}/report", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(401);
    }

    [LibreOfficeFact]
    public async Task Report_WhenConvertedByLibreOffice_ReadsInOrder()
    {
        var practice = await world.GivenPracticeAsync(People.Nantong);
        var (content, _) = await DownloadAsync(People.Ganzhou.Coordinator, practice);
        var folder = Directory.CreateTempSubdirectory("pilot-report-test-");
        try
        {
            var pdf = Path.Combine(folder.FullName, "report.pdf");
            await using (var output = File.Create(pdf))
            {
                using var docx = new MemoryStream(content);
                await world.Services.GetRequiredService<IPdfConverter>().ConvertAsync(docx, output, default);
            }

            if (Environment.GetEnvironmentVariable("PILOT_TEST_KEEP_REPORT") is { Length: > 0 } keep)
            {
                File.Copy(pdf, keep, overwrite: true);
            }

            var text = string.Concat((await TextOfAsync(pdf)).Where(c => !char.IsWhiteSpace(c)));
            var position = 0;
            foreach (var phrase in Expected)
            {
                var found = text.IndexOf(phrase, position, StringComparison.Ordinal);
                found.ShouldBeGreaterThanOrEqualTo(0, $"“{phrase}” is missing or out of order in: {text}");
                position = found + phrase.Length;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> TextOfAsync(string pdf)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", pdf, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return text;
    }

    private async Task<(byte[] Content, string Name)> DownloadAsync(Persona persona, Guid practice)
    {
        using var client = world.As(persona);
        using var response = await client.GetAsync(new Uri($"/api/practices/{practice}/report", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe(IOfficialDocumentWriter.MediaType);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentDisposition!.FileNameStar!);
    }
}
