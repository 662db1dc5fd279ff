using System.Globalization;
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
    private const string LinkedPictureDocument =
        """
        H4sIAAAAAAACA+2ZW0xcRRjHvzl7WHZpC8tyKVKU7XYFpGWX5VIuVgssUNjKpVyK2hazsFBA2EVYFBMfGhsTYzSpMakvJsYEX9QY1MRXGxN9M/alSftWE01q4oMaTcoDrP+ZMwe2C5WzCzEt7nfy2zNn9sx8c/lm
        5ps513/Mvv3RF4U/UZw8SSZai1rJHBPHQJb+YCNSZNxaNBrVo6MpeahkVd55H6rovzTA+zwdWIAVZIB9YD84ADJln9vkPSUPr/RRGFeEHNRGIdzn6FVKRPJhMbH5GUmzZvA9o5LSn7x+ff5OdPxnaUsAZQM7yAG5
        IE/YBNFBUAAeAYXgECgCj4LHpE6HvDtxPyLDj+NeAkpBGXgClIOj4BioAG7gAZXAC6pANagBteA4qAP1oAE0ivWM6AR4CjwNToIm0AxagA+0gjbQDk6BDtAJ/OA0eAZ0gW7QA3rBGdAH+sEAGARnwRB4FjwHngfn
        wHlZx+EHaN5kKIkpQ7Mhs1URNnFNM4123n9dk6Nz4fnweMQxFJ4LVrSGX1yYGQtFhE109fO41vCosAQeduNB/O+up78avnxpe1tkmhuRtNhhdRnI5dyGZ8Lb2/ZHVBHtbkZvhTGrzVCApqUde11U7mLNLm5FLeXU
        4zfRGeDzF9BMh1WdB71+lUIdqiUChv1pFMB/L3Q0qP9alnZaK2aksHYxfjpoDDqDNIl59aIYOVmUs/Q75S4tktnFMDp6/GYoNkNxEfX600lTVAQ7brHxfGrE+BtAPotihm5BTYJifrbhsgdzGUOOGHdLbyPOQR4b
        Y3bGR5UKW52keaTizZuN52G/BfbuRL5O1iTK50PpZvHGJHINifLZkduiKN9+lM8uGuS4hfGkvP4XLKxE1LCKlYiZohPpgqJ0/ClHpNI0kRxxqjZZCOvi08nLFm2G0cO6d1ktRy5Pk+PLjeZd0nPgotjWnVIx6ET+
        fGI6lX+FGTGSAVRyBgWdRyN14/4K7nzh40bBq16LfIxYYT8af4ZGkJKbUnWJMe3NML9JaX6T0MSyt0/Du28EJZ1DOr2LHNA/JvIaN1Cn02ZoMlC6brH8h+/J3QHj8GPK43F8YjxpMK9W5DAF/WdpQaTlJZnn7YaW
        Yrbka63nE9uSnUnUT8tnU+1cO6tdC8ycWd7BbPkdjGiCbTHFyV9V3LXQZWE898bqSUtN5BABlVKyk8WhcvfzjJsnHAY7KeGSXDL2WkAY5jBdT79jiv8vpNYpd0yb4+OlaCISmW30eLxVde5KXN7GmurahgbPrHs2
        dHFbX5KbrbLVuk633/jwz5WeCdun71roaOlXt3gbvCb9Syb9M6v0wzKkf7VP+k3c1wxKf3NWNvuvq5rvqMj2bIrRZyS8lfz2MWNdDiv68K79m9iukitUJvkC4elAqH6LDrSq+eTJjD0z2c5PzxKrH5Nhc0w4Xt4U
        v1fljHDVwPzE38lNwMA+YVorfy3vuqzg+S008bdM8+STlZssuXSX0RcjMQb1M9N2FSnZm3Izzv7+K1HoVqrxU5KS/7XkwIPrxCbBB+9jEJ5UGzaYnXgawFMfnhy4nDSBLUQEfkgjeXB5qYrqyA1HQcOL+BrsYWup
        AZcH77kB3/U7kfo8/JhcrPN5yEHbyR9INfuDI/DxFDAOJsAUmJa+3yqt3l1NtdCeEuughZmmeMiEEFxw2dd/p5pmj0uGjUwuCrjWj0z5ATCroBOV1NRL1NKrUPHy627H8vfNh5dDqnO5TjlypU5xgWr8X1ZFmZXG
        9788Rrnxw40P3Ids772P/e+xlc/594W0uDj+TaBA7gM5tpi97v3id1N28/sfL2f8N4St0vADiWsH9XMCnzi0nKUeGqGpxI940CpcYxrJU2aDMrV+TtFD01iXk7YqaOd6TQno5+XVd+peeBoB1DzZMmQiN5U2vgEa
        ScPL+os8em8VR62BHdc/Ef3F8tyKRL/10wL6nx9bc9vj3xTG17/YbHyduJ+UQb/+vdKo/sPgMxkeErqCaIcwjYqSjIlxYFQKk6g/5p31c6O0TZoTa4/6JPRfAHoN/wH0c6zLACQAAA==
        """;

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
        // A picture by address: opened with LibreOffice's own settings, the document asks this listener for it at once.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString("D5", CultureInfo.InvariantCulture);
        var document = LinkedPicture(port);
        using var services = Word.Services();
        await services.GetRequiredService<IDocumentTextExtractor>().ToDocxAsync(document, default);
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

    /// <summary>A .doc of a page with one picture, http://127.0.0.1:PORT/p.png.</summary>
    private static byte[] LinkedPicture(string port)
    {
        using var zipped = new GZipStream(new MemoryStream(Convert.FromBase64String(LinkedPictureDocument)), CompressionMode.Decompress);
        using var document = new MemoryStream();
        zipped.CopyTo(document);
        // The address stands in it twice, once in each width.
        var bytes = document.ToArray();
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.ASCII })
        {
            var place = bytes.AsSpan().IndexOf(encoding.GetBytes("43599"));
            place.ShouldBeGreaterThan(0);
            encoding.GetBytes(port).CopyTo(bytes.AsSpan(place));
        }

        return bytes;
    }

    private static Task<TextExtractionException> FailureAsync(Func<Task> work) => Should.ThrowAsync<TextExtractionException>(work);
}
