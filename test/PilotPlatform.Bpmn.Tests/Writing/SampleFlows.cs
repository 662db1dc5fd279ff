namespace PilotPlatform.Bpmn.Tests.Writing;

/// <summary>Typed processes: one with everything that a process can say, one of the size of a delivered flow.</summary>
internal static class SampleFlows
{
    public static ProcessModel Everything()
    {
        var inner = new FlowScope(
            "sub",
            [new StartEvent("i1", null, null), Task("i2", "独立打分"), new EndEvent("i3", null, EndKind.Error, "SPREAD")],
            [Flow("if1", "i1", "i2"), Flow("if2", "i2", "i3")]);
        var vote = new MultiInstance(false, null, "assessors", "assessor", "nrOfCompletedInstances >= 2 and score < 60", "votes", "vote");
        var work = new HumanWork(
            new AssigneeRule(AssigneeKind.Role, "coordinator", RegionRole.Issuer, ["u1", "i2"]),
            [
                new FormField("decision", "审核<意见>", FieldKind.Choice, true, [new FormOption("accept", "通过"), new FormOption("return", "退回 & 补正")]),
                new FormField("note", "说明", FieldKind.LongText, false, []),
                new FormField("failed", "不合格项", FieldKind.Choices, true, [new FormOption("whole", "材料\"齐全\""), new FormOption("legible", "清晰")]),
            ],
            AllowsBatch: true, "P5D", DueInWorkingDays: true, "pilots.submission-decided", IsConfidential: true);
        FlowNode[] nodes =
        [
            new StartEvent("s1", "收到", null), new StartEvent("s2", null, new MessageTrigger("材料补正")), new StartEvent("s3", null, new TimerTrigger(TimerKind.Cycle, "R/P1M", false)),
            new UserTask("u1", "起草\n成果", null, null, new HumanWork(null, [], false, null, false, null, false)),
            new UserTask("u2", "会签", vote, "toGateway", work),
            new BoundaryEvent("b1", "催办", "u2", false, new TimerTrigger(TimerKind.Duration, "P3D", true)),
            new BoundaryEvent("b2", null, "u2", true, new TimerTrigger(TimerKind.Date, "=due", false)),
            new ServiceTask("v1", "受理", null, null, "pilots.accept", RegionRole.Parent, new RetryRule(5, TimeSpan.FromMinutes(2))),
            new ServiceTask("v2", null, null, null, null, RegionRole.Subject, RetryRule.Default),
            new SendTask("n1", "告知", new MultiInstance(true, "2", null, null, null, null, null), null, new AssigneeRule(AssigneeKind.Expression, "assessor", RegionRole.Subject, []), "{note} 已受理"),
            new ManualTask("m1", "装订", null, null, false) { StartQuantity = 2, CompletionQuantity = 3 }, new ManualTask("m2", null, null, null, true),
            new CallActivity("c1", "公示", null, null, "publication"), new CallActivity("c2", null, null, null, null),
            new SubProcess("sub", "评审", null, null, inner), new SubProcess("empty", null, null, null, new FlowScope("empty", [], [])),
            new BoundaryEvent("b3", null, "sub", true, new ErrorTrigger("SPREAD")), new BoundaryEvent("b4", null, "c1", true, new ErrorTrigger(null)),
            new ExclusiveGateway("x1", "通过?", "no"), new InclusiveGateway("o1", null, null), new ParallelGateway("p1", null), new EventBasedGateway("g1", null),
            new CatchEvent("k1", "补正到达", new MessageTrigger("材料补正")), new CatchEvent("k2", null, new TimerTrigger(TimerKind.Duration, "P5D", false)), new CatchEvent("k3", null, new MessageTrigger("")),
            new EndEvent("e1", "结束", EndKind.None, null), new EndEvent("e2", null, EndKind.Terminate, null), new EndEvent("e3", null, EndKind.Error, null), new EndEvent("e4", null, EndKind.Error, "OBJECTION"),
        ];
        SequenceFlow[] flows =
        [
            Flow("f1", "s1", "u1"), Flow("f2", "u1", "u2"), Flow("toGateway", "u2", "x1"), new("yes", "通过 \"是\"", "x1", "v1", "decision = \"accept\" and score >= 60"), Flow("no", "x1", "u1"),
            Flow("f3", "v1", "g1"), Flow("f4", "g1", "k1"), Flow("f5", "g1", "k2"), Flow("f6", "k1", "sub"), Flow("f7", "k2", "e2"), Flow("f8", "sub", "p1"), Flow("f9", "p1", "n1"), Flow("f10", "p1", "m1"),
            Flow("f11", "n1", "e1"), Flow("f12", "m1", "m2"), Flow("f13", "m2", "o1"), Flow("f14", "o1", "c1"), Flow("f15", "b1", "n1"), Flow("f16", "b2", "e3"), Flow("f17", "b3", "v2"), Flow("f18", "v2", "v2"),
            Flow("f19", "b4", "e4"), Flow("f20", "s2", "k3"), Flow("f21", "k3", "empty"), Flow("f22", "s3", "c2"),
        ];
        return new ProcessModel(
            "everything", "样例 & 全部", true,
            [new VariableDeclaration("score", VariableType.Number, "得分"), new VariableDeclaration("votes", VariableType.List, null), new VariableDeclaration("due", VariableType.DateTime, null)],
            new FlowScope("everything", nodes, flows));
    }

