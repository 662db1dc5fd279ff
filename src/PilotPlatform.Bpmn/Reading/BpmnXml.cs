using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Loads untrusted XML: no document type, no outside resource, bounded in size and depth.</summary>
internal static class BpmnXml
{
    private const string WholeDocument = "-";

    static BpmnXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // GB 18030 and its elders, which office tools still write

    public static (XDocument? Document, Refusal? Refusal) Load(Stream stream)
    {
        if (ReadAtMost(stream, BpmnReader.MaximumBytes) is not { } bytes)
        {
            return (null, Whole(RefusalReasons.TooLarge, 0));
        }

        return Load(settings => XmlReader.Create(new MemoryStream(bytes, writable: false), settings), () => Encoding.Latin1.GetString(bytes));
    }

    public static (XDocument? Document, Refusal? Refusal) Load(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > BpmnReader.MaximumBytes)
        {
            return (null, Whole(RefusalReasons.TooLarge, 0));
        }

        return Load(settings => XmlReader.Create(new StringReader(text), settings), () => text);
    }

    private static (XDocument? Document, Refusal? Refusal) Load(Func<XmlReaderSettings, XmlReader> open, Func<string> text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = BpmnReader.MaximumBytes,
            MaxCharactersFromEntities = 1024,
        };
        var inRoot = false;
        try
        {
            using (var reader = open(settings))
            {
                while (reader.Read())
                {
                    inRoot |= reader.NodeType == XmlNodeType.Element;
                    if (reader.Depth > BpmnReader.MaximumDepth)
                    {
                        return (null, Whole(RefusalReasons.TooDeep, ((IXmlLineInfo)reader).LineNumber));
                    }
                }
            }

            using (var reader = open(settings))
            {
                return (XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace), null);
            }
        }
        catch (XmlException e)
        {
            var hasDocumentType = !inRoot && text().Contains("<!DOCTYPE", StringComparison.Ordinal);
            return (null, Whole(hasDocumentType ? RefusalReasons.DocumentType : RefusalReasons.NotXml, e.LineNumber));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // An encoding that the declaration names and nobody has.
            return (null, Whole(RefusalReasons.NotXml, 1));
        }
    }

    private static byte[]? ReadAtMost(Stream stream, int limit)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (kept.Length + read > limit)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private static Refusal Whole(string reason, int line) => new(WholeDocument, "document", reason, line);
}
