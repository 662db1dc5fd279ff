using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Workflows;

namespace PilotPlatform.Pilots.Flows;

/// <summary>The names of the module's service tasks.</summary>
internal static class SubmissionTaskNames
{
    public const string Submit = "pilots.submit";
    public const string Decide = "pilots.decide";
    public const string Archive = "pilots.archive";

    /// <summary>The BPMN error of a step that lacks something which a person can add.</summary>
    public const string Incomplete = "incomplete";
}

/// <summary>报送: hands the draft in, for the region. What lies there handed in already stays as it is.</summary>
internal sealed class SubmitTask(PlatformDbContext db, PilotDesk desk, SubmissionVerbs verbs, IFlowActor actor) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var deliverable = await db.Set<Deliverable>().FirstOrDefaultAsync(d => d.Id == context.Subject.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Deliverable), context.Subject.Id);
        if (!deliverable.IsHandedIn)
        {
            var pilot = await desk.OwnAsync(deliverable.PilotId, cancellationToken);
            await actor.RequireOfAsync(pilot.Owner, cancellationToken);
            var draft = await db.Set<Submission>().FirstOrDefaultAsync(s => s.DeliverableId == deliverable.Id && s.IsDraft, cancellationToken)
                ?? throw new WorkflowErrorException(SubmissionTaskNames.Incomplete);
            try
            {
                await verbs.HandInAsync(pilot, deliverable, draft, cancellationToken);
            }
            catch (InputException)
            {
                // The draft lacks its text or its file: that is for whoever writes it, not for an administrator.
                throw new WorkflowErrorException(SubmissionTaskNames.Incomplete);
            }
        }

        return SubmissionFlow.ValuesOfHandedIn(deliverable.LatestVersion);
    }
}

/// <summary>登记审查意见: accepts or returns, for the issuer. Where it was decided on the page meanwhile, that decision stands and the flow follows it.</summary>
internal sealed class DecideTask(PlatformDbContext db, PilotDesk desk, SubmissionVerbs verbs, IFlowActor actor) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var submission = await db.Set<Submission>().Where(s => s.DeliverableId == context.Subject.Id && !s.IsDraft)
            .OrderByDescending(s => s.Version).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException(nameof(Submission), context.Subject.Id);
        if (submission.Status == SubmissionStatus.Submitted)
        {
            var pilot = await desk.IssuedAsync(submission.PilotId, cancellationToken);
            await actor.RequirePermissionAsync(PilotsPermissions.ReviewDeliverables, cancellationToken);
            var all = await desk.DeliverablesOfAsync(pilot.Id, cancellationToken);
            var remark = context.Text("remark")?.Trim() ?? "";
            if (context.Text("decision") == "accept")
            {
                // Passed and failed at once is no decision: it goes back to whoever answered both.
                if (context.Texts(SubmissionFlow.FailedCheck).Count > 0)
                {
                    throw new WorkflowErrorException(SubmissionTaskNames.Incomplete);
                }

                await verbs.AcceptAsync(pilot, all, submission, Checks([]), remark, cancellationToken);
            }
            else
            {
                await ReturnAsync(context, pilot, all, submission, remark, cancellationToken);
            }
        }

        return SubmissionFlow.ValuesOf(submission);
    }

    private async Task ReturnAsync(
        ServiceTaskContext context, Pilot pilot, List<Deliverable> all, Submission submission, string remark, CancellationToken cancellationToken)
    {
        var reason = context.Text("reason")?.Trim();
        var sections = Named<SubmissionSection>(context.Texts(SubmissionFlow.Section));
        var dueText = context.Text("correctionDueOn");
        // A return says what is wrong, where, and by when: without that the check goes back to whoever decided.
        if (string.IsNullOrEmpty(reason) || reason.Length > SubmissionLimits.Reason || sections.Count == 0 || remark.Length > SubmissionLimits.Remark
            || !DateOnly.TryParseExact(dueText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) || due < desk.Today)
        {
            throw new WorkflowErrorException(SubmissionTaskNames.Incomplete);
        }

        // One text says what to correct: it stands with each of the sections.
        await verbs.ReturnAsync(
            pilot, all, submission, Checks(Named<FormalCheckItem>(context.Texts(SubmissionFlow.FailedCheck))), [.. sections.Select(s => new SectionFinding(s, reason))], remark, due, cancellationToken);
    }

    private static List<FormalCheckAnswer> Checks(IReadOnlyList<FormalCheckItem> failed) =>
        [.. Enum.GetValues<FormalCheckItem>().Select(i => new FormalCheckAnswer(i, !failed.Contains(i), null))];

    /// <summary>Each once, in the domain's order; a region's own flow may offer more than the domain knows.</summary>
    private static List<T> Named<T>(IReadOnlyList<string> names)
        where T : struct, Enum => [.. Enum.GetValues<T>().Where(v => names.Contains(v.ToString(), StringComparer.Ordinal))];
}

/// <summary>归档: the last line of the deliverable's story.</summary>
internal sealed class ArchiveTask(PlatformDbContext db, PilotDesk desk) : IServiceTaskHandler
{
    public async Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken)
    {
        var deliverable = await db.Set<Deliverable>().FirstOrDefaultAsync(d => d.Id == context.Subject.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Deliverable), context.Subject.Id);
        if (deliverable.Status != DeliverableStatus.Accepted)
        {
            throw new BusinessException(PilotsErrorCodes.NotAccepted);
        }

        await desk.RecordAsync(
            await desk.SeenAsync(deliverable.PilotId, cancellationToken), PilotHistoryKind.DeliverableArchived, cancellationToken,
            ("deliverable", deliverable.Name), ("version", deliverable.LatestVersion.ToString(CultureInfo.InvariantCulture)));
        return null;
    }
}
