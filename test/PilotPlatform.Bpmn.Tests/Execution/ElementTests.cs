using System.Text.Json;
using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>Gateways, events, sub-processes and their combinations.</summary>
public sealed class ElementTests
{
    [Fact]
    public void Exclusive_HasNoJoin()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").Xor("x").User("c").End("e")
            .Line("s", "f", "a", "x", "c", "e").Line("f", "b", "x"));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass x, start c");
        i.Complete("b").ShouldBe("done b, pass x, start c");
        i.Complete("c").ShouldBe("done c, pass e");
        i.Complete("c").ShouldBe("done c, pass e, end Completed");
    }

    [Fact]
    public void Exclusive_WhenAFlowHasNoCondition_TakesItInItsTurn()
    {
        var i = new Instance(
            new Drawing().Start("s").Xor("x").User("a").User("b").Line("s", "x").Flow("x", "a", "n > 1").Flow("x", "b"), ("n", 1));
        i.Start().ShouldBe("pass s, pass x, start b");
    }

    [Fact]
    public void Activity_WhenSeveralFlowsLeave_TakesAllThatHold()
    {
        Drawing Draw() => new Drawing().Start("s").User("a", otherwise: "d").User("b").User("c").User("d")
            .Line("s", "a").Flow("a", "b", "n > 1").Flow("a", "c", "n > 2").Flow("a", "d");
        string Run(int n)
        {
            var i = new Instance(Draw());
            i.Start();
            return i.Complete("a", ("n", n));
        }

        Run(3).ShouldBe("done a, start b, start c");
        Run(2).ShouldBe("done a, start b");
        Run(1).ShouldBe("done a, start d");
    }

    [Fact]
    public void Activity_WhenNoConditionHolds_IsStuckAndKeepsItsPlace()
    {
        var i = new Instance(new Drawing().Start("s").User("a").User("b").Line("s", "a").Flow("a", "b", "n > 1").OnTimer("t", "a", "P1D").User("late").Line("t", "late"));
        i.Start().ShouldBe("pass s, start a, timer t P1D");
        i.Complete("a", ("n", 1)).ShouldBe("done a, clear t, stuck a no-condition-holds");
        Should.Throw<UnknownExecutionException>(() => i.Complete("a"));
        i.Skip("a").ShouldBe("start b");
    }

    [Fact]
    public void Condition_WhenItFails_IsStuckWithTheReason()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x", "b").User("a").User("b").Line("s", "x").Flow("x", "a", "n > 1").Flow("x", "b"));
        i.Start().ShouldBe("pass s, pass x, stuck x expression-failed");
        i.Effects.OfType<Stuck>().Single().Detail.ShouldContain("cannot-be-ordered");
        i.Skip("x").ShouldBe("start b");
    }

    [Fact]
    public void Skip_WhenTheExpressionFails_TakesTheNamedFlow()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x", "b").User("a").User("b").Line("s", "x").Flow("x", "a", "n > 1").Flow("x", "b"));
        i.Start();
        i.Skip("x", "x-b").ShouldBe("start b");
    }

    [Fact]
    public void Condition_WhenItIsNoExpression_IsStuck()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x").User("a").Line("s", "x").Flow("x", "a", "${bad}"));
        i.Start().ShouldBe("pass s, pass x, stuck x expression-failed");
    }

    [Fact]
    public void Parallel_WhenAFlowBringsTwoTokens_JoinsOneOfEach()
    {
        // a and b both lead to m, and from there over one flow to the join.
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").User("c").Xor("m").And("j").User("d").End("e")
            .Line("s", "f", "a", "m", "j", "d", "e").Line("f", "b", "m").Line("f", "c", "j"));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass m");
        i.Complete("b").ShouldBe("done b, pass m");
        i.Complete("c").ShouldBe("done c, pass j, start d");
        i.Complete("d").ShouldBe("done d, pass e, stuck j waits-for-nobody");
        i.Retry("j").ShouldBe("stuck j waits-for-nobody");
        i.Skip("j").ShouldBe("pass j, start d");
        i.Complete("d").ShouldBe("done d, pass e, end Completed");
    }

    [Fact]
    public void Parallel_WhenASideNeverComes_IsToldAndCanBeSkipped()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x", "b").User("a").User("b").And("j").User("c")
            .Line("s", "x").Flow("x", "a", "n = 1").Flow("x", "b").Line("a", "j", "c").Line("b", "j"), ("n", 1));
        i.Start();
        i.Complete("a").ShouldBe("done a, stuck j waits-for-nobody");
        i.Effects.OfType<Stuck>().Single().Detail.ShouldBe("b-j");
        i.Skip("j").ShouldBe("pass j, start c");
    }

    [Theory]
    [InlineData(1, "start a", "a")]
    [InlineData(2, "start a, start b", "a b")]
    [InlineData(3, "start a, start b, start c", "a b c")]
    [InlineData(0, "start d", "d")]
    public void Inclusive_SplitsAndJoinsWhatWasTaken(int n, string started, string order)
    {
        var i = new Instance(
            new Drawing().Start("s").Or("o", "d").User("a").User("b").User("c").User("d").Or("j").User("z").End("e")
                .Line("s", "o").Flow("o", "a", "n >= 1").Flow("o", "b", "n >= 2").Flow("o", "c", "n >= 3").Flow("o", "d")
                .Line("a", "j", "z", "e").Line("b", "j").Line("c", "j").Line("d", "j"),
            ("n", n));
        i.Start().ShouldBe("pass s, pass o, " + started);
        var tasks = order.Split(' ');
        foreach (var task in tasks.SkipLast(1))
        {
            i.Complete(task).ShouldBe($"done {task}");
        }

        i.Complete(tasks[^1]).ShouldBe($"done {tasks[^1]}, pass j, start z");
    }

    [Fact]
    public void Inclusive_WaitsForATokenInALoop()
    {
        // b may be done again and again before it comes to the join.
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").Xor("x", "j").Or("j").User("z").End("e")
            .Line("s", "f", "a", "j", "z", "e").Line("f", "b", "x").Flow("x", "b", "again").Flow("x", "j"));
        i.Start();
        i.Complete("a").ShouldBe("done a");
        i.Complete("b", ("again", true)).ShouldBe("done b, pass x, start b");
        i.Complete("b", ("again", false)).ShouldBe("done b, pass x, pass j, start z");
    }

    [Fact]
    public void Inclusive_WaitsForWhatABoundaryMaySend()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").OnTimer("t", "b", "P1D").End("dead").Or("j").User("z").End("e")
            .Line("s", "f", "a", "j", "z", "e").Line("f", "b", "dead").Line("t", "j"));
        i.Start();
        i.Complete("a").ShouldBe("done a");
        i.Fire("t").ShouldBe("cancel b Interrupted, pass t, pass j, start z");
    }

    [Fact]
    public void Inclusive_WhenTheOtherSideEnded_GoesOn()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").Xor("x", "j").End("dead").Or("j").User("z").End("e")
            .Line("s", "f", "a", "j", "z", "e").Line("f", "b", "x").Flow("x", "dead", "stop").Flow("x", "j"));
        i.Start();
        i.Complete("a").ShouldBe("done a");
        i.Complete("b", ("stop", true)).ShouldBe("done b, pass x, pass dead, pass j, start z");
    }

    [Fact]
    public void Inclusive_WhenInALoop_JoinsEachRound()
    {
        // The join is its own successor by way of the loop: a token that must first pass the join is not waited for.
        var i = new Instance(
            new Drawing().Start("s").Or("j").User("a").Xor("x", "e").End("e")
                .Line("s", "j", "a", "x").Flow("x", "j", "again").Flow("x", "e"));
        i.Start().ShouldBe("pass s, pass j, start a");
        i.Complete("a", ("again", true)).ShouldBe("done a, pass x, pass j, start a");
        i.Complete("a", ("again", false)).ShouldBe("done a, pass x, pass e, end Completed");
    }

    [Fact]
    public void Inclusive_WhenTwoJoinsWaitForOneAnother_TheOlderGoesOn()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").Or("j").Or("k").Xor("x", "e1").Xor("y", "e2").End("e1").End("e2")
            .Line("s", "f", "a", "j", "x").Line("f", "b", "k", "y")
            .Flow("x", "k", "n = 1").Flow("x", "e1").Flow("y", "j", "n = 2").Flow("y", "e2"), ("n", 0));
        i.Start();
        i.Complete("a").ShouldBe("done a");
        i.Complete("b").ShouldBe("done b, pass j, pass x, pass e1, pass k, pass y, pass e2, end Completed");
    }

    [Fact]
    public void EventGateway_TakesWhatHappensFirst()
    {
        Drawing Draw() => new Drawing().Start("s").First("g").Wait("t", "P3D").Receive("m", "reply").User("late").User("answered")
            .Line("s", "g", "t", "late").Line("g", "m", "answered");
        var i = new Instance(Draw());
        i.Start().ShouldBe("pass s, timer t P3D, await m reply");
        i.Deliver("m", ("text", "yes")).ShouldBe("clear t, pass g, pass m, start answered");
        i["text"].ShouldBe("\"yes\"");
        i.Effects.OfType<FlowTaken>().Select(f => f.NodeId).ShouldBe(["s-g", "g-m", "m-answered"]);
        var j = new Instance(Draw());
        j.Start();
        j.Fire("t").ShouldBe("drop m, pass g, pass t, start late");
    }

    [Fact]
    public void EventGateway_WhenNoEventFollows_IsStuck()
    {
        FlowNode[] nodes = [new StartEvent("s", null, null), new EventBasedGateway("g", null), new ManualTask("m", null, null, null, false)];
        SequenceFlow[] flows = [new("f1", null, "s", "g", null), new("f2", null, "g", "m", null)];
        var machine = new ProcessMachine(new ProcessModel("p", null, true, [], new FlowScope("p", nodes, flows)));
        new Instance(machine).Start().ShouldBe("pass s, stuck g event-expected");
    }

    [Fact]
    public void CatchEvents_WaitForTheirTimerOrMessage()
    {
        var i = new Instance(new Drawing().Start("s").Wait("t", "PT2H").Receive("m", "go").End("e").Line("s", "t", "m", "e"));
        i.Start().ShouldBe("pass s, timer t PT2H");
        i.Fire("t").ShouldBe("pass t, await m go");
        i.Deliver("m").ShouldBe("pass m, pass e, end Completed");
    }

    [Fact]
    public void FireTimer_WhenItIsAMessage_IsUnknown()
    {
        var i = new Instance(new Drawing().Start("s").Receive("m", "go").Line("s", "m"));
        i.Start();
        var id = i.WaitId("m", LiveKind.Message);
        var before = i.State.ToJson();
        Should.Throw<UnknownExecutionException>(() => i.Machine.FireTimer(i.State, id)).Id.ShouldBe(id);
        i.State.ToJson().ShouldBe(before);
    }

    [Theory]
    [InlineData("=due", "2026-03-01", "timer t 2026-03-01")]
    [InlineData("2026-03-01T09:00:00Z", null, "timer t 2026-03-01T09:00:00Z")]
    [InlineData("=due", "soon", "stuck t timer-invalid")]
    [InlineData("=due", 5, "stuck t timer-invalid")]
    [InlineData("=due", null, "stuck t timer-invalid")]
    [InlineData("=due > 1", "x", "stuck t expression-failed")]
    [InlineData("2026-13-01", null, "stuck t timer-invalid")]
    public void Timer_IsEvaluatedWhenItIsSet(string text, object? due, string expected)
    {
        var i = new Instance(new Drawing().Start("s").WaitUntil("t", text).End("e").Line("s", "t", "e"), ("due", due));
        i.Start().ShouldBe("pass s, " + expected);
        if (expected.StartsWith("stuck", StringComparison.Ordinal))
        {
            i.State.Variables["due"] = JsonSerializer.SerializeToElement("2026-05-01");
            if (text == "=due")
            {
                i.Retry("t").ShouldBe("timer t 2026-05-01");
            }
            else
            {
                i.Skip("t").ShouldBe("pass t, pass e, end Completed");
            }
        }
    }

    [Theory]
    [InlineData("P1D", true)]
    [InlineData("P1Y2M3W4DT5H6M7.5S", true)]
    [InlineData("PT1H", true)]
    [InlineData("P", false)]
    [InlineData("PT", false)]
    [InlineData("P1DT", false)]
    [InlineData("1 day", false)]
    [InlineData("P-1D", false)]
    public void Timer_WhenADuration_IsChecked(string text, bool isValid)
    {
        var i = new Instance(new Drawing().Start("s").Wait("t", text).Line("s", "t"));
        i.Start().ShouldBe(isValid ? $"pass s, timer t {text}" : "pass s, stuck t timer-invalid");
    }

    [Theory]
    [InlineData("R3/P1D", true)]
    [InlineData("R/PT1H", true)]
    [InlineData("R5/2026-01-01T00:00:00Z/P1D", true)]
    [InlineData("R3", false)]
    [InlineData("P1D", false)]
    public void Timer_WhenACycle_IsChecked(string text, bool isValid)
    {
        var i = new Instance(new Drawing().Start("s").User("a").OnTimer("t", "a", text, interrupting: false, kind: "timeCycle").Line("s", "a"));
        i.Start().ShouldBe(isValid ? $"pass s, start a, timer t {text}" : "pass s, stuck a timer-invalid");
    }

    [Fact]
    public void BoundaryTimer_WhenInterrupting_EndsTheActivity()
    {
        var i = new Instance(new Drawing().Start("s").User("a").OnTimer("t", "a", "P1D").OnTimer("r", "a", "PT1H", interrupting: false)
            .User("late").User("b").Line("s", "a", "b").Line("t", "late"));
        i.Start().ShouldBe("pass s, start a, timer t P1D, timer r PT1H");
        i.Effects.OfType<TimerSet>().ShouldAllBe(t => t.AttachedTo == i.Id("a"));
        i.Fire("t").ShouldBe("clear r, cancel a Interrupted, pass t, start late");
    }

    [Fact]
    public void BoundaryTimer_WhenACycle_FiresAgainUntilTheLast()
    {
        var i = new Instance(new Drawing().Start("s").User("a").OnTimer("t", "a", "R2/P1D", interrupting: false, kind: "timeCycle")
            .Send("urge").End("e").Line("s", "a").Line("t", "urge", "e"));
        i.Start();
        i.Fire("t", isLast: false).ShouldBe("pass t, start urge");
        i.Fire("t", isLast: false).ShouldBe("pass t, start urge");
        i.Fire("t").ShouldBe("pass t, start urge");
        i.Live.ShouldNotContain(l => l.Kind == LiveKind.Timer);
        i.Complete("a").ShouldBe("done a");
        i.Complete("urge").ShouldBe("done urge, pass e");
        i.Complete("urge");
        i.Complete("urge").ShouldBe("done urge, pass e, end Completed");
    }

    [Fact]
    public void BoundaryTimer_WhenTheCycleIsNotOverButTheTokenGoesOn_IsCleared()
    {
        var i = new Instance(new Drawing().Start("s").User("a").OnTimer("t", "a", "R/P1D", kind: "timeCycle").End("e").Line("s", "a").Line("t", "e"));
        i.Start();
        i.Fire("t", isLast: false).ShouldBe("clear t, cancel a Interrupted, pass t, pass e, end Completed");
    }

    [Fact]
    public void Error_GoesToTheBoundaryThatNamesItBeforeTheOneThatCatchesAll()
    {
        Drawing Draw() => new Drawing().Start("s").Service("a").OnError("any", "a", null).OnError("e1", "a", "E1").User("x").User("y").User("z")
            .Line("s", "a", "z").Line("any", "x").Line("e1", "y");
        var i = new Instance(Draw());
        i.Start();
        i.Throw("a", "E1").ShouldBe("cancel a Interrupted, pass e1, start y");
        var j = new Instance(Draw());
        j.Start();
        j.Throw("a", "E2").ShouldBe("cancel a Interrupted, pass any, start x");
    }

    [Fact]
    public void Error_WhenNobodyCatches_FailsTheInstance()
    {
        var i = new Instance(new Drawing().Start("s").And("f").Service("a").User("b").OnError("e1", "b", "E1").End("e").Line("s", "f", "a").Line("f", "b", "e").Line("e1", "e"));
        i.Start();
        i.Throw("a", "E1").ShouldBe("cancel a ScopeEnded, cancel b ScopeEnded, end Failed E1");
    }

    [Fact]
    public void ErrorEnd_GoesOutwardsThroughSubProcesses()
    {
        var i = new Instance(new Drawing().Start("s").Sub("outer", o => o.Start("os").Sub("inner", n => n.Start("is").And("f").User("a").User("b").Error("bad", "E1")
                .Line("is", "f", "a", "bad").Line("f", "b")).OnError("other", "inner", "E2").Line("os", "inner"))
            .OnError("caught", "outer", "E1").User("repair").End("e").Line("s", "outer", "e").Line("caught", "repair"));
        i.Start().ShouldBe("pass s, pass outer, pass os, pass inner, pass is, pass f, start a, start b");
        i.Complete("a").ShouldBe("done a, pass bad, cancel b Interrupted, pass caught, start repair");
        i.Live.Count.ShouldBe(1);
    }

    [Fact]
    public void ErrorEnd_InTheProcess_FailsTheInstance()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").Error("bad", "E9").Line("s", "f", "a").Line("f", "bad"));
        i.Start().ShouldBe("pass s, pass f, start a, pass bad, cancel a ScopeEnded, end Failed E9");
    }

    [Fact]
    public void Terminate_EndsEverythingInItsScopeOnly()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("x").Sub("sub", n => n.Start("is").And("g").User("a").User("b").Terminate("stop").Line("is", "g", "a", "stop").Line("g", "b"))
            .User("c").Terminate("end").Line("s", "f", "x").Line("f", "sub", "c", "end"));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass stop, cancel b ScopeEnded, start c");
        i.Complete("c").ShouldBe("done c, pass end, cancel x ScopeEnded, end Terminated");
    }

    [Fact]
    public void SubProcess_EndsWithItsLastToken()
    {
        var i = new Instance(new Drawing().Start("s").Sub("sub", n => n.Start("is").And("g").User("a").User("b").End("ie").Line("is", "g", "a", "ie").Line("g", "b"))
            .OnTimer("t", "sub", "P1D").User("late").User("c").Line("s", "sub", "c").Line("t", "late"));
        i.Start().ShouldBe("pass s, pass sub, timer t P1D, pass is, pass g, start a, start b");
        i.Complete("a").ShouldBe("done a, pass ie");
        i.Complete("b").ShouldBe("done b, clear t, start c");
    }

    [Fact]
    public void SubProcess_WhenInterrupted_LosesEverythingInIt()
    {
        var i = new Instance(new Drawing().Start("s").Sub("sub", n => n.Start("is").And("g").User("a").OnTimer("it", "a", "PT1H").Receive("m", "x").Line("is", "g", "a").Line("g", "m").End("ie").Line("it", "ie"))
            .OnTimer("t", "sub", "P1D").OnTimer("soft", "sub", "PT2H", interrupting: false).User("late").User("warn").Line("s", "sub").Line("t", "late").Line("soft", "warn"));
        i.Start();
        i.Fire("soft").ShouldBe("pass soft, start warn");
        i.Fire("t").ShouldBe("clear it, cancel a Interrupted, drop m, pass t, start late");
        i.AtWork.ShouldBe("warn late");
    }

    [Fact]
    public void SubProcess_WhenEmpty_IsPassed() =>
        new Instance(new Drawing().Start("s").Sub("sub", _ => { }).End("e").Line("s", "sub", "e")).Start()
            .ShouldBe("pass s, pass sub, pass e, end Completed");

    [Fact]
    public void SubProcess_WithoutAStartEvent_BeginsWhatNothingLeadsTo() =>
        new Instance(new Drawing().Start("s").Sub("sub", n => n.User("a").User("b")).Line("s", "sub")).Start()
            .ShouldBe("pass s, pass sub, start a, start b");

    [Fact]
    public void CallActivity_WaitsAndMayFail()
    {
        Drawing Draw() => new Drawing().Start("s").CallActivity("call").OnError("err", "call", null).User("a").User("b").Line("s", "call", "a").Line("err", "b");
        var i = new Instance(Draw());
        i.Start().ShouldBe("pass s, start call");
        i.Complete("call", ("result", 1)).ShouldBe("done call, start a");
        i["result"].ShouldBe("1");
        var j = new Instance(Draw());
        j.Start();
        j.Throw("call", "X").ShouldBe("cancel call Interrupted, pass err, start b");
    }

    [Fact]
    public void Loop_WithoutAnythingToWaitFor_IsStoppedAndOthersGoOn()
    {
        var i = new Instance(new Drawing().Start("s").And("f").Xor("x").Manual("m").User("a").End("e").Line("s", "f", "x", "m", "x").Line("f", "a", "e"));
        var told = i.Start();
        told.ShouldContain("endless-loop");
        told.ShouldContain("start a");
        i.Complete("a").ShouldBe("done a, pass e");
        i.Effects.Count.ShouldBeLessThan(3 * ProcessMachine.MaxSteps);
    }

    [Fact]
    public void Loop_ThatMultipliesItsTokens_IsStopped()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x").And("f").Manual("m").Line("s", "x", "f", "x").Line("f", "m", "x"));
        i.Start().ShouldContain("too-many-tokens");
        i.Live.Count.ShouldBeInRange(ProcessMachine.MaxTokens, ProcessMachine.MaxTokens + 10);
    }

    [Fact]
    public void Skip_WhenActive_Completes()
    {
        var i = new Instance(new Drawing().Start("s").Service("a").OnTimer("t", "a", "P1D").User("b").Line("s", "a", "b"));
        i.Start();
        i.Skip("a", null, ("x", 1)).ShouldBe("done a, clear t, start b");
        i["x"].ShouldBe("1");
    }

    [Fact]
    public void Retry_WhenActive_BeginsAgainUnderTheSameId()
    {
        var i = new Instance(new Drawing().Start("s").Service("a").Line("s", "a"));
        i.Start();
        var id = i.Id("a");
        i.Retry("a").ShouldBe("start a");
        i.Id("a").ShouldBe(id);
    }

    [Fact]
    public void Retry_WhenTheBoundaryTimerFailed_BeginsTheActivityUnderTheSameId()
    {
        var i = new Instance(new Drawing().Start("s").User("a").OnTimer("t", "a", "=due").Line("s", "a"));
        i.Start().ShouldBe("pass s, stuck a timer-invalid");
        var id = i.Id("a");
        i.State.Variables["due"] = JsonSerializer.SerializeToElement("P5D");
        i.Retry("a").ShouldBe("start a, timer t P5D");
        i.Id("a").ShouldBe(id);
        i.Effects.OfType<TimerSet>().Single().Trigger.Kind.ShouldBe(TimerKind.Duration);
    }

    [Fact]
    public void Terminate_ByAnAdministrator_EndsEverything()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").Wait("t", "P1D").Line("s", "f", "a").Line("f", "t"));
        i.Start();
        i.Terminate().ShouldBe("cancel a Administrator, clear t, end Terminated");
        Should.Throw<InvalidOperationException>(() => i.Terminate());
    }

    [Fact]
    public void Complete_WhenDoneAlready_IsUnknownAndChangesNothing()
    {
        var i = new Instance(new Drawing().Start("s").User("a").User("b").Line("s", "a", "b"));
        i.Start();
        var id = i.Id("a");
        i.Complete("a");
        var before = i.State.ToJson();
        Should.Throw<UnknownExecutionException>(() => i.Complete(id, ("x", 1))).Id.ShouldBe(id);
        Should.Throw<UnknownExecutionException>(() => i.Machine.ThrowError(i.State, 99, "E"));
        Should.Throw<UnknownExecutionException>(() => i.Machine.Retry(i.State, 99));
        Should.Throw<UnknownExecutionException>(() => i.Machine.Skip(i.State, 99, new Dictionary<string, JsonElement>()));
        Should.Throw<UnknownExecutionException>(() => i.Machine.SendBack(i.State, 99, "a"));
        Should.Throw<UnknownExecutionException>(() => i.Machine.VariablesOf(i.State, 99));
        i.State.ToJson().ShouldBe(before);
    }

    [Fact]
    public void Machine_WhenAFlowLeavesItsScope_IsRejected()
    {
        var scope = new FlowScope("p", [new StartEvent("s", null, null)], [new SequenceFlow("f", null, "s", "gone", null)]);
        Should.Throw<ArgumentException>(() => new ProcessMachine(new ProcessModel("p", null, true, [], scope)));
    }

    [Fact]
    public void State_KeepsChineseTextAndEveryKindOfValue()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Line("s", "a"));
        i.Start();
        using (var document = JsonDocument.Parse("""{"文":"退回修改","n":1.50,"l":[1,"二",null],"b":true,"z":null}"""))
        {
            i.Do((m, s) => m.Complete(s, 1, document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value)));
        }

        i.State.ToJson().ShouldBe("""{"vars":{"文":"退回修改","n":1.50,"l":[1,"二",null],"b":true,"z":null},"last":1,"end":0,"done":[{"n":"a","a":1,"u":1}],"exec":[],"wait":[]}""");
        Should.Throw<JsonException>(() => ProcessState.FromJson("null"));
        Should.Throw<JsonException>(() => ProcessState.FromJson("{}"));
    }
}
