using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Flows;

namespace PilotPlatform.Pilots.Pilots;

/// <inheritdoc cref="IPilotLookup"/>
internal sealed class PilotLookup(PlatformDbContext db, PilotDesk desk) : IPilotLookup
{
    public async Task<PilotSummary?> FindAsync(Guid pilotId, CancellationToken cancellationToken) =>
        await db.Set<Pilot>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == pilotId, cancellationToken) is { } pilot ? Summarise(pilot) : null;

    public async Task<IReadOnlyDictionary<Guid, PilotSummary>> FindManyAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        (await db.Set<Pilot>().AsNoTracking().Where(p => pilotIds.Contains(p.Id)).ToListAsync(cancellationToken)).ToDictionary(p => p.Id, Summarise);

    public async Task<IReadOnlyList<PilotSummary>> OfProgrammeAsync(Guid programmeId, CancellationToken cancellationToken) =>
        [.. (await db.Set<Pilot>().AsNoTracking().Where(p => p.ProgrammeId == programmeId)
            .OrderBy(p => p.ThemeOrder).ThenBy(p => p.RegionOrder).ThenBy(p => p.Id).ToListAsync(cancellationToken)).Select(Summarise)];

    public async Task<IReadOnlyList<AcceptedDeliverable>> AcceptedDeliverablesAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var accepted = await db.Set<Submission>().AsNoTracking()
            .Where(s => s.PilotId == pilotId && s.Status == SubmissionStatus.Accepted)
            .Join(db.Set<Deliverable>(), s => s.DeliverableId, d => d.Id, (s, d) => new { Submission = s, d.Name, d.Kind, d.Order })
            .OrderBy(x => x.Order).ToListAsync(cancellationToken);
        return [.. accepted.Select(x => new AcceptedDeliverable(
            x.Submission.DeliverableId, x.Name, x.Kind, x.Submission.Version,
            string.Join("\n\n", x.Submission.Sections.Where(t => t.Text.Length > 0).Select(t => t.Text)),
            [.. x.Submission.Files.Select(f => f.Id)]))];
    }

    private PilotSummary Summarise(Pilot p) => new(
        p.Id, p.ProgrammeId, p.ThemeId, p.ThemeOrder, p.ThemeTitle, p.Owner, p.PartName,
        p.Status, p.Outcome, p.LightOn(desk.Today), p.Deadline, p.SubmittedOn);
}

/// <inheritdoc cref="IPilotVerbs"/>
internal sealed class PilotVerbs(PilotDesk desk, SubmissionFlow flow) : IPilotVerbs
{
    public async Task BeginAssessmentAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(pilotId, cancellationToken);
        pilot.BeginAssessment();
        await desk.RecordAsync(pilot, PilotHistoryKind.AssessmentBegun, cancellationToken);
        // What was only wished for and is not in by now will not be handed in any more.
        var open = (await desk.DeliverablesOfAsync(pilotId, cancellationToken)).Where(d => d.Status != DeliverableStatus.Accepted);
        await flow.EndAsync(open, "试点已进入评估", cancellationToken);
    }

    public async Task ConcludeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(pilotId, cancellationToken);
        pilot.Conclude(outcome);
        await desk.RecordAsync(pilot, PilotHistoryKind.Concluded, cancellationToken, ("outcome", outcome.ToString()));
    }

    public async Task CorrectOutcomeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(pilotId, cancellationToken);
        pilot.CorrectOutcome(outcome);
        await desk.RecordAsync(pilot, PilotHistoryKind.OutcomeCorrected, cancellationToken, ("outcome", outcome.ToString()));
    }

    public async Task CertifyAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(pilotId, cancellationToken);
        pilot.Certify();
        await desk.RecordAsync(pilot, PilotHistoryKind.Certified, cancellationToken);
    }
}
