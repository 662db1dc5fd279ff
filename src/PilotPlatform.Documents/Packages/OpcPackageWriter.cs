using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PilotPlatform.Documents.Packages;

/// <summary>
/// Writes an Office package part by part. The SDK's own package keeps every part in memory while it is open, stamps the
/// entries with the present time and draws random relationship ids; here the order, the ids and the times are ours, so a
/// model has one sequence of bytes, and a part of any length passes straight through.
/// </summary>
internal sealed class OpcPackageWriter : IDisposable
{
    // The first instant a ZIP entry can carry: entries say nothing about when the file was written.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly ZipArchive _zip;
    private readonly List<(string Path, string ContentType)> _parts = [];

    public OpcPackageWriter(Stream output) =>
        _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);

    /// <summary>Opens a part; it must be closed before the next is opened.</summary>
    public Stream OpenPart(string path, string contentType)
    {
        _parts.Add((path, contentType));
        return OpenEntry(path);
    }

    public void AddPart(string path, string contentType, XElement root)
    {
        using var stream = OpenPart(path, contentType);
        Save(root, stream);
    }

    /// <summary>Writes the relationships of a part, or those of the package for an empty path; ids are rId1, rId2, …</summary>
    public void AddRelationships(string sourcePath, params IReadOnlyList<(string Type, string Target)> relationships)
    {
        var slash = sourcePath.LastIndexOf('/');
        var path = $"{sourcePath[..(slash + 1)]}_rels/{sourcePath[(slash + 1)..]}.rels";
        var root = new XElement(
            Relationships + "Relationships",
            relationships.Select((relationship, index) => new XElement(
                Relationships + "Relationship",
                new XAttribute("Id", $"rId{index + 1}"),
                new XAttribute("Type", relationship.Type),
                new XAttribute("Target", relationship.Target))));
        using var stream = OpenEntry(path);
        Save(root, stream);
    }

    /// <summary>Writes the list of content types, which completes the package.</summary>
    public void Complete()
    {
        var root = new XElement(
            ContentTypes + "Types",
            new XElement(
                ContentTypes + "Default",
                new XAttribute("Extension", "rels"),
                new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            _parts.Select(part => new XElement(
                ContentTypes + "Override",
                new XAttribute("PartName", "/" + part.Path),
                new XAttribute("ContentType", part.ContentType))));
        using var stream = OpenEntry("[Content_Types].xml");
        Save(root, stream);
    }

    public void Dispose() => _zip.Dispose();

    private Stream OpenEntry(string path)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }

    private static void Save(XElement root, Stream stream)
    {
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        new XDocument(new XDeclaration("1.0", "utf-8", "yes"), root).Save(writer);
    }
}
