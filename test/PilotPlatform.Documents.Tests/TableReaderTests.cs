using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

public sealed class TableReaderTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly ITableWorkbookReader Reader = Word.Services().GetRequiredService<ITableWorkbookReader>();

    [Fact]
    public void Read_OfASheet_GivesTextNumbersDatesAndCachedResults()
    {
        var table = Reader.Read(Workbook("""
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><r><t>分</t></r><r><t>段</t></r></is></c></row>
            <row r="3" hidden="1"><c r="A3"><v>12</v></c><c r="B3"><f>SUM(A3:A3)*2</f><v>24</v></c><c r="C3" s="1"><v>45199</v></c><c r="D3"><f>[1]外部!A1</f></c><c r="E3"><v>320601198001010000</v></c><c r="F3" t="b"><v>1</v></c><c r="G3"><v>0.1</v></c></row>
            """, strings: "<si><t>事项</t><rPh><t>shixiang</t></rPh></si>"))[0];
        table.Name.ShouldBe("清单");
        table.Rows.Select(r => (r.Number, r.IsHidden)).ShouldBe([(2, false), (3, true)]);
        table.Rows[0].Cells.Select(c => c.Text).ShouldBe(["事项", "", "分段"]);
        table.Rows[1].Cells.Select(c => c.Text).ShouldBe(["12", "24", "2023-09-30", "", "320601198001010000", "TRUE", "0.1"]);
    }

    [Fact]
    public void Read_OfMergedCells_RepeatsThemDownwardsAndSaysSo()
    {
        var rows = Reader.Read(Workbook("""
            <row r="1"><c r="A1" t="inlineStr"><is><t>甲局</t></is></c><c r="B1" t="inlineStr"><is><t>一</t></is></c></row>
            <row r="2"><c r="B2" t="inlineStr"><is><t>二</t></is></c></row>
            <row r="3"/>
            """, after: """<mergeCells><mergeCell ref="A1:A3"/></mergeCells>"""))[0].Rows;
        rows.Select(r => (r.Cells[0].Text, r.Cells[0].IsInherited, r.Cells[1].Text)).ShouldBe([("甲局", false, "一"), ("甲局", true, "二")]);
    }

    [Fact]
    public async Task Read_OfWhatTheWriterWrote_GivesItBack()
    {
        using var services = Word.Services();
        using var stream = new MemoryStream();
        var sheet = new TableSheet<string>("事项", DateTimeOffset.UnixEpoch) { Title = "标题" }.TextColumn("名称", r => r).DateColumn("日期", _ => new DateOnly(2024, 6, 1)).IntegerColumn("数", _ => 7);
        await services.GetRequiredService<ITableWorkbookWriter>().WriteAsync(sheet, ["=1+1", "_x003D_1", "跨\n行"], stream, default);
        Reader.Read(stream.ToArray())[0].Rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text)).TrimEnd('|')).ShouldBe(
            ["标题", "名称|日期|数", "=1+1|2024-06-01|7", "_x003D_1|2024-06-01|7", "跨 行|2024-06-01|7"]);
    }

    [Fact]
    public void Read_OfAWordDocument_GivesItsTables()
    {
        const string w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        var document = $"""
            <w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>表外文字</w:t></w:r></w:p><w:tbl>
            <w:tr>{Cell("部门", "<w:vMerge w:val=\"restart\"/>")}{Cell("甲")}</w:tr>
            <w:tr>{Cell("", "<w:vMerge/>")}<w:tc><w:p><w:r><w:t>乙</w:t></w:r><w:del><w:r><w:t>删去</w:t></w:r></w:del></w:p></w:tc></w:tr>
            <w:tr>{Cell("合并", "<w:gridSpan w:val=\"2\"/>")}</w:tr></w:tbl></w:body></w:document>
            """;
        var rows = Reader.Read(Package(("word/document.xml", document)))[0].Rows;
        rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text + (c.IsInherited ? "*" : "")))).ShouldBe(["部门|甲", "部门*|乙", "合并|"]);

        static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>";
    }

    [Theory]
    [InlineData("utf-8"), InlineData("gb18030"), InlineData("utf-16")]
    public void Read_OfACsv_KnowsItsEncodingQuotesAndLineNumbers(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var target = Encoding.GetEncoding(encoding);
        var rows = Reader.Read((byte[])[.. target.GetPreamble(), .. target.GetBytes("序号,事项名称\r\n1,\"甲,\"\"乙\"\"\r\n丙\"\r\n\r\n2,丁")])[0].Rows;
        rows.Select(r => (r.Number, string.Join('|', r.Cells.Select(c => c.Text)))).ShouldBe([(1, "序号|事项名称"), (2, "1|甲,\"乙\"  丙"), (5, "2|丁")]);
    }

    [Fact]
    public void ReadText_OfAPastedRange_HasTabsBetweenCells() =>
        Reader.ReadText("序号\t事项名称\t部门\n1\t办理, 变更\t\"甲局\n（窗口）\"\n").Rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text))).ShouldBe(["序号|事项名称|部门", "1|办理, 变更|甲局 （窗口）"]);

    [Fact]
    public void Read_OfABomb_IsRefused()
    {
        Failure(Package(("xl/workbook.xml", "<a/>"), ("xl/media/bomb.bin", new string('0', 100 * 1024 * 1024)))).ShouldBe(TableReadingFailure.TooLarge);
        Failure(new byte[ITableWorkbookReader.MaximumBytes + 1]).ShouldBe(TableReadingFailure.TooLarge);
        // 1,000 merged cells, each over all of 3,000 rows.
        var rows = string.Concat(Enumerable.Range(1, 3000).Select(r => $"<row r=\"{r}\"><c r=\"A{r}\"><v>1</v></c></row>"));
        var merges = string.Concat(Enumerable.Range(1, 1000).Select(_ => "<mergeCell ref=\"A1:A3000\"/>"));
        Failure(Workbook(rows, after: $"<mergeCells>{merges}</mergeCells>")).ShouldBe(TableReadingFailure.TooLarge);
    }

    [Fact]
    public void Read_OfWhatMayNotBeRead_IsRefusedWithItsReason()
    {
        Failure(Package(("xl/workbook.xml", "<a/>"), ("xl/vbaProject.bin", "x"))).ShouldBe(TableReadingFailure.Macros);
        Failure(Package(("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>"))).ShouldBe(TableReadingFailure.Unreadable);
        Failure("PK\u0003\u0004 no package"u8.ToArray()).ShouldBe(TableReadingFailure.Unreadable);
        Failure(Package(("other.xml", "<a/>"))).ShouldBe(TableReadingFailure.Unsupported);
        Failure([0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]]).ShouldBe(TableReadingFailure.Unsupported);
        Failure([0xD0, 0xCF, 0x11, 0xE0, .. Encoding.Unicode.GetBytes("EncryptedPackage")]).ShouldBe(TableReadingFailure.Encrypted);
        Failure("%PDF-1.7"u8.ToArray()).ShouldBe(TableReadingFailure.Unsupported);
        Failure("<html><table></table></html>"u8.ToArray()).ShouldBe(TableReadingFailure.Unsupported);
        Failure([]).ShouldBe(TableReadingFailure.Empty);
        Failure(Workbook("")).ShouldBe(TableReadingFailure.Empty);
    }

    [Fact]
    public void Read_OfASheetOutsideTheFile_OpensNothing() =>
        Failure(Workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", target: "file:///etc/hostname\" TargetMode=\"External")).ShouldBe(TableReadingFailure.Empty);

    private static TableReadingFailure Failure(byte[] file) => Should.Throw<TableReadingException>(() => Reader.Read(file)).Failure;

    private static byte[] Workbook(string rows, string strings = "", string after = "", string target = "worksheets/sheet1.xml") => Package(
        ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"隐藏\" sheetId=\"2\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"清单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"t\" Target=\"{target}\"/></Relationships>"),
        ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{strings}</sst>"),
        ("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData>{after}</worksheet>"));

    private static byte[] Package(params (string Path, string Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(path).Open());
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }
}
