using PilotPlatform.Bpmn.Execution;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>驳回 and 撤回.</summary>
public sealed class ReturnTests
{
    private static Drawing Plain() => new Drawing().Start("s").User("draft").OnTimer("remind", "draft", "P1D", interrupting: false).Send("urge")
        .User("sign").OnTimer("late", "sign", "P3D", interrupting: false).Send("escalate").User("check").End("e")
        .Line("s", "draft", "sign", "check", "e").Line("remind", "urge").Line("late", "escalate");

    [Fact]
    public void SendBack_PlacesTheTokenAndBeginsTimersAnew()
    {
        var i = new Instance(Plain());
        i.Start();
        i.Complete("draft");
        i.Fire("late").ShouldBe("pass late, start escalate");
        i.Targets("sign").ShouldBe(["draft"]);
        i.SendBack("sign", "draft").ShouldBe("cancel sign SentBack, cancel escalate SentBack, start draft, timer remind P1D");
        i.State.CompletedUserTasks.ShouldBeEmpty();
        i.Complete("draft").ShouldBe("done draft, clear remind, start sign, timer late P3D");
        i.Complete("sign");
        i.Targets("check").ShouldBe(["sign", "draft"], "the nearest first");
        i.SendBack("check", "draft").ShouldBe("cancel check SentBack, start draft, timer remind P1D");
    }

    [Fact]
    public void SendBack_ClearsTheTimersOfWhatIsCancelled()
    {
        var i = new Instance(Plain());
        i.Start();
        i.Complete("draft");
        i.SendBack("sign", "draft").ShouldBe("clear late, cancel sign SentBack, start draft, timer remind P1D");
    }

    [Fact]
    public void SendBackTargets_WhenNeverCompletedOrNotUpstream_AreNotOffered()
    {
        var i = new Instance(new Drawing().Start("s").Xor("x", "b").User("a").User("b").Xor("j").User("c").Xor("y", "e").End("e")
            .Line("s", "x").Flow("x", "a", "n = 1").Flow("x", "b").Line("a", "j", "c", "y").Line("b", "j").Flow("y", "x", "again").Flow("y", "e"), ("n", 1));
        i.Start();
        i.Complete("a");
        i.Targets("c").ShouldBe(["a"]);
        i.Complete("c", ("again", true), ("n", 2));
        i.AtWork.ShouldBe("b");
        i.Targets("b").ShouldBeEmpty("a is beside it, c comes after it");
        i.Complete("b");
        i.Targets("c").ShouldBe(["b", "a"]);
        i.SendBack("c", "a").ShouldBe("cancel c SentBack, start a");
        Should.Throw<ArgumentException>(() => i.SendBack("a", "x"));
        Should.Throw<ArgumentException>(() => i.SendBack("a", "nowhere"));
    }

    private static Drawing Fork() => new Drawing().Start("s").User("t").And("f").User("a1").User("a2").User("b1").User("b2").And("j").User("c").Xor("x", "e").End("e")
        .Line("s", "t", "f", "a1", "a2", "j", "c", "x").Line("f", "b1", "b2", "j").Flow("x", "t", "again").Flow("x", "e");

    [Fact]
    public void SendBack_WithinABranch_LeavesTheOtherAlone()
    {
        var i = new Instance(Fork());
        i.Start();
        i.Complete("t");
        i.Complete("a1");
        i.Complete("b1");
        i.Targets("a2").ShouldBe(["a1", "t"]);
        i.SendBack("a2", "a1").ShouldBe("cancel a2 SentBack, start a1");
        i.AtWork.ShouldBe("b2 a1");
        i.Complete("b2");
        i.Complete("a1");
        i.Complete("a2").ShouldBe("done a2, pass j, start c");
    }

    [Fact]
    public void SendBack_WhenTheOtherBranchWaitsAtTheJoin_KeepsItThere()
    {
        var i = new Instance(Fork());
        i.Start();
        i.Complete("t");
        i.Complete("a1");
        i.Complete("b1");
        i.Complete("b2");
        i.SendBack("a2", "a1").ShouldBe("cancel a2 SentBack, start a1");
        i.Complete("a1");
        i.Complete("a2").ShouldBe("done a2, pass j, start c");
    }

