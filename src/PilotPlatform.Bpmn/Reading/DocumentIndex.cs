using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Finds elements by id and resolves references; duplicate ids are refused here.</summary>
internal sealed class DocumentIndex
{
    private readonly Dictionary<string, XElement> modelElements = new(StringComparer.Ordinal);
    private readonly HashSet<string> everyId = new(StringComparer.Ordinal);
    private readonly HashSet<string> ambiguous = new(StringComparer.Ordinal);
    private readonly HashSet<string> importedNamespaces = new(StringComparer.Ordinal);

    public DocumentIndex(XDocument document, RefusalList refusals)
    {
        Root = document.Root!;
        foreach (var id in Root.DescendantsAndSelf().Select(Id))
        {
            everyId.Add(id ?? "");
        }

        foreach (var element in ElementSurvey.ModelElements(Root).Prepend(Root))
        {
            if (Id(element) is { } id && !modelElements.TryAdd(id, element))
            {
                // Two documentations or input sets of one id mislead nobody: only what is executed must be told apart.
                var first = modelElements[id];
                if (ElementKinds.IsReferredTo(element) || ElementKinds.IsReferredTo(first))
                {
                    ambiguous.Add(id);
                    refusals.Add(element, RefusalReasons.DuplicateId);
                }
            }
        }

        foreach (var import in Root.Elements(BpmnNames.Model + "import"))
        {
            importedNamespaces.Add((string?)import.Attribute("namespace") ?? "");
        }
    }

    public XElement Root { get; }

    /// <summary>The id of an element, without the spaces around it that XML Schema ignores; null where it has none.</summary>
    public static string? Id(XElement element) => ((string?)element.Attribute("id"))?.Trim() is { Length: > 0 } id ? id : null;

    /// <summary>The element of the model namespace with that id, or null.</summary>
    public XElement? Find(string? id) => id is null ? null : modelElements.GetValueOrDefault(id);

    /// <summary>True when an id is refused as a duplicate: what refers to it may mean either, and is not to blame.</summary>
    public bool IsAmbiguous(string? id) => id is not null && ambiguous.Contains(id);

    /// <summary>A reference in an attribute or a child element, without the prefix of its QName; null when absent or empty.</summary>
    public static string? Reference(XElement holder, string? value)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && BpmnNames.OfPrefix(holder, value[..colon]) is not null ? value[(colon + 1)..] : value;
    }

    /// <summary>True when a reference names nothing in this document and nothing in a document that this one imports.</summary>
    public bool Dangles(XElement holder, string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var isElsewhere = colon > 0 && BpmnNames.OfPrefix(holder, value[..colon]) is { } ns && importedNamespaces.Contains(ns.NamespaceName);
        return !isElsewhere && (Reference(holder, value) is not { } id || !everyId.Contains(id));
    }
}
