using System.Xml.Linq;
using PilotPlatform.Bpmn.Reading;

namespace PilotPlatform.Bpmn;

/// <summary>
/// Reads BPMN 2.0 XML. Either everything that would be executed is understood, or the reading lists exactly the elements
/// that are not; half a model never comes out. What is missing for running it (a condition, a handler, an assignee) is no
/// reason to refuse: the checks before publishing find that.
/// </summary>
public static class BpmnReader
{
    /// <summary>The largest document, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 10 * 1024 * 1024;

    /// <summary>The deepest nesting of elements.</summary>
    public const int MaximumDepth = 100;

    /// <summary>The most attributes that an element and those around it have together; prefixes are looked up among them.</summary>
    public const int MaximumAttributes = 1000;

    /// <summary>The most tokens that an activity may wait for or bring forth.</summary>
    public const int MaximumQuantity = 100;

    /// <summary>Reads a document from bytes; the encoding is what its declaration says.</summary>
    public static BpmnReading Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(BpmnXml.Load(stream));
    }

    /// <summary>Reads a document from text; the encoding that its declaration names does not matter.</summary>
    public static BpmnReading Read(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Read(BpmnXml.Load(xml));
    }

    private static BpmnReading Read((XDocument? Document, Refusal? Refusal) loaded)
    {
        if (loaded.Document is not { } document)
        {
            return new BpmnReading(null, [loaded.Refusal!]);
        }

        var refusals = new RefusalList();
        if (document.Root!.Name != BpmnNames.Model + "definitions")
        {
            refusals.Add(document.Root, RefusalReasons.NotBpmn);
            return new BpmnReading(null, refusals.InDocumentOrder());
        }

        var named = TypedElements.Named(document);
        var index = new DocumentIndex(named, refusals);
        ElementSurvey.Run(named.Root!, refusals);
        var processes = new ProcessReader(index, refusals).ReadAll();
        var (shapes, edges) = new DiagramReader(index).Read();
        return refusals.IsEmpty
            ? new BpmnReading(new BpmnModel(document, processes, shapes, edges), [])
            : new BpmnReading(null, refusals.InDocumentOrder());
    }
}
