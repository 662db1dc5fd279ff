using System.Globalization;
using System.Xml.Linq;
using System.Xml.Schema;

namespace PilotPlatform.Bpmn.Tests.Schema;

/// <summary>
/// A random document that is valid by the schema: any element and attribute at any place that the schema has for it, with
/// references that lead somewhere.
/// </summary>
internal sealed class GeneratedModel
{
    private const string Target = "urn:example:target";
    private static readonly XNamespace Vendor = "urn:example:vendor";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] Texts = ["", "x", "审核\n意见", "a < b & c > \"d\"", "  两边  ", "${x:y}", "tab\tand\rreturn", "\U0001F4C4"];
    private static readonly string[] Nodes =
    [
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "implicitThrowEvent",
        "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity",
        "subProcess", "transaction", "adHocSubProcess", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
        "complexGateway", "choreographyTask", "callChoreography", "subChoreography",
    ];

    private readonly BpmnSchema schema = BpmnSchema.Instance;
    private readonly Random random;
    private readonly int generosity;
    private readonly Dictionary<XElement, XmlSchemaComplexType> types = [];
    private int lastId;

    public GeneratedModel(int seed)
    {
        random = new Random(seed);
        generosity = random.Next(1, 4);
        var root = Element((XmlSchemaElement)schema.Set.GlobalElements[new("definitions", BpmnSchema.Model.NamespaceName)]!, 0);
        root.Add(new XAttribute(XNamespace.Xmlns + "tns", Target), new XAttribute(XNamespace.Xmlns + "v", Vendor), new XAttribute(XNamespace.Xmlns + "xsi", Instance), new XAttribute(XNamespace.Xmlns + "sem", BpmnSchema.Model));
        root.SetAttributeValue("targetNamespace", Target);
        Document = new XDocument(root);
        JoinUp();
        Dress();
    }

    public XDocument Document { get; }

    private XElement Element(XmlSchemaElement declared, int depth)
    {
        var choices = schema.Choices(declared);
        if (depth > 6 && choices.Where(c => !Holds(c)).ToList() is { Count: > 0 } small)
        {
            choices = small;
        }

        var chosen = choices[random.Next(choices.Count)];
        var element = new XElement(XName.Get(chosen.QualifiedName.Name, chosen.QualifiedName.Namespace));
        if (chosen.ElementSchemaType is not XmlSchemaComplexType type)
        {
            element.Value = Text(chosen.ElementSchemaType!, element, chosen.QualifiedName.Name);
            return element;
        }

        if (type.IsAbstract)
        {
            // Of the schema's own places this is the one of a lane's partition element, which may be anything.
            element.SetAttributeValue(Instance + "type", "sem:tResource");
            element.SetAttributeValue("name", "处室");
            return element;
        }

        types.Add(element, type);
        foreach (var attribute in type.AttributeUses.Values.Cast<XmlSchemaAttribute>())
        {
            var isNeeded = attribute.Use == XmlSchemaUse.Required || attribute.QualifiedName.Name == "id";
            if (isNeeded || random.Next(3) == 0)
            {
                element.SetAttributeValue(XName.Get(attribute.QualifiedName.Name, attribute.QualifiedName.Namespace), Text(attribute.AttributeSchemaType!, element, attribute.QualifiedName.Name));
            }
        }

        if (type.AttributeWildcard is not null && random.Next(5) == 0)
        {
            element.SetAttributeValue(Vendor + "note", Texts[random.Next(Texts.Length)]);
        }

        Children(element, type.ContentTypeParticle, depth);
        if (type.IsMixed)
        {
            element.Add(new XText(Texts[random.Next(Texts.Length)]));
        }

        return element;

        bool Holds(XmlSchemaElement e) => e.QualifiedName.Name.EndsWith("ubProcess", StringComparison.Ordinal) || e.QualifiedName.Name is "transaction" or "subChoreography" or "subConversation";
    }

    private void Children(XElement parent, XmlSchemaParticle particle, int depth)
    {
        if (particle is not (XmlSchemaGroupBase or XmlSchemaElement or XmlSchemaAny))
        {
            return; // the empty particle
        }

        var least = (int)particle.MinOccurs;
        var most = depth > 8 ? least : (int)Math.Min(particle.MaxOccurs, Math.Max(least, Wanted(parent, particle)));
        for (var times = random.Next(least, most + 1); times > 0; times--)
        {
            switch (particle)
            {
                case XmlSchemaChoice choice:
                    Children(parent, (XmlSchemaParticle)choice.Items[random.Next(choice.Items.Count)], depth);
                    break;
                case XmlSchemaGroupBase group:
                    foreach (var item in group.Items.Cast<XmlSchemaParticle>())
                    {
                        Children(parent, item, depth);
                    }

                    break;
                case XmlSchemaElement element:
                    parent.Add(Element(element, depth + 1));
                    break;
                case XmlSchemaAny any when any.ProcessContents == XmlSchemaContentProcessing.Lax:
                    // What looks like BPMN in there is none of ours.
                    parent.Add(new XElement(Vendor + "data", new XAttribute("id", "v"), new XElement(BpmnSchema.Model + "scriptTask", new XAttribute("id", "v" + ++lastId)), Texts[random.Next(Texts.Length)]));
                    break;
            }
        }
    }

    /// <summary>Many nodes and flows in a process, few of what is less often met.</summary>
    private int Wanted(XElement parent, XmlSchemaParticle particle) => particle is XmlSchemaElement { RefName.Name: var name } ? name switch
    {
        "flowElement" => parent.Name.LocalName == "process" ? 8 * generosity : 5,
        "rootElement" => 6 * generosity,
        "eventDefinition" or "DiagramElement" => 3,
        "documentation" or "extensionElements" or "dataInputAssociation" or "dataOutputAssociation" => random.Next(4) == 0 ? 2 : 0,
        _ => random.Next(2),
    } : particle is XmlSchemaElement { QualifiedName.Name: "waypoint" } ? 4 : 1;

    private string Text(XmlSchemaType type, XElement holder, string name)
    {
        if (name is "startQuantity" or "completionQuantity")
        {
            return random.Next(8) == 0 ? "2" : "1";
        }

        if (name is "isForCompensation" or "triggeredByEvent" or "instantiate")
        {
            return random.Next(4) == 0 ? "true" : "false";
        }

        if (type is XmlSchemaSimpleType { Content: XmlSchemaSimpleTypeRestriction { Facets: { Count: > 0 } facets } } && facets.OfType<XmlSchemaEnumerationFacet>().ToList() is { Count: > 0 } values)
        {
            return values[random.Next(values.Count)].Value!;
        }

        return type.TypeCode switch
        {
            XmlTypeCode.Id => $"_{(holder.Name.Namespace == BpmnSchema.Model ? holder.Name.LocalName : "di")}_{++lastId}",
            XmlTypeCode.Idref or XmlTypeCode.QName => "",
            XmlTypeCode.Boolean => new[] { "true", "false", "1", "0" }[random.Next(4)],
            XmlTypeCode.Integer or XmlTypeCode.Int => random.Next(100).ToString(CultureInfo.InvariantCulture),
            XmlTypeCode.Double => (random.Next(100000) / 128.0).ToString("R", CultureInfo.InvariantCulture),
            XmlTypeCode.AnyUri => "urn:example:" + random.Next(9),
            _ => Texts[random.Next(Texts.Length)],
        };
    }

    /// <summary>Gives every reference something to refer to: what it needs where the standard is strict, anything elsewhere.</summary>
    private void JoinUp()
    {
        var definitions = Document.Root!.Elements().Where(e => e.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal)).ToList();
        foreach (var element in Document.Descendants().OrderBy(e => e.Name.LocalName == "sequenceFlow").ToList())
        {
            var siblings = element.Parent?.Elements().ToList() ?? [];
            switch (element.Name.LocalName)
            {
                case "sequenceFlow" when siblings.Where(s => Nodes.Contains(s.Name.LocalName)).ToList() is { Count: > 0 } nodes:
                    element.SetAttributeValue("sourceRef", (string?)nodes[random.Next(nodes.Count)].Attribute("id"));
                    element.SetAttributeValue("targetRef", (string?)nodes[random.Next(nodes.Count)].Attribute("id"));
                    break;
                case "boundaryEvent" when siblings.Where(s => Judge.IsActivity(s.Name.LocalName)).ToList() is { Count: > 0 } hosts:
                    element.SetAttributeValue("attachedToRef", "tns:" + (string?)hosts[random.Next(hosts.Count)].Attribute("id"));
                    break;
                case "eventDefinitionRef" when definitions.Count > 0:
                    element.Value = " tns:" + (string?)definitions[random.Next(definitions.Count)].Attribute("id") + " ";
                    break;
                case "sequenceFlow" or "boundaryEvent" or "eventDefinitionRef":
                    element.Remove();
                    break;
            }
        }

        var ids = Document.Descendants().Where(e => e.Name.Namespace == BpmnSchema.Model).Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
        foreach (var element in Document.Descendants().ToList())
        {
            if (!types.TryGetValue(element, out var type))
            {
                // An element that is a reference itself.
                if (element.Name.Namespace == BpmnSchema.Model && element is { Value: "", HasAttributes: false } && element.Name.LocalName.EndsWith("Ref", StringComparison.Ordinal) | IsReference(element.Name.LocalName))
                {
                    element.Value = ids[random.Next(ids.Count)];
                }

                continue;
            }

            foreach (var attribute in element.Attributes().Where(a => a.Value.Length == 0).ToList())
            {
                switch ((type.AttributeUses[new(attribute.Name.LocalName, attribute.Name.NamespaceName)] as XmlSchemaAttribute)?.AttributeSchemaType?.TypeCode)
                {
                    case XmlTypeCode.Idref:
                        attribute.Value = ids[random.Next(ids.Count)];
                        break;
                    case XmlTypeCode.QName:
                        attribute.Value = (random.Next(2) == 0 ? "tns:" : "") + ids[random.Next(ids.Count)];
                        break;
                }
            }
        }
    }

    /// <summary>What means nothing to a reader and must come back all the same: prefixes, comments, instructions, the form of texts.</summary>
    private void Dress()
    {
        var root = Document.Root!;
        switch (random.Next(3))
        {
            case 0:
                root.Add(new XAttribute("xmlns", BpmnSchema.Model));
                break;
            case 1:
                root.Add(new XAttribute("xmlns", "urn:example:another"));
                break;
        }

        foreach (var element in root.DescendantsAndSelf().Where(_ => random.Next(40) == 0).ToList())
        {
            element.AddFirst(random.Next(2) == 0 ? new XComment(" <bpmn:scriptTask/> 注 ") : new XProcessingInstruction("tool", "a=\"b\""));
        }

        foreach (var text in root.DescendantNodes().OfType<XText>().Where(_ => random.Next(3) == 0).ToList())
        {
            text.ReplaceWith(new XCData(text.Value.Replace("\r", "", StringComparison.Ordinal)));
        }
    }

    private static bool IsReference(string name) => name.EndsWith("Refs", StringComparison.Ordinal) || name is "incoming" or "outgoing" or "source" or "target" or "supports";
}
