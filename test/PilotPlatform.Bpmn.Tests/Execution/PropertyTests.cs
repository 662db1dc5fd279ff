using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Bpmn.Tests.Differential;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>
/// What holds for every process and every sequence of commands. <see cref="Instance"/> checks after each command that an
/// instance has ended exactly when nothing lives any more, that everything alive was announced, and that the state survives JSON.
/// </summary>
public sealed class PropertyTests
{
    private const int Longest = 60;

    private static Arbitrary<(Block Block, int Seed)> Cases =>
        Arb.From(from block in Blocks.Any from seed in Gen.Choose(0, int.MaxValue - 1) select (block, seed));

    /// <summary>Models without any structure: nodes and flows by chance. Many cannot work; none may lose a token or throw.</summary>
    private static Arbitrary<(Drawing Drawing, int Seed)> Wild =>
        Arb.From(from seed in Gen.Choose(0, int.MaxValue - 1) select (Scribble(new Random(seed)), seed));

    [Fact]
    public void LegalCommands_NeverThrowAndNeverLoseAToken() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Cases, c => Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), _ => { })));

    [Fact]
    public void LegalCommands_OnWildModels_NeverThrowAndNeverLoseAToken() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(80),
        Prop.ForAll(Wild, c => Walk(new Instance(c.Drawing, ("n", 0)), new Random(c.Seed), _ => { })));

    [Fact]
    public void UnknownIds_AreRefusedAndChangeNothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(Cases, c => Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), i =>
        {
            var before = i.State.ToJson();
            foreach (var id in (int[])[0, -1, i.State.LastId + 1, .. Enumerable.Range(1, i.State.LastId).Except(i.Live.Select(l => l.Id)).TakeLast(3)])
            {
                Should.Throw<UnknownExecutionException>(() => i.Machine.Complete(i.State, id, new Dictionary<string, JsonElement>()));
                Should.Throw<UnknownExecutionException>(() => i.Machine.ThrowError(i.State, id, "E"));
                Should.Throw<UnknownExecutionException>(() => i.Machine.FireTimer(i.State, id));
                Should.Throw<UnknownExecutionException>(() => i.Machine.DeliverMessage(i.State, id, new Dictionary<string, JsonElement>()));
                Should.Throw<UnknownExecutionException>(() => i.Machine.Retry(i.State, id));
                Should.Throw<UnknownExecutionException>(() => i.Machine.Skip(i.State, id, new Dictionary<string, JsonElement>()));
                Should.Throw<UnknownExecutionException>(() => i.Machine.SendBack(i.State, id, "a1"));
                Should.Throw<UnknownExecutionException>(() => i.Machine.SendBackTargets(i.State, id));
            }

            i.State.ToJson().ShouldBe(before);
        })));

    [Fact]
    public void StateFromJson_ContinuesAlike() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100),
        Prop.ForAll(Cases, c =>
        {
            // One instance lives on in memory, its twin goes through JSON after every command.
            var drawing = Blocks.Draw(c.Block, plainly: false);
            var machine = new ProcessMachine(drawing.Read());
            var inMemory = new ProcessState { Variables = { ["n"] = JsonSerializer.SerializeToElement(0) } };
            machine.Start(inMemory);
            var twin = new Instance(machine, ("n", 0));
            var before = 0;
            twin.Start();
            Walk(twin, new Random(c.Seed), _ => { }, (command, effects) =>
            {
                before++;
                command(machine, inMemory).ShouldBe(effects);
                inMemory.ToJson().ShouldBe(twin.State.ToJson());
            });
        }));

    [Fact]
    public void SendBack_ToEveryOfferedTarget_WorksAndTheProcessCanStillComplete() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(120),
        Prop.ForAll(Cases, c => Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), i =>
        {
            foreach (var task in i.Live.Where(l => l.Kind == LiveKind.Activity))
            {
                foreach (var target in i.Machine.SendBackTargets(i.State, task.Id))
                {
                    var branch = new Instance(i.Machine) { State = ProcessState.FromJson(i.State.ToJson()) };
                    var effects = i.Machine.SendBack(branch.State, task.Id, target);
                    branch.State.Find(task.Id).ShouldBeNull();
                    effects.OfType<ActivityStarted>().ShouldContain(e => e.NodeId == target);
                    effects.OfType<Stuck>().ShouldBeEmpty();
                    ShouldComplete(branch, $"after {task.NodeId} → {target}");
                }
            }
        })));

    [Fact]
    public void Rewind_OfTheLastStep_WorksAndTheProcessCanStillComplete() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(120),
        Prop.ForAll(Cases, c => Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), i =>
        {
            // Nothing has begun since: the step's own effects are the last there were.
            if (!i.IsOver && i.State.Done.Count > 0 && i.State.Done[^1].Until == i.State.LastId && i.State.Done.Count(d => d.NodeId == i.State.Done[^1].NodeId) == 1)
            {
                var last = i.State.Done[^1].NodeId;
                var branch = new Instance(i.Machine) { State = ProcessState.FromJson(i.State.ToJson()) };
                i.Machine.Rewind(branch.State, last).OfType<ActivityStarted>().ShouldContain(e => e.NodeId == last);
                ShouldComplete(branch, $"after rewinding to {last}");
            }
        })));

    [Fact]
    public void WhatAStepLedTo_IsNotChangedByLaterCommands() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Cases, c =>
        {
            // A redone step has another After, because its task was given an id when it began again.
            Dictionary<(string, int, int), int> until = [];
            Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), i =>
            {
                foreach (var step in i.State.Done)
                {
                    until.TryAdd((step.NodeId, step.Instance, step.After), step.Until);
                    step.Until.ShouldBe(until[(step.NodeId, step.Instance, step.After)], step.NodeId);
                }
            });
        }));

    [Fact]
    public void Terminate_AtAnyTime_LeavesNothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(Cases, c => Walk(new Instance(Blocks.Draw(c.Block, plainly: false), ("n", 0)), new Random(c.Seed), i =>
        {
            if (!i.IsOver)
            {
                var copy = ProcessState.FromJson(i.State.ToJson());
                i.Machine.Terminate(copy);
                copy.Outcome.ShouldBe(ProcessOutcome.Terminated);
                i.Machine.Live(copy).ShouldBeEmpty();
            }
        })));

    [Fact]
    public void Simulation_OfAnyModel_OffersOnlyWhatWorks() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(Cases, c =>
        {
            var random = new Random(c.Seed);
            var simulation = new Simulation(Blocks.Draw(c.Block, plainly: false).Read(), Instance.Json([("n", 0)]));
            for (var step = 0; step < Longest && simulation.Choices is { Count: > 0 } choices; step++)
            {
                var choice = choices[random.Next(choices.Count)];
                var option = choice.Options.Count == 0 ? null : choice.Options[random.Next(choice.Options.Count)];
                simulation.Do(new SimulationStep(choice.Kind, choice.Id, option, Instance.Json([("n", random.Next(4))])));
                simulation.Expected.Select(e => e.NodeId).ShouldBeUnique();
            }

            (simulation.State.Outcome is null).ShouldBe(simulation.Choices.Count > 0);
        }));

    /// <summary>Completes whatever is at work with the answer that leaves every loop.</summary>
    private static void ShouldComplete(Instance instance, string when)
    {
        for (var step = 0; instance.State.Outcome is null; step++)
        {
            step.ShouldBeLessThan(200, when);
            var thing = instance.Live.FirstOrDefault(l => l.Kind is LiveKind.Activity) ?? instance.Live.First(l => l.Kind is LiveKind.Timer or LiveKind.Message or LiveKind.Stuck);
            var answers = Instance.Json([("n", 0)]);
            var effects = thing.Kind switch
            {
                LiveKind.Activity => instance.Machine.Complete(instance.State, thing.Id, answers),
                LiveKind.Timer => instance.Machine.FireTimer(instance.State, thing.Id),
                LiveKind.Message => instance.Machine.DeliverMessage(instance.State, thing.Id, answers),
                _ => throw new InvalidOperationException($"{when}: {thing}"),
            };
            effects.OfType<Stuck>().ShouldBeEmpty(when);
        }

        instance.Live.ShouldBeEmpty();
    }

    private static void Walk(
        Instance instance, Random random, Action<Instance> look,
        Action<Func<ProcessMachine, ProcessState, IReadOnlyList<Effect>>, IReadOnlyList<Effect>>? then = null)
    {
        if (instance.State.LastId == 0 && instance.State.Outcome is null)
        {
            instance.Start();
        }

        // A wild model may multiply its tokens up to the bound of a command; there is nothing more to learn from such a crowd.
        for (var step = 0; step < Longest && !instance.IsOver && instance.Live.Count < 300; step++)
        {
            look(instance);
            var thing = instance.Live[random.Next(instance.Live.Count)];
            var command = Choose(instance, thing, random);
            if (command is not null)
            {
                var before = instance.Effects.Count;
                instance.Do(command);
                then?.Invoke(command, instance.Effects.Skip(before).ToList());
            }
        }

        look(instance);
    }

    private static Func<ProcessMachine, ProcessState, IReadOnlyList<Effect>>? Choose(Instance instance, LiveThing thing, Random random)
    {
        var answers = Instance.Json([("n", random.Next(4))]);
        switch (thing.Kind)
        {
            case LiveKind.Timer:
                var isLast = random.Next(2) == 0;
                return (m, s) => m.FireTimer(s, thing.Id, isLast);
            case LiveKind.Message:
                return (m, s) => m.DeliverMessage(s, thing.Id, answers);
            case LiveKind.Activity:
                var targets = instance.Machine.SendBackTargets(instance.State, thing.Id);
                var what = random.Next(12);
                var target = targets.Count == 0 ? null : targets[random.Next(targets.Count)];
                return what switch
                {
                    0 => (m, s) => m.ThrowError(s, thing.Id, "E1"),
                    1 => (m, s) => m.Retry(s, thing.Id),
                    2 => (m, s) => m.Skip(s, thing.Id, answers),
                    3 or 4 when target is not null => (m, s) => m.SendBack(s, thing.Id, target),
                    _ => (m, s) => m.Complete(s, thing.Id, answers),
                };
            case LiveKind.Stuck:
                var outgoing = instance.Machine.Graph[thing.NodeId].Outgoing;
                var flow = outgoing.Count == 0 ? null : outgoing[random.Next(outgoing.Count)].Id;
                return random.Next(3) == 0 ? (m, s) => m.Retry(s, thing.Id) : (m, s) => m.Skip(s, thing.Id, answers, flow);
            default:
                return null;
        }
    }

    private static Drawing Scribble(Random random)
    {
        var drawing = new Drawing().Start("s").End("e");
        var names = new List<string>();
        var count = random.Next(3, 14);
        for (var index = 0; index < count; index++)
        {
            var id = $"k{index}";
            names.Add(id);
            _ = random.Next(12) switch
            {
                0 => drawing.Xor(id),
                1 => drawing.And(id),
                2 or 3 => drawing.Or(id),
                4 => drawing.Wait(id, "=missing"),
                5 => drawing.Receive(id, "go"),
                6 => drawing.Manual(id),
                7 => drawing.Sub(id, n => n.User(id + "a").Or(id + "j").User(id + "b").Line(id + "a", id + "j").Line(id + "b", id + "j")),
                8 => drawing.Service(id, new Loop(Count: "n - 1", Until: "n = 2", Sequential: random.Next(2) == 0)),
                9 => drawing.User(id).OnTimer(id + "t", id, "R/P1D", interrupting: random.Next(2) == 0, kind: "timeCycle"),
                10 => drawing.Service(id).OnError(id + "b", id, "E1"),
                _ => drawing.User(id),
            };
        }

        var flows = new HashSet<(string, string)>();
        void Connect(string from, string to)
        {
            if (flows.Add((from, to)))
            {
                drawing.Flow(from, to, random.Next(4) switch { 0 => "n >= 2", 1 => "n < 2", 2 when random.Next(4) == 0 => "n > 'x'", _ => null });
            }
        }

        Connect("s", names[0]);
        foreach (var name in names)
        {
            for (var more = random.Next(1, 3); more > 0; more--)
            {
                Connect(name, random.Next(8) == 0 ? "e" : names[random.Next(names.Count)]);
            }
        }

        return drawing;
    }
}
