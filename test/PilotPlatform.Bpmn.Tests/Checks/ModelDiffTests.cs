using PilotPlatform.Bpmn.Tests.Reading;

namespace PilotPlatform.Bpmn.Tests.Checks;

public sealed class ModelDiffTests
{
    private const string Before =
        """
        <extensionElements><pilot:variables><pilot:variable name="score" type="Number"/><pilot:variable name="gone"/></pilot:variables></extensionElements>
        <startEvent id="s"/>
        <userTask id="a" name="审核"><extensionElements><pilot:assignee kind="Role" value="coordinator"/><pilot:form><pilot:field name="note" label="说明"/></pilot:form><pilot:due value="P5D"/></extensionElements></userTask>
        <subProcess id="sub"><task id="inner"/></subProcess><serviceTask id="v" completionQuantity="2"/><task id="old" name="旧"/>
        <boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
        <endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
        """;

    private const string After =
        """
        <extensionElements><pilot:variables><pilot:variable name="score" type="Text"/><pilot:variable name="added"/></pilot:variables></extensionElements>
        <startEvent id="s"/>
        <userTask id="a" name="复核"><extensionElements><pilot:assignee kind="Role" value="leader" region="Issuer"><pilot:notWhoDid step="x"/></pilot:assignee><pilot:form><pilot:field name="note" label="说明" required="true"/></pilot:form></extensionElements></userTask>
        <subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></subProcess><sendTask id="v" startQuantity="3"/>
        <boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration pilot:calendar="working">P1D</timeDuration></timerEventDefinition></boundaryEvent>
        <task id="inner"/><task id="fresh" name="新"/><endEvent id="e"><terminateEventDefinition/></endEvent>
        <sequenceFlow id="f1" sourceRef="s" targetRef="fresh"/><sequenceFlow id="f3" sourceRef="a" targetRef="e"/>
        """;

    [Fact]
    public void Compare_SameModel_FindsNothing() => ModelDiff.Compare(Read(Before), Read(Before)).ShouldBeEmpty();

    [Fact]
    public void Compare_TwoVersions_SaysWhatBecameOfEachElement() => ModelDiff.Compare(Read(Before), Read(After)).Select(Line).ShouldBe(
    [
        "Changed variable score: type Number>Text",
        "Added variable added",
        "Removed variable gone",
        "Changed userTask a: name 审核>复核, assignee Role coordinator @Subject>Role leader @Issuer !x, due P5D>, form.note 1 说明 Text>1 说明 Text *",
        "Changed subProcess sub: loop >parallel, loop.cardinality >3",
        "Changed sendTask v: kind serviceTask>sendTask, completionQuantity 2>, actsFor Subject>, attempts 3>, firstWait 00:00:10>, startQuantity >3",
        "Changed boundaryEvent b: isInterrupting true>, timerInWorkingDays >true",
        "Changed task inner: subProcess sub>",
        "Added task fresh",
        "Changed endEvent e: end None>Terminate",
        "Removed task old",
        "Changed sequenceFlow f1: target a>fresh",
        "Added sequenceFlow f3",
        "Removed sequenceFlow f2",
    ]);

    [Fact]
    public void Compare_WhenTheProcessIsRenamed_SaysSo() =>
        ModelDiff.Compare(Read(Before) with { Name = "甲" }, Read(Before) with { Id = "other", Name = "乙" }).Select(Line).ShouldBe(["Changed process other: name 甲>乙"]);

    [Fact]
    public void Compare_WhenAFieldTakesSeveralOptions_SaysSoAndThatTheVariableIsAList()
    {
        static string With(string type, string kind) =>
            $"""
             <extensionElements><pilot:variables><pilot:variable name="failed" type="{type}"/></pilot:variables></extensionElements>
             <userTask id="a"><extensionElements><pilot:form><pilot:field name="failed" label="不合格项" kind="{kind}"><pilot:option value="x" label="齐全"/></pilot:field></pilot:form></extensionElements></userTask>
             """;

        ModelDiff.Compare(Read(With("Text", "Choice")), Read(With("List", "Choices"))).Select(Line).ShouldBe(
        [
            "Changed variable failed: type Text>List", "Changed userTask a: form.failed 1 不合格项 Choice x=齐全>1 不合格项 Choices x=齐全",
        ]);
    }

    private static string Line(ModelChange change) =>
        $"{change.Kind} {change.ElementType} {change.ElementId}"
        + (change.Properties.Count == 0 ? "" : ": " + string.Join(", ", change.Properties.Select(p => $"{p.Property} {p.Before}>{p.After}")));

    private static ProcessModel Read(string inside) => Source.Accept(Source.Process(inside)).Processes[0];
}
