using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

/// <summary>Writes through the module as a caller does, and opens what was written with the SDK.</summary>
internal static class Word
{
    public static ServiceProvider Services(params (string Key, string? Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build())
        .AddLogging()
        .AddDocuments()
        .BuildServiceProvider();

    public static byte[] Write(OfficialDocument document)
    {
        using var services = Services();
        using var stream = new MemoryStream();
        services.GetRequiredService<IOfficialDocumentWriter>().Write(document, stream);
        return stream.ToArray();
    }

    public static WordprocessingDocument Open(OfficialDocument document) =>
        WordprocessingDocument.Open(new MemoryStream(Write(document)), isEditable: false);

    public static IReadOnlyList<string> Errors(OpenXmlPackage package) =>
    [
        .. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"),
    ];

    public static Body Body(this WordprocessingDocument word) => word.MainDocumentPart!.Document.Body!;

    public static Style Style(this WordprocessingDocument word, string id) =>
        word.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Elements<Style>().Single(style => style.StyleId == id);

    public static string? StyleId(this DocumentFormat.OpenXml.Wordprocessing.Paragraph paragraph) =>
        paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;

    public static DocumentFormat.OpenXml.Wordprocessing.Paragraph Only(this WordprocessingDocument word, string styleId) =>
        word.Body().Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Single(paragraph => paragraph.StyleId() == styleId);
}
