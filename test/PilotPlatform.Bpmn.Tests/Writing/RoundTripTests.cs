using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Writing;

/// <summary>What is read is written back with semantics and diagram intact.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("hub-of-extensions", 1, 9, 7)]
    [InlineData("several-diagrams", 3, 17, 14)]
    [InlineData("odd-exporters", 2, 7, 6)]
    public void Write_OwnModels_ComeBackElementByElement(string name, int processes, int nodes, int flows)
    {
        var path = OwnModel(name);
        var model = ComesBack(path);
        model.Processes.Count.ShouldBe(processes);
        model.Processes.SelectMany(p => p.AllNodes).Count().ShouldBe(nodes);
        model.Processes.SelectMany(ReferenceModelTests.Scopes).Sum(s => s.Flows.Count).ShouldBe(flows);
    }

    [ReferenceModelsTheory]
    [InlineData("A.1.0")]
    [InlineData("A.2.0")]
    [InlineData("A.2.1")]
    [InlineData("A.4.0")]
    [InlineData("A.4.1")]
    public void Write_ReferenceModels_ComeBackElementByElement(string name) => ComesBack(ReferenceModels.Path(name));

    [Fact]
    public void Write_KeepsWhatIsEasilyLost()
    {
        using var file = File.OpenRead(OwnModel("hub-of-extensions"));
        var text = BpmnWriter.Write(BpmnReader.Read(file).Model!);

        text.ShouldContain("<?exported by=\"a tool\" on=\"2026-01-05\"?>");
        text.ShouldContain("<!-- What exporters add");
        text.ShouldContain("<![CDATA[<p>Two pools & one of them <b>black</b></p>]]>");
        text.ShouldContain("name=\"Order&#xA;received\"");
        text.ShouldContain("bioc:stroke=\"#0d4372\"");
        text.ShouldContain("isMarkerVisible=\"true\"");
        text.ShouldContain("<bpmn:text>  keeps its\n  lines  </bpmn:text>");
        text.ShouldContain("amount &lt; 5 &amp;&amp; !late");
    }

    [Fact]
    public void Write_IsUtf8WithoutMarkAndStable()
    {
        using var file = File.OpenRead(OwnModel("several-diagrams"));
        var first = Bytes(BpmnReader.Read(file).Model!);

        first[0].ShouldBe((byte)'<');
        Encoding.UTF8.GetString(first).ShouldStartWith("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>");
        Encoding.UTF8.GetString(first).ShouldContain("Größe");
        Bytes(BpmnReader.Read(new MemoryStream(first)).Model!).ShouldBe(first);
    }

    [Fact]
    public void Write_ToAStream_LeavesItOpen()
    {
        using var output = new MemoryStream();
        BpmnWriter.Write(Source.Accept(Source.Process("<task id='t'/>")), output);
        output.CanWrite.ShouldBeTrue();
        output.Length.ShouldBeGreaterThan(0);
    }

    private static BpmnModel ComesBack(string path)
    {
        BpmnModel model;
        using (var file = File.OpenRead(path))
        {
            model = BpmnReader.Read(file).Model.ShouldNotBeNull();
        }

        // Compared with the file itself, loaded by other means than the reader's.
        var written = Bytes(model);
        BpmnComparison.Differences(XDocument.Load(path), XDocument.Load(new MemoryStream(written))).ShouldBeEmpty();
        var again = BpmnReader.Read(new MemoryStream(written)).Model.ShouldNotBeNull();
        again.Shapes.ShouldBe(model.Shapes);
        again.Edges.Select(e => (e.ElementId, e.LabelBounds, string.Join(' ', e.Waypoints))).ShouldBe(model.Edges.Select(e => (e.ElementId, e.LabelBounds, string.Join(' ', e.Waypoints))));
        foreach (var (one, other) in model.Processes.Zip(again.Processes))
        {
            ModelDiff.Compare(one, other).ShouldBeEmpty();
        }

        return model;
    }

    private static byte[] Bytes(BpmnModel model)
    {
        using var output = new MemoryStream();
        BpmnWriter.Write(model, output);
        return output.ToArray();
    }

    internal static string OwnModel(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Reading", "Models", name + ".bpmn");
}
