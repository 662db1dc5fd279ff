using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// The paragraphs and tables of a DOCX, with the numbers that Word counts itself and with merged cells unfolded. Sizes are
/// counted before anything is read; no DTD is accepted, nothing outside the file is ever opened, what it embeds is not
/// read, and a document that carries macros is refused.
/// </summary>
internal static class DocxText
{
    private const int MostEntries = 2_000;
    private const long MostUnpacked = 64L * 1024 * 1024;
    private const int MostCharacters = 8 * 1024 * 1024;
    private const int DeepestNesting = 300;
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string StrictWord = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    public static (string? Text, NoticeRefusal? Refusal) Extract(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries || !Unpacks(archive))
            {
                return (null, Refusals.Bomb);
            }

            if (archive.Entries.Any(e => e.Name.StartsWith("vbaProject", StringComparison.OrdinalIgnoreCase) || e.Name.StartsWith("vbaData", StringComparison.OrdinalIgnoreCase)))
            {
                return (null, Refusals.Macros);
            }

            if (archive.GetEntry("word/document.xml") is not { } main)
            {
                return (null, Refusals.Unreadable);
            }

            using var reader = Open(main);
            return new Writer(DocxNumbering.Load(archive)).Write(reader);
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return (null, Refusals.ExternalEntities);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            return (null, Refusals.Unreadable);
        }
    }

    internal static bool IsWord(XmlReader reader) => reader.NamespaceURI is Word or StrictWord;

    internal static string? Attribute(XmlReader reader, string name) => reader.GetAttribute(name, Word) ?? reader.GetAttribute(name, StrictWord);

    /// <summary>A part, read forward element by element: a tree of a deeply nested part would exhaust the stack.</summary>
    internal static XmlReader Open(ZipArchiveEntry entry) => XmlReader.Create(entry.Open(), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostUnpacked,
        CloseInput = true,
    });

    /// <summary>Unpacks to nowhere, counting: the sizes that a bomb declares cannot be trusted.</summary>
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

    /// <summary>Writes lines and rows while it reads.</summary>
    private sealed class Writer(DocxNumbering numbering)
    {
        private readonly StringBuilder _result = new();
        private readonly StringBuilder _paragraph = new();
        private readonly StringBuilder _cell = new();
        private List<(string Text, int Columns, bool Continues)> _row = [];
        private List<string> _above = [];
        private int _tables;
        private (int Columns, bool Continues) _span = (1, false);
        private (string? Id, int Level, string? Style) _number;

        public (string? Text, NoticeRefusal? Refusal) Write(XmlReader reader)
        {
            var skip = -1;
            while (reader.Read())
            {
                if (reader.Depth > DeepestNesting)
                {
                    return (null, Refusals.TooDeep);
                }

                if (_result.Length > MostCharacters)
                {
                    return (null, Refusals.Bomb);
                }

                // An alternative for old programs repeats what stands beside it; deleted text is no text.
                if (skip >= 0)
                {
                    skip = reader.Depth <= skip && reader.NodeType == XmlNodeType.EndElement ? -1 : skip;
                    continue;
                }

                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Fallback" or "del" or "moveFrom" or "instrText" && !reader.IsEmptyElement)
                {
                    skip = reader.Depth;
                    continue;
                }

                if (reader.NodeType is XmlNodeType.Element && IsWord(reader))
                {
                    Start(reader);
                }

                if (reader.NodeType is XmlNodeType.EndElement && IsWord(reader) || (reader.NodeType is XmlNodeType.Element && reader.IsEmptyElement && IsWord(reader)))
                {
                    End(reader.LocalName);
                }
            }

            return (_result.ToString(), null);
        }

        private void Start(XmlReader reader)
        {
            switch (reader.LocalName)
            {
                case "t" when !reader.IsEmptyElement:
                    // The text node follows; what is inside is read here so that nothing else is taken for text.
                    if (reader.Read() && reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
                    {
                        _paragraph.Append(reader.Value.Replace('\t', ' ').Replace('\n', ' '));
                    }

                    break;
                case "tab":
                    _paragraph.Append("  ");
                    break;
                case "br" or "cr":
                    _paragraph.Append(_tables > 0 ? ' ' : '\n');
                    break;
                case "p":
                    _number = default;
                    break;
                case "pStyle":
                    _number.Style = Attribute(reader, "val");
                    break;
                case "numId":
                    _number.Id = Attribute(reader, "val");
                    break;
                case "ilvl":
                    _number.Level = int.TryParse(Attribute(reader, "val"), out var level) ? level : 0;
                    break;
                case "tbl":
                    if (_tables++ == 0)
                    {
                        _above = [];
                    }

                    break;
                case "tr" when _tables == 1:
                    _row = [];
                    break;
                case "tc" when _tables == 1:
                    _cell.Clear();
                    _span = (1, false);
                    break;
                case "gridSpan" when _tables == 1:
                    _span.Columns = int.TryParse(Attribute(reader, "val"), out var columns) ? Math.Clamp(columns, 1, 60) : 1;
                    break;
                case "vMerge" when _tables == 1:
                    _span.Continues = Attribute(reader, "val") is null or "continue";
                    break;
                default:
                    break;
            }
        }

        private void End(string name)
        {
            switch (name)
            {
                case "p":
                    var mark = _paragraph.Length > 0 ? numbering.Next(_number.Id, _number.Level, _number.Style) : "";
                    if (_tables > 0)
                    {
                        _cell.Append(_cell.Length > 0 && _paragraph.Length > 0 ? " " : "").Append(mark).Append(_paragraph);
                    }
                    else
                    {
                        _result.Append(mark).Append(_paragraph).Append('\n');
                    }

                    _paragraph.Clear();
                    break;
                case "tc" when _tables == 1:
                    _row.Add((_cell.ToString().Trim(), _span.Columns, _span.Continues));
                    _cell.Clear();
                    break;
                case "tr" when _tables == 1:
                    WriteRow();
                    break;
                case "tbl":
                    _tables--;
                    break;
                default:
                    break;
            }
        }

        /// <summary>A cell merged downwards says again what the cell above says; one merged across leaves blanks.</summary>
        private void WriteRow()
        {
            const int longestRepeated = 200;
            var cells = new List<string>();
            foreach (var (text, columns, continues) in _row)
            {
                var above = cells.Count < _above.Count ? _above[cells.Count] : "";
                cells.Add(continues ? above.Length <= longestRepeated ? above : "" : text);
                cells.AddRange(Enumerable.Repeat("", columns - 1));
            }

            _above = cells;
            _result.AppendJoin('\t', cells).Append('\n');
        }
    }
}
