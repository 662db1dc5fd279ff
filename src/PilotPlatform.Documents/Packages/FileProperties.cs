using System.Globalization;
using System.Xml.Linq;

namespace PilotPlatform.Documents.Packages;

/// <summary>The properties that a file manager and a screen reader show: title, author, language, date.</summary>
internal sealed record FileProperties(string Title, string? Author, DateTimeOffset CreatedAt)
{
    public const string CorePath = "docProps/core.xml";
    public const string CoreType = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

    private static readonly XNamespace Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public string? Subject { get; init; }

    public string Language { get; init; } = "zh-CN";

    public void WriteTo(OpcPackageWriter package)
    {
        var instant = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        package.AddPart(CorePath, "application/vnd.openxmlformats-package.core-properties+xml", new XElement(
            Core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", Core),
            new XAttribute(XNamespace.Xmlns + "dc", Dc),
            new XAttribute(XNamespace.Xmlns + "dcterms", Terms),
            new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
            new XElement(Dc + "title", XmlText.Clean(Title)),
            Subject is null ? null : new XElement(Dc + "subject", XmlText.Clean(Subject)),
            Author is null ? null : new XElement(Dc + "creator", XmlText.Clean(Author)),
            new XElement(Dc + "language", Language),
            Author is null ? null : new XElement(Core + "lastModifiedBy", XmlText.Clean(Author)),
            new XElement(Terms + "created", new XAttribute(Xsi + "type", "dcterms:W3CDTF"), instant),
            new XElement(Terms + "modified", new XAttribute(Xsi + "type", "dcterms:W3CDTF"), instant)));
    }
}
