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
}

internal sealed record IncidentDto(
    Guid Id, Guid InstanceId, string Key, string Title, Guid RegionId, string RegionName, WorkflowIncidentKind Kind, string NodeId, string Code, string Detail,
    DateTime OpenedAt, DateTime? SettledAt, WorkflowIncidentResolution? Resolution, string SettledByName, string Reason, Guid? TaskId, string ConcurrencyStamp);

internal sealed record RetryIncidentDto(string ConcurrencyStamp);

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

        var page = await query.ToPageAsync(input, Sorts, x => x, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new(page.TotalCount, [.. page.Items.Select(x => Dto(x, map))]);
    }

    public async Task<IncidentDto> RetryAsync(Guid id, RetryIncidentDto input, CancellationToken cancellationToken)
    {
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
        new InputCheck().Text(input.Reason, "reason", WorkflowLimits.Note).ThrowIfAny();
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
        foreach (var (name, value) in values)
        {
            RequireDeclared(model, name, value);
        }

        incident.Settle(WorkflowIncidentResolution.Skipped, scope.Identity.DisplayName, input.Reason.Trim(), engine.Now);
        if (await JobOfAsync(incident, cancellationToken) is { } job)
        {
            db.Remove(job);
        }

        (await TaskOfAsync(incident, cancellationToken))?.Cancel(engine.Now);
        try
        {
            await engine.StepAsync(
                instance, (machine, state) => machine.Skip(state, incident.ExecutionId, values, input.FlowId),
                new StepInfo(WorkflowStepKind.IncidentSkipped, incident.NodeId, input.Reason.Trim()), cancellationToken);
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

    private async Task RetryOrVanishAsync(WorkflowIncident incident, WorkflowInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            (await TaskOfAsync(incident, cancellationToken))?.Cancel(engine.Now);
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
        if (!TenantPaths.Covers(scope.RequiredTenant.Path, instance.IssuerPath))
        {
            throw new BusinessException(WorkflowsErrorCodes.NotYours);
        }
    }

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

    private Task<WorkflowTask?> TaskOfAsync(WorkflowIncident incident, CancellationToken cancellationToken) =>
        db.Set<WorkflowTask>().FirstOrDefaultAsync(
            t => t.InstanceId == incident.InstanceId && t.ExecutionId == incident.ExecutionId && t.Status == WorkflowTaskStatus.Open, cancellationToken);

    private async Task<IncidentDto> GetAsync(Guid id, CancellationToken cancellationToken) =>
        Dto(await Rows().FirstAsync(x => x.Incident.Id == id, cancellationToken), await regions.GetAsync(cancellationToken));

    private IQueryable<IncidentRow> Rows() => db.Set<WorkflowIncident>().AsNoTracking().Select(i => new IncidentRow
    {
        Incident = i,
        TaskId = db.Set<WorkflowTask>().Where(t => t.InstanceId == i.InstanceId && t.ExecutionId == i.ExecutionId && t.Status == WorkflowTaskStatus.Open)
            .Select(t => (Guid?)t.Id).FirstOrDefault(),
    });

    private static IncidentDto Dto(IncidentRow row, RegionMap map)
    {
        var i = row.Incident;
        return new(
            i.Id, i.InstanceId, i.Key, i.Title, i.TenantId, map.NameOf(i.Owner), i.Kind, i.NodeId, i.Code, i.Detail, i.CreatedAt, i.SettledAt, i.Resolution,
            i.SettledByName, i.Reason, row.TaskId, i.ConcurrencyStamp);
    }

    internal sealed class IncidentRow
    {
        public required WorkflowIncident Incident { get; init; }

        public required Guid? TaskId { get; init; }
    }
}
