using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Tests.Writing;

namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>
/// Documents damaged at random: attributes lost, swapped or emptied, elements lost, doubled, moved or renamed. Whatever comes,
/// the reader answers a model that holds together and comes back, or says why not; it never fails.
/// </summary>
public sealed class MutationTests
{
    private static readonly string[] Names =
        ["task", "scriptTask", "subProcess", "startEvent", "boundaryEvent", "sequenceFlow", "eventBasedGateway", "timerEventDefinition", "process", "definitions", "lane", "nonsense"];

    [Theory]
    [InlineData("hub-of-extensions")]
    [InlineData("several-diagrams")]
    public void Read_DamagedDocument_AnswersAModelThatHoldsTogetherOrSaysWhyNot(string name)
    {
        var original = XDocument.Load(RoundTripTests.OwnModel(name));
        var (accepted, refused) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var damaged = Damage(new XDocument(original), new Random(seed));
            var reading = BpmnReader.Read(damaged.ToString(SaveOptions.DisableFormatting));
            if (reading.Model is not { } model)
            {
                reading.Refusals.ShouldNotBeEmpty();
                reading.Refusals.ShouldAllBe(r => r.ElementId.Length > 0 && r.ElementType.Length > 0 && r.Line > 0);
                refused++;
                return;
            }

            accepted++;
            BpmnComparison.Differences(model.Document, Source.Accept(BpmnWriter.Write(model)).Document).ShouldBeEmpty();
            foreach (var scope in model.Processes.SelectMany(ReferenceModelTests.Scopes))
            {
                scope.Flows.ShouldAllBe(f => scope.Find(f.SourceId) != null && scope.Find(f.TargetId) != null);
                scope.Nodes.OfType<BoundaryEvent>().ShouldAllBe(b => scope.Find(b.AttachedToId) is Activity);
            }

            foreach (var process in model.Processes)
            {
                ModelChecks.Check(process, new CheckContext(_ => ([], null), new HashSet<string>(), new HashSet<string>())).ShouldNotBeNull();
                ModelDiff.Compare(process, process).ShouldBeEmpty();
            }

            BpmnModelBuilder.WithDiagram(model).Shapes.Count.ShouldBe(model.Processes.Sum(p => p.AllNodes.Count()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

        // Both ways are gone often enough to mean something.
        accepted.ShouldBeGreaterThan(10);
        refused.ShouldBeGreaterThan(10);
    }

    /// <summary>Bytes overwritten, lost and doubled: the file is read or refused, whatever has become of its encoding and its tags.</summary>
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Read_DamagedBytes_AnswersAModelOrSaysWhyNot(string encoding)
    {
        var used = Encoding.GetEncoding(encoding);
        byte[] original = [.. used.GetPreamble(), .. used.GetBytes(File.ReadAllText(RoundTripTests.OwnModel("hub-of-extensions")))];
        var random = new Random(20230401);
        for (var run = 0; run < 300; run++)
        {
            var bytes = original.ToList();
            for (var blows = random.Next(1, 4); blows > 0; blows--)
            {
                var (at, length) = (random.Next(bytes.Count - 50), random.Next(1, 40));
                switch (random.Next(3))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, length);
                        break;
                    default:
                        bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - 50), length));
                        break;
                }
            }

            var reading = BpmnReader.Read(new MemoryStream([.. bytes]));
            (reading.Model is null).ShouldBe(reading.Refusals.Count > 0);
            if (reading.Model is { } model)
            {
                BpmnComparison.Differences(model.Document, Source.Accept(BpmnWriter.Write(model)).Document).ShouldBeEmpty();
            }
        }
    }

    private static XDocument Damage(XDocument document, Random random)
    {
        for (var blows = random.Next(1, 4); blows > 0; blows--)
        {
            var elements = document.Root!.Descendants().ToList();
            var element = elements[random.Next(elements.Count)];
            var other = elements[random.Next(elements.Count)];
            var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList();
            switch (random.Next(7))
            {
                case 0 when attributes.Count > 0:
                    attributes[random.Next(attributes.Count)].Remove();
                    break;
                case 1 when attributes.Count > 0:
                    var taken = other.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => a.Value).FirstOrDefault("");
                    attributes[random.Next(attributes.Count)].Value = random.Next(4) == 0 ? "" : taken;
                    break;
                case 2:
                    element.Remove();
                    break;
                case 3:
                    element.AddAfterSelf(new XElement(element));
                    break;
                case 4 when !element.DescendantsAndSelf().Contains(other):
                    element.Remove();
                    other.Add(element);
                    break;
                case 5 when element.Name.Namespace == BpmnNames.Model:
                    element.Name = BpmnNames.Model + Names[random.Next(Names.Length)];
                    break;
                default:
                    element.AddBeforeSelf(new XText(" text "));
                    break;
            }
        }

        return document;
    }
}
