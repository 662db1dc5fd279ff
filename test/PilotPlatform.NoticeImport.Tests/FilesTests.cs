using System.IO.Compression;
using System.Text;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Files of every kind: told by their content, refused with their reason, converted and read.</summary>
public class FilesTests
{
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string Notice = "关于开展改革试点的通知\n各市人民政府:\n一、主要任务\n(一)推行帮办服务。(省政务办负责)";

    [Theory]
    [InlineData("关于开展试点的通知", NoticeFileKind.Text)]
    [InlineData("数量<100的地区按<附件>执行", NoticeFileKind.Text)]
    [InlineData("<!DOCTYPE html><html><body>通知</body></html>", NoticeFileKind.Html)]
    [InlineData("\n  <div><p>通知</p></div>", NoticeFileKind.Html)]
    [InlineData("%PDF-1.7 x", NoticeFileKind.Pdf)]
    [InlineData("{\\rtf1\\ansi x}", NoticeFileKind.RichText)]
    [InlineData("\u007fELF x", NoticeFileKind.Unknown)]
    public void KindOf_GoesByTheContent(string content, NoticeFileKind kind) => NoticeFiles.KindOf(Encoding.UTF8.GetBytes(content)).ShouldBe(kind);

    [Fact]
    public void KindOf_Containers_GoesByWhatTheyHold()
    {
        NoticeFiles.KindOf(Compound("WordDocument")).ShouldBe(NoticeFileKind.Word);
        NoticeFiles.KindOf(Compound("Workbook")).ShouldBe(NoticeFileKind.Unknown);
        NoticeFiles.KindOf(Docx("")).ShouldBe(NoticeFileKind.Docx);
        NoticeFiles.KindOf(Zip(("a.txt", "x"))).ShouldBe(NoticeFileKind.Unknown);
        NoticeFiles.KindOf(Encoding.Unicode.GetBytes("<html><body>通知</body></html>")).ShouldBe(NoticeFileKind.Html);
    }

    [Theory]
    [InlineData("Workbook", NoticeImportCodes.Unsupported)]
    [InlineData("WordDocument EncryptedPackage", NoticeImportCodes.Encrypted)]
    [InlineData("WordDocument _VBA_PROJECT", NoticeImportCodes.Macros)]
    [InlineData("WordDocument", NoticeImportCodes.NeedsConversion)]
    public void Read_OldContainers_AreRefusedWithTheirReason(string streams, string code)
    {
        var refusal = NoticeFiles.Read(Compound(streams.Split(' '))).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Reason.ShouldContain("粘贴正文");
    }

    [Fact]
    public void Read_TextAndPages_NeedNoConverter()
    {
        NoticeFiles.Read(Encoding.GetEncoding("utf-16").GetBytes(Notice)).Draft.ShouldNotBeNull().Themes.Count.ShouldBe(1);
        NoticeFiles.Read(Encoding.UTF8.GetBytes("<html><body><p>" + Notice.Replace("\n", "</p><p>") + "</p></body></html>")).Draft.ShouldNotBeNull().Themes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ReadAsync_OldWord_IsReadAsTheDocxThatItBecomes()
    {
        var converter = new Converter { Docx = Docx(string.Concat(Notice.Split('\n').Select(l => $"<w:p><w:r><w:t>{l}</w:t></w:r></w:p>"))) };
        var reading = await NoticeFiles.ReadAsync(Compound("WordDocument"), converter, CancellationToken.None);
        reading.Draft.ShouldNotBeNull().Themes.ShouldHaveSingleItem().Title.ShouldBe("推行帮办服务");
        converter.Kind.ShouldBe(NoticeFileKind.Word);
    }

    [Fact]
    public async Task ReadAsync_WhatIsRefused_NeverReachesTheConverter()
    {
        var converter = new Converter();
        (await NoticeFiles.ReadAsync(Compound("WordDocument", "Macros"), converter, CancellationToken.None)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Macros);
        (await NoticeFiles.ReadAsync(new byte[NoticeReader.MaximumBytes + 1], converter, CancellationToken.None)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.TooLarge);
        converter.Kind.ShouldBeNull();
    }

    [Fact]
    public async Task ReadAsync_WhenTheConverterFailsOrIsAbsent_IsRefused()
    {
        (await NoticeFiles.ReadAsync(Compound("WordDocument"), new Converter(), CancellationToken.None)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Unreadable);
        (await NoticeFiles.ReadAsync("%PDF-1.4"u8.ToArray(), new Converter { Layout = " \f" }, CancellationToken.None)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.NoTextLayer);
        (await NoticeFiles.ReadAsync("%PDF-1.4"u8.ToArray(), new Converter { IsAvailable = false }, CancellationToken.None)).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.NeedsConversion);
    }

