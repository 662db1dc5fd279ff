using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

public sealed class PathTests
{
    [Fact]
    public void Expected_IsOrderedAndSaysWhatIsCertain()
    {
        var drawing = new Drawing().Start("s").User("a").OnTimer("t", "a", "P1D").User("late").Xor("x", "b").User("b").User("c").Xor("m").And("f").User("d1").User("d2").And("j").User("z").End("e")
            .Line("s", "a", "x").Line("t", "late").Flow("x", "b").Flow("x", "c", "n = 1").Line("b", "m").Line("c", "m", "f", "d1", "j", "z", "e").Line("f", "d2", "j");
        var i = new Instance(drawing);
        Say(ExpectedPath.Of(i.Machine)).ShouldBe("a b? c? d1 d2 z");
        i.Start();
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("b? c? d1 d2 z", "what is at work is not ahead; the overdue path is an exception");
        i.Complete("a", ("n", 1));
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("d1 d2 z");
        i.Complete("c");
        i.Complete("d1");
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("z");
    }

    [Fact]
    public void Expected_GoesForwardOnly()
    {
        var i = new Instance(new Drawing().Start("s").User("draft").User("check").Xor("x", "accept").User("accept").End("e")
            .Line("s", "draft", "check", "x").Flow("x", "draft", "return").Flow("x", "accept").Line("accept", "e"));
        i.Start();
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("check accept");
    }

    [Fact]
    public void Expected_LooksIntoSubProcesses()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Sub("m", n => n.Start("is").User("x").Xor("g", "y").User("y").User("w").Line("is", "x", "g").Flow("g", "y").Flow("g", "w", "n = 1"), new Loop(Count: "2"))
            .Sub("n", n => n.User("v")).Line("s", "a", "m", "n"));
        Say(ExpectedPath.Of(i.Machine)).ShouldBe("a x y? w? v");
        i.Start();
        i.Complete("a");
        i.Complete("x", ("n", 1));
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("y? w? v");
    }

    [Fact]
    public void Expected_WhenAnEventDecides_IsPossible()
    {
        var i = new Instance(new Drawing().Start("s").First("g").Wait("t", "P1D").Receive("m", "x").User("a").User("b").Line("s", "g", "t", "a").Line("g", "m", "b"));
        i.Start();
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("a? b?");
        i.Terminate();
        Say(ExpectedPath.Of(i.Machine, i.State)).ShouldBe("");
    }

    [Fact]
    public void Simulation_OffersWhatCanBeDoneAndKeepsTheTrace()
    {
        var drawing = new Drawing().Start("s").User("a").OnError("err", "a", "E1").OnTimer("t", "a", "R3/P1D", interrupting: false, kind: "timeCycle").Send("urge").Xor("x").User("b").User("c").Receive("m", "go").End("e")
            .Line("s", "a", "x").Flow("x", "b", "n > 1").Flow("x", "c", "n > 2").Line("b", "m", "e").Line("err", "e").Line("t", "urge");
        var simulation = new Simulation(drawing.Read());
        Offers(simulation).ShouldBe("Start p (s)");
        Say(simulation.Expected).ShouldBe("a b? c?");
        simulation.Do(Step(SimulationStepKind.Start));
        Offers(simulation).ShouldBe("Complete a; Error a (E1); Timer t");
        simulation.Do(Step(SimulationStepKind.Timer, simulation));
        Offers(simulation).ShouldBe("Complete a; Error a (E1); Timer t; Complete urge");
        simulation.Do(Step(SimulationStepKind.Complete, simulation, answers: ("n", 1)));
        Offers(simulation).ShouldBe("Complete urge; Retry x; Skip x (x-b,x-c)");
        simulation.Do(Step(SimulationStepKind.Retry, simulation, answers: ("n", 2)));
        Offers(simulation).ShouldBe("Complete urge; Complete b; SendBack b (a)");
        simulation.Do(Step(SimulationStepKind.SendBack, simulation, "a"));
        simulation.Do(Step(SimulationStepKind.Complete, simulation, answers: ("n", 0)));
        simulation.Do(Step(SimulationStepKind.Skip, simulation, "x-b"));
        simulation.Do(Step(SimulationStepKind.Complete, simulation));
        Offers(simulation).ShouldBe("Message m");
        Instance.Say(simulation.Do(Step(SimulationStepKind.Message, simulation))).ShouldBe("pass m, pass e, end Completed");
        simulation.Choices.ShouldBeEmpty();

        var again = new Simulation(drawing.Read());
        foreach (var step in simulation.Trace)
        {
            again.Do(step.Step).ShouldBe(step.Effects);
        }

        again.State.ToJson().ShouldBe(simulation.State.ToJson());
    }

    [Fact]
    public void Simulation_TakesSeveralOptionsAsAList_ForConditionsAndForEachOfThem()
    {
        var simulation = new Simulation(new Drawing().Start("s").User("a").Xor("x", "c").User("b", new Loop(Over: "failed", Item: "one")).User("c").End("e")
            .Line("s", "a", "x").Flow("x", "b", "failed != null and contains(failed, \"whole\") and count(failed) = 2").Flow("x", "c").Line("b", "e").Line("c", "e").Read());
        simulation.Do(Step(SimulationStepKind.Start));
        simulation.Do(Step(SimulationStepKind.Complete, simulation, answers: ("failed", new[] { "whole", "legible" })));

        Offers(simulation).ShouldBe("Complete b; SendBack b (a); Complete b; SendBack b (a)");
        simulation.State.Variables["failed"].GetRawText().ShouldBe("""["whole","legible"]""");
    }

    private static string Say(IEnumerable<ExpectedStep> steps) => string.Join(' ', steps.Select(s => s.NodeId + (s.IsCertain ? "" : "?")));

    private static string Offers(Simulation simulation) =>
        string.Join("; ", simulation.Choices.Select(c => $"{c.Kind} {c.NodeId}" + (c.Options.Count > 0 ? $" ({string.Join(',', c.Options)})" : "")));

    private static SimulationStep Step(
        SimulationStepKind kind, Simulation? simulation = null, string? option = null, params (string Name, object? Value)[] answers) =>
        new(kind, simulation?.Choices.First(c => c.Kind == kind).Id ?? 0, option, Instance.Json(answers));
}
