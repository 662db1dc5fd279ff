using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>A model with the variables it starts with.</summary>
internal sealed record Drawn(string Name, Drawing Drawing, string? StartAt = null, params (string Name, object? Value)[] Variables);

/// <summary>Models drawn by hand: every element, and the combinations that go wrong first.</summary>
internal static class DrawnModels
{
    public static IEnumerable<Drawn> All =>
    [
        new("sequence", Flow(d => d.User("a").Service("b").Send("c").CallActivity("k"), "a", "b", "c", "k")),
        new("manual-and-abstract", Flow(d => d.Manual("a").User("b").Abstract("c"), "a", "b", "c")),
        new("start-by-timer", new Drawing().StartByTimer("s", "PT1H").User("a").End("e").Line("s", "a", "e"), "s"),
        new("start-by-message", new Drawing().StartByMessage("s", "go").User("a").End("e").Line("s", "a", "e"), "s"),
        new("several-ends", new Drawing().Start("s").And("f").User("a").User("b").End("e").End("g").Line("s", "f", "a", "e").Line("f", "b", "g")),
        new("no-end-event", new Drawing().Start("s").User("a").User("b").Line("s", "a", "b")),
        new("exclusive", Choice(d => d.Xor("x", "c"))),
        new("exclusive-order", new Drawing().Start("s").User("q").Xor("x", "c").User("a").User("b").User("c").Xor("m").User("z").End("e")
            .Line("s", "q", "x").Flow("x", "a", "n >= 1").Flow("x", "b", "n >= 2").Flow("x", "c").Line("a", "m", "z", "e").Line("b", "m").Line("c", "m")),
        new("exclusive-without-default", new Drawing().Start("s").User("q").Xor("x").User("a").User("b").End("e")
            .Line("s", "q", "x").Flow("x", "a", "n < 2").Flow("x", "b", "n >= 2").Line("a", "e").Line("b", "e")),
        new("exclusive-nested", new Drawing().Start("s").User("q").Xor("x", "y").Xor("y", "b").User("a").User("b").User("c").End("e")
            .Line("s", "q", "x").Flow("x", "a", "n = 0").Flow("x", "y").Flow("y", "c", "n = 3 or n = 1 and not (n = 2)").Flow("y", "b").Line("a", "e").Line("b", "e").Line("c", "e")),
        new("return-for-correction", new Drawing().Start("s").User("draft").User("check").Xor("x", "accept").Service("accept").End("e")
            .Line("s", "draft", "check", "x").Flow("x", "draft", "n = 1").Flow("x", "accept").Line("accept", "e")),
        new("loop-to-itself", new Drawing().Start("s").User("a").Xor("x", "e").End("e").Line("s", "a", "x").Flow("x", "a", "n > 1").Flow("x", "e")),
        new("loop-in-loop", new Drawing().Start("s").User("a").User("b").Xor("x", "y").Xor("y", "e").End("e")
            .Line("s", "a", "b", "x").Flow("x", "b", "n = 1").Flow("x", "y").Flow("y", "a", "n = 2").Flow("y", "e")),
        new("parallel", Flow(d => d.And("f").User("a").User("b").User("c").And("j").User("z").Line("f", "b", "j").Line("f", "c", "j"), "f", "a", "j", "z")),
        new("parallel-nested", Flow(d => d.And("f").And("g").User("a").User("b").And("k").User("c").And("j").Line("g", "b", "k").Line("f", "c", "j"), "f", "g", "a", "k", "j")),
        new("parallel-uneven", Flow(d => d.And("f").User("a").User("a2").User("a3").Manual("b").And("j").Line("f", "b", "j"), "f", "a", "a2", "a3", "j")),
        new("parallel-join-and-fork-in-one", Flow(d => d.And("f").User("a").User("b").And("jf").User("c").User("d").And("j").Line("f", "b", "jf").Line("jf", "d", "j"), "f", "a", "jf", "c", "j")),
        new("parallel-in-a-loop", new Drawing().Start("s").Xor("r").And("f").User("a").User("b").And("j").User("z").Xor("x", "e").End("e")
            .Line("s", "r", "f", "a", "j", "z", "x").Line("f", "b", "j").Flow("x", "r", "n > 1").Flow("x", "e")),
        new("implicit-fork", new Drawing().Start("s").User("a").User("b").User("c").End("e").End("g").Line("s", "a", "b", "e").Line("a", "c", "g")),
        new("implicit-fork-with-conditions", new Drawing().Start("s").User("a", otherwise: "d").User("b").User("c").User("d").End("e").End("g").End("h")
            .Line("s", "a").Flow("a", "b", "n >= 2").Flow("a", "c", "n = 3").Flow("a", "d").Line("b", "e").Line("c", "g").Line("d", "h")),
        new("inclusive-fork", new Drawing().Start("s").User("q").Or("o", "c").User("a").User("b").User("c").End("e").End("g").End("h")
            .Line("s", "q", "o").Flow("o", "a", "n >= 1").Flow("o", "b", "n >= 2").Flow("o", "c").Line("a", "e").Line("b", "g").Line("c", "h")),
        new("inclusive-one-of-many", new Drawing().Start("s").User("q").Or("o", "c").User("a").User("b").User("c").Or("j").User("z").End("e")
            .Line("s", "q", "o").Flow("o", "a", "n = 1").Flow("o", "b", "n = 2").Flow("o", "c").Line("a", "j", "z", "e").Line("b", "j").Line("c", "j")),
        new("timer", Flow(d => d.Wait("t", "PT5M").User("a"), "t", "a")),
        new("message", Flow(d => d.User("a").Receive("m", "go").User("b"), "a", "m", "b")),
        new("events-in-branches", Flow(d => d.And("f").Wait("t", "P1D").Receive("m", "go").And("j").Line("f", "m", "j").User("z"), "f", "t", "j", "z")),
        new("event-gateway", new Drawing().Start("s").First("g").Wait("t", "P1D").Receive("m", "reply").User("a").User("b").Xor("x").End("e")
            .Line("s", "g", "t", "a", "x", "e").Line("g", "m", "b", "x")),
        new("boundary-timer", new Drawing().Start("s").User("a").OnTimer("t", "a", "P1D").User("late").User("b").End("e").End("g").Line("s", "a", "b", "e").Line("t", "late", "g")),
        new("boundary-timer-on-service", new Drawing().Start("s").Service("a").OnTimer("t", "a", "P1D").Send("late").Xor("x").User("b").End("e").Line("s", "a", "x", "b", "e").Line("t", "late", "x")),
        new("boundary-timer-aside", new Drawing().Start("s").User("a").OnTimer("t", "a", "P1D", interrupting: false).Send("urge").User("b").End("e").End("g").Line("s", "a", "b", "e").Line("t", "urge", "g")),
        new("boundary-timers-both", new Drawing().Start("s").User("a").OnTimer("t", "a", "P1D", interrupting: false).OnTimer("u", "a", "P2D").Send("urge").User("late").User("b").End("e").End("g").End("h")
            .Line("s", "a", "b", "e").Line("t", "urge", "g").Line("u", "late", "h")),
        new("boundary-error", new Drawing().Start("s").Service("a").OnError("err", "a", "E1").User("repair").User("b").End("e").End("g").Line("s", "a", "b", "e").Line("err", "repair", "g")),
        new("boundary-error-any", new Drawing().Start("s").Service("a").OnError("any", "a", null).User("repair").User("b").End("e").End("g").Line("s", "a", "b", "e").Line("any", "repair", "g")),
        new("boundary-error-and-retry", new Drawing().Start("s").Xor("r").Service("a").OnError("err", "a", "E1").User("repair").End("e").Line("s", "r", "a", "e").Line("err", "repair", "r")),
        new("sub-process", Flow(d => d.Sub("p1", n => n.Start("is").User("a").User("b").End("ie").Line("is", "a", "b", "ie")).User("z"), "p1", "z")),
        new("sub-process-with-branches", Flow(d => d.Sub("p1", n => n.Start("is").And("f").User("a").User("b").End("ie").End("ig").Line("is", "f", "a", "ie").Line("f", "b", "ig")).User("z"), "p1", "z")),
        new("sub-process-nested", Flow(d => d.Sub("p1", n => n.Start("is").Sub("p2", m => m.Start("js").User("a").End("je").Line("js", "a", "je")).User("b").End("ie").Line("is", "p2", "b", "ie")).User("z"), "p1", "z")),
        new("sub-process-with-choice", Flow(
            d => d.Sub("p1", n => n.Start("is").User("a").Xor("x", "ie").User("b").End("ie").Line("is", "a", "x").Flow("x", "b", "n > 1").Flow("x", "ie").Line("b", "ie")).User("z"), "p1", "z")),
        new("sub-process-boundary-timer", new Drawing().Start("s").Sub("p1", n => n.Start("is").And("f").User("a").User("b").End("ie").End("ig").Line("is", "f", "a", "ie").Line("f", "b", "ig"))
            .OnTimer("t", "p1", "P1D").User("late").User("z").End("e").End("g").Line("s", "p1", "z", "e").Line("t", "late", "g")),
        new("sub-process-in-a-loop", new Drawing().Start("s").Xor("r").Sub("p1", n => n.Start("is").User("a").End("ie").Line("is", "a", "ie")).Xor("x", "e").End("e")
            .Line("s", "r", "p1", "x").Flow("x", "r", "n > 1").Flow("x", "e")),
        new("sub-process-in-a-branch", Flow(d => d.And("f").Sub("p1", n => n.Start("is").User("a").User("b").End("ie").Line("is", "a", "b", "ie")).User("o").And("j").Line("f", "o", "j").User("z"), "f", "p1", "j", "z")),
        new("error-end-caught", new Drawing().Start("s").Sub("p1", n => n.Start("is").User("a").Xor("x", "ie").Error("error_bad", "E1").End("ie").Line("is", "a", "x").Flow("x", "error_bad", "n > 1").Flow("x", "ie"))
            .OnError("err", "p1", "E1").User("repair").User("z").End("e").End("g").Line("s", "p1", "z", "e").Line("err", "repair", "g")),
        new("terminate", new Drawing().Start("s").And("f").User("a").User("b").Terminate("stop").End("e").Line("s", "f", "a", "stop").Line("f", "b", "e")),
        new("terminate-by-choice", new Drawing().Start("s").And("f").User("a").Xor("x", "e").Terminate("stop").User("b").User("c").End("e").End("g")
            .Line("s", "f", "a", "x").Flow("x", "stop", "n > 1").Flow("x", "e").Line("f", "b", "c", "g")),
        new("terminate-in-sub-process", Flow(d => d.And("f").Sub("p1", n => n.Start("is").And("k").User("a").User("b").Terminate("stop").End("ie").Line("is", "k", "a", "stop").Line("k", "b", "ie")).User("o").And("j").Line("f", "o", "j").User("z"), "f", "p1", "j", "z")),
        new("call-activity", Flow(d => d.CallActivity("k").User("z"), "k", "z")),
        new("call-activity-boundary-timer", new Drawing().Start("s").CallActivity("k").OnTimer("t", "k", "P1D").User("late").User("z").End("e").End("g").Line("s", "k", "z", "e").Line("t", "late", "g")),
        new("multi-parallel-user", Flow(d => d.User("m", new Loop(Count: "3")).User("z"), "m", "z")),
        new("multi-sequential-user", Flow(d => d.User("m", new Loop(Count: "3", Sequential: true)).User("z"), "m", "z")),
        new("multi-parallel-service", Flow(d => d.Service("m", new Loop(Count: "2")).User("z"), "m", "z")),
        new("multi-parallel-call", Flow(d => d.CallActivity("m", new Loop(Count: "2")).User("z"), "m", "z")),
        new("multi-collection", Flow(d => d.User("m", new Loop(Over: "people")).User("z"), "m", "z"), null, ("people", new[] { "a", "b", "c" })),
        new("multi-sequential-collection", Flow(d => d.User("m", new Loop(Over: "people", Sequential: true)).User("z"), "m", "z"), null, ("people", new[] { "a", "b" })),
        new("multi-any-of", Flow(d => d.User("m", new Loop(Count: "3", Until: "nrOfCompletedInstances >= 1")).User("z"), "m", "z")),
        new("multi-two-agree", Flow(d => d.User("m", new Loop(Count: "3", Until: "countOf(votes, 'agree') >= 2", Into: "votes", Output: "vote")).User("z"), "m", "z")),
        new("multi-sequential-until", Flow(d => d.User("m", new Loop(Count: "4", Until: "countOf(votes, 'oppose') >= 1", Into: "votes", Output: "vote", Sequential: true)).User("z"), "m", "z")),
        new("multi-count-from-variable", Flow(d => d.User("q").User("m", new Loop(Count: "n + 1")).User("z"), "q", "m", "z")),
        new("multi-in-a-loop", new Drawing().Start("s").User("m", new Loop(Count: "2")).Xor("x", "e").End("e").Line("s", "m", "x").Flow("x", "m", "n > 1").Flow("x", "e")),
        new("multi-in-a-branch", Flow(d => d.And("f").User("m", new Loop(Count: "2")).User("o").And("j").Line("f", "o", "j").User("z"), "f", "m", "j", "z")),
        new("multi-boundary-timer", new Drawing().Start("s").User("m", new Loop(Count: "2")).OnTimer("t", "m", "P1D").User("late").User("z").End("e").End("g").Line("s", "m", "z", "e").Line("t", "late", "g")),
        new("multi-sub-process-sequential", Flow(d => d.Sub("m", n => n.Start("is").User("a").User("b").End("ie").Line("is", "a", "b", "ie"), new Loop(Count: "2", Sequential: true)).User("z"), "m", "z")),
        new("multi-sub-process-parallel", Flow(d => d.Sub("m", n => n.Start("is").User("a").User("b").End("ie").Line("is", "a", "b", "ie"), new Loop(Count: "2")).User("z"), "m", "z")),
    ];

    private static Drawing Flow(Func<Drawing, Drawing> inside, params string[] line) =>
        inside(new Drawing().Start("s")).End("e").Line(["s", .. line, "e"]);

    private static Drawing Choice(Func<Drawing, Drawing> gateway) =>
        gateway(new Drawing().Start("s").User("q")).User("a").User("b").User("c").End("e")
            .Line("s", "q", "x").Flow("x", "a", "n = 1").Flow("x", "b", "n = 2").Flow("x", "c").Line("a", "e").Line("b", "e").Line("c", "e");
}
