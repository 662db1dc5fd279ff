using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Tests.Reading;
using PilotPlatform.Bpmn.Tests.Writing;

namespace PilotPlatform.Bpmn.Tests.Checks;

/// <summary>Every check with a model that it passes and a twin that it does not.</summary>
public sealed class ModelChecksTests
{
    private const string Declared =
        "<extensionElements><pilot:variables><pilot:variable name='score' type='Number'/><pilot:variable name='note'/><pilot:variable name='due' type='Date'/>"
        + "<pilot:variable name='votes' type='List'/><pilot:variable name='assessors' type='List'/></pilot:variables></extensionElements>";

    private const string Assigned = "<extensionElements><pilot:assignee kind='Role' value='coordinator'/></extensionElements>";

    [Fact]
    public void Check_SoundModel_FindsNothing() => Find(
        $"""
         <startEvent id="s"/><userTask id="a" name="起草" default="toB">{Assigned}</userTask><exclusiveGateway id="g" default="f3"/>
         <serviceTask id="b" name="受理"><extensionElements><pilot:service handler="pilots.accept"/></extensionElements></serviceTask>
         <callActivity id="c" name="公示" calledElement="publication"/>
         <boundaryEvent id="late" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition></boundaryEvent>
         <endEvent id="e"/><endEvent id="urged"/>
         <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="toB" sourceRef="a" targetRef="g"/>
         <sequenceFlow id="f2" sourceRef="g" targetRef="b"><conditionExpression>score &gt; 60</conditionExpression></sequenceFlow>
         <sequenceFlow id="f3" sourceRef="g" targetRef="c"/><sequenceFlow id="f4" sourceRef="b" targetRef="e"/><sequenceFlow id="f5" sourceRef="c" targetRef="e"/>
         <sequenceFlow id="f6" sourceRef="late" targetRef="urged"/>
         """).ShouldBeEmpty();

    [Theory]
    [InlineData("<startEvent id='s'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='e'/>")]
    [InlineData("<task id='t'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='t' targetRef='e'/>", "no-start proc Error", "unreachable t Error", "unreachable e Error")]
    [InlineData("<startEvent id='s'/><startEvent id='s2'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='e'/><sequenceFlow id='f2' sourceRef='s2' targetRef='e'/>", "several-starts s2 Error")]
    [InlineData("<startEvent id='s'/><startEvent id='s2'><messageEventDefinition messageRef='m'/></startEvent><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='e'/><sequenceFlow id='f2' sourceRef='s2' targetRef='e'/>")]
    public void Check_Starts(string inside, params string[] expected) => Find(inside).ShouldBe(expected);

    [Theory]
    [InlineData("<startEvent id='i'/><endEvent id='j'/><sequenceFlow id='k' sourceRef='i' targetRef='j'/>")]
    [InlineData("", "empty-sub-process x Warning")]
    [InlineData("<task id='i'/>", "no-start x Error", "unreachable i Error", "implicit-end i Warning")]
    [InlineData("<startEvent id='i'/><startEvent id='i2'/><endEvent id='j'/><sequenceFlow id='k' sourceRef='i' targetRef='j'/><sequenceFlow id='k2' sourceRef='i2' targetRef='j'/>", "several-starts i2 Error")]
    public void Check_StartsOfSubProcesses(string inside, params string[] expected) => FindAround($"<subProcess id='x'>{inside}</subProcess>").ShouldBe(expected);

    [Fact]
    public void Check_WhenNothingLeadsToANode_IsUnreachable() => Find(
        """
        <startEvent id="s"/><task id="lost"/><endEvent id="e"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="e"/><sequenceFlow id="f2" sourceRef="lost" targetRef="e"/>
        """).ShouldBe(["unreachable lost Error"]);

