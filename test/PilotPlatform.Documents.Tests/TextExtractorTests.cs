using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

[Collection("Processes")]
public sealed class TextExtractorTests
{
    [Fact]
    public async Task Extract_WhenTheProgramsAreAbsent_SaysWhichSettingNamesThem()
    {
        using var services = Word.Services(("Documents:Extraction:SofficePath", "/nowhere/soffice"), ("Documents:Extraction:PdftotextPath", "/nowhere/pdftotext"));
        var extractor = services.GetRequiredService<IDocumentTextExtractor>();
        (await FailureAsync(() => extractor.ToDocxAsync(new byte[] { 1 }, default))).ShouldSatisfyAllConditions(
            f => f.Failure.ShouldBe(TextExtractionFailure.ProgramMissing), f => f.Message.ShouldContain("SofficePath"));
        (await FailureAsync(() => extractor.TextOfPdfAsync(new byte[] { 1 }, default))).ShouldSatisfyAllConditions(
            f => f.Failure.ShouldBe(TextExtractionFailure.ProgramMissing), f => f.Message.ShouldContain("PdftotextPath"));
    }

    [LibreOfficeFact]
    public async Task ToDocx_OfRtf_KeepsTheText()
    {
        using var services = Word.Services();
        var rtf = Encoding.ASCII.GetBytes("{\\rtf1\\ansi " + string.Concat("容缺受理".Select(c => $"\\u{(short)c}?")) + "}");
        var docx = await services.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync(rtf, default);
        using var zip = new ZipArchive(new MemoryStream(docx));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        (await reader.ReadToEndAsync()).ShouldContain("容缺受理");
    }

    [LibreOfficeFact]
    public async Task ToDocx_OfADocumentThatPointsOutside_FetchesNothing()
    {
        // A picture by address and a linked document: whoever opens it with the network on asks this listener for them.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var rtf = Encoding.ASCII.GetBytes(
            "{\\rtf1\\ansi text {\\field{\\*\\fldinst INCLUDEPICTURE \"http://127.0.0.1:" + port + "/p.png\" \\\\d}{\\fldrslt }}"
            + "{\\field{\\*\\fldinst INCLUDETEXT \"http://127.0.0.1:" + port + "/t.rtf\"}{\\fldrslt }}}");
        using var services = Word.Services();
        await services.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync(rtf, default);
        listener.Pending().ShouldBeFalse();
    }

    [LibreOfficeFact]
    public async Task ToDocx_OfGarbageInTheFormOfADocument_IsRefused()
    {
        using var services = Word.Services();
        byte[] garbage = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Enumerable.Repeat((byte)7, 4000)];
        (await FailureAsync(() => services.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync(garbage, default))).Failure.ShouldBe(TextExtractionFailure.Refused);
    }

    [LibreOfficeFact]
    public async Task TextOfPdf_OfGarbage_IsRefused()
    {
        using var services = Word.Services();
        (await FailureAsync(() => services.GetRequiredService<IDocumentTextExtractor>().TextOfPdfAsync("%PDF-1.7 nothing"u8.ToArray(), default))).Failure.ShouldBe(TextExtractionFailure.Refused);
    }

    [LibreOfficeFact]
    public async Task Extract_OverTheLimits_IsRefused()
    {
        using var small = Word.Services(("Documents:Extraction:MaximumInputBytes", "10"));
        (await FailureAsync(() => small.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync(new byte[11], default))).Failure.ShouldBe(TextExtractionFailure.TooLarge);

        using var result = Word.Services(("Documents:Extraction:MaximumOutputBytes", "100"));
        (await FailureAsync(() => result.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync("{\\rtf1 a}"u8.ToArray(), default))).Failure.ShouldBe(TextExtractionFailure.TooLarge);

        using var hurried = Word.Services(("Documents:Extraction:Timeout", "00:00:00.001"));
        (await FailureAsync(() => hurried.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync("{\\rtf1 a}"u8.ToArray(), default))).Failure.ShouldBe(TextExtractionFailure.TimedOut);
    }

    private static Task<TextExtractionException> FailureAsync(Func<Task> work) => Should.ThrowAsync<TextExtractionException>(work);
}
