using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

public sealed class MigrationTests
{
    private static readonly Dictionary<string, string> Same = [];

    [Fact]
    public void Migrate_MovesTokensTimersAndHistory()
    {
        var i = new Instance(new Drawing().Start("s").User("a").User("b").OnTimer("t", "b", "P1D").OnTimer("u", "b", "P2D").End("e").Line("s", "a", "b", "e").Line("t", "e").Line("u", "e"));
        i.Start();
        i.Complete("a");
        var to = new ProcessMachine(new Drawing().Start("s").User("a2").User("b2").OnTimer("t", "b2", "P1D").OnTimer("new", "b2", "P7D").User("c").End("e")
            .Line("s", "a2", "b2", "c", "e").Line("t", "e").Line("new", "e").Read());
        var mapping = new Dictionary<string, string> { ["a"] = "a2", ["b"] = "b2" };
        i.Machine.MigrationProblems(i.State, to, mapping).ShouldBeEmpty();
        i.Do((m, s) => m.Migrate(s, to, mapping)).ShouldBe("clear u, timer new P7D");
        i.Machine = to;
        i.Targets("b2").ShouldBe(["a2"]);
        i.Complete("b2").ShouldBe("done b2, clear t, clear new, start c");
    }

    [Fact]
    public void Problems_AreNamed()
    {
        var old = new Drawing().Start("s").And("f").User("gone").User("kind").Sub("sub", n => n.User("inner")).User("many", new Loop(Count: "2")).First("g").Receive("m", "x").Wait("w", "P1D")
            .User("j1").User("j2").And("j")
            .Line("s", "f", "gone").Line("f", "kind").Line("f", "sub").Line("f", "many").Line("f", "g", "m").Line("g", "w").Line("f", "j1", "j").Line("f", "j2", "j");
        var i = new Instance(old);
        i.Start();
        i.Complete("j1");
        var to = new ProcessMachine(new Drawing().Start("s").And("f").Service("kind").User("inner").Sub("sub", n => n.User("other")).User("many", new Loop(Count: "2", Sequential: true))
            .First("g").Wait("m", "P1D").User("j2").OnTimer("bad", "j2", "=nothing").And("j")
            .Line("s", "f", "kind").Line("f", "inner").Line("f", "sub").Line("f", "many").Line("f", "g", "m").Line("f", "j2", "j").Read());
        i.Machine.MigrationProblems(i.State, to, Same).Select(p => $"{p.NodeId} {p.Code}").ShouldBe(
            [
                "gone not-mapped", "kind other-kind", "inner other-scope", "many other-loop", "j2 timer-invalid", "j1-j not-mapped", "w not-mapped", "m other-trigger",
            ],
            ignoreOrder: true);
        var before = i.State.ToJson();
        Should.Throw<InvalidOperationException>(() => i.Machine.Migrate(i.State, to, Same));
        i.State.ToJson().ShouldBe(before);
    }

    [Fact]
    public void Migrate_WhenAMessageIsRenamed_AwaitsTheNewOne()
    {
        var i = new Instance(new Drawing().Start("s").First("g").Receive("m", "old").Line("s", "g", "m"));
        i.Start();
        var to = new ProcessMachine(new Drawing().Start("s").First("g").Receive("m", "new").Wait("w", "P1D").User("a").Line("s", "g", "m", "a").Line("g", "w", "a").Read());
        i.Do((m, s) => m.Migrate(s, to, Same)).ShouldBe("drop m, await m new, timer w P1D");
        i.Machine = to;
        i.Deliver("m").ShouldBe("clear w, pass g, pass m, start a");
    }

    [Fact]
    public void Migrate_WhenMultiInstanceOrJoining_GoesOn()
    {
        Drawing Draw(string x) => new Drawing().Start("s").And("f").User(x, new Loop(Count: "2")).User("b").And("j").User("z").Line("s", "f", x, "j", "z").Line("f", "b", "j");
        var i = new Instance(Draw("m"));
        i.Start();
        i.CompleteInstance("m", 0);
        i.Complete("b");
        var to = new ProcessMachine(Draw("n").Read());
        i.Do((m, s) => m.Migrate(s, to, new Dictionary<string, string> { ["m"] = "n" })).ShouldBe("");
        i.Machine = to;
        i.CompleteInstance("n", 1).ShouldBe("done n[1], pass j, start z");
    }

    [Fact]
    public void Problems_WhenATokenAboutToJoinHasNoFlow_AreNamed()
    {
        // A loop that multiplies tokens leaves some that are about to enter the join.
        Drawing Draw() => new Drawing().Start("s").Xor("x").And("f").Manual("m").Manual("o").And("j").Line("s", "x", "f", "x").Line("f", "m", "j").Line("f", "o");
        var i = new Instance(Draw().Flow("f", "j"));
        i.Start();
        i.Live.ShouldContain(l => l.NodeId == "j" && l.Kind == LiveKind.Stuck);
        var to = new ProcessMachine(Draw().Line("o", "j").Read());
        i.Machine.MigrationProblems(i.State, to, Same).ShouldContain(p => p.NodeId == "f-j" && p.Code == "not-mapped");
    }
}
