using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Goes through every element of the BPMN model namespace once and refuses the kinds that are not executed or not known.</summary>
internal static class ElementSurvey
{
    public static void Run(XElement parent, RefusalList refusals)
    {
        foreach (var element in parent.Elements())
        {
            if (element.Name.Namespace == BpmnNames.Model)
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

                // What others put into their extensions, and what people write into documentation, is theirs.
                if (name is not ("extensionElements" or "documentation" or "text"))
                {
                    Run(element, refusals);
                }
            }
            else if (element.Name.Namespace == BpmnNames.Pilot)
            {
                refusals.Add(element, RefusalReasons.UnknownExtension);
            }
        }
    }
}