    [Theory]
    [InlineData("", "endless a Error", "endless b Error", "endless g Error")]
    [InlineData("<boundaryEvent id='enough' attachedToRef='a'><timerEventDefinition><timeDuration>P9D</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id='out' sourceRef='enough' targetRef='e'/>")]
    public void Check_WhenPathsNeverEnd_NamesTheirNodes(string wayOut, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><exclusiveGateway id="first" default="f1"/><task id="a"/><task id="b"/><exclusiveGateway id="g"/><endEvent id="e"/>
         <sequenceFlow id="f0" sourceRef="s" targetRef="first"/><sequenceFlow id="f1" sourceRef="first" targetRef="e"/>
         <sequenceFlow id="f2" sourceRef="first" targetRef="a"><conditionExpression>score = 1</conditionExpression></sequenceFlow>
         <sequenceFlow id="f3" sourceRef="a" targetRef="b"/><sequenceFlow id="f4" sourceRef="b" targetRef="g"/><sequenceFlow id="f5" sourceRef="g" targetRef="a"/>{wayOut}
         """).ShouldBe(expected);

    [Theory]
    [InlineData("", "", "endless x Error")]
    [InlineData("", "completionQuantity='2'")]
    [InlineData("<task id='y'/><sequenceFlow id='g1' sourceRef='s' targetRef='y'/><sequenceFlow id='g2' sourceRef='y' targetRef='x'/>", "")]
    [InlineData("<exclusiveGateway id='y' default='g2'/><sequenceFlow id='g1' sourceRef='x' targetRef='y'/><sequenceFlow id='g2' sourceRef='y' targetRef='x'/>", "")]
    [InlineData("<boundaryEvent id='y' attachedToRef='w' cancelActivity='false'><timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition></boundaryEvent><sequenceFlow id='g1' sourceRef='y' targetRef='x'/>", "")]
    public void Check_WhenAnActivityWaitsForMoreTokensThanCanCome_IsEndless(string more, string before, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><task id="w" {before}/><task id="x" startQuantity="2"/><endEvent id="e"/>
         <sequenceFlow id="f" sourceRef="s" targetRef="w"/><sequenceFlow id="f2" sourceRef="w" targetRef="x"/><sequenceFlow id="f3" sourceRef="x" targetRef="e"/>{more}
         """).ShouldBe(expected);

    [Fact]
    public void Check_WhenAPathStopsWithoutAnEndEvent_Warns() =>
        Find("<startEvent id='s'/><task id='t'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>").ShouldBe(["implicit-end t Warning"]);

    [Theory]
    [InlineData("s", "t")]
    [InlineData("e", "t")]
    [InlineData("t", "b")]
    public void Check_WhenAFlowIsWhereNoneMayBe_IsAnError(string from, string to)
    {
        var target = from == "s" ? "s" : to;
        var source = from == "s" ? "t" : from;
        Find(
            $"""
             <startEvent id="s"/><task id="t"/><endEvent id="e"/><boundaryEvent id="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>
             <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
             <sequenceFlow id="bad" sourceRef="{source}" targetRef="{target}"/>
             """).ShouldBe(["flow-misplaced bad Error"]);
    }

