namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>Each unsupported element once, with the id of what a person would select; supported ones never.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("<scriptTask id='x'><script>1</script></scriptTask>", "x scriptTask unsupported-element")]
    [InlineData("<scriptTask id='x'><script><task id='no task'><timerEventDefinition/></task></script></scriptTask>", "x scriptTask unsupported-element")]
    [InlineData("<businessRuleTask id='x'/>", "x businessRuleTask unsupported-element")]
    [InlineData("<receiveTask id='x'/>", "x receiveTask unsupported-element")]
    [InlineData("<complexGateway id='x'><activationCondition/></complexGateway>", "x complexGateway unsupported-element")]
    [InlineData("<transaction id='x'/>", "x transaction unsupported-element")]
    [InlineData("<adHocSubProcess id='x'><task id='t'/><completionCondition/></adHocSubProcess>", "x adHocSubProcess unsupported-element")]
    [InlineData("<implicitThrowEvent id='x'/>", "x implicitThrowEvent unsupported-element")]
    [InlineData("<intermediateThrowEvent id='x'/>", "x intermediateThrowEvent unsupported-element")]
    [InlineData("<intermediateThrowEvent id='x'><messageEventDefinition/></intermediateThrowEvent>", "x messageEventDefinition unsupported-event-definition")]
    [InlineData("<intermediateThrowEvent id='x'><linkEventDefinition name='l'/></intermediateThrowEvent>", "x linkEventDefinition unsupported-event-definition")]
    [InlineData("<intermediateThrowEvent id='x'><compensateEventDefinition/></intermediateThrowEvent>", "x compensateEventDefinition unsupported-event-definition")]
    [InlineData("<intermediateCatchEvent id='x'><signalEventDefinition id='own'/></intermediateCatchEvent>", "x signalEventDefinition unsupported-event-definition")]
    [InlineData("<intermediateCatchEvent id='x'><conditionalEventDefinition><condition/></conditionalEventDefinition></intermediateCatchEvent>", "x conditionalEventDefinition unsupported-event-definition")]
    [InlineData("<intermediateCatchEvent id='x'/>", "x intermediateCatchEvent missing-event-definition")]
    [InlineData("<intermediateCatchEvent id='x'><timerEventDefinition/><signalEventDefinition/></intermediateCatchEvent>", "x intermediateCatchEvent several-event-definitions")]
    [InlineData("<task id='x'><standardLoopCharacteristics id='own'/></task>", "x standardLoopCharacteristics unsupported-loop")]
    [InlineData("<task id='x'><multiInstanceLoopCharacteristics behavior='None'/></task>", "x multiInstanceLoopCharacteristics unsupported-loop")]
    [InlineData("<serviceTask id='x' isForCompensation='true'/>", "x serviceTask compensation-activity")]
    [InlineData("<task id='x' startQuantity='0'/>", "x task unsupported-quantity")]
    [InlineData("<task id='x' startQuantity='101'/>", "x task unsupported-quantity")]
    [InlineData("<task id='x' completionQuantity='-1'/>", "x task unsupported-quantity")]
    [InlineData("<task id='x' completionQuantity='some'><standardLoopCharacteristics/></task>", "x task unsupported-quantity", "x standardLoopCharacteristics unsupported-loop")]
    [InlineData("<receiveTask id='x'><standardLoopCharacteristics/></receiveTask>", "x receiveTask unsupported-element")]
    [InlineData("<scriptTask id='x'><multiInstanceLoopCharacteristics behavior='None'/></scriptTask>", "x scriptTask unsupported-element")]
    [InlineData("<serviceTask id='x' isForCompensation='true' startQuantity='0'><standardLoopCharacteristics/></serviceTask>", "x serviceTask compensation-activity")]
    [InlineData("<subProcess id='x' triggeredByEvent='true'><standardLoopCharacteristics/></subProcess>", "x subProcess event-sub-process")]
    [InlineData("<subProcess id='x' triggeredByEvent='true'/>", "x subProcess event-sub-process")]
    [InlineData("<decisionTask id='x'/>", "x decisionTask unknown-element")]
    [InlineData("<task id='x'><skipCondition/></task>", "x skipCondition unknown-element")]
    [InlineData("<task id='x'><multiInstanceLoopCharacteristics><pace/></multiInstanceLoopCharacteristics></task>", "x pace unknown-element")]
    public void Read_WhenAnElementIsNotSupported_RefusesItOnce(string node, params string[] expected) =>
        Source.Refuse(Source.Around("x", node)).ShouldBe(expected);

    [Theory]
    [InlineData("<endEvent id='x'><messageEventDefinition/></endEvent>", "x messageEventDefinition unsupported-event-definition")]
    [InlineData("<endEvent id='x'><signalEventDefinition/></endEvent>", "x signalEventDefinition unsupported-event-definition")]
    [InlineData("<endEvent id='x'><escalationEventDefinition/></endEvent>", "x escalationEventDefinition unsupported-event-definition")]
    [InlineData("<endEvent id='x'><cancelEventDefinition/></endEvent>", "x cancelEventDefinition unsupported-event-definition")]
    [InlineData("<startEvent id='x'><signalEventDefinition/></startEvent>", "x signalEventDefinition unsupported-event-definition")]
    [InlineData("<startEvent id='x'><conditionalEventDefinition/></startEvent>", "x conditionalEventDefinition unsupported-event-definition")]
    [InlineData("<startEvent id='x'><errorEventDefinition/></startEvent>", "x errorEventDefinition unsupported-event-definition")]
    [InlineData("<boundaryEvent id='x' attachedToRef='t'><messageEventDefinition/></boundaryEvent>", "x messageEventDefinition unsupported-event-definition")]
    [InlineData("<boundaryEvent id='x' attachedToRef='t'><escalationEventDefinition/></boundaryEvent>", "x escalationEventDefinition unsupported-event-definition")]
    [InlineData("<boundaryEvent id='x' attachedToRef='t'><compensateEventDefinition/></boundaryEvent>", "x compensateEventDefinition unsupported-event-definition")]
    [InlineData("<boundaryEvent id='x' attachedToRef='t'/>", "x boundaryEvent missing-event-definition")]
    [InlineData("<boundaryEvent id='x' attachedToRef='nobody'><timerEventDefinition/></boundaryEvent>", "x boundaryEvent dangling-reference")]
    [InlineData("<boundaryEvent id='x'><timerEventDefinition/></boundaryEvent>", "x boundaryEvent dangling-reference")]
    [InlineData("<exclusiveGateway id='g'/><boundaryEvent id='x' attachedToRef='g'><timerEventDefinition/></boundaryEvent>", "x boundaryEvent wrong-reference")]
    [InlineData("<subProcess id='s'><task id='i'/></subProcess><boundaryEvent id='x' attachedToRef='i'><timerEventDefinition/></boundaryEvent>", "x boundaryEvent crosses-scope")]
    [InlineData("<eventBasedGateway id='x' instantiate='true'/>", "x eventBasedGateway unsupported-gateway-type")]
    [InlineData("<eventBasedGateway id='x' eventGatewayType='Parallel'/>", "x eventBasedGateway unsupported-gateway-type")]
    [InlineData("<subProcess id='s'><startEvent id='x'><timerEventDefinition/></startEvent></subProcess>", "x timerEventDefinition triggered-start-in-sub-process")]
    [InlineData("<subProcess id='s'><startEvent id='x'><signalEventDefinition/></startEvent></subProcess>", "x signalEventDefinition unsupported-event-definition")]
    [InlineData("<task id='x'/><task id='x'/>", "x task duplicate-id")]
    [InlineData("<dataObject id='x'/><task id='x'/>", "x task duplicate-id")]
    [InlineData("<task id='x'/><sequenceFlow id='x' sourceRef='t' targetRef='t'/>", "x sequenceFlow duplicate-id")]
    [InlineData("<task name='no id'/>", "p task missing-id")]
    [InlineData("<sequenceFlow sourceRef='t' targetRef='t'/>", "p sequenceFlow missing-id")]
    [InlineData("<sequenceFlow id='f' sourceRef='t' targetRef='nobody'/>", "f sequenceFlow dangling-reference")]
    [InlineData("<sequenceFlow id='f' targetRef='t'/>", "f sequenceFlow dangling-reference")]
    [InlineData("<dataObject id='o'/><sequenceFlow id='f' sourceRef='t' targetRef='o'/>", "f sequenceFlow wrong-reference")]
    [InlineData("<subProcess id='s'><task id='i'/></subProcess><sequenceFlow id='f' sourceRef='t' targetRef='i'/>", "f sequenceFlow crosses-scope")]
    [InlineData("<eventBasedGateway id='g'/><sequenceFlow id='f' sourceRef='g' targetRef='t'/>", "f sequenceFlow event-gateway-target")]
    [InlineData("<intermediateCatchEvent id='x'><eventDefinitionRef>nobody</eventDefinitionRef></intermediateCatchEvent>", "x eventDefinitionRef dangling-reference")]
    [InlineData("<intermediateCatchEvent id='x'><eventDefinitionRef>t</eventDefinitionRef></intermediateCatchEvent>", "x eventDefinitionRef wrong-reference")]
    [InlineData("<decisionTask id='dt'/><boundaryEvent id='x' attachedToRef='dt'><timerEventDefinition/></boundaryEvent>", "dt decisionTask unknown-element")]
    [InlineData("<lane id='l'><task id='x'/></lane><sequenceFlow id='f' sourceRef='t' targetRef='x'/>", "x task misplaced-element")]
    [InlineData("<userTask id='u'><timerEventDefinition id='x'/></userTask>", "u timerEventDefinition misplaced-element")]
    [InlineData("<parallelGateway id='g'><multiInstanceLoopCharacteristics/></parallelGateway>", "g multiInstanceLoopCharacteristics misplaced-element")]
    [InlineData("<boundaryEvent id='x' attachedToRef='d'><timerEventDefinition/></boundaryEvent>", "x boundaryEvent wrong-reference")]
    [InlineData("<process id='inner'/>", "inner process misplaced-element")]
    [InlineData("<subProcess id='s'><task id='t'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='t' targetRef='e'/></subProcess><boundaryEvent id='b' attachedToRef='t'><timerEventDefinition/></boundaryEvent>", "t task duplicate-id")]
    [InlineData("<task id=' x '/><task id='x'/>", "x task duplicate-id")]
    public void Read_WhenSomethingBesideATaskIsNotSupported_RefusesItOnce(string element, string expected) =>
        Source.Refuse(Source.Process("<task id='t'/>" + element)).ShouldBe([expected]);

    [Theory]
    [InlineData("<choreography id='c'><choreographyTask id='t' initiatingParticipantRef='a'/></choreography>", "c choreography unsupported-element", "t choreographyTask unsupported-element")]
    [InlineData("<choreography id='c'><startEvent id='s'><signalEventDefinition/></startEvent><startEvent id='s2'><timerEventDefinition/></startEvent><eventBasedGateway id='g'/><choreographyTask id='t'/><subChoreography id='n'><startEvent id='z'><timerEventDefinition/></startEvent><callChoreography id='a'/><endEvent id='e'><linkEventDefinition/></endEvent></subChoreography><sequenceFlow id='f' sourceRef='s' targetRef='g'/><sequenceFlow id='f2' sourceRef='g' targetRef='t'/><sequenceFlow id='f3' sourceRef='t' targetRef='n'/></choreography>", "c choreography unsupported-element", "s signalEventDefinition unsupported-event-definition", "t choreographyTask unsupported-element", "n subChoreography unsupported-element", "a callChoreography unsupported-element", "e linkEventDefinition unsupported-event-definition")]
    [InlineData("<globalChoreographyTask id='c' initiatingParticipantRef='a'><complexGateway id='g'/></globalChoreographyTask>", "c globalChoreographyTask unsupported-element", "g complexGateway unsupported-element")]
    [InlineData("<task id='t'/>", "t task misplaced-element")]
    [InlineData("<collaboration id='c'><conversation id='v'/><conversationLink id='l' sourceRef='a' targetRef='v'/></collaboration>", "v conversation unsupported-element", "l conversationLink unsupported-element")]
    [InlineData("<globalConversation id='c'/>", "c globalConversation unsupported-element")]
    [InlineData("<globalScriptTask id='g'/><globalBusinessRuleTask id='h'/>", "g globalScriptTask unsupported-element", "h globalBusinessRuleTask unsupported-element")]
    public void Read_WhenRootElementsAreNotSupported_RefusesThem(string elements, params string[] expected) =>
        Source.Refuse(Source.Definitions("<process id='p'/>" + elements)).ShouldBe(expected);

    [Fact]
    public void Read_WhenAnEventRefersToASharedDefinition_JudgesThatDefinition()
    {
        var xml = Source.Definitions(
            """
            <signalEventDefinition id="unused"/><signalEventDefinition id="shared"/>
            <timerEventDefinition id="tomorrow"><timeDuration>P1D</timeDuration></timerEventDefinition>
            <process id="p">
              <intermediateCatchEvent id="waits"><eventDefinitionRef>tomorrow</eventDefinitionRef></intermediateCatchEvent>
              <intermediateCatchEvent id="x"><eventDefinitionRef>shared</eventDefinitionRef></intermediateCatchEvent>
            </process>
            """);

        Source.Refuse(xml).ShouldBe(["x signalEventDefinition unsupported-event-definition"]);
    }

    /// <summary>What stands in a refused container is listed too, and what is supported there is not.</summary>
    [Fact]
    public void Read_WhenRefusedElementsAreNested_ListsEachInDocumentOrder()
    {
        var xml = Source.Process(
            """
            <startEvent id="start"/>
            <transaction id="pay">
              <startEvent id="s1"/><userTask id="u1"/><scriptTask id="calc"/>
              <endEvent id="cancelled"><cancelEventDefinition/></endEvent>
              <sequenceFlow id="i1" sourceRef="s1" targetRef="u1"/><sequenceFlow id="i2" sourceRef="u1" targetRef="calc"/><sequenceFlow id="i3" sourceRef="calc" targetRef="cancelled"/>
            </transaction>
            <boundaryEvent id="onCancel" attachedToRef="pay"><cancelEventDefinition/></boundaryEvent>
            <boundaryEvent id="onTime" attachedToRef="pay"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
            <subProcess id="late" triggeredByEvent="true">
              <startEvent id="s2"><messageEventDefinition/></startEvent><task id="t2"/><sequenceFlow id="i4" sourceRef="s2" targetRef="t2"/>
            </subProcess>
            <eventBasedGateway id="race"/><receiveTask id="answer"/><intermediateCatchEvent id="fire"><signalEventDefinition/></intermediateCatchEvent>
            <receiveTask id="again"><standardLoopCharacteristics/></receiveTask>
            <sequenceFlow id="f0" sourceRef="start" targetRef="pay"/><sequenceFlow id="f1" sourceRef="pay" targetRef="race"/>
            <sequenceFlow id="f2" sourceRef="race" targetRef="answer"/><sequenceFlow id="f3" sourceRef="race" targetRef="fire"/><sequenceFlow id="f4" sourceRef="fire" targetRef="again"/>
            """);

        Source.Refuse(xml).ShouldBe(
        [
            "pay transaction unsupported-element",
            "calc scriptTask unsupported-element",
            "cancelled cancelEventDefinition unsupported-event-definition",
            "onCancel cancelEventDefinition unsupported-event-definition",
            "late subProcess event-sub-process",
            "answer receiveTask unsupported-element",
            "fire signalEventDefinition unsupported-event-definition",
            "again receiveTask unsupported-element",
        ]);
    }

    [Fact]
    public void Read_WhenPartsShareAnId_MindsOnlyWhatIsReferredTo() =>
        Source.Accept(Source.Process(
            """
            <intermediateCatchEvent id="a"><timerEventDefinition id="same"/></intermediateCatchEvent>
            <intermediateCatchEvent id="b"><timerEventDefinition id="same"/></intermediateCatchEvent>
            """)).Processes[0].Scope.Nodes.Count.ShouldBe(2);

    [Fact]
    public void Read_WhenAFlowIsWrittenOutsideItsProcess_ReadsIt() =>
        Source.Accept(Source.Definitions("<collaboration id='c'><sequenceFlow id='f' sourceRef='a' targetRef='b'/></collaboration><process id='p'><task id='a'/><task id='b'/></process>"))
            .Processes[0].Scope.Flows.Single().Id.ShouldBe("f");

    [Fact]
    public void Read_WhenAShapeShowsNothing_KeepsItAndDrawsTheOthers()
    {
        var xml = Source.Definitions(
            """
            <process id="p"><task id="t"/></process>
            <bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="plane" bpmnElement="p">
              <bpmndi:BPMNShape id="good" bpmnElement="t"><dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="bad" bpmnElement="gone"><dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNShape>
            </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
            """);

        var model = BpmnReader.Read(xml).Model.ShouldNotBeNull();
        model.Shapes.Select(x => x.ElementId).ShouldBe(["t"]);
        BpmnWriter.Write(model).ShouldContain("\"gone\"");
    }

    [Fact]
    public void Read_WhenRefusing_NamesTheLine()
    {
        var xml = Source.Process("\n<task id='t'/>\n<scriptTask id='x'/>");
        BpmnReader.Read(xml).Refusals.Single().Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee kind='Boss' value='a'/></extensionElements></userTask>", "x assignee invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee region='Moon' value='a'/></extensionElements></userTask>", "x assignee invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee kind='1' value='a'/></extensionElements></userTask>", "x assignee invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee value='a'><pilot:notWhoDid/></pilot:assignee></extensionElements></userTask>", "x notWhoDid invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee value='a'/><pilot:assignee value='b'/></extensionElements></userTask>", "x assignee invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignees/></extensionElements></userTask>", "x assignees unknown-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='1a' label='A'/></pilot:form></extensionElements></userTask>", "x field invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='Colour'/></pilot:form></extensionElements></userTask>", "x field invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='Choice'><pilot:option label='A'/></pilot:field></pilot:form></extensionElements></userTask>", "x option invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='Choices'><pilot:option label='A'/></pilot:field></pilot:form></extensionElements></userTask>", "x option invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='choices'/></pilot:form></extensionElements></userTask>", "x field invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='Choice Choices'/></pilot:form></extensionElements></userTask>", "x field invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form><pilot:field name='a' kind='Choices'><pilot:choice value='A'/></pilot:field></pilot:form></extensionElements></userTask>", "x choice unknown-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:form batch='perhaps'/></extensionElements></userTask>", "x form invalid-extension")]
    [InlineData("<userTask id='x'><extensionElements><pilot:due value='P1D' calendar='lunar'/></extensionElements></userTask>", "x due invalid-extension")]
    [InlineData("<serviceTask id='x'><extensionElements><pilot:service handler='h' attempts='0'/></extensionElements></serviceTask>", "x service invalid-extension")]
    [InlineData("<serviceTask id='x'><extensionElements><pilot:service handler='h' firstWait='soon'/></extensionElements></serviceTask>", "x service invalid-extension")]
    [InlineData("<task id='x'><pilot:due value='P1D'/></task>", "x due unknown-extension")]
    public void Read_WhenOurOwnExtensionIsWrong_RefusesIt(string node, string expected) =>
        Source.Refuse(Source.Around("x", node)).ShouldBe([expected]);

    [Theory]
    [InlineData("<pilot:variables><pilot:variable name='x y'/></pilot:variables>", "p variable invalid-extension")]
    [InlineData("<pilot:variables><pilot:variable name='x' type='Money'/></pilot:variables>", "p variable invalid-extension")]
    [InlineData("<pilot:variables><pilot:variable name='x'/><pilot:variable name='x'/></pilot:variables>", "p variable invalid-extension")]
    [InlineData("<pilot:variable name='x'/>", "p variable unknown-extension")]
    public void Read_WhenADeclarationIsWrong_RefusesIt(string declarations, string expected) =>
        Source.Refuse(Source.Process($"<extensionElements>{declarations}</extensionElements>")).ShouldBe([expected]);
}
