using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.OfficialDocuments;

internal sealed class OfficialDocumentWriter : IOfficialDocumentWriter
{
    private const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // In the order of the document's relationships, from which the ids follow.
    private const string OddFooterId = "rId5";
    private const string EvenFooterId = "rId6";

    public void Write(OfficialDocument document, Stream output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        var numbering = new OfficialNumbering();
        var body = new OfficialBody(document, numbering).Create();
        body.Append(OfficialPage.Create(OddFooterId, EvenFooterId));

        using var package = new OpcPackageWriter(output);
        Add(package, "word/document.xml", "document.main+xml", new Document(body));
        Add(package, "word/styles.xml", "styles+xml", OfficialStyles.Create(document.Metadata.Language));
        Add(package, "word/numbering.xml", "numbering+xml", numbering.Create());
        Add(package, "word/fontTable.xml", "fontTable+xml", FontTable());
        Add(package, "word/settings.xml", "settings+xml", Settings(document.Metadata.Language));
        Add(package, "word/footer1.xml", "footer+xml", OfficialPage.OddFooter());
        Add(package, "word/footer2.xml", "footer+xml", OfficialPage.EvenFooter());
        package.AddRelationships(
            "word/document.xml",
            ($"{Relationships}/styles", "styles.xml"),
            ($"{Relationships}/numbering", "numbering.xml"),
            ($"{Relationships}/fontTable", "fontTable.xml"),
            ($"{Relationships}/settings", "settings.xml"),
            ($"{Relationships}/footer", "footer1.xml"),
            ($"{Relationships}/footer", "footer2.xml"));
        new FileProperties(
            document.Title.ReplaceLineEndings(string.Empty), document.Metadata.Author, document.Metadata.CreatedAt)
        {
            Subject = document.Metadata.Subject,
            Language = document.Metadata.Language,
        }.WriteTo(package);
        package.AddRelationships(
            string.Empty,
            ($"{Relationships}/officeDocument", "word/document.xml"),
            (FileProperties.CoreType, FileProperties.CorePath));
        package.Complete();
    }

    private static void Add(OpcPackageWriter package, string path, string contentType, OpenXmlElement root)
    {
        using var stream = package.OpenPart(path, ContentType + contentType);
        using var writer = OpenXmlWriter.Create(stream);
        writer.WriteStartDocument(true);
        writer.WriteElement(root);
    }

    private static Fonts FontTable() => new(OfficialFont.All.Select(font => new Font(
        new AltName { Val = font.WordSubstitute },
        // 86 is GB2312: without it Word takes a missing face for a Western one and substitutes accordingly.
        new FontCharSet { Val = "86" },
        new FontFamily { Val = font.Family },
        new Pitch { Val = FontPitchValues.Variable })
    {
        Name = font.Name,
    }));

    private static Settings Settings(string language) => new(
        new DefaultTabStop { Val = 420 },
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(new CompatibilitySetting
        {
            Name = CompatSettingNameValues.CompatibilityMode,
            Uri = "http://schemas.microsoft.com/office/word",
            Val = "15",
        }),
        new ThemeFontLanguages { Val = language, EastAsia = language });
}