    [Fact]
    public void SendBack_ToBeforeTheFork_EndsAllBranches()
    {
        var i = new Instance(Fork());
        i.Start();
        i.Complete("t");
        i.Complete("a1");
        i.Complete("b1");
        i.Complete("b2");
        i.SendBack("a2", "t").ShouldBe("cancel a2 SentBack, start t");
        i.Live.Count.ShouldBe(1, "the token at the join is gone too");
        i.Complete("t").ShouldBe("done t, pass f, start a1, start b1");
    }

    [Fact]
    public void SendBack_IntoABranchThatWasJoined_DoesOnlyThatBranchAgain()
    {
        var i = new Instance(Fork());
        i.Start();
        i.Complete("t");
        foreach (var task in (string[])["a1", "a2", "b1", "b2"])
        {
            i.Complete(task);
        }

        i.Targets("c").ShouldBe(["b2", "b1", "a2", "a1", "t"]);
        i.SendBack("c", "a2").ShouldBe("cancel c SentBack, start a2");
        i.Complete("a2").ShouldBe("done a2, pass j, start c");
        i.Complete("c").ShouldBe("done c, pass x, stuck x expression-failed");
        i.Skip("x").ShouldBe("pass e, end Completed");
    }

    [Fact]
    public void SendBack_IntoANestedBranch_KeepsEveryOtherSide()
    {
        var i = new Instance(new Drawing().Start("s").And("f").And("g").User("a").User("b").User("c").And("k").And("j").User("z").End("e")
            .Line("s", "f", "g", "a", "k", "j", "z", "e").Line("g", "b", "k").Line("f", "c", "j"));
        i.Start();
        i.Complete("a");
        i.Complete("b");
        i.Complete("c").ShouldBe("done c, pass j, start z");
        i.SendBack("z", "a").ShouldBe("cancel z SentBack, start a");
        i.Complete("a").ShouldBe("done a, pass k, pass j, start z");
        i.Complete("z").ShouldBe("done z, pass e, end Completed");
    }

    [Fact]
    public void SendBack_IntoAnInclusiveBranch_DoesNotWaitForTheOthers()
    {
        var i = new Instance(new Drawing().Start("s").Or("f").User("a").User("b").Or("j").User("c").End("e").Line("s", "f", "a", "j", "c", "e").Line("f", "b", "j"));
        i.Start();
        i.Complete("a");
        i.Complete("b");
        i.SendBack("c", "b").ShouldBe("cancel c SentBack, start b");
        i.Complete("b").ShouldBe("done b, pass j, start c");
    }

    private static Drawing WithSub() => new Drawing().Start("s").User("t").Sub("sub", n => n.Start("is").User("x").And("f").User("y1").User("y2").And("j").End("ie")
            .Line("is", "x", "f", "y1", "j", "ie").Line("f", "y2", "j"))
        .OnTimer("limit", "sub", "P9D").End("over").User("z").End("e").Line("s", "t", "sub", "z", "e").Line("limit", "over");

    [Fact]
    public void SendBack_OutOfASubProcess_EndsIt()
    {
        var i = new Instance(WithSub());
        i.Start();
        i.Complete("t");
        i.Complete("x");
        i.Targets("y1").ShouldBe(["x", "t"]);
        i.SendBack("y1", "t").ShouldBe("cancel y1 SentBack, cancel y2 SentBack, clear limit, start t");
        i.Complete("t").ShouldBe("done t, pass sub, timer limit P9D, pass is, start x");
    }

    [Fact]
    public void SendBack_WithinASubProcess_KeepsIt()
    {
        var i = new Instance(WithSub());
        i.Start();
        i.Complete("t");
        i.Complete("x");
        i.SendBack("y1", "x").ShouldBe("cancel y1 SentBack, cancel y2 SentBack, start x");
        i.State.CompletedUserTasks.ShouldBe(["t"]);
    }

