using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Programmes.Tests;

public sealed class PrintTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly string[] Cities = ["南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "连云港市", "淮安市", "盐城市", "扬州市", "镇江市", "泰州市", "宿迁市"];

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Fact]
    public async Task AssignmentTable_AsWorkbook_Has27RowsInAdministrativeOrder()
    {
        var published = await Given.PublishedAsync(app);
        var (bytes, type) = await DownloadAsync(People.Yangzhou.Coordinator, $"/api/programmes/{published.ProgrammeId}/assignment-table?format=Xlsx");
        type.ShouldBe(ITableWorkbookWriter.MediaType);
        var rows = Rows(bytes).Where(r => r.Count > 3 && Cities.Any(c => r[3].StartsWith(c, StringComparison.Ordinal))).ToList();
        rows.Count.ShouldBe(27);
        rows.Count(r => r[3].StartsWith("南通市", StringComparison.Ordinal)).ShouldBe(3);
        rows[0][3].ShouldBe("南通市（如皋市）");
        foreach (var theme in rows.GroupBy(r => r[0]))
        {
            theme.Select(r => Array.FindIndex(Cities, c => r[3].StartsWith(c, StringComparison.Ordinal))).ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task AssignmentTable_AsDocument_NamesEveryThemeAndThenEveryCityInOrder()
    {
        var published = await Given.PublishedAsync(app);
        var programme = await app.As(People.Jiangsu.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
        var (bytes, type) = await DownloadAsync(People.Jiangsu.Coordinator, $"/api/programmes/{published.ProgrammeId}/assignment-table");
        type.ShouldBe(IOfficialDocumentWriter.MediaType);
        var text = WordText(bytes);
        text.ShouldContain("10 项任务、27 个试点，涉及 13 个地区");
        programme.Themes.ShouldAllBe(t => text.Contains(t.Title, StringComparison.Ordinal));
        var second = text[text.IndexOf("各地区承担的任务", StringComparison.Ordinal)..];
        Cities.Select(c => second.IndexOf(c, StringComparison.Ordinal)).ShouldBeInOrder();
        Cities.ShouldAllBe(c => second.Contains(c, StringComparison.Ordinal));
        (await DownloadAsync(People.Yangzhou.Coordinator, $"/api/programmes/{published.ProgrammeId}/assignment-table")).Bytes.ShouldBe(bytes, "the same state makes the same file for every reader");
    }

    [Fact]
    public async Task TaskSheet_SaysWhatWhoAndWhen_InBothForms()
    {
        var published = await Given.PublishedAsync(app);
        var text = WordText((await DownloadAsync(People.Jiangsu.Coordinator, $"/api/programmes/{published.ProgrammeId}/task-sheet?format=Docx")).Bytes);
        text.ShouldContain("容缺受理承诺书示范文本");
        text.ShouldContain("（原则上）");
        text.ShouldContain("南通市、连云港市");
        var rows = Rows((await DownloadAsync(People.Jiangsu.Coordinator, $"/api/programmes/{published.ProgrammeId}/task-sheet?format=Xlsx")).Bytes);
        rows.Count(r => r.Any(c => Cities.Any(city => c.StartsWith(city, StringComparison.Ordinal)))).ShouldBe(27);
    }

    [Fact]
    public async Task Download_ByACity_IsLoggedAtTheIssuersWithTheFilesHash()
    {
        var published = await Given.PublishedAsync(app);
        var path = $"/api/programmes/{published.ProgrammeId}/assignment-table";
        var (bytes, _) = await DownloadAsync(People.Nantong.Coordinator, path);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        await app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var entry = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().AsNoTracking().SingleAsync(e => e.SubjectId == path);
            entry.TenantId.ShouldBe(People.Jiangsu.Tenant.Id);
            entry.ActorTenantPath.ShouldBe(People.Nantong.Tenant.Path);
            entry.Details.ShouldContain(hash);
        });
    }

    [Fact]
    public async Task Download_ByARegionOutsideTheAudience_IsNotFound()
    {
        var published = await Given.PublishedAsync(app);
        foreach (var what in new[] { "assignment-table", "task-sheet" })
        {
            (await app.As(People.Ganzhou.Coordinator).GetAsync(At($"/api/programmes/{published.ProgrammeId}/{what}")).RefusalAsync()).Status.ShouldBe(404);
        }
    }

    private async Task<(byte[] Bytes, string? Type)> DownloadAsync(Persona by, string path)
    {
        var response = await app.As(by).GetAsync(At(path));
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    private static string WordText(byte[] docx) => string.Concat(Part(docx, "word/document.xml").Descendants().Where(e => e.Name.LocalName == "t").Select(e => e.Value));

    private static List<List<string>> Rows(byte[] xlsx) =>
        [.. Part(xlsx, "xl/worksheets/sheet1.xml").Descendants().Where(e => e.Name.LocalName == "row").Select(r => r.Elements().Select(c => c.Value).ToList())];

    private static XDocument Part(byte[] package, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
