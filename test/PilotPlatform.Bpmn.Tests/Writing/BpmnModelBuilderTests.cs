using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Writing;

public sealed class BpmnModelBuilderTests
{
    [Fact]
    public void Build_EverythingAProcessCanSay_IsReadBackTheSame()
    {
        var process = SampleFlows.Everything();

        var built = BpmnModelBuilder.Build(process);
        var read = Source.Accept(BpmnWriter.Write(built)).Processes.Single();

        ModelDiff.Compare(process, read).ShouldBeEmpty();
        read.Id.ShouldBe(process.Id);
        read.AllNodes.Select(n => n.Id).ShouldBe(process.AllNodes.Select(n => n.Id));
    }

    [Fact]
    public void Build_GeneratedProcesses_AreReadBackTheSameAndDrawn() => Prop.ForAll(GeneratedFlows.Arbitrary(), process =>
    {
        var built = BpmnModelBuilder.Build(process);
        ModelDiff.Compare(process, Source.Accept(BpmnWriter.Write(built)).Processes.Single()).ShouldBeEmpty();
        DiagramIsReadable(built);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Build_SampleFlows_AreDrawn()
    {
        DiagramIsReadable(BpmnModelBuilder.Build(SampleFlows.Everything()));
        DiagramIsReadable(BpmnModelBuilder.Build(SampleFlows.Submission()));
    }

    [Fact]
    public void Build_IsStable() =>
        BpmnWriter.Write(BpmnModelBuilder.Build(SampleFlows.Submission())).ShouldBe(BpmnWriter.Write(BpmnModelBuilder.Build(SampleFlows.Submission())));

    [Fact]
    public void Build_AStraightFlow_IsAStraightLine()
    {
        var model = BpmnModelBuilder.Build(Source.Accept(Source.Around("x", "<task id='x' name='审核'/>")).Processes[0]);

        model.Edges.ShouldAllBe(e => e.Waypoints.Count == 2);
        model.Edges.SelectMany(e => e.Waypoints).Select(w => w.Y).Distinct().Count().ShouldBe(1);
        model.Shapes.Select(s => s.Bounds.X).ShouldBeInOrder();
    }

    [Fact]
    public void Build_WhenTheReaderWouldRefuse_SaysWhy()
    {
        var process = new ProcessModel("p", null, true, [], new FlowScope("p", [new ManualTask("a", null, null, null, true)], [new SequenceFlow("f", null, "a", "gone", null)]));
        Should.Throw<ArgumentException>(() => BpmnModelBuilder.Build(process)).Message.ShouldContain("f sequenceFlow dangling-reference");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("1st")]
    [InlineData("")]
    public void Build_WhenAnIdIsNoXmlName_Refuses(string id)
    {
        var process = new ProcessModel("p", null, true, [], new FlowScope("p", [new ManualTask(id, null, null, null, true)], []));
        Should.Throw<ArgumentException>(() => BpmnModelBuilder.Build(process));
    }

    [ReferenceModelsTheory]
    [InlineData("A.1.0")]
    [InlineData("A.2.1")]
    [InlineData("A.4.1")]
    public void WithDiagram_ReplacesTheDiagramAndNothingElse(string name)
    {
        using var file = File.OpenRead(ReferenceModels.Path(name));
        var model = BpmnReader.Read(file).Model.ShouldNotBeNull();

        var drawn = BpmnModelBuilder.WithDiagram(model);

        foreach (var (one, other) in model.Processes.Zip(drawn.Processes))
        {
            ModelDiff.Compare(one, other).ShouldBeEmpty();
        }

        DiagramIsReadable(drawn);
        var (before, after) = (new XDocument(model.Document), new XDocument(drawn.Document));
        before.Root!.Elements(BpmnNames.Diagram + "BPMNDiagram").Remove();
        after.Root!.Elements(BpmnNames.Diagram + "BPMNDiagram").Remove();
        BpmnComparison.Differences(before, after).ShouldBeEmpty();
    }

    /// <summary>Every node and flow is drawn once; no shape covers another; lines are upright or level, end at their shapes and cross no other.</summary>
    private static void DiagramIsReadable(BpmnModel model)
    {
        foreach (var process in model.Processes)
        {
            var scopes = ReferenceModelTests.Scopes(process).ToList();
            var shapes = model.Shapes.Where(s => s.PlaneElementId == process.Id).ToDictionary(s => s.ElementId, s => s.Bounds);
            shapes.Keys.ShouldBe(process.AllNodes.Select(n => n.Id), ignoreOrder: true);
            var edges = model.Edges.Where(e => e.PlaneElementId == process.Id).ToDictionary(e => e.ElementId);
            edges.Keys.ShouldBe(scopes.SelectMany(s => s.Flows).Select(f => f.Id), ignoreOrder: true);

            foreach (var scope in scopes)
            {
                var boxes = scope.Nodes.Where(n => n is not BoundaryEvent).Select(n => (n.Id, Box: shapes[n.Id])).ToList();
                foreach (var (id, box) in boxes)
                {
                    boxes.ShouldAllBe(b => b.Id == id || !Overlap(b.Box, box), $"{id} is covered");
                    (box.X >= 0 && box.Y >= 0).ShouldBeTrue();
                    if (shapes.TryGetValue(scope.Id, out var holder))
                    {
                        Inside(box, holder).ShouldBeTrue($"{id} leaves {scope.Id}");
                    }
                }

                foreach (var flow in scope.Flows)
                {
                    var points = edges[flow.Id].Waypoints;
                    OnBorder(points[0], shapes[flow.SourceId]).ShouldBeTrue($"{flow.Id} begins beside {flow.SourceId}");
                    OnBorder(points[^1], shapes[flow.TargetId]).ShouldBeTrue($"{flow.Id} ends beside {flow.TargetId}");
                    foreach (var (a, b) in points.Zip(points.Skip(1)))
                    {
                        (a.X == b.X || a.Y == b.Y).ShouldBeTrue($"{flow.Id} slants");
                        foreach (var (id, box) in boxes)
                        {
                            // Half a point less on each side: lines may touch the borders of the shapes they end at.
                            var line = new Bounds(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));
                            Overlap(line, new Bounds(box.X + 1, box.Y + 1, box.Width - 2, box.Height - 2)).ShouldBeFalse($"{flow.Id} runs through {id}");
                        }
                    }
                }
            }
        }
    }

    private static bool Overlap(Bounds a, Bounds b) => a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    private static bool Inside(Bounds a, Bounds b) => a.X >= b.X && a.Y >= b.Y && a.X + a.Width <= b.X + b.Width && a.Y + a.Height <= b.Y + b.Height;

    private static bool OnBorder(Waypoint p, Bounds b)
    {
        const double near = 1;
        var within = p.X >= b.X - near && p.X <= b.X + b.Width + near && p.Y >= b.Y - near && p.Y <= b.Y + b.Height + near;
        var deep = p.X > b.X + near && p.X < b.X + b.Width - near && p.Y > b.Y + near && p.Y < b.Y + b.Height - near;
        return within && !deep;
    }
}
