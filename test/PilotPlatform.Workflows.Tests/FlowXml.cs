namespace PilotPlatform.Workflows.Tests;

/// <summary>BPMN documents for tests: the process's inside, wrapped.</summary>
internal static class FlowXml
{
    public static string Of(string inside, string id = "Process_Test", string variables = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pilot="urn:pilotplatform:bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="urn:test">
          <bpmn:message id="Message_1" name="test.happened" />
          <bpmn:error id="Error_1" name="出错" errorCode="E1" />
          <bpmn:process id="{id}" name="测试流程" isExecutable="true">
            <bpmn:extensionElements><pilot:variables>{variables}</pilot:variables></bpmn:extensionElements>
            {inside}
          </bpmn:process>
        </bpmn:definitions>
        """;

    public static string Start(string id = "Start") => $"""<bpmn:startEvent id="{id}" name="开始" />""";

    public static string End(string id = "End", string name = "结束") => $"""<bpmn:endEvent id="{id}" name="{name}" />""";

    public static string Flow(string from, string to, string? condition = null) => condition is null
        ? $"""<bpmn:sequenceFlow id="{from}_{to}" sourceRef="{from}" targetRef="{to}" />"""
        : $"""<bpmn:sequenceFlow id="{from}_{to}" sourceRef="{from}" targetRef="{to}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{System.Security.SecurityElement.Escape(condition)}</bpmn:conditionExpression></bpmn:sequenceFlow>""";

    public static string Chain(params string[] ids) => string.Concat(ids.Zip(ids.Skip(1), (a, b) => Flow(a, b)));

    public static string Task(string id, string role, string region, string extra = "", string rest = "", string kind = "Role") => $"""
        <bpmn:userTask id="{id}" name="环节 {id}">
          <bpmn:extensionElements><pilot:assignee kind="{kind}" value="{role}" region="{region}">{(extra.StartsWith("<pilot:notWhoDid", StringComparison.Ordinal) ? extra : "")}</pilot:assignee>{(extra.StartsWith("<pilot:notWhoDid", StringComparison.Ordinal) ? "" : extra)}</bpmn:extensionElements>
          {rest}
        </bpmn:userTask>
        """;

    public static string Service(string id, string extra = "") => $"""
        <bpmn:serviceTask id="{id}" name="服务 {id}"><bpmn:extensionElements><pilot:service handler="test.work" actsFor="Issuer" attempts="3" firstWait="PT10S" /></bpmn:extensionElements>{extra}</bpmn:serviceTask>
        """;

    public static string Decision(string name, params string[] options) => $"""
        <pilot:form><pilot:field name="{name}" label="意见" kind="Choice" required="true">{string.Concat(options.Select(o => $"<pilot:option value=\"{o}\" label=\"{o}\" />"))}</pilot:field></pilot:form>
        """;

    public static string Text(string name) => $"""<pilot:variable name="{name}" type="Text" label="{name}" />""";

    public static string Variable(string name, string type) => $"""<pilot:variable name="{name}" type="{type}" label="{name}" />""";

    public static string NotWhoDid(string step) => $"""<pilot:notWhoDid step="{step}" />""";

    public static string Gateway(string id, string kind = "parallel", string? otherwise = null) =>
        $"""<bpmn:{kind}Gateway id="{id}"{(otherwise is null ? "" : $" default=\"{otherwise}\"")} />""";

    public static string Due(string value, string? calendar = null) => $"""<pilot:due value="{value}"{(calendar is null ? "" : $" calendar=\"{calendar}\"")} />""";

    public static string Timer(string kind, string text, string? calendar = null) => $"""
        <bpmn:timerEventDefinition><bpmn:time{kind} xsi:type="bpmn:tFormalExpression"{(calendar is null ? "" : $" pilot:calendar=\"{calendar}\"")}>{text}</bpmn:time{kind}></bpmn:timerEventDefinition>
        """;

    public static string Message => """<bpmn:messageEventDefinition messageRef="Message_1" />""";

    public static string Error => """<bpmn:errorEventDefinition errorRef="Error_1" />""";

    public static string Catch(string id, string definition) => $"""<bpmn:intermediateCatchEvent id="{id}" name="等待 {id}">{definition}</bpmn:intermediateCatchEvent>""";

    public static string Boundary(string id, string host, string definition, bool interrupts = true) =>
        $"""<bpmn:boundaryEvent id="{id}" attachedToRef="{host}" cancelActivity="{(interrupts ? "true" : "false")}">{definition}</bpmn:boundaryEvent>""";

    public static string Each(string collection, string item, string? condition = null, bool sequential = false, string outputs = "") => $"""
        <bpmn:multiInstanceLoopCharacteristics isSequential="{(sequential ? "true" : "false")}" pilot:collection="{collection}" pilot:itemVariable="{item}" {outputs}>{(condition is null ? "" : $"<bpmn:completionCondition xsi:type=\"bpmn:tFormalExpression\">{System.Security.SecurityElement.Escape(condition)}</bpmn:completionCondition>")}</bpmn:multiInstanceLoopCharacteristics>
        """;

    public static string Call(string id, string key, string extra = "") => $"""<bpmn:callActivity id="{id}" name="调用 {id}" calledElement="{key}">{extra}</bpmn:callActivity>""";
}
