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

    private const string TraditionalSentence = "各地要按照統一部署推進審批制度改革，把試點工作落到實處，及時總結經驗，有關情況報省政府辦公廳。";

    static DecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("GB18030", false)]
    [InlineData("gb2312", false)]
    public void Decode_KnowsTheEncoding(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Sentence + "\r\n2023年9月\r\n";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        TextDecoder.Decode(bytes).Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("GB18030")]
    [InlineData("big5")]
    public void Decode_WithoutMarkLineEndOrDigit_GoesByWhatReadsAsChinese(string name)
    {
        var text = name == "big5" ? TraditionalSentence : "各地要按照统一部署推进审批制度改革，把试点工作落到实处";
        TextDecoder.Decode(Encoding.GetEncoding(name).GetBytes(text)).Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("關於推進審批制度改革的通知")]
    [InlineData("各縣（市、區）人民政府：\r\n　　一、完成時限為１２月底前。")]
    public void Decode_KnowsBig5(string text) => TextDecoder.Decode(Encoding.GetEncoding("big5").GetBytes(text)).Text.ShouldBe(text);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    [InlineData("big5")]
    public void Decode_WhenTheFileIsCutWithinACharacter_KeepsTheRest(string name)
    {
        var text = string.Concat(Enumerable.Repeat(TraditionalSentence + "\n", 5));
        var bytes = Encoding.GetEncoding(name).GetBytes(text);
        var cut = TextDecoder.Decode(bytes.AsSpan(0, bytes.Length - 3)).Text.ShouldNotBeNull();
        cut.ShouldStartWith(text[..^4]);
    }

    [Fact]
    public void Read_WhenAFewBytesAreBroken_ReadsTheRestAndAsks()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Sentence + "\n", 20)));
        bytes[Encoding.UTF8.GetByteCount("各地要按照统")] = 0xff;
        var draft = NoticeReader.Read(bytes, NoticeFormat.Text).Draft.ShouldNotBeNull();
        var question = draft.Questions.Where(q => q.Code == NoticeImportCodes.CharactersLost).ShouldHaveSingleItem();
        draft.SourceText.Substring(question.Span!.Value.Start, 1).ShouldBe("\ufffd");
    }

    [Fact]
    public void Decode_WhenNoEncodingFits_IsRefused() =>
        TextDecoder.Decode([0xff, 0x41, 0xff, 0xff, 0x80]).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Garbled);

    /// <summary>No byte is lost where the wrong encoding has a character for each: what is meant can be won back.</summary>
    [Theory]
    [InlineData("utf-8", "iso-8859-1")]
    [InlineData("utf-8", "windows-1252")]
    [InlineData("utf-8", "x-mac-cyrillic")]
    [InlineData("utf-8", "macintosh")]
    [InlineData("utf-8", "windows-1251")]
    [InlineData("utf-8", "koi8-r")]
    [InlineData("utf-8", "IBM437")]
    [InlineData("GB18030", "iso-8859-1")]
    [InlineData("GB18030", "windows-1252")]
    [InlineData("big5", "iso-8859-1")]
    public void Read_WhenTextWasDecodedWrongly_IsRestoredAndAsked(string right, string wrong)
    {
        var text = string.Concat(Enumerable.Repeat(TraditionalSentence + "\n", 8));
        var garbled = Encoding.GetEncoding(wrong).GetString(Encoding.GetEncoding(right).GetBytes(text));
        garbled.ShouldNotBe(text);

        var draft = NoticeReader.Read(garbled).Draft.ShouldNotBeNull();
        draft.SourceText.ShouldBe(text);
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.EncodingRepaired);
    }

    [Theory]
    [InlineData("gb2312", "")]
    [InlineData("GB18030", "\ufffd")]
    public void Read_WhenUtf8WasReadAsGbk_IsRestoredWhereLittleIsLost(string wrong, string lost)
    {
        // Of a run with an odd number of bytes the last character is lost, so a long run loses little.
        var text = string.Concat(Enumerable.Repeat("各地要按照统一部署推进审批制度改革，把试点工作落到实处，及时总结经验，有关情况报省政府办公厅。请认真抓好落实。", 6));
        var garbled = Encoding.GetEncoding(wrong).GetString(Encoding.UTF8.GetBytes(text + "\n" + text + "。\n"));

        var draft = NoticeReader.Read(garbled).Draft.ShouldNotBeNull();
        draft.SourceText.ShouldContain("推进审批制度改革，把试点工作落到实处，及时");
        draft.SourceText.ShouldContain(lost);
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.EncodingRepaired);
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.CharactersLost, "the last character of an odd run");
    }

    [Theory]
    [InlineData("utf-8", "GB18030")]
    [InlineData("utf-8", "big5")]
    [InlineData("GB18030", "utf-8")]
    public void Read_WhenTheWrongEncodingLostTooMuch_IsRefusedWithWhatToDo(string right, string wrong)
    {
        // Short runs between digits and line ends, as tables have them: a character of each is lost.
        var text = string.Concat(Enumerable.Repeat("任务表1推进改革吧2加强领导处3完善制度类4\n", 20));
        var garbled = Encoding.GetEncoding(wrong).GetString(Encoding.GetEncoding(right).GetBytes(text));

        var refusal = NoticeReader.Read(garbled).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(NoticeImportCodes.Garbled);
        refusal.Reason.ShouldContain("重新复制");
    }

    [Fact]
    public void Read_WhenDecodedWronglyTwice_IsRefused()
    {
        // GB18030 read as UTF-8, saved, and read as GB18030: every character became the same three.
        var once = Encoding.UTF8.GetString(Encoding.GetEncoding("GB18030").GetBytes(string.Concat(Enumerable.Repeat(TraditionalSentence, 8))));
        NoticeReader.Read(Encoding.GetEncoding("GB18030").GetString(Encoding.UTF8.GetBytes(once)))
            .Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Garbled);
    }

    [Theory]
    [InlineData("乾县瀍河回族区、亳州市谯城区、莘县、郓城县、鄄城县、剡溪镇、嵊州市、歙县、黟县、缙云县试点工作")]
    [InlineData("Reform pilot project: 推进改革试点工作 (VR cloud, AI) 各部门负责")]
    [InlineData("臺灣地區採購網路資訊軟體與數位程式之試點，應依規定辦理")]
    public void IsGarbled_RareNamesLatinWordsAndTaiwanWords_AreFine(string text) => GarbleCheck.IsGarbled(text).ShouldBeFalse();

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
