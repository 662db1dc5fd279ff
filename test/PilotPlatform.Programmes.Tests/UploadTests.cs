using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests;

/// <summary>A test that needs LibreOffice and Poppler; reported as skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConverterFactAttribute : FactAttribute
{
    public ConverterFactAttribute()
    {
        var missing = new[] { "soffice", "pdftotext" }.Where(p => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, p)))).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"Not installed: {string.Join(", ", missing)} (libreoffice-writer-nogui, poppler-utils).";
        }
    }
}

public sealed class UploadTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Upload_OfDocx_IsRead() => await ReadsTenThemesAsync(await DocxAsync(), "通知.docx");

    [Fact]
    public async Task Upload_OfDocxNamedTxt_IsReadAsWhatItIs() => await ReadsTenThemesAsync(await DocxAsync(), "通知.txt");

    [Fact]
    public async Task Upload_OfAPage_IsRead()
    {
        var text = await Given.SampleTextAsync(app);
        var page = $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>通知</title></head><body><nav><a href=\"/\">首页</a></nav><article>{string.Concat(text.Split('\n').Select(l => $"<p>{l}</p>"))}</article></body></html>";
        await ReadsTenThemesAsync(System.Text.Encoding.UTF8.GetBytes(page), "通知.html");
    }

    [ConverterFact]
    public async Task Upload_OfOldWordDocument_IsConvertedAndRead()
    {
        // RTF is what the oldest word processors have in common, and it goes the same way as .doc and .wps.
        var rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 SimSun;}}" + string.Concat((await Given.SampleTextAsync(app)).Select(c => c == '\n' ? "\\par " : c < 128 ? c.ToString() : $"\\u{(short)c}?")) + "}";
        await ReadsTenThemesAsync(System.Text.Encoding.ASCII.GetBytes(rtf), "通知.wps");
    }

    [ConverterFact]
    public async Task Upload_OfPdf_IsRead()
    {
        using var pdf = new MemoryStream();
        await app.Services.GetRequiredService<IPdfConverter>().ConvertAsync(new MemoryStream(await DocxAsync()), pdf, default);
        await ReadsTenThemesAsync(pdf.ToArray(), "通知.pdf");
    }

    [ConverterFact]
    public async Task Upload_OfADamagedDocument_IsRefusedWithWhatToDo()
    {
        byte[] damaged = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Enumerable.Repeat((byte)7, 4000)];
        (await UploadAsync(damaged, "通知.doc").RefusalAsync()).Status.ShouldBe(422);
    }

    [ConverterFact]
    public async Task Upload_OfAScan_IsRefusedWithWhatToDo()
    {
        // One empty page.
        var scan = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8.ToArray();
        (await UploadAsync(scan, "扫描件.pdf").RefusalAsync()).ShouldBe((422, ProgrammesErrorCodes.NoTextLayer));
    }

    private async Task<byte[]> DocxAsync()
    {
        var lines = (await Given.SampleTextAsync(app)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var stream = new MemoryStream();
        app.Services.GetRequiredService<IOfficialDocumentWriter>().Write(
            new OfficialDocument { Title = lines[0], Metadata = new("测试", DateTimeOffset.UnixEpoch), Blocks = [.. lines.Skip(1).Select(l => new Paragraph(l))] }, stream);
        return stream.ToArray();
    }

    private async Task ReadsTenThemesAsync(byte[] bytes, string name)
    {
        var response = await UploadAsync(bytes, name);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var notice = (await response.Content.ReadFromJsonAsync<NoticeDto>(PilotPlatformApp.Json))!;
        notice.SourceName.ShouldBe(name);
        notice.Content.DocumentNumber.ShouldBe("苏政务办发〔2023〕8号");
        notice.Content.Themes.Count.ShouldBe(10, string.Join('|', notice.Content.Themes.Select(t => t.Title)) + "\n" + notice.SourceText);
        notice.Preview.Assignments.ShouldBe(27, notice.SourceText);
    }

    private async Task<HttpResponseMessage> UploadAsync(byte[] bytes, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await app.As(People.Jiangsu.Coordinator).PostAsync(new Uri("/api/notices/upload", UriKind.Relative), form);
    }
}
