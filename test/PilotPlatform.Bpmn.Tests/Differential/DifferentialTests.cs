using FsCheck;
using FsCheck.Fluent;
using PilotPlatform.Bpmn.Tests.Execution;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>
/// The same models and the same answers in our machine and in bpmn-engine. Compared after the start and after every command:
/// what began, what was completed and passed (sorted, since the order between branches is not defined), what waits now and
/// whether the process has ended.
/// </summary>
public sealed class DifferentialTests
{
    private const int WalksPerModel = 6;
    private const int GeneratedModels = 50;

    [Fact]
    public void DrawnModels_GiveTheSameSequenceOfActivities()
    {
        DrawnModels.All.Select(m => m.Name).ShouldBeUnique();
        DrawnModels.All.Count().ShouldBeGreaterThanOrEqualTo(40);
        var walks = DrawnModels.All.SelectMany(m => WalksOf(m.Name, m.Drawing, m)).ToList();
        Differences(walks, IsTold).ShouldBeEmpty();
    }

    /// <summary>
    /// Where bpmn-engine is known to deviate from the standard, our machine is compared with what that engine makes of an
    /// equivalent model that it runs by the standard. Each case must still deviate, or it does not belong here any more.
    /// </summary>
    [Fact]
    public void DeviatingModels_AreComparedWithTheirTwins()
    {
        var cases = Deviations.All;
        var direct = cases.SelectMany(c => WalksOf(c.Name, c.Drawing, null)).ToList();
        var differing = Compare(direct, IsTold).Select(d => d.Walk.Id.Split('#')[0]).ToHashSet();
        cases.Where(c => !differing.Contains(c.Name)).Select(c => c.Name).ShouldBeEmpty("bpmn-engine does these by the standard now");

        var twins = cases.Where(c => c.Twin is not null).SelectMany(c => WalksOf(c.Name, c.Drawing, null).Select(w => w with { Xml = c.Twin!.ToXml() })).ToList();
        Differences(twins, IsVisible).ShouldBeEmpty();
    }

    /// <summary>
    /// Generated processes: sequences, choices, parallel and inclusive blocks, loops, events, boundaries, sub-processes and
    /// repetitions, nested in one another. The other engine gets the plain drawing of the same behaviour (see <see cref="Blocks"/>).
    /// </summary>
    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    public void GeneratedModels_GiveTheSameSequenceOfActivities(int seed)
    {
        var blocks = Blocks.Any.Sample(GeneratedModels, new Rnd((ulong)seed), 30);
        var walks = blocks.SelectMany((block, index) => Enumerable.Range(1, 2).Select(walk =>
            Walker.Go($"{index}#{walk}", Blocks.Draw(block, plainly: false), seed + walk, null) with { Xml = Blocks.Draw(block, plainly: true).ToXml() })).ToList();
        Differences(walks, IsVisible).ShouldBeEmpty();
        walks.Count(w => w.Outcomes[^1].End is not null).ShouldBeGreaterThan(walks.Count * 9 / 10);
    }

    private static IEnumerable<Walk> WalksOf(string name, Drawing drawing, Drawn? drawn) =>
        Enumerable.Range(1, WalksPerModel).Select(seed => Walker.Go($"{name}#{seed}", drawing, seed, drawn?.StartAt, drawn?.Variables ?? []));

    /// <summary>Everything but error end events: the other engine cancels the scope before it says that its end was passed.</summary>
    private static bool IsTold(string told) => !told.StartsWith("pass error_", StringComparison.Ordinal);

    /// <summary>What people and programs see: work, events and boundaries; not gateways, ends and the frames around blocks.</summary>
    private static bool IsVisible(string told) =>
        told.StartsWith("start ", StringComparison.Ordinal) || told.StartsWith("done ", StringComparison.Ordinal)
        || (told.StartsWith("pass ", StringComparison.Ordinal) && told[5] is 'a' or 'b' or 't' or 'i' && char.IsAsciiDigit(told[^1]) && !told.Contains('_', StringComparison.Ordinal));

    private static string Differences(IReadOnlyList<Walk> walks, Func<string, bool> isTold) =>
        string.Join(Environment.NewLine, Compare(walks, isTold).Select(d => d.Text));

    private static IEnumerable<(Walk Walk, string Text)> Compare(IReadOnlyList<Walk> walks, Func<string, bool> isTold)
    {
        var answers = OtherEngine.Run(walks);
        foreach (var walk in walks)
        {
            var answer = answers[walk.Id];
            for (var step = 0; step < walk.Outcomes.Count; step++)
            {
                var ours = walk.Outcomes[step].Only(isTold);
                var theirs = step < answer.Steps.Count
                    ? Outcome.Of(answer.Steps[step].Events, answer.Steps[step].Waiting, answer.Steps[step].Outcome).Only(isTold)
                    : null;
                if (!ours.Equals(theirs))
                {
                    var command = step == 0 ? "start" : $"{walk.Commands[step - 1].Do} {walk.Commands[step - 1].Node}";
                    yield return (walk, string.Join(
                        Environment.NewLine, $"{walk.Id}, step {step} ({command})", $"  ours:   {ours}", $"  theirs: {theirs?.ToString() ?? answer.Error}"));
                    break;
                }
            }
        }
    }
}
