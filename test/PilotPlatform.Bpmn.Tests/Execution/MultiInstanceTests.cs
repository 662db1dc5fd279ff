using System.Text.Json;
using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

public sealed class MultiInstanceTests
{
    private static Drawing Around(Func<Drawing, Drawing> activity) =>
        activity(new Drawing().Start("s")).User("z").End("e").Line("s", "m", "z", "e");

    [Fact]
    public void Parallel_OverACollection_GivesEachItsItem()
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Over: "people", Item: "person", Into: "votes", Output: "vote"))), ("people", new[] { "甲", "乙", "丙" }));
        i.Start().ShouldBe("pass s, start m[0], start m[1], start m[2]");
        var second = i.Machine.VariablesOf(i.State, i.Live.Single(l => l.LoopCounter == 1).Id);
        second["person"].GetString().ShouldBe("乙");
        second["loopCounter"].GetInt32().ShouldBe(1);
        second["nrOfInstances"].GetInt32().ShouldBe(3);
        second["nrOfActiveInstances"].GetInt32().ShouldBe(3);
        second["nrOfTerminatedInstances"].GetInt32().ShouldBe(0);
        i["votes"].ShouldBe("[]");
        i.CompleteInstance("m", 2, ("vote", "agree"), ("remark", "可")).ShouldBe("done m[2]");
        i.Machine.VariablesOf(i.State, i.Live.Single(l => l.LoopCounter == 1).Id)["nrOfCompletedInstances"].GetInt32().ShouldBe(1);
        i.CompleteInstance("m", 0, ("vote", "oppose")).ShouldBe("done m[0]");
        i.CompleteInstance("m", 1).ShouldBe("done m[1], start z");
        i["votes"].ShouldBe("""["agree","oppose",null]""");
        i["remark"].ShouldBe("\"可\"");
        i["vote"].ShouldBeNull("what is collected does not leak");
        i["person"].ShouldBeNull();
        i.State.CompletedUserTasks.ShouldBe(["m"]);
    }

    [Fact]
    public void Sequential_OverACollection_GoesOneByOneOverWhatWasThere()
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Over: "people", Item: "person", Sequential: true))), ("people", new[] { "甲", "乙" }));
        i.Start().ShouldBe("pass s, start m[0]");
        i.State.Variables["people"] = JsonSerializer.SerializeToElement(Array.Empty<string>());
        i.CompleteInstance("m", 0).ShouldBe("done m[0], start m[1]");
        i.Machine.VariablesOf(i.State, i.Id("m"))["person"].GetString().ShouldBe("乙");
        i.CompleteInstance("m", 1).ShouldBe("done m[1], start z");
    }

    [Theory]
    [InlineData("countOf(votes, 'agree') >= 2")]
    [InlineData("countOf(votes, 'agree') / nrOfInstances >= 0.6")]
    [InlineData("nrOfCompletedInstances = 2")]
    [InlineData("nrOfActiveInstances <= 1")]
    public void CompletionCondition_WhenItHolds_TheRestIsNotNeeded(string until)
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Count: "3", Until: until, Into: "votes", Output: "vote"))));
        i.Start();
        i.CompleteInstance("m", 0, ("vote", "agree")).ShouldBe("done m[0]");
        i.CompleteInstance("m", 2, ("vote", "agree")).ShouldBe("done m[2], cancel m NotNeeded, start z");
    }

    [Fact]
    public void CompletionCondition_SeesWhatTheInstanceWrote()
    {
        // One veto ends it.
        var i = new Instance(Around(d => d.User("m", new Loop(Count: "2", Until: "vote = 'veto'"))));
        i.Start();
        i.CompleteInstance("m", 1, ("vote", "veto")).ShouldBe("done m[1], cancel m NotNeeded, start z");
        i["vote"].ShouldBe("\"veto\"");
    }

    [Fact]
    public void CompletionCondition_WhenSequential_StopsTheNext()
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Count: "5", Until: "nrOfCompletedInstances >= 2", Sequential: true))));
        i.Start();
        i.CompleteInstance("m", 0).ShouldBe("done m[0], start m[1]");
        i.CompleteInstance("m", 1).ShouldBe("done m[1], start z");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CompletionCondition_WhenItFails_IsStuckUntilRetryOrSkip(bool sequential)
    {
        Instance Begin()
        {
            var i = new Instance(Around(d => d.User("m", new Loop(Count: "2", Until: "missing > 1", Sequential: sequential))));
            i.Start();
            i.CompleteInstance("m", 0).ShouldBe("done m[0], stuck m expression-failed");
            return i;
        }

        var a = Begin();
        a.State.Variables["missing"] = JsonSerializer.SerializeToElement(0);
        var stuck = a.Live.Single(l => l.Kind == LiveKind.Stuck).Id;
        a.Do((m, s) => m.Retry(s, stuck)).ShouldBe(sequential ? "start m[1]" : "");
        a.CompleteInstance("m", 1).ShouldBe("done m[1], start z");

        var b = Begin();
        b.Do((m, s) => m.Skip(s, stuck, new Dictionary<string, JsonElement>())).ShouldBe(sequential ? "start z" : "cancel m NotNeeded, start z");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("n - 3")]
    public void Count_WhenZero_Passes(string count)
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Count: count, Into: "out", Output: "x")).OnTimer("t", "m", "P1D").Line("t", "e")), ("n", 3));
        i.Start().ShouldBe("pass s, pass m, start z");
        i["out"].ShouldBe("[]");
    }

    [Theory]
    [InlineData("-1", "count-invalid")]
    [InlineData("1.5", "count-invalid")]
    [InlineData("'three'", "count-invalid")]
    [InlineData("missing", "count-invalid")]
    [InlineData("1001", "too-many-instances")]
    [InlineData("1 +", "expression-failed")]
    public void Count_WhenInvalid_IsStuck(string count, string code)
    {
        var i = new Instance(Around(d => d.User("m", new Loop(Count: count))));
        i.Start().ShouldBe($"pass s, stuck m {code}");
        i.Skip("m").ShouldBe("pass m, start z");
    }

    [Fact]
    public void Collection_WhenNoList_IsStuck() =>
        new Instance(Around(d => d.User("m", new Loop(Over: "people"))), ("people", "甲")).Start().ShouldBe("pass s, stuck m count-invalid");

    [Fact]
    public void Loop_WithNeitherCountNorCollection_IsStuck() =>
        new Instance(Around(d => d.User("m", new Loop()))).Start().ShouldBe("pass s, stuck m count-invalid");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryKind_CanBeRepeated(bool sequential)
    {
        var loop = new Loop(Count: "2", Sequential: sequential);
        new Instance(Around(d => d.Manual("m", loop))).Start().ShouldBe("pass s, pass m, pass m, start z");
        new Instance(Around(d => d.Abstract("m", loop))).Start().ShouldBe("pass s, pass m, pass m, start z");
        foreach (var kind in (Func<Drawing, Drawing>[])[d => d.User("m", loop), d => d.Service("m", loop), d => d.Send("m", loop), d => d.CallActivity("m", loop)])
        {
            var i = new Instance(Around(kind));
            i.Start().ShouldBe(sequential ? "pass s, start m[0]" : "pass s, start m[0], start m[1]");
            i.CompleteInstance("m", 0).ShouldBe(sequential ? "done m[0], start m[1]" : "done m[0]");
            i.CompleteInstance("m", 1).ShouldBe("done m[1], start z");
        }
    }

    [Fact]
    public void SubProcess_EachInstanceHasItsOwnVariables()
    {
        var i = new Instance(
            Around(d => d.Sub("m", n => n.Start("is").User("score").Xor("x", "ie").User("explain").End("ie").Line("is", "score", "x")
                .Flow("x", "explain", "points > 90").Flow("x", "ie").Line("explain", "ie"), new Loop(Over: "panel", Item: "who", Into: "all", Output: "points"))),
            ("panel", new[] { "a", "b" }));
        i.Start().ShouldBe("pass s, pass m, pass is, start score, pass m, pass is, start score");
        var (first, second) = (i.Live.First(l => l.NodeId == "score").Id, i.Live.Last(l => l.NodeId == "score").Id);
        i.Complete(first, ("points", 95)).ShouldBe("done score, pass x, start explain");
        i.Machine.VariablesOf(i.State, second).Keys.ShouldNotContain("points");
        i.Machine.VariablesOf(i.State, second)["who"].GetString().ShouldBe("b");
        i.Complete(second, ("points", 60)).ShouldBe("done score, pass x, pass ie");
        i.Complete("explain").ShouldBe("done explain, pass ie, start z");
        i["all"].ShouldBe("[60,95]");
        i["points"].ShouldBeNull();
    }

    [Fact]
    public void SubProcess_WhenSequential_RunsOneInstanceAfterTheOther()
    {
        var i = new Instance(Around(d => d.Sub("m", n => n.Start("is").User("a").End("ie").Line("is", "a", "ie"), new Loop(Count: "2", Sequential: true))));
        i.Start().ShouldBe("pass s, pass m, pass is, start a");
        i.Complete("a").ShouldBe("done a, pass ie, pass m, pass is, start a");
        i.Complete("a").ShouldBe("done a, pass ie, start z");
    }

    [Fact]
    public void SubProcess_Nested_CountsOnItsOwn()
    {
        var i = new Instance(Around(d => d.Sub("m", n => n.User("a", new Loop(Count: "loopCounter + 1", Into: "inner", Output: "x")), new Loop(Count: "2", Into: "outer", Output: "inner"))));
        i.Start().ShouldBe("pass s, pass m, start a[0], pass m, start a[0], start a[1]");
        foreach (var id in i.Live.Where(l => l.Kind == LiveKind.Activity).Select(l => l.Id).ToList())
        {
            i.Complete(id, ("x", id));
        }

        i.AtWork.ShouldBe("z");
        i["outer"].ShouldNotBeNull().ToString()!.Count(c => c == '[').ShouldBe(3);
        i["inner"].ShouldBeNull();
    }

    [Fact]
    public void Terminate_InAnInstance_EndsThatInstanceOnly()
    {
        var i = new Instance(Around(d => d.Sub("m", n => n.Start("is").And("f").User("a").User("b").Terminate("stop").Line("is", "f", "a", "stop").Line("f", "b"), new Loop(Count: "2"))));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass stop, cancel b ScopeEnded");
        i.AtWork.ShouldBe("a b");
        i.Complete("b").ShouldBe("done b");
        i.Complete("a").ShouldBe("done a, pass stop, start z");
    }

    [Fact]
    public void Boundary_StandsOnTheWhole()
    {
        Drawing Draw() => Around(d => d.User("m", new Loop(Count: "2")).OnTimer("t", "m", "P1D").OnError("err", "m", "E").User("late").Line("t", "late").Line("err", "e"));
        var i = new Instance(Draw());
        i.Start().ShouldBe("pass s, timer t P1D, start m[0], start m[1]");
        i.Effects.OfType<TimerSet>().Single().AttachedTo.ShouldBe(i.Live.Single(l => l.Kind == LiveKind.MultiInstance).Id);
        i.CompleteInstance("m", 0);
        i.Fire("t").ShouldBe("cancel m Interrupted, pass t, start late");
        var j = new Instance(Draw());
        j.Start();
        j.Throw("m", "E").ShouldBe("cancel m Interrupted, cancel m Interrupted, clear t, pass err, pass e, end Completed");
    }

    [Fact]
    public void Collection_StartsAnewInEachRound()
    {
        var i = new Instance(new Drawing().Start("s").User("m", new Loop(Count: "1", Into: "votes", Output: "vote")).Xor("x", "e").End("e")
            .Line("s", "m", "x").Flow("x", "m", "countOf(votes, 'again') = 1").Flow("x", "e"));
        i.Start();
        i.Complete("m", ("vote", "again")).ShouldBe("done m[0], pass x, start m[0]");
        i.Complete("m", ("vote", "ok")).ShouldBe("done m[0], pass x, pass e, end Completed");
        i["votes"].ShouldBe("[\"ok\"]");
    }

    [Fact]
    public void Manual_SequentialAndMany_IsBounded()
    {
        var i = new Instance(new Drawing().Start("s").Sub("m", n => n.Manual("a", new Loop(Count: "1000", Sequential: true)), new Loop(Count: "1000")).Line("s", "m"));
        i.Start().ShouldContain("endless-loop");
        i.Effects.Count.ShouldBeLessThan(4 * ProcessMachine.MaxSteps);
    }
}
