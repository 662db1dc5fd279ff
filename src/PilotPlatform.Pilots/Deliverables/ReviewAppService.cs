using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>The issuer's side of deliverables: the queue, the formal check, return or accept.</summary>
internal sealed class ReviewAppService(
    PlatformDbContext db, PilotDesk desk, DeliverableAppService deliverables, SubmissionVerbs verbs, ICurrentScope scope)
{
    private const int SearchLength = 100;

    private static readonly SortList<QueueRow> Sorts = new SortList<QueueRow>()
        .Allow("submitted", x => x.Submission.SubmittedAt)
        .Allow("region", x => x.Pilot.RegionOrder)
        .Allow("theme", x => x.Pilot.ThemeOrder)
        .Otherwise(q => q.OrderBy(x => x.Submission.SubmittedAt));

    public async Task<PagedResult<ReviewQueueItemDto>> ListAsync(GetSubmissionsToReviewInput input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Search, "search", SearchLength, required: false).ThrowIfAny();
        var issuer = scope.RequiredTenant.Id;
        var query = db.Set<Submission>().AsNoTracking().Where(s => s.IssuerTenantId == issuer && s.Status == SubmissionStatus.Submitted)
            .Join(db.Set<Deliverable>(), s => s.DeliverableId, d => d.Id, (s, d) => new { s, d })
            .Join(db.Set<Pilot>(), x => x.s.PilotId, p => p.Id, (x, p) => new QueueRow { Submission = x.s, Deliverable = x.d, Pilot = p })
            .Where(x => x.Pilot.Status == PilotStatus.Running || x.Pilot.Status == PilotStatus.Submitted);
        if (input.ProgrammeId is { } programme)
        {
            query = query.Where(x => x.Pilot.ProgrammeId == programme);
        }

        if (input.RegionId is { } region)
        {
            query = query.Where(x => x.Pilot.TenantId == region);
        }

        if (!string.IsNullOrWhiteSpace(input.Search))
        {
            var words = input.Search.Trim();
            query = query.Where(x => x.Pilot.ThemeTitle.Contains(words) || x.Pilot.RegionName.Contains(words) || x.Deliverable.Name.Contains(words));
        }

        return await query.ToPageAsync(input, Sorts, x => new ReviewQueueItemDto(
            x.Submission.Id, x.Pilot.Id, x.Pilot.PartName == null ? x.Pilot.ThemeTitle : x.Pilot.ThemeTitle + "（" + x.Pilot.PartName + "）",
            x.Pilot.ProgrammeTitle, x.Pilot.TenantId, x.Pilot.RegionName,
            x.Deliverable.Name, x.Deliverable.Kind, x.Submission.Version, x.Submission.SubmittedAt!.Value, x.Submission.SubmittedByName), cancellationToken);
    }

    public async Task<SubmissionDto> AcceptAsync(Guid id, AcceptSubmissionDto input, CancellationToken cancellationToken)
    {
        CheckAnswers(input.Checks, input.Remark).ThrowIfAny();
        var (submission, pilot, all) = await ToDecideAsync(id, input.ConcurrencyStamp, cancellationToken);
        await verbs.AcceptAsync(pilot, all, submission, Answers(input.Checks), input.Remark?.Trim() ?? "", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await deliverables.GetSubmissionAsync(id, cancellationToken);
    }

    public async Task<SubmissionDto> ReturnAsync(Guid id, ReturnSubmissionDto input, CancellationToken cancellationToken)
    {
        var check = CheckAnswers(input.Checks, input.Remark)
            .That(input.CorrectionDueOn >= desk.Today, "correctionDueOn", PilotsErrorCodes.DateInPast)
            .That(input.Findings.Count > 0, "findings", PilotsErrorCodes.SectionNeeded)
            .That(input.Findings.Select(f => f.Section).Distinct().Count() == input.Findings.Count, "findings", PilotsErrorCodes.GivenTwice);
        foreach (var (index, finding) in input.Findings.Index())
        {
            check.Text(finding.Reason, $"findings[{index}].reason", SubmissionLimits.Reason);
        }

        check.ThrowIfAny();
        var (submission, pilot, all) = await ToDecideAsync(id, input.ConcurrencyStamp, cancellationToken);
        await verbs.ReturnAsync(
            pilot, all, submission, Answers(input.Checks), [.. input.Findings.Select(f => new SectionFinding(f.Section, f.Reason.Trim()))],
            input.Remark?.Trim() ?? "", input.CorrectionDueOn, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await deliverables.GetSubmissionAsync(id, cancellationToken);
    }

    private async Task<(Submission Submission, Pilot Pilot, List<Deliverable> All)> ToDecideAsync(Guid id, string stamp, CancellationToken cancellationToken)
    {
        var submission = await db.Set<Submission>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(Submission), id);
        var pilot = await desk.IssuedAsync(submission.PilotId, cancellationToken);
        // Before the stamp is looked at: whoever asks again after a lost answer should learn that it is decided, not that the page is old.
        submission.RequireUndecided();
        submission.EnsureStamp(stamp);
        pilot.RequireOpenForDeliverables();
        return (submission, pilot, await desk.DeliverablesOfAsync(pilot.Id, cancellationToken));
    }

    private static InputCheck CheckAnswers(IReadOnlyList<FormalCheckAnswerDto> checks, string? remark)
    {
        var check = new InputCheck()
            .Text(remark, "remark", SubmissionLimits.Remark, required: false)
            .That(checks.Count == Enum.GetValues<FormalCheckItem>().Length && checks.Select(c => c.Item).Distinct().Count() == checks.Count,
                "checks", PilotsErrorCodes.FormalCheckIncomplete);
        foreach (var (index, answer) in checks.Index())
        {
            check.Text(answer.Remark, $"checks[{index}].remark", SubmissionLimits.Remark, required: false);
        }

        return check;
    }

    private static List<FormalCheckAnswer> Answers(IReadOnlyList<FormalCheckAnswerDto> checks) =>
        [.. checks.Select(c => new FormalCheckAnswer(c.Item, c.Passed, c.Remark?.Trim()))];

    private sealed class QueueRow
    {
        public required Submission Submission { get; init; }

        public required Deliverable Deliverable { get; init; }

        public required Pilot Pilot { get; init; }
    }
}