    [Fact]
    public async Task ReadAsync_Pdf_PutsLinesAndCellsTogether()
    {
        const string layout = """
                            某市人民政府办公室文件

                                某政办发〔2022〕5 号

                        关于印发改革试点任务表的通知

            各县（市、区）人民政府：
                现将改革试点任务表印发给你们，请各地结合实际抓好落实，把各项
            任务落到实处，及时总结经验。
                                                                   某市人民政府办公室
                                                                    2022 年 3 月 1 日
                                                — 1 —
            """ + "\f" + """
            附件
            序号 工作任务                   责任单位         完成时限

                                      各试点县（市、      2022 年 4
            1    成立改革领导小组
                                      区）           月 15 日

            2    配齐窗口人员，加强                       2022 年 5
            """ + "\n— 2 —\f" + """
                 业务培训                           月 28 日

            3    开展宣传引导            市委宣传部     2022 年
                                                — 3 —
            """;
        var draft = (await NoticeFiles.ReadAsync("%PDF-1.4"u8.ToArray(), new Converter { Layout = layout }, CancellationToken.None)).Draft.ShouldNotBeNull();

        draft.Title.ShouldBe("关于印发改革试点任务表的通知");
        draft.DocumentNumber.ShouldBe("某政办发〔2022〕5号");
        draft.IssueDate.ShouldBe(new DateOnly(2022, 3, 1));
        draft.Themes.Select(t => t.Title).ShouldBe(["成立改革领导小组", "配齐窗口人员,加强业务培训", "开展宣传引导"]);
        draft.Themes.Select(t => t.Offices.Single()).ShouldBe(["各试点县(市、区)", "各试点县(市、区)", "市委宣传部"]);
        draft.Themes.Select(t => t.Due!.Date).ShouldBe([new DateOnly(2022, 4, 15), new DateOnly(2022, 5, 28), new DateOnly(2022, 12, 31)]);
        draft.SourceText.ShouldContain("把各项任务落到实处");
        draft.SourceText.ShouldNotContain("— 1 —");
    }

    [Fact]
    public void Docx_NumbersThatWordCounts_AreWritten()
    {
        const string numbering = $"""
            <w:numbering {Word}>
            <w:abstractNum w:abstractNumId="7">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
              <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
            </w:abstractNum>
            <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            </w:numbering>
            """;
        const string styles = $"""<w:styles {Word}><w:style w:styleId="A1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>""";
        var body = Styled("A1", "总体要求") + Styled("A1", "主要任务") + Item(1, 1, "推行帮办") + Item(1, 1, "推行代办") + Item(1, 2, "配人") + Item(2, 0, "要点")
            + Item(1, 2, "配物") + Styled("A1", "保障措施") + Item(1, 1, "加强领导") + Item(3, 2, "从五数起") + "<w:p><w:r><w:t>正文</w:t></w:r></w:p>";

        Text(Docx(body, ("word/numbering.xml", numbering), ("word/styles.xml", styles))).ShouldBe(
            "一、总体要求\n二、主要任务\n（一）推行帮办\n（二）推行代办\n1.配人\n要点\n2.配物\n三、保障措施\n（一）加强领导\n5.从五数起\n正文\n");
    }

