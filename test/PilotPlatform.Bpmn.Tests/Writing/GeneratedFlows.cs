using FsCheck;
using FsCheck.Fluent;

namespace PilotPlatform.Bpmn.Tests.Writing;

/// <summary>Processes made at random from one seed: sound blocks (sequence, choice, parallel, loop, sub-process, boundary) put into one another.</summary>
internal sealed class GeneratedFlows
{
    private readonly Random random;
    private int counter;

    private GeneratedFlows(int seed) => random = new Random(seed);

    public static Arbitrary<ProcessModel> Arbitrary() =>
        Gen.Choose(0, int.MaxValue - 1).Select(seed => new GeneratedFlows(seed).Process()).ToArbitrary();

    private ProcessModel Process() => new("generated", "生成的流程", true, [new VariableDeclaration("score", VariableType.Number, null)], Scope("generated", 3));

    private FlowScope Scope(string id, int depth)
    {
        var nodes = new List<FlowNode>();
        var flows = new List<SequenceFlow>();
        var start = Add(nodes, new StartEvent(Id("start"), null, null));
        var (first, last) = Block(nodes, flows, depth);
        var end = Add(nodes, new EndEvent(Id("end"), random.Next(2) == 0 ? "结束" : null, EndKind.None, null));
        Connect(flows, start, first);
        Connect(flows, last, end);
        return new FlowScope(id, nodes, flows);
    }

    private (string First, string Last) Block(List<FlowNode> nodes, List<SequenceFlow> flows, int depth)
    {
        switch (depth == 0 ? 0 : random.Next(7))
        {
            case 1:
                var (a, b) = Block(nodes, flows, depth - 1);
                var (c, d) = Block(nodes, flows, depth - 1);
                Connect(flows, b, c);
                return (a, d);
            case 2 or 3:
                return Branches(nodes, flows, depth);
            case 4:
                var again = Add(nodes, new ExclusiveGateway(Id("again"), null, null));
                var (body, bodyEnd) = Block(nodes, flows, depth - 1);
                var back = Id("onwards");
                var choice = Add(nodes, new ExclusiveGateway(Id("choice"), "重来?", back));
                var after = Add(nodes, Task());
                Connect(flows, again, body);
                Connect(flows, bodyEnd, choice);
                flows.Add(new SequenceFlow(Id("back"), "退回", choice, again, "score < 60"));
                flows.Add(new SequenceFlow(back, "继续", choice, after, null));
                return (again, after);
            case 5:
                var id = Id("sub");
                Add(nodes, new SubProcess(id, "子流程", null, null, Scope(id, depth - 1)));
                return (id, id);
            case 6:
                var task = Add(nodes, new ManualTask(Id("manual"), "办理", null, null, true));
                var boundary = Add(nodes, new BoundaryEvent(Id("late"), "逾期", task, random.Next(2) == 0, new TimerTrigger(TimerKind.Duration, "P3D", random.Next(2) == 0)));
                var end = Add(nodes, new EndEvent(Id("lateEnd"), null, random.Next(2) == 0 ? EndKind.None : EndKind.Terminate, null));
                Connect(flows, boundary, end);
                return (task, task);
            default:
                var single = Add(nodes, Task());
                return (single, single);
        }
    }

    private (string First, string Last) Branches(List<FlowNode> nodes, List<SequenceFlow> flows, int depth)
    {
        var kind = random.Next(3);
        var otherwise = Id("otherwise");
        FlowNode Gateway(string id, string? defaultFlow) => kind switch
        {
            0 => new ParallelGateway(id, null),
            1 => new ExclusiveGateway(id, "选择", defaultFlow),
            _ => new InclusiveGateway(id, "选择", defaultFlow),
        };
        var fork = Add(nodes, Gateway(Id("fork"), otherwise));
        var blocks = Enumerable.Range(0, random.Next(2, 5)).Select(_ => Block(nodes, flows, depth - 1)).ToList();
        var join = Add(nodes, Gateway(Id("join"), null));
        for (var i = 0; i < blocks.Count; i++)
        {
            var isDefault = i == blocks.Count - 1;
            flows.Add(new SequenceFlow(isDefault ? otherwise : Id("way"), kind == 0 ? null : $"情形{i}", fork, blocks[i].First, kind == 0 || isDefault ? null : $"score = {i}"));
            Connect(flows, blocks[i].Last, join);
        }

        return (fork, join);
    }

    private FlowNode Task() => random.Next(5) switch
    {
        0 => new ServiceTask(Id("service"), "办理", null, null, "pilots.accept", RegionRole.Issuer, RetryRule.Default),
        1 => new ManualTask(Id("manual"), null, null, null, random.Next(2) == 0),
        2 => new CatchEvent(Id("wait"), "等待", new MessageTrigger("消息")),
        3 => new CallActivity(Id("call"), "调用", new MultiInstance(false, "3", null, null, null, null, null), null, "other"),
        _ => new UserTask(Id("user"), "审核", null, null, new HumanWork(new AssigneeRule(AssigneeKind.Office, "o", RegionRole.Subject, []), [], false, "P1D", true, null, false)),
    };

    private static string Add(List<FlowNode> nodes, FlowNode node)
    {
        nodes.Add(node);
        return node.Id;
    }

    private void Connect(List<SequenceFlow> flows, string from, string to) => flows.Add(new SequenceFlow(Id("flow"), null, from, to, null));

    private string Id(string stem) => $"{stem}{++counter}";
}
