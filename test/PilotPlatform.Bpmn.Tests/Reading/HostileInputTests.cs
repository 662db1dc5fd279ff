using System.Diagnostics;
using System.Text;

namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>Files that are no BPMN, or want to do harm, are refused by name and never read further.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("", "- document not-xml")]
    [InlineData("今日无事", "- document not-xml")]
    [InlineData("<definitions", "- document not-xml")]
    [InlineData("<definitions></definitions>", "- definitions not-bpmn")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'/>", "- html not-bpmn")]
    [InlineData("<definitions id='d' xmlns='http://schema.omg.org/spec/BPMN/2.0'/>", "d definitions not-bpmn")]
    [InlineData("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "- document document-type-forbidden")]
    [InlineData("<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>", "- document document-type-forbidden")]
    public void Read_WhenItIsNotBpmn_SaysWhy(string text, string expected)
    {
        Source.Refuse(text).ShouldBe([expected]);
        Lines(BpmnReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).ShouldBe([expected]);
    }

    [Fact]
    public void Read_WhenTextInsideTheRootLooksLikeADocumentType_IsNotMistaken() =>
        Source.Refuse("<a><!-- --><![CDATA[<!DOCTYPE a>]]>").ShouldBe(["- document not-xml"]);

    [Fact]
    public void Read_WhenNestedTooDeep_IsRefusedBeforeItIsLoaded()
    {
        var depth = BpmnReader.MaximumDepth + 10;
        var xml = Source.Process(
            string.Concat(Enumerable.Range(0, depth).Select(i => $"<subProcess id='s{i}'>")) + string.Concat(Enumerable.Repeat("</subProcess>", depth)));

        Source.Refuse(xml).ShouldBe(["- document too-deep"]);
    }

    [Fact]
    public void Read_WhenTooLarge_IsRefused()
    {
        var xml = Source.Process($"<documentation>{new string('a', BpmnReader.MaximumBytes)}</documentation>");
        Source.Refuse(xml).ShouldBe(["- document too-large"]);
        Lines(BpmnReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)))).ShouldBe(["- document too-large"]);
    }

    /// <summary>Each prefix is looked up among the declarations around it: many of both would take minutes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Read_WhenThereAreTooManyDeclarations_IsRefusedBeforeItIsLoaded(int levels)
    {
        var count = (BpmnReader.MaximumAttributes / levels) + 1;
        var declarations = string.Concat(Enumerable.Range(0, count).Select(i => $" xmlns:n{i}='urn:n'"));
        var xml = Source.Process(string.Concat(Enumerable.Range(0, levels).Select(i => $"<subProcess id='s{i}'{declarations}>")) + string.Concat(Enumerable.Repeat("</subProcess>", levels)));

        Source.Refuse(xml).ShouldBe(["- document too-large"]);
        Source.Accept(Source.Process(string.Concat(Enumerable.Range(0, 200).Select(i => $"<task id='t{i}' a='1' b='2' c='3' e='4' f='5' g='6'/>")))).Processes[0].Scope.Nodes.Count.ShouldBe(200);
    }

    /// <summary>
    /// Forty times the size takes about forty times as long, and not 1,600 times. On a busy machine one measurement says little:
    /// one of three that is fast enough will do, and none of them is when the time grows with the square.
    /// </summary>
    [Theory]
    [InlineData("nodes", 250)]
    [InlineData("fields", 2500)]
    [InlineData("texts", 2500)]
    public void Read_WhenAModelIsLarge_TakesTimeInProportion(string what, int size)
    {
        var small = Enumerable.Range(0, 3).Min(_ => Measure(Sized(what, size)));
        var large = Sized(what, size * 40);
        Enumerable.Range(0, 3).Any(_ => Measure(large) < small * 400).ShouldBeTrue();
    }

    [Fact]
    public void Read_WhenThereAreTenThousandNodesDeepDown_ReadsThemAll()
    {
        var model = Source.Accept(Chain(10_000));
        model.Processes[0].AllNodes.Count().ShouldBe(10_000 + 5000 + 1 + 90);
        model.Shapes.Count.ShouldBe(10_000);
    }

    private static string Sized(string what, int size) => what switch
    {
        "nodes" => Chain(size),
        "fields" => Source.Around("x", $"<userTask id='x'><extensionElements><pilot:form>{string.Concat(Enumerable.Range(0, size).Select(i => $"<pilot:field name='f{i}'/>"))}</pilot:form></extensionElements></userTask>"),
        _ => Source.Around("x", $"<userTask id='x'><documentation>{string.Concat(Enumerable.Repeat("<![CDATA[a]]>b", size))}</documentation></userTask>"),
    };

    private static TimeSpan Measure(string xml)
    {
        var watch = Stopwatch.StartNew();
        var model = Source.Accept(xml);
        BpmnComparison.Differences(model.Document, Source.Accept(BpmnWriter.Write(model)).Document).ShouldBeEmpty();
        return watch.Elapsed;
    }

    /// <summary>That many tasks and gateways in a row, deep down in sub-processes, with their timers and their shapes.</summary>
    private static string Chain(int length)
    {
        const int depth = 90;
        var inside = string.Concat(Enumerable.Range(1, length).Select(i => i % 2 == 0
            ? $"<exclusiveGateway id='n{i}'/><sequenceFlow id='f{i}' sourceRef='n{i - 1}' targetRef='n{i}'/>"
            : $"<userTask id='n{i}'/><boundaryEvent id='b{i}' attachedToRef='n{i}'><timerEventDefinition/></boundaryEvent><sequenceFlow id='f{i}' sourceRef='n{i - 1}' targetRef='n{i}'/>"));
        var shapes = string.Concat(Enumerable.Range(0, length).Select(i => $"<bpmndi:BPMNShape bpmnElement='n{i}'><dc:Bounds x='{i}' y='1' width='3' height='3'/></bpmndi:BPMNShape>"));
        return Source.Definitions(
            $"<process id='p'>{string.Concat(Enumerable.Range(0, depth).Select(i => $"<subProcess id='s{i}'>"))}<startEvent id='n0'/>{inside}{string.Concat(Enumerable.Repeat("</subProcess>", depth))}</process>"
            + $"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("GB18030")]
    [InlineData("gb2312")]
    public void Read_WhenTheEncodingIsDeclared_FollowsIt(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var used = Encoding.GetEncoding(encoding);
        var xml = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Source.Process("<task id='t' name='成果报送'/>");
        using var stream = new MemoryStream([.. used.GetPreamble(), .. used.GetBytes(xml)]);

        BpmnReader.Read(stream).Model!.Processes[0].Scope.Nodes.Single().Name.ShouldBe("成果报送");
    }

    [Theory]
    [InlineData("utf-16", "utf-8", "", "")]
    [InlineData("UTF-8", "utf-16", "", "")]
    [InlineData("UTF-8", "utf-16BE", "", "")]
    [InlineData("US-ASCII", "utf-8", "", "")]
    [InlineData("utf-8", "utf-8", "\r\n  ", "")]
    [InlineData("utf-8", "utf-8", "\uFEFF\uFEFF", "")]
    [InlineData("utf-8", "utf-8", "", "\0\0")]
    [InlineData("utf-8", "utf-8", "", "\u001A")]
    public void Read_WhenTheDeclarationDoesNotFitTheFile_ReadsWhatItHolds(string declared, string used, string before, string after)
    {
        var encoding = Encoding.GetEncoding(used);
        var xml = $"{before}<?xml version=\"1.0\" encoding=\"{declared}\" standalone=\"yes\"?>{Source.Process("<task id='t' name='成果报送'/>")}{after}";
        using var stream = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]);

        var model = BpmnReader.Read(stream).Model.ShouldNotBeNull();
        model.Processes[0].Scope.Nodes.Single().Name.ShouldBe("成果报送");
        BpmnReader.Read(BpmnWriter.Write(model)).Model.ShouldNotBeNull().Processes[0].Scope.Nodes.Single().Name.ShouldBe("成果报送");
    }

    [Fact]
    public void Read_WhenItSaysXml11_ReadsIt() =>
        BpmnReader.Read(new MemoryStream(Encoding.UTF8.GetBytes("<?xml version=\"1.1\" encoding=\"UTF-8\"?>" + Source.Process("<task id='t'/>")))).Model.ShouldNotBeNull();

    [Fact]
    public void Read_WhenCharactersAreNotWhatTheFileSays_GuessesNone()
    {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Source.Process("<task id='t' name='Prüfung'/>");
        Lines(BpmnReader.Read(new MemoryStream(Encoding.Latin1.GetBytes(xml)))).ShouldBe(["- document not-xml"]);
    }

    [Theory]
    [InlineData("US-ASCII")]
    [InlineData("gb2312")]
    [InlineData("shift_jis")]
    public void Read_WhenBytesAreNoTextOfTheEncoding_PutsNoQuestionMarks(string declared)
    {
        var parts = ($"<?xml version=\"1.0\" encoding=\"{declared}\"?>" + Source.Process("<task id='t' name='@'/>")).Split('@');
        byte[] bytes = [.. Encoding.ASCII.GetBytes(parts[0]), 0x81, 0x20, 0x20, .. Encoding.ASCII.GetBytes(parts[1])];
        Lines(BpmnReader.Read(new MemoryStream(bytes))).ShouldBe(["- document not-xml"]);
    }

    [Fact]
    public void Read_WhenADocumentTypeHidesBehindAWrongDeclaration_IsForbidden()
    {
        var xml = "\n<?xml version=\"1.0\"?><!DOCTYPE definitions>" + Source.Process("<task id='t'/>");
        Lines(BpmnReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)))).ShouldBe(["- document document-type-forbidden"]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Read_WhenADocumentTypeIsWrittenInWideCharacters_IsForbidden(string used)
    {
        var encoding = Encoding.GetEncoding(used);
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        var xml = $"<?xml version=\"1.0\" encoding=\"{used}\"?><!DOCTYPE definitions [<!ENTITY l0 \"ha\">{laughs}]>" + Source.Process("<task id='t' name='&l9;'/>");
        Lines(BpmnReader.Read(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]))).ShouldBe(["- document document-type-forbidden"]);
    }

    [Fact]
    public void Read_WhenNobodyHasTheEncoding_IsNotXml() =>
        Lines(BpmnReader.Read(new MemoryStream("<?xml version=\"1.0\" encoding=\"klingon\"?><a/>"u8.ToArray()))).ShouldBe(["- document not-xml"]);

    private static IEnumerable<string> Lines(BpmnReading reading) => reading.Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}");
}
