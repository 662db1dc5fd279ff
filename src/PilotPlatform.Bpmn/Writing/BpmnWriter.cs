using System.Text;
using System.Xml;

namespace PilotPlatform.Bpmn;

/// <summary>
/// Writes a model as BPMN 2.0 XML: its document as it was read, in UTF-8 without a byte order mark, so that semantics,
/// diagram, labels, colours and the extensions of other tools come back as they were. The same model gives the same bytes.
/// </summary>
public static class BpmnWriter
{
    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Write(BpmnModel model, Stream output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            // The document keeps its own line breaks and indentation; those inside attributes (names of two lines) and
            // carriage returns must be written as references, or the next reader would see spaces.
            Indent = false,
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,
        };
        using var writer = XmlWriter.Create(output, settings);
        model.Document.Save(writer);
    }

    /// <summary>The document as text.</summary>
    public static string Write(BpmnModel model)
    {
        using var output = new MemoryStream();
        Write(model, output);
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }
}
