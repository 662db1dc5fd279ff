using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>Activities that begin with several tokens, or bring forth several.</summary>
public sealed class QuantityTests
{
    [Fact]
    public void Start_WhenSeveralTokensAreNeeded_WaitsForThemWhereverTheyComeFrom()
    {
        var i = new Instance(Fork().User("a").Quantity("a", start: 3).OnTimer("t", "a", "P1D").End("e").Line("b", "a", "e").Line("c", "m", "a").Line("d", "m").Line("t", "e"));
        i.Start();
        i.Complete("d").ShouldBe("done d, pass m");
        i.Live.Single(l => l.NodeId == "a").Kind.ShouldBe(LiveKind.Join);
        i.Complete("c").ShouldBe("done c, pass m");
        i.Complete("b").ShouldBe("done b, start a, timer t P1D");
        i.Complete("a").ShouldBe("done a, clear t, pass e, end Completed");
    }

    [Fact]
    public void Start_WhenTokensAreLeftOver_TellsAndCanBePassedOver()
    {
        var i = new Instance(Fork().User("a").Quantity("a", start: 2).End("e").Line("b", "a", "e").Line("c", "m", "a").Line("d", "m"));
        i.Start();
        i.Complete("b");
        i.Complete("c").ShouldBe("done c, pass m, start a");
        i.Complete("d").ShouldBe("done d, pass m");
        i.Complete("a").ShouldBe("done a, pass e, stuck a waits-for-nobody");
        i.Effects.OfType<Stuck>().Single().Detail.ShouldBe("1 < 2");
        i.Retry("a").ShouldBe("stuck a waits-for-nobody");
        i.Skip("a").ShouldBe("pass a, pass e, end Completed");
    }

    [Fact]
    public void Completion_WhenSeveralTokensLeave_TakesEachFlowAsOften()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Quantity("a", completion: 3).Manual("x").User("b").Quantity("b", start: 3).End("e").End("f")
            .Line("s", "a", "x", "e").Line("a", "b", "f"));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass x, pass e, pass x, pass e, pass x, pass e, start b");
        i.Effects.OfType<FlowTaken>().Count(f => f.NodeId == "a-b").ShouldBe(3);
        i.Complete("b").ShouldBe("done b, pass f, end Completed");
    }

    [Fact]
    public void Start_WhenItRepeats_GathersOnceForAllInstances()
    {
        var i = new Instance(Fork().User("a", new Loop(Count: "2")).Quantity("a", start: 2, completion: 2).End("e").Line("b", "a", "e").Line("c", "a").Line("d", "m"));
        i.Start();
        i.Complete("b").ShouldBe("done b");
        i.Complete("c").ShouldBe("done c, start a[0], start a[1]");
        i.CompleteInstance("a", 0);
        i.CompleteInstance("a", 1).ShouldBe("done a[1], pass e, pass e");
    }

    [Fact]
    public void Start_WhenItGetsStuck_DoesNotGatherAgain()
    {
        var i = new Instance(Fork().User("a", new Loop(Count: "n")).Quantity("a", start: 2).Line("b", "a").Line("c", "a").Line("d", "m"));
        i.Start();
        i.Complete("b");
        i.Complete("c").ShouldBe("done c, stuck a count-invalid");
        i.Complete("d", ("n", 1)).ShouldBe("done d, pass m");
        i.Retry("a").ShouldBe("start a[0]");
    }

    [Fact]
    public void SendBack_ToSuchAnActivity_BeginsItAtOnce()
    {
        var i = new Instance(Fork().User("a").Quantity("a", start: 2).User("z").Line("b", "a", "z").Line("c", "a").Line("d", "m"));
        i.Start();
        i.Complete("b");
        i.Complete("c");
        i.Complete("a");
        i.SendBack("z", "a").ShouldBe("cancel z SentBack, start a");
    }

    [Fact]
    public void Expected_WhileItWaits_LiesAhead()
    {
        var i = new Instance(new Drawing().Start("s").And("f").User("b").User("c").User("a").Quantity("a", start: 2).User("z").Line("s", "f", "b", "a", "z").Line("f", "c"));
        i.Start();
        i.Complete("b");
        i.Complete("c").ShouldBe("done c, stuck a waits-for-nobody");
        ExpectedPath.Of(i.Machine, i.State).Select(s => s.NodeId).ShouldBe(["a", "z"]);
    }

    [Theory]
    [InlineData(2, "b", "")]
    [InlineData(2, "other", "b-a not-mapped")]
    [InlineData(1, "b", "a other-kind")]
    public void Migrate_WhileItWaits_NeedsTheSameFlowAndNumber(int quantity, string source, string expected)
    {
        Drawing Draw(string from, int start) => new Drawing().Start("s").And("f").User(from).User("c").User("a").Quantity("a", start: start).Line("s", "f", from, "a").Line("f", "c", "a");
        var i = new Instance(Draw("b", 2));
        i.Start();
        i.Complete("b");
        var to = new ProcessMachine(Draw(source, quantity).Read());
        var problems = i.Machine.MigrationProblems(i.State, to, new Dictionary<string, string>());
        string.Join(", ", problems.Select(p => $"{p.NodeId} {p.Code}")).ShouldBe(expected);
        if (problems.Count == 0)
        {
            i.Do((m, s) => m.Migrate(s, to, new Dictionary<string, string>()));
            i.Machine = to;
            i.Complete("c").ShouldBe("done c, start a");
        }
    }

    private static Drawing Fork() =>
        new Drawing().Start("s").And("f").User("b").User("c").User("d").Xor("m").Line("s", "f", "b").Line("f", "c").Line("f", "d");
}
