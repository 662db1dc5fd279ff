using System.Globalization;
using PilotPlatform.Files;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>
/// What handing in and deciding mean: the version, the slot, the pilot, its story, the notices and the flow. The page and the
/// flow's service tasks both come here; nothing is saved, so that the flow's own step can be part of the same transaction.
/// </summary>
internal sealed class SubmissionVerbs(PilotDesk desk, SubmissionFlow flow, IFileLibrary files)
{
    public async Task HandInAsync(Pilot pilot, Deliverable deliverable, Submission submission, CancellationToken cancellationToken)
    {
        pilot.RequireOpenForDeliverables();
        submission.Submit(desk.Now, desk.ActorName);
        deliverable.HandIn(submission.Version, desk.Today);
        await files.ReleaseAsync([.. submission.Files.Select(f => f.Id)], cancellationToken);
        var values = ValuesOf(deliverable, submission);
        await desk.RecordAsync(pilot, PilotHistoryKind.DeliverableSubmitted, cancellationToken, values);
        desk.TellIssuer(pilot, PilotsPermissions.ReviewDeliverables, "Pilots.DeliverableSubmitted", null, $"/review/{submission.Id}", values);
        if (pilot.Reckon(await desk.DeliverablesOfAsync(pilot.Id, cancellationToken), desk.Today) == PilotProgress.AllHandedIn)
        {
            await desk.RecordAsync(pilot, PilotHistoryKind.AllSubmitted, cancellationToken);
        }

        await flow.HandedInAsync(pilot, deliverable, submission, cancellationToken);
    }

    public async Task AcceptAsync(
        Pilot pilot, List<Deliverable> all, Submission submission, IReadOnlyList<FormalCheckAnswer> checks, string remark, CancellationToken cancellationToken)
    {
        pilot.RequireOpenForDeliverables();
        var deliverable = all.Single(d => d.Id == submission.DeliverableId);
        submission.Accept(checks, remark, desk.Now, desk.ActorName);
        deliverable.Accept();
        var values = ValuesOf(deliverable, submission);
        await desk.RecordAsync(pilot, PilotHistoryKind.DeliverableAccepted, cancellationToken, values);
        desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.DeliverableAccepted", null, $"/pilots/{pilot.Id}", values);
        if (pilot.Reckon(all, desk.Today) == PilotProgress.Accepted)
        {
            await desk.RecordAsync(pilot, PilotHistoryKind.Accepted, cancellationToken);
            desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.PilotAccepted", null, $"/pilots/{pilot.Id}");
        }

        await flow.DecidedAsync(deliverable, submission, cancellationToken);
    }

    public async Task ReturnAsync(
        Pilot pilot, List<Deliverable> all, Submission submission, IReadOnlyList<FormalCheckAnswer> checks, IReadOnlyList<SectionFinding> findings,
        string remark, DateOnly correctionDueOn, CancellationToken cancellationToken)
    {
        pilot.RequireOpenForDeliverables();
        var deliverable = all.Single(d => d.Id == submission.DeliverableId);
        submission.Return(checks, findings, remark, correctionDueOn, desk.Now, desk.ActorName);
        deliverable.Return(correctionDueOn);
        var values = ValuesOf(deliverable, submission);
        await desk.RecordAsync(pilot, PilotHistoryKind.DeliverableReturned, cancellationToken,
            [.. values, ("due", correctionDueOn.ToString("O", CultureInfo.InvariantCulture))]);
        desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.DeliverableReturned", correctionDueOn,
            $"/pilots/{pilot.Id}/deliverables/{deliverable.Id}", values);
        pilot.Reckon(all, desk.Today);
        await flow.DecidedAsync(deliverable, submission, cancellationToken);
    }

    private static (string Name, string Value)[] ValuesOf(Deliverable deliverable, Submission submission) =>
        [("deliverable", deliverable.Name), ("version", submission.Version.ToString(CultureInfo.InvariantCulture))];
}
