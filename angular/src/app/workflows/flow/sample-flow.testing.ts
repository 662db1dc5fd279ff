/** A small submission flow with one of nearly everything, for specs. */
export const SAMPLE_FLOW = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:pilot="urn:pilotplatform:bpmn"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:sample">
  <bpmn:process id="submission" name="成果报送" isExecutable="true">
    <bpmn:extensionElements>
      <pilot:variables><pilot:variable name="decision" type="Text" label="审核意见"/></pilot:variables>
    </bpmn:extensionElements>
    <bpmn:startEvent id="start" name="开始"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="check" name="形式审查">
      <bpmn:extensionElements>
        <pilot:assignee kind="Role" value="coordinator" region="Issuer"><pilot:notWhoDid step="sign"/></pilot:assignee>
        <pilot:form batch="true"><pilot:field name="decision" label="审核意见" kind="Choice" required="true"><pilot:option value="accept" label="通过"/><pilot:option value="return" label="退回"/></pilot:field></pilot:form>
        <pilot:due value="P5D" calendar="working"/>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="late" name="超时" attachedToRef="check" cancelActivity="false">
      <bpmn:outgoing>f6</bpmn:outgoing>
      <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression" pilot:calendar="working">P5D</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:exclusiveGateway id="ok" name="是否通过" default="f4"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:subProcess id="fix" name="补正">
      <bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing>
      <bpmn:startEvent id="fixStart"><bpmn:outgoing>g1</bpmn:outgoing></bpmn:startEvent>
      <bpmn:userTask id="sign" name="修改后重新签署"><bpmn:incoming>g1</bpmn:incoming>
        <bpmn:multiInstanceLoopCharacteristics pilot:collection="signers" pilot:itemVariable="signer"/>
      </bpmn:userTask>
      <bpmn:sequenceFlow id="g1" sourceRef="fixStart" targetRef="sign"/>
    </bpmn:subProcess>
    <bpmn:sendTask id="tell" name="提醒审核人"><bpmn:incoming>f6</bpmn:incoming></bpmn:sendTask>
    <bpmn:endEvent id="end" name="归档"><bpmn:incoming>f3</bpmn:incoming><bpmn:terminateEventDefinition/></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="ok"/>
    <bpmn:sequenceFlow id="f3" name="通过" sourceRef="ok" targetRef="end"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">decision == "accept"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="ok" targetRef="fix"/>
    <bpmn:sequenceFlow id="f5" sourceRef="fix" targetRef="check"/>
    <bpmn:sequenceFlow id="f6" sourceRef="late" targetRef="tell"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="plane" bpmnElement="submission">
    <bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="100" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="check"><dc:Bounds x="200" y="78" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3" bpmnElement="ok" isMarkerVisible="true"><dc:Bounds x="360" y="93" width="50" height="50"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s4" bpmnElement="end"><dc:Bounds x="500" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s5" bpmnElement="fix" isExpanded="false"><dc:Bounds x="335" y="220" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s6" bpmnElement="late"><dc:Bounds x="232" y="140" width="36" height="36"/><bpmndi:BPMNLabel><dc:Bounds x="270" y="180" width="24" height="14"/></bpmndi:BPMNLabel></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s7" bpmnElement="tell"><dc:Bounds x="200" y="330" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="136" y="118"/><di:waypoint x="200" y="118"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="300" y="118"/><di:waypoint x="360" y="118"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="410" y="118"/><di:waypoint x="500" y="118"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e4" bpmnElement="f4"><di:waypoint x="385" y="143"/><di:waypoint x="385" y="220"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e5" bpmnElement="f5"><di:waypoint x="335" y="260"/><di:waypoint x="215" y="260"/><di:waypoint x="215" y="158"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e6" bpmnElement="f6"><di:waypoint x="250" y="176"/><di:waypoint x="250" y="330"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;