    /// <summary>About thirty nodes, with returns, escalations and an objection window.</summary>
    public static ProcessModel Submission()
    {
        FlowNode[] nodes =
        [
            new StartEvent("start", "试点进入报送阶段", null), Task("draft", "起草成果"), Task("sign", "处室负责人签发"), new ExclusiveGateway("signed", "签发?", "backToDraft"),
            new ServiceTask("submit", "报送", null, null, "pilots.submit", RegionRole.Subject, RetryRule.Default), Task("check", "形式审查"),
            new BoundaryEvent("lateCheck", "逾期未审", "check", false, new TimerTrigger(TimerKind.Duration, "P5D", true)),
            new SendTask("urge", "催办", null, null, new AssigneeRule(AssigneeKind.Role, "leader", RegionRole.Issuer, []), "请尽快审查"), new EndEvent("urged", null, EndKind.None, null),
            new ExclusiveGateway("complete", "材料齐全?", "incomplete"), new ServiceTask("return", "退回补正", null, null, "pilots.return", RegionRole.Issuer, RetryRule.Default),
            Task("correct", "补正材料"), new BoundaryEvent("tooLate", "补正逾期", "correct", true, new TimerTrigger(TimerKind.Duration, "P10D", true)), new EndEvent("failed", "视为未报送", EndKind.Terminate, null),
            new ParallelGateway("fork", null), Task("office", "业务处室审核"), Task("legal", "法规处室审核"), Task("data", "数据核验"), new ParallelGateway("join", null),
            new InclusiveGateway("which", "需要什么?", "nothing"), Task("expert", "专家论证"), Task("visit", "现场核查"), new InclusiveGateway("both", null, null),
            Task("decide", "审定"), new ExclusiveGateway("accepted", "通过?", "notAccepted"), new ServiceTask("accept", "验收", null, null, "pilots.accept", RegionRole.Issuer, RetryRule.Default),
            new EventBasedGateway("window", "公示期"), new CatchEvent("objection", "收到异议", new MessageTrigger("异议")), new CatchEvent("quiet", "公示期满", new TimerTrigger(TimerKind.Duration, "P5D", true)),
            new ServiceTask("archive", "归档", null, null, "pilots.archive", RegionRole.Issuer, RetryRule.Default), new EndEvent("done", "办结", EndKind.None, null),
        ];
        SequenceFlow[] flows =
        [
            Flow("f1", "start", "draft"), Flow("f2", "draft", "sign"), Flow("f3", "sign", "signed"), new("toSubmit", "同意", "signed", "submit", "decision = \"yes\""), new("backToDraft", "退改", "signed", "draft", null),
            Flow("f4", "submit", "check"), Flow("f5", "check", "complete"), Flow("f6", "lateCheck", "urge"), Flow("f7", "urge", "urged"), new("full", "齐全", "complete", "fork", "decision = \"yes\""),
            new("incomplete", "不齐全", "complete", "return", null), Flow("f8", "return", "correct"), Flow("f9", "correct", "submit"), Flow("f10", "tooLate", "failed"),
            Flow("f11", "fork", "office"), Flow("f12", "fork", "legal"), Flow("f13", "fork", "data"), Flow("f14", "office", "join"), Flow("f15", "legal", "join"), Flow("f16", "data", "join"),
            Flow("f17", "join", "which"), new("needsExpert", "有争议", "which", "expert", "score < 80"), new("needsVisit", "涉及现场", "which", "visit", "score < 70"), new("nothing", "都不需要", "which", "both", null),
            Flow("f18", "expert", "both"), Flow("f19", "visit", "both"), Flow("f20", "both", "decide"), Flow("f21", "decide", "accepted"), new("isAccepted", "通过", "accepted", "accept", "decision = \"yes\""),
            new("notAccepted", "不通过", "accepted", "return", null), Flow("f22", "accept", "window"), Flow("f23", "window", "objection"), Flow("f24", "window", "quiet"), Flow("f25", "objection", "decide"),
            Flow("f26", "quiet", "archive"), Flow("f27", "archive", "done"),
        ];
        return new ProcessModel("submission", "成果报送", true, [], new FlowScope("submission", nodes, flows));
    }

    private static UserTask Task(string id, string name) =>
        new(id, name, null, null, new HumanWork(new AssigneeRule(AssigneeKind.Role, "coordinator", RegionRole.Subject, []), [], false, null, false, null, false));

    private static SequenceFlow Flow(string id, string from, string to) => new(id, null, from, to, null);
}