    [Theory]
    [InlineData("exclusiveGateway", "default='f2'", true, false)]
    [InlineData("inclusiveGateway", "default='f2'", true, false)]
    [InlineData("exclusiveGateway", "", true, true, "default-missing g Error")]
    [InlineData("inclusiveGateway", "", true, true, "default-missing g Error")]
    [InlineData("exclusiveGateway", "default='f9'", true, true, "default-unknown g Error flow=f9")]
    [InlineData("exclusiveGateway", "", true, false, "default-missing g Error", "condition-missing f2 Error")]
    [InlineData("exclusiveGateway", "default='f2'", true, true, "condition-ignored f2 Warning")]
    [InlineData("exclusiveGateway", "default='f2'", false, false, "condition-missing f1 Error")]
    [InlineData("parallelGateway", "", false, false)]
    [InlineData("parallelGateway", "", true, false, "condition-ignored f1 Warning")]
    [InlineData("task", "", true, false)]
    [InlineData("task", "", true, true, "default-missing g Error")]
    [InlineData("task", "default='f2'", true, false)]
    public void Check_DefaultsAndConditions(string kind, string attributes, bool first, bool second, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><{kind} id="g" {attributes}/><endEvent id="e1"/><endEvent id="e2"/><sequenceFlow id="f0" sourceRef="s" targetRef="g"/>
         <sequenceFlow id="f1" sourceRef="g" targetRef="e1">{(first ? "<conditionExpression>score = 1</conditionExpression>" : "")}</sequenceFlow>
         <sequenceFlow id="f2" sourceRef="g" targetRef="e2">{(second ? "<conditionExpression>score = 2</conditionExpression>" : "")}</sequenceFlow>
         """).ShouldBe(expected);

    [Fact]
    public void Check_MergingGateway_NeedsNoDefault() => Find(
        """
        <startEvent id="s"/><parallelGateway id="p1"/><exclusiveGateway id="g"/><endEvent id="e"/><sequenceFlow id="f0" sourceRef="s" targetRef="p1"/>
        <sequenceFlow id="f1" sourceRef="p1" targetRef="g"/><sequenceFlow id="f2" sourceRef="p1" targetRef="g"/><sequenceFlow id="f3" sourceRef="g" targetRef="e"/>
        """).ShouldBe([]);

    [Theory]
    [InlineData("parallelGateway")]
    [InlineData("exclusiveGateway", "join-never-met j Error choice=g")]
    public void Check_WhenAJoinWaitsForOneOfTwoWays_IsAnError(string fork, params string[] expected)
    {
        var condition = fork == "exclusiveGateway" ? "<conditionExpression>score = 1</conditionExpression>" : "";
        Find(
            $"""
             <startEvent id="s"/><{fork} id="g" {(condition.Length > 0 ? "default='f2'" : "")}/><task id="a"/><task id="b"/><parallelGateway id="j"/><endEvent id="e"/>
             <sequenceFlow id="f0" sourceRef="s" targetRef="g"/><sequenceFlow id="f1" sourceRef="g" targetRef="a">{condition}</sequenceFlow><sequenceFlow id="f2" sourceRef="g" targetRef="b"/>
             <sequenceFlow id="f3" sourceRef="a" targetRef="j"/><sequenceFlow id="f4" sourceRef="b" targetRef="j"/><sequenceFlow id="f5" sourceRef="j" targetRef="e"/>
             """).ShouldBe(expected);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true", "join-never-met j Error choice=a")]
    public void Check_WhenAJoinWaitsForATaskAndItsInterruption_IsAnError(string cancel, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><task id="a"/><parallelGateway id="j"/><endEvent id="e"/>
         <boundaryEvent id="b" attachedToRef="a" cancelActivity="{cancel}"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
         <sequenceFlow id="f0" sourceRef="s" targetRef="a"/><sequenceFlow id="f1" sourceRef="a" targetRef="j"/><sequenceFlow id="f2" sourceRef="b" targetRef="j"/><sequenceFlow id="f3" sourceRef="j" targetRef="e"/>
         """).ShouldBe(expected);

    /// <summary>Two tokens come to the choice, or one comes twice: the join may well be met, so nothing is said.</summary>
    [Theory]
    [InlineData("<sequenceFlow id='x1' sourceRef='s' targetRef='p'/><sequenceFlow id='x2' sourceRef='p' targetRef='g'/><sequenceFlow id='x3' sourceRef='p' targetRef='g'/>", "")]
    [InlineData("<sequenceFlow id='x1' sourceRef='s' targetRef='p'/><sequenceFlow id='x2' sourceRef='p' targetRef='g'/>", "<sequenceFlow id='x9' sourceRef='a' targetRef='g'/>")]
    public void Check_WhenTheChoiceIsMadeAgain_DoesNotGuess(string before, string after) => Find(
        $"""
         <startEvent id="s"/><parallelGateway id="p"/><exclusiveGateway id="g" default="f2"/><task id="a"/><task id="b"/><parallelGateway id="j"/><endEvent id="e"/>{before}{after}
         <sequenceFlow id="f1" sourceRef="g" targetRef="a"><conditionExpression>score = 1</conditionExpression></sequenceFlow><sequenceFlow id="f2" sourceRef="g" targetRef="b"/>
         <sequenceFlow id="f3" sourceRef="a" targetRef="j"/><sequenceFlow id="f4" sourceRef="b" targetRef="j"/><sequenceFlow id="f5" sourceRef="j" targetRef="e"/>
         """).ShouldBeEmpty();

    [Fact]
    public void Check_EventGatewayWithOneEvent_IsAnError() => Find(
        """
        <startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><endEvent id="e"/>
        <sequenceFlow id="f0" sourceRef="s" targetRef="g"/><sequenceFlow id="f1" sourceRef="g" targetRef="c"/><sequenceFlow id="f2" sourceRef="c" targetRef="e"/>
        """).ShouldBe(["event-gateway-too-few g Error"]);

