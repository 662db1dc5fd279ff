using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

/// <summary>What a reader sees: the DOCX through LibreOffice to PDF, text and pixels.</summary>
[Collection("Processes")]
public sealed partial class RenderTests : IDisposable
{
    private const double MillimetresPerPoint = 25.4 / 72;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pilot-documents-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [LibreOfficeFact]
    public async Task Report_WhenConverted_ReadsInOrderOnA4Pages()
    {
        var pdf = await PdfAsync(Samples.ReplicationReport());

        var info = Run("pdfinfo", pdf);
        info.ShouldContain("Pages:           5");
        info.ShouldContain("(A4)");
        info.ShouldContain("Tagged:          yes");
        info.ShouldContain("Title:           关于复制推广南通市容缺受理试点经验做法的报告");

        var text = Compact(Run("pdftotext", "-layout", pdf, "-"));
        string[] expected =
        [
            "江苏省政务服务管理办公室文件", "苏政务办发〔2023〕46号", "关于复制推广南通市容缺受理试点经验做法的报告",
            "各设区市政务服务管理办公室、行政审批局：", "一、试点基本情况", "（一）组织实施", "（二）主要做法", "1.编制容缺受理清单",
            "2.推行承诺与补正闭环", "（1）承诺", "（2）补正", "①窗口受理", "③部门先行审查", "二、试点成效", "容缺受理试点前后指标对比",
            "三、复制推广建议", "（一）适用范围", "附件：容缺受理事项清单（样例）", "2023年10月12日", "（联系人：", "一、适用说明",
            "抄送：", "2023年10月13日印发",
        ];
        var position = 0;
        foreach (var phrase in expected)
        {
            var found = text.IndexOf(phrase, position, StringComparison.Ordinal);
            found.ShouldBeGreaterThanOrEqualTo(0, $"“{phrase}” is missing or out of order in: {text}");
            position = found + phrase.Length;
        }
    }

    [LibreOfficeFact]
    public async Task Report_WhenConverted_KeepsTheTypeArea()
    {
        var pdf = await PdfAsync(Samples.ReplicationReport());

        foreach (var page in Words(pdf))
        {
            var text = page.Where(word => !IsPageNumber(word)).ToArray();
            text.Min(word => word.Left).ShouldBeGreaterThan(27.5);
            // LibreOffice lets a mark of punctuation hang over the edge, whatever the style says; nothing else may.
            text.Max(word => word.Right - ("，、。；：".Contains(word.Text[^1], StringComparison.Ordinal) ? 5.7 : 0))
                .ShouldBeLessThan(28 + 156 + 1.0);
            text.Min(word => word.Top).ShouldBeGreaterThan(36.5);
            text.Max(word => word.Bottom).ShouldBeLessThan(37 + 225 + 1);
        }
    }

