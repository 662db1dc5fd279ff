using System.Xml.Linq;
using System.Xml.Schema;
using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Schema;

/// <summary>
/// The whole schema of BPMN 2.0, by documents generated from it: what is refused is exactly what the design leaves out, and
/// when that is taken out, the rest imports and comes back as it was.
/// </summary>
public sealed class SchemaTests
{
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const int Documents = 300;

    [SchemaFact]
    public void Read_AnyValidDocument_RefusesExactlyWhatTheDesignLeavesOut()
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < Documents; seed++)
        {
            var document = Parsed(new GeneratedModel(seed).Document);
            BpmnSchema.Instance.Errors(document).ShouldBeEmpty($"seed {seed}");
            Note(document, met);

            var reading = BpmnReader.Read(document.ToString(SaveOptions.DisableFormatting));

            Lines(reading).ShouldBe(Judge.Refusals(document).Select(r => r.Line), $"seed {seed}");
        }

        // Systematic: every element and every attribute that the schema has a place for was met.
        Declared().Except(met, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [SchemaFact]
    public void Read_WhenWhatIsRefusedIsTakenOut_TakesTheRestAndWritesItBack()
    {
        for (var seed = 0; seed < Documents / 2; seed++)
        {
            var document = Parsed(new GeneratedModel(seed).Document);
            TakeOut(document);
            var text = document.ToString(SaveOptions.DisableFormatting);

            var model = Source.Accept(text);
            var written = BpmnWriter.Write(model);

            // By three judges: our own comparison, LINQ's and the schema.
            BpmnComparison.Differences(document, XDocument.Parse(written, LoadOptions.PreserveWhitespace)).ShouldBeEmpty($"seed {seed}");
            XNode.DeepEquals(document.Root, XDocument.Parse(written, LoadOptions.PreserveWhitespace).Root).ShouldBeTrue($"seed {seed}");
            var nodes = document.Descendants().Where(e => e.Name.Namespace == BpmnSchema.Model && e.Parent?.Name.LocalName is "process" or "subProcess").Where(IsNode).Select(e => (string)e.Attribute("id")!);
            model.Processes.SelectMany(p => p.AllNodes).Select(n => n.Id).Order(StringComparer.Ordinal).ShouldBe(nodes.Order(StringComparer.Ordinal), $"seed {seed}");
        }
    }

    [SchemaFact]
    public void Read_WhenElementsAreWrittenByTheirType_ReadsTheSame()
    {
        var (accepted, refused) = (0, 0);
        for (var seed = 0; seed < Documents / 3; seed++)
        {
            var plain = Parsed(new GeneratedModel(seed).Document);
            if (seed % 2 == 0)
            {
                TakeOut(plain);
            }

            var expected = Judge.Refusals(plain).Select(r => r.Line).ToList();
            var document = ByType(plain);
            if (seed % 2 == 1)
            {
                BpmnSchema.Instance.Errors(document).ShouldBeEmpty($"seed {seed}");
            }

            var reading = BpmnReader.Read(document.ToString(SaveOptions.DisableFormatting));

            Lines(reading).ShouldBe(expected, $"seed {seed}");
            _ = reading.Model is null ? refused++ : accepted++;
            if (reading.Model is { } model)
            {
                BpmnComparison.Differences(document, XDocument.Parse(BpmnWriter.Write(model), LoadOptions.PreserveWhitespace)).ShouldBeEmpty($"seed {seed}");
                model.Processes.Sum(p => p.AllNodes.Count()).ShouldBe(BpmnReader.Read(plain.ToString(SaveOptions.DisableFormatting)).Model!.Processes.Sum(p => p.AllNodes.Count()));
            }
        }

        accepted.ShouldBeGreaterThan(Documents / 20);
        refused.ShouldBeGreaterThan(Documents / 20);
    }

    /// <summary>Some elements under the name of what they stand for, with their type beside it.</summary>
    private static XDocument ByType(XDocument document)
    {
        var copy = new XDocument(document);
        var random = new Random(copy.Descendants().Count());
        var set = BpmnSchema.Instance.Set;
        copy.Root!.SetAttributeValue(XNamespace.Xmlns + "b", BpmnSchema.Model);
        foreach (var element in copy.Root.Descendants().Where(e => e.Name.Namespace == BpmnSchema.Model && random.Next(4) == 0).ToList())
        {
            if (element.Name.LocalName != "event" // a complex behaviour's has the name of another
                && element.Ancestors().All(a => a.Name.Namespace == BpmnSchema.Model)
                && element.Attribute(Instance + "type") is null
                && set.GlobalElements[new(element.Name.LocalName, element.Name.NamespaceName)] is XmlSchemaElement { SubstitutionGroup: { IsEmpty: false } head } declared
                && set.GlobalElements[head] is XmlSchemaElement { IsAbstract: false })
            {
                element.Name = BpmnSchema.Model + head.Name;
                element.SetAttributeValue(Instance + "type", "b:" + declared.SchemaTypeName.Name);
            }
        }

        return Parsed(copy);
    }

    private static bool IsNode(XElement element) =>
        Judge.IsActivity(element.Name.LocalName) || element.Name.LocalName.EndsWith("Event", StringComparison.Ordinal) || element.Name.LocalName.EndsWith("Gateway", StringComparison.Ordinal);

    private static void TakeOut(XDocument document)
    {
        while (Judge.Refusals(document) is { Count: > 0 } refused)
        {
            foreach (var (element, _) in refused.Where(r => r.Element.Parent is not null))
            {
                element.Remove();
            }

            // What was joined to it goes with it.
            var left = document.Descendants().Select(e => (string?)e.Attribute("id")).ToHashSet(StringComparer.Ordinal);
            foreach (var boundary in document.Descendants(BpmnSchema.Model + "boundaryEvent").Where(e => !left.Contains(((string)e.Attribute("attachedToRef")!)[4..])).ToList())
            {
                left.Remove((string)boundary.Attribute("id")!);
                boundary.Remove();
            }

            document.Descendants(BpmnSchema.Model + "sequenceFlow").Where(e => !left.Contains((string)e.Attribute("sourceRef")!) || !left.Contains((string)e.Attribute("targetRef")!)).Remove();
        }
    }

    private static XDocument Parsed(XDocument document) => XDocument.Parse(document.ToString(SaveOptions.DisableFormatting), LoadOptions.PreserveWhitespace);

    private static IEnumerable<string> Lines(BpmnReading reading) => reading.Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}");

    private static void Note(XDocument document, HashSet<string> met)
    {
        foreach (var element in document.Descendants())
        {
            met.Add(element.Name.ToString());
            met.UnionWith(element.Attributes().Select(a => $"{element.Name}/@{a.Name}"));
        }
    }

    private static IEnumerable<string> Declared() =>
        BpmnSchema.Instance.Set.GlobalElements.Values.Cast<XmlSchemaElement>()
            .Where(e => !BpmnSchema.IsAbstract(e) && e.QualifiedName.Name is not ("callableElement" or "dataAssociation") && e.QualifiedName.Namespace != "http://www.omg.org/spec/DD/20100524/DC")
            .SelectMany(e => ((e.ElementSchemaType as XmlSchemaComplexType)?.AttributeUses.Values.Cast<XmlSchemaAttribute>() ?? [])
                .Select(a => $"{{{e.QualifiedName.Namespace}}}{e.QualifiedName.Name}/@{a.QualifiedName.Name}")
                .Prepend($"{{{e.QualifiedName.Namespace}}}{e.QualifiedName.Name}"));
}
