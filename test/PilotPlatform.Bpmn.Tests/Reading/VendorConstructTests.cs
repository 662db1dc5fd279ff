using System.Text;
using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>
/// Ways of writing the same thing that were met in the exports of some twenty modellers, each in a small model of our own:
/// what is executed is read, the rest is kept, and everything comes back.
/// </summary>
public sealed class VendorConstructTests
{
    private const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    [Fact]
    public void Read_OldCodePage_WithItsLetters()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var xml = $"<?xml version=\"1.0\" encoding=\"windows-1252\" standalone=\"no\"?>\n<b:definitions xmlns:b=\"{Model}\"><b:process id=\"p\"><b:task id=\"t\" name=\"Prüfung – 5 €\"/></b:process></b:definitions>";
        TakenBack(Encoding.GetEncoding(1252).GetBytes(xml)).Processes[0].Scope.Nodes.Single().Name.ShouldBe("Prüfung – 5 €");
    }

    /// <summary>The same namespace under several prefixes, and the default one taken away in between.</summary>
    [Fact]
    public void Read_PrefixesDeclaredWhereTheyAreUsed()
    {
        var process = TakenBack(
            $"""
             <?xml version="1.0" ?>
             <!-- before the root --><?made by="hand"?>
             <definitions xmlns="{Model}" xmlns:ns4="http://www.omg.org/spec/BPMN/20100524/DI" xml:lang="de">
               <process id="p">
                 <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
                 <ns5:boundaryEvent xmlns:ns5="{Model}" xmlns="" id="b" attachedToRef="t" parallelMultiple="false"><ns5:timerEventDefinition/><geometry x="1"/></ns5:boundaryEvent>
                 <startEvent id="s"><ns5:outgoing xmlns:ns5="{Model}" xmlns="">f</ns5:outgoing><m:messageEventDefinition xmlns:m="{Model}"/></startEvent>
                 <userTask id="t"><ns5:incoming xmlns:ns5="{Model}" xmlns="">f</ns5:incoming></userTask>
               </process>
               <ns4:BPMNDiagram><ns4:BPMNPlane xmlns="" bpmnElement="p"><ns4:BPMNShape bpmnElement="t" label="Shown"/></ns4:BPMNPlane></ns4:BPMNDiagram>
             </definitions>
             """).Processes[0];

        process.Scope.Nodes.ShouldBe(
        [
            new BoundaryEvent("b", null, "t", true, new TimerTrigger(TimerKind.Date, "", false)), new StartEvent("s", null, new MessageTrigger("")), process.Scope.Find("t")!,
        ]);
        process.Scope.Flows.Single().Id.ShouldBe("f");
    }

    /// <summary>The default namespace is the model's own; what tools write there without a prefix is theirs.</summary>
    [Fact]
    public void Read_DefaultNamespaceOfTheTool()
    {
        var model = TakenBack(
            $"""
             <semantic:definitions xmlns:semantic="{Model}" xmlns="urn:tool:definitions" targetNamespace="urn:tool:definitions" xmlns:tool="urn:tool">
               <semantic:extension definition="tool:tModel"/>
               <semantic:process id="p" tool:defaultName="true" ownAttribute="1">
                 <semantic:extensionElements><task id="not one"/><Assignee xmlns="urn:other">group(owner)</Assignee><tool:form id="form">{"{"}"type": "x &lt; y"{"}"}</tool:form></semantic:extensionElements>
                 <subProcess id="neither"/>
                 <semantic:task id="t"/>
               </semantic:process>
               <semantic:process id="further"><semantic:endEvent id="alone"/></semantic:process>
             </semantic:definitions>
             """);

        model.Processes.SelectMany(p => p.AllNodes).Select(n => n.Id).ShouldBe(["t", "alone"]);
    }

    [Fact]
    public void Read_EventDefinitionsWrittenOnce_ByReference()
    {
        var process = TakenBack(Source.Definitions(
            """
            <message id="m" name="材料补正"/>
            <timerEventDefinition id="after"><extensionElements><style xmlns="urn:tool"/></extensionElements><timeDuration>PT2H</timeDuration></timerEventDefinition>
            <process id="p">
              <boundaryEvent id="b" attachedToRef="t" cancelActivity="true"><eventDefinitionRef>after</eventDefinitionRef></boundaryEvent><task id="t"/>
              <startEvent id="s"><eventDefinitionRef>comes</eventDefinitionRef></startEvent>
            </process>
            <messageEventDefinition id="comes" messageRef="m"/>
            """)).Processes[0];

        process.Scope.Find("b").ShouldBe(new BoundaryEvent("b", null, "t", true, new TimerTrigger(TimerKind.Duration, "PT2H", false)));
        process.Scope.Find("s").ShouldBe(new StartEvent("s", null, new MessageTrigger("材料补正")));
    }

    /// <summary>An event may name what is no message, or nothing at all: it goes by the name that it says.</summary>
    [Theory]
    [InlineData("item", "item")]
    [InlineData("gone", "gone")]
    [InlineData("unnamed", "unnamed")]
    [InlineData("ext:there", "there")]
    public void Read_MessageThatIsNone_GoesByItsReference(string reference, string name) =>
        TakenBack(Source.Definitions(
            $"""
             <import importType="http://schemas.xmlsoap.org/wsdl/" location="service.wsdl" namespace="urn:ext"/><itemDefinition id="item" structureRef="ext:In" xmlns:ext="urn:ext"/><message id="unnamed"/>
             <process id="p"><startEvent id="s"><messageEventDefinition xmlns:ext="urn:ext" messageRef="{reference}"><operationRef>ext:call</operationRef></messageEventDefinition></startEvent></process>
             """)).Processes[0].Scope.Find("s").ShouldBe(new StartEvent("s", null, new MessageTrigger(name)));

    /// <summary>What a tool invented inside something that is only kept is kept with it.</summary>
    [Theory]
    [InlineData("<interface id='i'><operation id='o' name='call'><serviceInputRef>in</serviceInputRef><deep><deeper/></deep></operation></interface>")]
    [InlineData("<collaboration id='c'><participant id='pa' processRef='gone'><colour value='red'/></participant><participant id='pb'/></collaboration><collaboration id='c2'/>")]
    [InlineData("<resource id='r' name='clerk'><office/></resource><dataStore id='d'><table/></dataStore><category id='k'><shade/></category>")]
    public void Read_InventionsInWhatIsOnlyKept_AreKept(string elements) =>
        TakenBack(Source.Definitions(elements + "<process id='p'><task id='t'/></process>")).Processes[0].Scope.Nodes.Count.ShouldBe(1);

    [Fact]
    public void Read_DataInEveryShape_IsKept()
    {
        var process = TakenBack(Source.Process(
            """
            <ioSpecification id="io"><dataInput id="in" isCollection="true"><dataState name="new"/></dataInput><dataOutput id="out"/><inputSet><dataInputRefs>in</dataInputRefs><outputSetRefs>set</outputSetRefs></inputSet><outputSet id="set"><dataOutputRefs>out</dataOutputRefs><inputSetRefs>nowhere</inputSetRefs></outputSet></ioSpecification>
            <startEvent id="s"><outgoing>f</outgoing><dataOutput id="so"/><dataOutputAssociation id="a1"><sourceRef>so</sourceRef><targetRef>ref</targetRef></dataOutputAssociation><outputSet><dataOutputRefs>so</dataOutputRefs></outputSet></startEvent>
            <callActivity id="c"><incoming>f</incoming><property id="pr" name="__targetRef_placeholder"/><dataInputAssociation id="a2"/><dataOutputAssociation id="a3"><targetRef>ref</targetRef></dataOutputAssociation><potentialOwner><resourceAssignmentExpression><formalExpression>manager</formalExpression></resourceAssignmentExpression></potentialOwner></callActivity>
            <endEvent id="e"><dataInput id="ei"/><dataInputAssociation id="a4"><sourceRef>gone</sourceRef><targetRef>ei</targetRef><transformation language="urn:x">&lt;a b="&amp;"/&gt;</transformation></dataInputAssociation><inputSet><dataInputRefs>ei</dataInputRefs></inputSet></endEvent>
            <dataObject id="object"/><dataObjectReference id="ref" dataObjectRef="object"/><dataStoreReference id="store"/>
            <sequenceFlow id="f" name="" sourceRef="s" targetRef="c"><conditionExpression xsi:type="tFormalExpression" language="urn:any" evaluatesToTypeRef="j:Boolean" xmlns:j="urn:j"></conditionExpression></sequenceFlow>
            <sequenceFlow id="f2" sourceRef="c" targetRef="e"><conditionExpression xsi:type="tFormalExpression"><![CDATA[Level == 'A']]></conditionExpression></sequenceFlow>
            """)).Processes[0];

        process.Scope.Nodes.ShouldBe([new StartEvent("s", null, null), new CallActivity("c", null, null, null, null), new EndEvent("e", null, EndKind.None, null)]);
        process.Scope.Flows.ShouldBe([new SequenceFlow("f", null, "s", "c", null), new SequenceFlow("f2", null, "c", "e", "Level == 'A'")]);
    }

    /// <summary>Ids are what tools make them: digits, spaces in parts, one id for a shape and its element.</summary>
    [Fact]
    public void Read_IdsThatAreNoNames()
    {
        var model = TakenBack(Source.Definitions(
            """
            <error id="0 error"/>
            <process id="2021-05"><task id="666955df-0cb8" name="Zeile&#13;&#10;zwei&#10;"/><boundaryEvent id="1" attachedToRef="666955df-0cb8"><errorEventDefinition id="definition of 1" errorRef="0 error"/></boundaryEvent></process>
            <bpmndi:BPMNDiagram id="2021-05"><bpmndi:BPMNPlane id="1" bpmnElement="2021-05">
              <bpmndi:BPMNShape id="666955df-0cb8" bpmnElement="666955df-0cb8"><dc:Bounds x="-3.5" y="1E2" width="100.06000000000006" height="80"/></bpmndi:BPMNShape>
            </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
            """));

        model.Processes[0].Scope.Find("666955df-0cb8")!.Name.ShouldBe("Zeile\r\nzwei\n");
        model.Processes[0].Scope.Find("1").ShouldBe(new BoundaryEvent("1", null, "666955df-0cb8", true, new ErrorTrigger("0 error")));
        model.Shapes.Single().Bounds.ShouldBe(new Bounds(-3.5, 100, 100.06000000000006, 80));
    }

    /// <summary>Each node that is not executed once, by its own id; what surrounds it is judged for itself.</summary>
    [Fact]
    public void Refuse_WhatCompensationTakes_NodeByNode() => Source.Refuse(Source.Process(
        """
        <sendTask id="offer"/><eventBasedGateway id="g" gatewayDirection="Diverging" instantiate="false" eventGatewayType="Exclusive"/>
        <intermediateCatchEvent id="day"><timerEventDefinition/></intermediateCatchEvent><receiveTask id="answer"/>
        <sequenceFlow id="f1" sourceRef="offer" targetRef="g"/><sequenceFlow id="f2" sourceRef="g" targetRef="day"/><sequenceFlow id="f3" sourceRef="g" targetRef="answer"/>
        <subProcess id="booking" triggeredByEvent="false">
          <startEvent id="s" name=""/><serviceTask id="book" completionQuantity="1" isForCompensation="false" startQuantity="1"/>
          <boundaryEvent id="undo" attachedToRef="book" cancelActivity="true"><compensateEventDefinition waitForCompletion="true"/></boundaryEvent>
          <serviceTask id="cancel" isForCompensation="true"/><association id="a" associationDirection="One" sourceRef="undo" targetRef="cancel"/>
          <subProcess id="handler" triggeredByEvent="true"><startEvent id="hs" isInterrupting="true"><compensateEventDefinition/></startEvent><intermediateThrowEvent id="throw"><compensateEventDefinition activityRef="book"/></intermediateThrowEvent><endEvent id="he"/></subProcess>
        </subProcess>
        """)).ShouldBe(
        [
            "answer receiveTask unsupported-element",
            "undo compensateEventDefinition unsupported-event-definition",
            "cancel serviceTask compensation-activity",
            "handler subProcess event-sub-process",
            "hs compensateEventDefinition unsupported-event-definition",
            "throw compensateEventDefinition unsupported-event-definition",
        ]);

    private static BpmnModel TakenBack(string xml) => TakenBack(Encoding.UTF8.GetBytes(xml));

    /// <summary>The model, once what is written of it says the same as the file, loaded by other means than the reader's.</summary>
    private static BpmnModel TakenBack(byte[] file)
    {
        var reading = BpmnReader.Read(new MemoryStream(file));
        reading.Refusals.ShouldBeEmpty();
        using var written = new MemoryStream();
        BpmnWriter.Write(reading.Model!, written);
        BpmnComparison.Differences(XDocument.Load(new MemoryStream(file), LoadOptions.PreserveWhitespace), XDocument.Load(new MemoryStream(written.ToArray()), LoadOptions.PreserveWhitespace)).ShouldBeEmpty();
        return reading.Model!;
    }
}