    [Theory]
    [InlineData("<serviceTask id='x'><extensionElements><pilot:service handler='pilots.accept'/></extensionElements></serviceTask>")]
    [InlineData("<serviceTask id='x'/>", "handler-missing x Error")]
    [InlineData("<serviceTask id='x'><extensionElements><pilot:service handler='pilots.explode'/></extensionElements></serviceTask>", "handler-unknown x Error handler=pilots.explode")]
    [InlineData("<callActivity id='x' calledElement='publication'/>")]
    [InlineData("<callActivity id='x'/>", "called-missing x Error")]
    [InlineData("<callActivity id='x' calledElement='gone'/>", "called-unknown x Error key=gone")]
    [InlineData("<intermediateCatchEvent id='x'><messageEventDefinition messageRef='m'/></intermediateCatchEvent>")]
    [InlineData("<intermediateCatchEvent id='x'><messageEventDefinition/></intermediateCatchEvent>", "message-missing x Error")]
    public void Check_References(string node, params string[] expected) => FindAround(node).ShouldBe(expected);

    [Theory]
    [InlineData("err")]
    [InlineData("", "error-code-missing x Warning")]
    public void Check_ErrorEnds(string error, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><endEvent id="x"><errorEventDefinition {(error.Length > 0 ? $"errorRef='{error}'" : "")}/></endEvent><sequenceFlow id="f" sourceRef="s" targetRef="x"/>
         """).ShouldBe(expected);

    [Theory]
    [InlineData("<userTask id='x' name='审核'><extensionElements><pilot:assignee kind='Role' value='coordinator'/></extensionElements></userTask>")]
    [InlineData("<userTask id='x' name='审核'/>", "assignee-missing x Error")]
    [InlineData("<userTask id='x' name='审核'><extensionElements><pilot:assignee kind='Office' value=' '/></extensionElements></userTask>", "assignee-missing x Error")]
    [InlineData("<sendTask id='x' name='告知'/>", "assignee-missing x Error")]
    [InlineData("<userTask id='x'><extensionElements><pilot:assignee kind='Role' value='coordinator'/></extensionElements></userTask>", "name-missing x Warning")]
    [InlineData("<userTask id='x' name='审核'><extensionElements><pilot:assignee kind='Expression' value='score'/></extensionElements></userTask>")]
    [InlineData("<userTask id='x' name='审核'><extensionElements><pilot:assignee kind='Expression' value='nobody'/></extensionElements></userTask>", "variable-undeclared x Error variable=nobody")]
    public void Check_People(string node, params string[] expected) => FindAround(node).ShouldBe(expected);

    [Theory]
    [InlineData("SameAs", "first", "first")]
    [InlineData("SameAs", "inner", "inner")]
    [InlineData("SameAs", "nowhere", "first", "step-unknown second Error step=nowhere")]
    [InlineData("SameAs", "third", "first", "step-not-earlier second Error step=third")]
    [InlineData("SameAs", "first", "second", "step-not-earlier second Error step=second")]
    [InlineData("Role", "third", "service", "step-unknown second Error step=service")]
    [InlineData("Role", "x", "beside", "step-not-earlier second Error step=beside")]
    public void Check_WhoDidSteps(string kind, string value, string notWhoDid, params string[] expected)
    {
        const string service = "<extensionElements><pilot:service handler='pilots.accept'/></extensionElements>";
        Find(
            $"""
             <startEvent id="s"/><userTask id="first" name="1">{Assigned}</userTask>
             <subProcess id="sub"><startEvent id="i"/><userTask id="inner" name="2">{Assigned}</userTask><endEvent id="j"/><sequenceFlow id="k1" sourceRef="i" targetRef="inner"/><sequenceFlow id="k2" sourceRef="inner" targetRef="j"/></subProcess>
             <serviceTask id="service">{service}</serviceTask><parallelGateway id="p"/>
             <userTask id="second" name="3"><extensionElements><pilot:assignee kind="{kind}" value="{value}"><pilot:notWhoDid step="{notWhoDid}"/></pilot:assignee></extensionElements></userTask>
             <userTask id="beside" name="4">{Assigned}</userTask><userTask id="third" name="5">{Assigned}</userTask><endEvent id="e"/>
             <sequenceFlow id="f1" sourceRef="s" targetRef="first"/><sequenceFlow id="f2" sourceRef="first" targetRef="sub"/><sequenceFlow id="f3" sourceRef="sub" targetRef="service"/>
             <sequenceFlow id="f4" sourceRef="service" targetRef="p"/><sequenceFlow id="f5" sourceRef="p" targetRef="second"/><sequenceFlow id="f6" sourceRef="p" targetRef="beside"/>
             <sequenceFlow id="f7" sourceRef="second" targetRef="third"/><sequenceFlow id="f8" sourceRef="third" targetRef="e"/><sequenceFlow id="f9" sourceRef="beside" targetRef="e"/>
             """).ShouldBe(expected);
    }

    /// <summary>A return leads back: the later step can have been done before the earlier one is done again.</summary>
    [Fact]
    public void Check_WhenALoopLeadsBack_TheLaterStepCountsAsEarlier() => Find(
        $"""
         <startEvent id="s"/><subProcess id="sub"><startEvent id="i"/>
           <userTask id="a" name="1"><extensionElements><pilot:assignee kind="SameAs" value="b"/></extensionElements></userTask><userTask id="b" name="2">{Assigned}</userTask>
           <sequenceFlow id="k1" sourceRef="i" targetRef="a"/><sequenceFlow id="k2" sourceRef="a" targetRef="b"/><endEvent id="j"/><sequenceFlow id="k3" sourceRef="b" targetRef="j"/></subProcess>
         <exclusiveGateway id="g" default="f2"/><endEvent id="e"/><sequenceFlow id="f0" sourceRef="s" targetRef="sub"/><sequenceFlow id="f1" sourceRef="sub" targetRef="g"/>
         <sequenceFlow id="f2" sourceRef="g" targetRef="e"/><sequenceFlow id="f3" sourceRef="g" targetRef="sub"><conditionExpression>score = 0</conditionExpression></sequenceFlow>
         """).ShouldBeEmpty();

    [Theory]
    [InlineData("<pilot:field name='score' kind='Number'/><pilot:field name='note' kind='LongText'/><pilot:field name='due' kind='Date'/>")]
    [InlineData("<pilot:field name='note' kind='Choice'><pilot:option value='a'/><pilot:option value='b'/></pilot:field>")]
    [InlineData("<pilot:field name='votes' kind='Choices'><pilot:option value='a'/><pilot:option value='b'/></pilot:field>")]
    [InlineData("<pilot:field name='other'/>", "variable-undeclared x Error variable=other")]
    [InlineData("<pilot:field name='note' kind='Choices'><pilot:option value='a'/></pilot:field>", "field-type-differs x Error variable=note type=Text")]
    [InlineData("<pilot:field name='votes' kind='Choice'><pilot:option value='a'/></pilot:field>", "field-type-differs x Error variable=votes type=List")]
    [InlineData("<pilot:field name='votes' kind='Choices'/>", "options-wrong x Error field=votes")]
    [InlineData("<pilot:field name='votes' kind='Choices'><pilot:option value='a'/><pilot:option value='a'/></pilot:field>", "options-wrong x Error field=votes")]
    [InlineData("<pilot:field name='score' kind='Text'/>", "field-type-differs x Error variable=score type=Number")]
    [InlineData("<pilot:field name='note' kind='Boolean'/>", "field-type-differs x Error variable=note type=Text")]
    [InlineData("<pilot:field name='note' kind='Choice'/>", "options-wrong x Error field=note")]
    [InlineData("<pilot:field name='note' kind='Choice'><pilot:option value='a'/><pilot:option value='a'/></pilot:field>", "options-wrong x Error field=note")]
    [InlineData("<pilot:field name='note'><pilot:option value='a'/></pilot:field>", "options-wrong x Error field=note")]
    public void Check_Forms(string fields, params string[] expected) =>
        FindAround($"<userTask id='x' name='审核'><extensionElements><pilot:assignee value='coordinator'/><pilot:form>{fields}</pilot:form></extensionElements></userTask>").ShouldBe(expected);

    [Fact]
    public void Check_WhenTwoStepsHaveOneName_Warns() => Find(
        """
        <startEvent id="s"/><task id="a" name="审核"/><task id="b" name=" 审核"/><endEvent id="e" name="审核"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/><sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
        """).ShouldBe(["name-twice b Warning name=审核"]);

    [Theory]
    [InlineData("timeDate", "2023-12-31")]
    [InlineData("timeDate", "2023-12-31T09:00:00+08:00")]
    [InlineData("timeDate", "=due")]
    [InlineData("timeDuration", "P5D")]
    [InlineData("timeDuration", "P1Y2M3W4DT5H6M7.5S")]
    [InlineData("timeCycle", "R3/P1D")]
    [InlineData("timeCycle", "R/P1W")]
    [InlineData("timeDate", "", "time-missing x Error")]
    [InlineData("timeDate", "= ", "time-missing x Error")]
    [InlineData("timeDate", "2023-02-30", "time-invalid x Error value=2023-02-30")]
    [InlineData("timeDate", "P5D", "time-invalid x Error value=P5D")]
    [InlineData("timeDuration", "5 days", "time-invalid x Error value=5 days")]
    [InlineData("timeDuration", "P", "time-invalid x Error value=P")]
    [InlineData("timeDuration", "P1DT", "time-invalid x Error value=P1DT")]
    [InlineData("timeDuration", "R3/P1D", "time-invalid x Error value=R3/P1D")]
    [InlineData("timeCycle", "R/P1D/2023-12-31", "time-invalid x Error value=R/P1D/2023-12-31")]
    [InlineData("timeCycle", "P1D", "time-invalid x Error value=P1D")]
    [InlineData("timeCycle", "0 0 * * *", "time-invalid x Error value=0 0 * * *")]
    [InlineData("timeDate", "=someday", "variable-undeclared x Error variable=someday")]
    public void Check_Timers(string kind, string text, params string[] expected) =>
        FindAround($"<intermediateCatchEvent id='x'><timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition></intermediateCatchEvent>").ShouldBe(expected);

    [Theory]
    [InlineData("P5D")]
    [InlineData("2023-12-31")]
    [InlineData("=due")]
    [InlineData("next week", "time-invalid x Error value=next week")]
    [InlineData("=later", "variable-undeclared x Error variable=later")]
    public void Check_DueDates(string due, params string[] expected) =>
        FindAround($"<userTask id='x' name='审核'><extensionElements><pilot:assignee value='coordinator'/><pilot:due value='{due}'/></extensionElements></userTask>").ShouldBe(expected);

    [Theory]
    [InlineData("score &gt; 60")]
    [InlineData("points &gt; 60", "variable-undeclared f1 Error variable=points")]
    [InlineData("score ??", "expression-invalid f1 Error expression=score ?? error=unreadable")]
    [InlineData("loopCounter = 1", "variable-undeclared f1 Error variable=loopCounter")]
    public void Check_ConditionExpressions(string condition, params string[] expected) => Find(
        $"""
         <startEvent id="s"/><exclusiveGateway id="g" default="f2"/><endEvent id="e1"/><endEvent id="e2"/><sequenceFlow id="f0" sourceRef="s" targetRef="g"/>
         <sequenceFlow id="f1" sourceRef="g" targetRef="e1"><conditionExpression>{condition}</conditionExpression></sequenceFlow><sequenceFlow id="f2" sourceRef="g" targetRef="e2"/>
         """).ShouldBe(expected);

    [Theory]
    [InlineData("pilot:collection='assessors' pilot:itemVariable='assessor' pilot:outputCollection='votes' pilot:outputItem='score'", "<completionCondition>nrOfCompletedInstances = nrOfInstances</completionCondition>")]
    [InlineData("", "<loopCardinality>score</loopCardinality>")]
    [InlineData("", "", "count-missing x Error")]
    [InlineData("", "<loopCardinality>many</loopCardinality>", "variable-undeclared x Error variable=many")]
    [InlineData("", "<loopCardinality>nrOfInstances</loopCardinality>", "variable-undeclared x Error variable=nrOfInstances")]
    [InlineData("pilot:collection='nobody'", "", "variable-undeclared x Error variable=nobody")]
    [InlineData("pilot:collection='score'", "", "variable-not-a-list x Error variable=score")]
    [InlineData("pilot:collection='assessors' pilot:outputCollection='note'", "", "variable-not-a-list x Error variable=note")]
    [InlineData("pilot:collection='assessors' pilot:outputItem='opinion'", "", "variable-undeclared x Error variable=opinion")]
    [InlineData("pilot:collection='assessors'", "<completionCondition>enough</completionCondition>", "variable-undeclared x Error variable=enough")]
    public void Check_MultiInstances(string attributes, string inside, params string[] expected) =>
        FindAround($"<task id='x'><multiInstanceLoopCharacteristics {attributes}>{inside}</multiInstanceLoopCharacteristics></task>").ShouldBe(expected);

    /// <summary>An instance sees its item and its counter, also inside a sub-process; the boundary beside it does not.</summary>
    [Fact]
    public void Check_ItemVariables_AreKnownInsideOnly() => Find(
        """
        <startEvent id="s"/>
        <subProcess id="x"><multiInstanceLoopCharacteristics pilot:collection="assessors" pilot:itemVariable="assessor" pilot:outputCollection="votes" pilot:outputItem="score"/>
          <startEvent id="i"/><userTask id="u" name="打分"><extensionElements><pilot:assignee kind="Expression" value="assessor"/><pilot:form><pilot:field name="score" kind="Number"/></pilot:form></extensionElements></userTask>
          <sendTask id="t" name="告知"><extensionElements><pilot:assignee kind="Expression" value="assessor"/><pilot:text>第{loopCounter}位{stranger}</pilot:text></extensionElements></sendTask><endEvent id="j"/>
          <sequenceFlow id="k1" sourceRef="i" targetRef="u"/><sequenceFlow id="k2" sourceRef="u" targetRef="t"/><sequenceFlow id="k3" sourceRef="t" targetRef="j"/>
        </subProcess>
        <boundaryEvent id="b" attachedToRef="x"><timerEventDefinition><timeDate>=assessor</timeDate></timerEventDefinition></boundaryEvent>
        <endEvent id="e"/><sequenceFlow id="f0" sourceRef="s" targetRef="x"/><sequenceFlow id="f1" sourceRef="x" targetRef="e"/><sequenceFlow id="f2" sourceRef="b" targetRef="e"/>
        """).ShouldBe(["variable-undeclared t Error variable=stranger", "variable-undeclared b Error variable=assessor"]);

    [Fact]
    public void Check_TwoFieldsOfAnInstance_TheCollectedOneNeedsNoDeclaration() => FindAround(
        """
        <userTask id="x" name="会签"><extensionElements><pilot:assignee value="coordinator"/><pilot:form><pilot:field name="vote"/><pilot:field name="remark"/></pilot:form></extensionElements>
          <multiInstanceLoopCharacteristics pilot:collection="assessors" pilot:outputCollection="votes" pilot:outputItem="vote"/></userTask>
        """).ShouldBe(["variable-undeclared x Error variable=remark"]);

    /// <summary>Flows that are sound because of how they are made: whatever the blocks, the checks must not cry wolf.</summary>
    [Fact]
    public void Check_GeneratedSoundFlows_HaveNoErrors() => Prop.ForAll(GeneratedFlows.Arbitrary(), process =>
        ModelChecks.Check(process, Context).Where(f => f.Severity == FindingSeverity.Error).ShouldBeEmpty()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>The same flows with one flow taken away always have something that is wrong or at least ends early.</summary>
    [Fact]
    public void Check_GeneratedFlowsWithOneFlowLess_AreFound() => Prop.ForAll(GeneratedFlows.Arbitrary(), process =>
    {
        var flows = process.Scope.Flows;
        var less = process with { Scope = new FlowScope(process.Scope.Id, process.Scope.Nodes, flows.Skip(1).ToList()) };
        ModelChecks.Check(less, Context).Select(f => f.Code).ShouldContain(c => c == FindingCodes.Unreachable || c == FindingCodes.ImplicitEnd);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static IReadOnlyList<string> FindAround(string node) => Find(
        $"""
         <startEvent id="start"/>{node}<endEvent id="end"/>
         <sequenceFlow id="in" sourceRef="start" targetRef="x"/><sequenceFlow id="out" sourceRef="x" targetRef="end"/>
         """);

    private static IReadOnlyList<string> Find(string inside)
    {
        var model = Source.Accept(Source.Definitions($"<message id='m' name='补正'/><error id='err' errorCode='E'/><process id='proc'>{Declared}{inside}</process>"));
        return ModelChecks.Check(model.Processes[0], Context)
            .Select(f => $"{f.Code} {f.ElementId} {f.Severity}" + string.Concat(f.Values.Select(v => $" {v.Key}={v.Value}")))
            .ToList();
    }

    private static CheckContext Context => new(
        expression => expression.Contains("??", StringComparison.Ordinal)
            ? ([], "unreadable")
            : (Regex.Matches(expression, "[A-Za-z]+").Select(m => m.Value).ToList(), null),
        new HashSet<string> { "pilots.accept" },
        new HashSet<string> { "publication", "other" });
}
