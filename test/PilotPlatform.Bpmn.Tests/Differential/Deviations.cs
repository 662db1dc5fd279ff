using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>A model that bpmn-engine 25 does not run by the standard, with the reason and an equivalent one that it does; none where the same node must work twice at once (see ElementTests.Exclusive_HasNoJoin).</summary>
internal sealed record Deviation(string Name, string Reason, Drawing Drawing, Drawing? Twin);

internal static class Deviations
{
    private const string NotTakenCounts =
        "A way that is not taken is sent on as 'discarded', through merging gateways too, and a parallel join counts that as an arrival (paed01/bpmn-engine issue 200).";

    private const string NoInclusiveJoin = "An inclusive gateway does not join: it passes every token on (paed01/bpmn-elements issue 46).";

    private const string AllCatch = "A thrown error is offered to every boundary that waits for its code, the outermost first.";

    private const string OneAtATime = "A node works for one token at a time: a second one waits until the first has left.";

    public static IReadOnlyList<Deviation> All =>
    [
        new("choice-in-a-branch", NotTakenCounts,
            Frame(d => d.And("f").User("a1").Xor("x", "a2").User("a2").User("a3").Xor("m").User("a4").And("j").User("a5")
                .Line("s", "f", "a1", "x").Flow("x", "a2").Flow("x", "a3", "n > 1").Line("a2", "m", "j", "a5", "e").Line("a3", "m").Line("f", "a4", "j")),
            Frame(d => d.And("f").Sub("w", n => n.User("a1").Xor("x", "a2").User("a2").User("a3").Line("a1", "x").Flow("x", "a2").Flow("x", "a3", "n > 1")).User("a4").And("j").User("a5")
                .Line("s", "f", "w", "j", "a5", "e").Line("f", "a4", "j"))),
        new("event-gateway-in-a-branch", NotTakenCounts,
            Frame(d => d.And("f").First("g").Wait("t1", "P1D").Receive("i1", "reply").Xor("m").User("a1").And("j").User("a2")
                .Line("s", "f", "g", "t1", "m", "j", "a2", "e").Line("g", "i1", "m").Line("f", "a1", "j")),
            Frame(d => d.And("f").Sub("w", n => n.Start("ws").First("g").Wait("t1", "P1D").Receive("i1", "reply").Line("ws", "g", "t1").Line("g", "i1")).User("a1").And("j").User("a2")
                .Line("s", "f", "w", "j", "a2", "e").Line("f", "a1", "j"))),
        new("boundary-timer-in-a-branch", NotTakenCounts,
            Frame(d => d.And("f").User("a1").OnTimer("t1", "a1", "P1D").User("a2").Xor("m").User("a3").And("j").User("a4")
                .Line("s", "f", "a1", "m", "j", "a4", "e").Line("t1", "a2", "m").Line("f", "a3", "j")),
            Frame(d => d.And("f").Sub("w", n => n.Start("ws").User("a1").OnTimer("t1", "a1", "P1D").User("a2").Line("ws", "a1").Line("t1", "a2")).User("a3").And("j").User("a4")
                .Line("s", "f", "w", "j", "a4", "e").Line("f", "a3", "j"))),
        new("sub-process-cancelled-before-its-join", NotTakenCounts,
            CancelledBeforeItsJoin(), CancelledBeforeItsJoin()),
        new("inclusive-join", NoInclusiveJoin,
            Frame(d => d.User("a0").Or("o", "a3").User("a1").User("a2").User("a3").Or("j").User("a4")
                .Line("s", "a0", "o").Flow("o", "a1", "n >= 1").Flow("o", "a2", "n >= 2").Flow("o", "a3").Line("a1", "j", "a4", "e").Line("a2", "j").Line("a3", "j")),
            Frame(d => d.User("a0").And("f")
                .Sub("w1", n => n.Start("s1").Xor("x1", "e1").User("a1").End("e1").Line("s1", "x1").Flow("x1", "a1", "n >= 1").Flow("x1", "e1").Line("a1", "e1"))
                .Sub("w2", n => n.Start("s2").Xor("x2", "e2").User("a2").End("e2").Line("s2", "x2").Flow("x2", "a2", "n >= 2").Flow("x2", "e2").Line("a2", "e2"))
                .Sub("w3", n => n.Start("s3").Xor("x3", "e3").User("a3").End("e3").Line("s3", "x3").Flow("x3", "a3", "n < 1").Flow("x3", "e3").Line("a3", "e3"))
                .And("j").User("a4").Line("s", "a0", "f", "w1", "j", "a4", "e").Line("f", "w2", "j").Line("f", "w3", "j"))),
        new("inclusive-join-of-a-parallel-fork", NoInclusiveJoin,
            Frame(d => d.And("f").User("a1").User("a2").Or("j").User("a3").Line("s", "f", "a1", "j", "a3", "e").Line("f", "a2", "j")),
            Frame(d => d.And("f").User("a1").User("a2").And("j").User("a3").Line("s", "f", "a1", "j", "a3", "e").Line("f", "a2", "j"))),
        new("inclusive-join-with-a-loop-before-it", NoInclusiveJoin,
            Frame(d => d.And("f").User("a1").Xor("r").User("a2").Xor("x", "j").Or("j").User("a3")
                .Line("s", "f", "a1", "j", "a3", "e").Line("f", "r", "a2", "x").Flow("x", "r", "n > 1").Flow("x", "j")),
            Frame(d => d.And("f").User("a1").Sub("w", n => n.Start("ws").Xor("r").User("a2").Xor("x", "we").End("we").Line("ws", "r", "a2", "x").Flow("x", "r", "n > 1").Flow("x", "we")).And("j").User("a3")
                .Line("s", "f", "a1", "j", "a3", "e").Line("f", "w", "j"))),
        new("error-caught-by-the-innermost", AllCatch,
            Nested("E1"), Nested("E2")),
        new("two-tokens-through-one-task", OneAtATime,
            Frame(d => d.And("f").Manual("h1").Manual("h2").Xor("m").User("a1").Line("s", "f", "h1", "m", "a1", "e").Line("f", "h2", "m")),
            null),
    ];

    /// <summary>What is told of what lies within the cancelled sub-process differs; nothing that people see does.</summary>
    private static Drawing CancelledBeforeItsJoin() => Frame(d => d.Sub("p1", n => n.Start("is").And("f").User("a1").User("a2").And("j").End("ie").Line("is", "f", "a1", "j", "ie").Line("f", "a2", "j"))
        .OnTimer("t1", "p1", "P1D").User("a3").End("e2").Line("s", "p1", "e").Line("t1", "a3", "e2"));

    /// <summary>The inner sub-process throws E1, which its own boundary catches; the outer one catches the code given.</summary>
    private static Drawing Nested(string outer) => Frame(d => d.Sub("p1", n => n.Start("is")
            .Sub("p2", m => m.Start("js").User("a1").Error("error1", "E1").Line("js", "a1", "error1"))
            .OnError("b2", "p2", "E1").User("a2").End("ie").Line("is", "p2").Line("b2", "a2", "ie"))
        .OnError("b1", "p1", outer).User("a3").End("e2").Line("s", "p1", "e").Line("b1", "a3", "e2"));

    private static Drawing Frame(Func<Drawing, Drawing> inside) => inside(new Drawing().Start("s").End("e"));
}