    [Fact]
    public void SendBack_IntoAFinishedSubProcess_EntersItAgain()
    {
        var i = new Instance(WithSub());
        i.Start();
        foreach (var task in (string[])["t", "x", "y2", "y1"])
        {
            i.Complete(task);
        }

        i.Targets("z").ShouldBe(["y1", "y2", "x", "t"]);
        i.SendBack("z", "y1").ShouldBe("cancel z SentBack, pass sub, timer limit P9D, start y1");
        i.Targets("y1").ShouldBe(["x", "t"]);
        i.Complete("y1").ShouldBe("done y1, pass j, pass ie, clear limit, start z");
    }

    [Fact]
    public void SendBack_FromAnInstanceOfAMultiInstance_EndsTheWhole()
    {
        var i = new Instance(new Drawing().Start("s").User("a").User("m", new Loop(Count: "3", Into: "votes", Output: "vote")).User("z").Line("s", "a", "m", "z"));
        i.Start();
        i.Complete("a");
        i.CompleteInstance("m", 1, ("vote", "no"));
        i.SendBack("m", "a").ShouldBe("cancel m SentBack, cancel m SentBack, start a");
        i.Complete("a").ShouldBe("done a, start m[0], start m[1], start m[2]");
        i["votes"].ShouldBe("[]");
        i.CompleteInstance("m", 0);
        i.CompleteInstance("m", 1);
        i.CompleteInstance("m", 2);
        i.Targets("z").ShouldBe(["m", "a"]);
        i.SendBack("z", "m").ShouldBe("cancel z SentBack, start m[0], start m[1], start m[2]");
    }

    [Fact]
    public void SendBack_InAMultiInstanceSubProcess_StaysInItsInstance()
    {
        var i = new Instance(new Drawing().Start("s").User("a").Sub("m", n => n.Start("is").User("x").User("y").Line("is", "x", "y"), new Loop(Count: "2")).User("z").Line("s", "a", "m", "z"));
        i.Start();
        i.Complete("a");
        var (first, second) = (i.Live.First(l => l.NodeId == "x").Id, i.Live.Last(l => l.NodeId == "x").Id);
        i.Complete(first);
        i.Targets("y").ShouldBe(["x", "a"]);
        i.Machine.SendBackTargets(i.State, second).ShouldBe(["a"], "x was done in the other instance only");
        i.SendBack("y", "x").ShouldBe("cancel y SentBack, start x");
        i.Live.Count(l => l.NodeId == "x").ShouldBe(2);
        foreach (var id in i.Live.Where(l => l.NodeId == "x").Select(l => l.Id).ToList())
        {
            i.Complete(id);
        }

        i.Complete("y");
        i.Complete("y");
        i.AtWork.ShouldBe("z");
        i.Targets("z").ShouldBe(["a"], "there is no instance to go back into");
    }

    [Fact]
    public void SendBack_FromABoundaryPath_EndsTheHostToo()
    {
        var i = new Instance(Plain());
        i.Start();
        i.Complete("draft");
        i.Fire("late");
        i.Targets("escalate").ShouldBe(["draft"]);
        i.SendBack("escalate", "draft").ShouldBe("cancel escalate SentBack, cancel sign SentBack, start draft, timer remind P1D");
    }

    [Fact]
    public void Rewind_TakesBackWhatWasDone()
    {
        var i = new Instance(Plain());
        i.Start();
        i.Complete("draft");
        i.Rewind("draft").ShouldBe("clear late, cancel sign SentBack, start draft, timer remind P1D");
        Should.Throw<ArgumentException>(() => i.Rewind("draft"));
        Should.Throw<ArgumentException>(() => i.Rewind("sign"));
    }

    [Fact]
    public void Rewind_InABranch_LeavesTheOtherAlone()
    {
        var i = new Instance(Fork());
        i.Start();
        i.Complete("t");
        i.Complete("a1");
        i.Rewind("a1").ShouldBe("cancel a2 SentBack, start a1");
        i.AtWork.ShouldBe("b1 a1");
    }

    [Fact]
    public void Rewind_AcrossAJoin_KeepsTheOtherSide()
    {
        var i = new Instance(Fork());
        i.Start();
        foreach (var task in (string[])["t", "a1", "a2", "b1", "b2"])
        {
            i.Complete(task);
        }

        i.Rewind("b2").ShouldBe("cancel c SentBack, start b2");
        i.Complete("b2").ShouldBe("done b2, pass j, start c");
    }

