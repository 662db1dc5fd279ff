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
                if (!IsKept(element.Parent!))
                {
                    refusals.Add(element, RefusalReasons.UnknownElement);
                }
            }
            else if (IsMisplaced(element))
            {
                refusals.Add(element, RefusalReasons.Misplaced);
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
    /// True for what is executed only at certain places and stands at another, where it would be lost without a word: a node in
    /// a lane, a process in a process, a timer in a task. (A sequence flow says itself where it belongs.)
    /// </summary>
    public static bool IsMisplaced(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Parent is not { } parent || parent.Name.Namespace != BpmnNames.Model || !ElementKinds.IsKnown(parent.Name.LocalName))
        {
            return false; // the parent, if any, is what is refused
        }

        var isInDefinitions = parent == element.Document?.Root;
        return name switch
        {
            "process" => !isInDefinitions,
            "multiInstanceLoopCharacteristics" or "standardLoopCharacteristics" => !ElementKinds.Activities.Contains(parent.Name.LocalName),
            _ when ElementKinds.EventDefinitions.Contains(name) => !isInDefinitions && !ElementKinds.Events.Contains(parent.Name.LocalName),
            _ when ElementKinds.ExecutedNodes.Contains(name) || ElementKinds.RefusedNodes.Contains(name) => !ElementKinds.Containers.Contains(parent.Name.LocalName),
            _ => false,
        };
    }

    /// <summary>True for what is kept and not executed: what a tool invented inside it is nothing that would be executed either.</summary>
    private static bool IsKept(XElement element) =>
        ElementKinds.Documentary.Contains(element.Name.LocalName)
        || (element.Parent is { } parent && !ElementKinds.IsKnown(element.Name.LocalName) && IsKept(parent));

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

    private static bool IsOpaque(XElement element) => element.Name.LocalName is "extensionElements" or "documentation" or "text" or "script";
}
