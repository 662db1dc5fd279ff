using System.IO.Compression;
using System.Text;
using PilotPlatform.Files.Content;

namespace PilotPlatform.Files.Tests;

public sealed class ContentInspectorTests
{
    [Fact]
    public void Inspect_TellsOfficeDocumentsByTheirContentTypes()
    {
        Inspect(Samples.Docx()).ShouldBe(FileKind.Word);
        Inspect(Samples.Office("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")).ShouldBe(FileKind.Excel);
        Inspect(Samples.Office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")).ShouldBe(FileKind.PowerPoint);
        Inspect(Samples.Zip(("readme.txt", "a"))).ShouldBe(FileKind.Zip);
        Inspect(Samples.Zip(("OFD.xml", "<ofd/>"))).ShouldBe(FileKind.Ofd);
    }

    [Fact]
    public void Inspect_WhenDocumentHasMacros_SaysSo()
    {
        Inspect(Samples.Office("application/vnd.ms-word.document.macroEnabled.main+xml")).ShouldBe(FileKind.MacroDocument);
        Inspect(Samples.Office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ("word/vbaProject.bin", "x")))
            .ShouldBe(FileKind.MacroDocument);
    }

    [Fact]
    public void Inspect_TellsLegacyDocumentsByTheirMainStream()
    {
        Inspect(Samples.Compound("WordDocument")).ShouldBe(FileKind.WordLegacy);
        Inspect(Samples.Compound("Workbook")).ShouldBe(FileKind.ExcelLegacy);
        Inspect(Samples.Compound("PowerPoint Document")).ShouldBe(FileKind.PowerPointLegacy);
        Inspect(Samples.Compound("Something")).ShouldBe(FileKind.CompoundDocument);
    }

    [Fact]
    public void Inspect_WhenCompoundDirectoryLoops_Ends()
    {
        var bytes = Samples.Compound("Something");
        bytes[512 + 8] = 1;
        bytes[512 + 9] = bytes[512 + 10] = bytes[512 + 11] = 0;
        Inspect(bytes).ShouldBe(FileKind.CompoundDocument);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Inspect_ChineseText_IsText(string encoding)
    {
        var e = Encoding.GetEncoding(encoding);
        Inspect([.. e.GetPreamble(), .. e.GetBytes("事项清单,材料\r\n一业一证,3\r\n")]).ShouldBe(FileKind.Text);
    }

    [Fact]
    public void Inspect_Gb18030Text_IsText() =>
        Inspect([0xCA, 0xC2, 0xCF, 0xEE, 0xC7, 0xE5, 0xB5, 0xA5, 0x0D, 0x0A]).ShouldBe(FileKind.Text);

    [Fact]
    public void Inspect_Programs_AreExecutable()
    {
        Inspect(Samples.Executable()).ShouldBe(FileKind.Executable);
        Inspect([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]).ShouldBe(FileKind.Executable);
        Inspect("MZ is how this text begins"u8.ToArray()).ShouldBe(FileKind.Text);
    }

    [Fact]
    public void Inspect_TextFollowedByBinary_IsNotText() =>
        Inspect([.. Enumerable.Repeat((byte)'a', 200_000), 0]).ShouldBe(FileKind.Unknown);

    [Fact]
    public void Inspect_WhenContentTypesIsABomb_StopsReading()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("[Content_Types].xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                entry.Write(zeros);
            }
        }

        stream.Length.ShouldBeLessThan(200_000);
        Inspect(stream.ToArray()).ShouldBe(FileKind.Unknown);
    }

    [Fact]
    public void Inspect_WhenZipClaimsTooManyEntries_DoesNotReadItsDirectory()
    {
        var bytes = Samples.Zip(("a.txt", "a"));
        bytes[^12] = 0xFF;
        bytes[^11] = 0xFF;
        Inspect(bytes).ShouldBe(FileKind.Unknown);
    }

    [Theory]
    [InlineData("C:\\temp\\报告.pdf", "报告.pdf")]
    [InlineData("../../etc/报告.pdf", "报告.pdf")]
    [InlineData("cod\u202Efdp.exe", "codfdp.exe")]
    [InlineData("a\u0000b\r\n.txt", "ab.txt")]
    [InlineData("what?<now>.txt", "what__now_.txt")]
    [InlineData(" .. ", "")]
    public void Sanitise_LeavesWhatIsSafe(string name, string expected) => FileNames.Sanitise(name).ShouldBe(expected);

    [Fact]
    public void Sanitise_LongName_KeepsItsExtension()
    {
        var name = FileNames.Sanitise(new string('报', 300) + ".docx");
        name.Length.ShouldBe(FileNames.MaxLength);
        name.ShouldEndWith(".docx");
    }

    private static FileKind Inspect(byte[] bytes) => ContentInspector.Inspect(new MemoryStream(bytes));
}
