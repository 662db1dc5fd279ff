using System.Text;

namespace PilotPlatform.Bpmn.Tests.Differential;

/// <summary>
/// The same models and the same answers in our machine and in bpmn-engine. Compared after the start and after every command:
/// what began, what was completed and passed (sorted, since the order between branches is not defined), what waits now and
/// whether the process has ended.
/// </summary>
public sealed class DifferentialTests
{
    private const int WalksPerModel = 8;

    [Fact]
    public void DrawnModels_GiveTheSameSequenceOfActivities()
    {
        var walks = DrawnModels.All
            .SelectMany(m => Enumerable.Range(1, WalksPerModel).Select(seed => Walker.Go($"{m.Name}#{seed}", m.Drawing, seed, m.StartAt, m.Variables)))
            .ToList();
        var answers = OtherEngine.Run(walks);
        var differences = new StringBuilder();
        foreach (var walk in walks)
        {
            if (Compare(walk, answers[walk.Id]) is { } difference)
            {
                differences.AppendLine(difference);
            }
        }

        differences.ToString().ShouldBeEmpty();
    }

    private static string? Compare(Walk walk, OtherEngine.Answer answer)
    {
        for (var step = 0; step < walk.Outcomes.Count; step++)
        {
            var ours = walk.Outcomes[step];
            var theirs = step < answer.Steps.Count
                ? Outcome.Of(answer.Steps[step].Events, answer.Steps[step].Waiting, answer.Steps[step].Outcome)
                : null;
            if (ours != theirs)
            {
                var command = step == 0 ? "start" : $"{walk.Commands[step - 1].Do} {walk.Commands[step - 1].Node}";
                return $"{walk.Id}, step {step} ({command}){Environment.NewLine}  ours:   {ours}{Environment.NewLine}  theirs: {theirs?.ToString() ?? answer.Error}";
            }
        }

        return null;
    }
}
