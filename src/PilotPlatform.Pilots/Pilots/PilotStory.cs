using System.Globalization;
using PilotPlatform.Localization;
using PilotPlatform.Pilots.Deliverables;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>Puts what stands in the data into sentences: the next step on top of a pilot's page, and its history.</summary>
internal sealed class PilotStory(Texts texts)
{
    public string Tell(HistoryEntry entry)
    {
        var values = entry.Values.ToDictionary(v => v.Name, v => (object?)(DateOnly.TryParseExact(v.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Date(date) : v.Value));
        if (entry.Kind is PilotHistoryKind.Concluded or PilotHistoryKind.OutcomeCorrected && Enum.TryParse<PilotOutcome>((string?)values.GetValueOrDefault("outcome"), out var outcome))
        {
            values["outcome"] = texts.Of(outcome);
        }

        return texts.Get($"Enum:{nameof(PilotHistoryKind)}.{entry.Kind}", values);
    }

    public NextStepDto NextStep(Pilot pilot, IReadOnlyCollection<Deliverable> deliverables, bool callerIsRegion, bool callerIsIssuer)
    {
        var (action, due, names) = Decide(pilot, deliverables);
        var byRegion = action is NextAction.BeginPlanning or NextAction.SubmitPlan or NextAction.Start or NextAction.HandIn or NextAction.Correct;
        var byIssuer = action is NextAction.Review or NextAction.BeginAssessment or NextAction.Assess or NextAction.Resume;
        var actor = byRegion ? pilot.RegionName : byIssuer ? pilot.IssuerName : null;
        var text = texts.Get(due is null ? $"NextStep:{action}" : $"NextStep:{action}.By", new Dictionary<string, object?>
        {
            ["who"] = actor,
            ["due"] = due is { } date ? Date(date) : null,
            ["what"] = string.Join(texts.Get("NextStep:ListSeparator"), names),
            ["status"] = pilot.Outcome is { } outcome ? texts.Of(outcome) : texts.Of(pilot.Status),
        });
        return new NextStepDto(action, actor, due, (byRegion && callerIsRegion) || (byIssuer && callerIsIssuer), text);
    }

    private static (NextAction Action, DateOnly? Due, IReadOnlyList<string> Names) Decide(Pilot pilot, IReadOnlyCollection<Deliverable> deliverables)
    {
        switch (pilot.Status)
        {
            case PilotStatus.Assigned:
                return (NextAction.BeginPlanning, null, []);
            case PilotStatus.Planning:
                return (pilot.PlanSubmittedAt is null ? NextAction.SubmitPlan : NextAction.Start, null, []);
            case PilotStatus.Running:
                var returned = deliverables.Where(d => d.IsRequired && d.Status == DeliverableStatus.Returned).ToList();
                return returned.Count > 0
                    ? (NextAction.Correct, returned.Min(d => d.DueOn), [.. returned.Select(d => d.Name)])
                    : (NextAction.HandIn, pilot.OpenDueOn, [.. deliverables.Where(d => d.IsRequired && !d.IsHandedIn).Select(d => d.Name)]);
            case PilotStatus.Submitted:
                return pilot.AcceptedOn is null
                    ? (NextAction.Review, null, [.. deliverables.Where(d => d.IsRequired && d.Status == DeliverableStatus.Submitted).Select(d => d.Name)])
                    : (NextAction.BeginAssessment, null, []);
            case PilotStatus.UnderAssessment:
                return (NextAction.Assess, null, []);
            case PilotStatus.Suspended:
                return (NextAction.Resume, null, []);
            default:
                return (NextAction.None, null, []);
        }
    }

    private static string Date(DateOnly date) =>
        Texts.CurrentLanguage == "en"
            ? date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");
}