    [LibreOfficeFact]
    public async Task Report_WhenPrintedOnBothSides_HasPageNumbersOnTheOuterEdge()
    {
        var pages = Words(await PdfAsync(Samples.ReplicationReport()));

        for (var i = 0; i < pages.Count; i++)
        {
            var number = pages[i].Where(word => word.Top > 37 + 225 && IsPageNumber(word)).ToArray();
            string.Concat(number.Select(word => word.Text)).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"—{i + 1}—"));
            if (i % 2 == 0)
            {
                number.Max(word => word.Right).ShouldBe(28 + 156 - 4.94, 1);
            }
            else
            {
                number.Min(word => word.Left).ShouldBe(28 + 4.94, 1);
            }
        }
    }

    /// <summary>However full the last page is, the imprint lies at its foot, alone with nothing.</summary>
    [LibreOfficeFact]
    public async Task Imprint_WhereverTheTextEnds_StandsAtTheFootOfTheLastPage()
    {
        foreach (var paragraphs in new[] { 3, 12, 14, 15, 16, 17, 18, 19, 20 })
        {
            var document = Samples.Short([.. Enumerable.Range(1, paragraphs).Select(i => new Paragraph($"第{i}段落"))]) with
            {
                Imprint = new("江苏省政务服务管理办公室", new DateOnly(2023, 10, 13), "省政府办公厅"),
            };

            var pages = Words(await PdfAsync(document));

            var imprint = pages[^1].Where(word => word.Text.Contains("印发", StringComparison.Ordinal)).ShouldHaveSingleItem();
            imprint.Bottom.ShouldBe(37 + 225 - 1, 3.0, $"{paragraphs} paragraphs");
            var copies = pages[^1].Where(word => word.Text.Contains("抄送", StringComparison.Ordinal)).ShouldHaveSingleItem();
            pages[^1].Where(word => word.Text.Contains("段落", StringComparison.Ordinal))
                .ShouldAllBe(word => word.Bottom <= copies.Top, $"{paragraphs} paragraphs");
            pages.SelectMany(page => page).Count(word => word.Text.Contains("段落", StringComparison.Ordinal)).ShouldBe(paragraphs);
        }
    }

    [LibreOfficeFact]
    public async Task Body_OfHanText_Has28CharactersALineAnd22LinesAPage()
    {
        var body = new Paragraph(string.Concat(Enumerable.Repeat("政务服务改革试点", 200)));
        var pdf = await PdfAsync(Samples.Short(body));

        var second = Run("pdftotext", "-layout", "-f", "2", "-l", "2", pdf, "-").Split('\n')
            .Select(line => line.Trim()).Where(line => line.StartsWith('政') || line.Length > 20).ToArray();

        second.Length.ShouldBe(22);
        second.ShouldAllBe(line => line.Length == 28);
    }

    [LibreOfficeFact]
    public async Task RedHead_WhenPainted_IsRed()
    {
        var pdf = await PdfAsync(Samples.ReplicationReport());
        Run("pdftoppm", "-r", "50", "-f", "1", "-l", "1", "-singlefile", pdf, Path.Combine(_folder.FullName, "page"));

        var (width, height, pixels) = ReadPixmap(Path.Combine(_folder.FullName, "page.ppm"));
        width.ShouldBeInRange(412, 415);
        height.ShouldBeInRange(583, 586);
        var redRows = Enumerable.Range(0, height).Where(y => RedIn(pixels, width, y) > 0).ToArray();

        // The mark begins 35 mm under the type area's upper edge, that is 72 mm down; the line is 156 mm of red.
        (redRows[0] * 25.4 / 50).ShouldBe(72, 6);
        var line = redRows.Where(y => RedIn(pixels, width, y) > width * 0.7).ToArray();
        line.ShouldNotBeEmpty();
        (RedIn(pixels, width, line[0]) * 25.4 / 50).ShouldBe(156, 2);
        redRows[^1].ShouldBe(line[^1], "nothing under the line is red");
    }

    private static bool IsPageNumber(PlacedWord word) => PageNumber().IsMatch(word.Text);

    [GeneratedRegex("^[—0-9]+$")]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"<page |<word xMin=""([\d.]+)"" yMin=""([\d.]+)"" xMax=""([\d.]+)"" yMax=""([\d.]+)"">([^<]*)</word>")]
    private static partial Regex PageOrWord();

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static int RedIn(byte[] pixels, int width, int y) => Enumerable.Range(0, width).Count(x =>
    {
        var at = ((y * width) + x) * 3;
        return pixels[at] > 180 && pixels[at + 1] < 140 && pixels[at + 2] < 140;
    });

    private static (int Width, int Height, byte[] Pixels) ReadPixmap(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var fields = new List<string>();
        var at = 0;
        while (fields.Count < 4)
        {
            var end = Array.FindIndex(bytes, at, b => b is (byte)' ' or (byte)'\n');
            fields.Add(System.Text.Encoding.ASCII.GetString(bytes, at, end - at));
            at = end + 1;
        }

        return (int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture), bytes[at..]);
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
        return output;
    }

    private static List<List<PlacedWord>> Words(string pdf)
    {
        var pages = new List<List<PlacedWord>>();
        foreach (Match match in PageOrWord().Matches(Run("pdftotext", "-bbox", pdf, "-")))
        {
            if (!match.Groups[5].Success)
            {
                pages.Add([]);
                continue;
            }

            double Millimetres(int group) =>
                double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * MillimetresPerPoint;
            pages[^1].Add(new(match.Groups[5].Value, Millimetres(1), Millimetres(2), Millimetres(3), Millimetres(4)));
        }

        return pages;
    }

    private async Task<string> PdfAsync(OfficialDocument document)
    {
        using var services = Word.Services();
        var path = Path.Combine(_folder.FullName, "document.pdf");
        await using var pdf = File.Create(path);
        await services.GetRequiredService<IPdfConverter>()
            .ConvertAsync(new MemoryStream(Word.Write(document)), pdf, CancellationToken.None);
        return path;
    }

    private sealed record PlacedWord(string Text, double Left, double Top, double Right, double Bottom);
}
