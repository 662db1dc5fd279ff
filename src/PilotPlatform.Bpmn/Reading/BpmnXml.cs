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

        var loaded = Load(settings => XmlReader.Create(new MemoryStream(bytes, writable: false), settings), () => Encoding.Latin1.GetString(bytes).Replace("\0", "", StringComparison.Ordinal));
        if (loaded.Document?.Declaration?.Encoding is { } encoding && !Fits(bytes, encoding))
        {
            loaded = (null, Whole(RefusalReasons.NotXml, 1)); // the reader would put question marks for what it cannot read
        }

        // What a tool got wrong around the document is not what is in it; what is refused then is refused for what it is.
        if (loaded.Refusal?.Reason == RefusalReasons.NotXml && Repaired(bytes) is { } text)
        {
            var repaired = Load(text);
            return repaired.Refusal?.Reason == RefusalReasons.NotXml ? loaded : repaired;
        }

        return loaded;
    }

    /// <summary>False when bytes are no text of the encoding that the declaration names. (The XML reader minds that of UTF-8 and UTF-16 itself.)</summary>
    private static bool Fits(byte[] bytes, string encoding)
    {
        if (encoding.StartsWith("utf-", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            return true; // a name that only the XML reader knows
        }
    }

    /// <summary>
    /// The text of a file whose declaration does not fit it: it names UTF-16 or ASCII where the bytes are UTF-8, or UTF-8 where they are UTF-16
    /// (the order mark and valid UTF-8 decide), something stands before it, it says XML 1.1, or the file ends with NULs. Null
    /// where the bytes are no text for certain: characters are never guessed.
    /// </summary>
    private static string? Repaired(byte[] bytes)
    {
        string text;
        try
        {
            text = bytes switch
            {
                [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes),
                _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }

        text = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').TrimEnd('\0', '\x1A');
        const string version = "version=\"1.1\"";
        var end = text.StartsWith("<?xml", StringComparison.Ordinal) ? Math.Max(0, text.IndexOf("?>", StringComparison.Ordinal)) : 0;
        var declaration = text.AsSpan(0, end);
        if (declaration.Contains("encoding", StringComparison.Ordinal) && !declaration.Contains("utf", StringComparison.OrdinalIgnoreCase)
            && !declaration.Contains("ascii", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var at = declaration.IndexOf(version);
        return at > 0 ? string.Concat(text.AsSpan(0, at), "version=\"1.0\"", text.AsSpan(at + version.Length)) : text;
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
        var attributes = new int[BpmnReader.MaximumDepth + 1]; // of the open elements together, by depth
        try
        {
            using (var reader = open(settings))
            {
                while (reader.Read())
                {
                    if (reader.Depth > BpmnReader.MaximumDepth)
                    {
                        return (null, Whole(RefusalReasons.TooDeep, ((IXmlLineInfo)reader).LineNumber));
                    }

                    if (reader.NodeType != XmlNodeType.Element)
                    {
                        continue;
                    }

                    inRoot = true;
                    attributes[reader.Depth] = reader.AttributeCount + (reader.Depth > 0 ? attributes[reader.Depth - 1] : 0);
                    if (attributes[reader.Depth] > BpmnReader.MaximumAttributes)
                    {
                        return (null, Whole(RefusalReasons.TooLarge, ((IXmlLineInfo)reader).LineNumber));
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
