namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>What is executed comes out as the graph it was drawn as.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void Read_UserTask_TakesWhatItAsksOfPeople()
    {
        var task = (UserTask)Source.Node(
            """
            <userTask id="x" name="审核">
              <extensionElements>
                <pilot:assignee kind="Role" value="coordinator" region="Issuer"><pilot:notWhoDid step="draft"/><pilot:notWhoDid step="sign"/></pilot:assignee>
                <pilot:form batch="true">
                  <pilot:field name="decision" label="审核意见" kind="Choice" required="true"><pilot:option value="accept" label="通过"/><pilot:option value="return" label="退回"/></pilot:field>
                  <pilot:field name="note" label="说明" kind="LongText"/>
                  <pilot:field name="failed" label="不合格项" kind="Choices"><pilot:option value="whole" label="材料齐全"/><pilot:option value="legible"/></pilot:field>
                </pilot:form>
                <pilot:due value="P5D" calendar="working"/><pilot:completedBy event="pilots.submission-decided"/><pilot:confidential/>
              </extensionElements>
              <multiInstanceLoopCharacteristics isSequential="true" pilot:collection="assessors" pilot:itemVariable="assessor" pilot:outputCollection="votes" pilot:outputItem="vote">
                <completionCondition xsi:type="tFormalExpression"> countOf(votes, "no") &gt; 0 </completionCondition>
              </multiInstanceLoopCharacteristics>
            </userTask>
            """);

        task.Name.ShouldBe("审核");
        var assignee = task.Work.Assignee.ShouldNotBeNull();
        (assignee.Kind, assignee.Value, assignee.Region).ShouldBe((AssigneeKind.Role, "coordinator", RegionRole.Issuer));
        assignee.NotWhoDid.ShouldBe(["draft", "sign"]);
        task.Work.AllowsBatch.ShouldBeTrue();
        task.Work.Fields.Select(f => (f.Name, f.Label, f.Kind, f.IsRequired)).ShouldBe(
            [("decision", "审核意见", FieldKind.Choice, true), ("note", "说明", FieldKind.LongText, false), ("failed", "不合格项", FieldKind.Choices, false)]);
        task.Work.Fields[0].Options.ShouldBe([new FormOption("accept", "通过"), new FormOption("return", "退回")]);
        task.Work.Fields[2].Options.ShouldBe([new FormOption("whole", "材料齐全"), new FormOption("legible", "legible")]);
        (task.Work.Due, task.Work.DueInWorkingDays, task.Work.CompletedBy, task.Work.IsConfidential).ShouldBe(("P5D", true, "pilots.submission-decided", true));
        task.Loop.ShouldBe(new MultiInstance(true, null, "assessors", "assessor", "countOf(votes, \"no\") > 0", "votes", "vote"));
    }

    [Fact]
    public void Read_ServiceTask_TakesHandlerAndRetries()
    {
        Source.Node("<serviceTask id='x'><extensionElements><pilot:service handler='pilots.accept' actsFor='Issuer' attempts='5' firstWait='PT1M'/></extensionElements></serviceTask>")
            .ShouldBe(new ServiceTask("x", null, null, null, "pilots.accept", RegionRole.Issuer, new RetryRule(5, TimeSpan.FromMinutes(1))));
        Source.Node("<serviceTask id='x'/>").ShouldBe(new ServiceTask("x", null, null, null, null, RegionRole.Subject, RetryRule.Default));
    }

    [Fact]
    public void Read_OtherActivities_KeepTheirKind()
    {
        Source.Node("<task id='x'/>").ShouldBe(new ManualTask("x", null, null, null, IsAbstract: true));
        Source.Node("<manualTask id='x' default='f2'/>").ShouldBe(new ManualTask("x", null, null, "f2", IsAbstract: false));
        Source.Node("<callActivity id='x' calledElement='sub'/>").ShouldBe(new CallActivity("x", null, null, null, "sub"));
        Source.Node("<callActivity id='x'/>").ShouldBe(new CallActivity("x", null, null, null, null));
        Source.Node("<task id='x' startQuantity=' 2 ' completionQuantity='100'/>").ShouldBe(new ManualTask("x", null, null, null, IsAbstract: true) { StartQuantity = 2, CompletionQuantity = 100 });
        ((SubProcess)Source.Node("<subProcess id='x' startQuantity='3'/>")).StartQuantity.ShouldBe(3);
        var send = (SendTask)Source.Node("<sendTask id='x'><extensionElements><pilot:assignee kind='Office' value='o1'/><pilot:text> {title} 已公示 </pilot:text></extensionElements></sendTask>");
        (send.To!.Kind, send.To.Value, send.Text).ShouldBe((AssigneeKind.Office, "o1", "{title} 已公示"));
        Source.Node("<task id='x'><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task>")
            .ShouldBe(new ManualTask("x", null, new MultiInstance(false, "3", null, null, null, null, null), null, true));
    }

    [Theory]
    [InlineData("<timeDate>2023-12-31</timeDate>", TimerKind.Date, "2023-12-31", false)]
    [InlineData("<timeDuration pilot:calendar='working'> P5D </timeDuration>", TimerKind.Duration, "P5D", true)]
    [InlineData("<timeCycle>R3/P1D</timeCycle>", TimerKind.Cycle, "R3/P1D", false)]
    [InlineData("<timeDuration><documentation>one day</documentation><extensionElements><x xmlns='urn:x'>PT9H</x></extensionElements><!-- P7D -->P1<![CDATA[D]]></timeDuration>", TimerKind.Duration, "P1D", false)]
    [InlineData("<timeDate/>", TimerKind.Date, "", false)]
    [InlineData("", TimerKind.Date, "", false)]
    public void Read_Timer_TakesItAsWritten(string time, TimerKind kind, string text, bool working) =>
        Source.Node($"<intermediateCatchEvent id='x'><timerEventDefinition>{time}</timerEventDefinition></intermediateCatchEvent>")
            .ShouldBe(new CatchEvent("x", null, new TimerTrigger(kind, text, working)));

    [Fact]
    public void Read_WhenAConditionIsDocumented_TakesOnlyWhatItSays() =>
        Source.Accept(Source.Process(
            """
            <task id="a"/><task id="b"/>
            <sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression xsi:type="tFormalExpression" language="feel"><documentation>score must do</documentation>score &gt; 60</conditionExpression></sequenceFlow>
            """)).Processes[0].Scope.Flows.Single().Condition.ShouldBe("score > 60");

    [Fact]
    public void Read_EventsAndGateways_ComeWithTheirTriggers()
    {
        var model = Source.Accept(Source.Definitions(
            """
            <message id="m1" name="材料补正"/><message id="m2"/><error id="e1" errorCode="OBJECTION"/><error id="e2"/>
            <process id="p" name="流程" isExecutable="1">
              <startEvent id="s1"/><startEvent id="s2"><messageEventDefinition messageRef="m1"/></startEvent><startEvent id="s3"><messageEventDefinition messageRef="m2"/></startEvent>
              <startEvent id="s4"><messageEventDefinition/></startEvent>
              <userTask id="u"/><boundaryEvent id="b1" attachedToRef="u" cancelActivity="false"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
              <boundaryEvent id="b2" attachedToRef="u" cancelActivity="false"><errorEventDefinition errorRef="e1"/></boundaryEvent>
              <boundaryEvent id="b3" attachedToRef="u"><errorEventDefinition/></boundaryEvent>
              <exclusiveGateway id="g1" default="f1"/><inclusiveGateway id="g2"/><parallelGateway id="g3"/><eventBasedGateway id="g4"/>
              <endEvent id="n1"/><endEvent id="n2"><terminateEventDefinition/></endEvent><endEvent id="n3"><errorEventDefinition errorRef="e1"/></endEvent>
              <endEvent id="n4"><errorEventDefinition errorRef="e2"/></endEvent>
              <sequenceFlow id="f1" sourceRef="g1" targetRef="n1" name="否则"/>
              <sequenceFlow id="f2" sourceRef="g1" targetRef="n2"><conditionExpression xsi:type="tFormalExpression"> score &lt; 60 </conditionExpression></sequenceFlow>
            </process>
            """));

        var process = model.Main.ShouldNotBeNull();
        (process.Name, process.IsExecutable).ShouldBe(("流程", true));
        process.Scope.Nodes.ShouldBe(
        [
            new StartEvent("s1", null, null), new StartEvent("s2", null, new MessageTrigger("材料补正")), new StartEvent("s3", null, new MessageTrigger("m2")),
            new StartEvent("s4", null, new MessageTrigger("")), process.Scope.Find("u")!,
            new BoundaryEvent("b1", null, "u", false, new TimerTrigger(TimerKind.Duration, "P1D", false)),
            new BoundaryEvent("b2", null, "u", true, new ErrorTrigger("OBJECTION")), new BoundaryEvent("b3", null, "u", true, new ErrorTrigger(null)),
            new ExclusiveGateway("g1", null, "f1"), new InclusiveGateway("g2", null, null), new ParallelGateway("g3", null), new EventBasedGateway("g4", null),
            new EndEvent("n1", null, EndKind.None, null), new EndEvent("n2", null, EndKind.Terminate, null),
            new EndEvent("n3", null, EndKind.Error, "OBJECTION"), new EndEvent("n4", null, EndKind.Error, "e2"),
        ]);
        process.Scope.Flows.ShouldBe([new SequenceFlow("f1", "否则", "g1", "n1", null), new SequenceFlow("f2", null, "g1", "n2", "score < 60")]);
    }

    /// <summary>Some tools write the flows of a sub-process beside it.</summary>
    [Fact]
    public void Read_WhenAFlowIsWrittenOutsideItsScope_PutsItWhereItsNodesAre()
    {
        var process = Source.Accept(Source.Process(
            "<subProcess id='s'><startEvent id='a'/><endEvent id='b'/></subProcess><sequenceFlow id='f' sourceRef='a' targetRef='b'/>")).Processes[0];

        process.Scope.Flows.ShouldBeEmpty();
        ((SubProcess)process.Scope.Nodes.Single()).Scope.Flows.Single().Id.ShouldBe("f");
        process.AllNodes.Select(n => n.Id).ShouldBe(["s", "a", "b"]);
    }

    [Fact]
    public void Read_Variables_AreDeclaredOnTheProcess() =>
        Source.Accept(Source.Process("<extensionElements><pilot:variables><pilot:variable name='score' type='Number' label='得分'/><pilot:variable name='note'/></pilot:variables></extensionElements>"))
            .Processes[0].Variables.ShouldBe([new VariableDeclaration("score", VariableType.Number, "得分"), new VariableDeclaration("note", VariableType.Text, null)]);

    [Fact]
    public void Read_Diagram_TakesShapesEdgesAndPlanes()
    {
        var model = Source.Accept(Source.Definitions(
            """
            <process id="p"><task id="t"/><subProcess id="s"><task id="i"/></subProcess><sequenceFlow id="f" sourceRef="t" targetRef="s"/></process>
            <bpmndi:BPMNDiagram id="d1"><bpmndi:BPMNPlane id="p1" bpmnElement="p">
              <bpmndi:BPMNShape id="x1" bpmnElement="t"><dc:Bounds x="1.5" y="2" width="100" height="80"/><bpmndi:BPMNLabel><dc:Bounds x="3" y="4" width="5" height="6"/></bpmndi:BPMNLabel></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="x2" bpmnElement="s" isExpanded="false"><dc:Bounds x="200" y="2" width="100" height="80"/></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="x3" bpmnElement="s"><dc:Bounds x="NaN" y="2" width="100" height="80"/></bpmndi:BPMNShape>
              <bpmndi:BPMNEdge id="x4" bpmnElement="f"><di:waypoint x="101.5" y="42"/><di:waypoint x="200" y="42"/></bpmndi:BPMNEdge>
            </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
            <bpmndi:BPMNDiagram id="d2"><bpmndi:BPMNPlane id="p2" bpmnElement="s">
              <bpmndi:BPMNShape id="x5" bpmnElement="i" isHorizontal="true"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>
            </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
            """));

        model.Shapes.ShouldBe(
        [
            new DiagramShape("t", new Bounds(1.5, 2, 100, 80), new Bounds(3, 4, 5, 6), null, null) { PlaneElementId = "p" },
            new DiagramShape("s", new Bounds(200, 2, 100, 80), null, false, null) { PlaneElementId = "p" },
            new DiagramShape("i", new Bounds(0, 0, 100, 80), null, null, true) { PlaneElementId = "s" },
        ]);
        var edge = model.Edges.Single();
        (edge.ElementId, edge.PlaneElementId).ShouldBe(("f", "p"));
        edge.Waypoints.ShouldBe([new Waypoint(101.5, 42), new Waypoint(200, 42)]);
    }
}
