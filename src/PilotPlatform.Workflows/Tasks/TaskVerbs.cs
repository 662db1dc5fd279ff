using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Localization;
using PilotPlatform.Notifications;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.EventHandlers;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>What people do with a task. Each verb is one step: one SaveChanges.</summary>
internal sealed class TaskVerbs(
    PlatformDbContext db, StepQueries queries, InboxCaller caller, WorkflowEngine engine, WorkflowModels models, IUserDirectory people, IRegionDirectory regions, INotifier notifier,
    ILiveCounts live, IFileLibrary files, ICurrentPermissions permissions, ITenantScopes scopes, ICurrentScope scope, IIdGenerator ids,
    Texts texts)
{
    private const int BatchSize = 100;
    private const int PeopleAtOnce = 20;
    private const int FilesAtOnce = 10;
    private static readonly TimeSpan UrgeEvery = TimeSpan.FromHours(1);

    public async Task SeenAsync(Guid id, CancellationToken cancellationToken)
    {
        var copy = await db.Set<WorkflowCopy>().FirstOrDefaultAsync(c => c.TaskId == id && c.UserId == scope.RequiredUserId, cancellationToken);
        copy?.Read(engine.Now);
        var (task, _, keys, candidates) = await FindAsync(id, cancellationToken);
        if (task.Status == WorkflowTaskStatus.Open && keys.MayDo(task, candidates))
        {
            task.Seen(engine.Now);
        }
        else if (copy is null)
        {
            throw new NotFoundException(nameof(WorkflowTask), id);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task ClaimAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(stamp).ThrowIfAny();
        var (task, instance, keys, candidates) = await MineAsync(id, stamp, cancellationToken);
        task.Claim(keys.UserId, keys.Name, keys.ClaimsBy(task, candidates), engine.Now);
        engine.Note(instance, Step(WorkflowStepKind.Claimed, task), begins: true);
        engine.Taken(task);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task ReleaseAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(stamp).ThrowIfAny();
        var (task, instance, keys, _) = await MineAsync(id, stamp, cancellationToken);
        if (task.AssigneeId != keys.UserId || task.OfferedTo.StartsWith("user:", StringComparison.Ordinal))
        {
            throw new BusinessException(WorkflowsErrorCodes.NotYours);
        }

        task.Release();
        engine.Note(instance, Step(WorkflowStepKind.Released, task));
        engine.Announce(task);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task CompleteAsync(Guid id, CompleteWorkflowTaskDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(input.ConcurrencyStamp).ThrowIfAny();
        await CompleteAsync(id, input.ConcurrencyStamp, input.Values ?? [], input.Comment, cancellationToken);
    }

    /// <summary>One of a batch: nobody opened it, so there is no stamp; that it is open and theirs is looked at all the same.</summary>
    private Task CompleteUnseenAsync(Guid id, CompleteBatchDto input, CancellationToken cancellationToken) =>
        CompleteAsync(id, null, input.Values ?? [], input.Comment, cancellationToken);

    private async Task CompleteAsync(Guid id, string? stamp, Dictionary<string, JsonElement> values, string? comment, CancellationToken cancellationToken)
    {
        var (task, instance, keys, _) = await MineAsync(id, stamp, cancellationToken);
        await CompleteAsync(task, instance, keys, values, comment, cancellationToken);
        // The page that shows the count need not wait for its next look.
        db.SavedChanges += (_, _) => live.Changed([keys.UserId]);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Each task is a step of its own; one that somebody else has done meanwhile is reported and the others go on.</summary>
    public async Task<IReadOnlyList<BatchResultDto>> CompleteBatchAsync(CompleteBatchDto input, CancellationToken cancellationToken)
    {
        new InputCheck()
            .That(input.TaskIds is { Count: >= 1 and <= BatchSize }, "taskIds", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", BatchSize))
            .ThrowIfAny();
        var wanted = input.TaskIds.Distinct().ToList();
        var kinds = await db.Set<WorkflowTask>().AsNoTracking().Where(t => wanted.Contains(t.Id))
            .Select(t => new { t.Key, t.NodeId, t.AllowsBatch }).Distinct().ToListAsync(cancellationToken);
        if (kinds.Count != 1 || !kinds[0].AllowsBatch)
        {
            throw new BusinessException(WorkflowsErrorCodes.BatchNotAllowed);
        }

        var results = new List<BatchResultDto>();
        InputException? wrongForm = null;
        var identity = scope.Identity;
        foreach (var id in wanted)
        {
            try
            {
                await scopes.RunAsync(identity, services => services.GetRequiredService<TaskVerbs>().CompleteUnseenAsync(id, input, cancellationToken));
                results.Add(new(id, true, null, null));
            }
            catch (BusinessException error)
            {
                results.Add(Failed(id, error.Code, texts.Get(error.Code, error.Values)));
            }
            catch (InputException error)
            {
                // Flows of one key may run on several versions, whose forms differ.
                wrongForm ??= error;
                results.Add(Failed(id, PlatformErrorCodes.InvalidInput, string.Join(' ', error.Errors.Select(e => texts.Get(e.Code, e.Values)))));
            }
            catch (NotFoundException)
            {
                results.Add(Failed(id, PlatformErrorCodes.NotFound, texts.Get(PlatformErrorCodes.NotFound)));
            }
            catch (DbUpdateException)
            {
                results.Add(Failed(id, PlatformErrorCodes.StaleStamp, texts.Get("Batch:ChangedMeanwhile")));
            }
        }

        // Nothing was done and the form is wrong: the person mends it where they filled it in.
        return wrongForm is not null && !results.Any(r => r.Done) ? throw wrongForm : results;

        static BatchResultDto Failed(Guid id, string code, string reason) => new(id, false, code, reason);
    }

    public async Task SendBackAsync(Guid id, SendBackDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).Text(input.ToNodeId, "toNodeId", WorkflowLimits.NodeId).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var (task, instance, keys, _) = await MineAsync(id, input.ConcurrencyStamp, cancellationToken);
        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        if (!model.Machine.SendBackTargets(instance.State(), task.ExecutionId).Contains(input.ToNodeId))
        {
            throw new BusinessException(WorkflowsErrorCodes.CannotSendBackThere);
        }

        task.Complete(keys.UserId, keys.Name, "{}", input.Reason.Trim(), engine.Now);
        await CancelSignersAsync(task, cancellationToken);
        await engine.StepAsync(
            instance, (machine, state) => machine.SendBack(state, task.ExecutionId, input.ToNodeId),
            new StepInfo(WorkflowStepKind.SentBack, task.NodeId, input.Reason.Trim()), cancellationToken);
        // Work that was sent back cannot be withdrawn by whoever sent it back.
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>撤回: takes one's own finished step back while nobody has begun the next.</summary>
    public async Task WithdrawAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(stamp).ThrowIfAny();
        var (task, instance, keys, _) = await FindAsync(id, cancellationToken);
        if (task.CompletedBy != keys.UserId)
        {
            throw new NotFoundException(nameof(WorkflowTask), id);
        }

        instance.RequireRunning();
        task.EnsureStamp(stamp);
        if (task.Status != WorkflowTaskStatus.Completed || task.CompletedAtStep != instance.LastMove
            || await db.Set<WorkflowTask>().AnyAsync(t => t.InstanceId == instance.Id && t.Status == WorkflowTaskStatus.Open && t.SeenAt != null && t.OpenedAt >= task.CompletedAt, cancellationToken)
            || await HasCalledAndBegunAsync(instance, task, cancellationToken))
        {
            throw new BusinessException(WorkflowsErrorCodes.NextHasBegun);
        }

        try
        {
            await engine.StepAsync(instance, (machine, state) => machine.Rewind(state, task.NodeId), Step(WorkflowStepKind.Withdrawn, task), cancellationToken);
        }
        catch (ArgumentException)
        {
            // One signature of several (会签): others have signed or are signing beside it.
            throw new BusinessException(WorkflowsErrorCodes.NextHasBegun);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>转办; also how an administrator gives a task to somebody when nobody was found or whoever had it has left.</summary>
    public async Task ReassignAsync(Guid id, ReassignTaskDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var (task, instance, keys, candidates) = await FindAsync(id, cancellationToken);
        // An administrator gives away the work of their own region and those below, never what the issuer decides about them.
        var administers = TenantPaths.Covers(scope.RequiredTenant.Path, task.OfferRegionPath)
            && (await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.Administer);
        if (!administers && !keys.MayDo(task, candidates))
        {
            throw await DelegationOverAsync(task, candidates, cancellationToken) ?? new BusinessException(WorkflowsErrorCodes.NotYours);
        }

        task.RequireOpen();
        task.EnsureStamp(input.ConcurrencyStamp);
        var user = await SuitableAsync(input.UserId, task, instance, cancellationToken);
        task.Reassign(user);
        var incidents = await db.Set<WorkflowIncident>()
            .Where(i => i.InstanceId == instance.Id && i.ExecutionId == task.ExecutionId && i.SettledAt == null && i.Kind == WorkflowIncidentKind.NoAssignee)
            .ToListAsync(cancellationToken);
        incidents.ForEach(i => i.Settle(WorkflowIncidentResolution.Assigned, keys.Name, input.Reason.Trim(), engine.Now));
        engine.Note(instance, new StepInfo(WorkflowStepKind.Reassigned, task.NodeId, $"{user.DisplayName}：{input.Reason.Trim()}"), begins: true);
        Tell(user, "Workflows.TaskReassigned", task, ("reason", input.Reason.Trim()));
        engine.Announce(task);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>加签: one more signer before (this task waits) or after (the flow waits).</summary>
    public async Task AddSignerAsync(Guid id, AddSignerDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var (task, instance, keys, candidates) = await MineAsync(id, input.ConcurrencyStamp, cancellationToken);
        if (task.AddedToTaskId is not null)
        {
            throw new BusinessException(WorkflowsErrorCodes.TaskNotOpen);
        }

        var user = await SuitableAsync(input.UserId, task, instance, cancellationToken);
        if (user.Id == keys.UserId)
        {
            throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
        }

        var offer = new Offer(Offer.KeyOfUser(user.Id), user.Region, user.Id, user.DisplayName, task.Excluded, []);
        var work = new HumanWork(null, [], false, null, false, null, task.IsConfidential);
        var added = new WorkflowTask(ids.NewId(), instance, task.ExecutionId, task.NodeId, task.Name, offer, task.DueOn, work);
        added.AddedTo(task, input.Position);
        added.Opens(engine.Now);
        db.Add(added);
        if (task.AssigneeId is null)
        {
            task.Claim(keys.UserId, keys.Name, keys.ClaimsBy(task, candidates), engine.Now);
        }

        if (input.Position == SignerPosition.Before)
        {
            task.WaitForSigner();
            Tell(user, "Workflows.SignerAdded", added, ("reason", input.Reason.Trim()));
            engine.Announce(added);
        }
        else
        {
            added.WaitForSigner();
            task.SignerFollows();
        }

        engine.Note(instance, new StepInfo(WorkflowStepKind.SignerAdded, task.NodeId, $"{user.DisplayName}：{input.Reason.Trim()}"), begins: true);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task CopyAsync(Guid id, CopyTaskDto input, CancellationToken cancellationToken)
    {
        new InputCheck()
            .That(input.UserIds is { Count: >= 1 and <= PeopleAtOnce }, "userIds", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", PeopleAtOnce)).ThrowIfAny();
        var (task, instance, keys, candidates) = await FindAsync(id, cancellationToken);
        if (!keys.MayDo(task, candidates) && task.CompletedBy != keys.UserId)
        {
            throw await NotTheirsAsync(task, candidates, cancellationToken);
        }

        var have = await db.Set<WorkflowCopy>().Where(c => c.TaskId == id).Select(c => c.UserId).ToListAsync(cancellationToken);
        var names = new List<string>();
        foreach (var userId in input.UserIds.Distinct().Where(u => !have.Contains(u)))
        {
            var user = await SuitableAsync(userId, null, instance, cancellationToken);
            db.Add(new WorkflowCopy(ids.NewId(), task, new UserRef(user.Id, user.DisplayName), keys.Name));
            Tell(user, "Workflows.CopiedToYou", task);
            names.Add(user.DisplayName);
        }

        if (names.Count > 0)
        {
            engine.Note(instance, new StepInfo(WorkflowStepKind.CopiedTo, task.NodeId, string.Join('、', names)));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>催办: by whoever started the flow, or by the issuer; at most once an hour.</summary>
    public async Task UrgeAsync(Guid id, UrgeTaskDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Text, "text", WorkflowLimits.Note, required: false).ThrowIfAny();
        var (task, instance, keys, _) = await FindAsync(id, cancellationToken);
        var mayUrge = instance.StartedBy == keys.UserId
            || (TenantPaths.Covers(scope.RequiredTenant.Path, instance.IssuerPath)
                && (await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.View));
        if (!mayUrge)
        {
            throw new NotFoundException(nameof(WorkflowTask), id);
        }

        task.Urge(engine.Now, UrgeEvery);
        foreach (var user in await TaskPeople.OfAsync(task, people, db, cancellationToken))
        {
            Tell(user, "Workflows.TaskUrged", task, ("text", input.Text?.Trim() ?? ""));
        }

        engine.Note(instance, new StepInfo(WorkflowStepKind.Urged, task.NodeId, input.Text?.Trim() ?? ""));
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task CommentAsync(Guid id, CommentTaskDto input, CancellationToken cancellationToken)
    {
        var fileIds = (input.FileIds ?? []).Distinct().ToList();
        new InputCheck().Text(input.Text, "text", WorkflowLimits.Note)
            .That(fileIds.Count <= FilesAtOnce, "fileIds", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", FilesAtOnce)).ThrowIfAny();
        var (task, _, keys, candidates) = await FindAsync(id, cancellationToken);
        var copied = await db.Set<WorkflowCopy>().AnyAsync(c => c.TaskId == id && c.UserId == keys.UserId, cancellationToken);
        var concerned = keys.MayDo(task, candidates) || task.CompletedBy == keys.UserId || copied
            || (!task.IsConfidential && (await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.View));
        if (!concerned)
        {
            throw new NotFoundException(nameof(WorkflowTask), id);
        }

        if (fileIds.Count > 0)
        {
            if ((await files.FindAsync(fileIds, cancellationToken)).Count != fileIds.Count)
            {
                throw new InputException("fileIds", WorkflowsErrorCodes.UnknownFile);
            }

            await files.ReleaseAsync(fileIds, cancellationToken);
        }

        db.Add(new WorkflowComment(ids.NewId(), task, keys.UserId, keys.Name, input.Text.Trim(), fileIds));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>People to whom a task may be given, copied or added: those of the regions that the flow concerns.</summary>
    public async Task<IReadOnlyList<ColleagueDto>> ColleaguesAsync(Guid id, string? search, CancellationToken cancellationToken)
    {
        new InputCheck().Text(search, "search", 100, required: false).ThrowIfAny();
        var (task, instance, keys, candidates) = await FindAsync(id, cancellationToken);
        if (!keys.MayDo(task, candidates) && task.CompletedBy != keys.UserId
            && !(await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.Administer))
        {
            throw new NotFoundException(nameof(WorkflowTask), id);
        }

        var map = await regions.GetAsync(cancellationToken);
        var found = await people.SearchAsync([instance.Subject.Region.Id, instance.Subject.Issuer.Id, scope.RequiredTenant.Id], search?.Trim() ?? "", 50, cancellationToken);
        return [.. found.Where(u => AssigneeResolver.Concerns(u.Region, instance.Subject)).Select(u => new ColleagueDto(u.Id, u.DisplayName, map.NameOf(u.Region)))];
    }

    private async Task CompleteAsync(
        WorkflowTask task, WorkflowInstance instance, InboxKeys keys, Dictionary<string, JsonElement> values, string? comment, CancellationToken cancellationToken)
    {
        new InputCheck().Text(comment, "comment", WorkflowLimits.Note, required: false).ThrowIfAny();
        var remark = comment?.Trim() ?? "";
        if (task.AddedToTaskId is { } originalId)
        {
            await SignAsync(task, originalId, instance, keys, remark, cancellationToken);
            return;
        }

        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        var json = JsonSerializer.Serialize(FormInput.Accept((UserTask)model.Node(task.NodeId), values), WorkflowInstance.Json);
        if (task.HasSignersAfter && await NextSignerAsync(task.Id, cancellationToken) is { } signer)
        {
            task.Answer(keys.UserId, keys.Name, json, remark);
            task.WaitForSigner();
            OpenFor(signer);
            engine.Note(instance, new StepInfo(WorkflowStepKind.Completed, task.NodeId, remark), begins: true);
            return;
        }

        await FinishAsync(task, instance, keys.UserId, keys.Name, json, remark, cancellationToken);
    }

    private async Task FinishAsync(
        WorkflowTask task, WorkflowInstance instance, Guid doer, string doerName, string json, string remark, CancellationToken cancellationToken)
    {
        task.Complete(doer, doerName, json, remark, engine.Now);
        instance.NoteDoer(task.NodeId, doer);
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, WorkflowInstance.Json)!;
        await engine.StepAsync(
            instance, (machine, state) => machine.Complete(state, task.ExecutionId, values), new StepInfo(WorkflowStepKind.Completed, task.NodeId, remark), cancellationToken);
        task.CompletedWith(instance.StepCount);
    }

    /// <summary>An added signer signed: the task that they were added to comes back, or the flow goes on with its answers.</summary>
    private async Task SignAsync(
        WorkflowTask signed, Guid originalId, WorkflowInstance instance, InboxKeys keys, string remark, CancellationToken cancellationToken)
    {
        signed.Complete(keys.UserId, keys.Name, "{}", remark, engine.Now);
        var original = await db.Set<WorkflowTask>().FirstAsync(t => t.Id == originalId, cancellationToken);
        if (signed.AddedAs == SignerPosition.Before)
        {
            if (!await db.Set<WorkflowTask>().AnyAsync(
                t => t.AddedToTaskId == originalId && t.AddedAs == SignerPosition.Before && t.Status == WorkflowTaskStatus.Open && t.Id != signed.Id, cancellationToken))
            {
                original.Resume(engine.Now);
                engine.Announce(original);
            }

            engine.Note(instance, new StepInfo(WorkflowStepKind.Completed, signed.NodeId, remark), begins: true);
            return;
        }

        if (await NextSignerAsync(originalId, cancellationToken) is { } next)
        {
            OpenFor(next);
            engine.Note(instance, new StepInfo(WorkflowStepKind.Completed, signed.NodeId, remark), begins: true);
            return;
        }

        var answeredBy = original.CompletedBy ?? keys.UserId;
        var answers = original.ValuesJson;
        original.Resume(engine.Now);
        await FinishAsync(original, instance, answeredBy, original.CompletedByName, answers, original.Comment, cancellationToken);
    }

    /// <summary>A flow that was called since has taken a step, called another, or is looked at by somebody.</summary>
    private Task<bool> HasCalledAndBegunAsync(WorkflowInstance instance, WorkflowTask task, CancellationToken cancellationToken) =>
        db.Set<WorkflowInstance>().AnyAsync(
            called => called.ParentInstanceId == instance.Id && called.Status != WorkflowInstanceStatus.Terminated && called.CreatedAt >= task.CompletedAt
                && (called.LastMove > 1 || db.Set<WorkflowTask>().Any(t => t.InstanceId == called.Id && t.SeenAt != null)
                    || db.Set<WorkflowInstance>().Any(i => i.ParentInstanceId == called.Id)),
            cancellationToken);

    private Task<WorkflowTask?> NextSignerAsync(Guid taskId, CancellationToken cancellationToken) =>
        db.Set<WorkflowTask>().Where(t => t.AddedToTaskId == taskId && t.AddedAs == SignerPosition.After && t.Status == WorkflowTaskStatus.Waiting)
            .OrderBy(t => t.Id).FirstOrDefaultAsync(cancellationToken);

    private void OpenFor(WorkflowTask signer)
    {
        signer.Resume(engine.Now);
        engine.Announce(signer);
    }

    private async Task CancelSignersAsync(WorkflowTask task, CancellationToken cancellationToken)
    {
        var original = task.AddedToTaskId ?? task.Id;
        var others = await db.Set<WorkflowTask>().Where(t => t.Id != task.Id && (t.Id == original || t.AddedToTaskId == original)).ToListAsync(cancellationToken);
        others.ForEach(t => t.Cancel(engine.Now));
    }

    private async Task<UserSummary> SuitableAsync(Guid userId, WorkflowTask? task, WorkflowInstance instance, CancellationToken cancellationToken)
    {
        var user = (await people.FindAsync([userId], cancellationToken)).GetValueOrDefault(userId);
        var active = user is not null && (await people.RolesOfAsync(userId, cancellationToken)).Count > 0;
        return active && AssigneeResolver.Concerns(user!.Region, instance.Subject) && task?.Excludes(userId) != true
            ? user : throw new BusinessException(WorkflowsErrorCodes.UnsuitablePerson);
    }

    private void Tell(UserSummary user, string key, WorkflowTask task, params (string Name, string Value)[] values) => notifier.NotifyUser(
        user.Region, user.Id, new NotificationMessage(
            key, values.Append(("task", task.Name)).Append(("subject", task.Title)).ToDictionary(v => v.Item1, v => v.Item2),
            $"/workflows/tasks/{task.Id}", task.DueOn));

    private async Task<(WorkflowTask Task, WorkflowInstance Instance, InboxKeys Keys, IReadOnlyList<Guid> Candidates)> MineAsync(
        Guid id, string? stamp, CancellationToken cancellationToken)
    {
        var (task, instance, keys, candidates) = await FindAsync(id, cancellationToken);
        var offered = !task.Excludes(keys.UserId) && (keys.Keys.Contains(task.OfferedTo) || keys.AreNamed(candidates));
        if (!keys.MayDo(task, candidates) && task.CompletedBy != keys.UserId && task.Status == WorkflowTaskStatus.Open)
        {
            // Somebody else of the same role has claimed it: say so; to others it is not there.
            throw task.AssigneeId is not null && offered
                ? new BusinessException(WorkflowsErrorCodes.ClaimedByOther).WithData("name", task.AssigneeName)
                : await NotTheirsAsync(task, candidates, cancellationToken);
        }

        if (task.Status != WorkflowTaskStatus.Open && !keys.People.Contains(task.CompletedBy ?? Guid.Empty) && !offered)
        {
            throw await NotTheirsAsync(task, candidates, cancellationToken);
        }

        // Before the stamp is looked at: whoever asks again after a lost answer should learn that it is done.
        task.RequireOpen();
        instance.RequireRunning();
        if (stamp is not null)
        {
            task.EnsureStamp(stamp);
        }

        return (task, instance, keys, candidates);
    }

    /// <summary>To those whose it is not, the task is not there; but whoever stood in for somebody, and may have its form open still, learns why they may not go on.</summary>
    private async Task<Exception> NotTheirsAsync(WorkflowTask task, IReadOnlyList<Guid> candidates, CancellationToken cancellationToken) =>
        await DelegationOverAsync(task, candidates, cancellationToken) ?? (Exception)new NotFoundException(nameof(WorkflowTask), task.Id);

    private async Task<BusinessException?> DelegationOverAsync(WorkflowTask task, IReadOnlyList<Guid> candidates, CancellationToken cancellationToken) =>
        await caller.OverAsync(task, candidates, cancellationToken) is { } over
            ? new BusinessException(WorkflowsErrorCodes.DelegationOver).WithData("name", over.FromName).WithData("day", over.OverOn.ToString("O", CultureInfo.InvariantCulture))
            : null;

    private async Task<(WorkflowTask Task, WorkflowInstance Instance, InboxKeys Keys, IReadOnlyList<Guid> Candidates)> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var keys = await caller.OwnKeysAsync(cancellationToken);
        var (task, instance) = await queries.FindTaskAsync(db, id, cancellationToken) ?? throw new NotFoundException(nameof(WorkflowTask), id);
        // Few tasks are offered to people whom an expression named; the others need not look who they are.
        IReadOnlyList<Guid> candidates = task.OfferedTo == Offer.Candidate
            ? await db.Set<WorkflowCandidate>().Where(c => c.TaskId == id).Select(c => c.UserId).ToListAsync(cancellationToken) : [];
        return (task, instance, keys.MayDo(task, candidates) ? keys : await caller.WithDelegatedAsync(keys, cancellationToken), candidates);
    }

    private static StepInfo Step(WorkflowStepKind kind, WorkflowTask task) => new(kind, task.NodeId);
}