    [Fact]
    public void Rewind_InASubProcess_StaysInIt()
    {
        var i = new Instance(WithSub());
        i.Start();
        i.Complete("t");
        i.Complete("x");
        i.Rewind("x").ShouldBe("cancel y1 SentBack, cancel y2 SentBack, start x");
        i.Complete("x");
        i.Complete("y1");
        i.Complete("y2").ShouldBe("done y2, pass j, pass ie, clear limit, start z");
        i.Rewind("y2").ShouldBe("cancel z SentBack, pass sub, timer limit P9D, start y2");
        i.Complete("y2").ShouldBe("done y2, pass j, pass ie, clear limit, start z");
        i.Complete("z");
        Should.Throw<InvalidOperationException>(() => i.Rewind("z"));
    }

    [Fact]
    public void Rewind_InAMultiInstanceSubProcess_TakesTheInstanceThatDidIt()
    {
        var i = new Instance(new Drawing().Start("s").Sub("m", n => n.Start("is").User("x").User("y").Line("is", "x", "y"), new Loop(Count: "2")).Line("s", "m"));
        i.Start();
        i.Complete(i.Live.Last(l => l.NodeId == "x").Id);
        i.Rewind("x").ShouldBe("cancel y SentBack, start x");
        i.Complete("x");
        i.Complete("x");
        Should.Throw<ArgumentException>(() => i.Rewind("x"), "which of the two?");
    }

    [Fact]
    public void Rewind_WhenTheStepLedBack_TakesBackWhatItLedTo()
    {
        var i = new Instance(new Drawing().Start("s").User("draft").User("check").Xor("x", "e").End("e")
            .Line("s", "draft", "check", "x").Flow("x", "draft", "again").Flow("x", "e"));
        i.Start();
        i.Complete("draft");
        i.Complete("check", ("again", true)).ShouldBe("done check, pass x, start draft");
        i.Rewind("check").ShouldBe("cancel draft SentBack, start check");
        i.Complete("check", ("again", false)).ShouldBe("done check, pass x, pass e, end Completed");
    }

    [Fact]
    public void Rewind_WhenTheStepLedToNothing_KeepsWhatAnotherBranchBroughtLater()
    {
        // The end after "a" gives out no id: the next command begins with the same last id, and what it brings is not a's.
        var i = new Instance(new Drawing().Start("s").And("f").User("a").End("over").User("b").User("c").And("j").User("z").End("e")
            .Line("s", "f", "a", "over").Line("f", "b", "j", "z", "e").Line("f", "c", "j"));
        i.Start();
        i.Complete("a").ShouldBe("done a, pass over");
        i.Complete("b").ShouldBe("done b");
        i.Rewind("a").ShouldBe("start a");
        i.Complete("a");
        i.Complete("c").ShouldBe("done c, pass j, start z", "b waited at the join");
        i.Complete("z").ShouldBe("done z, pass e, end Completed");
    }

    [Fact]
    public void Rewind_WhenTheStepLedBackIntoItsSubProcess_TakesBackWhatItLedToOutsideToo()
    {
        // Leaving the sub-process enters it again and begins "note" beside it: the new one is not the one the step was done in.
        var i = new Instance(new Drawing().Start("s").Sub("sub", n => n.Start("is").User("x").User("y").End("ie").Line("is", "x", "y", "ie"))
            .Or("o").User("note").End("e").Line("s", "sub", "o", "note", "e").Flow("o", "sub", "again"), ("again", true));
        i.Start();
        i.Complete("x");
        i.Complete("y").ShouldBe("done y, pass ie, pass o, start note, pass sub, pass is, start x");
        i.Rewind("y").ShouldBe("cancel note SentBack, cancel x SentBack, pass sub, start y");
        i.Complete("y", ("again", false)).ShouldBe("done y, pass ie, pass o, start note");
        i.Complete("note").ShouldBe("done note, pass e, end Completed");
    }
}
