using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>A block of a block-structured process: one way in, one way out.</summary>
internal abstract record Block;

internal sealed record Work(int Kind) : Block;

internal sealed record Sequence(Block First, Block Second) : Block;

internal sealed record Choice(int Limit, Block Then, Block? Else) : Block;

internal sealed record Both(IReadOnlyList<Block> Branches) : Block;

/// <summary>An inclusive fork and join: branch i is taken when n is at least its limit, the last one otherwise.</summary>
internal sealed record Some(IReadOnlyList<(int Limit, Block Branch)> Branches, Block Otherwise) : Block;

internal sealed record Again(int Limit, Block Body) : Block;

internal sealed record Events(Block AfterTimer, Block AfterMessage) : Block;

internal sealed record Overdue(int Kind, bool Interrupting, Block Path) : Block;

internal sealed record Failing(bool Any, Block Path) : Block;

internal sealed record Inner(Block Body) : Block;

/// <summary>A sub-process that may end in an error, which its boundary catches.</summary>
internal sealed record InnerFailing(int Limit, Block Body, Block Path) : Block;

internal sealed record InnerOverdue(Block Body, Block Path) : Block;

/// <summary>A sub-process with two branches, one of which ends both.</summary>
internal sealed record InnerStopped(Block Stopping, Block Stopped) : Block;

internal sealed record Repeated(int Kind, int Count, bool Sequential, int? Enough) : Block;

internal sealed record InnerRepeated(Block Body, bool Sequential) : Block;

internal static class Blocks
{
    public static Gen<Block> Any => Gen.Sized(size => Sized(Math.Min(size, 24), mayRepeat: true));

    private static Gen<Block> Sized(int size, bool mayRepeat)
    {
        Gen<Block> work = Gen.Choose(0, 4).Select(k => (Block)new Work(k));
        if (size <= 1)
        {
            return work;
        }

        var half = Sized(size / 2, mayRepeat);
        var third = Sized(size / 3, mayRepeat);
        var limit = Gen.Choose(1, 3);
        var yes = Gen.Elements(true, false);
        List<(int, Gen<Block>)> kinds =
        [
            (1, work),
            (4, from a in half from b in half select (Block)new Sequence(a, b)),
            (2, from l in limit from a in half from b in half from both in yes select (Block)new Choice(l, a, both ? b : null)),
            (2, from n in Gen.Choose(2, 3) from b in Gen.ListOf(third, n) select (Block)new Both([.. b])),
            (2, from l in Gen.ListOf(limit, 2) from b in Gen.ListOf(third, 2) from o in third select (Block)new Some([.. l.Zip(b)], o)),
            // Somebody has to answer in each round, or it goes round for ever.
            (2, from l in limit from b in half select (Block)new Again(l, new Sequence(new Work(0), b))),
            (1, from a in half from b in half select (Block)new Events(a, b)),
            (2, from k in Gen.Choose(0, 3) from i in yes from p in half select (Block)new Overdue(k, i, p)),
            (1, from a in yes from p in half select (Block)new Failing(a, p)),
            (1, from b in half select (Block)new Inner(b)),
            (1, from b in half from p in half select (Block)new InnerOverdue(b, p)),
            (1, from a in half from b in half select (Block)new InnerStopped(a, b)),
        ];
        if (mayRepeat)
        {
            var once = Sized(size / 2, mayRepeat: false);
            kinds.Add((1, from k in Gen.Choose(0, 3) from n in Gen.Choose(0, 3) from s in yes from e in Gen.Elements<int?>(null, 1, 2) select (Block)new Repeated(k, n, s, e)));
            kinds.Add((1, from l in limit from b in half from p in half select (Block)new InnerFailing(l, b, p)));
            kinds.Add((1, from b in once from s in yes select (Block)new InnerRepeated(b, s)));
        }

        return Gen.Frequency(kinds);
    }

    /// <summary>The block as a process. The plain way draws the same behaviour with what the other engine runs by the standard.</summary>
    public static Drawing Draw(Block block, bool plainly)
    {
        var drawing = new Drawing();
        new Drawer(plainly).Whole(drawing, block, "");
        return drawing;
    }

