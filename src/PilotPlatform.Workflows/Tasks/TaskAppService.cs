using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>The inbox: lists, one task, counts.</summary>
internal sealed class TaskAppService(
    PlatformDbContext db, InboxCaller caller, WorkflowModels models, IRegionDirectory regions, IFileLibrary files,
    ICurrentPermissions permissions, ICurrentScope scope, TimeProvider time)
{
    private const int SearchLength = 100;

    /// <summary>China keeps one time all year; a database cannot ask <see cref="ChinaTime"/>.</summary>
    private const double ChinaHours = 8;

    private static readonly SortList<TaskRow> Sorts = new SortList<TaskRow>()
        // Databases differ in where they put what has no date: here it counts as the earliest.
        .Allow("dueOn", x => x.Task.DueOn ?? DateOnly.MinValue)
        .Allow("openedAt", x => x.Task.OpenedAt)
        .Allow("completedAt", x => x.Task.CompletedAt ?? DateTime.MinValue)
        .Allow("name", x => x.Task.Name)
        .Otherwise(q => q.OrderBy(x => x.Task.DueOn == null).ThenBy(x => x.Task.DueOn).ThenBy(x => x.Task.Id));

    private static readonly SortList<TaskRow> NewestFirst = new SortList<TaskRow>()
        .Allow("completedAt", x => x.Task.CompletedAt ?? DateTime.MinValue)
        .Allow("openedAt", x => x.Task.OpenedAt)
        .Otherwise(q => q.OrderByDescending(x => x.Task.CompletedAt).ThenByDescending(x => x.Task.OpenedAt).ThenBy(x => x.Task.Id));

    public async Task<PagedResult<TaskListItemDto>> ListAsync(GetTasksInput input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Search, "search", SearchLength, required: false).ThrowIfAny();
        var keys = await caller.KeysAsync(cancellationToken);
        var box = input.Box ?? TaskBox.Todo;
        var query = Rows(Filtered(InBox(box, keys), input), keys, withState: false);
        if (box == TaskBox.Copied && input.Unread == true)
        {
            query = query.Where(x => x.CopyReadAt == null);
        }

        var page = await query.ToPageAsync(input, box == TaskBox.Todo ? Sorts : NewestFirst, x => x, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new(page.TotalCount, [.. page.Items.Select(x => Item(x, keys, map))]);
    }

    /// <summary>The flows that occur in a box: what it can be narrowed to.</summary>
    public async Task<IReadOnlyList<InboxFlowDto>> FlowsAsync(TaskBox box, CancellationToken cancellationToken)
    {
        var keys = await caller.KeysAsync(cancellationToken);
        var tasks = InBox(box, keys);
        return await FlowChoices.OfAsync(db, db.Set<WorkflowInstance>().Where(i => tasks.Any(t => t.InstanceId == i.Id)), cancellationToken);
    }

    public async Task<TaskCountsDto> CountAsync(CancellationToken cancellationToken)
    {
        var keys = await caller.KeysAsync(cancellationToken);
        var today = time.Today();
        var todo = Mine(db.Set<WorkflowTask>().AsNoTracking(), keys);
        var counts = await todo.GroupBy(t => t.DueOn < today).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var unread = await db.Set<WorkflowCopy>().CountAsync(c => c.UserId == keys.UserId && c.ReadAt == null, cancellationToken);
        return new(counts.Sum(c => c.Count), counts.Where(c => c.Key).Sum(c => c.Count), unread);
    }

    /// <summary>One task, for whoever has it, did it, was copied, or may look after flows.</summary>
    public async Task<TaskDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var keys = await caller.KeysAsync(cancellationToken);
        var row = await Rows(db.Set<WorkflowTask>().AsNoTracking().Where(t => t.Id == id), keys, withState: true).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowTask), id);
        var everybody = keys.People;
        List<Guid> candidates = row.Task.OfferedTo == Offer.Candidate
            ? await db.Set<WorkflowCandidate>().Where(c => c.TaskId == id && everybody.Contains(c.UserId)).Select(c => c.UserId).ToListAsync(cancellationToken) : [];
        var mine = keys.MayDo(row.Task, candidates);
        await RequireVisibleAsync(row, keys, mine, cancellationToken);
        var model = await models.GetAsync(row.VersionId, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var formerly = await FormerVersions.OfTaskAsync(db, row.Task, row.VersionId, cancellationToken);
        var node = (formerly == row.VersionId ? model : await models.GetAsync(formerly, cancellationToken)).FindNode(row.Task.NodeId) as UserTask;
        var comments = await CommentsAsync(row.Task.Id, cancellationToken);
        var may = Abilities(row, keys, mine);
        var state = Bpmn.Execution.ProcessState.FromJson(row.StateJson);
        var targets = may.SendBack
            ? model.Machine.SendBackTargets(state, row.Task.ExecutionId).Select(t => new TaskStepDto(t, model.NameOf(t))).ToList() : [];
        return new TaskDto(
            Item(row, keys, map),
            row.Task.AddedAs is null && node is not null ? TaskFieldDto.Of(node) : [],
            JsonSerializer.Deserialize<JsonElement>(row.Task.ValuesJson), row.Task.Comment, may with { SendBack = targets.Count > 0 }, targets, comments,
            row.Task.AddedAs?.ToString(), row.SubjectType, row.Task.SubjectId,
            row.Task.DueOn is { } due && node?.Work.DueInWorkingDays == true && WorkingCalendar.IsProvisional(due));
    }

    private IQueryable<WorkflowTask> InBox(TaskBox box, InboxKeys keys)
    {
        var tasks = db.Set<WorkflowTask>().AsNoTracking();
        return box switch
        {
            TaskBox.Todo => Mine(tasks, keys),
            TaskBox.Done => tasks.Where(t => t.CompletedBy == keys.UserId && t.CompletedAt != null),
            _ => tasks.Where(t => db.Set<WorkflowCopy>().Any(c => c.TaskId == t.Id && c.UserId == keys.UserId)),
        };
    }

    private IQueryable<WorkflowTask> Filtered(IQueryable<WorkflowTask> query, GetTasksInput input)
    {
        if (!string.IsNullOrWhiteSpace(input.Search))
        {
            var words = input.Search.Trim();
            query = query.Where(t => t.Title.Contains(words) || t.Name.Contains(words));
        }

        if (input.Key is { Length: > 0 } key)
        {
            query = query.Where(t => t.Key == key);
        }

        if (input.NodeId is { Length: > 0 } nodeId)
        {
            query = query.Where(t => t.NodeId == nodeId);
        }

        if (input.RegionId is { } regionId)
        {
            query = query.Where(t => t.TenantId == regionId);
        }

        return input.Light is { } light ? WithLight(query, light) : query;
    }

    /// <summary>As <see cref="Deadline.LightOn"/> has it, in the database's words.</summary>
    private IQueryable<WorkflowTask> WithLight(IQueryable<WorkflowTask> tasks, TaskLight light)
    {
        var today = time.Today();
        var soon = today.AddDays(Deadline.DueSoonDays);
        return light switch
        {
            TaskLight.None => tasks.Where(t => t.DueOn == null),
            TaskLight.Red => tasks.Where(t => t.CompletedAt == null && t.DueOn < today),
            TaskLight.Amber => tasks.Where(t => t.CompletedAt == null && t.DueOn >= today && t.DueOn <= soon),
            TaskLight.Yellow => tasks.Where(t => t.CompletedAt != null && t.DueOn < DateOnly.FromDateTime(t.CompletedAt.Value.AddHours(ChinaHours))),
            _ => tasks.Where(t => (t.CompletedAt == null && t.DueOn > soon)
                || (t.CompletedAt != null && t.DueOn >= DateOnly.FromDateTime(t.CompletedAt.Value.AddHours(ChinaHours)))),
        };
    }

    /// <summary>What is the caller's to do: had by them, or offered to them and had by nobody.</summary>
    private IQueryable<WorkflowTask> Mine(IQueryable<WorkflowTask> tasks, InboxKeys keys)
    {
        var me = keys.UserId.ToString("N");
        var open = tasks.Where(t => t.Status == WorkflowTaskStatus.Open && !t.ExcludedUsers.Contains(me));
        List<string> own = [.. keys.Keys.Where(k => !keys.Delegators.ContainsKey(k))];
        List<string> lenders = [.. keys.Lenders.Select(p => p.ToString("N"))];
        // As InboxKeys.MayDo has it: what the caller claimed by a delegation is theirs while that holds, or as if nobody had it.
        if (lenders.Count == 0)
        {
            return open.Where(t => (t.AssigneeId == keys.UserId && t.DelegationId == null)
                || ((t.AssigneeId == null || t.AssigneeId == keys.UserId) && (own.Contains(t.OfferedTo)
                    || (t.OfferedTo == Offer.Candidate && db.Set<WorkflowCandidate>().Any(c => c.TaskId == t.Id && c.UserId == keys.UserId)))));
        }

        List<Guid> delegations = [.. keys.Delegations.Select(d => d.Id)];
        var everybody = keys.People;
        return open.Where(t => (t.AssigneeId != null && t.DelegationId == null && everybody.Contains(t.AssigneeId.Value))
            || (t.AssigneeId == keys.UserId && t.DelegationId != null && delegations.Contains(t.DelegationId.Value))
            || ((t.AssigneeId == null || t.AssigneeId == keys.UserId) && (own.Contains(t.OfferedTo)
                || (t.OfferedTo == Offer.Candidate && db.Set<WorkflowCandidate>().Any(c => c.TaskId == t.Id && c.UserId == keys.UserId))
                || (!lenders.Any(l => t.ExcludedUsers.Contains(l)) && (keys.Keys.Contains(t.OfferedTo)
                    || (t.OfferedTo == Offer.Candidate && db.Set<WorkflowCandidate>().Any(c => c.TaskId == t.Id && everybody.Contains(c.UserId))))))));
    }

    private IQueryable<TaskRow> Rows(IQueryable<WorkflowTask> tasks, InboxKeys keys, bool withState) =>
        from task in tasks
        join instance in db.Set<WorkflowInstance>() on task.InstanceId equals instance.Id
        select new TaskRow
        {
            Task = task,
            VersionId = instance.VersionId,
            Link = instance.Link,
            SubjectType = instance.SubjectType,
            StartedBy = instance.StartedBy,
            IssuerPath = instance.IssuerPath,
            // A list does not need it, and it grows with the flow.
            StateJson = withState ? instance.StateJson : "",
            InstanceRunning = instance.Status == WorkflowInstanceStatus.Running,
            LastMove = instance.LastMove,
            IsCopy = db.Set<WorkflowCopy>().Any(c => c.TaskId == task.Id && c.UserId == keys.UserId),
            CopyReadAt = db.Set<WorkflowCopy>().Where(c => c.TaskId == task.Id && c.UserId == keys.UserId).Select(c => c.ReadAt).FirstOrDefault(),
        };

    private async Task RequireVisibleAsync(TaskRow row, InboxKeys keys, bool mine, CancellationToken cancellationToken)
    {
        if (mine || row.IsCopy || row.Task.CompletedBy == keys.UserId || row.Task.AssigneeId == keys.UserId)
        {
            return;
        }

        // Who scores what is the issuer's to know alone.
        var hidden = row.Task.IsConfidential && !TenantPaths.Covers(scope.RequiredTenant.Path, row.IssuerPath);
        if (hidden || !(await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.View))
        {
            throw new NotFoundException(nameof(WorkflowTask), row.Task.Id);
        }
    }

    private TaskAbilitiesDto Abilities(TaskRow row, InboxKeys keys, bool mine)
    {
        var task = row.Task;
        var open = row.InstanceRunning && task.Status == WorkflowTaskStatus.Open;
        var has = open && mine;
        return new(
            Claim: has && task.AssigneeId is null,
            Release: has && task.AssigneeId == keys.UserId && !task.OfferedTo.StartsWith("user:", StringComparison.Ordinal),
            Complete: has, SendBack: has,
            Withdraw: row.InstanceRunning && task.Status == WorkflowTaskStatus.Completed && task.CompletedBy == keys.UserId && task.CompletedAtStep == row.LastMove,
            Reassign: has, AddSigner: has && task.AddedToTaskId is null, Copy: has || task.CompletedBy == keys.UserId,
            Urge: open && !mine && (row.StartedBy == keys.UserId || TenantPaths.Covers(scope.RequiredTenant.Path, row.IssuerPath)),
            Comment: row.InstanceRunning);
    }

    private async Task<IReadOnlyList<TaskCommentDto>> CommentsAsync(Guid taskId, CancellationToken cancellationToken)
    {
        var comments = await db.Set<WorkflowComment>().AsNoTracking().Where(c => c.TaskId == taskId).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        List<Guid> fileIds = [.. comments.SelectMany(c => c.FileIds).Distinct()];
        var found = fileIds.Count == 0 ? new Dictionary<Guid, StoredFileInfo>() : await files.FindAsync(fileIds, cancellationToken);
        return [.. comments.Select(c => new TaskCommentDto(
            c.Id, c.AuthorName, c.CreatedAt, c.Text,
            [.. c.FileIds.Where(found.ContainsKey).Select(f => new TaskFileDto(f, found[f].Name, found[f].Size))]))];
    }

    private TaskListItemDto Item(TaskRow row, InboxKeys keys, RegionMap map)
    {
        var task = row.Task;
        var light = task.DueOn is { } due
            ? new Deadline(due, DuePrecision.Day, false).LightOn(time.Today(), task.CompletedAt is { } at ? ChinaTime.DateOf(at) : null) : (StatusLight?)null;
        return new(
            task.Id, task.InstanceId, task.NodeId, task.Name, task.Title, task.TenantId, map.NameOf(task.Owner), task.Key, task.DueOn, light,
            OfferKind(task.OfferedTo), task.AssigneeId is { } assignee ? new(assignee, task.AssigneeName) : null, task.AssigneeId == keys.UserId,
            keys.OnBehalfOf(task), task.OpenedAt, task.CompletedAt, task.CompletedByName, task.UrgedTimes, task.AllowsBatch,
            row.IsCopy ? row.CopyReadAt is null : task.SeenAt is null && task.CompletedAt is null, row.Link, task.Status, task.ConcurrencyStamp);
    }

    private static string OfferKind(string offeredTo) => offeredTo.Split(':')[0] switch
    {
        "role" => "role",
        "office" => "office",
        "user" => "person",
        Offer.Candidate => "people",
        _ => "",
    };

    internal sealed class TaskRow
    {
        public required WorkflowTask Task { get; init; }

        public required Guid VersionId { get; init; }

        public required string Link { get; init; }

        public required string SubjectType { get; init; }

        public required Guid? StartedBy { get; init; }

        public required string IssuerPath { get; init; }

        public required string StateJson { get; init; }

        public required bool InstanceRunning { get; init; }

        public required int LastMove { get; init; }

        public required bool IsCopy { get; init; }

        public required DateTime? CopyReadAt { get; init; }
    }
}
