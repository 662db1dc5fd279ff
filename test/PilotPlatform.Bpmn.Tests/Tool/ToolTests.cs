using System.Xml.Linq;
using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Tooling;

public sealed class ToolTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bpmn");
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void Check_PrintsEveryFileByNameAndWritesWhatImports()
    {
        Write("b.1.bpmn", Source.Around("x", "<scriptTask id='x'/>").Replace("<endEvent id=\"end\"/>", "<endEvent id=\"end\"><signalEventDefinition/></endEvent>", StringComparison.Ordinal));
        Write("A.1.0.bpmn", Source.Around("x", "<task id='x' name='两&#10;行'/>"));
        Write("c.BPMN", "no xml");
        Write("notes.txt", "not looked at");

        Run().ShouldBe(0);

        Lines().ShouldBe(
        [
            "A.1.0 ok",
            "b.1 refused",
            "x scriptTask unsupported-element",
            "end signalEventDefinition unsupported-event-definition",
            "c refused",
            "- document not-xml",
        ]);
        Directory.GetFiles(Out).Select(Path.GetFileName).ShouldBe(["A.1.0.bpmn"]);
        var written = XDocument.Load(Path.Combine(Out, "A.1.0.bpmn"));
        BpmnComparison.Differences(XDocument.Load(Path.Combine(In, "A.1.0.bpmn")), written).ShouldBeEmpty();
        errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Check_WhenAnIdHasSpaces_KeepsThreeColumns()
    {
        Write("a.bpmn", Source.Process("<scriptTask id='the script'/>"));
        Run().ShouldBe(0);
        Lines()[1].ShouldBe("the_script scriptTask unsupported-element");
    }

    [Fact]
    public void Check_WhenTheResultCannotBeWritten_FailsAndGoesOn()
    {
        Write("a.bpmn", Source.Process("<task id='t'/>"));
        Write("b.bpmn", Source.Process("<task id='t'/>"));
        Directory.CreateDirectory(Path.Combine(Out, "a.bpmn"));

        Run().ShouldBe(1);

        errors.ToString().ShouldContain("a.bpmn");
        Lines().ShouldBe(["b ok"]);
    }

    [Fact]
    public void Check_WhenAFileCannotBeRead_RefusesItAndGoesOn()
    {
        File.CreateSymbolicLink(Path.Combine(In, "a.bpmn"), Path.Combine(In, "gone"));
        Write("b.bpmn", Source.Process("<task id='t'/>"));

        Run().ShouldBe(0);

        Lines().ShouldBe(["a refused", "- document unreadable", "b ok"]);
        errors.ToString().ShouldContain("a.bpmn");
    }

    [Fact]
    public void Check_WhenTheTargetIsNoFolder_SaysSo()
    {
        Write("a.bpmn", Source.Process("<task id='t'/>"));

        Tool.Run(["check", In, Path.Combine(In, "a.bpmn")], output, errors).ShouldBe(1);

        errors.ToString().ShouldContain("a.bpmn");
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Check_WhenAValueLooksLikeAQualifiedNameAndIsNone_DoesNotStumble()
    {
        Write("a.bpmn", Source.Around("x", "<task id='x'/>").Replace("<sequenceFlow id=\"f1\"", "<sequenceFlow xsi:type=\"a b:c\" id=\"f1\"", StringComparison.Ordinal));

        Run().ShouldBe(0);

        Lines().ShouldBe(["a ok"]);
    }

    [Fact]
    public void Draw_GivesTheModelADiagram()
    {
        Write("a.bpmn", Source.Around("x", "<task id='x'/>"));
        var target = Path.Combine(Out, "drawn.bpmn");

        Tool.Run(["draw", Path.Combine(In, "a.bpmn"), target], output, errors).ShouldBe(0);

        var drawn = Source.Accept(File.ReadAllText(target));
        drawn.Shapes.Select(s => s.ElementId).ShouldBe(["start", "x", "end"]);
        drawn.Edges.Count.ShouldBe(2);
    }

    [Fact]
    public void Draw_WhenTheModelIsRefused_SaysWhyAndWritesNothing()
    {
        Write("a.bpmn", Source.Process("<scriptTask id='x'/>"));
        var target = Path.Combine(Out, "drawn.bpmn");

        Tool.Run(["draw", Path.Combine(In, "a.bpmn"), target], output, errors).ShouldBe(1);
        Tool.Run(["draw", Path.Combine(In, "gone.bpmn"), target], output, errors).ShouldBe(1);

        errors.ToString().ShouldContain("x scriptTask unsupported-element");
        File.Exists(target).ShouldBeFalse();
    }

    [Fact]
    public void Run_WhenMisused_SaysHow()
    {
        Tool.Run(["check", In], output, errors).ShouldBe(2);
        errors.ToString().ShouldContain("usage: bpmn check IN_DIR OUT_DIR");
        Tool.Run(["check", Path.Combine(In, "gone"), Out], output, errors).ShouldBe(1);
        output.ToString().ShouldBeEmpty();
    }

    private string In => Directory.CreateDirectory(Path.Combine(folder.FullName, "in")).FullName;

    private string Out => Directory.CreateDirectory(Path.Combine(folder.FullName, "out")).FullName;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(In, name), text);

    private int Run() => Tool.Run(["check", In, Out], output, errors);

    private string[] Lines() => output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