    /// <summary>
    /// Draws blocks. Plainly: each block with a way that may not be taken stands in a sub-process of its own, because the
    /// other engine sends "not taken" along every such way and its parallel joins count that as an arrival; and an inclusive
    /// fork is drawn as a parallel one with a choice in each branch, because the other engine has no inclusive join.
    /// </summary>
    private sealed class Drawer(bool plainly)
    {
        private int last;

        public void Whole(Drawing d, Block block, string suffix)
        {
            d.Start("s" + suffix).End("e" + suffix);
            var (first, end) = Put(d, block);
            d.Line("s" + suffix, first).Line(end, "e" + suffix);
        }

        private (string First, string Last) Put(Drawing d, Block block) => block switch
        {
            Work w => Node(Name("a"), id => Activity(d, w.Kind, id)),
            Sequence s => Then(d, Put(d, s.First), Put(d, s.Second)),
            Both b => PutFrame(d, n => PutBoth(n, b)),
            Some s when plainly => PutFrame(d, n => PutBoth(n, new Both([.. s.Branches.Select(x => new Choice(-x.Limit, x.Branch, null)), new Choice(-100 - s.Branches.Min(x => x.Limit), s.Otherwise, null)]))),
            Inner i => Sub(d, Name("p"), (n, id) => Whole(n, i.Body, id)),
            InnerRepeated r => Sub(d, Name("m"), (n, id) => Whole(n, r.Body, id), new Loop(Count: "2", Sequential: r.Sequential)),
            Repeated r => Node(Name("r"), id => Activity(d, r.Kind, id, new Loop(Count: $"{r.Count}", Sequential: r.Sequential, Until: r.Enough is { } e ? $"nrOfCompletedInstances >= {e}" : null))),
            _ => PutFrame(d, n => PutChoosing(n, block)),
        };

        private (string First, string Last) PutFrame(Drawing d, Func<Drawing, (string First, string Last)> put) => !plainly ? put(d) : Sub(d, Name("w"), (n, id) =>
        {
            n.Start("s" + id).End("e" + id);
            var (first, end) = put(n);
            n.Line("s" + id, first).Line(end, "e" + id);
        });

