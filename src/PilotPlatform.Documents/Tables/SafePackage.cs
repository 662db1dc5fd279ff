using System.IO.Compression;
using System.Xml;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tables;

/// <summary>An OOXML package of a stranger: unpacked sizes are counted before a part is read, parts are read forward under limits, relations that lead out of the file are not followed.</summary>
internal sealed class SafePackage : IDisposable
{
    private const int MostEntries = 2_000;
    private const long MostUnpacked = 96L * 1024 * 1024;
    private const int DeepestNesting = 200;

    private readonly ZipArchive archive;

    private SafePackage(ZipArchive archive) => this.archive = archive;

    public static SafePackage Open(ReadOnlyMemory<byte> file)
    {
        var archive = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
        try
        {
            if (archive.Entries.Count > MostEntries || !Unpacks(archive))
            {
                throw new TableReadingException(TableReadingFailure.TooLarge, "The package unpacks to more than may be.");
            }

            if (archive.Entries.Any(e => e.Name.StartsWith("vbaProject", StringComparison.OrdinalIgnoreCase) || e.FullName.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase)))
            {
                throw new TableReadingException(TableReadingFailure.Macros, "The package carries macros.");
            }

            return new SafePackage(archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public bool Has(string path) => archive.GetEntry(path) is not null;

    /// <summary>Reads a part element by element; a part that is not there is passed over.</summary>
    public void Read(string path, Action<XmlReader> element, Action<XmlReader>? end = null)
    {
        if (archive.GetEntry(path) is not { } entry)
        {
            return;
        }

        using var reader = XmlReader.Create(entry.Open(), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostUnpacked,
            CloseInput = true,
        });
        while (reader.Read())
        {
            if (reader.Depth > DeepestNesting)
            {
                throw new TableReadingException(TableReadingFailure.Unreadable, "A part is nested too deeply.");
            }

            if (reader.NodeType is XmlNodeType.Element)
            {
                element(reader);
            }
            else if (reader.NodeType is XmlNodeType.EndElement or XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                end?.Invoke(reader);
            }
        }
    }

    /// <summary>The parts that a part refers to by id; what lies outside the package is left out.</summary>
    public Dictionary<string, string> RelationsOf(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = path[..(slash + 1)];
        var relations = new Dictionary<string, string>(StringComparer.Ordinal);
        Read($"{folder}_rels/{path[(slash + 1)..]}.rels", reader =>
        {
            if (reader.LocalName == "Relationship" && reader.GetAttribute("TargetMode") != "External"
                && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target)
            {
                relations[id] = target.StartsWith('/') ? target[1..] : folder + target;
            }
        });
        return relations;
    }

    public void Dispose() => archive.Dispose();

    // The sizes that a bomb declares cannot be trusted.
    private static bool Unpacks(ZipArchive archive)
    {
        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                total += read;
                if (total > MostUnpacked)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
