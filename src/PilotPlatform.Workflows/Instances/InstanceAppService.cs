using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <summary>Where flows stand: lists, and one with its picture, history and expected path.</summary>
internal sealed class InstanceAppService(
    PlatformDbContext db, WorkflowModels models, IRegionDirectory regions, ICurrentPermissions permissions, ICurrentScope scope, Texts texts, TimeProvider time)
{
    private static readonly SortList<InstanceRow> Sorts = new SortList<InstanceRow>()
        .Allow("startedAt", x => x.Instance.CreatedAt)
        .Allow("title", x => x.Instance.Title)
        .Otherwise(q => q.OrderByDescending(x => x.Instance.CreatedAt).ThenBy(x => x.Instance.Id));

    public async Task<PagedResult<InstanceListItemDto>> ListAsync(GetInstancesInput input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Search, "search", 100, required: false).ThrowIfAny();
        var me = scope.RequiredUserId;
        var query = Rows();
        var all = (await permissions.GetAsync(cancellationToken)).Contains(WorkflowsPermissions.View);
        if (input.StartedByMe == true || !all)
        {
            query = query.Where(x => x.Instance.StartedBy == me);
        }

        if (input.SubjectId is { } subjectId)
        {
            query = query.Where(x => x.Instance.SubjectId == subjectId);
        }

        if (input.PartOf is { } partOf)
        {
            query = query.Where(x => x.Instance.PartOf == partOf);
        }

        if (input.Key is { Length: > 0 } key)
        {
            query = query.Where(x => x.Instance.Key == key);
        }

        if (input.Status is { } status)
        {
            query = query.Where(x => x.Instance.Status == status);
        }

        if (!string.IsNullOrWhiteSpace(input.Search))
        {
            var words = input.Search.Trim();
            query = query.Where(x => x.Instance.Title.Contains(words));
        }

        var page = await query.ToPageAsync(input, Sorts, x => x, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new(page.TotalCount, [.. page.Items.Select(x => Item(x, map))]);
    }

    /// <summary>The flows that occur among those the caller started (我发起的).</summary>
    public Task<IReadOnlyList<InboxFlowDto>> StartedFlowsAsync(CancellationToken cancellationToken)
    {
        var me = scope.RequiredUserId;
        return FlowChoices.OfAsync(db, db.Set<WorkflowInstance>().Where(i => i.StartedBy == me), cancellationToken);
    }

    public async Task<InstanceDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await Rows().FirstOrDefaultAsync(x => x.Instance.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(WorkflowInstance), id);
        var held = await permissions.GetAsync(cancellationToken);
        var instance = row.Instance;
        if (!held.Contains(WorkflowsPermissions.View) && instance.StartedBy != scope.RequiredUserId
            && !await db.Set<WorkflowCopy>().AnyAsync(c => c.InstanceId == id && c.UserId == scope.RequiredUserId, cancellationToken))
        {
            throw new NotFoundException(nameof(WorkflowInstance), id);
        }

        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        var state = instance.State();
        var steps = await db.Set<WorkflowStep>().AsNoTracking().Where(s => s.InstanceId == id).OrderBy(s => s.Number).ToListAsync(cancellationToken);
        IReadOnlyList<WorkflowModel> versions = steps.Any(s => s.Kind == WorkflowStepKind.Migrated)
            ? [model, .. await FormerVersions.OfAsync(db, models, instance, cancellationToken)] : [model];
        var tasks = await db.Set<WorkflowTask>().AsNoTracking()
            .Where(t => t.InstanceId == id && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting)).ToListAsync(cancellationToken);
        var seesAll = TenantPaths.Covers(scope.RequiredTenant.Path, instance.IssuerPath);
        var effects = steps.SelectMany(s => EffectCodec.Read(s.EffectsJson)).ToList();
        var map = await regions.GetAsync(cancellationToken);
        return new InstanceDto(
            Item(row, map),
            await db.Set<WorkflowVersion>().AsNoTracking().Where(v => v.Id == instance.VersionId).Select(v => v.Xml).FirstAsync(cancellationToken),
            Live(model, state, tasks, seesAll, map),
            [.. effects.Where(e => e.Kind is StoredEffect.Completed or StoredEffect.Passed).Select(e => e.NodeId).Distinct()],
            [.. effects.Where(e => e.Kind == StoredEffect.Flow).Select(e => e.NodeId).Distinct()],
            [.. steps.Select(s => History(s, versions, row.DefinitionName, seesAll))],
            instance.Status == WorkflowInstanceStatus.Running
                ? [.. ExpectedPath.Of(model.Machine, state).Select(e => new ExpectedNodeDto(e.NodeId, model.NameOf(e.NodeId), e.IsCertain))] : [],
            // Variables hold what confidential tasks answered: scores are the issuer's to know.
            held.Contains(WorkflowsPermissions.Administer) && seesAll ? state.Variables : new(),
            instance.ConcurrencyStamp);
    }

    private List<LiveNodeDto> Live(WorkflowModel model, ProcessState state, List<WorkflowTask> tasks, bool seesAll, RegionMap map)
    {
        var live = tasks.Where(t => t.AddedToTaskId is null || t.Status == WorkflowTaskStatus.Open).Select(t => new LiveNodeDto(
            t.NodeId, model.NameOf(t.NodeId), t.OpenedAt,
            t.IsConfidential && !seesAll ? [] : Who(t, map),
            t.DueOn, t.DueOn is { } due ? new Deadline(due, DuePrecision.Day, false).LightOn(time.Today(), null) : null,
            t.IsConfidential && !seesAll ? null : t.Id)).ToList();
        var shown = live.Select(l => l.NodeId).ToHashSet();
        live.AddRange(model.Machine.Live(state).Where(l => model.FindNode(l.NodeId) is not SubProcess && shown.Add(l.NodeId))
            .Select(l => new LiveNodeDto(l.NodeId, model.NameOf(l.NodeId), null, [], null, null, null)));
        return live;
    }

    /// <summary>Whoever has it; else those it is offered to in words, or nobody.</summary>
    private IReadOnlyList<string> Who(WorkflowTask task, RegionMap map) => task switch
    {
        { AssigneeName.Length: > 0 } => [task.AssigneeName],
        { IsVacant: true } => [texts.Get("Offer:Vacant")],
        _ when task.OfferedTo.Split(':') is ["role", _, var role] => [map.NameOf(task.OfferRegion) + texts.Get("Role:" + role)],
        _ => [],
    };

    /// <summary>One line of the log. What was confidential when it was done stays so, wherever the flow was moved since.</summary>
    private static HistoryItemDto History(WorkflowStep step, IReadOnlyList<WorkflowModel> versions, string flowName, bool seesAll)
    {
        var hidden = !seesAll && versions.Any(v => v.FindNode(step.NodeId) is UserTask { Work.IsConfidential: true });
        var hidesNote = hidden || (!seesAll && step.Kind == WorkflowStepKind.VariableChanged);
        return new(
            step.Number, step.CreatedAt, step.Kind, step.NodeId,
            // What concerns the flow as a whole has no node.
            versions.FirstOrDefault(v => v.FindNode(step.NodeId) is not null)?.NameOf(step.NodeId) ?? flowName, hidden ? "" : step.ActorName, hidesNote ? "" : step.Note);
    }

    private IQueryable<InstanceRow> Rows() =>
        from instance in db.Set<WorkflowInstance>().AsNoTracking()
        join version in db.Set<WorkflowVersion>() on instance.VersionId equals version.Id
        join definition in db.Set<WorkflowDefinition>() on version.DefinitionId equals definition.Id
        select new InstanceRow { Instance = instance, Version = version.Number, DefinitionName = definition.Name };

    private static InstanceListItemDto Item(InstanceRow row, RegionMap map) => new(
        row.Instance.Id, row.Instance.Key, row.DefinitionName, row.Version, row.Instance.Title, row.Instance.TenantId, map.NameOf(row.Instance.Owner),
        row.Instance.Status, row.Instance.CreatedAt, row.Instance.StartedByName, row.Instance.EndedAt, row.Instance.Link);

    internal sealed class InstanceRow
    {
        public required WorkflowInstance Instance { get; init; }

        public required int Version { get; init; }

        public required string DefinitionName { get; init; }
    }
}
