using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Incidents;

internal sealed class GetIncidentsInput : PagedInput
{
    public bool? Settled { get; init; }

    public string? Key { get; init; }

    public Guid? InstanceId { get; init; }
}

/// <summary>IssuerName: the region that alone, with those above it, passes over a step or changes a variable.</summary>
internal sealed record IncidentDto(
    Guid Id, Guid InstanceId, string Key, string Title, Guid RegionId, string RegionName, WorkflowIncidentKind Kind, string NodeId, string NodeName, string Code, string Detail,
    DateTime OpenedAt, DateTime? SettledAt, WorkflowIncidentResolution? Resolution, string SettledByName, string Reason, Guid? TaskId, string IssuerName,
    IncidentAbilitiesDto May, string ConcurrencyStamp);

/// <summary>What the caller's region may do about an incident now; the permission to administer flows comes on top.</summary>
internal sealed record IncidentAbilitiesDto(bool Retry, bool Skip, bool SetVariable);

/// <summary>Fields: what the step that is passed over would have answered, as its form declares it; empty where it has none.</summary>
internal sealed record IncidentStepDto(string NodeId, string Name, IReadOnlyList<TaskFieldDto> Fields);

internal sealed record RetryIncidentDto(string ConcurrencyStamp);

/// <summary>Values: what the step would have set; null passes over it without any.</summary>
internal sealed record SkipIncidentDto(string Reason, Dictionary<string, JsonElement>? Values, string? FlowId, string ConcurrencyStamp);

internal sealed record SetVariableDto(string Name, JsonElement Value, string Reason);

