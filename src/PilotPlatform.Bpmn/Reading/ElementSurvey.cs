using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Goes through every element of the BPMN model namespace once and refuses the kinds that are not executed or not known.</summary>
internal static class ElementSurvey
{
    public static void Run(XElement root, RefusalList refusals)
    {
        foreach (var element in ModelElements(root))
        {
            var name = element.Name.LocalName;
            if (ElementKinds.Refused.Contains(name))
            {
                refusals.Add(element, RefusalReasons.UnsupportedElement);
            }
            else if (!ElementKinds.IsKnown(name))
            {
                refusals.Add(element, RefusalReasons.UnknownElement);
            }

            // Ours belong into extensionElements; anywhere else nobody would read them.
            if (!IsOpaque(element))
            {
                foreach (var misplaced in element.Elements().Where(e => e.Name.Namespace == BpmnNames.Pilot))
                {
                    refusals.Add(misplaced, RefusalReasons.UnknownExtension);
                }
            }
        }
    }

    /// <summary>
    /// The elements of the model below one. What others put into their extensions or among BPMN's elements, and what people
    /// write into documentation, is theirs: it is kept and not looked into, even when it looks like BPMN.
    /// </summary>
    public static IEnumerable<XElement> ModelElements(XElement root)
    {
        var open = new Stack<IEnumerator<XElement>>([root.Elements().GetEnumerator()]);
        while (open.TryPeek(out var level))
        {
            if (!level.MoveNext())
            {
                open.Pop();
            }
            else if (level.Current.Name.Namespace == BpmnNames.Model)
            {
                var element = level.Current;
                yield return element;
                if (!IsOpaque(element))
                {
                    open.Push(element.Elements().GetEnumerator());
                }
            }
        }
    }

    private static bool IsOpaque(XElement element) => element.Name.LocalName is "extensionElements" or "documentation" or "text";
}
