using System.Text;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn;

/// <summary>
/// Compares two documents element by element: names, attributes, text and order. What XML calls the same is the same:
/// prefixes, the order of attributes, indentation between elements, the form of escapes.
/// </summary>
public static class BpmnComparison
{
    // Values that are qualified names: their prefixes may differ when what they stand for does not.
    private static readonly HashSet<XName> QualifiedNames = [BpmnNames.SchemaInstance + "type"];

    /// <summary>The differences, each as a path and what differs there; empty when the documents say the same.</summary>
    public static IReadOnlyList<string> Differences(XDocument one, XDocument other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<string>();
        CompareChildren(one, other, "", found);
        return found;
    }

    private static void CompareChildren(XContainer one, XContainer other, string path, List<string> found)
    {
        var left = Significant(one);
        var right = Significant(other);
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            switch (i < left.Count ? left[i] : null, i < right.Count ? right[i] : null)
            {
                case (XElement a, XElement b) when a.Name == b.Name:
                    CompareElements(a, b, path + "/" + Label(a), found);
                    break;
                case (XText a, XText b):
                    Report(a.Value == b.Value, path, "text", found);
                    break;
                case (XComment a, XComment b):
                    Report(a.Value == b.Value, path, "comment", found);
                    break;
                case (XProcessingInstruction a, XProcessingInstruction b):
                    Report(a.Target == b.Target && a.Data == b.Data, path, "processing instruction", found);
                    break;
                case var (a, b):
                    found.Add($"{path}: {Label(a)} became {Label(b)}");
                    return; // what follows is shifted: one line says it
            }
        }
    }

    private static void CompareElements(XElement one, XElement other, string path, List<string> found)
    {
        var left = Attributes(one);
        var right = Attributes(other);
        foreach (var name in left.Keys.Union(right.Keys).OrderBy(n => n.ToString(), StringComparer.Ordinal))
        {
            var same = left.TryGetValue(name, out var a) & right.TryGetValue(name, out var b) && a == b;
            Report(same, path, "attribute " + name, found);
        }

        CompareChildren(one, other, path, found);
    }

    private static Dictionary<XName, string> Attributes(XElement element) =>
        element.Attributes().Where(a => !a.IsNamespaceDeclaration).ToDictionary(a => a.Name, a => Value(element, a));

    private static string Value(XElement element, XAttribute attribute)
    {
        if (!QualifiedNames.Contains(attribute.Name))
        {
            return attribute.Value;
        }

        var parts = attribute.Value.Trim().Split(':', 2);
        var ns = parts.Length == 2 ? BpmnNames.OfPrefix(element, parts[0])?.NamespaceName ?? parts[0] : element.GetDefaultNamespace().NamespaceName;
        return "{" + ns + "}" + parts[^1];
    }

    /// <summary>Children without the white space between elements; neighbouring texts count as one.</summary>
    private static List<XNode> Significant(XContainer container)
    {
        var hasElements = container.Elements().Any();
        var nodes = new List<XNode>();
        var text = new StringBuilder();
        foreach (var node in container.Nodes())
        {
            if (node is XText part)
            {
                text.Append(hasElements && string.IsNullOrWhiteSpace(part.Value) ? "" : part.Value);
            }
            else if (node is not XDocumentType)
            {
                EndText();
                nodes.Add(node);
            }
        }

        EndText();
        return nodes;

        void EndText()
        {
            // An empty text is no text.
            if (text.Length > 0)
            {
                nodes.Add(new XText(text.ToString()));
                text.Clear();
            }
        }
    }

    private static void Report(bool same, string path, string what, List<string> found)
    {
        if (!same)
        {
            found.Add($"{path}: {what}");
        }
    }

    private static string Label(XNode? node) => node switch
    {
        null => "nothing",
        XElement e => e.Name.LocalName + ((string?)e.Attribute("id") is { } id ? $"[{id}]" : ""),
        _ => node.NodeType.ToString(),
    };
}