    [Fact]
    public void Docx_MergedCells_AreUnfolded()
    {
        var table = "<w:tbl>"
            + Row(Cell("序号"), Cell("工作任务"), Cell("责任单位", "<w:gridSpan w:val=\"2\"/>"), Cell("完成时限"))
            + Row(Cell("1"), Cell("甲项任务"), Cell("市财政局", "<w:vMerge w:val=\"restart\"/>"), Cell("市司法局"), Cell("2023年6月底前", "<w:vMerge w:val=\"restart\"/>"))
            + Row(Cell("2"), Cell("乙项任务"), Cell("", "<w:vMerge/>"), Cell("市人社局"), Cell("", "<w:vMerge w:val=\"continue\"/>"))
            + "</w:tbl>";
        Text(Docx(table)).ShouldBe("序号\t工作任务\t责任单位\t\t完成时限\n1\t甲项任务\t市财政局\t市司法局\t2023年6月底前\n2\t乙项任务\t市财政局\t市人社局\t2023年6月底前\n");
    }

    [Fact]
    public void Docx_DeletedTextFieldsAndAlternatives_AreNoText() =>
        Text(Docx("<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:t>乙</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
            + "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice><w:r><w:t>丙</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>丙</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t>丁</w:t></w:r></w:p>"))
            .ShouldBe("甲丙丁\n");

    [Fact]
    public void Docx_WithMacros_IsRefused() =>
        NoticeFiles.Read(Docx("<w:p/>", ("word/vbaProject.bin", "x"))).Refusal.ShouldNotBeNull().Code.ShouldBe(NoticeImportCodes.Macros);

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document " + Word + "><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>", "外部内容")]
    [InlineData("<w:document " + Word + "><w:body>", "可能已损坏")]
    public void Docx_WithEntitiesOrBroken_IsRefusedWithItsReason(string document, string reason) =>
        NoticeFiles.Read(Zip(("word/document.xml", document))).Refusal.ShouldNotBeNull().Reason.ShouldContain(reason);

    [Fact]
    public void Docx_NestedToHarm_IsRefused()
    {
        const int depth = 20_000;
        var body = string.Concat(Enumerable.Repeat("<w:sdt>", depth)) + string.Concat(Enumerable.Repeat("</w:sdt>", depth));
        NoticeFiles.Read(Docx(body)).Refusal.ShouldNotBeNull().Reason.ShouldContain("嵌套");
    }

    private static string Text(byte[] docx) => Decoding.DocxText.Extract(docx).Text.ShouldNotBeNull();

    private static string Item(int list, int level, string text) =>
        $"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Styled(string style, string text) => $"<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Row(params string[] cells) => "<w:tr>" + string.Concat(cells) + "</w:tr>";

    private static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>";

    private static byte[] Docx(string body, params (string Name, string Content)[] parts) =>
        Zip([("word/document.xml", $"<w:document {Word}><w:body>{body}</w:body></w:document>"), .. parts]);

    private static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Compound(params string[] streams) =>
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[64], .. streams.SelectMany(s => Encoding.Unicode.GetBytes(s + "\0"))];

    private sealed class Converter : INoticeConverter
    {
        public bool IsAvailable { get; init; } = true;

        public byte[]? Docx { get; init; }

        public string? Layout { get; init; }

        public NoticeFileKind? Kind { get; private set; }

        public Task<ReadOnlyMemory<byte>?> ToDocxAsync(ReadOnlyMemory<byte> file, NoticeFileKind kind, CancellationToken cancellationToken)
        {
            Kind = kind;
            return Task.FromResult(Docx is { } docx ? new ReadOnlyMemory<byte>(docx) : (ReadOnlyMemory<byte>?)null);
        }

        public Task<string?> ToLayoutTextAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellationToken) => Task.FromResult(Layout);
    }
}
