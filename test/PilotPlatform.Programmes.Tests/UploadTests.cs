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
    [Theory]
    [InlineData("%PDF-1.7", "Pdf")]
    [InlineData("PK\u0003\u0004", "Docx")]
    [InlineData("{\\rtf1\\ansi", "OldDocument")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "OldDocument")]
    [InlineData("\n <!DOCTYPE html><html>", "Html")]
    [InlineData("关于试点的通知", "Text")]
    public void KindOf_IsWhatTheFirstBytesSay(string head, string kind) =>
        NoticeUpload.KindOf(head[0] > 255 ? System.Text.Encoding.UTF8.GetBytes(head) : System.Text.Encoding.Latin1.GetBytes(head)).ToString().ShouldBe(kind);

    [Fact]
    public void Readable_JoinsLinesBrokenAtTheMargin_AndKeepsRowsOfTables()
    {
        const string Layout = """
            关于开展试点的通知

                为方便企业群众办事经研究决定在全省范围内开展以下改革试点请认
            真组织实施。
                             — 1 —
            序号   任务    时限
            1      容缺受理    9月底前
            """;
        NoticeUpload.Readable(Layout).ShouldBe("关于开展试点的通知\n为方便企业群众办事经研究决定在全省范围内开展以下改革试点请认真组织实施。\n序号\t任务\t时限\n1\t容缺受理\t9月底前\n");
    }

    [Fact]
    public void Readable_OfAScan_IsRefused() =>
        Should.Throw<Errors.BusinessException>(() => NoticeUpload.Readable(" \n\f\n ")).Code.ShouldBe(ProgrammesErrorCodes.NoTextLayer);

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
