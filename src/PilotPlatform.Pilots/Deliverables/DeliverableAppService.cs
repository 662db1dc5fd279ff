using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>The region's side of deliverables: draft, hand in, look at versions.</summary>
internal sealed class DeliverableAppService(
    PlatformDbContext db, PilotDesk desk, SubmissionVerbs verbs, SubmissionFlow flow, IFileLibrary files,
    ICurrentPermissions permissions, IIdGenerator ids, TimeProvider time)
{
    public async Task<DeliverableDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var deliverable = await FindAsync(id, cancellationToken);
        return await DescribeAsync(await desk.SeenAsync(deliverable.PilotId, cancellationToken), deliverable, cancellationToken);
    }

    public async Task<SubmissionDto> GetSubmissionAsync(Guid id, CancellationToken cancellationToken)
    {
        var submission = await FindSubmissionAsync(id, cancellationToken);
        return await ToDtoAsync(
            submission, await desk.SeenAsync(submission.PilotId, cancellationToken), await FindAsync(submission.DeliverableId, cancellationToken), cancellationToken);
    }

    /// <summary>What a version changed, section by section; the first version is compared with nothing.</summary>
    public async Task<SubmissionComparisonDto> CompareAsync(Guid id, CancellationToken cancellationToken)
    {
        var submission = await FindSubmissionAsync(id, cancellationToken);
        var previous = await db.Set<Submission>().AsNoTracking()
            .FirstOrDefaultAsync(s => s.DeliverableId == submission.DeliverableId && s.Version == submission.Version - 1, cancellationToken);
        var before = (previous?.Files ?? []).Select(f => f.Id).ToHashSet();
        var after = submission.Files.Select(f => f.Id).ToHashSet();
        return new SubmissionComparisonDto(
            submission.Id, submission.Version, previous?.Version,
            [.. Submission.TextSections.Select(section => new SectionComparisonDto(
                section, previous?.TextOf(section) ?? "", submission.TextOf(section), (previous?.TextOf(section) ?? "") != submission.TextOf(section),
                ReasonFor(section)))],
            [.. submission.Files.Where(f => !before.Contains(f.Id)).Select(f => f.ToDto())],
            [.. (previous?.Files ?? []).Where(f => !after.Contains(f.Id)).Select(f => f.ToDto())],
            [.. submission.Files.Where(f => before.Contains(f.Id)).Select(f => f.ToDto())],
            ReasonFor(SubmissionSection.Attachments));

        string? ReasonFor(SubmissionSection section) => previous?.Findings.FirstOrDefault(f => f.Section == section)?.Reason;
    }

    public async Task<SubmissionDto> SaveDraftAsync(Guid deliverableId, SaveSubmissionDraftDto input, CancellationToken cancellationToken)
    {
        Check(input);
        var (pilot, deliverable) = await OwnAsync(deliverableId, cancellationToken);
        pilot.RequireOpenForDeliverables();
        deliverable.RequireUnlocked();
        var draft = await db.Set<Submission>().FirstOrDefaultAsync(s => s.DeliverableId == deliverableId && s.IsDraft, cancellationToken);
        if (draft is null)
        {
            if (!string.IsNullOrEmpty(input.ConcurrencyStamp))
            {
                throw new StaleStampException(nameof(Submission), deliverableId);
            }

            draft = new Submission(ids.NewId(), pilot, deliverable);
            db.Add(draft);
        }
        else
        {
            draft.EnsureStamp(input.ConcurrencyStamp);
        }

        draft.Rewrite([.. input.Sections.Select(s => new SectionText(s.Section, s.Text))], await files.OwnAsync(input.FileIds, "fileIds", cancellationToken), time);
        await flow.DraftedAsync(pilot, deliverable, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await ToDtoAsync(draft, pilot, deliverable, cancellationToken);
    }

    /// <summary>Hands the draft in: the version, the slot, the pilot, the files and the notices are one transaction.</summary>
    public async Task<SubmissionDto> SubmitAsync(Guid id, StampInput input, CancellationToken cancellationToken)
    {
        var submission = await FindSubmissionAsync(id, cancellationToken);
        var (pilot, deliverable) = await OwnAsync(submission.DeliverableId, cancellationToken);
        if (!submission.IsDraft)
        {
            // Said before the stamp is looked at: a second click should learn that all is well, not that its page is old.
            throw new BusinessException(PilotsErrorCodes.AlreadySubmitted);
        }

        submission.EnsureStamp(input.ConcurrencyStamp);
        await verbs.HandInAsync(pilot, deliverable, submission, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await ToDtoAsync(submission, pilot, deliverable, cancellationToken);
    }

    private async Task<(Pilot Pilot, Deliverable Deliverable)> OwnAsync(Guid deliverableId, CancellationToken cancellationToken)
    {
        var deliverable = await FindAsync(deliverableId, cancellationToken);
        return (await desk.OwnAsync(deliverable.PilotId, cancellationToken), deliverable);
    }

    private async Task<Deliverable> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Deliverable>().FirstOrDefaultAsync(d => d.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Deliverable), id);

    private async Task<Submission> FindSubmissionAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Submission>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Submission), id);

    private static void Check(SaveSubmissionDraftDto input)
    {
        var check = new InputCheck()
            .That(input.FileIds.Count <= SubmissionLimits.Files, "fileIds", PilotsErrorCodes.TooMany, ("max", SubmissionLimits.Files))
            .That(input.FileIds.Distinct().Count() == input.FileIds.Count, "fileIds", PilotsErrorCodes.GivenTwice)
            .That(input.Sections.Select(s => s.Section).Distinct().Count() == input.Sections.Count, "sections", PilotsErrorCodes.GivenTwice);
        foreach (var (index, section) in input.Sections.Index())
        {
            check.That(Submission.TextSections.Contains(section.Section), $"sections[{index}].section", PlatformErrorCodes.InvalidInput)
                .Text(section.Text, $"sections[{index}].text", SubmissionLimits.Section, required: false);
        }

        check.ThrowIfAny();
    }

    private async Task<DeliverableDto> DescribeAsync(Pilot pilot, Deliverable deliverable, CancellationToken cancellationToken)
    {
        var versions = await db.Set<Submission>().AsNoTracking().Where(s => s.DeliverableId == deliverable.Id)
            .OrderByDescending(s => s.Version).ToListAsync(cancellationToken);
        var draft = versions.Find(v => v.IsDraft);
        var latest = versions.Find(v => !v.IsDraft);
        var granted = await permissions.GetAsync(cancellationToken);
        return new DeliverableDto(
            deliverable.Id, pilot.Id, pilot.Title, pilot.RegionName, deliverable.Name, deliverable.Kind, deliverable.IsRequired,
            deliverable.Status, deliverable.LatestVersion, deliverable.DueOn, deliverable.DueIsSoft, deliverable.LightOn(desk.Today),
            desk.IsOwn(pilot) && granted.Contains(PilotsPermissions.SubmitDeliverables) && !deliverable.IsHandedIn
                && pilot.Status is PilotStatus.Running or PilotStatus.Submitted,
            draft is null ? null : await ToDtoAsync(draft, pilot, deliverable, cancellationToken),
            latest is null ? null : await ToDtoAsync(latest, pilot, deliverable, cancellationToken),
            [.. versions.Select(v => v.ToListItem())]);
    }

    private async Task<SubmissionDto> ToDtoAsync(Submission submission, Pilot pilot, Deliverable deliverable, CancellationToken cancellationToken) =>
        submission.ToDto(pilot, deliverable, canDecide: submission.Status == SubmissionStatus.Submitted && desk.IsIssued(pilot)
            && (await permissions.GetAsync(cancellationToken)).Contains(PilotsPermissions.ReviewDeliverables));
}
