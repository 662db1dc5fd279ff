using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.NoticeImport.Decoding;

namespace PilotPlatform.NoticeImport.Tests;

public class DecodingTests
{
    private const string Sentence = "各地要按照统一部署推进审批制度改革,把试点工作落到实处,及时总结经验,有关情况报省政府办公厅。";

    static DecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("GB18030", false)]
    public void Decode_KnowsTheEncoding(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Sentence + "\r\n2023年9月\r\n";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        TextDecoder.Decode(bytes).Text.ShouldBe(text);
    }

    [Fact]
    public void Decode_WhenNoEncodingFits_IsRefused() =>
        TextDecoder.Decode([0xff, 0x41, 0xff, 0xff, 0x80]).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Garbled);

    [Theory]
    [InlineData("x-mac-cyrillic")]
    [InlineData("windows-1252")]
    [InlineData("GB18030")]
    public void Read_WhenTextWasDecodedWrongly_IsRefusedWithWhatToDo(string wrong)
    {
        var text = string.Concat(Enumerable.Repeat(Sentence, 10));
        var garbled = Encoding.GetEncoding(wrong).GetString(Encoding.UTF8.GetBytes(text));

        var refusal = NoticeReader.Read(garbled).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(NoticeImportCodes.Garbled);
        refusal.Reason.ShouldContain("重新复制");
    }

    [Fact]
    public void Read_WhenGb18030WasReadAsUtf8_IsRefused()
    {
        var lossy = Encoding.UTF8.GetString(Encoding.GetEncoding("GB18030").GetBytes(Sentence));
        NoticeReader.Read(lossy).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Garbled);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t　")]
    public void Read_WhenEmpty_IsRefused(string text)
    {
        NoticeReader.Read(text).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Empty);
        NoticeReader.Read(Encoding.UTF8.GetBytes(text), NoticeFormat.Text).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Empty);
    }

    [Fact]
    public void Read_WhenOneByteTooLarge_IsRefused() =>
        NoticeReader.Read(new byte[NoticeReader.MaximumBytes + 1], NoticeFormat.Text).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.TooLarge);

    [Fact]
    public void Html_TakesTheMainContentAndKeepsTables()
    {
        const string page = """
            <html><head><title>x</title><script>var a = "<p>脚本</p>";</script></head><body>
            <div class="nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
            <div class="main"><p>关于开展改革试点的通知</p><p>各市人民政府办公室,省有关单位,各试点地区行政审批部门:</p>
            <p>为做好全省改革试点工作,经研究同意,现将具体任务安排和完成时限要求通知如下,请各地各单位认真抓好落实工作。</p>
            <table><tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr><tr><td>1</td><td>
            开展培训</td><td>省人社厅</td></tr></table></div>
            <div class="foot"><a href="/b">网站地图</a></div></body></html>
            """;

        var text = HtmlText.Extract(Encoding.UTF8.GetBytes(page)).Text.ShouldNotBeNull();
        text.ShouldContain("序号\t工作任务\t责任单位\n");
        text.ShouldContain("1\t开展培训\t省人社厅\n");
        text.ShouldNotContain("脚本");
        text.ShouldNotContain("网站地图");
    }

    [Theory]
    [InlineData("<div>", "")]
    [InlineData("<b>", "</x>")]
    [InlineData("<x a=1>", "")]
    public void Html_NestedToHarm_IsRefusedBeforeItIsParsed(string open, string decoy)
    {
        var page = string.Concat(Enumerable.Repeat(open + decoy, 400_000)) + Sentence;
        HtmlText.Extract(Encoding.UTF8.GetBytes(page)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Unreadable);
    }

    [Fact]
    public void Html_WithAttributesToHarm_IsRefused()
    {
        var page = "<p " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i} ")) + ">" + Sentence + "</p>";
        HtmlText.Extract(Encoding.UTF8.GetBytes(page)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void Html_WithManyUnclosedParagraphsAndScripts_IsRead()
    {
        var page = "<script>if (a<b) { x = '<div><div>'; }</script>" + string.Concat(Enumerable.Repeat("<p>" + Sentence, 2_000)) + "<div><div><div>";
        HtmlText.Extract(Encoding.UTF8.GetBytes(page)).Text.ShouldNotBeNull().ShouldContain(Sentence);
    }

    [Fact]
    public void Docx_GivesParagraphsAndTableRows_WithMergedCellsBlank()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(new Body(
                Line(Sentence),
                new Table(Row("工作任务", "责任单位"), Row("甲", "省人社厅"), Row("乙", ""))));
        }

        var text = DocxText.Extract(stream.ToArray()).Text.ShouldNotBeNull();
        text.ShouldStartWith(Sentence + "\n");
        string.Join('|', text.Split('\n').Skip(1).Select(l => string.Join(',', l.Split('\t').Select(c => c.Trim()))))
            .ShouldBe("工作任务,责任单位|甲,省人社厅|乙,|");

        static Paragraph Line(string text) => new(new Run(new Text(text)));
        static TableRow Row(params string[] cells) => new(cells.Select(c => new TableCell(Line(c))));
    }

    [Fact]
    public void Docx_ZipBomb_IsRefused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("word/document.xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 80; i++)
            {
                entry.Write(zeros);
            }
        }

        stream.Length.ShouldBeLessThan(NoticeReader.MaximumBytes);
        NoticeReader.Read(stream.ToArray(), NoticeFormat.Docx).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Unreadable);
    }

    [Fact]
    public void Docx_WhenNotADocument_IsRefused() =>
        NoticeReader.Read("MZ not a document"u8.ToArray(), NoticeFormat.Docx).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Unreadable);
}