        private (string First, string Last) PutChoosing(Drawing d, Block block)
        {
            switch (block)
            {
                case Choice c:
                {
                    // A negative limit stands for an inclusive branch drawn plainly: a first digit of 1 says "otherwise".
                    var (condition, x, m) = (c.Limit < -100 ? $"n < {-c.Limit - 100}" : $"n >= {Math.Abs(c.Limit)}", Name("x"), Name("y"));
                    var then = Put(d, c.Then);
                    var other = c.Else is null ? default((string First, string Last)?) : Put(d, c.Else);
                    d.Xor(x, other?.First ?? m).Xor(m).Flow(x, then.First, condition).Flow(x, other?.First ?? m).Line(then.Last, m);
                    if (other is not null)
                    {
                        d.Line(other.Value.Last, m);
                    }

                    return (x, m);
                }

                case Some s:
                {
                    var (o, j) = (Name("o"), Name("j"));
                    var branches = s.Branches.Select(b => (b.Limit, Ends: Put(d, b.Branch))).ToList();
                    var otherwise = Put(d, s.Otherwise);
                    d.Or(o, otherwise.First).Or(j);
                    foreach (var (limit, ends) in branches)
                    {
                        d.Flow(o, ends.First, $"n >= {limit}").Line(ends.Last, j);
                    }

                    d.Flow(o, otherwise.First).Line(otherwise.Last, j);
                    return (o, j);
                }

                case Again a:
                {
                    var (m, x, on) = (Name("y"), Name("x"), Name("h"));
                    var body = Put(d, a.Body);
                    d.Xor(m).Xor(x, on).Abstract(on).Line(m, body.First).Line(body.Last, x).Flow(x, m, $"n >= {a.Limit}").Flow(x, on);
                    return (m, on);
                }

                case Events e:
                {
                    var (g, t, r, m) = (Name("g"), Name("t"), Name("i"), Name("y"));
                    var (late, answered) = (Put(d, e.AfterTimer), Put(d, e.AfterMessage));
                    d.First(g).Wait(t, "P1D").Receive(r, "message_" + r).Xor(m).Line(g, t, late.First).Line(g, r, answered.First).Line(late.Last, m).Line(answered.Last, m);
                    return (g, m);
                }

                case Overdue o:
                {
                    var (id, t) = (Name("a"), Name("t"));
                    Activity(d, o.Kind, id);
                    d.OnTimer(t, id, "P1D", o.Interrupting);
                    if (!o.Interrupting)
                    {
                        // Aside and at once: one node of the other engine cannot be at work twice, so nothing waits there.
                        var (note, end) = (Name("h"), Name("z"));
                        d.Manual(note).End(end).Line(t, note, end);
                        return (id, id);
                    }

                    return Merge(d, id, t, Put(d, o.Path));
                }

                case Failing f:
                {
                    var (id, b) = (Name("a"), Name("b"));
                    d.Service(id).OnError(b, id, f.Any ? null : "E1");
                    return Merge(d, id, b, Put(d, f.Path));
                }

                case InnerFailing f:
                {
                    var b = Name("b");
                    var sub = Sub(d, Name("p"), (n, id) =>
                    {
                        var (x, bad) = (Name("x"), Name("error"));
                        n.Start("s" + id).End("e" + id).Error(bad, "E" + b).Xor(x, "e" + id);
                        var body = Put(n, f.Body);
                        n.Line("s" + id, body.First).Line(body.Last, x).Flow(x, bad, $"n >= {f.Limit}").Flow(x, "e" + id);
                    });
                    d.OnError(b, sub.First, "E" + b);
                    return Merge(d, sub.First, b, Put(d, f.Path));
                }

                case InnerOverdue o:
                {
                    var t = Name("t");
                    var sub = Sub(d, Name("p"), (n, id) => Whole(n, o.Body, id));
                    d.OnTimer(t, sub.First, "P2D");
                    return Merge(d, sub.First, t, Put(d, o.Path));
                }

                case InnerStopped i:
                    return Sub(d, Name("p"), (n, id) =>
                    {
                        var (f, stop) = (Name("f"), Name("stop"));
                        n.Start("s" + id).End("e" + id).And(f).Terminate(stop);
                        var (stopping, stopped) = (Put(n, i.Stopping), Put(n, i.Stopped));
                        n.Line("s" + id, f, stopping.First).Line(f, stopped.First).Line(stopping.Last, stop).Line(stopped.Last, "e" + id);
                    });
                default:
                    throw new ArgumentOutOfRangeException(nameof(block), block, null);
            }
        }

        private (string First, string Last) PutBoth(Drawing d, Both both)
        {
            var (f, j) = (Name("f"), Name("j"));
            d.And(f).And(j);
            foreach (var ends in both.Branches.Select(b => Put(d, b)))
            {
                d.Line(f, ends.First).Line(ends.Last, j);
            }

            return (f, j);
        }

        private (string First, string Last) Merge(Drawing d, string first, string boundary, (string First, string Last) path)
        {
            var m = Name("y");
            d.Xor(m).Line(first, m).Line(boundary, path.First).Line(path.Last, m);
            return (first, m);
        }

        private static (string First, string Last) Then(Drawing d, (string First, string Last) one, (string First, string Last) two)
        {
            d.Line(one.Last, two.First);
            return (one.First, two.Last);
        }

        private static (string First, string Last) Node(string id, Action<string> put)
        {
            put(id);
            return (id, id);
        }

        private static (string First, string Last) Sub(Drawing d, string id, Action<Drawing, string> inside, Loop? loop = null)
        {
            d.Sub(id, n => inside(n, "_" + id), loop);
            return (id, id);
        }

        private static void Activity(Drawing d, int kind, string id, Loop? loop = null) => _ = kind switch
        {
            0 => d.User(id, loop),
            1 => d.Service(id, loop),
            2 => d.Send(id, loop),
            3 => d.CallActivity(id, loop),
            _ => d.Manual(id, loop),
        };

        // Both ways of drawing number tasks and events alike, so that the other names must not take from the same count.
        private string Name(string kind) => kind is "a" or "r" or "t" or "i" or "b" ? $"{kind}{++last}" : $"{kind}_{++others}";

        private int others;
    }
}
