namespace PilotPlatform.Workflows.Lab;

/// <summary>A flow of the shape of the submission: draft, sign, submit, check, correction once, archive, and a notice.</summary>
internal static class LabFlow
{
    public const string Key = "lab.submission";

    public static string Xml => """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pilot="urn:pilotplatform:bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="urn:lab">
          <bpmn:process id="Process_Lab" name="成果报送" isExecutable="true">
            <bpmn:extensionElements><pilot:variables><pilot:variable name="decision" type="Text" label="意见" /></pilot:variables></bpmn:extensionElements>
            <bpmn:startEvent id="Start" name="开始" />
            <bpmn:userTask id="Draft" name="编制成果"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Subject" /></bpmn:extensionElements></bpmn:userTask>
            <bpmn:userTask id="Sign" name="负责人签批"><bpmn:extensionElements><pilot:assignee kind="Role" value="leader" region="Subject"><pilot:notWhoDid step="Draft" /></pilot:assignee></bpmn:extensionElements></bpmn:userTask>
            <bpmn:serviceTask id="Submit" name="报送"><bpmn:extensionElements><pilot:service handler="lab.work" actsFor="Subject" /></bpmn:extensionElements></bpmn:serviceTask>
            <bpmn:userTask id="Check" name="形式审查"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Issuer" /><pilot:form><pilot:field name="decision" label="意见" kind="Choice" required="true"><pilot:option value="accept" label="通过" /><pilot:option value="return" label="退回" /></pilot:field></pilot:form><pilot:due value="P5D" calendar="working" /></bpmn:extensionElements></bpmn:userTask>
            <bpmn:boundaryEvent id="Late" attachedToRef="Check" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>P30D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:sendTask id="Escalate" name="催办提醒"><bpmn:extensionElements><pilot:assignee kind="Role" value="leader" region="Issuer" /><pilot:text>审查逾期</pilot:text></bpmn:extensionElements></bpmn:sendTask>
            <bpmn:endEvent id="Escalated" name="已提醒" />
            <bpmn:exclusiveGateway id="Decided" name="审查结论" default="ToArchive" />
            <bpmn:userTask id="Fix" name="补正"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Subject" /></bpmn:extensionElements></bpmn:userTask>
            <bpmn:serviceTask id="Archive" name="归档"><bpmn:extensionElements><pilot:service handler="lab.work" actsFor="Issuer" /></bpmn:extensionElements></bpmn:serviceTask>
            <bpmn:sendTask id="Tell" name="通过通知"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Subject" /><pilot:text>审查已通过</pilot:text></bpmn:extensionElements></bpmn:sendTask>
            <bpmn:endEvent id="End" name="结束" />
            <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Draft" />
            <bpmn:sequenceFlow id="F2" sourceRef="Draft" targetRef="Sign" />
            <bpmn:sequenceFlow id="F3" sourceRef="Sign" targetRef="Submit" />
            <bpmn:sequenceFlow id="F4" sourceRef="Submit" targetRef="Check" />
            <bpmn:sequenceFlow id="F5" sourceRef="Check" targetRef="Decided" />
            <bpmn:sequenceFlow id="F6" sourceRef="Decided" targetRef="Fix"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">decision == 'return'</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="ToArchive" sourceRef="Decided" targetRef="Archive" />
            <bpmn:sequenceFlow id="F7" sourceRef="Fix" targetRef="Check" />
            <bpmn:sequenceFlow id="F8" sourceRef="Archive" targetRef="Tell" />
            <bpmn:sequenceFlow id="F9" sourceRef="Tell" targetRef="End" />
            <bpmn:sequenceFlow id="F10" sourceRef="Late" targetRef="Escalate" />
            <bpmn:sequenceFlow id="F11" sourceRef="Escalate" targetRef="Escalated" />
          </bpmn:process>
        </bpmn:definitions>
        """;
}
