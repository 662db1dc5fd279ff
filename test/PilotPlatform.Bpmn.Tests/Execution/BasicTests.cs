using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

public sealed class BasicTests
{
    [Fact]
    public void Start_WhenPlain_RunsToTheFirstActivity()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Manual("m").Abstract("t").End("e").Line("s", "a", "m", "t", "e"));
        i.Start().ShouldBe("pass s, start a");
        i.Complete("a").ShouldBe("done a, pass m, pass t, pass e, end Completed");
        i.State.Outcome.ShouldBe(ProcessOutcome.Completed);
        i.State.CompletedUserTasks.ShouldBe(["a"]);
    }

    [Fact]
    public void Start_WhenAlreadyStarted_IsRejected()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Line("s", "a"));
        i.Start();
        Should.Throw<InvalidOperationException>(() => i.Start());
    }

    [Fact]
    public void Start_WhenSeveralStarts_TakesTheNamedOne()
    {
        Drawing Draw() => new Drawing().StartByMessage("m", "go").StartByTimer("t", "PT1H").User("a").User("b").Line("m", "a").Line("t", "b");
        new Instance(Draw()).Start("m").ShouldBe("pass m, start a");
        new Instance(Draw()).Start("t").ShouldBe("pass t, start b");
        Should.Throw<ArgumentException>(() => new Instance(Draw()).Start());
        Should.Throw<ArgumentException>(() => new Instance(Draw()).Start("a"));
        new Instance(Draw().Start("n").User("c").Line("n", "c")).Start().ShouldBe("pass n, start c");
    }

    [Fact]
    public void Start_WhenThereIsNoStartEvent_BeginsWhatNothingLeadsTo()
    {
        var i = new Instance(new Drawing().User("a").User("b").User("c").Line("a", "c"));
        i.Start().ShouldBe("start a, start b");
        i.Complete("b").ShouldBe("done b");
        i.Complete("a").ShouldBe("done a, start c");
        i.Complete("c").ShouldBe("done c, end Completed");
    }

    [Fact]
    public void Exclusive_TakesTheFirstThatHolds()
    {
        Drawing Draw() => new Drawing().Start("s").Xor("x", "c").User("a").User("b").User("c")
            .Line("s", "x").Flow("x", "a", "n > 10").Flow("x", "b", "n > 5").Flow("x", "c");
        new Instance(Draw(), ("n", 11)).Start().ShouldBe("pass s, pass x, start a");
        new Instance(Draw(), ("n", 6)).Start().ShouldBe("pass s, pass x, start b");
        new Instance(Draw(), ("n", 1)).Start().ShouldBe("pass s, pass x, start c");
    }

    [Fact]
    public void Exclusive_WhenNothingHolds_IsStuckUntilRetryOrSkip()
    {
        Drawing Draw() => new Drawing().Start("s").Xor("x").User("a").User("b")
            .Line("s", "x").Flow("x", "a", "n > 10").Flow("x", "b", "n > 5");
        var i = new Instance(Draw(), ("n", 1));
        i.Start().ShouldBe("pass s, pass x, stuck x no-condition-holds");
        i.Live.Single().StuckCode.ShouldBe(StuckCodes.NoConditionHolds);
        var id = i.Id("x");
        i.Retry("x").ShouldBe("stuck x no-condition-holds");
        i.Id("x").ShouldBe(id);
        Should.Throw<ArgumentException>(() => i.Skip("x"));
        Should.Throw<ArgumentException>(() => i.Skip("x", "s-x"));
        i.State.Variables["n"] = System.Text.Json.JsonSerializer.SerializeToElement(7);
        i.Retry("x").ShouldBe("start b");

        var j = new Instance(Draw(), ("n", 1));
        j.Start();
        j.Skip("x", "x-a", ("n", 3)).ShouldBe("start a");
        j["n"].ShouldBe("3");
    }

    [Fact]
    public void Parallel_WaitsForEveryIncomingFlow()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("a").User("b").And("j").User("c").End("e")
            .Line("s", "f", "a", "j", "c", "e").Line("f", "b", "j"));
        i.Start().ShouldBe("pass s, pass f, start a, start b");
        i.Complete("b").ShouldBe("done b");
        i.Complete("a").ShouldBe("done a, pass j, start c");
        i.Complete("c").ShouldBe("done c, pass e, end Completed");
    }
}