/// <summary>异常处理: an administrator tries again, skips with a reason, or changes a variable. Everything is logged.</summary>
internal sealed class IncidentAppService(
    PlatformDbContext db, WorkflowEngine engine, WorkflowModels models, JobSignal jobs, IRegionDirectory regions, ICurrentScope scope)
{
    private static readonly SortList<IncidentRow> Sorts = new SortList<IncidentRow>()
        .Allow("openedAt", x => x.Incident.CreatedAt)
        .Otherwise(q => q.OrderByDescending(x => x.Incident.CreatedAt).ThenBy(x => x.Incident.Id));

    public async Task<PagedResult<IncidentDto>> ListAsync(GetIncidentsInput input, CancellationToken cancellationToken)
    {
        var query = Rows();
        query = input.Settled == true ? query.Where(x => x.Incident.SettledAt != null) : query.Where(x => x.Incident.SettledAt == null);
        if (input.Key is { Length: > 0 } key)
        {
            query = query.Where(x => x.Incident.Key == key);
        }

        if (input.InstanceId is { } instanceId)
        {
            query = query.Where(x => x.Incident.InstanceId == instanceId);
        }

        var page = await query.ToPageAsync(input, Sorts, x => x, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var items = new List<IncidentDto>();
        foreach (var row in page.Items)
        {
            // Each version is read once a process.
            items.Add(Dto(row, await models.GetAsync(row.VersionId, cancellationToken), map));
        }

        return new(page.TotalCount, items);
    }

    /// <summary>The step that an incident is about, for whoever may pass over it.</summary>
    public async Task<IncidentStepDto> StepAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await (
            from i in db.Set<WorkflowIncident>().AsNoTracking()
            join instance in db.Set<WorkflowInstance>() on i.InstanceId equals instance.Id
            where i.Id == id
            select new { i.NodeId, instance.VersionId }).FirstOrDefaultAsync(cancellationToken) ?? throw new NotFoundException(nameof(WorkflowIncident), id);
        var model = await models.GetAsync(found.VersionId, cancellationToken);
        return new(found.NodeId, model.NameOf(found.NodeId), model.FindNode(found.NodeId) is UserTask node ? TaskFieldDto.Of(node) : []);
    }

    public async Task<IncidentDto> RetryAsync(Guid id, RetryIncidentDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var (incident, instance) = await OpenAsync(id, input.ConcurrencyStamp, cancellationToken);
        incident.Settle(WorkflowIncidentResolution.Retried, scope.Identity.DisplayName, "", engine.Now);
        var job = await JobOfAsync(incident, cancellationToken);
        if (job is not null)
        {
            job.TryAgain(engine.Now);
            engine.Note(instance, new StepInfo(WorkflowStepKind.IncidentRetried, incident.NodeId), begins: true);
            jobs.Raise();
        }
        else
        {
            await RetryOrVanishAsync(incident, instance, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    public async Task<IncidentDto> SkipAsync(Guid id, SkipIncidentDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var (incident, instance) = await OpenAsync(id, input.ConcurrencyStamp, cancellationToken, mayHaveEnded: true);
        RequireIssuer(instance);
        if (instance.Status != WorkflowInstanceStatus.Running)
        {
            // Nothing is left to go on with: the administrator has taken notice.
            incident.Settle(WorkflowIncidentResolution.Skipped, scope.Identity.DisplayName, input.Reason.Trim(), engine.Now);
            await db.SaveChangesAsync(cancellationToken);
            return await GetAsync(id, cancellationToken);
        }

        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        var values = input.Values ?? [];
        var form = model.FindNode(incident.NodeId) as UserTask;
        if (input.Values is not null && form is { Work.Fields.Count: > 0 })
        {
            // As if whoever should have done it had filled in its form.
            values = FormInput.Accept(form, values);
        }
        else
        {
            foreach (var (name, value) in values)
            {
                RequireDeclared(model, name, value);
            }
        }

        incident.Settle(WorkflowIncidentResolution.Skipped, scope.Identity.DisplayName, input.Reason.Trim(), engine.Now);
        if (await JobOfAsync(incident, cancellationToken) is { } job)
        {
            db.Remove(job);
        }

        await TakeTasksAwayAsync(incident, cancellationToken);
        try
        {
            await engine.StepAsync(
                instance, (machine, state) => machine.Skip(state, incident.ExecutionId, values, input.FlowId),
                new StepInfo(WorkflowStepKind.IncidentSkipped, incident.NodeId, Note(input.Reason.Trim(), values, form)), cancellationToken);
        }
        catch (ArgumentException)
        {
            throw new InputException("flowId", WorkflowsErrorCodes.NotAnOption);
        }
        catch (UnknownExecutionException)
        {
            // The work that it was about went another way meanwhile; that it is settled is all there is to do.
        }

        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    public async Task SetVariableAsync(Guid instanceId, SetVariableDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).ThrowIfAny();
        var instance = await db.Set<WorkflowInstance>().FirstOrDefaultAsync(i => i.Id == instanceId, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowInstance), instanceId);
        RequireIssuer(instance);
        instance.RequireRunning();
        var model = await models.GetAsync(instance.VersionId, cancellationToken);
        RequireDeclared(model, input.Name, input.Value);
        await engine.StepAsync(
            instance,
            (_, state) =>
            {
                state.Variables[input.Name] = input.Value;
                return [];
            },
            new StepInfo(WorkflowStepKind.VariableChanged, instance.Key, $"{input.Name} = {input.Value.GetRawText()}：{input.Reason.Trim()}"), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The log says what was put in the step's stead, as it does for a changed variable.</summary>
    private static string Note(string reason, Dictionary<string, JsonElement> values, UserTask? form) => values.Count == 0
        ? reason : $"{reason}（{AnswerText.Line(values, form)}）";

    private async Task RetryOrVanishAsync(WorkflowIncident incident, WorkflowInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            await TakeTasksAwayAsync(incident, cancellationToken);
            await engine.StepAsync(
                instance, (machine, state) => machine.Retry(state, incident.ExecutionId),
                new StepInfo(WorkflowStepKind.IncidentRetried, incident.NodeId), cancellationToken);
        }
        catch (UnknownExecutionException)
        {
            // The work that it was about went another way meanwhile; that it is settled is all there is to do.
        }
    }

    /// <summary>Passing over a step or changing a variable decides in somebody's stead: a region below the issuer must not decide about itself.</summary>
    private void RequireIssuer(WorkflowInstance instance)
    {
        if (!DecidesFor(instance.IssuerPath))
        {
            throw new BusinessException(WorkflowsErrorCodes.NotYours);
        }
    }

    private bool DecidesFor(string issuerPath) => TenantPaths.Covers(scope.RequiredTenant.Path, issuerPath);

    private static void RequireDeclared(WorkflowModel model, string name, JsonElement value)
    {
        var declared = model.Process.Variables.FirstOrDefault(v => v.Name == name);
        var fits = declared?.Type switch
        {
            null => false,
            _ when value.ValueKind == JsonValueKind.Null => true,
            VariableType.Number => value.ValueKind == JsonValueKind.Number,
            VariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            VariableType.List => value.ValueKind == JsonValueKind.Array,
            _ => value.ValueKind == JsonValueKind.String,
        };
        if (!fits)
        {
            throw new InputException("name", WorkflowsErrorCodes.UnknownVariable, ("name", name));
        }
    }

    private async Task<(WorkflowIncident Incident, WorkflowInstance Instance)> OpenAsync(
        Guid id, string stamp, CancellationToken cancellationToken, bool mayHaveEnded = false)
    {
        var incident = await db.Set<WorkflowIncident>().FirstOrDefaultAsync(i => i.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowIncident), id);
        incident.RequireOpen();
        incident.EnsureStamp(stamp);
        var instance = await db.Set<WorkflowInstance>().FirstAsync(i => i.Id == incident.InstanceId, cancellationToken);
        if (!mayHaveEnded)
        {
            instance.RequireRunning();
        }

        return (incident, instance);
    }

    private Task<WorkflowJob?> JobOfAsync(WorkflowIncident incident, CancellationToken cancellationToken) =>
        db.Set<WorkflowJob>().FirstOrDefaultAsync(
            j => j.InstanceId == incident.InstanceId && j.ExecutionId == incident.ExecutionId && j.DueAt == null, cancellationToken);

    /// <summary>The work that the incident was about, also while it waits for a signer, and that of its signers.</summary>
    private async Task TakeTasksAwayAsync(WorkflowIncident incident, CancellationToken cancellationToken)
    {
        var tasks = await db.Set<WorkflowTask>()
            .Where(t => t.InstanceId == incident.InstanceId && t.ExecutionId == incident.ExecutionId
                && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting)).ToListAsync(cancellationToken);
        tasks.ForEach(t => t.Cancel(engine.Now));
    }

    private async Task<IncidentDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await Rows().FirstAsync(x => x.Incident.Id == id, cancellationToken);
        return Dto(row, await models.GetAsync(row.VersionId, cancellationToken), await regions.GetAsync(cancellationToken));
    }

    private IQueryable<IncidentRow> Rows() =>
        from i in db.Set<WorkflowIncident>().AsNoTracking()
        join instance in db.Set<WorkflowInstance>() on i.InstanceId equals instance.Id
        select new IncidentRow
        {
            Incident = i,
            VersionId = instance.VersionId,
            IssuerId = instance.IssuerId,
            IssuerPath = instance.IssuerPath,
            IsRunning = instance.Status == WorkflowInstanceStatus.Running,
            TaskId = db.Set<WorkflowTask>().Where(t => t.InstanceId == i.InstanceId && t.ExecutionId == i.ExecutionId && t.Status == WorkflowTaskStatus.Open)
                .Select(t => (Guid?)t.Id).FirstOrDefault(),
        };

    private IncidentDto Dto(IncidentRow row, WorkflowModel model, RegionMap map)
    {
        var i = row.Incident;
        var (open, decides) = (i.SettledAt is null, DecidesFor(row.IssuerPath));
        return new(
            i.Id, i.InstanceId, i.Key, i.Title, i.TenantId, map.NameOf(i.Owner), i.Kind, i.NodeId, model.NameOf(i.NodeId), i.Code, i.Detail, i.CreatedAt, i.SettledAt, i.Resolution,
            i.SettledByName, i.Reason, row.TaskId, map.NameOf(new TenantRef(row.IssuerId, row.IssuerPath)),
            new(open && row.IsRunning, open && decides, open && decides && row.IsRunning), i.ConcurrencyStamp);
    }

    internal sealed class IncidentRow
    {
        public required WorkflowIncident Incident { get; init; }

        public required Guid? TaskId { get; init; }

        public required Guid VersionId { get; init; }

        public required Guid IssuerId { get; init; }

        public required string IssuerPath { get; init; }

        public required bool IsRunning { get; init; }
    }
}
